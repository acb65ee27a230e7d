//! Functional and economic codes over all departments: what is spent on a code in a year, and who spends it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use rayon::prelude::*;

use super::site::{Site, Sourced};
use super::total::{Sum, disclosed};
use crate::model::{FunctionLevel, Kind};

/// Which list a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Classification {
    /// 功能分类: 类, 款, 项.
    Function,
    /// 部门预算 and 政府预算支出经济分类: 类, 款. What is counted is the basic expenditure of the general public
    /// budget, the one statement that budgets and final accounts of all templates have.
    Economic,
}

/// A code with its spending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeItem {
    /// Which list.
    pub classification: Classification,
    /// 3, 5 or 7 digits.
    pub code: CompactString,
    /// The name that most documents print.
    pub name: CompactString,
    /// Other names that documents print, by text.
    pub other_names: Vec<CompactString>,
    /// The next shorter code that is on the site too; empty for none.
    pub parent: CompactString,
    /// Newest year first, final account before budget.
    pub editions: Vec<CodeEdition>,
}

/// What is spent on a code in one year, as budgeted or as accounted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeEdition {
    /// The fiscal year.
    pub year: u16,
    /// Budget or final account.
    pub kind: Kind,
    /// The sum over the spenders.
    pub sum: Sum,
    /// How many departments of that year and kind list any code of this classification.
    pub of: usize,
    /// Index into [`Site::departments`] and the amount, largest first. Units that are counted in their department and
    /// amounts of zero are left out.
    pub spenders: Vec<(usize, Sourced)>,
}

impl CodeItem {
    /// The page's URL relative to the root: `functions/20101/`, `economic/301/`.
    pub fn url(&self) -> String {
        let list = match self.classification {
            Classification::Function => "functions",
            Classification::Economic => "economic",
        };
        format!("{list}/{}/", self.code)
    }

    /// 1 for 类, 2 for 款, 3 for 项.
    pub fn level(&self) -> u8 {
        match FunctionLevel::of(&self.code) {
            Some(FunctionLevel::Class) => 1,
            Some(FunctionLevel::Section) => 2,
            _ => 3,
        }
    }

    /// The year and kind in which most departments spend on it; the newest of these.
    pub fn main_edition(&self) -> Option<&CodeEdition> {
        self.editions.iter().rev().max_by_key(|edition| edition.spenders.len())
    }

    /// What was spent in a year and kind.
    pub fn edition(&self, year: u16, kind: Kind) -> Option<&CodeEdition> {
        self.editions.iter().find(|edition| edition.year == year && edition.kind == kind)
    }
}

/// A year and kind in the order of display.
type Period = (Reverse<u16>, Reverse<Kind>);
type Codes = BTreeMap<(Classification, CompactString), Found>;

/// What was found for a code.
#[derive(Default)]
struct Found {
    names: BTreeMap<CompactString, usize>,
    periods: BTreeMap<Period, Vec<(usize, Sourced)>>,
}

/// All codes of disclosures that were not replaced, by classification and code.
pub(super) fn codes(site: &Site) -> Vec<CodeItem> {
    let listed: Vec<Vec<Listed>> = (0..site.departments.len())
        .into_par_iter()
        .map(|department| site.departments[department].disclosures.iter().flat_map(|one| listed(site, *one)).collect())
        .collect();
    let mut codes = Codes::new();
    let mut of: BTreeMap<(Classification, Period), BTreeSet<usize>> = BTreeMap::new();
    for (department, one) in
        listed.into_iter().enumerate().flat_map(|(index, all)| all.into_iter().map(move |one| (index, one)))
    {
        of.entry((one.classification, one.period)).or_default().insert(department);
        let found = codes.entry((one.classification, one.code)).or_default();
        if !one.name.is_empty() {
            *found.names.entry(one.name).or_default() += 1;
        }
        if !one.amount.amount.yuan.is_zero() {
            found.periods.entry(one.period).or_default().push((department, one.amount));
        }
    }
    let known: BTreeSet<(Classification, CompactString)> = codes.keys().cloned().collect();
    codes
        .into_iter()
        .map(|((classification, code), found)| {
            let parent = parent(&known, classification, &code);
            let editions = found.periods.into_iter().map(|(period, spenders)| {
                edition(period, of.get(&(classification, period)).map_or(0, BTreeSet::len), spenders)
            });
            let editions = editions.collect();
            let mut names: Vec<(CompactString, usize)> = found.names.into_iter().collect();
            names.sort_by_key(|(_, count)| Reverse(*count));
            let mut names = names.into_iter().map(|(name, _)| name);
            let name = names.next().unwrap_or_default();
            let mut other_names: Vec<CompactString> = names.collect();
            other_names.sort();
            CodeItem { classification, code, name, other_names, parent, editions }
        })
        .collect()
}

/// One amount of one disclosure.
struct Listed {
    classification: Classification,
    period: Period,
    code: CompactString,
    name: CompactString,
    amount: Sourced,
}

/// The amounts of a disclosure by code; none when its year or kind is unknown, or when its department's own disclosure
/// of that year contains it.
fn listed(site: &Site, index: usize) -> Vec<Listed> {
    let published = &site.disclosures[index];
    let (Some(year), Some(kind)) = (published.disclosure.identity.year, published.disclosure.identity.kind) else {
        return Vec::new();
    };
    let contained = site.departments[published.department].part_of;
    if contained.is_some_and(|parent| disclosed(site, parent, year, kind)) {
        return Vec::new();
    }
    let period = (Reverse(year), Reverse(kind));
    let sourced = |amount| Sourced { disclosure: index, amount };
    let functions = published.disclosure.functions.iter().filter_map(|function| {
        Some(Listed {
            classification: Classification::Function,
            period,
            code: function.code.clone(),
            name: function.name.clone(),
            amount: sourced(function.total.clone()?),
        })
    });
    let economic = published.economic.iter().map(|figure| Listed {
        classification: Classification::Economic,
        period,
        code: figure.code.clone(),
        name: figure.name.clone(),
        amount: sourced(figure.amount.clone()),
    });
    functions.chain(economic).collect()
}

fn edition((Reverse(year), Reverse(kind)): Period, of: usize, mut spenders: Vec<(usize, Sourced)>) -> CodeEdition {
    let mut sum = Sum::default();
    spenders.iter().for_each(|(_, amount)| sum.add(&amount.amount));
    spenders.sort_by_key(|(department, amount)| (Reverse(amount.amount.yuan), *department));
    CodeEdition { year, kind, sum, of, spenders }
}

/// The longest code on the site that this one begins with.
fn parent(
    known: &BTreeSet<(Classification, CompactString)>,
    classification: Classification,
    code: &CompactString,
) -> CompactString {
    let shorter = [5, 3].into_iter().filter(|length| *length < code.len()).filter_map(|length| code.get(..length));
    let mut found = shorter.map(CompactString::from).filter(|code| known.contains(&(classification, code.clone())));
    found.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Classification;
    use crate::assemble::samples::{disclosure, rich, site};
    use crate::model::Kind;

    #[test]
    fn a_code_adds_up_over_departments_of_one_year_and_kind() {
        let site = site(
            "",
            vec![
                rich("a.txt", "甲局", 2025, Kind::Budget),
                rich("b.txt", "乙局", 2025, Kind::Budget),
                rich("c.txt", "甲局", 2024, Kind::Final),
                disclosure("d.txt", "丙局", 2025, Kind::Budget, 7),
            ],
        );
        let code = site.codes.iter().find(|item| item.code == "208").expect("a class");
        assert_eq!((code.classification, code.name.as_str()), (Classification::Function, "社会保障和就业支出"));
        let told: Vec<_> = code.editions.iter().map(|one| (one.year, one.kind, one.of, one.spenders.len())).collect();
        assert_eq!(told, [(2025, Kind::Budget, 2, 2), (2024, Kind::Final, 1, 1)]);
        assert_eq!(code.editions[0].sum.yuan.to_string(), "3600000.00");
        assert_eq!(code.main_edition().map(|one| one.year), Some(2025));
        let item = site.codes.iter().find(|item| item.code == "2080101").expect("an item");
        assert_eq!((item.parent.as_str(), item.level()), ("208", 3));
    }

    #[test]
    fn a_document_without_codes_adds_none() {
        let site = site("", vec![disclosure("d.txt", "丙局", 2025, Kind::Budget, 7)]);
        assert!(site.codes.is_empty());
    }
}
