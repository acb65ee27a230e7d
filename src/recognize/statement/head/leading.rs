//! The head of a loose table that lists codes and names: its rows tell how many columns stand before the amounts, so that
//! its heads need only tell the amounts. Extraction writes the heads of codes and names on lines of their own, before and
//! behind those of the amounts, and no blank says above which column they stood.

use compact_str::CompactString;

use super::{HeadPath, is_column_numbers};
use crate::model::StatementKind;
use crate::parse::{GridCell, GridRow};
use crate::recognize::number::read_number;
use crate::vocabulary::text::{has_han, key, squeeze};
use crate::vocabulary::{HeadRole, TableWords, Vocabulary};

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
    let leading = leading(&vocabulary.tables.coded_heads, coded);
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
pub(in crate::recognize::statement) fn leading_heads(words: &TableWords, rows: &[Vec<GridRow>]) -> Vec<HeadPath> {
    begin_with_codes(rows).map_or(Vec::new(), |coded| leading(&words.unit_heads, coded))
}

/// The heads of codes and names, or that of names alone.
pub(super) fn leading(heads: &[String], coded: bool) -> Vec<HeadPath> {
    let path = |head: &String| HeadPath { heads: vec![CompactString::from(head.as_str())], keys: vec![key(head)] };
    heads.iter().skip(usize::from(!coded)).map(path).collect()
}

/// The heads of amounts of a head with one line of them: each a column. A head that its cell broke over the lines above and
/// below that line (附属单位上缴 | 收入) stands where the statutory form has it: before 其他收入, else last. So does one that
/// stands alone above the others, but that may as well be above all of them: the second way is without such heads.
pub(in crate::recognize::statement) fn on_one_line(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    head: &[GridRow],
) -> Vec<Vec<HeadPath>> {
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
    let squeezed = |row: &GridRow| row.cells.iter().map(|cell| squeeze(&cell.text)).collect::<Vec<String>>();
    let mut columns: Vec<String> = squeezed(main).into_iter().filter(|text| is_amount(text)).collect();
    let others = head.iter().filter(|row| row.line != main.line && distinct(row) | (row.cells.len() == 1));
    let pieces: Vec<String> = others.flat_map(squeezed).collect();
    let mut alone = Vec::new();
    let mut second: Option<&String> = None;
    for (at, first) in pieces.iter().enumerate() {
        let rest = pieces[at + 1..].iter();
        let whole = rest.map(|next| (next, format!("{first}{next}"))).find(|(_, whole)| is_amount(whole));
        match whole {
            Some((next, whole)) => {
                second = Some(next);
                insert(&vocabulary.tables, &mut columns, whole);
            }
            None if is_amount(first) && second != Some(first) => alone.push(first.clone()),
            None => {}
        }
    }
    let without = columns.clone();
    alone.into_iter().for_each(|head| insert(&vocabulary.tables, &mut columns, head));
    let mut ways = vec![columns];
    ways.extend(Some(without).filter(|without| *without != ways[0]));
    let path = |head: String| HeadPath { keys: vec![key(&head)], heads: vec![CompactString::from(head)] };
    ways.into_iter().map(|columns| columns.into_iter().map(path).collect()).collect()
}

/// Puts a head where the statutory form has it.
fn insert(words: &TableWords, columns: &mut Vec<String>, head: String) {
    if !columns.contains(&head) {
        let last = columns.iter().position(|column| words.last_heads.contains(column)).unwrap_or(columns.len());
        columns.insert(last, head);
    }
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

pub(super) fn is_code(text: &str) -> bool {
    let digits = squeeze(text);
    matches!(digits.len(), 3..=9) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for a head of codes or names, or of both: 科目编码, 类, 功能分类科目, 项目.
fn is_leading(vocabulary: &Vocabulary, kind: StatementKind, cell: &GridCell) -> bool {
    let key = key(&cell.text);
    match vocabulary.columns.of_head(&key, kind).map(|meaning| meaning.role) {
        Some(HeadRole::Amount) => false,
        Some(HeadRole::Group) => vocabulary.tables.leads(&key),
        Some(_) => true,
        None => vocabulary.tables.ends_as_leading(&key),
    }
}
