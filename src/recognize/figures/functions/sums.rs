//! The amounts of a code: as printed, else the sum of what is printed below it.

use rust_decimal::Decimal;

use super::printed::{Entry, Printed};
use crate::model::{Amount, Fact, Origin, SubjectKind};
use crate::recognize::identity::Period;
use crate::recognize::number::decimals;
use crate::recognize::statement::amounts::printed;

/// The rule of an amount that several rows of one code state.
const SAME_CODE: &str = "同一科目各行之和";

impl Entry {
    /// Total, basic and project amounts. Where a document prints 人员经费 and 公用经费 only, 基本支出 is their sum.
    fn figures(&self) -> [Option<Amount>; 3] {
        let [total, basic, project, personnel, operating] = self.amounts.clone();
        let basic = sum(basic, SAME_CODE).or_else(|| total_of([personnel, operating].concat(), "人员经费＋公用经费"));
        [sum(total, SAME_CODE), basic, sum(project, SAME_CODE)]
    }
}

impl Printed {
    /// Total, basic and project amounts of a code.
    pub(super) fn figures(&self, code: &str) -> [Option<Amount>; 3] {
        match self.entry(code) {
            Some(entry) => self.once(code, entry).figures(),
            None => self.derived(code),
        }
    }

    /// True when the items that sentences tell below a code are all there are: they add up to the class, or all items to the
    /// whole spending.
    pub(super) fn is_whole(&self, facts: &[Fact], period: Period, code: &str) -> bool {
        let sum = |below: &str| -> Decimal {
            let items = self.below(below).filter(|(item, _)| item.len() == 7);
            items.filter_map(|(_, entry)| entry.figures()[0].clone()).map(|amount| amount.yuan).sum()
        };
        let class = self.entry(&code[..3]).and_then(|entry| entry.figures()[0].clone());
        if let Some(class) = class {
            return class.yuan == sum(&code[..3]);
        }
        let all = sum("");
        facts.iter().any(|fact| {
            fact.subject.kind == SubjectKind::Total
                && fact.measure.nature == "total"
                && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
                && fact.amount.yuan == all
        })
    }

    /// The sum of what is printed directly below a code that is not printed itself.
    fn derived(&self, code: &str) -> [Option<Amount>; 3] {
        let below = self.below(code);
        // Where a level between is printed, its rows stand for what is below them.
        let direct = |candidate: &str| {
            !below.clone().any(|(other, _)| other.len() < candidate.len() && candidate.starts_with(other.as_str()))
        };
        let figures: Vec<[Option<Amount>; 3]> =
            below.clone().filter(|(other, _)| direct(other)).map(|(_, entry)| entry.figures()).collect();
        std::array::from_fn(|part| {
            let amounts = figures.iter().filter_map(|figures| figures[part].clone()).collect();
            total_of(amounts, "下级科目之和")
        })
    }

    /// An entry whose row was read twice, with the same amount: the codes above and below tell that it counts once.
    fn once(&self, code: &str, entry: &Entry) -> Entry {
        let total = &entry.amounts[0];
        let first = total.first().filter(|first| total.len() > 1 && total.iter().all(|one| one.yuan == first.yuan));
        let Some(first) = first else { return entry.clone() };
        let below = self.derived(code)[0].as_ref().is_some_and(|sum| sum.yuan == first.yuan);
        let above = || {
            let parent = code.get(..code.len().checked_sub(2)?)?;
            let whole = self.entry(parent)?.figures()[0].as_ref()?.yuan;
            let all = self.derived(parent)[0].as_ref()?.yuan;
            let repeated = first.yuan * Decimal::from(total.len() - 1);
            Some(whole == all - repeated && !repeated.is_zero())
        };
        let mut once = entry.clone();
        if below || above().unwrap_or(false) {
            once.amounts.iter_mut().for_each(|amounts| amounts.truncate(1));
        }
        once
    }
}

/// One printed amount is itself; several are their sum.
fn sum(mut amounts: Vec<Amount>, rule: &str) -> Option<Amount> {
    if amounts.len() == 1 { amounts.pop() } else { total_of(amounts, rule) }
}

fn total_of(amounts: Vec<Amount>, rule: &str) -> Option<Amount> {
    let first = amounts.first()?;
    let yuan: Decimal = amounts.iter().map(|amount| amount.yuan).sum();
    let places = amounts.iter().map(|amount| decimals(&amount.printed)).max().unwrap_or(2);
    let origin = Origin::Derived { rule: rule.to_owned(), inputs: amounts.iter().map(|amount| amount.place).collect() };
    Some(Amount { yuan, printed: printed(yuan, first.unit, places), origin, ..first.clone() })
}
