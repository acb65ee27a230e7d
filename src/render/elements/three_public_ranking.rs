//! The three public expenses of all departments in the best covered year: who spends most, and who spends more or less
//! than the year before.

use crate::assemble::{Department, Sourced, ThreePublicTotal};
use crate::chart::{self, Bar, Chart, ChartText};
use crate::model::ThreePublicPart;
use crate::render::elements::exhibit::{Exhibit, chart_change, chart_text, chart_value, is_worth_drawing};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::page::Renderer;
use crate::render::wording::figure::Figures;
use crate::render::wording::links;
use crate::render::wording::sentence::Sentences;
use crate::render::wording::words::Words;

const URL: &str = "three-public/";

/// Both exhibits; each needs at least two departments.
pub(in crate::render) fn exhibits(renderer: &Renderer<'_>) -> Vec<Exhibit> {
    let Some(main) = renderer.site.main_three_public() else { return Vec::new() };
    let mut told: Vec<Told<'_>> = main.members.iter().filter_map(|index| Told::new(renderer, main, *index)).collect();
    told.sort_by_key(|one| std::cmp::Reverse(one.now.amount.yuan));
    let compared: Vec<&Told<'_>> = told.iter().filter(|one| one.before.is_some()).collect();
    let all: Vec<&Told<'_>> = told.iter().collect();
    let amounts = (all.len() > 1).then(|| exhibit(renderer, main, "amounts", &all));
    let changes = (compared.len() > 1).then(|| exhibit(renderer, main, "changes", &compared));
    amounts.into_iter().chain(changes).collect()
}

/// A department with its total of the year and of the year before.
struct Told<'a> {
    department: &'a Department,
    now: &'a Sourced,
    before: Option<&'a Sourced>,
}

impl<'a> Told<'a> {
    fn new(renderer: &Renderer<'a>, main: &ThreePublicTotal, index: usize) -> Option<Self> {
        let department = &renderer.site.departments[index];
        let total = |year: u16| {
            let row = department.three_public.iter().find(|row| row.year == year && row.phase == main.phase)?;
            row.part(ThreePublicPart::Total)
        };
        Some(Told { department, now: total(main.year)?, before: main.year.checked_sub(1).and_then(total) })
    }

    fn amount_bar(&self) -> Bar {
        let value = chart_value(Some(&self.now.amount));
        Bar { name: self.department.name.clone(), value, share: None, note: None }
    }

    fn change_bar(&self, words: &Words) -> Option<Bar> {
        Some(chart_change(words, &self.department.name, (&self.now.amount).into(), (&self.before?.amount).into()))
    }
}

fn exhibit(renderer: &Renderer<'_>, main: &ThreePublicTotal, id: &'static str, told: &[&Told<'_>]) -> Exhibit {
    let words = &renderer.words;
    let sentences = Sentences { words, figures: Figures::new(renderer.site, words, URL) };
    let (year, count) = (main.year.to_string(), told.len().to_string());
    let values = [("year", year.as_str()), ("kind", sentences.phase(main.phase)), ("count", &count)];
    let word = |key: &str| words.fill(&format!("three_public.{id}{key}"), &values);
    let title = word("_title");
    let text = chart_text(&renderer.words, id, title.clone(), word("_subtitle"), word("_source"), title.clone());
    Exhibit {
        id,
        heading: word(""),
        chart_title: title,
        chart: picture(words, id, &text, told),
        table: Some(table(renderer, id, told, word("_caption"))),
        ..Exhibit::default()
    }
}

fn picture(words: &Words, id: &str, text: &ChartText, told: &[&Told<'_>]) -> Option<Chart> {
    let of_changes = id == "changes";
    let bar = |one: &&Told<'_>| if of_changes { one.change_bar(words) } else { Some(one.amount_bar()) };
    let bars: Vec<Bar> = told.iter().filter_map(bar).collect();
    let drawn = is_worth_drawing(bars.iter().map(|bar| &bar.value));
    drawn.then(|| if of_changes { chart::changes(text, &bars) } else { chart::ranking(text, &bars) }).flatten()
}

fn table(renderer: &Renderer<'_>, id: &str, told: &[&Told<'_>], caption: String) -> Table {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, URL);
    let row = |one: &&Told<'_>| {
        let mut cells = vec![
            Cell::Link { text: one.department.name.clone(), href: links::href(URL, &one.department.url) },
            Cell::Amount(figures.of(one.now)),
        ];
        cells.extend(figures.change_cells(Some(one.now), one.before));
        Row::new(cells)
    };
    let mut table = Table {
        id: format!("{id}-table"),
        caption,
        columns: vec![
            Column::words(words.get("column.department")),
            Column::amounts(words.get("column.three_public")),
            Column::amounts(words.get("column.change")),
            Column::numbers(words.get("column.change_rate")),
        ],
        rows: told.iter().map(row).collect(),
        sortable: true,
    };
    table.drop_empty_columns();
    table
}
