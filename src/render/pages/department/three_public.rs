//! The three public expenses of a department: the newest year in words, all years as small pictures and a table, the
//! stated reasons.

use super::comparison;
use super::scene::Scene;
use crate::assemble::{Absence, ThreePublicYear, absence, stated_change};
use crate::chart::{self, Panel, Point};
use crate::model::{Phase, StatementKind, SubjectKind, ThreePublicPart};
use crate::render::elements::exhibit::{Exhibit, Reason, chart_text, chart_value, is_worth_drawing};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::figure::is_inferred;
use crate::render::wording::phrase::{Phrase, Piece};
use crate::render::wording::sentence::Item;

/// The parts that a picture of its own is worth; 车辆合计 is the sum of two of them.
const DRAWN: [ThreePublicPart; 5] = [
    ThreePublicPart::Total,
    ThreePublicPart::Abroad,
    ThreePublicPart::VehiclePurchase,
    ThreePublicPart::VehicleOperation,
    ThreePublicPart::Reception,
];

/// The exhibit; it stands on every page, because a statement without amounts says something too.
pub(super) fn three_public(scene: Scene<'_>) -> Exhibit {
    let years = &scene.department.three_public;
    let mut exhibit = Exhibit {
        id: "three-public",
        heading: scene.word("department.three_public").to_owned(),
        sentence: sentence(scene, years),
        source: scene.source(&[StatementKind::ThreePublic]),
        reasons: reasons(scene),
        ..Exhibit::default()
    };
    if years.is_empty() {
        return exhibit;
    }
    exhibit.chart_title = scene.word("department.three_public_title").to_owned();
    let subtitle = scene.words("department.three_public_subtitle", &[("name", &scene.department.name)]);
    let title = exhibit.chart_title.clone();
    let text = chart_text(
        &scene.renderer.words,
        "three-public",
        title,
        subtitle,
        scene.published.title.clone(),
        exhibit.sentence.text(),
    );
    let panels = panels(scene, years);
    let values = panels.iter().flat_map(|panel| &panel.points).map(|point| &point.value);
    exhibit.chart = is_worth_drawing(values).then(|| chart::trend_panels(&text, &panels)).flatten();
    exhibit.table = Some(table(scene, years));
    let amounts = years.iter().flat_map(|year| year.parts.iter().flatten());
    if amounts.into_iter().any(|value| is_inferred(&value.amount.origin)) {
        exhibit.notes.push(scene.word("sentence.trend_derived").to_owned());
    }
    exhibit
}

fn sentence(scene: Scene<'_>, years: &[ThreePublicYear]) -> Phrase {
    let newest = years.iter().rev().find_map(|year| Some((year, year.part(ThreePublicPart::Total)?)));
    let Some((year, total)) = newest else {
        let state = absence(&scene.published.disclosure, &[StatementKind::ThreePublic]);
        return Phrase::from_words(scene.word(match state {
            Absence::DeclaredEmpty => "sentence.three_public_declared",
            _ => "sentence.three_public_no_parts",
        }));
    };
    let before = years.iter().find(|other| other.year + 1 == year.year && other.phase == year.phase);
    let before = before.and_then(|before| before.part(ThreePublicPart::Total));
    let parts: Vec<Item> = DRAWN[1..]
        .iter()
        .filter_map(|part| Some(Item { name: scene.part(*part).to_owned(), value: year.part(*part)?.clone() }))
        .collect();
    let mut phrase = scene.sentences.three_public(year.year, year.phase, total, before, &parts);
    let compared = scene.department.comparisons.iter().find(|comparison| comparison.year == year.year);
    if let Some(comparison) = compared.filter(|_| year.phase == Phase::Final) {
        phrase.push(Piece::Phrase(comparison::three_public_sentence(scene, comparison)));
    }
    phrase
}

fn panels(scene: Scene<'_>, years: &[ThreePublicYear]) -> Vec<Panel> {
    let panel = |part: &ThreePublicPart| Panel {
        name: scene.part(*part).to_owned(),
        points: years
            .iter()
            .map(|year| Point {
                period: period(scene, year),
                value: chart_value(year.part(*part).map(|value| &value.amount)),
            })
            .collect(),
    };
    DRAWN.iter().map(panel).collect()
}

/// 「2025年预算」
fn period(scene: Scene<'_>, year: &ThreePublicYear) -> String {
    scene.words("department.period", &[("year", &year.year.to_string()), ("kind", scene.sentences.phase(year.phase))])
}

/// Parts as rows, years as columns, and the change between the last two years of one phase.
fn table(scene: Scene<'_>, years: &[ThreePublicYear]) -> Table {
    let newest = years.last();
    let before =
        newest.and_then(|newest| years.iter().find(|year| year.year + 1 == newest.year && year.phase == newest.phase));
    let mut columns = vec![Column::words(scene.word("column.item"))];
    columns.extend(years.iter().map(|year| Column::amounts(&period(scene, year))));
    if before.is_some() {
        columns.push(Column::amounts(scene.word("column.change")));
        columns.push(Column::numbers(scene.word("column.change_rate")));
    }
    let state = absence(&scene.published.disclosure, &[StatementKind::ThreePublic]);
    let row = |part: ThreePublicPart| {
        let mut cells = vec![Cell::Text(scene.part(part).to_owned())];
        cells.extend(years.iter().map(|year| {
            let own = Some(year.year) == scene.published.disclosure.identity.year;
            Cell::Amount(scene.figures.or_absent(year.part(part), if own { state } else { Absence::NotTold }))
        }));
        if let (Some(newest), Some(before)) = (newest, before) {
            cells.extend(scene.figures.change_cells(newest.part(part), before.part(part)));
        }
        let class = match part {
            ThreePublicPart::Total => "total",
            ThreePublicPart::VehiclePurchase | ThreePublicPart::VehicleOperation => "level-2",
            _ => "",
        };
        Row { id: String::new(), class, cells }
    };
    Table {
        id: "three-public-table".to_owned(),
        caption: scene.words("department.three_public_caption", &[("name", &scene.department.name)]),
        columns,
        rows: ThreePublicPart::ALL.into_iter().map(row).collect(),
        sortable: false,
    }
}

/// The reasons that the newest disclosure states for changes of the parts.
fn reasons(scene: Scene<'_>) -> Vec<Reason> {
    let reason = |part: ThreePublicPart| {
        let change = stated_change(&scene.published.disclosure, |subject| {
            subject.kind == SubjectKind::ThreePublic && subject.code == part.word()
        })?;
        scene.reason(scene.part(part), scene.newest, change)
    };
    let mut reasons: Vec<Reason> = ThreePublicPart::ALL.into_iter().filter_map(reason).collect();
    reasons.dedup_by(|later, earlier| later.text == earlier.text);
    reasons
}
