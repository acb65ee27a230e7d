//! A statement as CSV, for the download beside its table.
//!
//! In: a statement. Out: a sheet of a workbook, and the same as CSV: UTF-8 text with a byte order mark, as all tables beside pages have it, with every row and every column, blank ones included. Amounts are plain numbers in
//! the unit that the head names, at the precision of the table; the last column says what was repaired or derived.

use crate::export::{Sheet, SheetCell, push_line};
use crate::model::{Cell, CellContent, ColumnRole, Origin, Row, RowRole, Statement};
use crate::render::elements::statement_table::{column_name, role};
use crate::render::wording::amount_text::in_its_unit;
use crate::render::wording::words::Words;

/// The file's name beside the disclosure's page: `statements/3-expenditure.csv`. `number` counts from 1.
pub fn path(statement: &Statement, number: usize) -> String {
    format!("statements/{number}-{}.csv", statement.kind.word())
}

/// The statement as a sheet of a workbook; `name` is what readers call it.
pub fn sheet(words: &Words, statement: &Statement, number: usize, name: &str) -> Sheet {
    Sheet {
        name: format!("{number} {name}"),
        caption: statement.title.to_string(),
        heads: heads(words, statement),
        rows: statement.rows.iter().map(|row| record(words, statement, row)).collect(),
    }
}

/// A sheet as a CSV file.
pub fn write(sheet: &Sheet) -> Vec<u8> {
    // Office programs take a file without the mark for one in the system's own encoding.
    let mut text = String::from("\u{feff}");
    push_line(&mut text, &sheet.heads);
    for row in &sheet.rows {
        push_line(&mut text, row);
    }
    text.into_bytes()
}

fn heads(words: &Words, statement: &Statement) -> Vec<String> {
    let word = |key: &str| words.get(key).to_owned();
    let mut heads = vec![word("statement_csv.line"), word("statement_csv.role")];
    for column in &statement.columns {
        let unit = match column.role {
            ColumnRole::Amount { .. } => words.fill("statement_csv.unit", &[("unit", statement.unit.unit.label())]),
            _ => String::new(),
        };
        heads.push(format!("{}{unit}", column_name(column)));
    }
    heads.push(word("statement_csv.remarks"));
    heads
}

fn record(words: &Words, statement: &Statement, row: &Row) -> Vec<SheetCell> {
    let text = |text: &str| SheetCell::Text(text.to_owned());
    let mut record = Vec::with_capacity(row.cells.len().max(statement.columns.len()) + 3);
    record.extend([SheetCell::Text(row.line.to_string()), text(words.get(row_word(row)))]);
    record.extend(row.cells.iter().map(value));
    record.resize(record.len().max(statement.columns.len() + 2), text(""));
    let cells = row.cells.iter().enumerate();
    let remarks = cells.filter_map(|(index, cell)| remark(words, &|| head(words, statement, index), cell));
    record.push(SheetCell::Text(remarks.collect::<Vec<_>>().join(words.get("punctuation.semicolon"))));
    record
}

fn row_word(row: &Row) -> &'static str {
    match role(row, 0) {
        _ if row.unreadable => "statement_csv.unreadable",
        RowRole::Total => "statement_csv.total",
        RowRole::Subtotal => "statement_csv.subtotal",
        RowRole::Item => "statement_csv.item",
        RowRole::OfWhich => "statement_csv.of_which",
        RowRole::Text => "statement_csv.text",
        RowRole::Ghost => "statement_csv.ghost",
    }
}

fn value(cell: &Cell) -> SheetCell {
    match &cell.content {
        CellContent::Amount { amount, .. } => SheetCell::Number(in_its_unit(amount)),
        _ => SheetCell::Text(cell.text.to_string()),
    }
}

/// The name of a column, else its number from 1.
fn head(words: &Words, statement: &Statement, index: usize) -> String {
    let name = statement.columns.get(index).map(column_name).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| words.fill("statement_csv.column", &[("number", &(index + 1).to_string())]))
}

/// What must be said about a cell; `head` names its column.
fn remark(words: &Words, head: &dyn Fn() -> String, cell: &Cell) -> Option<String> {
    let told = |key: &str, name: &str, value: &str| Some(words.fill(key, &[("column", &head()), (name, value)]));
    match &cell.content {
        CellContent::Unplaced => told("statement_csv.unplaced", "", ""),
        CellContent::Amount { amount, .. } => match &amount.origin {
            Origin::Repaired { from, .. } => told("statement_csv.repaired", "from", from),
            Origin::Derived { rule, .. } => told("statement_csv.derived", "rule", &words.reading(rule)),
            Origin::Printed | Origin::Narrative => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{path, sheet, write};
    use crate::render::samples::{disclosure, words};

    fn csv(columns: &str, rows: &[&str]) -> String {
        let statement = disclosure(columns, rows).statements.remove(0);
        String::from_utf8(write(&sheet(&words(), &statement, 1, ""))).expect("CSV is UTF-8")
    }

    #[test]
    fn every_column_is_there_and_amounts_are_plain_numbers() {
        let text = csv("项目 label|金额/合计|金额/其中", &["#total 合计|1,234.50|", "办公费|48.43~48. 4|=0.10"]);
        assert_eq!(
            text,
            "\u{feff}原文行,行的性质,项目,金额 / 合计（万元）,金额 / 其中（万元）,读数说明\n\
             2,合计,合计,1234.50,,\n\
             3,明细,办公费,48.43,0.10,金额 / 合计：修复，原文印作「48. 4」；金额 / 其中：推算，基本支出 + 项目支出\n"
        );
        let statement = disclosure("项目 label", &[]).statements.remove(0);
        assert_eq!(path(&statement, 3), "statements/3-expenditure.csv");
    }

    #[test]
    fn formulas_are_disarmed() {
        let mut statement = disclosure("=1+1 label|金额", &["链接|-1.50", "@SUM(A1)|1"]).statements.remove(0);
        statement.rows[0].cells[0].text = "=HYPERLINK(\"http://x\",\"y\")".into();
        let text = String::from_utf8(write(&sheet(&words(), &statement, 1, ""))).expect("CSV is UTF-8");
        for expected in [",'=1+1,", ",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",-1.50,", ",'@SUM(A1),1,"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
    }

    proptest! {
        #[test]
        fn hostile_text_stays_in_its_field(given in "[^|#?~]{0,20}") {
            let text = csv("项目 label|金额", &[&format!("甲{given}|1.00")]);
            let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
            let records: Vec<_> = reader.records().collect::<Result<_, _>>().expect("CSV that can be read");
            prop_assert_eq!(records.len(), 1);
            prop_assert_eq!(&records[0][2], format!("甲{given}"));
        }
    }
}
