//! Ghost rows: a row whose cells wrapped was read twice, the second time with garbled amounts. They are shown and never
//! added.

use super::amounts::amount_of;
use super::number::read_number;
use crate::model::{Amount, CellContent, Column, ColumnRole, Origin, Row, RowRole};
use crate::vocabulary::text::squeeze;

/// Marks ghost rows. A row is one when its amounts repeat those of the row before nearly glyph for glyph and its words
/// do not begin anything new; where the table prints a total, the sums must come out better without it.
pub(super) fn mark(columns: &[Column], rows: &mut [Row]) {
    let categories = categories(columns, rows);
    for index in 1..rows.len() {
        let (before, after) = rows.split_at_mut(index);
        let (Some(before_row), Some(ghost)) = (before.last_mut(), after.first_mut()) else { continue };
        let suspicious = before_row.roles.first() != Some(&RowRole::Ghost)
            && repeats_amounts(columns, before_row, ghost)
            && continues_words(columns, &categories, before_row, ghost);
        if suspicious {
            take_clearer_amounts(columns, before_row, ghost);
            append_words(columns, before_row, ghost);
            ghost.roles.iter_mut().for_each(|role| *role = RowRole::Ghost);
        }
    }
}

/// The words of a type column that stand on more than two rows: 其他运转类.
fn categories(columns: &[Column], rows: &[Row]) -> Vec<String> {
    let Some(column) = columns.iter().position(|column| column.role == ColumnRole::Text) else { return Vec::new() };
    let mut words: Vec<String> =
        rows.iter().map(|row| squeeze(&row.cells[column].text)).filter(|word| !word.is_empty()).collect();
    words.sort();
    words.chunk_by(|left, right| left == right).filter(|chunk| chunk.len() > 2).map(|chunk| chunk[0].clone()).collect()
}

/// The same amount columns filled, each pair alike but for a few misread glyphs.
fn repeats_amounts(columns: &[Column], before: &Row, after: &Row) -> bool {
    let mut pairs = 0;
    for (index, column) in columns.iter().enumerate() {
        if !matches!(column.role, ColumnRole::Amount { .. }) {
            continue;
        }
        match (amount_of(&before.cells[index]), amount_of(&after.cells[index])) {
            (None, None) => {}
            (Some(left), Some(right)) if alike(&left.printed, &right.printed) => pairs += 1,
            _ => return false,
        }
    }
    pairs > 0
}

fn alike(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (left, right) = (digits(left), digits(right));
    let differing = left.iter().zip(&right).filter(|(left, right)| left != right).count();
    left.len() == right.len() && differing * 2 <= left.len().max(2)
}

/// True when the second row's words cannot begin a row of their own: its code is a fragment or the same, its type is
/// none of the table's types.
fn continues_words(columns: &[Column], categories: &[String], before: &Row, after: &Row) -> bool {
    let cells = |row: &Row, role: &ColumnRole| -> Vec<String> {
        let found = columns.iter().zip(&row.cells).filter(|(column, _)| column.role == *role);
        found.map(|(_, cell)| squeeze(&cell.text)).filter(|text| !text.is_empty()).collect()
    };
    let codes_before: Vec<String> = [cells(before, &ColumnRole::Code), cells(before, &ColumnRole::UnitCode)].concat();
    let codes_after: Vec<String> = [cells(after, &ColumnRole::Code), cells(after, &ColumnRole::UnitCode)].concat();
    let (labels_before, labels_after) = (cells(before, &ColumnRole::Label), cells(after, &ColumnRole::Label));
    let fragment = |code: &String| code.len() <= 2;
    let code_continues = match (codes_before.first(), codes_after.first()) {
        (Some(before), Some(after)) => before == after || fragment(after) && matches!(before.len(), 4 | 5),
        (Some(_), None) => labels_after.first().is_some_and(|label| label.chars().count() <= 4),
        _ => false,
    };
    let types_before = cells(before, &ColumnRole::Text);
    let types_after = cells(after, &ColumnRole::Text);
    let known = |types: &[String]| types.first().is_some_and(|word| categories.contains(word));
    let type_continues = !categories.is_empty()
        && !known(&types_after)
        && (known(&types_before) || same_kind_of_code(&labels_before, &labels_after));
    let exact_repeat = labels_before != labels_after || codes_before != codes_after;
    (code_continues || type_continues) && exact_repeat
}

/// Codes in the name column: the department's row puts its code there, broken over two lines.
fn same_kind_of_code(before: &[String], after: &[String]) -> bool {
    let digits =
        |labels: &[String]| labels.first().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    digits(before) && digits(after)
}

/// Where the first reading lost its point (1 50), the second one (1.50) tells.
fn take_clearer_amounts(columns: &[Column], before: &mut Row, ghost: &Row) {
    for (index, column) in columns.iter().enumerate() {
        let doubtful = read_number(&before.cells[index].text).is_some_and(|number| number.doubtful);
        let Some(clear) =
            amount_of(&ghost.cells[index]).filter(|_| doubtful && matches!(column.role, ColumnRole::Amount { .. }))
        else {
            continue;
        };
        let from = before.cells[index].text.clone();
        let proof = format!("小数点未能识别；同一行的第二次识别为 {}", clear.printed);
        let amount = Amount { origin: Origin::Repaired { from, proof }, ..clear.clone() };
        before.cells[index].content = CellContent::Amount { amount: Box::new(amount), fact: None };
    }
}

/// The second half of a wrapped name belongs to the first.
fn append_words(columns: &[Column], before: &mut Row, ghost: &Row) {
    for (index, column) in columns.iter().enumerate() {
        if column.role == ColumnRole::Label && !ghost.cells[index].text.is_empty() {
            let more = ghost.cells[index].text.clone();
            before.cells[index].text.push_str(&more);
            for subject in before.subjects.iter_mut().flatten() {
                if !more.bytes().all(|byte| byte.is_ascii_digit()) {
                    subject.label.push_str(&squeeze(&more));
                }
            }
        }
    }
}
