//! Tables of income and expenditure whose two sides stand below each other instead of side by side.

use super::raw::RawTable;
use crate::model::StatementKind;
use crate::parse::GridRow;
use crate::vocabulary::text::squeeze;
use crate::vocabulary::{Side, TableWords};

/// The side that a row names when it says nothing else.
pub(super) fn side_alone(words: &TableWords, row: &GridRow) -> Option<Side> {
    let mut filled = row.cells.iter().map(|cell| squeeze(&cell.text)).filter(|text| !text.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return None };
    if words.income_leads.contains(&only) {
        return Some(Side::Income);
    }
    words.expenditure_leads.contains(&only).then_some(Side::Expenditure)
}

/// True for rows that are headed as one side of a table of which the part before is headed as the other.
pub(super) fn is_other_side(words: &TableWords, table: &RawTable<'_>, rows: &[GridRow]) -> bool {
    let has_sides = table
        .rule
        .is_some_and(|rule| matches!(rule.kind, StatementKind::RevenueExpenditure | StatementKind::Appropriation));
    let side = |rows: &[GridRow]| rows.first().and_then(|row| side_alone(words, row));
    let before = table.fragments.first().and_then(|rows| side(rows));
    has_sides && before.is_some() && side(rows).is_some_and(|side| Some(side) != before)
}
