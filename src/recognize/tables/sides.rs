//! Tables of income and expenditure whose two sides stand below each other instead of side by side.

use super::raw::RawTable;
use crate::model::StatementKind;
use crate::parse::GridRow;
use crate::vocabulary::text::{key, squeeze};
use crate::vocabulary::{Side, Vocabulary};

/// The side that a row names first, when it says nothing else but heads: 收入, or 收入 | 金额.
pub(super) fn side_alone(vocabulary: &Vocabulary, row: &GridRow) -> Option<Side> {
    let words = &vocabulary.tables;
    let mut filled = row.cells.iter().map(|cell| squeeze(&cell.text)).filter(|text| !text.is_empty());
    let first = filled.next()?;
    let is_side = |text: &String| words.income_leads.contains(text) || words.expenditure_leads.contains(text);
    if !filled.all(|text| !is_side(&text) && vocabulary.columns.knows(&key(&text))) {
        return None;
    }
    if words.income_leads.contains(&first) {
        return Some(Side::Income);
    }
    words.expenditure_leads.contains(&first).then_some(Side::Expenditure)
}

/// True for rows that are headed as one side of a table of which the part before is headed as the other.
pub(super) fn is_other_side(vocabulary: &Vocabulary, table: &RawTable<'_>, rows: &[GridRow]) -> bool {
    let has_sides = table
        .rule
        .is_some_and(|rule| matches!(rule.kind, StatementKind::RevenueExpenditure | StatementKind::Appropriation));
    let side = |rows: &[GridRow]| rows.first().and_then(|row| side_alone(vocabulary, row));
    let before = table.fragments.first().and_then(|rows| side(rows));
    has_sides && before.is_some() && side(rows).is_some_and(|side| Some(side) != before)
}
