//! Functional and economic codes: a list of each, and a page for each code with what is spent on it, by whom, over the
//! years, and budget against final account.

mod shown;

use std::collections::HashMap;

use rayon::prelude::*;
use tera::Context;

use crate::assemble::{Absence, Classification, CodeEdition, CodeItem, Sourced};
use crate::chart::{self, Bar, Pair};
use crate::model::Kind;
use crate::render::elements::exhibit::{Exhibit, Link, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::elements::table_files;
use crate::render::page::{Page, Renderer};
use crate::render::supply::{PageSupply, supply};
use crate::render::wording::figure::Figures;
use crate::render::wording::phrase::Phrase;
use crate::render::wording::{links, number};

/// More rows than this make a page slow; the data of the site have all.
const LONGEST_LIST: usize = 500;
/// More bars or pairs than this do not fit a picture; the table has all.
const MOST_PAIRS: usize = 8;

/// Writes the lists of codes, and supplies the pages of all of them.
pub(super) fn write(renderer: &Renderer<'_>, pages: &dyn PageSupply) {
    for classification in [Classification::Function, Classification::Economic] {
        write_list(renderer, classification);
    }
    renderer.site.codes.par_iter().for_each(|item| {
        let shown = shown::Shown::new(renderer.site, item);
        supply(renderer, pages, &item.url(), &shown, &|renderer| write_page(renderer, item));
    });
}

/// The URL of a classification's list.
pub(super) fn list_url(classification: Classification) -> &'static str {
    match classification {
        Classification::Function => "functions/",
        Classification::Economic => "economic/",
    }
}

/// The link to the page of a functional code, when the site has one.
pub(super) fn function_href(renderer: &Renderer<'_>, page: &str, code: &str) -> Option<String> {
    let key = |item: &CodeItem| (item.classification, item.code.clone());
    let wanted = (Classification::Function, code.into());
    let found = renderer.site.codes.binary_search_by_key(&wanted, key).ok()?;
    Some(links::href(page, &renderer.site.codes[found].url()))
}

/// The key of the words that differ between the classifications.
fn word<'a>(renderer: &'a Renderer<'_>, classification: Classification, key: &'a str) -> &'a str {
    let group = match classification {
        Classification::Function => "functions",
        Classification::Economic => "economic",
    };
    renderer.words.among(group, key)
}

fn write_list(renderer: &Renderer<'_>, classification: Classification) {
    let words = &renderer.words;
    let page_url = list_url(classification);
    let items: Vec<&CodeItem> =
        renderer.site.codes.iter().filter(|item| item.classification == classification).collect();
    let period = main_period(&items);
    let figures = Figures::new(renderer.site, words, page_url);
    let row = |item: &&CodeItem| {
        let edition = period.and_then(|(year, kind)| item.edition(year, kind));
        let amount = edition.map_or_else(|| figures.absent(Absence::NotTold), |one| figures.sum(one.sum.into()));
        Row {
            class: ["level-1", "level-2", "level-3"][usize::from(item.level()).clamp(1, 3) - 1],
            cells: vec![
                Cell::Link { text: item.name.to_string(), href: links::href(page_url, &item.url()) },
                Cell::Text(item.code.to_string()),
                Cell::Amount(amount),
                Cell::Number(edition.map_or(0, |one| one.spenders.len()).to_string()),
            ],
            ..Row::default()
        }
    };
    let period_words = period.map(|(year, kind)| period_words(renderer, year, kind)).unwrap_or_default();
    let table = Table {
        id: "codes-table".to_owned(),
        caption: words.fill("codes.list_caption", &[("period", &period_words)]),
        columns: vec![
            Column::words(words.get("column.name")),
            Column::short(words.get("column.code")),
            Column::amounts(words.get("column.amount")),
            Column::numbers(words.get("column.departments")),
        ],
        rows: items.iter().map(row).collect(),
        sortable: true,
    };
    let title = word(renderer, classification, "title").to_owned();
    let mut context = Context::new();
    context.insert("downloads", &table_files::of_table(renderer, page_url, &title, ("codes", &table)));
    context.insert("about", word(renderer, classification, "about"));
    context.insert("table", &(!items.is_empty()).then(|| table.html()));
    let description = words.fill("codes.description", &[("title", &title), ("count", &items.len().to_string())]);
    let page = Page { url: page_url.to_owned(), title, description, section: "functions", ..Page::default() };
    renderer.page(&page, "codes.html", context);
}

/// The year and kind for which most of these codes have spenders; the newest of these.
fn main_period(items: &[&CodeItem]) -> Option<(u16, Kind)> {
    let mut counts: std::collections::BTreeMap<(u16, Kind), usize> = std::collections::BTreeMap::new();
    for edition in items.iter().filter(|item| item.level() == 1).flat_map(|item| &item.editions) {
        *counts.entry((edition.year, edition.kind)).or_default() += edition.spenders.len();
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(period, _)| period)
}

fn period_words(renderer: &Renderer<'_>, year: u16, kind: Kind) -> String {
    let kind = renderer.words.among("kind", kind.word());
    renderer.words.fill("department.period", &[("year", &year.to_string()), ("kind", kind)])
}

fn write_page(renderer: &Renderer<'_>, item: &CodeItem) {
    let words = &renderer.words;
    let page_url = item.url();
    let sentence = item.main_edition().map(|edition| sentence(renderer, &page_url, item, edition));
    let sentence = sentence.unwrap_or_else(|| Phrase::from_words(words.get("codes.nothing")));
    let exhibits = [
        item.main_edition().map(|edition| departments(renderer, &page_url, item, edition)),
        years(renderer, &page_url, item),
        comparison(renderer, &page_url, item),
        below(renderer, &page_url, item),
    ];
    let title = format!("{} {}", item.code, item.name).trim_end().to_owned();
    let (exhibits, downloads) =
        table_files::publish(renderer, &page_url, &title, exhibits.into_iter().flatten().collect());
    let mut context = Context::new();
    context.insert("code", &item.code);
    context.insert("name", &item.name);
    context.insert("about", word(renderer, item.classification, "about"));
    context.insert("other_names", &item.other_names.join(words.get("punctuation.list")));
    context.insert("sentence", &sentence.html());
    context.insert("above", &above(renderer, &page_url, item));
    context.insert("exhibits", &exhibits);
    context.insert("downloads", &downloads);
    let page = Page {
        title,
        description: sentence.text(),
        section: "functions",
        above: vec![(
            word(renderer, item.classification, "title").to_owned(),
            list_url(item.classification).to_owned(),
        )],
        url: page_url,
        ..Page::default()
    };
    renderer.page(&page, "code.html", context);
}

/// The code above, as a link.
fn above(renderer: &Renderer<'_>, page: &str, item: &CodeItem) -> Option<Link> {
    let is_above = |other: &&CodeItem| other.classification == item.classification && other.code == item.parent;
    let parent = renderer.site.codes.iter().find(is_above)?;
    Some(Link { label: format!("{} {}", parent.code, parent.name), href: links::href(page, &parent.url()) })
}

/// 「2025年预算：列有科目的3个部门中，2个列有“教育支出”，合计12.00万元。最多的是某局，8.00万元，占66.7%。」
fn sentence(renderer: &Renderer<'_>, page: &str, item: &CodeItem, edition: &CodeEdition) -> Phrase {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, page);
    let mut values = vec![
        ("period", period_words(renderer, edition.year, edition.kind).into()),
        ("of", edition.of.to_string().into()),
        ("count", edition.spenders.len().to_string().into()),
        ("name", item.name.as_str().into()),
        ("amount", figures.sum(edition.sum.into()).into()),
    ];
    let Some((first, largest)) = edition.spenders.first() else { return Phrase::default() };
    let department = renderer.site.departments[*first].name.as_str();
    values.push(("department", department.into()));
    values.push(("largest", figures.of(largest).into()));
    if edition.spenders.len() == 1 {
        return Phrase::fill(words, "codes.sentence_one", values);
    }
    let share = number::share(words, (&largest.amount).into(), edition.sum.into());
    let share = share.map(|share| words.fill("sentence.share", &[("rate", &share)])).unwrap_or_default();
    values.push(("share", share.into()));
    Phrase::fill(words, "codes.sentence", values)
}

/// Who spends it, the largest first.
fn departments(renderer: &Renderer<'_>, page: &str, item: &CodeItem, edition: &CodeEdition) -> Exhibit {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, page);
    let period = period_words(renderer, edition.year, edition.kind);
    let share = |amount: &Sourced| number::share(words, (&amount.amount).into(), edition.sum.into());
    let name = |department: usize| renderer.site.departments[department].name.clone();
    let bars: Vec<Bar> = edition
        .spenders
        .iter()
        .map(|(department, amount)| Bar {
            name: name(*department),
            value: chart_value(Some(&amount.amount)),
            share: share(amount),
            note: None,
        })
        .collect();
    let row = |(department, amount): &(usize, Sourced)| {
        let href = links::href(page, &renderer.site.departments[*department].url);
        Row::new(vec![
            Cell::Link { text: name(*department), href },
            Cell::Amount(figures.of(amount)),
            share(amount).map_or(Cell::Blank, Cell::Number),
        ])
    };
    let values = [("period", period.as_str()), ("name", item.name.as_str()), ("code", item.code.as_str())];
    let title = words.fill("codes.departments_title", &values);
    let coverage = coverage(renderer, edition);
    let text =
        chart_text(&renderer.words, "departments", title.clone(), period.clone(), coverage.clone(), title.clone());
    let left_out = edition.spenders.len().saturating_sub(LONGEST_LIST);
    let mut notes = vec![words.fill("codes.coverage_note", &[("coverage", &coverage)])];
    if left_out > 0 {
        notes.push(words.fill("codes.left_out", &[("count", &left_out.to_string())]));
    }
    Exhibit {
        id: "departments",
        heading: words.get("codes.departments").to_owned(),
        chart_title: title,
        // One bar shows nothing that the sentence does not say.
        chart: if bars.len() > 1 { chart::ranking(&text, &bars) } else { None },
        table: Some(Table {
            id: "departments-table".to_owned(),
            caption: words.fill("codes.departments_caption", &values),
            columns: vec![
                Column::words(words.get("column.department")),
                Column::amounts(words.get("column.amount")),
                Column::numbers(words.get("column.share")),
            ],
            rows: edition.spenders.iter().take(LONGEST_LIST).map(row).collect(),
            sortable: true,
        }),
        notes,
        ..Exhibit::default()
    }
}

fn coverage(renderer: &Renderer<'_>, edition: &CodeEdition) -> String {
    let values = [("included", edition.spenders.len().to_string()), ("of", edition.of.to_string())];
    renderer.words.fill("region.coverage", &[("included", &values[0].1), ("of", &values[1].1)])
}

/// The sums of all years. They cover different departments from year to year, so no line joins them.
fn years(renderer: &Renderer<'_>, page: &str, item: &CodeItem) -> Option<Exhibit> {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, page);
    if item.editions.len() < 2 {
        return None;
    }
    let row = |edition: &CodeEdition| {
        Row::new(vec![
            Cell::Text(period_words(renderer, edition.year, edition.kind)),
            Cell::Amount(figures.sum(edition.sum.into())),
            Cell::Text(coverage(renderer, edition)),
        ])
    };
    Some(Exhibit {
        id: "years",
        heading: words.get("codes.years").to_owned(),
        table: Some(Table {
            id: "years-table".to_owned(),
            caption: words.fill("codes.years_caption", &[("name", &item.name)]),
            columns: vec![
                Column::short(words.get("column.year")),
                Column::amounts(words.get("column.amount")),
                Column::short(words.get("column.coverage")),
            ],
            rows: item.editions.iter().map(row).collect(),
            sortable: false,
        }),
        notes: vec![words.get("codes.years_note").to_owned()],
        ..Exhibit::default()
    })
}

/// Budget against final account of the newest year in which a department has both.
fn comparison(renderer: &Renderer<'_>, page: &str, item: &CodeItem) -> Option<Exhibit> {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, page);
    let finals = item.editions.iter().filter(|edition| edition.kind == Kind::Final);
    let (year, pairs) = finals
        .filter_map(|last| {
            let budget = item.edition(last.year, Kind::Budget)?;
            let planned: HashMap<usize, &Sourced> =
                budget.spenders.iter().map(|(department, planned)| (*department, planned)).collect();
            let both = last
                .spenders
                .iter()
                .filter_map(|(department, spent)| Some((*department, *planned.get(department)?, spent)));
            Some((last.year, both.collect::<Vec<(usize, &Sourced, &Sourced)>>()))
        })
        .find(|(_, pairs)| !pairs.is_empty())?;
    let completion =
        |budget: &Sourced, spent: &Sourced| number::share(words, (&spent.amount).into(), (&budget.amount).into());
    let name = |department: usize| renderer.site.departments[department].name.clone();
    let drawn: Vec<Pair> = pairs
        .iter()
        .take(MOST_PAIRS)
        .map(|(department, budget, spent)| Pair {
            name: name(*department),
            budget: chart_value(Some(&budget.amount)),
            final_: chart_value(Some(&spent.amount)),
            completion: completion(budget, spent),
        })
        .collect();
    let row = |(department, budget, spent): &(usize, &Sourced, &Sourced)| {
        let difference = number::difference((&spent.amount).into(), (&budget.amount).into());
        Row::new(vec![
            Cell::Link {
                text: name(*department),
                href: links::href(page, &renderer.site.departments[*department].url),
            },
            Cell::Amount(figures.of(budget)),
            Cell::Amount(figures.of(spent)),
            Cell::Amount(figures.sum(difference)),
            completion(budget, spent).map_or(Cell::Blank, Cell::Number),
        ])
    };
    let values = [("year", year.to_string()), ("name", item.name.to_string())];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    let title = words.fill("codes.comparison_title", &values);
    let text = chart_text(&renderer.words, "comparison", title.clone(), String::new(), String::new(), title.clone());
    Some(Exhibit {
        id: "comparison",
        heading: words.fill("department.comparison", &values),
        chart_title: title,
        chart: chart::budget_against_final(&text, &drawn),
        table: Some(Table {
            id: "comparison-table".to_owned(),
            caption: words.fill("codes.comparison_caption", &values),
            columns: vec![
                Column::words(words.get("column.department")),
                Column::amounts(words.get("column.budget")),
                Column::amounts(words.get("column.final")),
                Column::amounts(words.get("column.difference")),
                Column::numbers(words.get("column.completion")),
            ],
            rows: pairs.iter().take(LONGEST_LIST).map(row).collect(),
            sortable: true,
        }),
        ..Exhibit::default()
    })
}

/// The codes directly below, with their sums in the main year.
fn below(renderer: &Renderer<'_>, page: &str, item: &CodeItem) -> Option<Exhibit> {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, page);
    let edition = item.main_edition()?;
    let is_below = |other: &&CodeItem| other.classification == item.classification && other.parent == item.code;
    let row = |other: &CodeItem| {
        let own = other.edition(edition.year, edition.kind);
        let amount = own.map_or_else(|| figures.absent(Absence::NotTold), |one| figures.sum(one.sum.into()));
        Row::new(vec![
            Cell::Link { text: other.name.to_string(), href: links::href(page, &other.url()) },
            Cell::Text(other.code.to_string()),
            Cell::Amount(amount),
            Cell::Number(own.map_or(0, |one| one.spenders.len()).to_string()),
        ])
    };
    let rows: Vec<Row> = renderer.site.codes.iter().filter(is_below).map(row).collect();
    let period = period_words(renderer, edition.year, edition.kind);
    (!rows.is_empty()).then(|| Exhibit {
        id: "below",
        heading: words.get("codes.below").to_owned(),
        table: Some(Table {
            id: "below-table".to_owned(),
            caption: words.fill("codes.below_caption", &[("period", &period), ("name", &item.name)]),
            columns: vec![
                Column::words(words.get("column.name")),
                Column::short(words.get("column.code")),
                Column::amounts(words.get("column.amount")),
                Column::numbers(words.get("column.departments")),
            ],
            rows,
            sortable: true,
        }),
        ..Exhibit::default()
    })
}
