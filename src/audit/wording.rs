//! What readers see of an evaluation: what it is about, what its sides are, and its figures in the document's unit.

use rust_decimal::Decimal;

use super::formula::{
    Expression, Extent, Fold, Identity, KindWord, NatureWord, Operator, PhaseWord, PlaceWord, Quantity, SubjectPattern,
    Variable,
};
use super::index::Index;
use super::printed_row::RowReference;
use super::select::Scope;
use super::words::words;
use crate::model::{Place, SubjectKind, ThreePublicPart, Unit};

/// What an evaluation is about: its row and its column; empty for the statement as a whole.
pub(super) fn subject(scope: &Scope) -> String {
    if let Some(change) = scope.change {
        return change.subject.clone();
    }
    if let Some(share) = scope.share {
        return scope.index.fact(share.part).subject.label.to_string();
    }
    let row = scope.row.map(row_label);
    let column = scope.column.map(|(nature, fund)| measure_label(&nature, &fund));
    [row, column].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// 「2010301 行政运行」, 「合计」
fn row_label(row: &RowReference) -> String {
    let code = row.subject.code.as_str();
    match row.subject.kind {
        SubjectKind::Total | SubjectKind::IncomeItem | SubjectKind::ThreePublic => word_label(row.subject.kind, code),
        _ if row.label.is_empty() || row.label == code => code.to_owned(),
        // A long code says nothing to readers that the name does not.
        SubjectKind::Project | SubjectKind::Other => row.label.to_string(),
        _ => format!("{code} {}", row.label),
    }
}

/// How a row that is known by a word reads.
fn word_label(kind: SubjectKind, word: &str) -> String {
    if kind == SubjectKind::ThreePublic {
        let part = ThreePublicPart::ALL.into_iter().find(|part| part.word() == word);
        return part.map_or_else(|| word.to_owned(), |part| part.label().to_owned());
    }
    let list = if kind == SubjectKind::IncomeItem { &words().funds } else { &words().rows };
    match list.label(word) {
        "" => words().rows.label(word).to_owned(),
        label if label == word => words().rows.label(word).to_owned(),
        label => label.to_owned(),
    }
}

fn measure_label(nature: &str, fund: &str) -> String {
    let (nature, fund) = (words().natures.label(nature), words().funds.label(fund));
    match (nature, fund) {
        (nature, "") => nature.to_owned(),
        (nature, fund) if nature == words().natures.label("total") => fund.to_owned(),
        (nature, fund) => format!("{fund} {nature}"),
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
            Expression::Variable(variable) => self.text.push_str(match variable {
                Variable::Value => "本年数",
                Variable::Difference => "增减额",
                Variable::Rate => "增减率",
                Variable::Part => "该项金额",
                Variable::Whole => "总额",
                Variable::Percent => "占比",
            }),
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
        parts.extend(column_labels(quantity));
        parts.push(quantity.phase.map_or("", phase_label).to_owned());
        parts.retain(|part| !part.is_empty());
        // 合计 of the row 合计 is said once.
        parts.dedup();
        self.text.push_str(&parts.join(" "));
        if self.text.is_empty() || parts.is_empty() {
            self.text.push_str(words().natures.label("total"));
        }
        self.text.push_str(fold.map_or("", fold_label));
    }

    fn place(&self, place: PlaceWord) -> String {
        let index = self.scope.index;
        let kind = match place {
            PlaceWord::Text => None,
            PlaceWord::Statement(kind) => Some(kind),
            PlaceWord::This => self.scope.printing.and_then(|number| index.printings[number].kind),
        };
        kind.map_or("文字说明", |kind| kind.label()).to_owned()
    }

    fn row(&self, pattern: &SubjectPattern) -> String {
        match pattern {
            SubjectPattern::Row => String::new(),
            SubjectPattern::Total(code) => words().rows.label(code).to_owned(),
            SubjectPattern::Kind { kind, code, .. } if code.0.is_empty() => {
                words().kinds.label(kind_word(*kind)).to_owned()
            }
            SubjectPattern::Kind { kind: KindWord::Income, code, extent: Extent::Part, .. } => {
                format!("其中：{}", word_label(SubjectKind::IncomeItem, &code.0))
            }
            SubjectPattern::Kind { kind, code, .. } => match kind {
                KindWord::Income => word_label(SubjectKind::IncomeItem, &code.0),
                KindWord::ThreePublic => word_label(SubjectKind::ThreePublic, &code.0),
                KindWord::Other => words().rows.label(&code.0).to_owned(),
                _ => format!("{}{}", words().kinds.label(kind_word(*kind)).trim_start_matches('各'), code.0),
            },
        }
    }
}

fn column_labels(quantity: &Quantity) -> [String; 2] {
    let nature = match &quantity.nature {
        NatureWord::Named(nature) => words().natures.label(nature),
        NatureWord::Leading | NatureWord::Column => "",
    };
    let fund = quantity.fund.as_deref().map_or("", |fund| words().funds.label(fund));
    [fund.to_owned(), nature.to_owned()]
}

fn phase_label(phase: PhaseWord) -> &'static str {
    match phase {
        PhaseWord::Initial => "年初预算数",
        PhaseWord::Adjusted => "全年预算数",
        PhaseWord::Budget => "预算数",
        PhaseWord::Final => "决算数",
    }
}

fn fold_label(fold: Fold) -> &'static str {
    match fold {
        Fold::Sum => "之和",
        Fold::Parts => "各明细之和",
        Fold::Sources => "各资金来源之和",
        Fold::Count => "个数",
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
    let shown: Vec<String> = lines
        .iter()
        .take(SHOWN)
        .map(
            |(file, line)| {
                if several_files && *file > 0 { format!("{line}（文件{}）", file + 1) } else { line.to_string() }
            },
        )
        .collect();
    match lines.len() {
        0 => String::new(),
        1..=SHOWN => format!("第{}行", shown.join("、")),
        count => format!("第{}行等{count}处", shown.join("、")),
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
