//! Rules to evaluations: each formula is run over the statements, rows and columns that its rule names.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::formula::{Identity, PlaceWord, Relation};
use super::index::{Cell, Index};
use super::measure::Measure;
use super::printed_row::{RowReference, SubjectKey};
use super::printing::{Context, Printing};
use super::rows::rows;
use super::rule::{Formula, Formulas, Rules, Test};
use super::select::{Scope, evaluate, in_context};
use super::sentences::holds_elsewhere;
use super::value::{Figure, State, Value};
use super::wording;
use crate::model::{Origin, Outcome, Place, StatementKind};

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
    /// The printings that both sides speak of, each once.
    pub(super) fn printings(&self) -> Vec<usize> {
        let mut printings = [self.left.consulted.as_slice(), &self.right.consulted].concat();
        printings.sort_unstable();
        printings.dedup();
        printings
    }

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
    let kind = index.kind();
    // Evaluations are large: a list that grows in steps would be copied whole each time.
    let mut found = Vec::with_capacity(index.disclosure.facts.len() * 2);
    for (number, rule) in rules.all().iter().enumerate() {
        let Test::Formulas(formulas) = &rule.test else { continue };
        if rule.document.is_none_or(|wanted| wanted == kind) {
            let (known, labels) = (FxHashSet::default(), FxHashMap::default());
            Run { index, number, formulas, known, labels, found: &mut found }.run();
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
    known: FxHashSet<(Vec<Cell>, Vec<Cell>)>,
    /// What the sides of an identity are, by its place in memory and by what `this` stands for.
    labels: FxHashMap<(usize, Option<StatementKind>), (String, String)>,
    found: &'r mut Vec<Evaluation>,
}

impl<'r> Run<'r> {
    fn run(mut self) {
        if self.formulas.changes || self.formulas.shares {
            return self.over_sentences();
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
                for context in printing.columns.contexts() {
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

    fn over_sentences(&mut self) {
        let scope = self.scope(None, self.index.main);
        let changes = self.index.disclosure.changes.iter().filter(|_| self.formulas.changes);
        let shares = self.index.disclosure.shares.iter().filter(|_| self.formulas.shares);
        for change in changes {
            self.evaluate(&Scope { change: Some(change), ..scope });
        }
        for share in shares {
            self.evaluate(&Scope { share: Some(share), ..scope });
        }
    }

    fn over_rows(&mut self, printing: &'r Printing, scope: &Scope<'r>) {
        if self.formulas.rows.is_empty() {
            return self.over_columns(printing, scope);
        }
        let speaks = |row: &RowReference| {
            row.facts.iter().any(|fact| self.formulas.repeats || in_context(self.index, *fact, scope.context))
        };
        let mut known: FxHashSet<*const RowReference> = FxHashSet::default();
        let mut named: Vec<&RowReference> = Vec::new();
        for pattern in &self.formulas.rows {
            let rows = rows(printing, pattern, scope);
            named.extend(rows.iter().filter(|row| speaks(row) && known.insert(std::ptr::from_ref(*row))));
        }
        let mut subjects: FxHashSet<&SubjectKey> = FxHashSet::default();
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
            self.evaluate(&Scope { column: Some(*column), ..*scope });
        }
    }

    /// True when the rule compared the same figures before: two statements may lead to one comparison.
    fn is_known(&mut self, left: &Value, right: &Value) -> bool {
        if !self.formulas.repeats {
            return false;
        }
        let cells = |value: &Value| value.figures.iter().map(Figure::cell).collect::<Option<Vec<Cell>>>();
        let (Some(left), Some(right)) = (cells(left), cells(right)) else { return false };
        !self.known.insert((left, right))
    }

    fn evaluate(&mut self, scope: &Scope) {
        let in_table = scope.row.is_some() && !self.formulas.places.contains(&PlaceWord::Text);
        let due = |formula: &&Formula| !in_table || formula.compares == scope.whole_subject;
        let formulas = self.formulas;
        let mut identities = formulas.identities.iter().filter(due).map(|formula| &formula.identity).peekable();
        if identities.peek().is_none() {
            return;
        }
        let mut conditions = self.formulas.conditions.iter();
        if !conditions.all(|condition| condition_holds(condition, scope)) {
            return;
        }
        for identity in identities {
            let Some((identity, left, right, outcome)) = self.compare(identity, scope) else { continue };
            let derived = follows(self.index, &left, &right) || follows(self.index, &right, &left);
            if derived || self.is_known(&left, &right) {
                continue;
            }
            let labels = self.labels_of(identity, scope);
            self.found.push(Evaluation {
                rule: self.number,
                subject: wording::subject(scope),
                labels,
                allowance: Decimal::ZERO,
                sentence: scope.change.map(|change| change.place).or(scope.share.map(|share| share.place)),
                relation: identity.relation,
                left,
                right,
                outcome,
            });
        }
    }

    /// What the sides of an identity are: only the statement makes a difference.
    fn labels_of(&mut self, identity: &Identity, scope: &Scope) -> (String, String) {
        let this = scope.printing.and_then(|number| self.index.printings[number].kind);
        let key = (std::ptr::from_ref(identity).addr(), this);
        self.labels.entry(key).or_insert_with(|| wording::sides(identity, scope)).clone()
    }

    /// The sides of the first comparison that holds, else of the one that should.
    fn compare<'i>(&self, identity: &'i Identity, scope: &Scope) -> Option<(&'i Identity, Value, Value, Outcome)> {
        let mut first = None;
        for identity in std::iter::once(identity).chain(&identity.alternatives) {
            let left = evaluate(&identity.left, scope);
            // Without a left side there is nothing to look up for the right one.
            let is_there = !matches!(left.state, State::Absent | State::Nothing);
            let right = if is_there { evaluate(&identity.right, scope) } else { Value::missing(State::Absent) };
            let ready = readiness(&left, &right);
            // An alternative excuses what does not hold; it says nothing of what cannot be compared.
            if ready.is_none() && first.is_none() {
                return None;
            }
            let Some(outcome) = ready else { continue };
            let found = (identity, left, right, outcome);
            if holds_if_rounded(&found.1, found.0.relation, &found.2) {
                return Some(found);
            }
            first.get_or_insert(found);
        }
        let is_sentence = scope.change.is_some() || scope.share.is_some();
        first.filter(|(identity, ..)| !is_sentence || !holds_elsewhere(identity, scope))
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
    known && holds_if_rounded(&left, condition.relation, &right)
}

/// True when a comparison holds, whatever the rounding of its figures.
pub(super) fn holds_if_rounded(left: &Value, relation: Relation, right: &Value) -> bool {
    holds(relation, left.point.saturating_sub(right.point), spread(left, right))
}

pub(super) fn holds(relation: Relation, difference: Decimal, allowance: Decimal) -> bool {
    match relation {
        Relation::Equal => difference.abs() <= allowance,
        Relation::AtMost => difference <= allowance,
        Relation::AtLeast => -difference <= allowance,
        Relation::MoreThan => difference > Decimal::ZERO,
    }
}

/// How far rounding can have moved two values apart.
pub(super) fn spread(left: &Value, right: &Value) -> Decimal {
    let of = |value: &Value| value.range.1.saturating_sub(value.point).max(value.point.saturating_sub(value.range.0));
    of(left).saturating_add(of(right))
}
