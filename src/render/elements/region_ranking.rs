//! Who spends most: the departments of a region in its best covered year, by amount.

use crate::assemble::{ExpenditureTotal, RegionNode};
use crate::chart::{self, Bar};
use crate::model::Amount;
use crate::render::elements::exhibit::{Exhibit, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::page::Renderer;
use crate::render::wording::figure::Figures;
use crate::render::wording::sentence::{Sentences, sourced};
use crate::render::wording::{links, number};

/// The exhibit; `None` where fewer than two departments state a total: then there is no order.
pub(in crate::render) fn ranking(renderer: &Renderer<'_>, node: &RegionNode) -> Option<Exhibit> {
    let (site, words) = (renderer.site, &renderer.words);
    let total = node.main_total().filter(|total| total.members.len() > 1)?;
    let sentences = Sentences { words, figures: Figures::new(site, words, &node.url) };
    let amount = |disclosure: usize| site.disclosures[disclosure].disclosure.figures.expenditure_total.as_ref();
    let mut members: Vec<(usize, usize, &Amount)> = total
        .members
        .iter()
        .filter_map(|(department, disclosure)| Some((*department, *disclosure, amount(*disclosure)?)))
        .collect();
    members.sort_by_key(|(_, _, amount)| std::cmp::Reverse(amount.yuan));
    let bar = |(department, _, amount): &(usize, usize, &Amount)| Bar {
        name: site.departments[*department].name.clone(),
        value: chart_value(Some(amount)),
        share: number::share(words, (*amount).into(), total.sum.into()),
        note: None,
    };
    let year = total.year.to_string();
    let values = [("region", node.name.as_str()), ("year", &year), ("kind", sentences.kind(total.kind))];
    let title = words.fill("region.ranking_title", &values);
    let (included, of) = (total.included.to_string(), total.of.to_string());
    let source = words.fill("region.coverage", &[("included", &included), ("of", &of)]);
    let text = chart_text(
        &renderer.words,
        "ranking",
        title.clone(),
        words.fill("region.ranking_subtitle", &values),
        source,
        title.clone(),
    );
    Some(Exhibit {
        id: "ranking",
        heading: words.get("region.ranking").to_owned(),
        chart_title: title,
        chart: chart::ranking(&text, &members.iter().map(bar).collect::<Vec<_>>()),
        table: Some(table(renderer, node, total, &members, words.fill("region.ranking_caption", &values))),
        ..Exhibit::default()
    })
}

fn table(
    renderer: &Renderer<'_>,
    node: &RegionNode,
    total: &ExpenditureTotal,
    members: &[(usize, usize, &Amount)],
    caption: String,
) -> Table {
    let (site, words) = (renderer.site, &renderer.words);
    let figures = Figures::new(site, words, &node.url);
    let row = |(department, disclosure, amount): &(usize, usize, &Amount)| {
        let department = &site.departments[*department];
        let told = sourced(*disclosure, &Some((*amount).clone()));
        let share = number::share(words, (*amount).into(), total.sum.into());
        Row::new(vec![
            Cell::Link { text: department.name.clone(), href: links::href(&node.url, &department.url) },
            told.map_or(Cell::Blank, |told| Cell::Amount(figures.of(&told))),
            share.map_or(Cell::Blank, Cell::Number),
        ])
    };
    Table {
        id: "ranking-table".to_owned(),
        caption,
        columns: vec![
            Column::words(words.get("column.department")),
            Column::amounts(words.get("column.expenditure_total")),
            Column::numbers(words.get("column.share")),
        ],
        rows: members.iter().map(row).collect(),
        sortable: true,
    }
}
