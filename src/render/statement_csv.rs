//! A statement as CSV, for the download beside its table.
//!
//! In: a statement. Out: UTF-8 text with every row and every column, blank ones included. Amounts are plain numbers in
//! the unit that the head names, at the precision of the table; the last column says what was repaired or derived.

use crate::model::{Cell, CellContent, ColumnRole, Origin, Row, RowRole, Statement};
use crate::render::amount_text::in_its_unit;
use crate::render::statement_table::{column_name, role};

/// The file's name beside the disclosure's page: `statements/3-expenditure.csv`. `number` counts from 1.
pub fn path(statement: &Statement, number: usize) -> String {
    format!("statements/{number}-{}.csv", statement.kind.word())
}

/// The whole file.
pub fn write(statement: &Statement) -> Vec<u8> {
    let mut text = String::new();
    push_record(&mut text, &heads(statement));
    for row in &statement.rows {
        push_record(&mut text, &record(statement, row));
    }
    text.into_bytes()
}

/// A text that a spreadsheet will not run: formulas, and what spreadsheets take for one, get an apostrophe in front.
/// Plain numbers, negative ones too, stay numbers.
pub fn safe_cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if runs && !is_plain_number(text) { format!("'{text}") } else { text.to_owned() }
}

fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn heads(statement: &Statement) -> Vec<String> {
    let mut heads = vec!["原文行".to_owned(), "行的性质".to_owned()];
    for column in &statement.columns {
        let unit = match column.role {
            ColumnRole::Amount { .. } => format!("（{}）", statement.unit.unit.label()),
            _ => String::new(),
        };
        heads.push(format!("{}{unit}", column_name(column)));
    }
    heads.push("读数说明".to_owned());
    heads
}

fn record(statement: &Statement, row: &Row) -> Vec<String> {
    let mut record = vec![row.line.to_string(), row_word(row).to_owned()];
    record.extend(row.cells.iter().map(value));
    record.resize(record.len().max(statement.columns.len() + 2), String::new());
    let remarks: Vec<String> = (1..).zip(&row.cells).filter_map(|(number, cell)| remark(number, cell)).collect();
    record.push(remarks.join("；"));
    record
}

fn row_word(row: &Row) -> &'static str {
    match role(row, 0) {
        _ if row.unreadable => "未能识别",
        RowRole::Total => "合计",
        RowRole::Subtotal => "小计",
        RowRole::Item => "明细",
        RowRole::OfWhich => "其中",
        RowRole::Text => "文字",
        RowRole::Ghost => "重复读取",
    }
}

fn value(cell: &Cell) -> String {
    match &cell.content {
        CellContent::Amount { amount, .. } => in_its_unit(amount),
        _ => cell.text.to_string(),
    }
}

fn remark(number: usize, cell: &Cell) -> Option<String> {
    match &cell.content {
        CellContent::Unplaced => Some(format!("第{number}列未能归入栏目")),
        CellContent::Amount { amount, .. } => match &amount.origin {
            Origin::Repaired { from, .. } => Some(format!("第{number}列修复，原文印作「{from}」")),
            Origin::Derived { rule, .. } => Some(format!("第{number}列推算：{rule}")),
            Origin::Printed | Origin::Narrative => None,
        },
        _ => None,
    }
}

fn push_record(text: &mut String, record: &[String]) {
    for (order, field) in record.iter().enumerate() {
        if order > 0 {
            text.push(',');
        }
        push_field(text, &safe_cell(field));
    }
    text.push_str("\r\n");
}

fn push_field(text: &mut String, field: &str) {
    if !field.contains([',', '"', '\n', '\r']) {
        return text.push_str(field);
    }
    text.push('"');
    text.push_str(&field.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{path, safe_cell, write};
    use crate::render::samples::disclosure;

    fn csv(columns: &str, rows: &[&str]) -> String {
        let statement = disclosure(columns, rows).statements.remove(0);
        String::from_utf8(write(&statement)).expect("CSV is UTF-8")
    }

    #[test]
    fn every_column_is_there_and_amounts_are_plain_numbers() {
        let text = csv("项目 label|金额/合计|金额/其中", &["#total 合计|1,234.50|", "办公费|48.43~48. 4|=0.10"]);
        assert_eq!(
            text,
            "原文行,行的性质,项目,金额 / 合计（万元）,金额 / 其中（万元）,读数说明\r\n\
             2,合计,合计,1234.50,,\r\n\
             3,明细,办公费,48.43,0.10,第2列修复，原文印作「48. 4」；第3列推算：基本支出 + 项目支出\r\n"
        );
        let statement = disclosure("项目 label", &[]).statements.remove(0);
        assert_eq!(path(&statement, 3), "statements/3-expenditure.csv");
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_left_alone() {
        for (given, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("-12.50", "-12.50"),
            ("+3", "+3"),
            ("-", "'-"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1+1", "'＝1+1"),
            ("办公费=", "办公费="),
            ("", ""),
        ] {
            assert_eq!(safe_cell(given), expected, "{given:?}");
        }
        let mut statement = disclosure("项目 label|金额", &["链接|1"]).statements.remove(0);
        statement.rows[0].cells[0].text = "=HYPERLINK(\"http://x\",\"y\")".into();
        let text = String::from_utf8(write(&statement)).expect("CSV is UTF-8");
        assert!(text.contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","), "{text}");
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
