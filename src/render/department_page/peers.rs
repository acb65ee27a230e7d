//! Where a department stands among those that can be compared with it: its place, the median, and all of them as dots.

use super::scene::Scene;
use crate::assemble::{Absence, PeerGroup};
use crate::chart::{self, Bar};
use crate::model::Level;
use crate::render::exhibit::{Exhibit, chart_text, chart_value};
use crate::render::links;
use crate::render::number::{self, Known};
use crate::render::phrase::Phrase;
use crate::render::table::{Cell, Column, Row, Table};

/// A table of more rows shows the ends and the neighbours only.
const MOST_ROWS: usize = 12;
/// Larger groups have no picture: every department's page would carry all of the others.
const MOST_DRAWN: usize = 300;
/// How many of the largest and of the smallest such a table shows, and how many neighbours on either side.
const NEAR: usize = 3;

/// The exhibit; `None` for a department that nothing can be compared with.
pub(super) fn peers(scene: Scene<'_>) -> Option<Exhibit> {
    let site = scene.renderer.site;
    let index = site.departments.iter().position(|department| std::ptr::eq(department, scene.department))?;
    let group = &site.peer_groups[scene.department.peer_group?];
    let rank = group.rank(site, index)?.to_string();
    let position = group.members.iter().position(|(member, _)| *member == index)?;
    let median = Known { yuan: group.median, quantum: group.quantum };
    let region =
        group.region.map_or_else(|| scene.word("peers.everywhere").to_owned(), |node| site.regions[node].name.clone());
    let (year, count) = (group.year.to_string(), group.members.len().to_string());
    let level = scene.word(if group.level == Level::Unit { "peers.units" } else { "peers.departments" });
    let kind = scene.sentences.kind(group.kind);
    let values = [
        ("name", scene.department.name.as_str()),
        ("region", region.as_str()),
        ("year", &year),
        ("kind", kind),
        ("level", level),
        ("count", &count),
        ("rank", &rank),
    ];
    let mut pieces: Vec<(&str, crate::render::phrase::Piece)> =
        values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    pieces.push(("median", scene.figures.sum(median).into()));
    let sentence = Phrase::fill(&scene.renderer.words, "peers.sentence", pieces);
    let chart_title = scene.words("peers.title", &values);
    let source = scene.words("peers.source", &values);
    let text = chart_text(
        &scene.renderer.words,
        "peers",
        chart_title.clone(),
        scene.words("peers.subtitle", &values),
        source,
        sentence.text(),
    );
    let shown = shown(group.members.len(), position);
    let mut notes = vec![scene.word("peers.note").to_owned()];
    if shown.len() < group.members.len() {
        notes.push(scene.words("peers.shortened", &[("shown", &shown.len().to_string()), ("count", &count)]));
    }
    Some(Exhibit {
        id: "peers",
        heading: scene.word("peers.heading").to_owned(),
        sentence,
        chart_title,
        chart: picture(scene, &text, group, position, median),
        table: Some(table(scene, group, &shown, scene.words("peers.caption", &values))),
        notes,
        ..Exhibit::default()
    })
}

/// All members as dots; no picture of more than a page should carry.
fn picture(
    scene: Scene<'_>,
    text: &chart::ChartText,
    group: &PeerGroup,
    position: usize,
    median: Known,
) -> Option<chart::Chart> {
    if group.members.len() > MOST_DRAWN {
        return None;
    }
    let site = scene.renderer.site;
    let bar = |(department, disclosure): &(usize, usize)| Bar {
        name: site.departments[*department].name.clone(),
        value: chart_value(site.disclosures[*disclosure].disclosure.figures.expenditure_total.as_ref()),
        share: None,
        note: None,
    };
    let own = bar(group.members.get(position)?);
    let others: Vec<Bar> =
        group.members.iter().enumerate().filter(|(at, _)| *at != position).map(|(_, one)| bar(one)).collect();
    let median = chart::Value::printed(median.yuan, number::brief(median).0);
    chart::strip(text, &own, &others, &median)
}

/// Which rows of a table stand in it: all of a short one, the ends and the neighbours of a long one.
fn shown(count: usize, position: usize) -> Vec<usize> {
    let near = |row: &usize| *row < NEAR || row + NEAR >= count || row.abs_diff(position) <= NEAR;
    (0..count).filter(|row| count <= MOST_ROWS || near(row)).collect()
}

fn table(scene: Scene<'_>, group: &PeerGroup, shown: &[usize], caption: String) -> Table {
    let site = scene.renderer.site;
    let row = |(department, disclosure): (usize, usize)| {
        let figures = &site.disclosures[disclosure].disclosure.figures;
        let total = crate::render::sentence::sourced(disclosure, &figures.expenditure_total);
        let is_own = std::ptr::eq(&site.departments[department], scene.department);
        let department_cell = match (is_own, &site.departments[department]) {
            (true, own) => Cell::Text(own.name.clone()),
            (false, other) => {
                Cell::Link { text: other.name.clone(), href: links::href(&scene.department.url, &other.url) }
            }
        };
        let rank = group.rank(site, department).map_or(Cell::Blank, |rank| Cell::Number(rank.to_string()));
        let amount = Cell::Amount(scene.figures.or_absent(total.as_ref(), Absence::NotTold));
        Row { class: if is_own { "level-1" } else { "" }, cells: vec![department_cell, amount, rank], ..Row::default() }
    };
    Table {
        id: "peers-table".to_owned(),
        caption,
        columns: vec![
            Column::words(scene.word("column.department")),
            Column::amounts(scene.word("column.expenditure_total")),
            Column::numbers(scene.word("peers.rank")),
        ],
        rows: shown.iter().map(|at| row(group.members[*at])).collect(),
        sortable: false,
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_long_table_keeps_the_ends_and_the_neighbours() {
        assert_eq!(shown(4, 1), [0, 1, 2, 3]);
        assert_eq!(shown(40, 20), [0, 1, 2, 17, 18, 19, 20, 21, 22, 23, 37, 38, 39]);
        assert_eq!(shown(40, 0), [0, 1, 2, 3, 37, 38, 39]);
    }
}
