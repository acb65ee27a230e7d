//! Small disclosures for the tests of the pages, written as lines of text.
//!
//! Columns: `收入/项目 label|收入/金额 amount`, with a lane after the role (`label 1`). Rows: cells between `|`;
//! `48.43~48. 4` is repaired, `=12.00` derived, `?1.2` unplaced; a first word `#total`, `#sub`, `#ghost`, `#of`, `#text` or
//! `#unreadable` says what the row is. The source has the columns' last heads on line 1 and a row on each line after.

use std::sync::Arc;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::assemble::PublishedDisclosure;
use crate::model::{
    Amount, Cell, CellContent, Class, Column, ColumnRole, Disclosure, DisclosureLedger, Finding, FindingSeverity,
    Identity, Kind, Level, Origin, Place, Row, RowRole, SourceFile, Statement, StatementKind, StatementState, Unit,
    UnitStatement,
};

/// A disclosure with one statement.
pub(crate) fn disclosure(columns: &str, rows: &[&str]) -> Disclosure {
    let columns: Vec<Column> = columns.split('|').map(column).collect();
    let heads: Vec<&str> = columns.iter().map(|column| column.path.last().map_or("", |head| head)).collect();
    let mut text = format!("{}\n", heads.join("\t"));
    for row in rows {
        let cells = row.split_once(' ').filter(|(word, _)| word.starts_with('#')).map_or(*row, |(_, cells)| cells);
        text.push_str(&cells.replace('|', "\t"));
        text.push('\n');
    }
    let rows: Vec<Row> = (2..).zip(rows).map(|(line, text)| row(line, text, &columns)).collect();
    empty(&text, vec![statement(columns, rows)])
}

/// A statement around columns and rows.
fn statement(columns: Vec<Column>, rows: Vec<Row>) -> Statement {
    let count = |wanted: fn(&CellContent) -> bool| {
        rows.iter().flat_map(|row| &row.cells).filter(|cell| wanted(&cell.content)).count() as u32
    };
    let placed = count(|content| matches!(content, CellContent::Amount { .. }));
    let unplaced = count(|content| matches!(content, CellContent::Unplaced));
    Statement {
        kind: StatementKind::Expenditure,
        title: "部门支出总表".to_owned(),
        file: 0,
        lines: (1, rows.last().map_or(1, |row| row.line)),
        title_line: 0,
        unit: UnitStatement { unit: Unit::TenThousandYuan, line: None },
        state: StatementState::Read,
        columns,
        rows,
        notes: Vec::new(),
        amounts: placed + unplaced,
        placed,
    }
}

/// A disclosure around a text and statements.
pub(crate) fn empty(text: &str, statements: Vec<Statement>) -> Disclosure {
    Disclosure {
        sources: vec![SourceFile {
            path: Arc::from("某市/某局-2024-预算.txt"),
            text: Arc::from(text),
            hash: CompactString::from("0123456789abcdef0123456789abcdef"),
            encoding: "UTF-8",
        }],
        identity: Identity {
            organization: Some(CompactString::from("某局")),
            year: Some(2024),
            kind: Some(Kind::Budget),
            level: Level::Department,
            ..Identity::default()
        },
        statements,
        ..Disclosure::default()
    }
}

/// A disclosure with its place on a site.
pub(crate) fn published(disclosure: Disclosure, findings: Vec<Finding>) -> PublishedDisclosure {
    PublishedDisclosure {
        id: "mou-ju/2024-budget".to_owned(),
        url: "departments/mou-ju/2024-budget/".to_owned(),
        department: 0,
        title: "某局2024年部门预算".to_owned(),
        disclosure,
        ledger: DisclosureLedger { findings, ..DisclosureLedger::default() },
        replaced_by: None,
        economic: Vec::new(),
    }
}

/// A finding at places.
pub(crate) fn finding(rule: &str, places: &[Place]) -> Finding {
    Finding {
        id: CompactString::from(rule),
        rule: CompactString::from(rule),
        severity: FindingSeverity::Error,
        class: Class::Source,
        root: CompactString::from(rule),
        places: places.to_vec(),
        expected: "2.00".to_owned(),
        printed: "1.00".to_owned(),
        difference: "-1.00".to_owned(),
        message: "合计与各行之和相差1.00万元。".to_owned(),
        waived: None,
    }
}

/// An amount in 万元.
pub(crate) fn amount(printed: &str, origin: Origin, place: Place) -> Amount {
    let value: Decimal = printed.replace([',', ' '], "").parse().expect("a number in a sample");
    Amount {
        yuan: value * Unit::TenThousandYuan.yuan(),
        printed: CompactString::from(printed),
        unit: Unit::TenThousandYuan,
        quantum: Decimal::new(1, value.scale()) * Unit::TenThousandYuan.yuan(),
        origin,
        place,
    }
}

fn column(text: &str) -> Column {
    let mut words = text.split(' ');
    let path = words.next().unwrap_or_default().split('/').filter(|head| !head.is_empty()).map(CompactString::from);
    let path = path.collect();
    let role = match words.next() {
        Some("label") => ColumnRole::Label,
        Some("code") => ColumnRole::Code,
        Some("text") => ColumnRole::Text,
        Some("number") => ColumnRole::Number,
        _ => {
            ColumnRole::Amount { nature: "total".into(), fund: "all".into(), phase: None, year: None, of_which: false }
        }
    };
    Column { path, role, lane: words.next().map_or(0, |lane| lane.parse().expect("a lane in a sample")) }
}

fn row(line: u32, text: &str, columns: &[Column]) -> Row {
    let (word, cells) = text.split_once(' ').filter(|(word, _)| word.starts_with('#')).unwrap_or(("", text));
    let role = match word {
        "#total" => RowRole::Total,
        "#sub" => RowRole::Subtotal,
        "#ghost" => RowRole::Ghost,
        "#of" => RowRole::OfWhich,
        "#text" => RowRole::Text,
        _ => RowRole::Item,
    };
    let lanes = columns.last().map_or(1, |column| usize::from(column.lane) + 1);
    let cells = (1..).zip(cells.split('|').zip(columns));
    Row {
        line,
        roles: vec![role; lanes],
        subjects: vec![None; lanes],
        cells: cells.map(|(number, (text, column))| cell(line, number, text, column)).collect(),
        unreadable: word == "#unreadable",
    }
}

fn cell(line: u32, number: u16, text: &str, column: &Column) -> Cell {
    let place = Place { file: 0, line, cell: number };
    let money =
        |printed: &str, origin| CellContent::Amount { amount: Box::new(amount(printed, origin, place)), fact: None };
    let is_amount = matches!(column.role, ColumnRole::Amount { .. });
    let (text, content) = if text.is_empty() {
        ("", CellContent::Blank)
    } else if let Some(unplaced) = text.strip_prefix('?') {
        (unplaced, CellContent::Unplaced)
    } else if let Some(derived) = text.strip_prefix('=') {
        let origin = Origin::Derived { rule: "基本支出 + 项目支出".to_owned(), inputs: vec![place] };
        return Cell { text: "".into(), content: money(derived, origin), line, printed_cell: 0 };
    } else if let Some((right, from)) = text.split_once('~') {
        let origin = Origin::Repaired { from: from.into(), proof: "行合计一致".to_owned() };
        (from, money(right, origin))
    } else if is_amount && text.bytes().any(|byte| byte.is_ascii_digit()) {
        (text, money(text, Origin::Printed))
    } else if matches!(column.role, ColumnRole::Code | ColumnRole::Number) {
        (text, CellContent::Number)
    } else {
        (text, CellContent::Text)
    };
    Cell { text: text.into(), content, line, printed_cell: number }
}

/// The words of the default language.
pub(crate) fn words() -> crate::render::Words {
    crate::render::Theme::load(None).expect("the built-in theme is whole").words("zh-CN").0
}
