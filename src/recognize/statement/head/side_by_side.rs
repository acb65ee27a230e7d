//! Lists side by side in a loose table, as its rows tell them: 30101 基本工资 9.50 30201 办公费 3.10. Of the heads above, which
//! extraction broke, nothing but the one of the amounts is needed.

use compact_str::CompactString;

use super::leading::{is_code, leading};
use super::{HeadPath, is_column_numbers};
use crate::model::StatementKind;
use crate::parse::GridRow;
use crate::vocabulary::text::{has_han, key};
use crate::vocabulary::{HeadRole, Vocabulary};

/// The columns of the lists, each a code, a name and an amount; `None` where most rows are no two such lists, or where the
/// head names several amounts.
pub(in crate::recognize::statement) fn side_by_side(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    head: &[GridRow],
    rows: &[Vec<GridRow>],
) -> Option<Vec<HeadPath>> {
    let counts: Vec<usize> = rows.iter().flatten().map(lists).filter(|count| *count > 0).collect();
    let most = counts.iter().copied().max().filter(|most| *most > 1)?;
    let whole = counts.iter().filter(|count| **count == most).count();
    if whole * 2 <= counts.len() {
        return None;
    }
    let lines = head.iter().filter(|row| !is_column_numbers(&vocabulary.tables, row));
    let is_amount =
        |key: &String| vocabulary.columns.of_head(key, kind).is_some_and(|meaning| meaning.role == HeadRole::Amount);
    let mut amounts: Vec<(String, &CompactString)> =
        lines.flat_map(|row| &row.cells).map(|cell| (key(&cell.text), &cell.text)).collect();
    amounts.retain(|(key, _)| is_amount(key));
    let (first, text) = amounts.first()?;
    let same = amounts.iter().all(|(key, _)| key == first);
    let amount = HeadPath { heads: vec![(*text).clone()], keys: vec![first.clone()] };
    let list = || leading(&vocabulary.tables.coded_heads, true).into_iter().chain([amount.clone()]);
    same.then(|| (0..most).flat_map(|_| list()).collect())
}

/// How many codes of a row stand before a name.
fn lists(row: &GridRow) -> usize {
    row.cells.windows(2).filter(|pair| is_code(&pair[0].text) && has_han(&pair[1].text)).count()
}
