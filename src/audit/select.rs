//! Expressions to values: what the statements print for the quantities of a formula.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::columns::{SideColumns, named, parts, sources};
use super::formula::{Expression, Fold, NatureWord, Operator, PhaseWord, PlaceWord, Quantity, Variable};
use super::index::Index;
use super::measure::Measure;
use super::printed_row::RowReference;
use super::printing::{Context, Gap, Printing, PrintingState};
use super::rows::{Rows, rows, strays};
use super::sentences::{first_line, is_joined};
use super::value::{State, Value};
use crate::model::{Amount, Change, Phase, Share, SubjectKind};

/// What the words of a formula stand for in one evaluation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) index: &'s Index<'s>,
    /// `this`
    pub(super) printing: Option<usize>,
    /// `row`
    pub(super) row: Option<&'s RowReference>,
    /// True when `row` means all rows about its subject, as it does when statements are compared.
    pub(super) whole_subject: bool,
    /// `column`
    pub(super) column: Option<Measure>,
    pub(super) context: Context,
    /// `value`, `difference`, `rate`
    pub(super) change: Option<&'s Change>,
    /// `part`, `whole`, `percent`
    pub(super) share: Option<&'s Share>,
}

/// Evaluates an expression.
pub(super) fn evaluate(expression: &Expression, scope: &Scope) -> Value {
    match expression {
        Expression::Number(number) => Value::constant(*number, State::Blank),
        Expression::Variable(variable) => variable_value(*variable, scope),
        Expression::Quantity(quantity) => quantity_value(quantity, None, scope),
        Expression::Fold(fold, quantity) => quantity_value(quantity, Some(*fold), scope),
        Expression::Optional(inner) => match evaluate(inner, scope) {
            value if value.state == State::Absent => Value::missing(State::Nothing),
            value => value,
        },
        Expression::FirstOf(alternatives) => first_of(alternatives, scope),
        Expression::Binary(left, operator, right) => {
            let (left, right) = (evaluate(left, scope), evaluate(right, scope));
            match operator {
                Operator::Plus => left.plus(right),
                Operator::Minus => left.minus(right),
                Operator::Times => left.times(right),
                Operator::Over => left.over(right),
            }
        }
    }
}

/// The first alternative that the template has. Alternatives for one row are other names of one column: there a printed
/// one wins over an empty one.
fn first_of(alternatives: &[Expression], scope: &Scope) -> Value {
    let one_row = Expression::are_about_one_row(alternatives);
    let values = alternatives.iter().map(|each| evaluate(each, scope));
    let mut there = values.filter(|value| !matches!(value.state, State::Absent | State::Nothing));
    let Some(first) = there.next() else { return Value::missing(State::Absent) };
    if first.state == State::Blank && one_row {
        return there.find(|value| value.state == State::Printed).unwrap_or(first);
    }
    first
}

fn variable_value(variable: Variable, scope: &Scope) -> Value {
    let (change, share) = (scope.change, scope.share);
    let value = match variable {
        Variable::Value => change.and_then(|change| change.fact).map(|fact| printed(fact, scope.index)),
        Variable::Difference => change.and_then(|change| change.difference.as_ref()).map(|amount| {
            // 「无增减」 states a change of zero without printing one.
            let doubtful = !amount.yuan.is_zero() && is_torn(scope.index, amount);
            Value { doubtful, ..Value::stated(amount) }
        }),
        Variable::Rate => change.and_then(|change| Some(Value::rate(change.rate?, change.place))),
        Variable::Part => share.map(|share| printed(share.part, scope.index)),
        Variable::Whole => share.map(|share| printed(share.whole, scope.index)),
        Variable::Percent => share.map(|share| Value::rate(share.percent, share.place)),
    };
    value.unwrap_or_else(|| Value::missing(State::Absent))
}

/// True when a stated amount is no single number of the document.
fn is_torn(index: &Index, amount: &Amount) -> bool {
    let file = amount.place.file;
    let is_there = usize::from(file) < index.disclosure.sources.len();
    is_there && is_joined(amount, index.lines_from(file, first_line(amount)).map(|(line, _)| line))
}

/// A statement that is printed more than once speaks where it says most.
fn quantity_value(quantity: &Quantity, fold: Option<Fold>, scope: &Scope) -> Value {
    let printings: &[usize] = match quantity.place {
        PlaceWord::This => scope.printing.as_slice(),
        PlaceWord::Text => scope.index.of_kind(None),
        PlaceWord::Statement(kind) => scope.index.of_kind(Some(kind)),
    };
    let merit = |value: &Value| match value.state {
        State::Printed => 4,
        State::Unreadable => 3,
        State::Blank => 2,
        State::Nothing => 1,
        State::Absent => 0,
    };
    let mut best = Value::missing(State::Absent);
    for number in printings {
        let printing = &scope.index.printings[*number];
        let mut value = match printing.state {
            PrintingState::Unreadable => Value::missing(State::Unreadable),
            PrintingState::Silent => Value::missing(State::Absent),
            PrintingState::Read => value_in(printing, quantity, fold, scope),
        };
        if merit(&value) > merit(&best) {
            value.consulted = [*number].into_iter().collect();
            best = value;
        }
    }
    best
}

/// The value of a quantity in one printing.
fn value_in<'s>(printing: &'s Printing, quantity: &Quantity, fold: Option<Fold>, scope: &Scope<'s>) -> Value {
    let rows = rows(printing, quantity.subject, scope);
    if rows.len() == 0 {
        return Value::missing(State::Absent);
    }
    if fold == Some(Fold::Count) {
        return count(&rows, scope);
    }
    let view = View { printing, quantity, fold, scope, context: context(printing, quantity.phase, scope) };
    let mut value = Value::missing(State::Nothing);
    let mut is_there = false;
    // The narrative may state a quantity more than once: the first time counts.
    let mut stated = FxHashSet::default();
    for row in rows.iter() {
        let is_again = printing.kind.is_none() && stated.contains(&row.subject);
        if !is_again && view.add_row(row, &mut value) {
            is_there = true;
            if printing.kind.is_none() {
                stated.insert(&row.subject);
            }
        }
    }
    if !is_there {
        return Value::missing(State::Absent);
    }
    let whole = rows.len() > 1 || fold == Some(Fold::Sum);
    value.doubtful |= printing.is_doubtful(rows.iter(), whole) || has_unclear_units(&rows);
    if whole {
        let beside = strays(printing, quantity.subject).into_iter().map(|row| view.point(row));
        value.strays.extend(beside.filter(|point| !point.is_zero()));
    }
    value
}

/// True for units without proper codes: which of them belongs to which is not told.
fn has_unclear_units(rows: &Rows) -> bool {
    let is_code = |code: &str| code.len() >= 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    rows.len() > 1 && rows.iter().any(|row| row.subject.kind == SubjectKind::Unit && !is_code(&row.subject.code))
}

/// One quantity in one printing.
struct View<'v> {
    printing: &'v Printing,
    quantity: &'v Quantity,
    fold: Option<Fold>,
    scope: &'v Scope<'v>,
    context: Context,
}

impl View<'_> {
    /// Adds what one row prints; false when it has no such place.
    fn add_row(&self, row: &RowReference, sum: &mut Value) -> bool {
        let Some(columns) = self.printing.columns.side(row.is_income(), self.context) else { return false };
        let split = match self.fold {
            Some(Fold::Parts) => parts,
            Some(Fold::Sources) => sources,
            _ => return self.measure(row, columns).is_some_and(|measure| self.add_cell(row, measure, sum)),
        };
        let whole = whole(self.quantity).or_else(|| self.measure(row, columns)).or_else(|| self.unprinted(columns));
        let Some(whole) = whole else { return false };
        let mut is_there = false;
        for measure in split(columns, whole).iter() {
            is_there |= self.add_cell(row, *measure, sum);
        }
        is_there
    }

    /// The number that one row prints, zero for none.
    fn point(&self, row: &RowReference) -> Decimal {
        let mut value = Value::missing(State::Nothing);
        self.add_row(row, &mut value);
        value.point
    }

    /// The column that the quantity names in a row.
    fn measure(&self, row: &RowReference, columns: &SideColumns) -> Option<Measure> {
        let index = self.scope.index;
        // Where every row prints one amount, the row's own tells which it is.
        let facts = row.facts.iter().filter(|fact| !columns.several && in_context(index, **fact, self.context));
        let mut own = facts.map(|fact| index.measure(*fact)).peekable();
        if own.peek().is_some() {
            return named(own, self.quantity, self.scope.column);
        }
        named(columns.measures.iter().copied(), self.quantity, self.scope.column)
    }

    /// A column that stands above others and is not printed itself: 人员经费 over 工资福利支出. Its fund is that of the
    /// leading column.
    fn unprinted(&self, columns: &SideColumns) -> Option<Measure> {
        let (NatureWord::Named(nature), None) = (&self.quantity.nature, self.quantity.fund) else { return None };
        let leading =
            columns.measures.iter().min_by_key(|(nature, fund)| (nature.rank_as_nature(), fund.rank_as_fund()))?;
        Some((*nature, leading.1))
    }

    /// Adds what a row prints in one column; false when it has no such place.
    fn add_cell(&self, row: &RowReference, measure: Measure, sum: &mut Value) -> bool {
        let index = self.scope.index;
        let here = |fact: &&u32| index.measure(**fact) == measure && in_context(index, **fact, self.context);
        let mut matching: SmallVec<[u32; 4]> = row.facts.iter().filter(here).copied().collect();
        if !row.of_which && matching.iter().any(|fact| !index.fact(*fact).subject.of_which) {
            matching.retain(|fact| !index.fact(*fact).subject.of_which);
        }
        // Two columns of one meaning are both addends of a split, and one quantity otherwise. The three public expenses
        // may be printed again for each unit: the first row is the whole.
        let once = row.number.is_some() && self.fold != Some(Fold::Sources);
        let mut doubtful = false;
        if once || row.subject.kind == SubjectKind::ThreePublic {
            doubtful = differ_in_one_line(&matching, index) && !self.printing.repeats(measure);
            matching.truncate(1);
        }
        if matching.is_empty() {
            match self.printing.gap(index.disclosure, row, measure) {
                Gap::Blank(cell) => sum.add_blank(cell),
                Gap::Unreadable => sum.state = sum.state.max(State::Unreadable),
                Gap::Absent => return false,
            }
        }
        for fact in matching {
            sum.add_printed(fact, &index.fact(fact).amount, index.half_step(fact));
        }
        sum.doubtful |= doubtful || is_unlike_total(row);
        true
    }
}

/// True for a row that was taken for the total and is called otherwise: 「一、基本支出」.
fn is_unlike_total(row: &RowReference) -> bool {
    let is_total = row.subject.kind == SubjectKind::Total && row.subject.code == "total" && row.number.is_some();
    is_total && row.label.contains("支出") && !row.label.contains(['计', '計', '总', '總'])
}

/// True when one row prints different amounts in two columns that were given one meaning: one of them means something else.
fn differ_in_one_line(facts: &[u32], index: &Index) -> bool {
    let Some((first, others)) = facts.split_first() else { return false };
    let first = &index.fact(*first).amount;
    let differs = |other: &Amount| other.place.line == first.place.line && other.yuan != first.yuan;
    others.iter().any(|other| differs(&index.fact(*other).amount))
}

/// What is split by `parts` and `sources` need not be printed itself, when the formula names it in full.
fn whole(quantity: &Quantity) -> Option<Measure> {
    match (&quantity.nature, &quantity.fund) {
        (NatureWord::Named(nature), Some(fund)) => Some((*nature, *fund)),
        _ => None,
    }
}

fn printed(fact: u32, index: &Index) -> Value {
    Value::printed(fact, &index.fact(fact).amount, index.half_step(fact))
}

pub(super) fn in_context(index: &Index, fact: u32, context: Context) -> bool {
    index.context(fact) == context
}

fn count(rows: &Rows, scope: &Scope) -> Value {
    let mut known = FxHashSet::default();
    let in_narrative = |row: &RowReference| row.number.is_none();
    let says = |row: &RowReference| row.facts.iter().any(|fact| !scope.index.fact(*fact).amount.yuan.is_zero());
    let counted: Vec<_> =
        rows.iter().filter(|row| says(row) && (!in_narrative(row) || known.insert(&row.subject))).collect();
    let mut value = Value::constant(Decimal::from(counted.len()), State::Printed);
    value.linear = false;
    for fact in counted.iter().filter_map(|row| row.facts.first()) {
        value.figures.extend(printed(*fact, scope.index).figures);
    }
    value
}

/// The context of a quantity: that of the evaluation, in the phase that the quantity asks for.
fn context(printing: &Printing, phase: Option<PhaseWord>, scope: &Scope) -> Context {
    let phase = match phase {
        None => scope.context.phase,
        Some(PhaseWord::Initial) => Phase::InitialBudget,
        Some(PhaseWord::Adjusted) => Phase::AdjustedBudget,
        Some(PhaseWord::Final) => Phase::Final,
        Some(PhaseWord::Budget) => {
            let adjusted = Context { phase: Phase::AdjustedBudget, ..scope.context };
            let printed = printing.columns.contexts().any(|context| context == adjusted);
            if printed { Phase::AdjustedBudget } else { Phase::InitialBudget }
        }
    };
    Context { phase, ..scope.context }
}
