//! Comparing two to four departments or years. The page holds the list of what can be compared; each department's
//! numbers lie in a script beside its page, because a page that is opened from a disk may load scripts and no data.
//! Shares and amounts are computed here; `static/compare.js` only puts them side by side.

use rust_decimal::Decimal;
use serde::Serialize;
use tera::{Context, Value};

use crate::assemble::{Department, Sourced, absence};
use crate::model::{Amount, FunctionLevel, StatementKind, ThreePublicPart};
use crate::render::page::{Page, Renderer};
use crate::render::wording::escape::visible;
use crate::render::wording::figure::{Figure, Figures};
use crate::render::wording::words::Words;
use crate::render::wording::{links, number};

const URL: &str = "compare/";

/// A department in the list.
#[derive(Serialize)]
struct Listed<'a> {
    slug: &'a str,
    name: &'a str,
    /// Its editions: year and `budget` or `final`, newest first.
    editions: Vec<(u16, &'static str)>,
}

/// One disclosure's numbers.
#[derive(Serialize)]
struct Edition {
    year: u16,
    kind: &'static str,
    title: String,
    url: String,
    rows: Vec<Line>,
}

/// One number of it.
#[derive(Serialize)]
struct Line {
    /// What it is: rows of one id stand side by side.
    id: String,
    label: String,
    /// The amount in 万元, or the sign for its absence.
    text: String,
    /// Where it stands or why there is nothing.
    note: String,
    href: String,
    mark: String,
    /// Its share of expenditure in words, and as a number for the length of a bar.
    share: String,
    percent: String,
}

/// Writes the page.
pub(super) fn write(renderer: &Renderer<'_>) {
    let words = &renderer.words;
    let site = renderer.site;
    let list: Vec<Listed<'_>> = site.departments.iter().map(|department| listed(renderer, department)).collect();
    let mut context = Context::new();
    context.insert_value("index", Value::safe_string(&script_json(&list)));
    context.insert_value("script_words", Value::safe_string(&script_json(&words.section("compare"))));
    let title = words.get("compare.title").to_owned();
    let description = words.get("compare.lead").to_owned();
    let page = Page { url: URL.to_owned(), title, description, section: "compare", ..Page::default() };
    renderer.page(&page, "compare.html", context);
}

/// Writes the scripts of the departments.
pub(super) fn write_departments(renderer: &Renderer<'_>) {
    renderer.site.departments.iter().for_each(|department| {
        let editions: Vec<Edition> =
            department.disclosures.iter().filter_map(|index| edition(renderer, department, *index)).collect();
        let data = script_json(&(&department.slug, &department.name, editions));
        renderer.file(&format!("{}compare.js", department.url), format!("budgetsiteCompare({data});\n").into_bytes());
    });
}

/// A value as JSON that may stand inside a script.
fn script_json<T: Serialize + ?Sized>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    visible(&json).replace('<', "\\u003c").replace('>', "\\u003e")
}

fn listed<'a>(renderer: &Renderer<'a>, department: &'a Department) -> Listed<'a> {
    let edition = |index: &usize| {
        let identity = &renderer.site.disclosures[*index].disclosure.identity;
        Some((identity.year?, identity.kind?.word()))
    };
    Listed {
        slug: &department.slug,
        name: &department.name,
        editions: department.disclosures.iter().filter_map(edition).collect(),
    }
}

/// The numbers of a disclosure; `None` when its year or kind is not known.
fn edition(renderer: &Renderer<'_>, department: &Department, index: usize) -> Option<Edition> {
    let words = &renderer.words;
    let published = &renderer.site.disclosures[index];
    let disclosure = &published.disclosure;
    let (year, kind) = (disclosure.identity.year?, disclosure.identity.kind?);
    let figures = &disclosure.figures;
    let whole = figures.current_expenditure.as_ref().or(figures.expenditure_total.as_ref());
    let lines = Lines { words, figures: Figures::new(renderer.site, words, URL), index, whole };
    let missing = || lines.figures.absent(absence(disclosure, &[StatementKind::Expenditure]));
    let mut rows = vec![
        lines
            .line("total", words.get("figure.expenditure_total"), figures.expenditure_total.as_ref(), missing())
            .without_share(),
        lines.line("basic", words.get("figure.basic"), figures.basic.as_ref(), missing()),
        lines.line("project", words.get("figure.project"), figures.project.as_ref(), missing()),
    ];
    let classes = disclosure.functions.iter().filter(|function| function.level == FunctionLevel::Class);
    for class in classes.filter(|class| class.total.as_ref().is_some_and(|total| !total.yuan.is_zero())) {
        let label = format!("{} {}", class.code, class.name);
        rows.push(lines.line(&format!("f{}", class.code), &label, class.total.as_ref(), missing()));
    }
    let three_public = department.three_public_in(year, kind);
    for part in ThreePublicPart::ALL {
        let amount = three_public.and_then(|year| year.part(part)).map(|Sourced { amount, .. }| amount);
        let label = words.among("three_public_part", part.word());
        let missing = lines.figures.absent(absence(disclosure, &[StatementKind::ThreePublic]));
        rows.push(lines.line(&format!("t-{}", part.word()), label, amount, missing).without_share());
    }
    Some(Edition {
        year,
        kind: kind.word(),
        title: published.title.clone(),
        url: links::href(URL, &published.url),
        rows,
    })
}

/// Makes the lines of one disclosure.
struct Lines<'a> {
    words: &'a Words,
    figures: Figures<'a>,
    index: usize,
    whole: Option<&'a Amount>,
}

impl Lines<'_> {
    fn line(&self, id: &str, label: &str, amount: Option<&Amount>, missing: Figure) -> Line {
        let figure = amount.map_or(missing, |amount| self.figures.amount(self.index, amount));
        // A part that is negative or more than its whole is no share of it.
        let share = amount.zip(self.whole).filter(|(part, whole)| {
            part.yuan >= Decimal::ZERO && part.yuan <= whole.yuan + whole.quantum.max(part.quantum)
        });
        let rate = share.and_then(|(part, whole)| number::rate(part.into(), whole.into()));
        Line {
            id: id.to_owned(),
            label: label.to_owned(),
            text: figure.text,
            note: figure.note,
            href: figure.href.unwrap_or_default(),
            mark: figure.mark.map(|(_, word)| word).unwrap_or_default(),
            share: rate.map(|rate| rate.text(self.words)).unwrap_or_default(),
            percent: rate.map(|rate| rate.percent.to_string()).unwrap_or_default(),
        }
    }
}

impl Line {
    fn without_share(self) -> Line {
        Line { share: String::new(), percent: String::new(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::script_json;

    #[test]
    fn names_of_documents_cannot_leave_the_script() {
        let escaped = "[\"\\u003c/script\\u003e\\u003cb\\u003e\",\"\u{fffd}\\\"甲\"]";
        assert_eq!(script_json(&["</script><b>", "\u{2028}\"甲"]), escaped);
    }
}
