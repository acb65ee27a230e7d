//! What the coded rows of a list are to each other tells what one row alone leaves open.

use std::collections::BTreeSet;
use std::ops::Bound;

use compact_str::CompactString;

use crate::model::{Row, RowRole, SubjectKind};
use crate::vocabulary::Vocabulary;

/// Mends the roles and subjects of a list of codes.
pub(super) fn settle(vocabulary: &Vocabulary, rows: &mut [Row], lane: usize) {
    part_class_pairs(rows, lane);
    tell_departments_from_classes(vocabulary, rows, lane);
    demote_parents(rows, lane);
}

/// Where both classifications are printed for the classes and only the departmental one for what is below them, a class
/// is the departmental one: the pair would stand beside its own parts.
fn part_class_pairs(rows: &mut [Row], lane: usize) {
    let of = |kind: SubjectKind| {
        let subjects = rows.iter().filter_map(|row| row.subjects[lane].as_ref());
        subjects.filter(move |subject| subject.kind == kind).map(|subject| subject.level).collect::<Vec<_>>()
    };
    let (pairs, departmental) = (of(SubjectKind::EconomicPair), of(SubjectKind::EconomicDepartmental));
    if pairs.iter().any(|level| *level > 1) || !departmental.iter().any(|level| *level > 1) {
        return;
    }
    for subject in rows.iter_mut().filter_map(|row| row.subjects[lane].as_mut()) {
        if subject.kind == SubjectKind::EconomicPair {
            subject.kind = SubjectKind::EconomicDepartmental;
            subject.code = subject.code.split('/').next().unwrap_or_default().into();
            subject.parent = CompactString::default();
        }
    }
}

/// The code of a department may be that of a class (211 is 节能环保支出): its name is no class, and the first row below it is
/// a unit whose code goes on from it.
fn tell_departments_from_classes(vocabulary: &Vocabulary, rows: &mut [Row], lane: usize) {
    for at in 1..rows.len() {
        let (above, below) = rows.split_at_mut(at);
        let (Some(row), Some(next)) = (above.last_mut(), below.first()) else { continue };
        let (Some(subject), Some(unit)) = (&mut row.subjects[lane], &next.subjects[lane]) else { continue };
        let goes_on = unit.kind == SubjectKind::Unit
            && unit.code.len() > subject.code.len()
            && unit.code.starts_with(subject.code.as_str());
        if subject.kind == SubjectKind::Function
            && subject.level == 1
            && goes_on
            && vocabulary.names.function_class(&subject.label).is_none()
        {
            subject.kind = SubjectKind::Unit;
            row.roles[lane] = RowRole::Subtotal;
        }
    }
}

/// A code under which other rows of the table stand is a subtotal.
fn demote_parents(rows: &mut [Row], lane: usize) {
    let subjects = rows.iter().filter_map(|row| row.subjects[lane].as_ref());
    let codes: BTreeSet<(SubjectKind, CompactString)> =
        subjects.map(|subject| (subject.kind, subject.code.clone())).collect();
    for row in rows.iter_mut() {
        let Some(subject) = &row.subjects[lane] else { continue };
        // Codes of projects are serial numbers: one may begin like another.
        if subject.kind == SubjectKind::Project || subject.code.is_empty() || row.roles[lane] != RowRole::Item {
            continue;
        }
        // What begins like a code stands right behind it.
        let own = (subject.kind, subject.code.clone());
        let behind = codes.range((Bound::Excluded(own), Bound::Unbounded)).next();
        if behind.is_some_and(|(kind, code)| *kind == subject.kind && code.starts_with(subject.code.as_str())) {
            row.roles[lane] = RowRole::Subtotal;
        }
    }
}
