//! The head of a loose table that lists codes and names: its rows tell how many columns stand before the amounts, so that
//! its heads need only tell the amounts. Extraction writes the heads of codes and names on lines of their own, before and
//! behind those of the amounts, and no blank says above which column they stood.

use compact_str::CompactString;

use super::{HeadPath, is_column_numbers};
use crate::model::StatementKind;
use crate::parse::{GridCell, GridRow};
use crate::recognize::number::read_number;
use crate::vocabulary::text::{has_han, key, squeeze};
use crate::vocabulary::{HeadRole, Vocabulary};

/// The heads before the amounts, and the rows of the head with nothing but heads of amounts; `None` for a table whose rows
/// do not begin alike, or whose statement is no list of codes.
pub(in crate::recognize::statement) fn without_leading(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    head: &[GridRow],
    rows: &[Vec<GridRow>],
) -> Option<(Vec<HeadPath>, Vec<GridRow>)> {
    let coded = match kind {
        StatementKind::Revenue
        | StatementKind::Expenditure
        | StatementKind::GeneralExpenditure
        | StatementKind::GeneralBasic
        | StatementKind::EconomicSummary
        | StatementKind::Fund
        | StatementKind::StateCapital => begin_with_codes(rows)?,
        _ => return None,
    };
    let leading = if coded { vec![path("科目编码"), path("科目名称")] } else { vec![path("科目名称")] };
    let amounts = |row: &GridRow| {
        let cells = row.cells.iter().filter(|cell| !cell.text.is_empty() && !is_leading(vocabulary, kind, cell));
        GridRow { line: row.line, cells: cells.cloned().collect() }
    };
    let rest: Vec<GridRow> =
        head.iter().filter(|row| !is_column_numbers(&vocabulary.tables, row)).map(amounts).collect();
    let rest: Vec<GridRow> = rest.into_iter().filter(|row| !row.cells.is_empty()).collect();
    (!rest.is_empty()).then_some((leading, rest))
}

/// The heads before the amounts of a table whose rows are units, or of one row of amounts alone.
pub(in crate::recognize::statement) fn leading_heads(rows: &[Vec<GridRow>]) -> Vec<HeadPath> {
    match begin_with_codes(rows) {
        Some(true) => vec![path("单位编码"), path("单位名称")],
        Some(false) => vec![path("单位名称")],
        None => Vec::new(),
    }
}

fn path(text: &'static str) -> HeadPath {
    HeadPath { heads: vec![CompactString::const_new(text)], keys: vec![text.to_owned()] }
}

/// The heads of amounts of a head with one line of them: each a column. A head that its cell broke over the lines above and
/// below that line (附属单位上缴 | 收入) stands where the statutory form has it: before 其他收入, else last.
pub(in crate::recognize::statement) fn on_one_line(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    head: &[GridRow],
) -> Vec<HeadPath> {
    let is_amount = |text: &str| {
        let meaning = vocabulary.columns.of_head(&key(text), kind);
        meaning.is_some_and(|meaning| meaning.role == HeadRole::Amount)
    };
    let amounts = |row: &GridRow| row.cells.iter().filter(|cell| is_amount(&cell.text)).count();
    // A line that says the same in every column (决算数) names none of them.
    let distinct = |row: &&GridRow| row.cells.windows(2).any(|pair| pair[0].text != pair[1].text);
    let Some(main) = head.iter().filter(distinct).max_by_key(|row| amounts(row)).filter(|row| amounts(row) > 1) else {
        return Vec::new();
    };
    let mut columns: Vec<CompactString> = main
        .cells
        .iter()
        .map(|cell| squeeze(&cell.text))
        .filter(|text| is_amount(text))
        .map(CompactString::from)
        .collect();
    let pieces: Vec<String> = head
        .iter()
        .filter(|row| row.line != main.line)
        .flat_map(|row| {
            row.cells.iter().map(|cell| squeeze(&cell.text)).filter(|text| !is_amount(text) || text.ends_with("收入"))
        })
        .collect();
    for (at, first) in pieces.iter().enumerate() {
        let whole = pieces[at + 1..].iter().map(|second| format!("{first}{second}")).find(|whole| is_amount(whole));
        if let Some(whole) = whole.filter(|whole| !columns.iter().any(|column| column == whole)) {
            let place = columns.iter().position(|column| column == "其他收入").unwrap_or(columns.len());
            columns.insert(place, CompactString::from(whole));
        }
    }
    columns.into_iter().map(|head| HeadPath { keys: vec![key(&head)], heads: vec![head] }).collect()
}

/// How many amounts the rows of a loose table have, where nearly all have equally many: then no cell was empty.
pub(in crate::recognize::statement) fn amounts_of_all(rows: &[Vec<GridRow>]) -> Option<usize> {
    let money = |cell: &&GridCell| read_number(&cell.text).is_some_and(|number| number.money_like);
    let counts: Vec<usize> =
        rows.iter().flatten().map(|row| row.cells.iter().filter(money).count()).filter(|count| *count > 0).collect();
    let first = *counts.first()?;
    let alike = counts.iter().filter(|count| **count == first).count();
    (first > 2 && counts.len() > 2 && alike * 10 >= counts.len() * 9).then_some(first)
}

/// True where most rows with money begin with a code and a name, false where they begin with a name alone.
fn begin_with_codes(rows: &[Vec<GridRow>]) -> Option<bool> {
    let money = |cell: &GridCell| read_number(&cell.text).is_some_and(|number| number.money_like);
    let (mut coded, mut named, mut others) = (0, 0, 0);
    for row in rows.iter().flatten().filter(|row| row.cells.iter().any(money)) {
        let leads: Vec<&str> =
            row.cells.iter().take_while(|cell| !money(cell)).map(|cell| cell.text.as_str()).collect();
        match leads[..] {
            [code, name] if is_code(code) && has_han(name) => coded += 1,
            [name] if has_han(name) => named += 1,
            _ => others += 1,
        }
    }
    if coded * 2 > named + others { Some(true) } else { (named > (coded + others) * 3).then_some(false) }
}

fn is_code(text: &str) -> bool {
    let digits = squeeze(text);
    matches!(digits.len(), 3..=9) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for a head of codes or names, or of both: 科目编码, 类, 功能分类科目, 项目.
fn is_leading(vocabulary: &Vocabulary, kind: StatementKind, cell: &GridCell) -> bool {
    let key = key(&cell.text);
    match vocabulary.columns.of_head(&key, kind).map(|meaning| meaning.role) {
        Some(HeadRole::Amount) => false,
        Some(HeadRole::Group) => key == "项目" || key.contains("科目") || key.contains("分类"),
        Some(_) => true,
        None => key.ends_with("编码") || key.ends_with("名称") || key.ends_with("科目"),
    }
}
