//! What the newest disclosure spends its money on: by function, by nature; and where the money comes from.

use super::scene::Scene;
use crate::assemble::{Absence, Sourced, absence};
use crate::chart::{self, Bar, Part, Tone};
use crate::model::{FunctionFigures, FunctionLevel, StatementKind};
use crate::render::exhibit::{Exhibit, chart_text, chart_value, rounding_tolerance};
use crate::render::figure::{Figure, is_sum};
use crate::render::number::{self, Known, Rate};
use crate::render::sentence::Item;
use crate::render::table::{Cell, Column, Row, Table};

/// With more classes than this the picture is a ranking.
const MOST_PARTS: usize = 6;

/// Spending by functional class.
pub(super) fn functions(scene: Scene<'_>) -> Option<Exhibit> {
    let functions = &scene.published.disclosure.functions;
    let whole = current_expenditure(scene)?;
    let mut classes: Vec<Item> = functions
        .iter()
        .filter(|function| function.level == FunctionLevel::Class)
        .filter_map(|function| Some(Item { name: function.name.to_string(), value: scene.sourced(&function.total)? }))
        .filter(|item| !item.value.amount.yuan.is_zero())
        .collect();
    classes.sort_by_key(|item| std::cmp::Reverse(item.value.amount.yuan));
    let sentence = scene.sentences.largest(&whole, &classes);
    let title = classes.first().and_then(|first| share(&first.value, &whole).map(|share| (first.name.clone(), share)));
    let chart_title = match title {
        Some((name, share)) if classes.len() > 1 => {
            scene.words("department.functions_title", &[("name", &name), ("share", &share)])
        }
        _ => scene.word("department.functions").to_owned(),
    };
    let subtitle = scene.words("department.functions_subtitle", &[("edition", &scene.edition())]);
    let text = chart_text("functions", chart_title.clone(), subtitle, scene.published.title.clone(), sentence.text());
    let chart = if classes.len() < 2 {
        None
    } else if classes.len() <= MOST_PARTS {
        let parts = parts(&classes, &whole, Tone::ALL);
        chart::structure(&text, &parts, &chart_value(Some(&whole.amount)), tolerance(&classes))
    } else {
        let bar = |item: &Item| Bar {
            name: item.name.clone(),
            value: chart_value(Some(&item.value.amount)),
            share: share(&item.value, &whole),
            note: None,
        };
        chart::ranking(&text, &classes.iter().map(bar).collect::<Vec<_>>())
    };
    let mut shown = functions.iter().filter(|function| !function.name.is_empty());
    let summed = shown.any(|function| function.total.as_ref().is_some_and(|total| is_sum(&total.origin)));
    Some(Exhibit {
        id: "functions",
        heading: scene.word("department.functions").to_owned(),
        sentence,
        chart_title,
        chart,
        table: Some(function_table(scene, functions, &whole)),
        source: scene.source(&[StatementKind::Expenditure, StatementKind::GeneralExpenditure]),
        notes: summed.then(|| scene.word("department.functions_note").to_owned()).into_iter().collect(),
        ..Exhibit::default()
    })
}

fn function_table(scene: Scene<'_>, functions: &[FunctionFigures], whole: &Sourced) -> Table {
    let row = |function: &FunctionFigures| {
        let figure = |amount| match scene.sourced(amount) {
            Some(amount) => Cell::Amount(scene.figures.of(&amount)),
            None => Cell::Blank,
        };
        let share = function.total.as_ref().and_then(|total| number::share(total.into(), (&whole.amount).into()));
        Row {
            id: format!("f{}", function.code),
            class: match function.level {
                FunctionLevel::Class => "level-1",
                FunctionLevel::Section => "level-2",
                FunctionLevel::Item => "level-3",
            },
            cells: vec![
                Cell::Text(function.name.to_string()),
                Cell::Text(function.code.to_string()),
                figure(&function.total),
                share.map_or(Cell::Blank, Cell::Number),
                figure(&function.basic),
                figure(&function.project),
            ],
        }
    };
    Table {
        id: "functions-table".to_owned(),
        caption: scene.words("department.functions_caption", &[("edition", &scene.edition())]),
        columns: vec![
            Column::words(scene.word("column.function")),
            Column::words(scene.word("column.code")),
            Column::amounts(scene.word("column.total")),
            Column::numbers(scene.word("column.share")),
            Column::amounts(scene.word("column.basic")),
            Column::amounts(scene.word("column.project")),
        ],
        // A section that the document neither prints nor names would only repeat its items.
        rows: functions.iter().filter(|function| !function.name.is_empty()).map(row).collect(),
        sortable: false,
    }
}

/// Spending by nature: personnel, operating, projects.
pub(super) fn nature(scene: Scene<'_>) -> Option<Exhibit> {
    let figures = &scene.published.disclosure.figures;
    let whole = current_expenditure(scene)?;
    let named = |key, amount| Some(Item { name: scene.word(key).to_owned(), value: scene.sourced(amount)? });
    let basic = named("nature.basic", &figures.basic);
    let project = named("nature.project", &figures.project);
    let (personnel, operating) =
        (named("nature.personnel", &figures.personnel), named("nature.operating", &figures.operating));
    let coarse: Vec<Item> = [&basic, &project].into_iter().flatten().cloned().collect();
    if coarse.is_empty() {
        return None;
    }
    let split = personnel.is_some() && operating.is_some();
    let drawn: Vec<(Tone, Item)> = [
        (Tone::PERSONNEL, if split { personnel.clone() } else { basic.clone() }),
        (Tone::OPERATING, if split { operating.clone() } else { None }),
        (Tone::PROJECT, project.clone()),
    ]
    .into_iter()
    .filter_map(|(tone, item)| Some((tone, item?)))
    .collect();
    let mut sentence = scene.sentences.parts(scene.word("nature.whole"), &whole, &coarse);
    sentence.push(scene.sentences.project_share(project_rate(scene, scene.newest), earlier_project_rate(scene)));
    let chart_title = match largest(&coarse).and_then(|item| Some((item.name.clone(), share(&item.value, &whole)?))) {
        Some((name, share)) => scene.words("department.nature_title", &[("name", &name), ("share", &share)]),
        None => scene.word("department.nature").to_owned(),
    };
    let subtitle = scene.words("department.nature_subtitle", &[("edition", &scene.edition())]);
    let text = chart_text("nature", chart_title.clone(), subtitle, scene.published.title.clone(), sentence.text());
    let items: Vec<Item> = drawn.iter().map(|(_, item)| item.clone()).collect();
    let tones = drawn.iter().map(|(tone, _)| *tone);
    let chart =
        chart::structure(&text, &parts(&items, &whole, tones), &chart_value(Some(&whole.amount)), tolerance(&items));
    let rows = [(basic, ""), (personnel, "level-2"), (operating, "level-2"), (project, "")];
    let rows = rows.into_iter().filter_map(|(item, class)| Some((item?, class)));
    Some(Exhibit {
        id: "nature",
        heading: scene.word("department.nature").to_owned(),
        sentence,
        chart_title,
        chart,
        table: Some(share_table(scene, "nature", rows.collect(), scene.word("nature.whole"), &whole)),
        source: scene.source(&[StatementKind::Expenditure, StatementKind::GeneralBasic]),
        notes: split.then(|| scene.word("department.nature_note").to_owned()).into_iter().collect(),
        ..Exhibit::default()
    })
}

fn largest(items: &[Item]) -> Option<&Item> {
    items.iter().max_by_key(|item| item.value.amount.yuan)
}

/// The share of the projects in what a disclosure spends.
fn project_rate(scene: Scene<'_>, disclosure: usize) -> Option<Rate> {
    let figures = &scene.renderer.site.disclosures[disclosure].disclosure.figures;
    let whole = figures.current_expenditure.as_ref().or(figures.expenditure_total.as_ref())?;
    number::rate(figures.project.as_ref()?.into(), whole.into())
}

/// The same of the disclosure of the same kind one year before.
fn earlier_project_rate(scene: Scene<'_>) -> Option<(u16, Rate)> {
    let identity = &scene.published.disclosure.identity;
    let before = identity.year?.checked_sub(1)?;
    let index = *scene.department.disclosures.iter().find(|index| {
        let other = &scene.renderer.site.disclosures[**index].disclosure.identity;
        other.year == Some(before) && other.kind == identity.kind
    })?;
    Some((before, project_rate(scene, index)?))
}

/// Where the money comes from.
pub(super) fn funding(scene: Scene<'_>) -> Option<Exhibit> {
    let sources = &scene.department.funding;
    let whole = scene.sourced(&scene.published.disclosure.figures.income_total)?;
    let items: Vec<Item> =
        sources.iter().map(|source| Item { name: source.label.to_string(), value: source.value.clone() }).collect();
    let told: Vec<(Item, Tone)> = items
        .iter()
        .cloned()
        .zip(sources.iter().map(|source| tone(&source.code)))
        .filter(|(item, _)| !item.value.amount.yuan.is_zero())
        .collect();
    if told.is_empty() {
        return None;
    }
    let (drawn, tones): (Vec<Item>, Vec<Tone>) = told.into_iter().unzip();
    let sentence = scene.sentences.parts(scene.word("funding.whole"), &whole, &drawn);
    let chart_title = match largest(&drawn).and_then(|item| Some((item.name.clone(), share(&item.value, &whole)?))) {
        Some((name, share)) => scene.words("department.funding_title", &[("name", &name), ("share", &share)]),
        None => scene.word("department.funding").to_owned(),
    };
    let subtitle = scene.words("department.funding_subtitle", &[("edition", &scene.edition())]);
    let text = chart_text("funding", chart_title.clone(), subtitle, scene.published.title.clone(), sentence.text());
    let parts = parts(&drawn, &whole, tones);
    // A single source is said in the sentence; a bar of one piece shows nothing more.
    let chart = match parts.len() {
        0 | 1 => None,
        _ => chart::structure(&text, &parts, &chart_value(Some(&whole.amount)), tolerance(&drawn)),
    };
    let rows = items.into_iter().map(|item| (item, "")).collect();
    Some(Exhibit {
        id: "funding",
        heading: scene.word("department.funding").to_owned(),
        sentence,
        chart_title,
        chart,
        table: Some(share_table(scene, "funding", rows, scene.word("funding.whole"), &whole)),
        source: scene.source(&[StatementKind::RevenueExpenditure, StatementKind::Revenue]),
        ..Exhibit::default()
    })
}

/// The colour of a fund, the same on the whole site.
fn tone(fund: &str) -> Tone {
    match fund {
        "government_fund" => Tone::GOVERNMENT_FUND,
        "state_capital" => Tone::STATE_CAPITAL,
        "special_account" => Tone::SPECIAL_ACCOUNT,
        "carried_in" => Tone::CARRIED_IN,
        fund if fund.starts_with("general_public") || fund == "appropriation" => Tone::GENERAL_PUBLIC,
        _ => Tone::UNIT_FUNDS,
    }
}

/// What the disclosure spends in its year, else with what it carries over.
fn current_expenditure(scene: Scene<'_>) -> Option<Sourced> {
    let figures = &scene.published.disclosure.figures;
    scene.sourced(&figures.current_expenditure).or_else(|| scene.sourced(&figures.expenditure_total))
}

fn share(part: &Sourced, whole: &Sourced) -> Option<String> {
    number::share((&part.amount).into(), (&whole.amount).into())
}

fn parts(items: &[Item], whole: &Sourced, tones: impl IntoIterator<Item = Tone>) -> Vec<Part> {
    let part = |(item, tone): (&Item, Tone)| Part {
        name: item.name.clone(),
        value: chart_value(Some(&item.value.amount)),
        share: share(&item.value, whole),
        tone,
    };
    items.iter().zip(tones).map(part).collect()
}

fn tolerance(items: &[Item]) -> rust_decimal::Decimal {
    rounding_tolerance(&items.iter().map(|item| Known::from(&item.value.amount)).collect::<Vec<_>>())
}

/// A table of parts with their shares and the whole in its last row.
fn share_table(
    scene: Scene<'_>,
    id: &str,
    items: Vec<(Item, &'static str)>,
    whole_name: &str,
    whole: &Sourced,
) -> Table {
    let row = |(item, class): (Item, &'static str)| {
        let share = share(&item.value, whole).map_or(Cell::Blank, Cell::Number);
        let cells = vec![Cell::Text(item.name), Cell::Amount(scene.figures.of(&item.value)), share];
        Row { class, cells, ..Row::default() }
    };
    let mut rows: Vec<Row> = items.into_iter().map(row).collect();
    let total = vec![Cell::Text(whole_name.to_owned()), Cell::Amount(scene.figures.of(whole)), Cell::Blank];
    rows.push(Row { class: "total", cells: total, ..Row::default() });
    Table {
        id: format!("{id}-table"),
        caption: scene.words(&format!("department.{id}_caption"), &[("edition", &scene.edition())]),
        columns: vec![
            Column::words(scene.word("column.item")),
            Column::amounts(scene.word("column.amount")),
            Column::numbers(scene.word("column.share")),
        ],
        rows,
        sortable: false,
    }
}

/// A headline figure of the newest disclosure: the amount or why there is none.
pub(super) fn headline(scene: Scene<'_>, amount: &Option<crate::model::Amount>, kinds: &[StatementKind]) -> Figure {
    match amount {
        Some(amount) => scene.figures.headline(scene.newest, amount),
        None => scene.figures.absent(match absence(&scene.published.disclosure, kinds) {
            // An empty summary cannot make a total empty.
            Absence::DeclaredEmpty if !kinds.contains(&StatementKind::ThreePublic) => Absence::NotTold,
            absence => absence,
        }),
    }
}
