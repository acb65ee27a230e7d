//! Totals of other tables: a row that slipped from one table into another brings a total that is not the table's own.

use rust_decimal::Decimal;

use crate::model::{Column, ColumnRole, Row, RowRole, Subject, SubjectKind};
use crate::recognize::statement::amounts::amount_of;

/// Makes nobody's the totals that stand before the one to which the items of a list add up.
pub(in crate::recognize::statement) fn withdraw(columns: &[Column], rows: &mut [Row]) {
    let Some(column) = columns.iter().position(|column| matches!(column.role, ColumnRole::Amount { .. })) else {
        return;
    };
    if columns.iter().any(|column| column.lane > 0) {
        return;
    }
    let yuan = |row: &Row| amount_of(&row.cells[column]).map(|amount| amount.yuan);
    let is_total = |row: &Row| row.roles[0] == RowRole::Total && subject(row).is_some_and(|own| own.code == "total");
    let totals: Vec<(usize, Decimal)> =
        (0..rows.len()).filter(|at| is_total(&rows[*at])).filter_map(|at| Some((at, yuan(&rows[at])?))).collect();
    let Some((_, first)) = totals.first() else { return };
    if totals.iter().all(|(_, total)| total == first) {
        return;
    }
    let items = || {
        rows.iter().filter_map(|row| {
            let own = subject(row).filter(|own| own.kind == SubjectKind::Function && !own.of_which)?;
            Some((own.level, amount_of(&row.cells[column])?))
        })
    };
    let Some(top) = items().map(|(level, _)| level).min() else { return };
    let tops: Vec<_> = items().filter(|(level, _)| *level == top).map(|(_, amount)| amount).collect();
    let quantum = tops.iter().map(|amount| amount.quantum).max().unwrap_or_default();
    let tolerance = quantum * Decimal::from(tops.len() + 1) / Decimal::TWO;
    let sum: Decimal = tops.iter().map(|amount| amount.yuan).sum();
    let own = totals.iter().position(|(_, total)| (*total - sum).abs() <= tolerance);
    for (at, _) in &totals[..own.unwrap_or(0)] {
        rows[*at].unreadable = true;
    }
}

/// What the first list of a row is about.
fn subject(row: &Row) -> Option<&Subject> {
    row.subjects.first()?.as_ref()
}
