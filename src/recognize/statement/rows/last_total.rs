//! The last row of a list may state the total without the word: with no label, or under the organization's name.

use compact_str::CompactString;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::outline::subject;
use crate::model::{CellContent, Column, ColumnRole, Row, RowRole, SubjectKind};
use crate::vocabulary::Vocabulary;

/// Makes the last row of amounts the total of its list when no row is, nothing else names it, and each of its amounts is
/// the sum of the outermost items, at least one of several.
pub(super) fn find(vocabulary: &Vocabulary, columns: &[Column], rows: &mut [Row], lane: u8) {
    let index = lane as usize;
    let amounts: Vec<usize> = (0..columns.len())
        .filter(|at| columns[*at].lane == lane && matches!(columns[*at].role, ColumnRole::Amount { .. }))
        .collect();
    let is_total = |row: &Row| row.subjects[index].as_ref().is_some_and(|subject| subject.kind == SubjectKind::Total);
    let Some(last) = rows.iter().rposition(|row| amounts.iter().any(|at| yuan(row, *at).is_some())) else { return };
    if rows.iter().any(is_total) || !is_unnamed(vocabulary, &rows[last], index) {
        return;
    }
    let items = outermost(&rows[..last], index);
    let mut proved = false;
    for at in &amounts {
        let Some(total) = yuan(&rows[last], *at) else { continue };
        let parts: Vec<Decimal> = items.iter().filter_map(|item| yuan(&rows[*item], *at)).collect();
        if parts.iter().sum::<Decimal>() != total {
            return;
        }
        proved |= parts.iter().filter(|part| !part.is_zero()).count() > 1;
    }
    if proved {
        let label = rows[last].subjects[index].take().map(|named| named.label).unwrap_or_default();
        rows[last].roles[index] = RowRole::Total;
        rows[last].subjects[index] = Some(subject(SubjectKind::Total, "total", &label));
    }
}

/// True for a row that no code and no name of an item names.
fn is_unnamed(vocabulary: &Vocabulary, row: &Row, lane: usize) -> bool {
    row.subjects[lane].as_ref().is_none_or(|named| {
        named.kind == SubjectKind::Other
            && named.code.is_empty()
            && !vocabulary.names.is_function_or_class(&named.label)
    })
}

/// The items that are part of no other one.
fn outermost(rows: &[Row], lane: usize) -> Vec<usize> {
    let code = |row: &Row| {
        let subject = row.subjects[lane].as_ref()?;
        matches!(subject.kind, SubjectKind::Function | SubjectKind::EconomicDepartmental).then(|| subject.code.clone())
    };
    let codes: Vec<Option<CompactString>> = rows.iter().map(code).collect();
    let known: FxHashSet<&str> = codes.iter().flatten().map(CompactString::as_str).collect();
    let is_part =
        |own: &CompactString| (1..own.len()).filter_map(|end| own.get(..end)).any(|above| known.contains(above));
    (0..rows.len()).filter(|at| codes[*at].as_ref().is_some_and(|own| !is_part(own))).collect()
}

fn yuan(row: &Row, column: usize) -> Option<Decimal> {
    match &row.cells[column].content {
        CellContent::Amount { amount, .. } => Some(amount.yuan),
        _ => None,
    }
}
