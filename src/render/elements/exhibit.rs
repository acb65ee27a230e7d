//! An exhibit: one question of a page, answered in a fixed order: sentence, chart, table, downloads.
//!
//! The chart as a self-contained file and the table as CSV are written beside the page.

use rust_decimal::Decimal;
use serde::Serialize;
use tera::Context;

use crate::assemble::PublishedDisclosure;
use crate::chart::{self, Chart, ChartText, Mark};
use crate::model::{Amount, Change, Origin, Unit};
use crate::render::elements::table::Table;
use crate::render::page::{Page, Renderer};
use crate::render::wording::figure::is_sum;
use crate::render::wording::links;
use crate::render::wording::number::{self, Known, Movement};
use crate::render::wording::phrase::Phrase;
use crate::render::wording::words::Words;

/// One question with its answer.
#[derive(Debug, Clone, Default)]
pub struct Exhibit {
    /// ASCII, unique on its page; names the files too.
    pub id: &'static str,
    /// The question's name.
    pub heading: String,
    /// The answer in words.
    pub sentence: Phrase,
    /// The headline of the picture.
    pub chart_title: String,
    /// The picture.
    pub chart: Option<Chart>,
    /// The numbers.
    pub table: Option<Table>,
    /// Where the numbers stand: words and link.
    pub source: Option<(String, String)>,
    /// Stated reasons: what they are about, the words of the document, the link to their line.
    pub reasons: Vec<Reason>,
    /// Remarks in small print.
    pub notes: Vec<String>,
}

/// A reason that a document states.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Reason {
    /// What changed.
    pub subject: String,
    /// The document's own words.
    pub text: String,
    /// The link to the line.
    pub href: String,
    /// The words of the link: 「原文第106行」.
    pub place: String,
}

impl Reason {
    /// The reason of a stated change; `None` when the document gives none.
    pub fn new(
        words: &Words,
        page: &str,
        subject: &str,
        published: &PublishedDisclosure,
        change: &Change,
    ) -> Option<Self> {
        let text = change.reason.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
        Some(Reason {
            subject: subject.to_owned(),
            text: text.to_owned(),
            href: links::source_href(page, published, change.place),
            place: words.fill("place.line", &[("line", &change.place.line.to_string())]),
        })
    }
}

/// An exhibit as the template `exhibit.html` reads it. `sentence`, `chart` and `table` are finished HTML.
#[derive(Debug, Serialize)]
pub struct ExhibitValues {
    id: &'static str,
    heading: String,
    sentence: String,
    chart_title: String,
    chart: Option<String>,
    /// True when the table is too wide to stand beside the picture.
    wide: bool,
    /// True when the table may be broken over printed pages.
    long: bool,
    table: Option<String>,
    source: Option<Link>,
    downloads: Vec<Link>,
    /// The page that shows the picture alone, for other sites.
    embed: Option<Link>,
    reasons: Vec<Reason>,
    notes: Vec<String>,
}

/// A link of a page.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The words.
    pub label: String,
    /// Where they lead, as seen from the page.
    pub href: String,
}

/// A table of more columns does not fit beside a picture.
const BESIDE: usize = 6;
/// A table of more rows does not always fit what is left of a printed page.
const UNBROKEN: usize = 12;

impl Exhibit {
    /// Writes the files beside the page and gives the values for the template.
    pub fn publish(self, renderer: &Renderer<'_>, page_url: &str) -> ExhibitValues {
        let mut downloads = Vec::new();
        let mut write = |extension: &str, key: &str, bytes: Vec<u8>| {
            let href = format!("{}.{extension}", self.id);
            renderer.file(&format!("{page_url}{href}"), bytes);
            downloads.push(Link { label: renderer.words.get(key).to_owned(), href });
        };
        if let Some(chart) = &self.chart {
            write("svg", "exhibit.svg", chart.file.clone().into_bytes());
        }
        if let Some(table) = &self.table {
            write("csv", "exhibit.csv", table.csv(&renderer.words));
        }
        let table = self.table.map(|table| shortened(&renderer.words, table));
        let embed = self.chart.as_ref().map(|chart| embed(renderer, page_url, (self.id, &self.chart_title), chart));
        ExhibitValues {
            id: self.id,
            heading: self.heading,
            sentence: self.sentence.html(),
            chart_title: self.chart_title,
            chart: self.chart.map(|chart| chart.inline),
            wide: table.as_ref().is_some_and(|table| table.columns.len() > BESIDE),
            long: table.as_ref().is_some_and(|table| table.rows.len() > UNBROKEN),
            table: table.as_ref().map(Table::html),
            source: self.source.map(|(label, href)| Link { label, href }),
            downloads,
            embed,
            reasons: self.reasons,
            notes: self.notes,
        }
    }
}

/// A page shows no more rows of a table: the pages of a large site would grow with it. The CSV file beside has them all.
pub(in crate::render) const MOST_ROWS: usize = 500;

/// A table as a page shows it: the first rows of a very long one, which its caption then says.
pub(in crate::render) fn shortened(words: &Words, mut table: Table) -> Table {
    let all = table.rows.len();
    if all > MOST_ROWS {
        table.rows.truncate(MOST_ROWS);
        let values =
            [("caption", table.caption.as_str()), ("count", &all.to_string()), ("shown", &MOST_ROWS.to_string())];
        table.caption = words.fill("exhibit.first_rows", &values);
    }
    table
}

/// Writes the page that shows a picture alone, and gives the link to it.
fn embed(renderer: &Renderer<'_>, page_url: &str, (id, title): (&str, &str), chart: &Chart) -> Link {
    let url = format!("{page_url}embed/{id}/");
    let mut context = Context::new();
    context.insert("title", title);
    context.insert("description", &chart.description);
    context.insert("picture", &format!("../../{id}.svg"));
    context.insert("target", &format!("../../index.html#{id}"));
    let page = Page {
        url: url.clone(),
        title: chart.name.clone(),
        description: chart.description.clone(),
        section: "embed",
        ..Page::default()
    };
    renderer.page(&page, "embed.html", context);
    Link { label: renderer.words.get("exhibit.embed").to_owned(), href: links::href(page_url, &url) }
}

/// The value of an amount in a picture in 万元, labelled as in running text.
pub fn chart_value(amount: Option<&Amount>) -> chart::Value {
    let Some(amount) = amount else { return chart::Value::missing() };
    let mark = match &amount.origin {
        Origin::Printed | Origin::Narrative => Mark::Printed,
        origin if is_sum(origin) => Mark::Printed,
        Origin::Repaired { .. } => Mark::Repaired,
        Origin::Derived { .. } => Mark::Derived,
    };
    chart::Value { amount: Some(amount.yuan), label: number::brief(amount.into()).0, mark }
}

/// True when one of some values is not zero: a picture of nothing but zeros would show lines without marks, and the words
/// and the table beside it say it better.
pub fn is_worth_drawing<'v>(mut values: impl Iterator<Item = &'v chart::Value>) -> bool {
    values.any(|value| value.amount.is_some_and(|amount| !amount.is_zero()))
}

/// The change of a value as a bar of a picture: the difference with its sign, and the rate where one may be told.
pub fn chart_change(words: &Words, name: &str, now: Known, before: Known) -> chart::Bar {
    let difference = number::difference(now, before);
    let sign = if difference.yuan > Decimal::ZERO { "+" } else { "" };
    let label = format!("{sign}{}", number::brief(difference).0);
    let share = match number::movement(now, before) {
        Movement::By(rate) => Some(rate.signed_text(words)),
        Movement::Level | Movement::FromZero => None,
    };
    let value = chart::Value::printed(difference.yuan, label);
    chart::Bar { name: name.to_owned(), value, share, note: None }
}

/// The words around a picture in 万元.
pub fn chart_text(
    words: &Words,
    id: &str,
    title: String,
    subtitle: String,
    source: String,
    description: String,
) -> ChartText {
    let (id, words) = (format!("chart-{id}"), words.of_charts());
    ChartText { id, title, subtitle, unit: Unit::TenThousandYuan, source, description, words }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ROWS, is_worth_drawing, shortened};
    use crate::chart::Value;
    use crate::render::elements::table::{Cell, Column, Row, Table};
    use crate::render::samples::words;

    #[test]
    fn nothing_but_zeros_is_not_drawn() {
        let zero = || Value::printed(rust_decimal::Decimal::ZERO, "0.00");
        for (values, drawn) in [
            (vec![], false),
            (vec![zero(), zero(), Value::missing()], false),
            (vec![zero(), Value::printed(rust_decimal::Decimal::NEGATIVE_ONE, "-1.00")], true),
        ] {
            assert_eq!(is_worth_drawing(values.iter()), drawn, "{values:?}");
        }
    }

    #[test]
    fn a_long_table_shows_its_first_rows_and_says_so() {
        let table = |count: usize| Table {
            id: "t".to_owned(),
            caption: "部门".to_owned(),
            columns: vec![Column::words("名称")],
            rows: (0..count).map(|number| Row::new(vec![Cell::Text(number.to_string())])).collect(),
            sortable: true,
        };
        let short = shortened(&words(), table(MOST_ROWS));
        assert_eq!((short.rows.len(), short.caption.as_str()), (MOST_ROWS, "部门"));
        let long = shortened(&words(), table(MOST_ROWS + 3));
        assert_eq!(long.rows.len(), MOST_ROWS);
        assert_eq!(long.caption, "部门（共503行，这里是前500行，全部见 CSV）");
    }
}
