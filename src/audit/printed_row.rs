//! The rows of a statement, or the sentences of the narrative, each with the facts that are about it.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::model::{CellContent, Disclosure, RowRole, Subject, SubjectKind};

/// What a row is about: kind and code, else label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SubjectKey {
    pub(super) kind: SubjectKind,
    pub(super) code: CompactString,
}

impl SubjectKey {
    pub(super) fn of(subject: &Subject) -> Self {
        let code = if subject.code.is_empty() { subject.label.clone() } else { subject.code.clone() };
        SubjectKey { kind: subject.kind, code }
    }

    /// True for the key of a subject.
    fn is_of(&self, subject: &Subject) -> bool {
        let code = if subject.code.is_empty() { &subject.label } else { &subject.code };
        self.kind == subject.kind && self.code == *code
    }
}

/// A row of a table: its number and the lane within it.
pub(super) type RowNumber = (usize, usize);

/// A row that facts stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowReference {
    pub(super) subject: SubjectKey,
    pub(super) label: CompactString,
    /// The total under which an item is listed, see [`Subject::parent`].
    pub(super) parent: CompactString,
    /// The row of the table; `None` for the narrative and for facts without a table.
    pub(super) number: Option<RowNumber>,
    /// The budget unit under whose row it is printed.
    pub(super) section: Option<SubjectKey>,
    /// An 其中 row: never an addend.
    pub(super) of_which: bool,
    /// Its facts.
    pub(super) facts: Vec<u32>,
}

impl RowReference {
    /// True for rows of an income list.
    pub(super) fn is_income(&self) -> bool {
        match self.subject.kind {
            SubjectKind::IncomeItem => true,
            SubjectKind::Total => {
                matches!(self.subject.code.as_str(), "income_total" | "current_income" | "carried_in")
            }
            _ => false,
        }
    }
}

/// The rows of a table, each with the facts that are about it.
pub(super) fn table_rows(disclosure: &Disclosure, index: usize) -> Vec<RowReference> {
    let statement = &disclosure.statements[index];
    let mut rows = Vec::new();
    let mut section = None;
    for (number, row) in statement.rows.iter().enumerate() {
        for (lane, subject) in row.subjects.iter().enumerate() {
            let Some(subject) = subject else { continue };
            let role = row.roles.get(lane).or(row.roles.first()).copied().unwrap_or(RowRole::Item);
            if matches!(role, RowRole::Ghost | RowRole::Text) {
                continue;
            }
            let key = SubjectKey::of(subject);
            if key.kind == SubjectKind::Unit {
                section = Some(key.clone());
            }
            rows.push(RowReference {
                label: subject.label.clone(),
                parent: subject.parent.clone(),
                number: Some((number, lane)),
                section: section.clone().filter(|section| *section != key),
                of_which: role == RowRole::OfWhich,
                facts: row_facts(disclosure, index, (number, lane), &key),
                subject: key,
            });
        }
    }
    rows
}

/// The facts that stand in a row's lane and are about its subject. Some statements give each column a subject of its
/// own: those facts are grouped by subject later.
fn row_facts(disclosure: &Disclosure, index: usize, (number, lane): RowNumber, key: &SubjectKey) -> Vec<u32> {
    let statement = &disclosure.statements[index];
    let row = &statement.rows[number];
    let cells = row.cells.iter().zip(&statement.columns);
    cells
        .filter(|(_, column)| row.subjects.len() == 1 || usize::from(column.lane) == lane)
        .filter_map(|(cell, _)| if let CellContent::Amount { fact, .. } = cell.content { fact } else { None })
        .filter(|fact| key.is_of(&disclosure.facts[*fact as usize].subject))
        .collect()
}

/// Facts of a statement that no row took: each subject becomes a row of its own.
pub(super) fn add_unrowed(disclosure: &Disclosure, index: usize, rows: &mut Vec<RowReference>) {
    let mut placed = vec![false; disclosure.facts.len()];
    for fact in rows.iter().flat_map(|row| &row.facts) {
        placed[*fact as usize] = true;
    }
    let loose = disclosure
        .facts
        .iter()
        .enumerate()
        .filter(|(number, fact)| fact.statement_index.map(usize::from) == Some(index) && !placed[*number]);
    rows.extend(group_by_subject(disclosure, loose.map(|(number, _)| number as u32).collect()));
}

pub(super) fn group_by_subject(disclosure: &Disclosure, facts: Vec<u32>) -> Vec<RowReference> {
    let mut rows: Vec<RowReference> = Vec::new();
    let mut known: FxHashMap<SubjectKey, usize> = FxHashMap::default();
    for fact in facts {
        let row = loose_row(disclosure, fact);
        match known.get(&row.subject) {
            Some(at) => rows[*at].facts.push(fact),
            None => {
                known.insert(row.subject.clone(), rows.len());
                rows.push(row);
            }
        }
    }
    rows
}

pub(super) fn loose_row(disclosure: &Disclosure, number: u32) -> RowReference {
    let subject = &disclosure.facts[number as usize].subject;
    let parent = Some(&subject.parent).filter(|parent| !parent.is_empty());
    RowReference {
        subject: SubjectKey::of(subject),
        label: subject.label.clone(),
        parent: subject.parent.clone(),
        number: None,
        section: parent.map(|code| SubjectKey { kind: SubjectKind::Unit, code: code.clone() }),
        of_which: subject.of_which,
        facts: vec![number],
    }
}
