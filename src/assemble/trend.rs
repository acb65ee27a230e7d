//! Totals of a department over the years. Last year's value, where no document of last year tells it, follows from the
//! change that this year's narrative states.

use std::collections::BTreeMap;

use super::change::{stated_change, value_before};
use super::site::{Department, Site, Sourced};
use crate::model::{Amount, Kind, SubjectKind};

/// The totals of one year and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    let is_total = |subject: &crate::model::Subject| subject.kind == SubjectKind::Total && subject.code == code;
    let before = stated_change(disclosure, is_total).and_then(|change| value_before(disclosure, change));
    let (Some((year, amount)), Some(kind)) = (before, disclosure.identity.kind) else { return };
    let value = part(point(points, year, kind));
    if value.is_none() {
        *value = Some(Sourced { disclosure: index, amount });
    }
}
