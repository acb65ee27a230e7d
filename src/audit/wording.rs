//! What readers see of an evaluation: what it is about, what its sides are, and its figures in the document's unit.

use rust_decimal::Decimal;

use super::formula::{
    Expression, Extent, Fold, Identity, KindWord, NatureWord, Operator, PhaseWord, PlaceWord, Quantity, SubjectPattern,
    Variable,
};
use super::index::Index;
use super::printed_row::RowReference;
use super::select::Scope;
use crate::language::fill;
use crate::language::{Language, say};
use crate::model::{Place, SubjectKind, Unit};

/// What an evaluation is about: its row and its column; empty for the statement as a whole.
pub(super) fn subject(scope: &Scope) -> String {
    let language = scope.index.language;
    if let Some(change) = scope.change {
        return change.subject.clone();
    }
    if let Some(share) = scope.share {
        return scope.index.fact(share.part).subject.label.to_string();
    }
    let row = scope.row.map(|row| row_label(language, row));
    let column = scope.column.map(|(nature, fund)| measure_label(language, &nature, &fund));
    language.words([row, column].into_iter().flatten().filter(|part| !part.is_empty()))
}

/// 「2010301 行政运行」, 「合计」
fn row_label(language: &Language, row: &RowReference) -> String {
    let code = row.subject.code.as_str();
    match row.subject.kind {
        SubjectKind::Total | SubjectKind::IncomeItem | SubjectKind::ThreePublic => {
            word_label(language, row.subject.kind, code).to_owned()
        }
        _ if row.label.is_empty() || row.label == code => code.to_owned(),
        // A long code says nothing to readers that the name does not.
        SubjectKind::Project | SubjectKind::Other => row.label.to_string(),
        _ => format!("{code} {}", row.label),
    }
}

/// How a row that is known by a word reads.
fn word_label<'w>(language: &'w Language, kind: SubjectKind, word: &'w str) -> &'w str {
    let group = match kind {
        SubjectKind::ThreePublic => return language.label("three_public", word),
        SubjectKind::IncomeItem => "fund",
        _ => "row",
    };
    match language.label(group, word) {
        // A fund without a name, and a word that is no fund's.
        label if label.is_empty() || label == word => language.label("row", word),
        label => label,
    }
}

fn measure_label(language: &Language, nature: &str, fund: &str) -> String {
    match (nature, language.label("fund", fund)) {
        (nature, "") => language.label("nature", nature).to_owned(),
        ("total", fund) => fund.to_owned(),
        (nature, fund) => language.words([fund, language.label("nature", nature)]),
    }
}

/// What the two sides of an identity are. A statement is named where it begins to speak.
pub(super) fn sides(identity: &Identity, scope: &Scope) -> (String, String) {
    let mut writer = Writer { scope, statement: String::new(), text: String::new() };
    writer.expression(&identity.left);
    let left = std::mem::take(&mut writer.text);
    writer.expression(&identity.right);
    (left, writer.text)
}

/// Writes an expression for readers.
struct Writer<'w> {
    scope: &'w Scope<'w>,
    /// The statement named last.
    statement: String,
    text: String,
}

impl Writer<'_> {
    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Number(number) => self.text.push_str(&number.to_string()),
            Expression::Variable(variable) => {
                let word = self.language().get(variable_key(*variable));
                self.text.push_str(word);
            }
            Expression::Quantity(quantity) => self.quantity(quantity, None),
            Expression::Fold(fold, quantity) => self.quantity(quantity, Some(*fold)),
            Expression::Optional(inner) => self.expression(inner),
            Expression::FirstOf(alternatives) => alternatives.first().into_iter().for_each(|one| self.expression(one)),
            // A hundred makes percent of a ratio: readers know that.
            Expression::Binary(left, Operator::Times, right) if **left == Expression::Number(Decimal::ONE_HUNDRED) => {
                self.expression(right);
            }
            Expression::Binary(left, operator, right) => {
                self.operand(left, *operator);
                self.text.push_str(match operator {
                    Operator::Plus => "＋",
                    Operator::Minus => "－",
                    Operator::Times => "×",
                    Operator::Over => "÷",
                });
                self.operand(right, *operator);
            }
        }
    }

    /// An operand, in brackets where a product takes a sum.
    fn operand(&mut self, expression: &Expression, operator: Operator) {
        let product = matches!(operator, Operator::Times | Operator::Over);
        let sum = matches!(expression, Expression::Binary(_, Operator::Plus | Operator::Minus, _));
        if product && sum {
            self.text.push('（');
            self.expression(expression);
            self.text.push('）');
        } else {
            self.expression(expression);
        }
    }

    fn quantity(&mut self, quantity: &Quantity, fold: Option<Fold>) {
        let mut parts = Vec::new();
        let statement = self.place(quantity.place);
        if statement != self.statement {
            parts.push(statement.clone());
            self.statement = statement;
        }
        parts.push(self.row(quantity.subject));
        parts.extend(self.column(quantity).map(str::to_owned));
        parts.push(quantity.phase.map_or("", |phase| self.language().get(phase_key(phase))).to_owned());
        parts.retain(|part| !part.is_empty());
        // 合计 of the row 合计 is said once.
        parts.dedup();
        if parts.is_empty() {
            parts.push(self.language().label("nature", "total").to_owned());
        }
        let what = self.language().words(&parts);
        let said = match fold {
            Some(fold) => self.language().say(fold_key(fold), &[("what", &what)]),
            None => what,
        };
        self.text.push_str(&said);
    }

    fn language(&self) -> &'static Language {
        self.scope.index.language
    }

    fn place(&self, place: PlaceWord) -> String {
        let index = self.scope.index;
        let kind = match place {
            PlaceWord::Text => None,
            PlaceWord::Statement(kind) => Some(kind),
            PlaceWord::This => self.scope.printing.and_then(|number| index.printings[number].kind),
        };
        kind.map_or(self.language().get("formula.text"), |kind| self.language().label("statement", kind.word()))
            .to_owned()
    }

    fn row(&self, pattern: &SubjectPattern) -> String {
        let language = self.language();
        match pattern {
            SubjectPattern::Row => String::new(),
            SubjectPattern::Total(code) => language.label("row", code).to_owned(),
            SubjectPattern::Kind { kind, code, .. } if code.0.is_empty() => {
                language.label("kind", kind_word(*kind)).to_owned()
            }
            SubjectPattern::Kind { kind: KindWord::Income, code, extent: Extent::Part, .. } => {
                let what = word_label(language, SubjectKind::IncomeItem, &code.0);
                language.say("formula.of_which", &[("what", &what)])
            }
            SubjectPattern::Kind { kind, code, .. } => match kind {
                KindWord::Income => word_label(language, SubjectKind::IncomeItem, &code.0).to_owned(),
                KindWord::ThreePublic => word_label(language, SubjectKind::ThreePublic, &code.0).to_owned(),
                KindWord::Other => language.label("row", &code.0).to_owned(),
                _ => fill(language.label("coded", kind_word(*kind)), &[("code", &code.0)]),
            },
        }
    }

    /// The fund and the nature of a quantity.
    fn column<'q>(&self, quantity: &'q Quantity) -> [&'q str; 2] {
        let nature = match &quantity.nature {
            NatureWord::Named(nature) => self.language().label("nature", nature),
            NatureWord::Leading | NatureWord::Column => "",
        };
        [quantity.fund.as_deref().map_or("", |fund| self.language().label("fund", fund)), nature]
    }
}

fn variable_key(variable: Variable) -> &'static str {
    match variable {
        Variable::Value => "variable.value",
        Variable::Difference => "variable.difference",
        Variable::Rate => "variable.rate",
        Variable::Part => "variable.part",
        Variable::Whole => "variable.whole",
        Variable::Percent => "variable.percent",
    }
}

fn phase_key(phase: PhaseWord) -> &'static str {
    match phase {
        PhaseWord::Initial => "phase.initial",
        PhaseWord::Adjusted => "phase.adjusted",
        PhaseWord::Budget => "phase.budget",
        PhaseWord::Final => "phase.final",
    }
}

fn fold_key(fold: Fold) -> &'static str {
    match fold {
        Fold::Sum => "fold.sum",
        Fold::Parts => "fold.parts",
        Fold::Sources => "fold.sources",
        Fold::Count => "fold.count",
    }
}

fn kind_word(kind: KindWord) -> &'static str {
    match kind {
        KindWord::Function => "function",
        KindWord::Class => "class",
        KindWord::Section => "section",
        KindWord::Item => "item",
        KindWord::Departmental => "departmental",
        KindWord::Governmental => "governmental",
        KindWord::Unit => "unit",
        KindWord::Income => "income",
        KindWord::ThreePublic => "three_public",
        KindWord::Project => "project",
        KindWord::Other => "other",
    }
}

/// An amount in a unit, with as many places as the step needs: 30207800, 万元, 0.01 → 3020.78.
pub(super) fn amount(yuan: Decimal, unit: Unit, half_step: Decimal) -> String {
    let in_unit = yuan.checked_div(unit.yuan()).unwrap_or(yuan);
    let step = half_step.saturating_mul(Decimal::TWO).checked_div(unit.yuan()).unwrap_or_default().normalize();
    let mut text = in_unit.normalize();
    if step.scale() > text.scale() {
        text.rescale(step.scale());
    }
    text.to_string()
}

/// A number with separators between thousands: 24169.74 → 24,169.74.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, decimals) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut text = sign.to_owned();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

/// 「第12行」, 「第12、13、14行等9处」
pub(super) fn lines(places: &[Place], index: &Index) -> String {
    const SHOWN: usize = 3;
    let mut lines: Vec<(u16, u32)> = places.iter().map(|place| (place.file, place.line)).collect();
    lines.dedup();
    let several_files = index.disclosure.sources.len() > 1;
    let line = |(file, line): &(u16, u32)| match several_files && *file > 0 {
        true => say!(index.language, "lines.in_file", line: line, file: file + 1),
        false => line.to_string(),
    };
    let shown = index.language.list(lines.iter().take(SHOWN).map(line));
    match lines.len() {
        0 => String::new(),
        1 => say!(index.language, "lines.one", lines: shown),
        2..=SHOWN => say!(index.language, "lines.few", lines: shown),
        count => say!(index.language, "lines.many", lines: shown, count: count),
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_told_apart() {
        for (number, shown) in
            [("24169.74", "24,169.74"), ("-1234567", "-1,234,567"), ("907.94", "907.94"), ("0.30", "0.30"), ("—", "—")]
        {
            assert_eq!(grouped(number), shown);
        }
    }
}
