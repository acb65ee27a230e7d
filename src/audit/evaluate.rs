//! Rules to evaluations: each formula is run over the statements, rows and columns that its rule names.

use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;

use super::blame::corrections;
use super::columns::Measure;
use super::formula::{Identity, PlaceWord, Relation};
use super::index::{Cell, Index};
use super::printing::{Context, Printing, RowReference, SubjectKey};
use super::rows::rows;
use super::rule::{Formula, Formulas, Rules, Test, Tolerance};
use super::select::{Scope, evaluate};
use super::value::{Figure, State, Value};
use super::wording;
use crate::model::{Kind, Origin, Outcome, Phase, Place};

/// One identity evaluated once, before it is known how the document rounds.
#[derive(Debug)]
pub(super) struct Evaluation {
    /// Index into [`Rules::all`].
    pub(super) rule: usize,
    /// What it is about, for readers.
    pub(super) subject: String,
    pub(super) left: Value,
    pub(super) right: Value,
    /// What the sides are, for readers.
    pub(super) labels: (String, String),
    pub(super) relation: Relation,
    pub(super) outcome: Outcome,
    /// How far apart the sides may be.
    pub(super) allowance: Decimal,
    /// Where the sentence stands that states what is checked.
    pub(super) sentence: Option<Place>,
}

impl Evaluation {
    /// How much the left side exceeds the right one.
    pub(super) fn difference(&self) -> Decimal {
        self.left.point.saturating_sub(self.right.point)
    }

    /// True when the sides are sums of figures, so that one corrected figure tells what becomes of the difference.
    pub(super) fn is_linear(&self) -> bool {
        self.left.linear && self.right.linear
    }

    /// What becomes of the identity when its difference changes.
    pub(super) fn holds_with(&self, difference: Decimal) -> bool {
        holds(self.relation, difference, self.allowance)
    }
}

/// Evaluates all rules that are formulas. The outcomes still wait for [`settle`].
pub(super) fn evaluations(rules: &Rules, index: &Index) -> Vec<Evaluation> {
    let kind = index.disclosure.identity.kind.unwrap_or(match index.main.phase {
        Phase::Final => Kind::Final,
        Phase::InitialBudget | Phase::AdjustedBudget => Kind::Budget,
    });
    let mut found = Vec::new();
    for (number, rule) in rules.all().iter().enumerate() {
        let Test::Formulas(formulas) = &rule.test else { continue };
        if rule.document.is_none_or(|wanted| wanted == kind) {
            Run { index, number, formulas, known: HashSet::new(), found: &mut found }.run();
        }
    }
    found
}

/// One rule on its way through the disclosure.
struct Run<'r> {
    index: &'r Index<'r>,
    number: usize,
    formulas: &'r Formulas,
    /// The cells on both sides of what was evaluated.
    known: HashSet<(Vec<Cell>, Vec<Cell>)>,
    found: &'r mut Vec<Evaluation>,
}

impl<'r> Run<'r> {
    fn run(mut self) {
        if self.formulas.changes {
            for change in &self.index.disclosure.changes {
                self.evaluate(&Scope { change: Some(change), ..self.scope(None, self.index.main) });
            }
            return;
        }
        if self.formulas.shares {
            for share in &self.index.disclosure.shares {
                self.evaluate(&Scope { share: Some(share), ..self.scope(None, self.index.main) });
            }
            return;
        }
        if self.formulas.places.is_empty() {
            return self.evaluate(&self.scope(None, self.index.main));
        }
        for place in &self.formulas.places {
            let kind = if let PlaceWord::Statement(kind) = place { Some(*kind) } else { None };
            for number in self.index.of_kind(kind) {
                let printing = &self.index.printings[*number];
                if printing.columns.contexts().next().is_none() {
                    self.over_rows(printing, &self.scope(Some(*number), self.index.main));
                }
                let mut year = None;
                for context in printing.columns.contexts() {
                    // Formulas that name their phases say the same in every phase of a year.
                    if year.replace(context.year) == Some(context.year) && self.formulas.names_phases {
                        continue;
                    }
                    self.over_rows(printing, &self.scope(Some(*number), context));
                }
            }
        }
    }

    fn scope(&self, printing: Option<usize>, context: Context) -> Scope<'r> {
        Scope {
            index: self.index,
            printing,
            row: None,
            whole_subject: false,
            column: None,
            context,
            change: None,
            share: None,
        }
    }

    fn over_rows(&mut self, printing: &'r Printing, scope: &Scope<'r>) {
        if self.formulas.rows.is_empty() {
            return self.over_columns(printing, scope);
        }
        let mut known: HashSet<*const RowReference> = HashSet::new();
        let named = self.formulas.rows.iter().flat_map(|pattern| rows(printing, pattern, scope));
        let named: Vec<_> =
            named.filter(|row| !row.facts.is_empty() && known.insert(std::ptr::from_ref(*row))).collect();
        let mut subjects: HashSet<&SubjectKey> = HashSet::new();
        for row in named {
            self.over_columns(printing, &Scope { row: Some(row), ..*scope });
            // A statement may need several rows for a subject; the narrative states each quantity for itself.
            if printing.kind.is_some() && subjects.insert(&row.subject) {
                self.over_columns(printing, &Scope { row: Some(row), whole_subject: true, ..*scope });
            }
        }
    }

    fn over_columns(&mut self, printing: &'r Printing, scope: &Scope<'r>) {
        if !self.formulas.columns {
            return self.evaluate(scope);
        }
        let columns: &[Measure] = printing.columns.side(false, scope.context).map_or(&[], |side| &side.measures);
        for column in columns {
            self.evaluate(&Scope { column: Some(column), ..*scope });
        }
    }

    /// True when the rule compared the same figures before: two statements may lead to one comparison.
    fn is_known(&mut self, left: &Value, right: &Value) -> bool {
        let cells = |value: &Value| value.figures.iter().map(Figure::cell).collect::<Option<Vec<Cell>>>();
        let (Some(left), Some(right)) = (cells(left), cells(right)) else { return false };
        self.formulas.places.len() > 1 && !self.known.insert((left, right))
    }

    fn evaluate(&mut self, scope: &Scope) {
        let in_table = scope.row.is_some() && !self.formulas.places.contains(&PlaceWord::Text);
        let due = |formula: &&Formula| !in_table || formula.compares == scope.whole_subject;
        let identities: Vec<&Identity> =
            self.formulas.identities.iter().filter(due).map(|formula| &formula.identity).collect();
        if identities.is_empty() {
            return;
        }
        let mut conditions = self.formulas.conditions.iter();
        if !conditions.all(|condition| condition_holds(condition, scope)) {
            return;
        }
        for identity in identities {
            let (left, right) = (evaluate(&identity.left, scope), evaluate(&identity.right, scope));
            let Some(outcome) = readiness(&left, &right) else { continue };
            if follows(self.index, &left, &right) || follows(self.index, &right, &left) || self.is_known(&left, &right)
            {
                continue;
            }
            self.found.push(Evaluation {
                rule: self.number,
                subject: wording::subject(scope),
                labels: wording::sides(identity, scope),
                allowance: Decimal::ZERO,
                sentence: scope.change.map(|change| change.place).or(scope.share.map(|share| share.place)),
                relation: identity.relation,
                left,
                right,
                outcome,
            });
        }
    }
}

/// `None` when the document does not print what the identity speaks of.
fn readiness(left: &Value, right: &Value) -> Option<Outcome> {
    if left.state.min(right.state) == State::Nothing || left.undefined || right.undefined {
        return None;
    }
    match left.state.max(right.state) {
        State::Absent | State::Blank | State::Nothing => None,
        State::Unreadable => Some(Outcome::Unreadable),
        State::Printed => Some(Outcome::Pass),
    }
}

/// True when a side is an amount that was derived from the other side: then there is nothing to check.
fn follows(index: &Index, whole: &Value, parts: &Value) -> bool {
    let [figure] = whole.figures.as_slice() else { return false };
    let Some(Origin::Derived { inputs, .. }) = figure.fact.map(|fact| &index.fact(fact).amount.origin) else {
        return false;
    };
    inputs.iter().all(|input| parts.figures.iter().any(|part| part.place == Some(*input)))
}

/// True when a condition can be read and holds, rounding allowed. What is left empty counts as zero here.
fn condition_holds(condition: &Identity, scope: &Scope) -> bool {
    let (left, right) = (evaluate(&condition.left, scope), evaluate(&condition.right, scope));
    let known = left.state.max(right.state) < State::Unreadable && !left.undefined && !right.undefined;
    known && holds(condition.relation, left.point.saturating_sub(right.point), spread(&left, &right))
}

fn holds(relation: Relation, difference: Decimal, allowance: Decimal) -> bool {
    match relation {
        Relation::Equal => difference.abs() <= allowance,
        Relation::AtMost => difference <= allowance,
        Relation::AtLeast => -difference <= allowance,
        Relation::MoreThan => difference > Decimal::ZERO,
    }
}

/// How far rounding can have moved two values apart.
fn spread(left: &Value, right: &Value) -> Decimal {
    let of = |value: &Value| value.range.1.saturating_sub(value.point).max(value.point.saturating_sub(value.range.0));
    of(left).saturating_add(of(right))
}

/// How a document rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// Its sums are exact: any difference is a difference.
    Exact,
    /// Its amounts were rounded one by one: sums may show tails.
    Tails,
}

/// Sums below this number do not prove that a document is exact.
const ENOUGH_SUMS: usize = 100;
/// This many tails prove that it is not.
const ENOUGH_TAILS: usize = 3;

/// Finds out from the document itself how it rounds, and lets each evaluation end.
pub(super) fn settle(rules: &Rules, index: &Index, evaluations: &mut [Evaluation]) -> Rounding {
    let rounding = rounding(rules, index, evaluations);
    for evaluation in evaluations {
        let tolerance = rules.all()[evaluation.rule].tolerance;
        if evaluation.outcome == Outcome::Pass {
            evaluation.allowance = allowance(evaluation, tolerance, rounding);
            evaluation.outcome = outcome(evaluation, tolerance);
        }
    }
    rounding
}

fn rounding(rules: &Rules, index: &Index, evaluations: &[Evaluation]) -> Rounding {
    let sums = || {
        evaluations.iter().filter(|evaluation| {
            rules.all()[evaluation.rule].tolerance == Tolerance::Sum
                && evaluation.outcome == Outcome::Pass
                && evaluation.relation == Relation::Equal
                && evaluation.left.figures.len() + evaluation.right.figures.len() > 2
        })
    };
    let is_tail =
        |sum: &&Evaluation| !sum.difference().is_zero() && sum.difference().abs() <= spread(&sum.left, &sum.right);
    let tails: Vec<&Evaluation> = sums().filter(is_tail).collect();
    if index.disclosure.rounding_note || sums().count() < ENOUGH_SUMS || causes(tails) >= ENOUGH_TAILS {
        Rounding::Tails
    } else {
        Rounding::Exact
    }
}

/// How many cells at least must be off to explain all tails, counted up to [`ENOUGH_TAILS`]. One wrong cell leaves a tail
/// in each sum that it takes part in, and says nothing about how the document rounds.
fn causes(mut tails: Vec<&Evaluation>) -> usize {
    let mut count = 0;
    while !tails.is_empty() && count < ENOUGH_TAILS {
        let mut explained: BTreeMap<(Cell, Decimal), usize> = BTreeMap::new();
        for correction in tails.iter().flat_map(|tail| corrections(tail)) {
            *explained.entry(correction).or_default() += 1;
        }
        let Some((best, _)) = explained.into_iter().max_by_key(|(_, tails)| *tails) else { break };
        tails.retain(|tail| !corrections(tail).contains(&best));
        count += 1;
    }
    count
}

fn allowance(evaluation: &Evaluation, tolerance: Tolerance, rounding: Rounding) -> Decimal {
    match tolerance {
        Tolerance::Percent => spread(&evaluation.left, &evaluation.right),
        Tolerance::Sum if rounding == Rounding::Tails => spread(&evaluation.left, &evaluation.right),
        Tolerance::Sum | Tolerance::Exact => coarser_unit(evaluation),
    }
}

/// Half a step of the coarser side when the sides are printed in steps of different size.
fn coarser_unit(evaluation: &Evaluation) -> Decimal {
    let coarsest = |value: &Value| value.figures.iter().map(|figure| figure.half_step).max().unwrap_or_default();
    let (left, right) = (coarsest(&evaluation.left), coarsest(&evaluation.right));
    if left == right || left.is_zero() || right.is_zero() { Decimal::ZERO } else { left.max(right) }
}

fn outcome(evaluation: &Evaluation, tolerance: Tolerance) -> Outcome {
    let difference = evaluation.difference();
    if holds(evaluation.relation, difference, Decimal::ZERO) {
        return Outcome::Pass;
    }
    if holds(evaluation.relation, difference, evaluation.allowance) {
        return if tolerance == Tolerance::Sum { Outcome::Rounding } else { Outcome::Pass };
    }
    let doubtful = evaluation.left.doubtful || evaluation.right.doubtful;
    if doubtful || is_explained_by_strays(evaluation) { Outcome::Unreadable } else { Outcome::Fail }
}

/// True when rows that were not understood make up the difference: one of them, or all together.
fn is_explained_by_strays(evaluation: &Evaluation) -> bool {
    let difference = evaluation.difference().abs();
    let explains = |strays: &[Decimal]| {
        let near = |value: Decimal| (value.abs() - difference).abs() <= evaluation.allowance;
        strays.iter().any(|stray| near(*stray)) || (strays.len() > 1 && near(strays.iter().copied().sum()))
    };
    explains(&evaluation.left.strays) || explains(&evaluation.right.strays)
}
