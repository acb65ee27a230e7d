//! Spending by functional code, with the levels that the document does not print.
//!
//! `printed` gathers what the statements (or else the sentences) say of every code, `sums` tells the amounts of a code from it,
//! `gaps` where codes do not add up to what stands above them.

mod gaps;
mod printed;
mod sums;

use std::collections::BTreeMap;

use compact_str::CompactString;

use self::printed::{Printed, sources};
use crate::model::{Amount, Fact, FunctionFigures, FunctionLevel, StatementKind, SubjectKind};
use crate::recognize::identity::Period;
use crate::vocabulary::Vocabulary;

pub(in crate::recognize) use self::gaps::{Gap, gaps};

/// Collects spending by code, in the order of the codes.
pub(super) fn collect(vocabulary: &Vocabulary, facts: &[Fact], period: Period) -> Vec<FunctionFigures> {
    let statements = sources(facts, period);
    let tables = Printed::in_statements(facts, &statements, period);
    // Of the items below the classes of 收支总表 nothing tells but sentences.
    let of_classes = |fact: &Fact| fact.statement == Some(StatementKind::RevenueExpenditure);
    let mut sources = facts.iter().filter(|fact| fact.statement_index.is_some_and(|index| statements.contains(&index)));
    let of_text = tables.is_empty() || sources.all(of_classes);
    let printed = if of_text { Printed::in_sentences(facts, period).below_classes(tables) } else { tables };
    let names = all_names(facts);
    let figures = |code: CompactString| {
        let level = FunctionLevel::of(&code)?;
        let is_printed = printed.contains(&code);
        // Sentences may leave out items: their sum is a class only where something says that it is whole.
        if of_text && !is_printed && !printed.is_whole(facts, period, &code) {
            return None;
        }
        let [total, basic, project] = printed.figures(&code);
        let total = total.map(|total| if is_printed { total } else { as_printed(facts, &code, total) });
        let name = names.get(&code).cloned().or_else(|| vocabulary.names.function_name(&code).map(CompactString::from));
        Some(FunctionFigures { level, name: name.unwrap_or_default(), total, basic, project, code })
    };
    printed.codes().into_iter().filter_map(figures).collect()
}

/// Names that any statement prints for a code, the most frequent one.
fn all_names(facts: &[Fact]) -> BTreeMap<CompactString, CompactString> {
    let mut counts: BTreeMap<CompactString, BTreeMap<CompactString, usize>> = BTreeMap::new();
    for subject in facts.iter().map(|fact| &fact.subject).filter(|subject| subject.kind == SubjectKind::Function) {
        if !subject.label.is_empty() {
            *counts.entry(subject.code.clone()).or_default().entry(subject.label.clone()).or_default() += 1;
        }
    }
    let most = |names: BTreeMap<CompactString, usize>| {
        names.into_iter().rev().max_by_key(|(_, count)| *count).map(|(name, _)| name)
    };
    counts.into_iter().filter_map(|(code, names)| Some((code, most(names)?))).collect()
}

/// A class that 收支总表 prints with the same amount is printed, not derived.
fn as_printed(facts: &[Fact], code: &str, derived: Amount) -> Amount {
    let same = |fact: &&Fact| {
        fact.statement == Some(StatementKind::RevenueExpenditure)
            && (fact.subject.kind, fact.subject.code.as_str()) == (SubjectKind::Function, code)
            && fact.measure.nature == "total"
            && fact.amount.yuan == derived.yuan
    };
    facts.iter().find(same).map_or(derived.clone(), |fact| fact.amount.clone())
}
