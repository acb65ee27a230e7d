//! Reads the cells of aligned rows: money, other numbers, words, and what cannot be placed.

use rust_decimal::Decimal;

use crate::model::{Amount, Cell, CellContent, Column, ColumnRole, Origin, Place, Row, Unit};
use crate::recognize::number::{Number, decimals, read_number};
use crate::vocabulary::TableWords;
use crate::vocabulary::text::has_han;

/// Where a table's amounts come from.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognize) struct Context {
    pub(in crate::recognize) file: u16,
    pub(in crate::recognize) unit: Unit,
}

/// Gives every cell its content.
pub(super) fn read(words: &TableWords, context: Context, columns: &[Column], rows: &mut [Row]) {
    for row in rows {
        let mut counted = false;
        for (cell, column) in row.cells.iter_mut().zip(columns) {
            if has_han(&cell.text) {
                counted = counts_things(words, &cell.text);
            }
            let role = if counted { &ColumnRole::Number } else { &column.role };
            cell.content = content(context, role, cell);
        }
    }
}

/// A label of things that are counted rather than paid: 公务用车保有量（辆）, 国内公务接待人次（人）.
fn counts_things(words: &TableWords, label: &str) -> bool {
    let label = label.trim_end().strip_suffix([')', '）']);
    label
        .and_then(|label| label.rsplit(['(', '（']).next())
        .is_some_and(|measure| words.counted.iter().any(|word| word == measure.trim()))
}

fn content(context: Context, role: &ColumnRole, cell: &Cell) -> CellContent {
    if cell.text.is_empty() {
        return CellContent::Blank;
    }
    let number = read_number(&cell.text);
    match (role, number) {
        (ColumnRole::Amount { .. }, Some(number)) if !number.percent => {
            CellContent::Amount { amount: Box::new(amount(context, cell, &number)), fact: None }
        }
        // A dash is a way to print nothing; digits that are no number are damage.
        (ColumnRole::Amount { .. }, _)
            if cell.text.contains(|glyph: char| glyph.is_ascii_digit()) && !has_han(&cell.text) =>
        {
            CellContent::Unplaced
        }
        (ColumnRole::Code | ColumnRole::UnitCode | ColumnRole::LineNumber | ColumnRole::Number, _) => {
            CellContent::Number
        }
        (ColumnRole::Unknown | ColumnRole::Label, Some(number)) if number.money_like && !number.percent => {
            CellContent::Unplaced
        }
        (_, Some(_)) => CellContent::Number,
        _ => CellContent::Text,
    }
}

/// An amount as printed in a cell.
pub(in crate::recognize) fn amount(context: Context, cell: &Cell, number: &Number) -> Amount {
    let comma =
        cell.text.contains(',') && !number.clean.is_empty() && !cell.text.contains('.') && number.clean.contains('.');
    let origin = if comma {
        let proof = "逗号后只有两位数字，按小数点读".to_owned();
        Origin::Repaired { from: cell.text.clone(), proof }
    } else {
        Origin::Printed
    };
    Amount {
        yuan: number.value * context.unit.yuan(),
        printed: number.clean.clone(),
        unit: context.unit,
        quantum: context.unit.yuan() * Decimal::new(1, decimals(&number.clean)),
        origin,
        place: Place { file: context.file, line: cell.line, cell: cell.printed_cell },
    }
}

/// The amount of a cell.
pub(in crate::recognize) fn amount_of(cell: &Cell) -> Option<&Amount> {
    match &cell.content {
        CellContent::Amount { amount, .. } => Some(amount),
        _ => None,
    }
}

/// The amounts of a row in yuan, by column.
pub(super) fn yuan(row: &Row) -> Vec<Option<Decimal>> {
    row.cells.iter().map(|cell| amount_of(cell).map(|amount| amount.yuan)).collect()
}

/// A value as documents print it in a unit: trailing zeros as the quantum has them.
pub(in crate::recognize) fn printed(value: Decimal, unit: Unit, places: u32) -> compact_str::CompactString {
    let mut in_unit = (value / unit.yuan()).normalize();
    if in_unit.scale() < places {
        in_unit.rescale(places);
    }
    compact_str::format_compact!("{in_unit}")
}
