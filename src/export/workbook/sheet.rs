//! A sheet of a workbook as XML, and the texts that its cells share with those of other sheets.

use rustc_hash::FxHashMap;

use super::parts::sheet_start;
use super::styles::{MOST_PLACES, Style};
use super::xml::push_column;
use super::{Sheet, SheetCell};

/// The longest text that a cell may have, in the units of UTF-16 that office programs count.
const LONGEST_TEXT: usize = 32_000;
/// Numbers of more digits lose some in office programs, so they stay text.
const MOST_DIGITS: usize = 15;
const WIDEST: usize = 48;
/// What programs add to the width of the text in a cell.
const PADDING: &str = "7109375";
/// The row of the heads and the first of values; the caption stands above.
const HEAD_ROW: usize = 2;
const FIRST_ROW: usize = 3;

/// Texts by the place at which the workbook lists them.
#[derive(Default)]
pub(super) struct Texts<'s> {
    places: FxHashMap<&'s str, usize>,
    listed: Vec<&'s str>,
    uses: usize,
}

impl<'s> Texts<'s> {
    /// All texts in their order.
    pub(super) fn listed(&self) -> &[&'s str] {
        &self.listed
    }

    /// How many cells have one.
    pub(super) fn uses(&self) -> usize {
        self.uses
    }

    fn place(&mut self, text: &'s str) -> usize {
        self.uses += 1;
        let listed = &mut self.listed;
        *self.places.entry(text).or_insert_with(|| {
            listed.push(text);
            listed.len() - 1
        })
    }
}

/// The XML of a sheet.
pub(super) fn xml<'s>(sheet: &'s Sheet, texts: &mut Texts<'s>) -> String {
    let widest = sheet.rows.iter().map(Vec::len).chain([sheet.heads.len(), 1]).max().unwrap_or(1);
    let columns = (0..widest).map(|column| {
        let mut name = String::new();
        push_column(&mut name, column);
        name
    });
    let mut writer = Writer { xml: sheet_start(), columns: columns.collect(), texts };
    writer.xml.reserve(sheet.rows.iter().map(|row| 12 + 36 * row.len()).sum::<usize>() + 1024);
    writer.write(sheet);
    writer.xml
}

struct Writer<'s, 't> {
    xml: String,
    /// The names of the columns.
    columns: Vec<String>,
    texts: &'t mut Texts<'s>,
}

impl<'s> Writer<'s, '_> {
    fn write(&mut self, sheet: &'s Sheet) {
        // Caption, heads and the first column stay in sight.
        self.xml.push_str(&format!(
            "<sheetViews><sheetView workbookViewId=\"0\"><pane xSplit=\"1\" ySplit=\"{HEAD_ROW}\" \
             topLeftCell=\"B{FIRST_ROW}\" activePane=\"bottomRight\" state=\"frozen\"/></sheetView></sheetViews>"
        ));
        self.write_widths(sheet);
        self.xml.push_str("<sheetData>");
        self.write_row(1, [Some((sheet.caption.as_str(), Style::Caption))]);
        self.write_row(HEAD_ROW, sheet.heads.iter().map(|head| Some((head.as_str(), Style::Head))));
        for (number, cells) in (FIRST_ROW..).zip(&sheet.rows) {
            self.write_row(number, cells.iter().map(look));
        }
        self.xml.push_str("</sheetData></worksheet>");
    }

    fn write_widths(&mut self, sheet: &Sheet) {
        if sheet.heads.is_empty() {
            return;
        }
        self.xml.push_str("<cols>");
        for index in 0..sheet.heads.len() {
            let (number, width) = (index + 1, width(sheet, index));
            self.xml.push_str(&format!(
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}.{PADDING}\" customWidth=\"1\"/>"
            ));
        }
        self.xml.push_str("</cols>");
    }

    /// A row of texts with their looks; nothing for a blank cell.
    fn write_row(&mut self, number: usize, cells: impl IntoIterator<Item = Option<(&'s str, Style)>>) {
        let number = number.to_string();
        self.push(&["<row r=\"", &number, "\">"]);
        for (column, cell) in cells.into_iter().enumerate() {
            let Some((text, style)) = cell else { continue };
            self.push(&["<c r=\""]);
            self.xml.push_str(&self.columns[column]);
            self.push(&[&number, "\""]);
            if style != Style::Plain {
                self.push(&[" s=\"", &style.index().to_string(), "\""]);
            }
            if matches!(style, Style::Number { .. }) {
                self.push(&["><v>", text, "</v></c>"]);
            } else {
                let place = self.texts.place(limited(text)).to_string();
                self.push(&[" t=\"s\"><v>", &place, "</v></c>"]);
            }
        }
        self.xml.push_str("</row>");
    }

    fn push(&mut self, pieces: &[&str]) {
        pieces.iter().for_each(|piece| self.xml.push_str(piece));
    }
}

/// How a cell is written: a number as a number where office programs keep all its digits.
fn look(cell: &SheetCell) -> Option<(&str, Style)> {
    match cell {
        SheetCell::Text(text) if text.is_empty() => None,
        SheetCell::Text(text) => Some((text, Style::Plain)),
        SheetCell::Number(number) => Some((
            number,
            decimals(number).map_or(Style::Plain, |places| Style::Number { places: places.min(MOST_PLACES) }),
        )),
    }
}

/// How many decimals a plain number has that is short enough to keep all its digits.
fn decimals(number: &str) -> Option<usize> {
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_plain =
        !digits.is_empty() && [digits, places].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_whole = is_plain && !number.ends_with('.') && digits.len() + places.len() <= MOST_DIGITS;
    is_whole.then_some(places.len())
}

fn limited(text: &str) -> &str {
    // A text that has no more bytes has no more units.
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > LONGEST_TEXT
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// Wide enough for the head and the first rows, in digits.
fn width(sheet: &Sheet, column: usize) -> usize {
    let cells = sheet.rows.iter().take(60).filter_map(|row| row.get(column)).map(AsRef::as_ref);
    let head = sheet.heads.get(column).map_or("", String::as_str);
    let widest = cells.chain([head]).map(unicode_width::UnicodeWidthStr::width).max().unwrap_or_default();
    (widest + 2).clamp(8, WIDEST)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_TEXT, Texts, decimals, limited, xml};
    use crate::export::{Sheet, SheetCell};

    #[test]
    fn numbers_keep_their_digits() {
        for (number, expected) in [
            ("1074.61", Some(2)),
            ("-0.5", Some(1)),
            ("12", Some(0)),
            ("123456789012345", Some(0)),
            ("1234567890123456", None),
            ("12345678901234.56", None),
            ("1.", None),
            (".5", None),
            ("-", None),
            ("1e5", None),
            ("1,000", None),
            ("NaN", None),
            ("", None),
        ] {
            assert_eq!(decimals(number), expected, "{number:?}");
        }
    }

    #[test]
    fn texts_are_listed_once_and_blank_cells_left_out() {
        let text = |text: &str| SheetCell::Text(text.to_owned());
        let sheet = Sheet {
            name: String::new(),
            caption: "支出".to_owned(),
            heads: vec!["项目".to_owned(), "金额".to_owned()],
            rows: vec![vec![text("=1+1"), SheetCell::Number("-1074.610".to_owned())], vec![text(""), text("项目")]],
        };
        let mut texts = Texts::default();
        let xml = xml(&sheet, &mut texts);
        let rows = xml.split("<sheetData>").nth(1).unwrap_or_default();
        assert_eq!(
            rows,
            "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c></row>\
             <row r=\"2\"><c r=\"A2\" s=\"2\" t=\"s\"><v>1</v></c><c r=\"B2\" s=\"2\" t=\"s\"><v>2</v></c></row>\
             <row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c><c r=\"B3\" s=\"6\"><v>-1074.610</v></c></row>\
             <row r=\"4\"><c r=\"B4\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>"
        );
        assert_eq!((texts.listed(), texts.uses()), (&["支出", "项目", "金额", "=1+1"][..], 5));
    }

    #[test]
    fn long_texts_end_where_office_programs_end_them() {
        let short = "支".repeat(LONGEST_TEXT);
        assert_eq!(limited(&short), short);
        assert_eq!(limited(&format!("{short}出")), short);
        assert_eq!(limited(&"𠀀".repeat(LONGEST_TEXT)), "𠀀".repeat(LONGEST_TEXT / 2));
    }
}
