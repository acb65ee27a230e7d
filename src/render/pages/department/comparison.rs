//! Budget against final account of the newest year that has both.

use super::scene::Scene;
use crate::assemble::{Absence, Comparison, ComparisonRow, ComparisonSubject};
use crate::chart::{self, Pair};
use crate::render::elements::exhibit::{Exhibit, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::number;
use crate::render::wording::phrase::Phrase;

/// More pairs than this do not fit a picture; the table has all.
const MOST_PAIRS: usize = 8;

/// Totals and functions, budget against final account. The three public expenses have an exhibit of their own.
pub(super) fn comparison(scene: Scene<'_>) -> Option<Exhibit> {
    let comparison = scene.department.comparisons.first()?;
    let rows: Vec<&ComparisonRow> =
        comparison.rows.iter().filter(|row| row.subject != ComparisonSubject::ThreePublic).collect();
    let paired = |row: &&&ComparisonRow| row.budget.is_some() && row.final_account.is_some();
    let main = rows
        .iter()
        .filter(paired)
        .max_by_key(|row| (row.code.is_empty(), row.final_account.as_ref().map(|one| one.amount.yuan)))?;
    let sentence = scene.sentences.completion(comparison, main);
    let year = comparison.year.to_string();
    let chart_title = scene.words("department.comparison_title", &[("year", &year)]);
    let subtitle = scene.words("department.comparison_subtitle", &[("name", &scene.department.name), ("year", &year)]);
    let source = scene.renderer.site.disclosures[comparison.final_account].title.clone();
    let text = chart_text(&scene.renderer.words, "comparison", chart_title.clone(), subtitle, source, sentence.text());
    let note = comparison.budget.is_none().then(|| scene.word("sentence.completion_from_final").to_owned());
    Some(Exhibit {
        id: "comparison",
        heading: scene.words("department.comparison", &[("year", &year)]),
        sentence,
        chart_title,
        chart: chart::budget_against_final(&text, &pairs(scene, &rows)),
        table: Some(table(scene, comparison, "comparison", &rows)),
        notes: note.into_iter().collect(),
        ..Exhibit::default()
    })
}

/// The pairs of a picture, the largest when there are many.
pub(super) fn pairs(scene: Scene<'_>, rows: &[&ComparisonRow]) -> Vec<Pair> {
    let size = |row: &ComparisonRow| {
        let yuan = |side: &Option<crate::assemble::Sourced>| side.as_ref().map(|side| side.amount.yuan);
        yuan(&row.budget).max(yuan(&row.final_account))
    };
    let mut sizes: Vec<_> = rows.iter().map(|row| size(row)).collect();
    sizes.sort_by(|left, right| right.cmp(left));
    let least = sizes.get(MOST_PAIRS - 1).copied().flatten();
    let pair = |row: &&ComparisonRow| Pair {
        name: name_of(scene, row).to_owned(),
        budget: chart_value(row.budget.as_ref().map(|side| &side.amount)),
        final_: chart_value(row.final_account.as_ref().map(|side| &side.amount)),
        completion: completion(scene, row),
    };
    rows.iter().filter(|row| least.is_none_or(|least| size(row) >= Some(least))).take(MOST_PAIRS).map(pair).collect()
}

/// What a row is called: totals by the words of the interface, classes as they are printed.
fn name_of<'n>(scene: Scene<'n>, row: &'n ComparisonRow) -> &'n str {
    match row.subject {
        ComparisonSubject::Expenditure => scene.word("figure.expenditure_total"),
        ComparisonSubject::Basic => scene.word("figure.basic"),
        ComparisonSubject::Project => scene.word("figure.project"),
        ComparisonSubject::Function | ComparisonSubject::ThreePublic => row.name.as_str(),
    }
}

/// Final account in percent of the budget; `None` without a budget.
fn completion(scene: Scene<'_>, row: &ComparisonRow) -> Option<String> {
    number::share(
        &scene.renderer.words,
        (&row.final_account.as_ref()?.amount).into(),
        (&row.budget.as_ref()?.amount).into(),
    )
}

pub(super) fn table(scene: Scene<'_>, comparison: &Comparison, id: &str, rows: &[&ComparisonRow]) -> Table {
    let row = |row: &&ComparisonRow| {
        let figure = |side| Cell::Amount(scene.figures.or_absent(side, Absence::NotTold));
        let difference = match (&row.budget, &row.final_account) {
            (Some(budget), Some(final_account)) => {
                let difference = number::difference((&final_account.amount).into(), (&budget.amount).into());
                Cell::Amount(scene.figures.sum(difference))
            }
            _ => Cell::Blank,
        };
        let rate = match (completion(scene, row), &row.budget, &row.final_account) {
            (Some(rate), ..) => Cell::Number(rate),
            (None, Some(_), Some(_)) => Cell::Amount(scene.figures.absent(Absence::NotApplicable)),
            _ => Cell::Blank,
        };
        let name = match row.subject {
            ComparisonSubject::Function => {
                Cell::Coded { code: row.code.to_string(), text: row.name.to_string(), href: String::new() }
            }
            _ => Cell::Text(name_of(scene, row).to_owned()),
        };
        let sides = [figure(row.budget.as_ref()), figure(row.final_account.as_ref())];
        let code = if row.subject == ComparisonSubject::Function { row.code.as_str() } else { "" };
        Row::new([vec![name, Cell::Text(code.to_owned())], sides.into(), vec![difference, rate]].concat())
    };
    let mut table = Table {
        id: format!("{id}-table"),
        caption: scene.words("department.comparison_caption", &[("year", &comparison.year.to_string())]),
        columns: vec![
            Column::words(scene.word("column.item")),
            Column::codes(scene.word("column.code")),
            Column::amounts(scene.word("column.budget")),
            Column::amounts(scene.word("column.final")),
            Column::amounts(scene.word("column.difference")),
            Column::numbers(scene.word("column.completion")),
        ],
        rows: rows.iter().map(row).collect(),
        sortable: false,
    };
    table.drop_empty_columns();
    table
}

/// The sentence on the three public expenses of a year that has both sides.
pub(super) fn three_public_sentence(scene: Scene<'_>, comparison: &Comparison) -> Phrase {
    let total = comparison.rows.iter().find(|row| row.subject == ComparisonSubject::ThreePublic && row.code == "total");
    total.map(|row| scene.sentences.completion(comparison, row)).unwrap_or_default()
}
