//! What the statements of a document print for every functional code, or its sentences where no statement does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use compact_str::CompactString;

use crate::model::{Amount, Fact, StatementKind, SubjectKind};
use crate::recognize::identity::Period;
use crate::recognize::statement::sums;

/// The statements that state spending by function, the most complete first; those of one line add up.
const SOURCES: [&[StatementKind]; 3] = [
    &[StatementKind::Expenditure],
    &[StatementKind::GeneralExpenditure, StatementKind::Fund, StatementKind::StateCapital],
    &[StatementKind::RevenueExpenditure],
];

/// The natures that are collected.
const NATURES: [&str; 5] = ["total", "basic", "project", "basic.personnel", "basic.operating"];

/// The amounts of one code, by nature in the order of [`NATURES`].
#[derive(Default, Clone)]
pub(super) struct Entry {
    pub(super) amounts: [Vec<Amount>; NATURES.len()],
}

/// The amounts of the codes of a document's own year and phase.
#[derive(Default)]
pub(super) struct Printed {
    entries: BTreeMap<CompactString, Entry>,
}

impl Printed {
    /// What some statements, told by their index, print; each row counts once.
    pub(super) fn in_statements(facts: &[Fact], statements: &[u16], period: Period) -> Self {
        let mut printed = Printed::default();
        for (part, fact) in stated(facts, statements, period, SubjectKind::Function) {
            printed.entries.entry(fact.subject.code.clone()).or_default().amounts[part].push(fact.amount.clone());
        }
        printed
    }

    /// What the sentences say, for documents without tables. What is said twice counts once.
    pub(super) fn in_sentences(facts: &[Fact], period: Period) -> Self {
        let mut printed = Printed::default();
        let said = |fact: &&Fact| {
            fact.statement.is_none()
                && fact.subject.kind == SubjectKind::Function
                && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
        };
        for fact in facts.iter().filter(said) {
            let Some(part) = NATURES.iter().position(|nature| fact.measure.nature == *nature) else { continue };
            let amounts = &mut printed.entries.entry(fact.subject.code.clone()).or_default().amounts[part];
            if amounts.is_empty() {
                amounts.push(fact.amount.clone());
            }
        }
        printed
    }

    /// What is printed, below what the classes of a table say themselves.
    pub(super) fn below_classes(mut self, classes: Printed) -> Self {
        self.entries.extend(classes.entries);
        self
    }

    /// True when no code is printed.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many codes are printed.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// True for a code that is printed itself.
    pub(super) fn contains(&self, code: &str) -> bool {
        self.entries.contains_key(code)
    }

    /// The amounts of a code that is printed.
    pub(super) fn entry(&self, code: &str) -> Option<&Entry> {
        self.entries.get(code)
    }

    /// What is printed below a code (`""`: all), in the order of the codes.
    pub(super) fn below(&self, code: &str) -> impl Iterator<Item = (&CompactString, &Entry)> + Clone {
        let behind = self.entries.range::<str, _>((Bound::Excluded(code), Bound::Unbounded));
        behind.take_while(move |(other, _)| other.starts_with(code))
    }

    /// The printed codes and those above them.
    pub(super) fn codes(&self) -> BTreeSet<CompactString> {
        let levels = |code: &CompactString| [3, 5, 7].map(|length| code.get(..length).map(CompactString::from));
        self.entries.keys().flat_map(levels).flatten().collect()
    }
}

/// The statements, by their index, that state the spending by function of a document.
pub(super) fn sources(facts: &[Fact], period: Period) -> Vec<u16> {
    let of_kinds = |kinds: &[StatementKind]| kinds.iter().filter_map(|kind| fullest(facts, *kind)).collect::<Vec<_>>();
    let telling = |statements: &Vec<u16>| !stated(facts, statements, period, SubjectKind::Function).is_empty();
    SOURCES.iter().map(|kinds| of_kinds(kinds)).find(telling).unwrap_or_default()
}

/// What statements state of subjects of a kind in the document's own year and phase, each row once, with the position of the
/// nature in [`NATURES`].
pub(super) fn stated<'facts>(
    facts: &'facts [Fact],
    statements: &[u16],
    period: Period,
    kind: SubjectKind,
) -> Vec<(usize, &'facts Fact)> {
    // 上年执行数 beside 本年预算数 is another year's spending.
    let own = |fact: &&Fact| (fact.measure.year, fact.measure.phase) == (period.year, period.phase);
    let all: Vec<(usize, &Fact)> = facts
        .iter()
        .filter(own)
        .filter(|fact| fact.statement_index.is_some_and(|index| statements.contains(&index)))
        .filter(|fact| !fact.subject.of_which && fact.subject.kind == kind)
        .filter_map(|fact| Some((NATURES.iter().position(|nature| fact.measure.nature == *nature)?, fact)))
        .collect();
    (0..all.len()).filter(|at| !is_within_row(&all, *at)).map(|at| all[at]).collect()
}

/// True for an amount that its row states in another column already: as a part of a wider fund, or once more.
fn is_within_row(stated: &[(usize, &Fact)], at: usize) -> bool {
    let (part, fact) = stated[at];
    let place = |fact: &Fact| (fact.statement_index, fact.amount.place.file, fact.amount.place.line);
    let in_row = |(_, other): &&(usize, &Fact)| other.subject.code == fact.subject.code && place(other) == place(fact);
    // The amounts of a row stand side by side, its cells in order.
    let before = stated[..at].iter().rev().take_while(in_row);
    let before = before.take_while(|(_, other)| other.amount.place.cell < fact.amount.place.cell);
    let behind = stated[at + 1..].iter().take_while(in_row);
    let behind = behind.take_while(|(_, other)| other.amount.place.cell > fact.amount.place.cell);
    let wider = |other: &Fact| {
        other.measure.fund != fact.measure.fund && sums::fund_contains(&other.measure.fund, &fact.measure.fund)
    };
    let same = |other: &Fact| other.measure.fund == fact.measure.fund && other.amount.yuan == fact.amount.yuan;
    before.clone().chain(behind).any(|(other_part, other)| *other_part == part && wider(other))
        || before.into_iter().any(|(other_part, other)| *other_part == part && same(other))
}

/// The statement of a kind with the most functional amounts: some documents print the same figures in two.
fn fullest(facts: &[Fact], kind: StatementKind) -> Option<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.statement == Some(kind) && fact.subject.kind == SubjectKind::Function) {
        *counts.entry(fact.statement_index?).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(index, _)| index)
}
