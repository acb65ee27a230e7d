//! Whether a grid is a table of its own or the rest of the one before it, which a page broke.

use super::around::Between;
use super::raw::RawTable;
use super::title::is_number;
use crate::parse::{GridCell, GridRow};
use crate::recognize::number::read_number;
use crate::vocabulary::text::{self, has_han, squeeze};
use crate::vocabulary::{RowMeaning, Side, Vocabulary};

/// True when the rows of a grid go on with a table.
pub(super) fn goes_on(vocabulary: &Vocabulary, table: &RawTable<'_>, between: &Between<'_>, rows: &[GridRow]) -> bool {
    let anew = between.title.is_some() && starts_anew(vocabulary, table, rows);
    continues(vocabulary, table, between, rows) && !anew || resumes(vocabulary, table, between, rows)
}

/// A fragment after a page break has no title of its own, or repeats the one before; or it has the heads of the table and
/// no more than a number: 公开01表.
fn continues(vocabulary: &Vocabulary, table: &RawTable<'_>, between: &Between<'_>, rows: &[GridRow]) -> bool {
    let untitled = between.sentences == 0 && table.notes.is_empty();
    match &between.title {
        Some((_, title, rule)) => {
            let numbered = rule.is_none() && is_number(&vocabulary.tables, title);
            text::key(title) == text::key(&table.title) || numbered && untitled && repeats_head(table, rows)
        }
        None => untitled,
    }
}

/// True for rows that begin with the first row of the table, its heads.
fn repeats_head(table: &RawTable<'_>, rows: &[GridRow]) -> bool {
    let texts = |row: &GridRow| row.cells.iter().map(|cell| text::key(&cell.text)).collect::<Vec<_>>();
    let first = table.fragments.first().and_then(|rows| rows.first()).map(texts);
    first.is_some_and(|first| {
        first.iter().any(|text| !text.is_empty()) && rows.first().is_some_and(|row| texts(row) == first)
    })
}

/// A table under the same title that begins with another total, or stands behind one that ended with its totals, is that
/// of another organization.
fn starts_anew(vocabulary: &Vocabulary, table: &RawTable<'_>, rows: &[GridRow]) -> bool {
    const FIRST: usize = 6;
    let total = |rows: &[GridRow]| rows.iter().take(FIRST).find_map(|row| total_amounts(vocabulary, row));
    let before = table.fragments.first().and_then(|rows| total(rows));
    let is_end = |side, code: &str, cell: &GridCell| {
        let meaning = vocabulary.rows.of_label(&text::label_key(&cell.text), side);
        matches!(meaning, Some(RowMeaning::Total(total)) if total == code)
    };
    let ended = table.fragments.last().and_then(|rows| rows.last()).is_some_and(|row| {
        row.cells.iter().any(|cell| is_end(Side::Income, "income_total", cell))
            && row.cells.iter().any(|cell| is_end(Side::Expenditure, "expenditure_total", cell))
    });
    ended || total(rows).zip(before).is_some_and(|(own, before)| own != before)
}

/// The amounts of a row that states a total.
fn total_amounts(vocabulary: &Vocabulary, row: &GridRow) -> Option<Vec<String>> {
    let is_total = |text: &str| has_han(text) && vocabulary.rows.total(&text::label_key(text)).is_some();
    row.cells.iter().find(|cell| is_total(&cell.text))?;
    let money = |text: &str| read_number(text).is_some_and(|number| number.money_like);
    let amounts = row.cells.iter().filter(|cell| money(&cell.text)).map(|cell| squeeze(&cell.text));
    Some(amounts.collect()).filter(|amounts: &Vec<String>| !amounts.is_empty())
}

/// A wide table may be torn by a page break that turned some of its cells into loose lines: what follows under no title
/// and no head, in nearly as many columns (empty ones go at page breaks), is the rest of it.
fn resumes(vocabulary: &Vocabulary, table: &RawTable<'_>, between: &Between<'_>, rows: &[GridRow]) -> bool {
    const WIDE: usize = 8;
    let width = |rows: &[GridRow]| rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let whole = table.fragments.first().map_or(0, |rows| width(rows));
    let known =
        |row: &GridRow| row.cells.iter().filter(|cell| vocabulary.columns.knows(&text::key(&cell.text))).count();
    let filled = |row: &GridRow| row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
    let headed = rows.first().is_some_and(|row| known(row) >= 2 && known(row) * 2 >= filled(row));
    between.title.is_none()
        && between.unit.is_none()
        && table.notes.is_empty()
        && whole >= WIDE
        && (whole - 2..=whole).contains(&width(rows))
        && !headed
}
