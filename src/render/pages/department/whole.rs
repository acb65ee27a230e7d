//! A whole and its parts: shares, picture and table, with the guard that no share is told where parts exceed the whole.

use crate::assemble::Sourced;
use crate::chart::{self, Chart, ChartText, Part, Tone};
use crate::render::elements::exhibit::chart_value;
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::number;
use crate::render::wording::sentence::{Item, fits, tolerance};
use crate::render::wording::words::Words;

use super::scene::Scene;

/// A whole of which parts are told.
pub(super) struct Whole {
    /// How much it is.
    pub(super) value: Sourced,
    /// False when the parts are more than the whole: then shares would say something wrong.
    pub(super) has_shares: bool,
}

impl Whole {
    /// The whole of these parts.
    pub(super) fn new(value: Sourced, parts: &[Item]) -> Self {
        Whole { has_shares: fits(parts, &value), value }
    }

    /// The share of a part.
    pub(super) fn share(&self, words: &Words, part: &Sourced) -> Option<String> {
        let share = || number::share(words, (&part.amount).into(), (&self.value.amount).into());
        if self.has_shares { share() } else { None }
    }

    /// The name and share of the largest part, for the headline of a picture.
    pub(super) fn largest<'items>(&self, words: &Words, parts: &'items [Item]) -> Option<(&'items str, String)> {
        let largest = parts.iter().max_by_key(|item| item.value.amount.yuan)?;
        Some((largest.name.as_str(), self.share(words, &largest.value)?))
    }

    /// The picture of the parts. A bar of one piece shows nothing that the sentence does not say.
    pub(super) fn chart(&self, words: &Words, text: &ChartText, parts: &[(Item, Tone)]) -> Option<Chart> {
        let items: Vec<Item> = parts.iter().map(|(item, _)| item.clone()).collect();
        let part = |(item, tone): &(Item, Tone)| Part {
            name: item.name.clone(),
            value: chart_value(Some(&item.value.amount)),
            share: self.share(words, &item.value),
            tone: *tone,
        };
        let drawn: Vec<Part> = parts.iter().map(part).collect();
        let whole = chart_value(Some(&self.value.amount));
        if drawn.len() < 2 { None } else { chart::structure(text, &drawn, &whole, tolerance(&items)) }
    }

    /// A table of parts with their shares and the whole in its last row.
    pub(super) fn table(&self, scene: Scene<'_>, id: &str, whole_name: &str, parts: &[(Item, &'static str)]) -> Table {
        let row = |(item, class): &(Item, &'static str)| {
            let share = self.share(&scene.renderer.words, &item.value).map_or(Cell::Blank, Cell::Number);
            let cells = vec![scene.named(&item.name), Cell::Amount(scene.figures.of(&item.value)), share];
            Row { class, cells, ..Row::default() }
        };
        let mut rows: Vec<Row> = parts.iter().map(row).collect();
        let total = vec![Cell::Text(whole_name.to_owned()), Cell::Amount(scene.figures.of(&self.value)), Cell::Blank];
        rows.push(Row { class: "total", cells: total, ..Row::default() });
        let mut table = Table {
            id: format!("{id}-table"),
            caption: scene.words(&format!("department.{id}_caption"), &[("edition", &scene.edition())]),
            columns: vec![
                Column::words(scene.word("column.item")),
                Column::amounts(scene.word("column.amount")),
                Column::numbers(scene.word("column.share")),
            ],
            rows,
            sortable: false,
        };
        table.drop_empty_columns();
        table
    }

    /// Why there are no shares.
    pub(super) fn note(&self, scene: Scene<'_>) -> Option<String> {
        (!self.has_shares).then(|| scene.word("department.parts_note").to_owned())
    }
}

/// What the newest disclosure spends in its year, else with what it carries over.
pub(super) fn current_expenditure(scene: Scene<'_>) -> Option<Sourced> {
    let figures = &scene.published.disclosure.figures;
    scene.sourced(&figures.current_expenditure).or_else(|| scene.sourced(&figures.expenditure_total))
}
