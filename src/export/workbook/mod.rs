//! Workbooks for office programs: the tables of a page, a sheet each.
//!
//! In: sheets of text and plain decimal numbers. Out: an XLSX file, the same bytes for the same sheets.

mod archive;
mod parts;
mod sheet;
mod styles;
mod xml;

use std::collections::BTreeSet;

use self::archive::Archive;
use self::sheet::Texts;

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
/// So many rows and columns can a sheet have, caption and heads included.
const MOST_ROWS: usize = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;
const HEAD_ROWS: usize = 2;

/// The workbook. `None` when there is no table, or one with more rows or columns than the format can hold: then only
/// its CSV has them all.
pub fn workbook(title: &str, sheets: &[&Sheet]) -> Option<Vec<u8>> {
    let fits = |sheet: &&Sheet| {
        let columns = sheet.rows.iter().map(Vec::len).chain([sheet.heads.len()]).max().unwrap_or_default();
        sheet.rows.len() + HEAD_ROWS <= MOST_ROWS && columns <= MOST_COLUMNS
    };
    if sheets.is_empty() || !sheets.iter().all(fits) {
        return None;
    }
    let mut taken = BTreeSet::new();
    let tabs: Vec<String> = sheets.iter().map(|sheet| tab(&sheet.name, &mut taken)).collect();
    let mut archive = Archive::new();
    let mut add = |name: &str, xml: String| archive.add(name, xml.as_bytes());
    add("[Content_Types].xml", parts::content_types(sheets.len()))?;
    add("_rels/.rels", parts::package())?;
    add("docProps/core.xml", parts::properties(title))?;
    add("xl/workbook.xml", parts::workbook(&tabs))?;
    add("xl/_rels/workbook.xml.rels", parts::relationships(sheets.len()))?;
    add("xl/styles.xml", parts::styles())?;
    let mut texts = Texts::default();
    for (number, sheet) in (1..).zip(sheets) {
        add(&format!("xl/worksheets/sheet{number}.xml"), sheet::xml(sheet, &mut texts))?;
    }
    add("xl/sharedStrings.xml", parts::shared_strings(texts.listed(), texts.uses()))?;
    archive.finish()
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
        let wide = Sheet { heads: vec![String::new(); 1 << 14 | 1], ..sheet("宽") };
        assert_eq!(workbook("某部门", &[&wide]), None);
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
