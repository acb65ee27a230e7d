//! The status of the site: what every department published in every year, what has problems, and how many days lay
//! between approval and publication where both dates are known.

use serde::Serialize;
use tera::Context;

use crate::assemble::PublishedDisclosure;
use crate::model::StatementState;
use crate::render::elements::exhibit::Link;
use crate::render::elements::matrix::{Matrix, matrix};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::page::{Page, Renderer};
use crate::render::wording::{links, number};

const URL: &str = "status/";
/// A matrix of more departments makes a page slow; the pages of regions have them all.
const MOST_DEPARTMENTS: usize = 1000;
/// Within how many days of its approval a disclosure must be published (预算法第十四条).
const DAYS: i64 = 20;

/// The departments of one region.
#[derive(Debug, Serialize)]
struct Section {
    id: String,
    region: Link,
    matrix: Matrix,
}

/// A number with what it counts.
#[derive(Debug, Serialize)]
struct Count {
    label: String,
    count: String,
}

/// Writes the page.
pub(super) fn write(renderer: &Renderer<'_>) {
    let words = &renderer.words;
    let dates = dates(renderer);
    if let Some(table) = &dates {
        renderer.file(&format!("{URL}dates.csv"), table.csv(words));
    }
    let left_out = renderer.site.departments.len().saturating_sub(MOST_DEPARTMENTS);
    let mut context = Context::new();
    context.insert("counts", &counts(renderer));
    context.insert("sections", &sections(renderer));
    context.insert("dates", &dates.map(|table| crate::render::elements::exhibit::shortened(words, table).html()));
    context.insert("left_out", &(left_out > 0).then(|| left_out.to_string()));
    let title = words.get("status.title").to_owned();
    let description = words.get("status.lead").to_owned();
    let page = Page { url: URL.to_owned(), title, description, section: "status", ..Page::default() };
    renderer.page(&page, "status.html", context);
}

/// How many documents there are, and how many of them have what kind of problem.
fn counts(renderer: &Renderer<'_>) -> Vec<Count> {
    let current = || renderer.site.current().map(|(_, published)| published);
    let has = |test: fn(&PublishedDisclosure) -> bool| current().filter(|one| test(one)).count();
    let lacks_statement = |one: &PublishedDisclosure| {
        one.disclosure.statements.iter().any(|statement| statement.state == StatementState::AnnouncedMissing)
    };
    let unread = |one: &PublishedDisclosure| {
        one.disclosure.statements.iter().any(|statement| statement.state == StatementState::Unreadable)
    };
    let count = |key: &str, count: usize| Count {
        label: renderer.words.get(key).to_owned(),
        count: number::count(count as u64),
    };
    vec![
        count("status.documents", current().count()),
        count("status.with_differences", has(|one| one.ledger.counts.fail > 0)),
        count("status.with_missing_statements", has(lacks_statement)),
        count("status.with_unread_statements", has(unread)),
        count("status.undated", has(|one| one.disclosure.identity.year.is_none())),
    ]
}

/// The departments by region, those without one last.
fn sections(renderer: &Renderer<'_>) -> Vec<Section> {
    let site = renderer.site;
    let mut left = MOST_DEPARTMENTS;
    let mut groups: Vec<(Link, Vec<usize>)> = Vec::new();
    for node in site.regions.iter().filter(|node| !node.departments.is_empty()) {
        groups.push((Link { label: node.name.clone(), href: links::href(URL, &node.url) }, node.departments.clone()));
    }
    let homeless: Vec<usize> =
        (0..site.departments.len()).filter(|index| site.departments[*index].region_node.is_none()).collect();
    if !homeless.is_empty() {
        let label = renderer.words.get("home.no_region").to_owned();
        groups.push((Link { label, href: String::new() }, homeless));
    }
    // The years of the whole site: those in which a region has nothing say something too, and stand in one line.
    let all: Vec<usize> = (0..site.departments.len()).collect();
    let mut sections = Vec::new();
    for (number, (region, mut departments)) in (1..).zip(groups) {
        departments.truncate(left);
        left -= departments.len();
        if !departments.is_empty() {
            sections.push(Section {
                id: format!("region-{number}"),
                region,
                matrix: matrix(renderer, URL, &departments, &all),
            });
        }
    }
    sections
}

/// The disclosures that tell both dates.
fn dates(renderer: &Renderer<'_>) -> Option<Table> {
    let words = &renderer.words;
    let row = |(_, published): (usize, &PublishedDisclosure)| {
        let identity = &published.disclosure.identity;
        let (approved, told) = (identity.approved.as_deref()?, identity.published.as_deref()?);
        let days = day_number(told)? - day_number(approved)?;
        let key = match days {
            days if days < 0 => "status.before_approval",
            days if days <= DAYS => "status.in_time",
            _ => "status.late",
        };
        Some(Row::new(vec![
            Cell::Link { text: published.title.clone(), href: links::href(URL, &published.url) },
            Cell::Text(approved.to_owned()),
            Cell::Text(told.to_owned()),
            Cell::Number(days.to_string()),
            Cell::Text(words.get(key).to_owned()),
        ]))
    };
    let rows: Vec<Row> = renderer.site.current().filter_map(row).collect();
    (!rows.is_empty()).then(|| Table {
        id: "dates-table".to_owned(),
        caption: words.get("status.dates_caption").to_owned(),
        columns: vec![
            Column::words(words.get("checks.document")),
            Column::short(words.get("disclosure.approved")),
            Column::short(words.get("disclosure.published")),
            Column::numbers(words.get("status.days")),
            Column::words(words.get("status.verdict")),
        ],
        rows,
        sortable: true,
    })
}

/// The number of a day of the calendar, so that two of them can be subtracted; `None` for anything but `YYYY-MM-DD`.
fn day_number(date: &str) -> Option<i64> {
    if !crate::settings::is_date(date) {
        return None;
    }
    let mut parts = date.split('-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    // Years that begin in March have the odd day of leap years at their end.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_between_dates_are_counted_over_months_and_leap_years() {
        for (from, to, days) in [
            ("2025-02-01", "2025-02-21", 20),
            ("2024-02-28", "2024-03-01", 2),
            ("2025-02-28", "2025-03-01", 1),
            ("2024-12-31", "2025-01-01", 1),
            ("2025-03-01", "2025-02-27", -2),
            ("2000-01-01", "2400-01-01", 146_097),
        ] {
            assert_eq!(day_number(to).zip(day_number(from)).map(|(to, from)| to - from), Some(days), "{from} {to}");
        }
        assert_eq!((day_number("2025-02-30"), day_number("二月")), (None, None));
    }
}
