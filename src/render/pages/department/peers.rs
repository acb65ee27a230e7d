//! Where a department stands among those that can be compared with it: its place, the median, and all of them as dots.

use serde::Serialize;

use super::scene::Scene;
use crate::assemble::Absence;
use crate::chart::{self, Bar};
use crate::model::{Kind, Level};
use crate::render::elements::exhibit::{Exhibit, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::page::Renderer;
use crate::render::wording::figure::{Figure, Figures};
use crate::render::wording::links;
use crate::render::wording::number::{self, Known};
use crate::render::wording::phrase::Phrase;
use crate::render::wording::sentence::sourced;

/// A table of more rows shows the ends and the neighbours only.
const MOST_ROWS: usize = 12;
/// Larger groups have no picture: every department's page would carry all of the others.
const MOST_DRAWN: usize = 300;
/// How many of the largest and of the smallest such a table shows, and how many neighbours on either side.
const NEAR: usize = 3;

/// Where a department stands among its peers.
#[derive(Debug, Serialize)]
pub(super) struct Peers {
    /// The region that they have in common; `None` for those of the whole site.
    region: Option<String>,
    year: u16,
    kind: Kind,
    level: Level,
    /// How many there are, the department among them.
    count: usize,
    /// Its place, from 1 for the largest.
    rank: usize,
    median: Known,
    /// Itself in the picture.
    own: Bar,
    /// The others in the picture; `None` where they are more than a page should carry.
    others: Option<Vec<Bar>>,
    /// Those that the table shows.
    rows: Vec<Peer>,
}

/// A row of the table.
#[derive(Debug, Serialize)]
struct Peer {
    name: String,
    /// The link to its page; `None` for the department itself.
    href: Option<String>,
    expenditure: Figure,
    rank: usize,
}

impl Peers {
    /// The peers of a department, an index of the site; `None` for one that nothing can be compared with.
    pub(super) fn new(renderer: &Renderer<'_>, index: usize) -> Option<Self> {
        let site = renderer.site;
        let department = &site.departments[index];
        let group = &site.peer_groups[department.peer_group?];
        let position = group.members.iter().position(|(member, _)| *member == index)?;
        let figures = Figures::new(site, &renderer.words, &department.url);
        let bar = |(department, disclosure): &(usize, usize)| Bar {
            name: site.departments[*department].name.clone(),
            value: chart_value(site.disclosures[*disclosure].disclosure.figures.expenditure_total.as_ref()),
            share: None,
            note: None,
        };
        let row = |at: usize| {
            let (member, disclosure) = group.members[at];
            let total = sourced(disclosure, &site.disclosures[disclosure].disclosure.figures.expenditure_total);
            let other = &site.departments[member];
            Peer {
                name: other.name.clone(),
                href: (member != index).then(|| links::href(&department.url, &other.url)),
                expenditure: figures.or_absent(total.as_ref(), Absence::NotTold),
                rank: group.rank(site, at),
            }
        };
        let others = group.members.iter().enumerate().filter(|(at, _)| *at != position).map(|(_, one)| bar(one));
        Some(Peers {
            region: group.region.map(|node| site.regions[node].name.clone()),
            year: group.year,
            kind: group.kind,
            level: group.level,
            count: group.members.len(),
            rank: group.rank(site, position),
            median: Known { yuan: group.median, quantum: group.quantum },
            own: bar(&group.members[position]),
            others: (group.members.len() <= MOST_DRAWN).then(|| others.collect()),
            rows: shown(group.members.len(), position).into_iter().map(row).collect(),
        })
    }
}

/// The exhibit; `None` for a department that nothing can be compared with.
pub(super) fn peers(scene: Scene<'_>) -> Option<Exhibit> {
    let peers = scene.surroundings.peers.as_ref()?;
    let region = peers.region.as_deref().unwrap_or_else(|| scene.word("peers.everywhere"));
    let (year, count, rank) = (peers.year.to_string(), peers.count.to_string(), peers.rank.to_string());
    let level = scene.word(if peers.level == Level::Unit { "peers.units" } else { "peers.departments" });
    let kind = scene.sentences.kind(peers.kind);
    let values = [
        ("name", scene.department.name.as_str()),
        ("region", region),
        ("year", &year),
        ("kind", kind),
        ("level", level),
        ("count", &count),
        ("rank", &rank),
    ];
    let mut pieces: Vec<(&str, crate::render::wording::phrase::Piece)> =
        values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    pieces.push(("median", scene.figures.sum(peers.median).into()));
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
    let median = chart::Value::printed(peers.median.yuan, number::brief(peers.median).0);
    let shown = peers.rows.len();
    let mut notes = vec![scene.word("peers.note").to_owned()];
    if shown < peers.count {
        notes.push(scene.words("peers.shortened", &[("shown", &shown.to_string()), ("count", &count)]));
    }
    Some(Exhibit {
        id: "peers",
        heading: scene.word("peers.heading").to_owned(),
        sentence,
        chart_title,
        chart: peers.others.as_ref().and_then(|others| chart::strip(&text, &peers.own, others, &median)),
        table: Some(table(scene, &peers.rows, scene.words("peers.caption", &values))),
        notes,
        ..Exhibit::default()
    })
}

/// Which rows of a table stand in it: all of a short one, the ends and the neighbours of a long one.
fn shown(count: usize, position: usize) -> Vec<usize> {
    let near = |row: &usize| *row < NEAR || row + NEAR >= count || row.abs_diff(position) <= NEAR;
    (0..count).filter(|row| count <= MOST_ROWS || near(row)).collect()
}

fn table(scene: Scene<'_>, peers: &[Peer], caption: String) -> Table {
    let row = |peer: &Peer| {
        let text = peer.name.clone();
        let name = match &peer.href {
            None => Cell::Text(text),
            Some(href) => Cell::Link { text, href: href.clone() },
        };
        let cells = vec![name, Cell::Amount(peer.expenditure.clone()), Cell::Number(peer.rank.to_string())];
        Row { class: if peer.href.is_none() { "level-1" } else { "" }, cells, ..Row::default() }
    };
    Table {
        id: "peers-table".to_owned(),
        caption,
        columns: vec![
            Column::words(scene.word("column.department")),
            Column::amounts(scene.word("column.expenditure_total")),
            Column::numbers(scene.word("peers.rank")),
        ],
        rows: peers.iter().map(row).collect(),
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
