//! What the newest disclosure spends its money on: by functional class, with sections and items in the table.

use super::scene::Scene;
use super::whole::{Whole, current_expenditure};
use crate::chart::{self, Bar, Chart, ChartText, Tone};
use crate::model::{Amount, FunctionFigures, FunctionLevel, StatementKind};
use crate::render::elements::exhibit::{Exhibit, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::figure::is_sum;
use crate::render::wording::sentence::Item;
use crate::render::wording::words::Words;

/// With more classes than this the picture is a ranking.
const MOST_PARTS: usize = 6;

/// Spending by functional class.
pub(super) fn functions(scene: Scene<'_>) -> Option<Exhibit> {
    let functions = &scene.published.disclosure.functions;
    let classes = classes(scene, functions);
    let whole = Whole::new(current_expenditure(scene)?, &classes);
    if classes.is_empty() {
        return None;
    }
    let sentence = scene.sentences.largest(&whole.value, &classes);
    let chart_title = match whole.largest(&scene.renderer.words, &classes) {
        Some((name, share)) => scene.words("department.functions_title", &[("name", name), ("share", &share)]),
        None => scene.word("department.functions").to_owned(),
    };
    let subtitle = scene.words("department.functions_subtitle", &[("edition", &scene.edition())]);
    let text = chart_text(
        &scene.renderer.words,
        "functions",
        chart_title.clone(),
        subtitle,
        scene.published.title.clone(),
        sentence.text(),
    );
    Some(Exhibit {
        id: "functions",
        heading: scene.word("department.functions").to_owned(),
        sentence,
        chart_title,
        chart: picture(&scene.renderer.words, &text, &whole, &classes),
        table: Some(table(scene, functions, &whole)),
        source: scene.source(&[StatementKind::Expenditure, StatementKind::GeneralExpenditure]),
        notes: [summed_note(scene, functions), whole.note(scene)].into_iter().flatten().collect(),
        ..Exhibit::default()
    })
}

/// The classes with money, the largest first.
fn classes(scene: Scene<'_>, functions: &[FunctionFigures]) -> Vec<Item> {
    let mut classes: Vec<Item> = functions
        .iter()
        .filter(|function| function.level == FunctionLevel::Class)
        .filter_map(|function| Some(Item { name: function.name.to_string(), value: scene.sourced(&function.total)? }))
        .filter(|item| !item.value.amount.yuan.is_zero())
        .collect();
    classes.sort_by_key(|item| std::cmp::Reverse(item.value.amount.yuan));
    classes
}

fn picture(words: &Words, text: &ChartText, whole: &Whole, classes: &[Item]) -> Option<Chart> {
    if classes.len() <= MOST_PARTS {
        return whole.chart(words, text, &classes.iter().cloned().zip(Tone::ALL).collect::<Vec<_>>());
    }
    let bar = |item: &Item| Bar {
        name: item.name.clone(),
        value: chart_value(Some(&item.value.amount)),
        share: whole.share(words, &item.value),
        note: None,
    };
    chart::ranking(text, &classes.iter().map(bar).collect::<Vec<_>>())
}

/// Classes, sections and items by code. A section that the document neither prints nor names would only repeat its
/// items.
fn named(functions: &[FunctionFigures]) -> impl Iterator<Item = &FunctionFigures> {
    functions.iter().filter(|function| !function.name.is_empty())
}

fn table(scene: Scene<'_>, functions: &[FunctionFigures], whole: &Whole) -> Table {
    let mut table = Table {
        id: "functions-table".to_owned(),
        caption: scene.words("department.functions_caption", &[("edition", &scene.edition())]),
        columns: vec![
            Column::words(scene.word("column.function")),
            Column::codes(scene.word("column.code")),
            Column::amounts(scene.word("column.total")),
            Column::numbers(scene.word("column.share")),
            Column::amounts(scene.word("column.basic")),
            Column::amounts(scene.word("column.project")),
        ],
        rows: named(functions).map(|function| row(scene, function, whole)).collect(),
        sortable: false,
    };
    table.drop_empty_columns();
    table
}

fn row(scene: Scene<'_>, function: &FunctionFigures, whole: &Whole) -> Row {
    let figure = |amount: &Option<Amount>| match scene.sourced(amount) {
        Some(amount) => Cell::Amount(scene.figures.of(&amount)),
        None => Cell::Blank,
    };
    let share = scene.sourced(&function.total).and_then(|total| whole.share(&scene.renderer.words, &total));
    Row {
        id: format!("f{}", function.code),
        class: match function.level {
            FunctionLevel::Class => "level-1",
            FunctionLevel::Section => "level-2",
            FunctionLevel::Item => "level-3",
        },
        cells: vec![
            name(scene, function),
            Cell::Text(function.code.to_string()),
            figure(&function.total),
            share.map_or(Cell::Blank, Cell::Number),
            figure(&function.basic),
            figure(&function.project),
        ],
    }
}

/// The name, leading to what all departments spend on the code.
fn name(scene: Scene<'_>, function: &FunctionFigures) -> Cell {
    let href = scene.surroundings.functions.get(function.code.as_str()).cloned().unwrap_or_default();
    Cell::Coded { code: function.code.to_string(), text: function.name.to_string(), href }
}

fn summed_note(scene: Scene<'_>, functions: &[FunctionFigures]) -> Option<String> {
    let is_summed = |function: &FunctionFigures| function.total.as_ref().is_some_and(|total| is_sum(&total.origin));
    named(functions).any(is_summed).then(|| scene.word("department.functions_note").to_owned())
}
