//! What the document says about single subjects: the three public expenses, stated changes, projects with their
//! targets, procurement, budget units.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::Serialize;

use super::money::Money;
use crate::assemble::{Absence, absence};
use crate::model::{
    Amount, Change, Comparison, Indicator, IndicatorKind, Kind, Phase, Place, Project, StatementKind, ThreePublic,
    ThreePublicPart,
};
use crate::render::wording::escape::visible;
use crate::render::wording::places::push_source_link;
use crate::render::wording::words::Words;

/// The three public expenses: a column for each year and phase, a row for each part.
#[derive(Debug, Serialize)]
pub(super) struct ThreePublicTable {
    columns: Vec<String>,
    rows: Vec<ThreePublicRow>,
}

#[derive(Debug, Serialize)]
struct ThreePublicRow {
    label: String,
    /// 0 for the total, 1 for its parts, 2 for the parts of a part.
    depth: u8,
    /// The amounts as HTML, or why there is none.
    amounts: Vec<String>,
}

/// A line of the source.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    line: u32,
    href: String,
}

/// A stated number of vehicles.
#[derive(Debug, Serialize)]
pub(super) struct VehicleCount {
    count: u32,
    line: Line,
}

/// A change that the text states.
#[derive(Debug, Serialize)]
pub(super) struct ChangeRow {
    subject: String,
    comparison: String,
    /// 增加, 减少 or 持平
    direction: String,
    difference: Option<String>,
    /// 增长37.6%
    rate: Option<String>,
    reason: Option<String>,
    line: Line,
}

/// A project.
#[derive(Debug, Serialize)]
pub(super) struct ProjectCard {
    name: String,
    code: String,
    category: String,
    unit: String,
    /// Without a link, for the summary.
    total_text: String,
    total: Option<String>,
    funding: Vec<Funding>,
    groups: Vec<IndicatorGroup>,
    line: Line,
}

#[derive(Debug, Serialize)]
struct Funding {
    label: String,
    money: String,
}

#[derive(Debug, Serialize)]
pub(super) struct IndicatorGroup {
    label: String,
    indicators: Vec<IndicatorRow>,
}

#[derive(Debug, Serialize)]
struct IndicatorRow {
    name: String,
    target: String,
    line: Line,
}

/// An item to buy.
#[derive(Debug, Serialize)]
pub(super) struct ProcurementRow {
    name: String,
    catalogue: String,
    specification: String,
    quantity: String,
    amount: Option<String>,
    line: Line,
}

/// A budget unit.
#[derive(Debug, Serialize)]
pub(super) struct UnitRow {
    code: String,
    name: String,
    total: Option<String>,
    line: Line,
}

pub(super) fn three_public(money: Money<'_>) -> Option<ThreePublicTable> {
    let points = &money.published.disclosure.three_public;
    let told = |part: &ThreePublicPart| points.iter().any(|point| point.part(*part).is_some());
    let rows: Vec<ThreePublicRow> = ThreePublicPart::ALL
        .into_iter()
        .filter(told)
        .map(|part| ThreePublicRow {
            label: money.words.among("three_public_part", part.word()).to_owned(),
            depth: match part {
                ThreePublicPart::Total => 0,
                ThreePublicPart::Abroad | ThreePublicPart::Vehicles | ThreePublicPart::Reception => 1,
                ThreePublicPart::VehiclePurchase | ThreePublicPart::VehicleOperation => 2,
            },
            amounts: points.iter().map(|point| three_public_amount(money, point, part)).collect(),
        })
        .collect();
    let columns = points.iter().map(|point| money.words.period(point.year, point.phase)).collect();
    (!rows.is_empty()).then_some(ThreePublicTable { columns, rows })
}

/// An amount, or why there is none: the reason that the statement gives holds for the year of the document alone.
fn three_public_amount(money: Money<'_>, point: &ThreePublic, part: ThreePublicPart) -> String {
    if let Some(amount) = point.part(part) {
        return money.number(amount);
    }
    let disclosure = &money.published.disclosure;
    let of_document = disclosure.identity.year == Some(point.year)
        && (disclosure.identity.kind == Some(Kind::Final)) == (point.phase == Phase::Final);
    let reason = if of_document { absence(disclosure, &[StatementKind::ThreePublic]) } else { Absence::NotTold };
    money.figures.absent(reason).html()
}

pub(super) fn vehicles(money: Money<'_>) -> Vec<VehicleCount> {
    let stated = money.published.disclosure.vehicles.iter();
    stated.map(|vehicles| VehicleCount { count: vehicles.count, line: line(vehicles.place) }).collect()
}

pub(super) fn changes(money: Money<'_>) -> Vec<ChangeRow> {
    let changes = money.published.disclosure.changes.iter();
    changes
        .map(|change| ChangeRow {
            subject: visible(&change.subject),
            comparison: comparison_label(money.words, change.comparison, change.base_year),
            direction: money.words.get(direction(change)).to_owned(),
            difference: difference(money, change),
            rate: change.rate.filter(|rate| !rate.is_zero()).map(|rate| rate_text(money.words, rate)),
            reason: change.reason.as_deref().map(visible),
            line: line(change.place),
        })
        .collect()
}

fn direction(change: &Change) -> &'static str {
    let by_rate = || change.rate.map(|rate| rate.cmp(&Decimal::ZERO));
    let by_amount = change.difference.as_ref().map(|amount| amount.yuan.cmp(&Decimal::ZERO));
    match by_amount.or_else(by_rate) {
        Some(Ordering::Greater) => "change.up",
        Some(Ordering::Less) => "change.down",
        Some(Ordering::Equal) => "change.level",
        None => "change.unknown",
    }
}

/// The difference without its sign, which the word before it tells; nothing when there is none.
fn difference(money: Money<'_>, change: &Change) -> Option<String> {
    let amount = change.difference.as_ref().filter(|amount| !amount.yuan.is_zero())?;
    let printed = amount.printed.trim_start_matches('-').into();
    Some(money.html(&Amount { yuan: amount.yuan.abs(), printed, ..amount.clone() }))
}

fn rate_text(words: &Words, rate: Decimal) -> String {
    let key = if rate.is_sign_negative() { "change.rate_down" } else { "change.rate_up" };
    words.fill(key, &[("rate", &format!("{}%", rate.abs()))])
}

fn comparison_label(words: &Words, comparison: Comparison, base_year: Option<u16>) -> String {
    let base = words.get(match comparison {
        Comparison::PriorYear => "change.prior_year",
        Comparison::PriorYearExecution => "change.prior_year_execution",
        Comparison::InitialBudget => "change.initial_budget",
        Comparison::AdjustedBudget => "change.adjusted_budget",
    });
    match base_year {
        Some(year) => words.fill("change.against_year", &[("base", base), ("year", &year.to_string())]),
        None => words.fill("change.against", &[("base", base)]),
    }
}

pub(super) fn projects(money: Money<'_>) -> Vec<ProjectCard> {
    money.published.disclosure.projects.iter().map(|one| project(money, one)).collect()
}

fn project(money: Money<'_>, project: &Project) -> ProjectCard {
    let funding = project
        .funding
        .iter()
        .map(|(fund, carried, amount)| Funding { label: money.words.fund(fund, *carried), money: money.html(amount) });
    ProjectCard {
        name: visible(&project.name),
        code: visible(&project.code),
        category: visible(&project.category),
        unit: visible(&project.unit),
        total_text: project.total.as_ref().map_or_else(String::new, |amount| money.text(amount)),
        total: project.total.as_ref().map(|amount| money.html(amount)),
        funding: funding.collect(),
        groups: indicator_groups(money.words, &project.indicators),
        line: line(project.place),
    }
}

pub(super) fn indicator_groups(words: &Words, indicators: &[Indicator]) -> Vec<IndicatorGroup> {
    let groups = IndicatorKind::ALL.into_iter().map(|kind| IndicatorGroup {
        label: words.among("indicator", kind.word()).to_owned(),
        indicators: indicators
            .iter()
            .filter(|indicator| indicator.kind == kind)
            .map(|indicator| IndicatorRow {
                name: visible(&indicator.name),
                target: visible(&indicator.target),
                line: line(indicator.place),
            })
            .collect(),
    });
    groups.filter(|group| !group.indicators.is_empty()).collect()
}

pub(super) fn procurement(money: Money<'_>) -> Vec<ProcurementRow> {
    let items = money.published.disclosure.procurement.iter();
    items
        .map(|item| ProcurementRow {
            name: visible(&item.name),
            catalogue: visible(&item.catalogue),
            specification: visible(&item.specification),
            quantity: visible(&item.quantity),
            amount: item.amount.as_ref().map(|amount| money.number(amount)),
            line: line(item.place),
        })
        .collect()
}

pub(super) fn units(money: Money<'_>) -> Vec<UnitRow> {
    let units = money.published.disclosure.units.iter();
    units
        .map(|unit| UnitRow {
            code: visible(&unit.code),
            name: visible(&unit.name),
            total: unit.total.as_ref().map(|amount| money.number(amount)),
            line: line(unit.place),
        })
        .collect()
}

pub(super) fn line(place: Place) -> Line {
    let mut href = String::new();
    push_source_link(&mut href, place.file, place.line);
    Line { line: place.line, href }
}
