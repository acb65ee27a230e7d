//! Totals of a department over the years. Last year's value, where no document of last year tells it, follows from the
//! change that this year's narrative states.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::change::{stated_change, value_before};
use super::site::{Department, Site, Sourced};
use crate::model::{Amount, Change, Disclosure, Kind, Subject, SubjectKind};

/// The totals of one year and kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendPoint {
    /// The fiscal year.
    pub year: u16,
    /// Budget or final account.
    pub kind: Kind,
    /// 收入总计
    pub income: Option<Sourced>,
    /// 支出总计
    pub expenditure: Option<Sourced>,
}

/// The totals of a department, oldest first, budget before final account of one year.
pub(super) fn trend(site: &Site, department: &Department) -> Vec<TrendPoint> {
    let mut points: BTreeMap<(u16, Kind), TrendPoint> = BTreeMap::new();
    for index in &department.disclosures {
        let figures = &site.disclosures[*index].disclosure.figures;
        let Some(point) = own_point(site, *index, &mut points) else { continue };
        let sourced = |amount: &Option<Amount>| amount.clone().map(|amount| Sourced { disclosure: *index, amount });
        point.income = sourced(&figures.income_total);
        point.expenditure = sourced(&figures.expenditure_total);
    }
    for index in &department.disclosures {
        add_before(site, *index, "income_total", |point| &mut point.income, &mut points);
        add_before(site, *index, "expenditure_total", |point| &mut point.expenditure, &mut points);
    }
    points.retain(|_, point| point.income.is_some() || point.expenditure.is_some());
    points.into_values().collect()
}

fn own_point<'points>(
    site: &Site,
    index: usize,
    points: &'points mut BTreeMap<(u16, Kind), TrendPoint>,
) -> Option<&'points mut TrendPoint> {
    let identity = &site.disclosures[index].disclosure.identity;
    Some(point(points, identity.year?, identity.kind?))
}

fn point(points: &mut BTreeMap<(u16, Kind), TrendPoint>, year: u16, kind: Kind) -> &mut TrendPoint {
    points.entry((year, kind)).or_insert(TrendPoint { year, kind, income: None, expenditure: None })
}

/// Adds last year's value of a total where nothing tells it.
fn add_before(
    site: &Site,
    index: usize,
    code: &str,
    part: impl Fn(&mut TrendPoint) -> &mut Option<Sourced>,
    points: &mut BTreeMap<(u16, Kind), TrendPoint>,
) {
    let disclosure = &site.disclosures[index].disclosure;
    let before = total_change(disclosure, code).and_then(|change| value_before(disclosure, change));
    let (Some((year, amount)), Some(kind)) = (before, disclosure.identity.kind) else { return };
    let value = part(point(points, year, kind));
    if value.is_none() {
        *value = Some(Sourced { disclosure: index, amount });
    }
}

/// The change of a total. One sentence often tells it of both totals (收支总计各增加…); it then holds for either where
/// both are equal.
fn total_change<'a>(disclosure: &'a Disclosure, code: &str) -> Option<&'a Change> {
    let is_total = |subject: &Subject, code: &str| subject.kind == SubjectKind::Total && subject.code == code;
    stated_change(disclosure, |subject| is_total(subject, code)).or_else(|| {
        let (income, expenditure) =
            (disclosure.figures.income_total.as_ref()?, disclosure.figures.expenditure_total.as_ref()?);
        let other = if code == "income_total" { "expenditure_total" } else { "income_total" };
        stated_change(disclosure, |subject| is_total(subject, other)).filter(|change| {
            income.yuan == expenditure.yuan && change.subject.contains('收') && change.subject.contains('支')
        })
    })
}
