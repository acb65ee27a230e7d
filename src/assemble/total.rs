//! Expenditure of several departments together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::site::Site;
use crate::model::Kind;

/// The expenditure of a year and kind over departments. It says how many of them it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpenditureTotal {
    /// The fiscal year.
    pub year: u16,
    /// Budget or final account.
    pub kind: Kind,
    /// The sum of 支出总计 in yuan.
    pub yuan: Decimal,
    /// How many departments state it.
    pub included: usize,
    /// How many departments disclosed this year and kind.
    pub of: usize,
}

/// The totals of the given departments, newest year first, final account before budget. A unit that is counted in its
/// department is left out where the department disclosed the same year and kind.
pub(super) fn expenditure(site: &Site, departments: &[usize]) -> Vec<ExpenditureTotal> {
    let mut totals: BTreeMap<(Reverse<u16>, Reverse<Kind>), ExpenditureTotal> = BTreeMap::new();
    for department in departments.iter().map(|index| &site.departments[*index]) {
        for published in department.disclosures.iter().map(|index| &site.disclosures[*index]) {
            let identity = &published.disclosure.identity;
            let (Some(year), Some(kind)) = (identity.year, identity.kind) else { continue };
            if department.part_of.is_some_and(|parent| disclosed(site, parent, year, kind)) {
                continue;
            }
            let empty = ExpenditureTotal { year, kind, yuan: Decimal::ZERO, included: 0, of: 0 };
            let total = totals.entry((Reverse(year), Reverse(kind))).or_insert(empty);
            total.of += 1;
            if let Some(amount) = &published.disclosure.figures.expenditure_total {
                total.yuan += amount.yuan;
                total.included += 1;
            }
        }
    }
    totals.into_values().collect()
}

fn disclosed(site: &Site, department: usize, year: u16, kind: Kind) -> bool {
    site.departments[department].disclosures.iter().any(|index| {
        let identity = &site.disclosures[*index].disclosure.identity;
        identity.year == Some(year) && identity.kind == Some(kind)
    })
}
