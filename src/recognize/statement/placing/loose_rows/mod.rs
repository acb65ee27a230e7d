//! Rows of which only the filled cells are known: extraction left one blank between any two of them, whatever stood
//! empty between them.
//!
//! Each row is placed by itself. Where its own sums leave a choice, the totals of the columns decide, and above them the
//! sums of what a row contains. A cell for which that leaves a choice too has no place: it is shown and counted, never
//! guessed.

mod families;
mod items;
mod lists;
mod search;

use rust_decimal::Decimal;

use super::fit::{Frame, Mapping};
use super::measured::MeasuredRow;
use super::placement::values;
use crate::model::{Column, ColumnRole};
use crate::parse::GridRow;
use crate::recognize::statement::known::Known;
use crate::vocabulary::Vocabulary;

/// A row, with the placements that fit it best.
pub(super) struct LooseRow<'table> {
    pub(super) printed: &'table GridRow,
    pub(super) measured: &'table MeasuredRow,
    pub(super) choices: &'table [Mapping],
    /// Its code, blanks removed; empty where it has none.
    pub(super) code: String,
    pub(super) standing: Standing,
}

/// How a row stands to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The sum of all items.
    Total,
    /// An addend.
    Item,
    /// A class above the items whose codes begin with its own.
    Class,
}

/// The amounts of a row by column of the frame.
type Amounts = Vec<Option<Decimal>>;

/// The placement of every row.
pub(super) fn place(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    known: Known<'_>,
    rows: &[LooseRow<'_>],
) -> Vec<Mapping> {
    if frame.columns.iter().any(|column| column.lane > 0) {
        return rows.iter().map(|row| lists::place(vocabulary, frame.columns, row)).collect();
    }
    let whole = first_whole(frame);
    let open: Vec<Vec<(Mapping, Amounts)>> = rows.iter().map(|row| distinct(frame.columns, whole, row)).collect();
    let mut chosen: Vec<Option<usize>> = open.iter().map(|choices| (choices.len() == 1).then_some(0)).collect();
    settle_totals(frame, known, rows, &open, &mut chosen);
    families::settle(vocabulary, frame, rows, &open, &mut chosen);
    items::settle(vocabulary, frame, rows, &open, &mut chosen);
    settle_classes(frame, rows, &open, &mut chosen);
    let mapping = |index: usize| match chosen[index] {
        Some(pick) => open[index][pick].0.clone(),
        None => agreed(&rows[index], &open[index]),
    };
    (0..rows.len()).map(mapping).collect()
}

/// The placement of one row cell by cell: each name into the next column of names, each number into the next of amounts.
pub(super) fn by_lists(vocabulary: &Vocabulary, columns: &[Column], row: &LooseRow<'_>) -> Mapping {
    lists::place(vocabulary, columns, row)
}

/// The first column of amounts, where all others are parts of it: no row prints parts without their whole.
fn first_whole(frame: &Frame<'_>) -> Option<usize> {
    let first = frame.columns.iter().position(is_amount)?;
    let own_year = matches!(&frame.columns[first].role, ColumnRole::Amount { year: None, phase: None, .. });
    let sum = frame.sums.iter().find(|sum| sum.total == first).filter(|_| own_year)?;
    let later = (first + 1..frame.columns.len()).filter(|column| is_amount(&frame.columns[*column]));
    let inside = |column: &usize| {
        sum.parts.contains(column)
            || frame.sums.iter().any(|other| other.total != first && other.parts.contains(column))
    };
    let is_addend = |column: &usize| matches!(frame.columns[*column].role, ColumnRole::Amount { of_which: false, .. });
    later.filter(is_addend).all(|column| inside(&column)).then_some(first)
}

/// The placements of a row that differ in its amounts, of those that put an amount into its `whole`, if there are any.
fn distinct(columns: &[Column], whole: Option<usize>, row: &LooseRow<'_>) -> Vec<(Mapping, Amounts)> {
    let mut distinct: Vec<(Mapping, Amounts)> = Vec::new();
    for mapping in row.choices {
        let amounts = values(columns, row.measured, mapping);
        if distinct.iter().all(|(_, other)| *other != amounts) {
            distinct.push((mapping.clone(), amounts));
        }
    }
    if let Some(whole) = whole.filter(|whole| distinct.iter().any(|(_, amounts)| amounts[*whole].is_some())) {
        distinct.retain(|(_, amounts)| amounts[whole].is_some());
    }
    distinct
}

/// The total is placed when exactly one of its placements says what the document tells of it elsewhere.
fn settle_totals(
    frame: &Frame<'_>,
    known: Known<'_>,
    rows: &[LooseRow<'_>],
    open: &[Vec<(Mapping, Amounts)>],
    chosen: &mut [Option<usize>],
) {
    // A table of one row has no total but that row.
    let filled = |index: &usize| rows[*index].measured.iter().any(|cell| cell.money);
    let alone = (0..rows.len()).filter(filled).count() == 1;
    let is_total = |index: &usize| rows[*index].standing == Standing::Total || alone && filled(index);
    for index in (0..rows.len()).filter(is_total) {
        let agrees = |pick: &usize| known.totals.agree(frame.columns, &open[index][*pick].1, known.unit);
        let mut fitting = (0..open[index].len()).filter(agrees);
        if let (None, Some(only), None) = (chosen[index], fitting.next(), fitting.next()) {
            chosen[index] = Some(only);
        }
    }
}

/// A class is placed when exactly one of its placements is the sum of its items.
fn settle_classes(
    frame: &Frame<'_>,
    rows: &[LooseRow<'_>],
    open: &[Vec<(Mapping, Amounts)>],
    chosen: &mut [Option<usize>],
) {
    for index in (0..rows.len()).filter(|index| rows[*index].standing == Standing::Class) {
        if chosen[index].is_some() {
            continue;
        }
        let parts: Option<Vec<&Amounts>> = (0..rows.len())
            .filter(|part| rows[*part].standing == Standing::Item && rows[*part].code.starts_with(&rows[index].code))
            .map(|part| chosen[part].map(|pick| &open[part][pick].1))
            .collect();
        let Some(parts) = parts.filter(|parts| !parts.is_empty()) else { continue };
        let tolerance = frame.quantum * Decimal::from(parts.len() + 1) / Decimal::TWO;
        let agrees = |amounts: &Amounts| {
            let mut rest: Vec<Decimal> = amounts.iter().map(|amount| amount.unwrap_or_default()).collect();
            parts.iter().for_each(|part| subtract(&mut rest, part));
            rest.iter().all(|gap| gap.abs() <= tolerance)
        };
        let mut fitting = (0..open[index].len()).filter(|pick| agrees(&open[index][*pick].1));
        chosen[index] = fitting.next().filter(|_| fitting.next().is_none());
    }
}

fn subtract(rest: &mut [Decimal], amounts: &Amounts) {
    for (rest, amount) in rest.iter_mut().zip(amounts) {
        *rest -= amount.unwrap_or_default();
    }
}

/// The places on which all choices agree; the other amounts have none. Words say by themselves what they are.
fn agreed(row: &LooseRow<'_>, choices: &[(Mapping, Amounts)]) -> Mapping {
    let Some(((first, _), others)) = choices.split_first() else { return Vec::new() };
    let words = |cell: usize| row.measured.get(cell).is_some_and(|cell| cell.words);
    let same = |cell: usize, place: Option<usize>| {
        words(cell) || others.iter().all(|(other, _)| other.get(cell) == Some(&place))
    };
    first.iter().enumerate().map(|(cell, place)| place.filter(|_| same(cell, *place))).collect()
}

/// True for a column of amounts.
fn is_amount(column: &Column) -> bool {
    matches!(column.role, ColumnRole::Amount { .. })
}
