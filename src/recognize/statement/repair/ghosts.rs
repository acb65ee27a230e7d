//! Ghost rows: a row whose cells wrapped was read twice, the second time with garbled amounts. They are shown and never
//! added.

use rust_decimal::Decimal;

use crate::model::{Amount, CellContent, Column, ColumnRole, Origin, Row, RowRole};
use crate::recognize::number::read_number;
use crate::recognize::statement::amounts::{self, amount_of};
use crate::recognize::statement::sums::{self, ColumnSum, SumOutcome};
use crate::vocabulary::text::squeeze;

/// Marks ghost rows. A row is one when its amounts repeat those of the row before nearly glyph for glyph and its words
/// do not begin anything new. Where the table prints a total, the items must come nearer to it without the ghosts.
pub(in crate::recognize::statement) fn mark(columns: &[Column], sums: &[ColumnSum], rows: &mut [Row]) {
    let categories = categories(columns, rows);
    let mut ghosts: Vec<usize> = Vec::new();
    for index in 1..rows.len() {
        let (before, ghost) = (&rows[index - 1], &rows[index]);
        // The total that every page repeats has a label of its own.
        let is_total = ghost.roles.first() == Some(&RowRole::Total);
        if ghosts.last() != Some(&(index - 1))
            && !is_total
            && repeats_amounts(columns, before, ghost)
            && continues_words(columns, &categories, before, ghost)
        {
            ghosts.push(index);
        }
    }
    if ghosts.is_empty() || !totals_agree(columns, rows, &ghosts) {
        return;
    }
    for index in ghosts {
        let (before, after) = rows.split_at_mut(index);
        let (Some(before), Some(ghost)) = (before.last_mut(), after.first_mut()) else { continue };
        take_clearer_amounts(columns, sums, before, ghost);
        append_words(columns, before, ghost);
        ghost.roles.iter_mut().for_each(|role| *role = RowRole::Ghost);
    }
}

/// False when the total says that the rows count after all.
fn totals_agree(columns: &[Column], rows: &[Row], ghosts: &[usize]) -> bool {
    let Some(column) = columns.iter().position(|column| matches!(column.role, ColumnRole::Amount { .. })) else {
        return true;
    };
    let total = rows
        .iter()
        .find(|row| row.roles.first() == Some(&RowRole::Total))
        .and_then(|row| amount_of(&row.cells[column]));
    let Some(total) = total else { return true };
    let sum = |with_ghosts: bool| -> Decimal {
        let counts = |index: &usize| {
            rows[*index].roles.first() == Some(&RowRole::Item) && (with_ghosts || !ghosts.contains(index))
        };
        (0..rows.len())
            .filter(counts)
            .filter_map(|index| amount_of(&rows[index].cells[column]))
            .map(|amount| amount.yuan)
            .sum()
    };
    (total.yuan - sum(false)).abs() <= (total.yuan - sum(true)).abs()
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

/// Few digits must agree all but exactly, many may differ in half of them.
fn alike(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (left, right) = (digits(left), digits(right));
    let differing = left.iter().zip(&right).filter(|(left, right)| left != right).count();
    let allowed = match left.len() {
        0..=2 => 0,
        3 => 1,
        length => length / 2,
    };
    left.len() == right.len() && differing <= allowed
}

/// True when the second row's words cannot begin a row of their own: its code is a fragment or the same, its type is
/// none of the table's types.
fn continues_words(columns: &[Column], categories: &[String], before: &Row, after: &Row) -> bool {
    let cells = |row: &Row, role: &ColumnRole| -> Vec<String> {
        let found = columns.iter().zip(&row.cells).filter(|(column, _)| column.role == *role);
        found.map(|(_, cell)| squeeze(&cell.text)).filter(|text| !text.is_empty()).collect()
    };
    let codes = |row: &Row| [cells(row, &ColumnRole::Code), cells(row, &ColumnRole::UnitCode)].concat().concat();
    let (codes_before, codes_after) = (codes(before), codes(after));
    let (labels_before, labels_after) = (cells(before, &ColumnRole::Label), cells(after, &ColumnRole::Label));
    let code_continues = match (codes_before.as_str(), codes_after.as_str()) {
        (_, "") => !codes_before.is_empty() && labels_after.first().is_some_and(|label| label.chars().count() <= 4),
        ("", _) => false,
        (before, after) => same_code(before, after) || after.len() <= 2 && matches!(before.len(), 4 | 5 | 17..=20),
    };
    let types_before = cells(before, &ColumnRole::Text);
    let types_after = cells(after, &ColumnRole::Text);
    let known = |types: &[String]| types.first().is_some_and(|word| categories.contains(word));
    let type_continues = !categories.is_empty()
        && !known(&types_after)
        && (known(&types_before) || same_kind_of_code(&labels_before, &labels_after));
    // Two rows that are the same throughout are two items, not one read twice.
    let differs = labels_before != labels_after || codes_before != codes_after;
    (code_continues || type_continues) && differs
}

/// The same code, or a long one of which the second reading got a few digits wrong.
fn same_code(before: &str, after: &str) -> bool {
    let differing = before.bytes().rev().zip(after.bytes().rev()).filter(|(left, right)| left != right).count();
    let long = before.len() >= 17 && after.len() >= 17 && before.len().abs_diff(after.len()) <= 1;
    before == after || long && differing <= 6
}

/// Codes in the name column: the department's row puts its code there, broken over two lines.
fn same_kind_of_code(before: &[String], after: &[String]) -> bool {
    let digits =
        |labels: &[String]| labels.first().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    digits(before) && digits(after)
}

/// The second reading replaces an amount of the first when that one lost its point (1 50 for 1.50), or when the sums
/// of the row hold only with it.
fn take_clearer_amounts(columns: &[Column], sums: &[ColumnSum], before: &mut Row, ghost: &Row) {
    let fails = |row: &Row| {
        let values = amounts::yuan(row);
        sums.iter().filter(|sum| sums::check(sum, &values, Decimal::ZERO) == SumOutcome::Fails).count()
    };
    let mended = fails(before) > 0 && fails(ghost) == 0;
    for (index, column) in columns.iter().enumerate() {
        let (Some(first), Some(second)) = (amount_of(&before.cells[index]), amount_of(&ghost.cells[index])) else {
            continue;
        };
        let doubtful = read_number(&before.cells[index].text).is_some_and(|number| number.doubtful);
        if !matches!(column.role, ColumnRole::Amount { .. }) || first.yuan == second.yuan || !(doubtful || mended) {
            continue;
        }
        let why = if doubtful { "小数点未能识别" } else { "与本行合计不符" };
        let proof = format!("{why}；同一行的第二次识别为 {}", second.printed);
        let origin = Origin::Repaired { from: before.cells[index].text.clone(), proof };
        let amount = Amount { origin, ..second.clone() };
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
