//! What moved between last year's total of a department and this year's: its parts by nature, where both years are told.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::change::value_before;
use super::site::{Department, Site, Sourced};
use crate::model::{Amount, Comparison, Disclosure, Figures, Kind};

/// From last year's expenditure to that of the newest disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// The fiscal year of the newest disclosure; what it is compared with is the year before.
    pub year: u16,
    /// Budget or final account, of both years.
    pub kind: Kind,
    /// Last year's 支出总计.
    pub from: Sourced,
    /// This year's.
    pub to: Sourced,
    /// The parts that both years tell. They need not make up the whole difference.
    pub parts: Vec<MovedPart>,
}

/// A part of the expenditure in both years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedPart {
    /// Which one.
    pub nature: Nature,
    /// Last year.
    pub before: Sourced,
    /// This year.
    pub now: Sourced,
}

/// The parts of expenditure by nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nature {
    /// 基本支出
    Basic,
    /// 人员经费
    Personnel,
    /// 公用经费
    Operating,
    /// 项目支出
    Project,
}

impl Nature {
    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            Nature::Basic => "basic",
            Nature::Personnel => "personnel",
            Nature::Operating => "operating",
            Nature::Project => "project",
        }
    }

    fn of(self, figures: &Figures) -> Option<&Amount> {
        match self {
            Nature::Basic => &figures.basic,
            Nature::Personnel => &figures.personnel,
            Nature::Operating => &figures.operating,
            Nature::Project => &figures.project,
        }
        .as_ref()
    }
}

/// The movement of a department; `None` where a total of either year or every part is not told, or the parts do not fit
/// into their totals. Its trend must be there.
pub(super) fn movement(site: &Site, department: &Department) -> Option<Movement> {
    let newest = *department.disclosures.first()?;
    let identity = &site.disclosures[newest].disclosure.identity;
    let (year, kind) = (identity.year?, identity.kind?);
    let total = |year: u16| {
        let point = department.trend.iter().find(|point| point.year == year && point.kind == kind)?;
        point.expenditure.clone()
    };
    let (from, to) = (total(year.checked_sub(1)?)?, total(year)?);
    let part = |nature: Nature| {
        let now = nature.of(&site.disclosures[newest].disclosure.figures)?.clone();
        let before = before(site, department, newest, nature)?;
        Some(MovedPart { nature, before, now: Sourced { disclosure: newest, amount: now } })
    };
    let (basic, project) = (part(Nature::Basic), part(Nature::Project));
    let halves = part(Nature::Personnel).zip(part(Nature::Operating)).map(|(one, other)| vec![one, other]);
    let fine = halves.map(|halves| halves.into_iter().chain(project.clone()).collect());
    let coarse = Some(basic.into_iter().chain(project).collect());
    let parts = [fine, coarse].into_iter().flatten().find(|parts: &Vec<MovedPart>| fit(parts, &from, &to))?;
    Some(Movement { year, kind, from, to, parts })
}

/// Whether there are parts that are not more than their whole in either year, rounding allowed: else they are no parts
/// of it, whatever the documents call them.
fn fit(parts: &[MovedPart], from: &Sourced, to: &Sourced) -> bool {
    let is_within = |whole: &Sourced, side: fn(&MovedPart) -> &Sourced| {
        let sum: Decimal = parts.iter().map(|part| side(part).amount.yuan).sum();
        let steps: Decimal = parts.iter().map(|part| side(part).amount.quantum).sum();
        sum <= whole.amount.yuan + steps + whole.amount.quantum
    };
    !parts.is_empty() && is_within(from, |part| &part.before) && is_within(to, |part| &part.now)
}

/// Last year's value of a part: from last year's document, else from the change that this year's document states.
fn before(site: &Site, department: &Department, newest: usize, nature: Nature) -> Option<Sourced> {
    let disclosure = &site.disclosures[newest].disclosure;
    let year = disclosure.identity.year?.checked_sub(1)?;
    let earlier = department.disclosures.iter().copied().find(|index| {
        let identity = &site.disclosures[*index].disclosure.identity;
        identity.year == Some(year) && identity.kind == disclosure.identity.kind
    });
    let own = |index: usize| {
        let amount = nature.of(&site.disclosures[index].disclosure.figures)?.clone();
        Some(Sourced { disclosure: index, amount })
    };
    earlier.and_then(own).or_else(|| {
        let (told, amount) = stated_before(disclosure, nature)?;
        (told == year).then_some(Sourced { disclosure: newest, amount })
    })
}

/// Last year's value by the stated change of a part. A sentence counts only where the amount that it speaks of is the
/// department's own: documents tell the same part of single funds too.
fn stated_before(disclosure: &Disclosure, nature: Nature) -> Option<(u16, Amount)> {
    let now = nature.of(&disclosure.figures)?;
    let change = disclosure.changes.iter().find(|change| {
        let fact = change.fact.and_then(|index| disclosure.facts.get(index as usize));
        change.comparison == Comparison::PriorYear
            && fact.is_some_and(|fact| is_nature(&fact.measure.nature, nature) && fact.amount.yuan == now.yuan)
    })?;
    value_before(disclosure, change)
}

fn is_nature(word: &str, nature: Nature) -> bool {
    word.rsplit('.').next() == Some(nature.word())
}
