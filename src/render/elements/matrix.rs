//! Departments and years: what was published, and how its checks ended. For regions and for the status of the site.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::render::elements::check_counts::CheckCounts;
use crate::render::elements::exhibit::Link;
use crate::render::page::Renderer;
use crate::render::wording::links;

/// The template `matrix.html` shows it.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Matrix {
    /// The heads: years, and a last one for documents that tell no year.
    years: Vec<String>,
    rows: Vec<MatrixRow>,
}

#[derive(Debug, Serialize)]
struct MatrixRow {
    department: Link,
    cells: Vec<Vec<MatrixCell>>,
}

/// A disclosure in its year.
#[derive(Debug, Serialize)]
struct MatrixCell {
    label: String,
    href: String,
    class: &'static str,
    sign: String,
    title: String,
}

/// The matrix of these departments, with a column for every year in which one of `among` disclosed.
pub(in crate::render) fn matrix(renderer: &Renderer<'_>, page: &str, departments: &[usize], among: &[usize]) -> Matrix {
    let site = renderer.site;
    // A document that tells no year comes last.
    let year_of = |index: &usize| site.disclosures[*index].disclosure.identity.year.unwrap_or(u16::MAX);
    let disclosures = among.iter().flat_map(|index| &site.departments[*index].disclosures);
    let mut years: Vec<u16> = disclosures.map(year_of).collect();
    years.sort_unstable();
    years.dedup();
    let rows = departments
        .iter()
        .map(|index| &site.departments[*index])
        .map(|department| {
            let mut by_year: BTreeMap<u16, Vec<MatrixCell>> = years.iter().map(|year| (*year, Vec::new())).collect();
            for index in department.disclosures.iter().rev() {
                if let Some(cells) = by_year.get_mut(&year_of(index)) {
                    cells.push(cell(renderer, *index, page));
                }
            }
            let link = Link { label: department.name.clone(), href: links::href(page, &department.url) };
            MatrixRow { department: link, cells: by_year.into_values().collect() }
        })
        .collect();
    let head = |year: u16| match year {
        u16::MAX => renderer.words.get("region.undated").to_owned(),
        year => year.to_string(),
    };
    Matrix { years: years.into_iter().map(head).collect(), rows }
}

fn cell(renderer: &Renderer<'_>, index: usize, page: &str) -> MatrixCell {
    let words = &renderer.words;
    let published = &renderer.site.disclosures[index];
    let counts = published.ledger.counts;
    let (class, sign) = match counts {
        counts if counts.fail > 0 => ("fail", format!("✗ {}", counts.fail)),
        counts if counts.unreadable > 0 => ("unread", "?".to_owned()),
        counts if counts.rounding > 0 => ("rounding", "≈".to_owned()),
        counts if counts.pass > 0 => ("pass", "✓".to_owned()),
        _ => ("quiet", String::new()),
    };
    let kind = published.disclosure.identity.kind;
    let label = kind.map_or_else(|| words.get("region.unknown_kind"), |kind| words.among("kind", kind.word()));
    MatrixCell {
        label: label.to_owned(),
        href: links::href(page, &published.url),
        class,
        sign,
        title: format!("{} {}", published.title, CheckCounts::new(words, counts).text()),
    }
}
