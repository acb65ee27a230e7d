//! Where the fragments of a table stand in its frame. Rows alone leave several placements open; the totals of the columns,
//! over all fragments, decide.

use std::collections::BTreeSet;
use std::ops::Bound;

use rust_decimal::Decimal;

use super::fit::{Frame, Mapping};
use super::loose_rows::{self, LooseRow, Standing};
use super::measured::MeasuredRow;
use super::placement::{misplaced_cells, values};
use crate::model::{Column, ColumnRole};
use crate::parse::GridRow;
use crate::recognize::statement::known::Known;
use crate::recognize::statement::rows::outline;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{label_key, squeeze};

/// The placement of every fragment. Where several fit the rows alike, the totals of the columns decide.
pub(in crate::recognize::statement) fn place_all(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    choices: Vec<Vec<Mapping>>,
    fragments: &[Vec<GridRow>],
    measured: &[Vec<MeasuredRow>],
) -> Vec<Mapping> {
    let mut chosen: Vec<Mapping> = choices.iter().map(|choice| choice.first().cloned().unwrap_or_default()).collect();
    if choices.iter().all(|choice| choice.len() <= 1) {
        return chosen;
    }
    let counts = counting_rows(vocabulary, frame, fragments, &chosen);
    let parts = measured.iter().zip(&counts).zip(&chosen);
    let mut contributions: Vec<Contribution> =
        parts.map(|((rows, counts), mapping)| Contribution::new(frame, rows, counts, mapping)).collect();
    for (index, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.len() > 1) {
        let gap = |mapping: &Mapping| {
            let own = Contribution::new(frame, &measured[index], &counts[index], mapping);
            column_gaps(contributions[..index].iter().chain([&own]).chain(&contributions[index + 1..]))
        };
        // The first of equals: the most stable placement.
        let best = choice.iter().min_by_key(|mapping| gap(mapping)).cloned().unwrap_or_default();
        contributions[index] = Contribution::new(frame, &measured[index], &counts[index], &best);
        chosen[index] = best;
    }
    chosen
}

/// The placement of rows of which only the filled cells are known, each a fragment of its own.
pub(in crate::recognize::statement) fn place_loose(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    known: Known<'_>,
    choices: &[Vec<Mapping>],
    fragments: &[Vec<GridRow>],
    measured: &[Vec<MeasuredRow>],
) -> Vec<Mapping> {
    let first: Vec<Mapping> = choices.iter().map(|choice| choice.first().cloned().unwrap_or_default()).collect();
    let counts = counting_rows(vocabulary, frame, fragments, &first);
    let code = |row: &GridRow| squeeze(row.cells.first().map_or("", |cell| cell.text.as_str()));
    let codes: BTreeSet<String> = fragments.iter().flatten().map(code).collect();
    let is_parent = |row: &GridRow| {
        let own = code(row);
        // What begins like a code stands right behind it.
        let behind = || codes.range::<str, _>((Bound::Excluded(own.as_str()), Bound::Unbounded)).next();
        !own.is_empty()
            && own.bytes().all(|byte| byte.is_ascii_digit())
            && behind().is_some_and(|next| next.starts_with(&own))
    };
    let rows = fragments.iter().flatten().zip(measured.iter().flatten()).zip(choices).zip(counts.iter().flatten());
    let loose = rows.map(|(((printed, measured), choices), counts)| LooseRow {
        printed,
        measured,
        choices,
        code: code(printed),
        standing: match counts {
            Counts::AsTotal => Standing::Total,
            Counts::AsItem if is_parent(printed) => Standing::Class,
            Counts::AsItem => Standing::Item,
            Counts::Not => Standing::Class,
        },
    });
    loose_rows::place(vocabulary, frame, known, &loose.collect::<Vec<_>>())
}

/// The placement of a row whose label was merged over the codes and names of its list: 合计 | 9.00 where other rows have a
/// code, a name and 9.00. `None` where its cells stand well as they are.
pub(in crate::recognize::statement) fn merged_total(
    vocabulary: &Vocabulary,
    columns: &[Column],
    row: &GridRow,
    measured: &MeasuredRow,
) -> Option<Mapping> {
    let amount = measured.get(1).is_some_and(|cell| cell.money);
    let named = columns.get(1).is_some_and(|column| matches!(column.role, ColumnRole::Label | ColumnRole::Code));
    if !amount || !named {
        return None;
    }
    let label = row.cells.first().map(|cell| label_key(&cell.text))?;
    vocabulary.rows.total(&label)?;
    let as_printed: Mapping = (0..measured.len()).map(|column| (column < columns.len()).then_some(column)).collect();
    let row = LooseRow { printed: row, measured, choices: &[], code: String::new(), standing: Standing::Total };
    let listed = loose_rows::by_lists(vocabulary, columns, &row);
    let wrong = |mapping: &Mapping| misplaced_cells(columns, measured, mapping);
    (wrong(&listed) < wrong(&as_printed)).then_some(listed)
}

/// How a row counts in the sums of its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    AsTotal,
    AsItem,
    Not,
}

fn counting_rows(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    fragments: &[Vec<GridRow>],
    mappings: &[Mapping],
) -> Vec<Vec<Counts>> {
    let counts = |row: &GridRow, mapping: &Mapping| {
        let cells = row.cells.iter().zip(mapping);
        let leading = cells.filter_map(|(cell, column)| Some((cell.text.as_str(), frame.columns.get((*column)?)?)));
        let outline = outline(vocabulary, leading);
        let uncoded = outline.codes.is_empty() && outline.unit_code.is_empty();
        if outline.total.is_some() {
            Counts::AsTotal
        } else if uncoded || outline.codes.iter().any(|code| code.len() >= 5) {
            Counts::AsItem
        } else {
            Counts::Not
        }
    };
    let of_fragment =
        |(rows, mapping): (&Vec<GridRow>, &Mapping)| rows.iter().map(|row| counts(row, mapping)).collect();
    fragments.iter().zip(mappings).map(of_fragment).collect()
}

/// What a fragment adds to the sums of the columns.
struct Contribution {
    /// The amounts of its first total row.
    total: Option<Vec<Option<Decimal>>>,
    /// The sums of its items.
    items: Vec<Decimal>,
}

impl Contribution {
    fn new(frame: &Frame<'_>, rows: &[MeasuredRow], counts: &[Counts], mapping: &Mapping) -> Self {
        let columns = frame.columns;
        let is_amount =
            |column: usize| columns.get(column).is_some_and(|column| matches!(column.role, ColumnRole::Amount { .. }));
        let amounts: Vec<(usize, usize)> = mapping
            .iter()
            .enumerate()
            .filter_map(|(cell, column)| column.filter(|column| is_amount(*column)).map(|column| (cell, column)))
            .collect();
        let total = rows.iter().zip(counts).find(|(_, counts)| **counts == Counts::AsTotal);
        let total = total.map(|(row, _)| values(columns, row, mapping));
        let mut items = vec![Decimal::ZERO; columns.len()];
        for (row, _) in rows.iter().zip(counts).filter(|(_, counts)| **counts == Counts::AsItem) {
            for (cell, column) in &amounts {
                if let Some(value) = row.get(*cell).and_then(|cell| cell.value) {
                    items[*column] += value;
                }
            }
        }
        Contribution { total, items }
    }
}

/// In how many columns the total row differs from the sum of the items of all fragments.
fn column_gaps<'c>(contributions: impl Iterator<Item = &'c Contribution> + Clone) -> usize {
    let Some(total) = contributions.clone().find_map(|one| one.total.as_ref()) else { return 0 };
    let differs = |column: &usize| {
        let items: Decimal = contributions.clone().map(|one| one.items[*column]).sum();
        total[*column].unwrap_or_default() != items
    };
    (0..total.len()).filter(differs).count()
}
