//! How much a site holds.

use super::site::Site;
use crate::model::{LedgerCounts, StatementState};

/// Counts over the whole site; replaced revisions are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Regions that have a department of their own.
    pub regions: usize,
    /// Departments.
    pub departments: usize,
    /// Disclosures.
    pub disclosures: usize,
    /// The first and the last fiscal year.
    pub years: Option<(u16, u16)>,
    /// Statements that were read, empty ones included.
    pub statements_read: usize,
    /// Statements that are there.
    pub statements: usize,
    /// Numeric cells of statements that were placed.
    pub placed: u64,
    /// Numeric cells of statements.
    pub amounts: u64,
    /// How the identities ended.
    pub checks: LedgerCounts,
}

pub(super) fn coverage(site: &Site) -> Coverage {
    let mut coverage = Coverage {
        regions: site.regions.iter().filter(|region| !region.departments.is_empty()).count(),
        departments: site.departments.len(),
        ..Coverage::default()
    };
    for (_, published) in site.current() {
        coverage.disclosures += 1;
        if let Some(year) = published.disclosure.identity.year {
            let (first, last) = coverage.years.unwrap_or((year, year));
            coverage.years = Some((first.min(year), last.max(year)));
        }
        for statement in &published.disclosure.statements {
            coverage.statements += usize::from(statement.state != StatementState::AnnouncedMissing);
            coverage.statements_read += usize::from(matches!(
                statement.state,
                StatementState::Read | StatementState::Empty | StatementState::DeclaredEmpty { .. }
            ));
            coverage.placed += u64::from(statement.placed);
            coverage.amounts += u64::from(statement.amounts);
        }
        add(&mut coverage.checks, published.ledger.counts);
    }
    coverage
}

fn add(sum: &mut LedgerCounts, counts: LedgerCounts) {
    sum.pass += counts.pass;
    sum.rounding += counts.rounding;
    sum.fail += counts.fail;
    sum.not_applicable += counts.not_applicable;
    sum.unreadable += counts.unreadable;
}
