//! Failing evaluations to findings that readers see.

use std::collections::{HashMap, HashSet};

use compact_str::{CompactString, format_compact};
use rust_decimal::Decimal;

use super::blame::{Blame, Correction};
use super::evaluate::{Evaluation, spread};
use super::formula::Relation;
use super::index::{Cell, Index};
use super::printing::EmptyCell;
use super::rule::{Rule, Rules, Tolerance};
use super::settle::{Rounding, Roundings, is_compared};
use super::value::{Figure, Value};
use super::wording;
use crate::language::say;
use crate::model::{Class, Finding, FindingSeverity, Origin, Place, Unit};

/// The findings of all failing evaluations. Ids and order are given when all findings of a disclosure are together.
pub(super) fn findings(
    rules: &Rules,
    index: &Index,
    evaluations: &[Evaluation],
    blames: &[Blame],
    roundings: Roundings,
) -> Vec<Finding> {
    let shifted = shifted(index, evaluations, blames);
    let mut roots: HashMap<usize, CompactString> = HashMap::new();
    blames
        .iter()
        .map(|blame| {
            let evaluation = &evaluations[blame.evaluation];
            let rule = &rules.all()[evaluation.rule];
            let mut finding = finding(index, rule, evaluation, blame, roundings.of(index, evaluation));
            // The first finding of a root names it.
            let first_line = finding.places.first().map_or(0, |place| place.line);
            if shifted.contains(&blame.evaluation) {
                (finding.class, finding.severity) = (Class::Extraction, FindingSeverity::Info);
            }
            let root = roots.entry(blame.root).or_insert_with(|| format_compact!("{}-L{first_line}", rule.code));
            finding.root = root.clone();
            finding
        })
        .collect()
}

/// Failures of one rule that look at one row and whose differences cancel: an amount stands one column off, as broken
/// tables have it.
fn shifted(index: &Index, evaluations: &[Evaluation], blames: &[Blame]) -> HashSet<usize> {
    let mut known: HashMap<_, usize> = HashMap::new();
    let mut shifted = HashSet::new();
    for number in blames.iter().map(|blame| blame.evaluation) {
        let evaluation = &evaluations[number];
        let in_table = |cell: Cell| match cell {
            Cell::Fact(fact) => index.fact(fact).statement.is_some(),
            Cell::Empty(_) => true,
        };
        let row = |side: &Value| {
            let figure = side.figures.first().filter(|figure| figure.cell().is_some_and(in_table))?;
            figure.place.map(|place| (place.file, place.line))
        };
        let mut rows: Vec<(bool, (u16, u32))> = Vec::new();
        rows.extend(row(&evaluation.left).map(|row| (true, row)));
        rows.extend(row(&evaluation.right).map(|row| (false, row)));
        for row in rows {
            let key = |difference: Decimal| (evaluation.rule, row, difference.normalize());
            if let Some(other) = known.get(&key(-evaluation.difference())) {
                shifted.extend([number, *other]);
            }
            known.insert(key(evaluation.difference()), number);
        }
    }
    shifted
}

fn finding(index: &Index, rule: &Rule, evaluation: &Evaluation, blame: &Blame, rounding: Rounding) -> Finding {
    let scale = Scale::of(index, rule, evaluation);
    let (class, severity) = judge(index, rule, evaluation, blame.culprit.as_ref(), rounding);
    let (expected, printed) = match &blame.culprit {
        Some(culprit) => sides_of_cell(index, evaluation, culprit, scale),
        None => {
            let limit = scale.show(evaluation.right.point);
            let more = evaluation.relation == Relation::MoreThan;
            (
                if more { say!(index.language, "finding.more_than", limit: limit) } else { limit },
                scale.show(evaluation.left.point),
            )
        }
    };
    Finding {
        id: CompactString::default(),
        rule: CompactString::from(rule.code.as_str()),
        severity,
        class,
        root: CompactString::default(),
        places: places(evaluation, blame.culprit.as_ref()),
        expected,
        printed,
        difference: scale.show(evaluation.difference().abs()),
        message: message(index, evaluation, scale),
        waived: None,
    }
}

/// The unit and the places in which the figures of an evaluation are shown.
#[derive(Clone, Copy)]
enum Scale {
    /// Money, with half a step of its last place.
    Money(Unit, Decimal),
    Percent,
    /// A number without unit.
    Count,
}

impl Scale {
    fn of(index: &Index, rule: &Rule, evaluation: &Evaluation) -> Self {
        let figures = || evaluation.left.figures.iter().chain(&evaluation.right.figures);
        if rule.tolerance == Tolerance::Percent {
            return Scale::Percent;
        }
        if !evaluation.is_linear() {
            return Scale::Count;
        }
        let facts = figures().filter_map(|figure| figure.fact).map(|fact| &index.fact(fact).amount);
        let unit = facts.map(|amount| amount.unit).next().unwrap_or_default();
        let half_step = figures().map(|figure| figure.half_step).filter(|step| !step.is_zero()).min();
        Scale::Money(unit, half_step.unwrap_or_default())
    }

    fn show(self, value: Decimal) -> String {
        match self {
            Scale::Money(unit, half_step) => wording::amount(value, unit, half_step),
            Scale::Percent => {
                let mut value = value.round_dp(2);
                value.rescale(2);
                format!("{value}%")
            }
            Scale::Count => value.normalize().to_string(),
        }
    }

    /// The value in running text, with separators between thousands.
    fn say(self, value: Decimal) -> String {
        match self {
            Scale::Money(..) => wording::grouped(&self.show(value)),
            Scale::Percent | Scale::Count => self.show(value),
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Scale::Money(unit, _) => unit.label(),
            Scale::Percent | Scale::Count => "",
        }
    }
}

/// What the cell at fault would have to say, and what it says.
fn sides_of_cell(index: &Index, evaluation: &Evaluation, culprit: &Correction, scale: Scale) -> (String, String) {
    match culprit.cell {
        Cell::Fact(fact) => {
            let amount = &index.fact(fact).amount;
            let half_step = index.half_step(fact);
            let expected =
                wording::amount(amount.yuan.saturating_add(needed(evaluation, culprit)), amount.unit, half_step);
            (expected, amount.printed.to_string())
        }
        Cell::Empty(_) => (scale.show(needed(evaluation, culprit)), index.language.get("finding.blank").to_owned()),
    }
}

/// The change of the culprit with which this very evaluation holds.
fn needed(evaluation: &Evaluation, culprit: &Correction) -> Decimal {
    let of = |figures: &[Figure]| {
        figures.iter().filter(|figure| figure.cell() == Some(culprit.cell)).map(|figure| figure.factor).sum::<Decimal>()
    };
    let factor = of(&evaluation.left.figures) - of(&evaluation.right.figures);
    (-evaluation.difference()).checked_div(factor).unwrap_or(culprit.change).normalize()
}

/// The cell at fault first, then the side that is a single figure, then the rest; each place once.
fn places(evaluation: &Evaluation, culprit: Option<&Correction>) -> Vec<Place> {
    let of = |value: &Value| value.figures.iter().filter_map(|figure| figure.place).collect::<Vec<_>>();
    let figures = || evaluation.left.figures.iter().chain(&evaluation.right.figures);
    let first = culprit.and_then(|culprit| figures().find(|figure| figure.cell() == Some(culprit.cell))?.place);
    let (mut near, mut far) = (of(&evaluation.left), of(&evaluation.right));
    if far.len() < near.len() {
        std::mem::swap(&mut near, &mut far);
    }
    let mut places: Vec<Place> = Vec::new();
    for place in first.or(evaluation.sentence).into_iter().chain(near).chain(far) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// Whose a failure is, and how serious.
fn judge(
    index: &Index,
    rule: &Rule,
    evaluation: &Evaluation,
    culprit: Option<&Correction>,
    rounding: Rounding,
) -> (Class, FindingSeverity) {
    if culprit.is_some_and(|culprit| is_extraction(index, evaluation, culprit)) {
        return (Class::Extraction, FindingSeverity::Info);
    }
    // A whole without any of its parts contradicts nothing: the parts were not told.
    let untold = |value: &Value| value.figures.len() > 1 && value.figures.iter().all(|figure| figure.empty.is_some());
    if rule.severity == FindingSeverity::Error && (untold(&evaluation.left) || untold(&evaluation.right)) {
        return (rule.class, FindingSeverity::Warning);
    }
    // What the document only compares its own figures with was added up elsewhere: a tail there is worth a look, no error.
    let is_tail = evaluation.difference().abs() <= spread(&evaluation.left, &evaluation.right);
    if rule.tolerance == Tolerance::Sum && is_tail && is_compared(index, evaluation) {
        return (rule.class, FindingSeverity::Info);
    }
    // The same quantity rounded twice may differ by one step, where the document rounds.
    let figures = evaluation.left.figures.iter().chain(&evaluation.right.figures);
    let step = figures.map(|figure| figure.half_step).max().unwrap_or_default().saturating_mul(Decimal::TWO);
    let one_step = rule.tolerance == Tolerance::Exact && evaluation.difference().abs() <= step;
    if one_step && rounding == Rounding::Tails && rule.severity == FindingSeverity::Error {
        return (rule.class, FindingSeverity::Warning);
    }
    (rule.class, rule.severity)
}

/// True when the cell shows the marks of a damaged text: it was repaired, lost its last digits, or was emptied, and
/// nothing else speaks against the correction.
fn is_extraction(index: &Index, evaluation: &Evaluation, culprit: &Correction) -> bool {
    match culprit.cell {
        Cell::Fact(fact) => {
            let amount = &index.fact(fact).amount;
            let corrected = amount.yuan.saturating_add(culprit.change);
            let should = wording::amount(corrected, amount.unit, index.half_step(fact));
            let printed: String = amount.printed.chars().filter(|one| !one.is_whitespace() && *one != ',').collect();
            let cut = printed.contains('.') && should.starts_with(&printed) && should.len() > printed.len();
            matches!(amount.origin, Origin::Repaired { .. }) || (cut && culprit.breaks == 0)
        }
        Cell::Empty(cell) => culprit.breaks == 0 && is_emptied(index, evaluation, cell, culprit),
    }
}

/// An empty sub-total of figures that stand beside it, and an empty cell whose amount its row prints in another column, or
/// several identities tell.
fn is_emptied(index: &Index, evaluation: &Evaluation, cell: EmptyCell, culprit: &Correction) -> bool {
    let (whole, parts) = (&evaluation.left.figures, &evaluation.right.figures);
    let line = |figure: &Figure| figure.place.map(|place| (place.file, place.line));
    let beside = matches!(whole.as_slice(), [figure] if figure.empty == Some(cell)
        && parts.iter().all(|part| line(part).is_some() && line(part) == line(figure)));
    // The figures that do not agree are no witnesses: a whole that lacks all its parts prints what they lack.
    let own: Vec<Place> = whole.iter().chain(parts).filter_map(|figure| figure.place).collect();
    let printed = || {
        let statement = index.disclosure.statements.get(cell.statement);
        statement.is_some_and(|statement| cell.is_beside(statement, culprit.change, &own))
    };
    beside || culprit.mends > 1 || printed()
}

/// One neutral sentence with both figures and their lines.
fn message(index: &Index, evaluation: &Evaluation, scale: Scale) -> String {
    let subject = match evaluation.subject.as_str() {
        "" => String::new(),
        subject => say!(index.language, "finding.subject", subject: subject),
    };
    let left = said_side(index, &evaluation.labels.0, &evaluation.left, scale);
    if evaluation.right.figures.is_empty() {
        let key = match evaluation.relation {
            Relation::Equal => "finding.should_equal",
            Relation::AtMost => "finding.should_at_most",
            Relation::AtLeast => "finding.should_at_least",
            Relation::MoreThan => "finding.should_more",
        };
        return index.language.say(key, &[("subject", &subject), ("left", &left), ("right", &evaluation.labels.1)]);
    }
    let right = said_side(index, &evaluation.labels.1, &evaluation.right, scale);
    let difference = format!("{}{}", scale.say(evaluation.difference().abs()), scale.unit());
    let key = match evaluation.relation {
        Relation::Equal => "finding.equal",
        Relation::AtMost => "finding.at_most",
        Relation::AtLeast => "finding.at_least",
        Relation::MoreThan => "finding.not_more",
    };
    index.language.say(key, &[("subject", &subject), ("left", &left), ("right", &right), ("difference", &difference)])
}

/// A side with its figure and its lines: 「收支总表 收入总计为20.00万元（第12行）」.
fn said_side(index: &Index, label: &str, value: &Value, scale: Scale) -> String {
    let places: Vec<Place> = value.figures.iter().filter_map(|figure| figure.place).collect();
    let lines = match wording::lines(&places, index) {
        lines if lines.is_empty() => lines,
        lines => say!(index.language, "lines.bracket", lines: lines),
    };
    if value.figures.iter().all(|figure| figure.empty.is_some() || figure.place.is_none()) {
        return say!(index.language, "finding.blank_said", label: label, lines: lines);
    }
    let amount = format!("{}{}", scale.say(value.point), scale.unit());
    say!(index.language, "finding.said", label: label, amount: amount, lines: lines)
}
