//! Workbooks for office programs: the tables of a page, a sheet each.
//!
//! In: sheets of text and plain decimal numbers. Out: an XLSX file, the same bytes for the same sheets.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// A table in a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The words on its tab; shortened and made unique where the format demands it.
    pub name: String,
    /// What the table shows, above its head.
    pub caption: String,
    /// The names of its columns, with units.
    pub heads: Vec<String>,
    /// As many cells as heads, or fewer.
    pub rows: Vec<Vec<SheetCell>>,
}

/// A cell of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// Words. They are never a formula, whatever they begin with.
    Text(String),
    /// A plain decimal number: `1074.61`.
    Number(String),
}

impl AsRef<str> for SheetCell {
    fn as_ref(&self) -> &str {
        match self {
            SheetCell::Text(text) | SheetCell::Number(text) => text,
        }
    }
}

/// The longest name that a tab may have.
const LONGEST_NAME: usize = 31;
/// The longest text that a cell may have.
const LONGEST_TEXT: usize = 32_000;
/// Numbers of more digits lose some in the format, so they stay text.
const MOST_DIGITS: usize = 15;
const WIDEST: usize = 48;
/// The rows above the values: caption and heads.
const HEAD_ROWS: u32 = 2;

/// The workbook. `None` when a table has more rows or columns than the format can hold: then only its CSV has them all.
pub fn workbook(title: &str, sheets: &[&Sheet]) -> Option<Vec<u8>> {
    if sheets.is_empty() { None } else { write(title, sheets).ok() }
}

fn write(title: &str, sheets: &[&Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The format wants a date of making; the day of the build would make every build another file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let formats = Formats::new();
    let mut taken = BTreeSet::new();
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(tab(&sheet.name, &mut taken))?;
        fill(worksheet, sheet, &formats)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    caption: Format,
    head: Format,
    /// By number of decimals, up to six.
    numbers: Vec<Format>,
}

impl Formats {
    fn new() -> Self {
        let number = |places: usize| match places {
            0 => Format::new().set_num_format("#,##0"),
            places => Format::new().set_num_format(format!("#,##0.{}", "0".repeat(places))),
        };
        Formats {
            caption: Format::new().set_bold(),
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            numbers: (0..=6).map(number).collect(),
        }
    }
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.write_string_with_format(0, 0, limited(&sheet.caption), &formats.caption)?;
    for (column, head) in (0u16..).zip(&sheet.heads) {
        worksheet.write_string_with_format(1, column, limited(head), &formats.head)?;
        worksheet.set_column_width(column, width(sheet, usize::from(column)))?;
    }
    worksheet.set_freeze_panes(HEAD_ROWS, 1)?;
    for (row, cells) in (HEAD_ROWS..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                SheetCell::Text(text) if text.is_empty() => {}
                SheetCell::Text(text) => drop(worksheet.write_string(row, column, limited(text))?),
                SheetCell::Number(number) => write_number(worksheet, (row, column), number, formats)?,
            }
        }
    }
    Ok(())
}

/// A number as a number where the format keeps all its digits, else as text.
fn write_number(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    number: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let places = number.split_once('.').map_or(0, |(_, places)| places.len());
    // The format knows floats only; up to this length the shortest text of a float is the decimal it was made from.
    match number.parse::<f64>().ok().filter(|_| digits <= MOST_DIGITS) {
        Some(value) => {
            let format = &formats.numbers[places.min(formats.numbers.len() - 1)];
            worksheet.write_number_with_format(row, column, value, format)?;
        }
        None => drop(worksheet.write_string(row, column, limited(number))?),
    }
    Ok(())
}

/// A name that a tab may have and no other tab has.
fn tab(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = name.chars().filter(|one| !"[]:*?/\\'".contains(*one) && !one.is_control()).collect();
    let plain = if plain.trim().is_empty() { "1".to_owned() } else { plain.trim().to_owned() };
    let short = |suffix: &str| {
        let room = LONGEST_NAME - suffix.chars().count();
        format!("{}{suffix}", plain.chars().take(room).collect::<String>())
    };
    let numbered = (1..).map(|number| if number == 1 { short("") } else { short(&format!(" {number}")) });
    // The numbers do not end before one is free.
    let free = numbered.into_iter().find(|name| taken.insert(name.to_lowercase()));
    free.unwrap_or(plain)
}

fn limited(text: &str) -> &str {
    // A text that has no more bytes has no more characters.
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// Wide enough for the head and the first rows.
fn width(sheet: &Sheet, column: usize) -> f64 {
    let cells = sheet.rows.iter().take(60).filter_map(|row| row.get(column)).map(|cell| match cell {
        SheetCell::Text(text) | SheetCell::Number(text) => text.as_str(),
    });
    let head = sheet.heads.get(column).map_or("", String::as_str);
    let widest = cells.chain([head]).map(unicode_width::UnicodeWidthStr::width).max().unwrap_or_default();
    (widest + 2).clamp(8, WIDEST) as f64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Sheet, SheetCell, tab, workbook};

    fn sheet(name: &str) -> Sheet {
        Sheet {
            name: name.to_owned(),
            caption: "支出（单位：万元）".to_owned(),
            heads: vec!["项目".to_owned(), "金额（万元）".to_owned()],
            rows: vec![vec![
                SheetCell::Text("=1+1\u{1}<b>".to_owned()),
                SheetCell::Number("12345678901234567.89".to_owned()),
            ]],
        }
    }

    #[test]
    fn the_same_sheets_make_the_same_bytes() {
        let sheets = [sheet("支出"), sheet("支出"), sheet("")];
        let bytes = workbook("某部门", &sheets.each_ref()).expect("a workbook");
        assert_eq!(bytes, workbook("某部门", &sheets.each_ref()).expect("a workbook"));
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(workbook("某部门", &[]), None);
    }

    #[test]
    fn tabs_have_names_that_the_format_allows() {
        let mut taken = BTreeSet::new();
        for (name, expected) in [
            ("支出/总表[1]", "支出总表1"),
            ("支出总表1", "支出总表1 2"),
            ("", "1"),
            (
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四",
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
            ),
            (
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四",
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九 2",
            ),
        ] {
            assert_eq!(tab(name, &mut taken), expected);
        }
    }
}
