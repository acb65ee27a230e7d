//! Rows of lists side by side: a name opens a list, its amounts follow.

use super::{LooseRow, is_amount};
use crate::model::{Column, ColumnRole};
use crate::recognize::statement::placing::fit::Mapping;
use crate::recognize::statement::placing::measured::MeasuredCell;
use crate::vocabulary::text::label_key;
use crate::vocabulary::{Side, Vocabulary};

/// The placement of a row: each name into the next column of names, each number into the next column for such numbers
/// of the same list.
pub(super) fn place(vocabulary: &Vocabulary, columns: &[Column], row: &LooseRow<'_>) -> Mapping {
    let mut next = first_list(vocabulary, columns, row);
    let cells = row.measured.iter().zip(&row.printed.cells);
    let place = |(measured, printed): (&MeasuredCell, &crate::parse::GridCell)| {
        let from = next?;
        let takes = |column: &usize| {
            let role = &columns[*column].role;
            if measured.words {
                matches!(role, ColumnRole::Label)
            } else if measured.money || printed.text == "0" {
                is_amount(&columns[*column])
            } else {
                matches!(role, ColumnRole::Code | ColumnRole::LineNumber) || is_amount(&columns[*column])
            }
        };
        let list = columns.get(from.saturating_sub(1)).map_or(0, |column| column.lane);
        let place = (from..columns.len()).find(takes);
        // A number without a column left in its list belongs nowhere.
        let place = place.filter(|place| measured.words || from == 0 || columns[*place].lane == list);
        if place.is_some() {
            next = place.map(|place| place + 1);
        }
        place
    };
    cells.map(place).collect()
}

/// The column where the row begins. A name that stands alone says which list it is of; `None` where it does not.
fn first_list(vocabulary: &Vocabulary, columns: &[Column], row: &LooseRow<'_>) -> Option<usize> {
    let mut names = row.measured.iter().zip(&row.printed.cells).filter(|(cell, _)| cell.words);
    let (Some((_, name)), None) = (names.next(), names.next()) else { return Some(0) };
    // An amount before the name is of a list further to the left.
    if row.measured.iter().take_while(|cell| !cell.words).any(|cell| cell.money) {
        return Some(0);
    }
    let label = label_key(&name.text);
    let in_list = |side| vocabulary.rows.of_label(&label, side).is_some();
    if in_list(Side::Income) {
        return Some(0);
    }
    let starts: Vec<usize> =
        (1..columns.len()).filter(|column| columns[*column].lane > columns[column - 1].lane).collect();
    // With two lists the name is of the other one; with more the words do not tell.
    (starts.len() == 1).then(|| starts[0])
}
