//! What moved on last year: the totals of both years and the parts between them.

use super::scene::Scene;
use crate::assemble::{MovedPart, Movement};
use crate::chart::{self, Point};
use crate::render::elements::exhibit::{Exhibit, chart_change, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::number::{self, Known};
use crate::render::wording::phrase::Phrase;

/// The exhibit; `None` where nothing is told of the parts, or no part moved.
pub(super) fn movement(scene: Scene<'_>) -> Option<Exhibit> {
    let movement = scene.department.movement.as_ref()?;
    let is_moved = |part: &&MovedPart| part.before.amount.yuan != part.now.amount.yuan;
    let moved: Vec<&MovedPart> = movement.parts.iter().filter(is_moved).collect();
    if moved.is_empty() {
        return None;
    }
    let sentence = sentence(scene, &moved);
    let years = [movement.year - 1, movement.year].map(|year| period(scene, movement, year));
    let chart_title = scene.words("movement.title", &[("before", &years[0]), ("now", &years[1])]);
    let subtitle = scene.words("movement.subtitle", &[("name", &scene.department.name)]);
    let text = chart_text(
        &scene.renderer.words,
        "movement",
        chart_title.clone(),
        subtitle,
        scene.published.title.clone(),
        sentence.text(),
    );
    let bars: Vec<chart::Bar> = movement
        .parts
        .iter()
        .map(|part| {
            chart_change(
                &scene.renderer.words,
                &name(scene, part),
                (&part.now.amount).into(),
                (&part.before.amount).into(),
            )
        })
        .collect();
    let point = |period: &String, value: &crate::assemble::Sourced| Point {
        period: period.clone(),
        value: chart_value(Some(&value.amount)),
    };
    let (from, to) = (point(&years[0], &movement.from), point(&years[1], &movement.to));
    Some(Exhibit {
        id: "movement",
        heading: scene.word("movement.heading").to_owned(),
        sentence,
        chart_title,
        chart: chart::waterfall(&text, &from, &bars, &to, tolerance(movement)),
        table: Some(table(scene, movement, &years)),
        notes: vec![scene.word("movement.note").to_owned()],
        ..Exhibit::default()
    })
}

/// 「人员经费增加131.20万元，增长…；公用经费减少…。」
fn sentence(scene: Scene<'_>, moved: &[&MovedPart]) -> Phrase {
    let told = moved.iter().map(|part| scene.sentences.part_moved(&name(scene, part), &part.now, &part.before));
    let parts = Phrase::join(told.collect(), scene.word("sentence.and"));
    Phrase::fill(&scene.renderer.words, "movement.sentence", vec![("parts", parts.into())])
}

fn name(scene: Scene<'_>, part: &MovedPart) -> String {
    scene.words(&format!("nature.{}", part.nature.word()), &[])
}

/// 「2025年预算」
fn period(scene: Scene<'_>, movement: &Movement, year: u16) -> String {
    let kind = scene.sentences.kind(movement.kind);
    scene.words("department.period", &[("year", &year.to_string()), ("kind", kind)])
}

/// How far parts may be from the difference of the totals through rounding alone.
fn tolerance(movement: &Movement) -> rust_decimal::Decimal {
    let ends = [&movement.from, &movement.to].into_iter();
    let parts = movement.parts.iter().flat_map(|part| [&part.before, &part.now]);
    let known: Vec<Known> = ends.chain(parts).map(|value| Known::from(&value.amount)).collect();
    number::rounding_tolerance(&known)
}

fn table(scene: Scene<'_>, movement: &Movement, years: &[String; 2]) -> Table {
    let row = |name: &str, class, before, now| {
        let cells = vec![
            Cell::Text(name.to_owned()),
            Cell::Amount(scene.figures.of(before)),
            Cell::Amount(scene.figures.of(now)),
        ];
        let cells = [cells, scene.figures.change_cells(Some(now), Some(before)).into()].concat();
        Row { class, cells, ..Row::default() }
    };
    let mut rows: Vec<Row> =
        movement.parts.iter().map(|part| row(&name(scene, part), "", &part.before, &part.now)).collect();
    rows.push(row(scene.word("column.expenditure_total"), "total", &movement.from, &movement.to));
    Table {
        id: "movement-table".to_owned(),
        caption: scene.words("movement.caption", &[("before", &years[0]), ("now", &years[1])]),
        columns: vec![
            Column::words(scene.word("column.item")),
            Column::amounts(&years[0]),
            Column::amounts(&years[1]),
            Column::amounts(scene.word("column.change")),
            Column::numbers(scene.word("column.change_rate")),
        ],
        rows,
        sortable: false,
    }
}
