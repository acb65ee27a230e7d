//! A department's totals over the years.

use super::scene::Scene;
use crate::assemble::{Absence, Sourced, TrendPoint};
use crate::chart::{self, Point};
use crate::model::Kind;
use crate::render::elements::exhibit::{Exhibit, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::figure::is_inferred;

/// Expenditure over the years: drawn for the kind of the newest disclosure, listed for both.
pub(super) fn trend(scene: Scene<'_>) -> Option<Exhibit> {
    let trend = &scene.department.trend;
    let kind = scene.published.disclosure.identity.kind?;
    let drawn: Vec<(u16, Kind, &Sourced)> = trend
        .iter()
        .filter(|point| point.kind == kind)
        .filter_map(|point| Some((point.year, point.kind, point.expenditure.as_ref()?)))
        .collect();
    // One year is said in the first sentence of the page.
    if trend.len() < 2 || drawn.is_empty() {
        return None;
    }
    let sentence = scene.sentences.trend(&drawn);
    let chart_title = scene.words("department.trend_title", &[("kind", scene.sentences.kind(kind))]);
    let subtitle = scene.words("department.trend_subtitle", &[("name", &scene.department.name)]);
    let text = chart_text(
        &scene.renderer.words,
        "trend",
        chart_title.clone(),
        subtitle,
        scene.department.name.clone(),
        sentence.text(),
    );
    let chart = if drawn.len() > 1 { chart::trend(&text, &points(scene, &drawn)) } else { None };
    let derived = drawn.iter().any(|(_, _, value)| is_inferred(&value.amount.origin));
    Some(Exhibit {
        id: "trend",
        heading: scene.word("department.trend").to_owned(),
        sentence,
        chart_title,
        chart,
        table: Some(table(scene, trend)),
        notes: derived.then(|| scene.word("sentence.trend_derived").to_owned()).into_iter().collect(),
        ..Exhibit::default()
    })
}

/// A point for every year from the first to the last: a year that nothing tells stays in as a gap.
fn points(scene: Scene<'_>, drawn: &[(u16, Kind, &Sourced)]) -> Vec<Point> {
    let (Some(first), Some(last)) = (drawn.first(), drawn.last()) else { return Vec::new() };
    let value = |year: u16| drawn.iter().find(|(other, ..)| *other == year).map(|(.., value)| &value.amount);
    let point = |year: u16| Point {
        period: scene.words("department.year", &[("year", &year.to_string())]),
        value: chart_value(value(year)),
    };
    (first.0..=last.0).map(point).collect()
}

fn table(scene: Scene<'_>, trend: &[TrendPoint]) -> Table {
    let row = |point: &TrendPoint| {
        let before = trend.iter().find(|other| other.kind == point.kind && other.year + 1 == point.year);
        let before = before.and_then(|before| before.expenditure.as_ref());
        let period = scene.words(
            "department.period",
            &[("year", &point.year.to_string()), ("kind", scene.sentences.kind(point.kind))],
        );
        let amount = |value: &Option<Sourced>| Cell::Amount(scene.figures.or_absent(value.as_ref(), Absence::NotTold));
        let [change, rate] = scene.figures.change_cells(point.expenditure.as_ref(), before);
        Row::new(vec![Cell::Text(period), amount(&point.income), amount(&point.expenditure), change, rate])
    };
    Table {
        id: "trend-table".to_owned(),
        caption: scene.words("department.trend_caption", &[("name", &scene.department.name)]),
        columns: vec![
            Column::short(scene.word("column.year")),
            Column::amounts(scene.word("column.income_total")),
            Column::amounts(scene.word("column.expenditure_total")),
            Column::amounts(scene.word("column.change")),
            Column::numbers(scene.word("column.change_rate")),
        ],
        rows: trend.iter().rev().map(row).collect(),
        sortable: false,
    }
}
