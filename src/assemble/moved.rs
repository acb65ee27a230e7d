//! Indices of disclosures, moved on when a department that was worked on alone joins the others.

use super::revision::Revision;
use super::site::{Department, Sourced};

/// Moves what is told over the years of a department.
pub(super) fn department(department: &mut Department, by: usize) {
    department.funding.iter_mut().for_each(|source| source.value.disclosure += by);
    for point in &mut department.trend {
        each([&mut point.income, &mut point.expenditure], by);
    }
    for comparison in &mut department.comparisons {
        comparison.budget.iter_mut().for_each(|index| *index += by);
        comparison.final_account += by;
        comparison.rows.iter_mut().for_each(|row| each([&mut row.budget, &mut row.final_account], by));
    }
    department.three_public.iter_mut().for_each(|year| each(&mut year.parts, by));
    if let Some(movement) = &mut department.movement {
        movement.from.disclosure += by;
        movement.to.disclosure += by;
        for part in &mut movement.parts {
            part.before.disclosure += by;
            part.now.disclosure += by;
        }
    }
}

/// Moves what changed between two versions.
pub(super) fn revision(revision: &mut Revision, by: usize) {
    revision.older += by;
    revision.newer += by;
    revision.changes.iter_mut().for_each(|change| each([&mut change.older, &mut change.newer], by));
}

fn each<'a>(amounts: impl IntoIterator<Item = &'a mut Option<Sourced>>, by: usize) {
    amounts.into_iter().flatten().for_each(|amount| amount.disclosure += by);
}
