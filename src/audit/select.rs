//! Quantities to values: which rows and which column a quantity of a formula means, and what is printed there.

use rust_decimal::Decimal;

use super::formula::{
    Expression, Extent, Fold, KindWord, NatureWord, Operator, PhaseWord, PlaceWord, Quantity, RowRelation,
    SubjectPattern, Variable,
};
use super::index::{
    Context, Gap, Index, Measure, Printing, PrintingState, RowReference, SideColumns, SubjectKey, is_income,
};
use super::value::{State, Value};
use super::words::words;
use crate::model::{Change, Phase, SubjectKind};

/// What the words `this`, `row` and `column` of a formula stand for in one evaluation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) index: &'s Index<'s>,
    pub(super) printing: Option<usize>,
    pub(super) row: Option<&'s RowReference>,
    /// True when `row` means all rows about its subject, as it does when statements are compared.
    pub(super) whole_subject: bool,
    pub(super) column: Option<&'s Measure>,
    pub(super) context: Context,
    pub(super) change: Option<&'s Change>,
}

/// Evaluates an expression.
pub(super) fn evaluate(expression: &Expression, scope: &Scope) -> Value {
    match expression {
        Expression::Number(number) => Value::constant(*number, State::Blank),
        Expression::Variable(variable) => change_value(*variable, scope),
        Expression::Quantity(quantity) => quantity_value(quantity, None, scope),
        Expression::Fold(fold, quantity) => quantity_value(quantity, Some(*fold), scope),
        Expression::Optional(inner) => match evaluate(inner, scope) {
            value if value.state == State::Absent => Value::missing(State::Nothing),
            value => value,
        },
        Expression::FirstOf(alternatives) => first_of(alternatives.iter().map(|each| evaluate(each, scope))),
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

/// The first printed value, else the one that says most.
fn first_of(values: impl Iterator<Item = Value>) -> Value {
    let merit = |value: &Value| match value.state {
        State::Printed => 4,
        State::Unreadable => 3,
        State::Blank => 2,
        State::Nothing => 1,
        State::Absent => 0,
    };
    let mut best = Value::missing(State::Absent);
    for value in values {
        if merit(&value) > merit(&best) {
            best = value;
        }
    }
    best
}

fn change_value(variable: Variable, scope: &Scope) -> Value {
    let Some(change) = scope.change else { return Value::missing(State::Absent) };
    let value = match variable {
        Variable::Value => change.fact.map(|fact| printed(fact, scope.index)),
        Variable::Difference => change.difference.as_ref().map(|amount| {
            let half_step = amount.quantum / Decimal::TWO;
            let mut value = Value::printed(0, amount, half_step);
            value.figures.iter_mut().for_each(|figure| figure.fact = None);
            value
        }),
        Variable::Rate => change.rate.map(|rate| Value::rate(rate, change.place)),
    };
    value.unwrap_or_else(|| Value::missing(State::Absent))
}

fn quantity_value(quantity: &Quantity, fold: Option<Fold>, scope: &Scope) -> Value {
    let printings: &[usize] = match quantity.place {
        PlaceWord::This => scope.printing.as_slice(),
        PlaceWord::Text => scope.index.of_kind(None),
        PlaceWord::Statement(kind) => scope.index.of_kind(Some(kind)),
    };
    first_of(printings.iter().map(|printing| {
        let printing = &scope.index.printings[*printing];
        match printing.state {
            PrintingState::Unreadable => Value::missing(State::Unreadable),
            PrintingState::Silent => Value::missing(State::Absent),
            PrintingState::Read => value_in(printing, quantity, fold, scope),
        }
    }))
}

/// The value of a quantity in one printing.
fn value_in<'s>(printing: &'s Printing, quantity: &Quantity, fold: Option<Fold>, scope: &Scope<'s>) -> Value {
    let rows = rows(printing, &quantity.subject, scope);
    let Some(first) = rows.first() else { return Value::missing(State::Absent) };
    if fold == Some(Fold::Count) {
        return count(&rows, scope);
    }
    let context = context(printing, quantity.phase, scope);
    let Some(columns) = printing.columns(is_income(&first.subject), context) else {
        return Value::missing(State::Absent);
    };
    let Some(measure) = whole(quantity, fold).or_else(|| measure(columns, quantity, &rows, scope)) else {
        return Value::missing(State::Absent);
    };
    let measures = match fold {
        Some(Fold::Parts) => parts(columns, &measure),
        Some(Fold::Sources) => sources(columns, &measure),
        _ => vec![measure],
    };
    let cells = rows.iter().flat_map(|row| measures.iter().map(move |measure| (*row, measure)));
    let cells = cells.map(|(row, measure)| cell(printing, row, measure, context, scope.index));
    let mut known = cells.filter(|cell| cell.state != State::Absent);
    let value = if printing.kind.is_none() {
        // The narrative may state a quantity more than once: the first statement counts.
        known.find(|cell| cell.state == State::Printed)
    } else {
        known.reduce(Value::plus)
    };
    let Some(mut value) = value else { return Value::missing(State::Absent) };
    value.doubtful |= scope.index.is_doubtful(printing, &rows, rows.len() > 1 || fold == Some(Fold::Sum));
    value
}

/// What is split by `parts` and `sources` need not be printed itself, when the formula names it in full.
fn whole(quantity: &Quantity, fold: Option<Fold>) -> Option<Measure> {
    match (fold, &quantity.nature, &quantity.fund) {
        (Some(Fold::Parts | Fold::Sources), NatureWord::Named(nature), Some(fund)) => {
            Some((nature.clone(), fund.clone()))
        }
        _ => None,
    }
}

/// What one row prints in one column.
fn cell(printing: &Printing, row: &RowReference, measure: &Measure, context: Context, index: &Index) -> Value {
    let mut matching: Vec<u32> =
        row.facts.iter().copied().filter(|fact| in_context(index, *fact, context, Some(measure))).collect();
    if matching.iter().any(|fact| !index.fact(*fact).subject.of_which) && !row.of_which {
        matching.retain(|fact| !index.fact(*fact).subject.of_which);
    }
    if row.number.is_some() {
        matching.truncate(1);
    }
    let figures = matching.into_iter().map(|fact| printed(fact, index));
    if let Some(value) = figures.reduce(Value::plus) {
        return value;
    }
    match index.gap(printing, row, &measure.0, &measure.1) {
        Gap::Blank(place) => Value::blank(place),
        Gap::Unreadable => Value::missing(State::Unreadable),
        Gap::Absent => Value::missing(State::Absent),
    }
}

fn printed(fact: u32, index: &Index) -> Value {
    Value::printed(fact, &index.fact(fact).amount, index.half_step(fact))
}

fn in_context(index: &Index, fact: u32, context: Context, measure: Option<&Measure>) -> bool {
    let has = &index.fact(fact).measure;
    has.phase == context.phase
        && has.year == context.year
        && measure.is_none_or(|(nature, fund)| has.nature == *nature && has.fund == *fund)
}

fn count(rows: &[&RowReference], scope: &Scope) -> Value {
    let mut value = Value::constant(Decimal::from(rows.len()), State::Printed);
    value.linear = false;
    for row in rows {
        if let Some(fact) = row.facts.first() {
            value.figures.extend(printed(*fact, scope.index).figures);
        }
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
            let printed = printing.contexts.iter().any(|(context, _)| *context == adjusted);
            if printed { Phase::AdjustedBudget } else { Phase::InitialBudget }
        }
    };
    Context { phase, ..scope.context }
}

/// The rows that a pattern names.
pub(super) fn rows<'s>(printing: &'s Printing, pattern: &SubjectPattern, scope: &Scope<'s>) -> Vec<&'s RowReference> {
    match pattern {
        SubjectPattern::Row => own_row(printing, scope),
        SubjectPattern::Total(code) => {
            let subject = SubjectKey { kind: SubjectKind::Total, code: code.clone() };
            let mut rows: Vec<_> = scope.index.rows_about(printing, &subject).collect();
            // The same total printed twice is one quantity.
            rows.sort_by_key(|row| row.facts.is_empty());
            rows.truncate(1);
            rows
        }
        SubjectPattern::Kind { kind, code, extent, relation } => {
            let related = printing.rows.iter().filter(|row| {
                kind.covers(row.subject.kind, &row.subject.code)
                    && row.of_which == (*extent == Extent::Part)
                    && code.matches(departmental(*kind, &row.subject.code))
                    && relation.is_none_or(|relation| is_related(row, relation, *kind, scope))
            });
            extent_of(related.collect(), *extent, *kind)
        }
    }
}

/// The row of the evaluation: itself in its own printing, the rows about its subject in any other.
fn own_row<'s>(printing: &'s Printing, scope: &Scope<'s>) -> Vec<&'s RowReference> {
    let Some(row) = scope.row else { return Vec::new() };
    let own = scope.printing.is_some_and(|number| std::ptr::eq(&scope.index.printings[number], printing));
    if own && !scope.whole_subject { vec![row] } else { scope.index.rows_about(printing, &row.subject).collect() }
}

/// The departmental half of a pair of economic codes.
fn departmental(kind: KindWord, code: &str) -> &str {
    if kind == KindWord::Departmental { code.split('/').next().unwrap_or(code) } else { code }
}

fn is_related(row: &RowReference, relation: RowRelation, kind: KindWord, scope: &Scope) -> bool {
    let Some(own) = scope.row else { return false };
    let (code, above) = (departmental(kind, &row.subject.code), departmental(kind, &own.subject.code));
    match relation {
        RowRelation::Within => code.starts_with(above),
        RowRelation::Under => nests(&own.subject.code, &row.subject.code),
        RowRelation::Of => row.section.as_ref() == Some(&own.subject),
    }
}

/// True when a code stands above another one: 201 above 20103, 301/501 above 30101/50101. Names nest in nothing.
fn nests(upper: &str, lower: &str) -> bool {
    let digits = upper.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    let halves = upper.split('/').zip(lower.split('/')).all(|(upper, lower)| lower.starts_with(upper));
    digits && halves && upper.len() < lower.len()
}

/// Of the rows of a hierarchy, all, those at its top, or those at its bottom.
fn extent_of<'s>(rows: Vec<&'s RowReference>, extent: Extent, kind: KindWord) -> Vec<&'s RowReference> {
    let nested = |row: &RowReference| rows.iter().any(|other| nests(&other.subject.code, &row.subject.code));
    let nesting = |row: &RowReference| rows.iter().any(|other| nests(&row.subject.code, &other.subject.code));
    // Income lists hold other rows beside the funds, such as surplus of former years.
    let is_fund = |row: &RowReference| words().funds.knows(&row.subject.code);
    let below_fund = |row: &RowReference| {
        let code = &row.subject.code;
        rows.iter().any(|other| words().funds.is_below(code, &other.subject.code))
    };
    match extent {
        Extent::All | Extent::Part => rows,
        Extent::Top if kind == KindWord::Income => {
            rows.iter().copied().filter(|row| is_fund(row) && !below_fund(row)).collect()
        }
        Extent::Top => rows.iter().copied().filter(|row| !nested(row)).collect(),
        Extent::Leaf => rows.iter().copied().filter(|row| !nesting(row)).collect(),
    }
}

/// The column that a quantity means: what it names, and for what it leaves out the leading column.
fn measure(columns: &SideColumns, quantity: &Quantity, rows: &[&RowReference], scope: &Scope) -> Option<Measure> {
    if quantity.nature == NatureWord::Column {
        return scope.column.cloned();
    }
    let fits = |(nature, fund): &&Measure| {
        let named = match &quantity.nature {
            NatureWord::Named(wanted) => nature == wanted,
            NatureWord::Leading | NatureWord::Column => true,
        };
        named && quantity.fund.as_ref().is_none_or(|wanted| fund == wanted)
    };
    // Where every row prints one amount, the row's own tells which it is.
    let facts = rows.iter().flat_map(|row| &row.facts).map(|fact| &scope.index.fact(*fact).measure);
    let own: Vec<Measure> = facts.map(|has| (has.nature.clone(), has.fund.clone())).collect();
    let choice = if columns.several || own.is_empty() { &columns.measures } else { &own };
    let rank = |(nature, fund): &&Measure| (words().natures.rank(nature), words().funds.rank(fund));
    choice.iter().filter(fits).min_by_key(rank).cloned()
}

/// The natures directly below a measure's, of the same fund.
fn parts(columns: &SideColumns, (nature, fund): &Measure) -> Vec<Measure> {
    let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let all: Vec<&Measure> = columns.measures.iter().filter(|(part, of)| of == fund && below(part, nature)).collect();
    complete(all.iter().copied().filter(|(part, _)| !all.iter().any(|(other, _)| below(part, other))))
}

/// The funds directly below a measure's, of the same nature. `all` is above every fund.
fn sources(columns: &SideColumns, (nature, fund): &Measure) -> Vec<Measure> {
    let funds = &words().funds;
    let below = |inner: &str, outer: &str| inner != outer && (outer == "all" || funds.is_below(inner, outer));
    let all: Vec<&Measure> = columns.measures.iter().filter(|(of, part)| of == nature && below(part, fund)).collect();
    complete(all.iter().copied().filter(|(_, part)| !all.iter().any(|(_, other)| below(part, other))))
}

/// A split has at least two parts: a single one is an 其中.
fn complete<'m>(parts: impl Iterator<Item = &'m Measure>) -> Vec<Measure> {
    let parts: Vec<Measure> = parts.cloned().collect();
    if parts.len() < 2 { Vec::new() } else { parts }
}
