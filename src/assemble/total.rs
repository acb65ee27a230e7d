//! Expenditure of several departments together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::site::Site;
use crate::model::{Amount, FunctionFigures, FunctionLevel, Kind};

/// A sum of printed amounts, with the finest step in which one of them is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// In yuan.
    pub yuan: Decimal,
    /// One step of the last place, in yuan; zero for a sum of nothing.
    pub quantum: Decimal,
}

impl Sum {
    /// Adds an amount.
    pub(super) fn add(&mut self, amount: &Amount) {
        self.yuan += amount.yuan;
        let finer = self.quantum.is_zero() || amount.quantum < self.quantum;
        self.quantum = if finer { amount.quantum } else { self.quantum };
    }
}

/// The expenditure of a year and kind over departments. It says how many of them it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpenditureTotal {
    /// The fiscal year.
    pub year: u16,
    /// Budget or final account.
    pub kind: Kind,
    /// The sum of 支出总计.
    pub sum: Sum,
    /// How many departments state it.
    pub included: usize,
    /// How many departments disclosed this year and kind.
    pub of: usize,
    /// Those that state it: department and disclosure, as indices of the site.
    pub members: Vec<(usize, usize)>,
    /// The same by functional class, by code.
    pub classes: Vec<ClassTotal>,
}

/// The expenditure on one functional class over departments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassTotal {
    /// 3 digits.
    pub code: CompactString,
    /// Its name.
    pub name: CompactString,
    /// The sum.
    pub sum: Sum,
    /// How many departments spend on it.
    pub included: usize,
}

/// The totals of the given departments, newest year first, final account before budget. A unit that is counted in its
/// department is left out where the department disclosed the same year and kind.
pub(super) fn expenditure(site: &Site, departments: &[usize]) -> Vec<ExpenditureTotal> {
    let mut totals: BTreeMap<(Reverse<u16>, Reverse<Kind>), ExpenditureTotal> = BTreeMap::new();
    for index in departments.iter().copied() {
        let department = &site.departments[index];
        for disclosure in department.disclosures.iter().copied() {
            let published = &site.disclosures[disclosure];
            let identity = &published.disclosure.identity;
            let (Some(year), Some(kind)) = (identity.year, identity.kind) else { continue };
            if department.part_of.is_some_and(|parent| disclosed(site, parent, year, kind)) {
                continue;
            }
            let empty = ExpenditureTotal {
                year,
                kind,
                sum: Sum::default(),
                included: 0,
                of: 0,
                members: Vec::new(),
                classes: Vec::new(),
            };
            let total = totals.entry((Reverse(year), Reverse(kind))).or_insert(empty);
            total.of += 1;
            if let Some(amount) = &published.disclosure.figures.expenditure_total {
                total.sum.add(amount);
                total.included += 1;
                total.members.push((index, disclosure));
            }
            add_classes(&mut total.classes, &published.disclosure.functions);
        }
    }
    totals.into_values().collect()
}

fn add_classes(totals: &mut Vec<ClassTotal>, functions: &[FunctionFigures]) {
    for function in functions.iter().filter(|function| function.level == FunctionLevel::Class) {
        let Some(amount) = function.total.as_ref().filter(|amount| !amount.yuan.is_zero()) else { continue };
        let position = totals.binary_search_by(|total| total.code.cmp(&function.code)).unwrap_or_else(|position| {
            let (code, name) = (function.code.clone(), function.name.clone());
            totals.insert(position, ClassTotal { code, name, sum: Sum::default(), included: 0 });
            position
        });
        totals[position].sum.add(amount);
        totals[position].included += 1;
    }
}

/// True when a department has a disclosure of its own of this year and kind.
pub(super) fn disclosed(site: &Site, department: usize, year: u16, kind: Kind) -> bool {
    site.departments[department].disclosures.iter().any(|index| {
        let identity = &site.disclosures[*index].disclosure.identity;
        identity.year == Some(year) && identity.kind == Some(kind)
    })
}
