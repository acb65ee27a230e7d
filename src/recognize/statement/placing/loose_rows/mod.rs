//! Rows of which only the filled cells are known: extraction left one blank between any two of them, whatever stood
//! empty between them.
//!
//! Each row is placed by itself. Where its own sums leave a choice, the totals of the columns decide, and above them the
//! sums of what a row contains. A cell for which that leaves a choice too has no place: it is shown and counted, never
//! guessed.

mod lists;
mod search;

use rust_decimal::Decimal;

use super::fit::{Frame, Mapping};
use super::measured::MeasuredRow;
use super::placement::values;
use crate::model::{Column, ColumnRole};
use crate::parse::GridRow;
use crate::recognize::statement::known::Known;
use crate::vocabulary::{CodeNames, Vocabulary};

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
    let open: Vec<Vec<(Mapping, Amounts)>> = rows.iter().map(|row| distinct(frame.columns, row)).collect();
    let mut chosen: Vec<Option<usize>> = open.iter().map(|choices| (choices.len() == 1).then_some(0)).collect();
    settle_totals(frame, known, rows, &open, &mut chosen);
    settle_items(frame, rows, &open, &mut chosen);
    settle_classes(frame, rows, &open, &mut chosen);
    let mapping = |(choices, chosen): (&Vec<(Mapping, Amounts)>, &Option<usize>)| match chosen {
        Some(index) => choices[*index].0.clone(),
        None => agreed(choices),
    };
    open.iter().zip(&chosen).map(mapping).collect()
}

/// The placement of one row cell by cell: each name into the next column of names, each number into the next of amounts.
pub(super) fn by_lists(vocabulary: &Vocabulary, columns: &[Column], row: &LooseRow<'_>) -> Mapping {
    lists::place(vocabulary, columns, row)
}

/// The placements of a row that differ in its amounts.
fn distinct(columns: &[Column], row: &LooseRow<'_>) -> Vec<(Mapping, Amounts)> {
    let mut distinct: Vec<(Mapping, Amounts)> = Vec::new();
    for mapping in row.choices {
        let amounts = values(columns, row.measured, mapping);
        if distinct.iter().all(|(_, other)| *other != amounts) {
            distinct.push((mapping.clone(), amounts));
        }
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
    for index in (0..rows.len()).filter(|index| rows[*index].standing == Standing::Total) {
        let agrees = |pick: &usize| known.totals.agree(frame.columns, &open[index][*pick].1, known.unit);
        let mut fitting = (0..open[index].len()).filter(agrees);
        if let (None, Some(only), None) = (chosen[index], fitting.next(), fitting.next()) {
            chosen[index] = Some(only);
        }
    }
}

/// Items are placed when exactly one way to place them all adds up to the total row in every column.
fn settle_items(
    frame: &Frame<'_>,
    rows: &[LooseRow<'_>],
    open: &[Vec<(Mapping, Amounts)>],
    chosen: &mut [Option<usize>],
) {
    let of = |standing| move |index: &usize| rows[*index].standing == standing;
    let total = (0..rows.len()).filter(of(Standing::Total)).find_map(|index| Some(&open[index][chosen[index]?].1));
    let Some(total) = total else { return };
    let items: Vec<usize> = (0..rows.len()).filter(of(Standing::Item)).collect();
    let (settled, unsettled): (Vec<usize>, Vec<usize>) = items.iter().partition(|index| chosen[**index].is_some());
    let mut rest: Vec<Decimal> = total.iter().map(|amount| amount.unwrap_or_default()).collect();
    for amounts in settled.iter().filter_map(|index| Some(&open[*index][chosen[*index]?].1)) {
        subtract(&mut rest, amounts);
    }
    let tolerance = frame.quantum * Decimal::from(items.len() + 1) / Decimal::TWO;
    // What a code says of persons and of the office goes before the sums, which equal amounts may leave open.
    let told = |index: &usize| {
        let fits = |pick: &usize| is_spent_as_coded(frame.columns, &rows[*index].code, &open[*index][*pick].1);
        (0..open[*index].len()).filter(fits).collect::<Vec<usize>>()
    };
    let any = |index: &usize| (0..open[*index].len()).collect::<Vec<usize>>();
    let ways = [unsettled.iter().map(told).collect::<Vec<_>>(), unsettled.iter().map(any).collect()];
    for picks in ways {
        let row = |(index, picks): (&usize, &Vec<usize>)| picks.iter().map(|pick| &open[*index][*pick].1).collect();
        let choices: Vec<Vec<&Amounts>> = unsettled.iter().zip(&picks).map(row).collect();
        if let Some(found) = search::only_way(&choices, rest.clone(), tolerance) {
            unsettled.iter().zip(picks).zip(found).for_each(|((at, picks), pick)| chosen[*at] = Some(picks[pick]));
            return;
        }
    }
}

/// False where an economic item is spent on persons by its code and on the office by its column, or the other way round.
fn is_spent_as_coded(columns: &[Column], code: &str, amounts: &Amounts) -> bool {
    let economic = code.len() >= 3 && code.starts_with('3');
    let filled = columns.iter().zip(amounts).filter(|(_, amount)| amount.is_some());
    let mut natures = filled.filter_map(|(column, _)| match &column.role {
        ColumnRole::Amount { nature, .. } => Some(nature.as_str()),
        _ => None,
    });
    let persons = CodeNames::is_personnel(code);
    !economic
        || natures.all(|nature| match nature {
            nature if nature.starts_with("basic.personnel") => persons,
            nature if nature.starts_with("basic.operating") => !persons,
            _ => true,
        })
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

/// The places on which all choices agree; the other cells have none.
fn agreed(choices: &[(Mapping, Amounts)]) -> Mapping {
    let Some(((first, _), others)) = choices.split_first() else { return Vec::new() };
    let same = |cell: usize, place: Option<usize>| others.iter().all(|(other, _)| other.get(cell) == Some(&place));
    first.iter().enumerate().map(|(cell, place)| place.filter(|_| same(cell, *place))).collect()
}

/// True for a column of amounts.
fn is_amount(column: &Column) -> bool {
    matches!(column.role, ColumnRole::Amount { .. })
}
