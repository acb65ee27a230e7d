//! Amounts beside the column of their head.
//!
//! Where one column of a table was printed over several stops, its amounts wander: some stand under the head, others one
//! stop beside it, under no head at all. They belong together when no row fills both stops.

use rust_decimal::Decimal;

use crate::model::{Column, ColumnRole, Row};
use crate::recognize::number::read_number;
use crate::recognize::statement::sums::ColumnSum;

/// Moves the amounts of columns without any head into the only column of amounts beside them that takes all of them.
pub(in crate::recognize::statement) fn adopt(columns: &[Column], sums: &[ColumnSum], rows: &mut [Row]) {
    for column in (0..columns.len()).filter(|column| is_headless(&columns[*column])) {
        if !rows.iter().any(|row| is_money(row, column)) {
            continue;
        }
        let sides = [beside(columns, column, -1), beside(columns, column, 1)];
        let mut takers = sides.into_iter().flatten().filter(|taker| takes_all(columns, rows, column, *taker));
        let (Some(taker), None) = (takers.next(), takers.next()) else { continue };
        let fits = |row: &Row| sums.iter().all(|sum| still_adds_up(sum, row, column, taker));
        if rows.iter().filter(|row| is_money(row, column)).all(fits) {
            rows.iter_mut().filter(|row| is_money(row, column)).for_each(|row| row.cells.swap(taker, column));
        }
    }
}

fn is_headless(column: &Column) -> bool {
    column.role == ColumnRole::Unknown && column.path.is_empty()
}

/// The nearest column on a side, across columns without heads, when it holds amounts.
fn beside(columns: &[Column], column: usize, step: isize) -> Option<usize> {
    let mut at = column.checked_add_signed(step)?;
    while is_headless(columns.get(at)?) {
        at = at.checked_add_signed(step)?;
    }
    matches!(columns[at].role, ColumnRole::Amount { .. }).then_some(at)
}

/// True when the column holds nothing but amounts, other rows fill the taker, and no row fills both.
fn takes_all(columns: &[Column], rows: &[Row], column: usize, taker: usize) -> bool {
    let filled = |row: &Row, at: usize| !row.cells[at].text.is_empty();
    let pure = rows.iter().all(|row| !filled(row, column) || is_money(row, column));
    let apart = !rows.iter().any(|row| filled(row, column) && filled(row, taker));
    let used = rows.iter().any(|row| filled(row, taker));
    columns[taker].lane <= columns[column].lane && pure && apart && used
}

/// True unless a sum of the row that the taker is part of would fail with the amount.
fn still_adds_up(sum: &ColumnSum, row: &Row, column: usize, taker: usize) -> bool {
    let value = |at: usize| value(row, if at == taker { column } else { at });
    let concerned = sum.total == taker || sum.parts.contains(&taker);
    let Some(total) = value(sum.total).filter(|_| concerned) else { return true };
    let parts: Vec<Decimal> = sum.parts.iter().filter_map(|part| value(*part)).collect();
    // Rounding moves a sum by at most half a step for each addend; a whole step is more than two addends need.
    parts.is_empty() || (total - parts.iter().sum::<Decimal>()).abs() <= Decimal::new(1, 1)
}

fn value(row: &Row, column: usize) -> Option<Decimal> {
    read_number(&row.cells[column].text)
        .filter(|number| number.money_like && !number.percent)
        .map(|number| number.value)
}

fn is_money(row: &Row, column: usize) -> bool {
    value(row, column).is_some()
}
