//! The small tables of overview pages. One value makes the HTML table, the CSV file beside the page and the order in
//! which a reader sorts.

use crate::export::{Sheet, SheetCell, push_line};
use crate::model::Unit;
use crate::render::wording::escape::{push_attribute, push_text};
use crate::render::wording::figure::Figure;
use crate::render::wording::phrase::link;
use crate::render::wording::words::Words;

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Unique on its page.
    pub id: String,
    /// What it shows, with year, phase and unit.
    pub caption: String,
    /// From left to right; the first column names its row.
    pub columns: Vec<Column>,
    /// In order of display.
    pub rows: Vec<Row>,
    /// True when readers may sort it.
    pub sortable: bool,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Numbers stand right; the unit is added to the head in the CSV file.
    pub unit: Option<Measure>,
    /// True for short words that are never broken.
    pub short: bool,
    /// True for what stands on the page within another column and has one of its own in the files only.
    pub files_only: bool,
}

impl Column {
    /// A column of words.
    pub fn words(head: &str) -> Self {
        Column { head: head.to_owned(), unit: None, short: false, files_only: false }
    }

    /// A column of codes, years and other short words.
    pub fn short(head: &str) -> Self {
        Column { short: true, ..Column::words(head) }
    }

    /// A column of codes that stand before the names on the page ([`Cell::Coded`]).
    pub fn codes(head: &str) -> Self {
        Column { files_only: true, ..Column::short(head) }
    }

    /// A column of amounts in 万元.
    pub fn amounts(head: &str) -> Self {
        Column { unit: Some(Measure::Amount), ..Column::short(head) }
    }

    /// A column of shares, rates and counts.
    pub fn numbers(head: &str) -> Self {
        Column { unit: Some(Measure::Plain), ..Column::short(head) }
    }
}

/// What the numbers of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Amounts in 万元.
    Amount,
    /// Shares, rates and counts.
    Plain,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// An id to link to; empty for none.
    pub id: String,
    /// `total`, `part` or empty.
    pub class: &'static str,
    /// As many as there are columns.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Words that lead somewhere.
    Link {
        /// The words.
        text: String,
        /// Where they lead.
        href: String,
    },
    /// A name with its code before it; the files have the code in a column of its own.
    Coded {
        /// The code.
        code: String,
        /// The name.
        text: String,
        /// Where the name leads; empty for nowhere.
        href: String,
    },
    /// A term that the glossary explains.
    Term {
        /// The words.
        text: String,
        /// The entry of the glossary.
        href: String,
        /// The explanation in short.
        explanation: String,
    },
    /// An amount.
    Amount(Figure),
    /// A share, a rate or a count as text, such as 「77.5%」; it sorts by its digits.
    Number(String),
    /// Nothing to say here.
    Blank,
}

impl Table {
    /// Leaves out columns in which no row says anything; the first column stays.
    pub fn drop_empty_columns(&mut self) {
        for index in (1..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row.cells.get(index).is_none_or(Cell::is_empty)) {
                self.columns.remove(index);
                self.rows
                    .iter_mut()
                    .filter(|row| row.cells.len() > index)
                    .for_each(|row| drop(row.cells.remove(index)));
            }
        }
    }

    /// Leaves out a column of words, named by its head, that says the same in every row.
    pub fn drop_constant_column(&mut self, head: &str) {
        let Some(index) = self.columns.iter().position(|column| column.head == head) else { return };
        let mut values = self.rows.iter().map(|row| row.cells.get(index).map(Cell::plain));
        let first = values.next().flatten();
        if values.all(|value| value == first) {
            self.columns.remove(index);
            self.rows.iter_mut().filter(|row| row.cells.len() > index).for_each(|row| drop(row.cells.remove(index)));
        }
    }

    /// The table in its scrolling box.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(512 + self.rows.len() * self.columns.len() * 96);
        html.push_str("<div class=\"table-box\" role=\"region\" tabindex=\"0\" aria-labelledby=\"");
        push_attribute(&mut html, &self.id);
        html.push_str("-caption\"><table class=\"data");
        html.push_str(if self.sortable { " sortable" } else { "" });
        html.push_str("\"><caption id=\"");
        push_attribute(&mut html, &self.id);
        html.push_str("-caption\">");
        push_text(&mut html, &self.caption);
        html.push_str("</caption><thead><tr>");
        for column in self.columns.iter().filter(|column| !column.files_only) {
            html.push_str(match (self.sortable, column.unit) {
                (true, Some(_)) => "<th scope=\"col\" class=\"number\" data-first=\"descending\">",
                (true, None) => "<th scope=\"col\" data-first=\"ascending\">",
                (false, Some(_)) => "<th scope=\"col\" class=\"number\">",
                (false, None) => "<th scope=\"col\">",
            });
            push_text(&mut html, &column.head);
            html.push_str("</th>");
        }
        html.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            self.push_row(&mut html, row);
        }
        html.push_str("</tbody></table></div>");
        html
    }

    fn push_row(&self, html: &mut String, row: &Row) {
        html.push_str("<tr");
        for (name, value) in [("id", row.id.as_str()), ("class", row.class)] {
            if !value.is_empty() {
                html.push_str(&format!(" {name}=\""));
                push_attribute(html, value);
                html.push('"');
            }
        }
        html.push('>');
        let shown = row.cells.iter().zip(&self.columns).filter(|(_, column)| !column.files_only);
        for (index, (cell, column)) in shown.enumerate() {
            let element = if index == 0 { "th" } else { "td" };
            html.push_str(&format!("<{element}"));
            html.push_str(if index == 0 { " scope=\"row\"" } else { "" });
            html.push_str(match (column.unit, column.short) {
                (Some(_), _) => " class=\"number\"",
                (None, true) => " class=\"short\"",
                (None, false) => "",
            });
            if let (true, Some(value)) = (self.sortable, cell.sort_value()) {
                html.push_str(&format!(" data-value=\"{value}\""));
            }
            html.push('>');
            cell.push_html(html);
            html.push_str(&format!("</{element}>"));
        }
        html.push_str("</tr>");
    }

    /// The table as CSV: plain numbers, and what is derived or repaired said in a last column.
    pub fn csv(&self, words: &Words) -> Vec<u8> {
        let notes: Vec<String> = self.rows.iter().map(Row::remarks).collect();
        let with_notes = notes.iter().any(|note| !note.is_empty());
        // Office programs take a file without the mark for one in the system's own encoding.
        let mut csv = String::from("\u{feff}");
        let heads = self.columns.iter().map(|column| column.head_with_unit(words));
        push_line(&mut csv, heads.chain(with_notes.then(|| words.get("exhibit.remarks").to_owned())));
        for (row, note) in self.rows.iter().zip(notes) {
            push_line(&mut csv, row.cells.iter().map(Cell::plain).chain(with_notes.then_some(note)));
        }
        csv.into_bytes()
    }

    /// The table as a sheet of a workbook with this name on its tab, with the same columns as the CSV file.
    pub fn sheet(&self, name: &str, words: &Words) -> Sheet {
        let notes: Vec<String> = self.rows.iter().map(Row::remarks).collect();
        let with_notes = notes.iter().any(|note| !note.is_empty());
        let heads = self.columns.iter().map(|column| column.head_with_unit(words));
        let row = |(row, note): (&Row, String)| {
            let cells = row.cells.iter().map(Cell::sheet_cell);
            cells.chain(with_notes.then_some(SheetCell::Text(note))).collect()
        };
        Sheet {
            name: name.to_owned(),
            caption: self.caption.clone(),
            heads: heads.chain(with_notes.then(|| words.get("exhibit.remarks").to_owned())).collect(),
            rows: self.rows.iter().zip(notes).map(row).collect(),
        }
    }
}

impl Column {
    /// 「金额（万元）」
    fn head_with_unit(&self, words: &Words) -> String {
        match self.unit {
            Some(Measure::Amount) => {
                let unit = words.unit(Unit::TenThousandYuan).trim();
                let [open, close] = ["punctuation.open", "punctuation.close"].map(|key| words.get(key));
                format!("{}{open}{unit}{close}", self.head)
            }
            _ => self.head.clone(),
        }
    }
}

impl Row {
    /// A row of cells.
    pub fn new(cells: Vec<Cell>) -> Self {
        Row { cells, ..Row::default() }
    }

    /// What is said about amounts that do not stand in the document just so.
    fn remarks(&self) -> String {
        let marked = self.cells.iter().filter_map(|cell| match cell {
            Cell::Amount(figure) => figure.mark.as_ref().map(|(_, word)| format!("{word}：{}", figure.note)),
            _ => None,
        });
        marked.collect::<Vec<_>>().join("；")
    }
}

impl Cell {
    fn is_empty(&self) -> bool {
        match self {
            Cell::Blank => true,
            Cell::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    fn push_html(&self, html: &mut String) {
        match self {
            Cell::Text(text) | Cell::Number(text) => push_text(html, text),
            Cell::Link { text, href } => html.push_str(&link(text, href)),
            Cell::Coded { code, text, href } => push_coded(html, code, text, href),
            Cell::Term { text, href, explanation } => push_term(html, text, href, explanation),
            Cell::Amount(figure) => html.push_str(&figure.html()),
            Cell::Blank => {}
        }
    }

    /// The value by which a reader sorts; empty for a missing one, `None` for words.
    fn sort_value(&self) -> Option<String> {
        match self {
            Cell::Amount(figure) => Some(figure.plain.clone().unwrap_or_default()),
            Cell::Number(text) => {
                let digits = text.chars().filter(|character| character.is_ascii_digit() || ".-".contains(*character));
                Some(digits.collect())
            }
            Cell::Blank => Some(String::new()),
            Cell::Text(_) | Cell::Link { .. } | Cell::Coded { .. } | Cell::Term { .. } => None,
        }
    }

    fn plain(&self) -> String {
        match self {
            Cell::Text(text)
            | Cell::Number(text)
            | Cell::Link { text, .. }
            | Cell::Coded { text, .. }
            | Cell::Term { text, .. } => text.clone(),
            Cell::Amount(figure) => figure.plain.clone().unwrap_or_else(|| figure.text.clone()),
            Cell::Blank => String::new(),
        }
    }

    /// Amounts and counts are numbers; shares and rates keep their sign and their words.
    fn sheet_cell(&self) -> SheetCell {
        match self {
            Cell::Amount(Figure { plain: Some(plain), .. }) => SheetCell::Number(plain.clone()),
            Cell::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() => {
                SheetCell::Number(text.clone())
            }
            other => SheetCell::Text(other.plain()),
        }
    }
}

/// A name behind its code.
fn push_coded(html: &mut String, code: &str, text: &str, href: &str) {
    html.push_str("<span class=\"code\">");
    push_text(html, code);
    html.push_str("</span> ");
    if href.is_empty() { push_text(html, text) } else { html.push_str(&link(text, href)) }
}

/// A term with its explanation as a title, dotted underneath.
fn push_term(html: &mut String, text: &str, href: &str, explanation: &str) {
    html.push_str("<a class=\"term\" href=\"");
    push_attribute(html, href);
    html.push_str("\" title=\"");
    push_attribute(html, explanation);
    html.push_str("\">");
    push_text(html, text);
    html.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::{Cell, Column, Row, Table};
    use crate::render::wording::figure::Figure;

    #[test]
    fn a_table_is_html_and_csv() {
        let amount = Figure {
            text: "1,074.61".to_owned(),
            plain: Some("1074.61".to_owned()),
            unit: "万元".to_owned(),
            href: Some("source/index.html#L7".to_owned()),
            note: "本年数－增加额".to_owned(),
            mark: Some(("mark-derived", "推算".to_owned())),
        };
        let table = Table {
            id: "t".to_owned(),
            caption: "支出".to_owned(),
            columns: vec![Column::words("项目"), Column::amounts("金额"), Column::numbers("占比")],
            rows: vec![Row::new(vec![
                Cell::Text("=1+1<b>".to_owned()),
                Cell::Amount(amount),
                Cell::Number("约77.5%".to_owned()),
            ])],
            sortable: true,
        };
        let html = table.html();
        assert!(html.contains("<th scope=\"row\">=1+1&lt;b&gt;</th>"), "{html}");
        assert!(html.contains("</small><a class=\"amount\" href=\"source/index.html#L7\""), "{html}");
        assert!(html.contains("data-value=\"77.5\">约77.5%</td>"), "{html}");
        let csv = String::from_utf8(table.csv(&crate::render::samples::words())).expect("UTF-8");
        assert_eq!(csv, "\u{feff}项目,金额（万元）,占比,数据说明\n'=1+1<b>,1074.61,约77.5%,推算：本年数－增加额\n");
    }
}
