//! The row of column numbers that many heads end with: 栏次, 1 2 3 …

use crate::parse::GridRow;
use crate::vocabulary::TableWords;
use crate::vocabulary::text::{has_han, squeeze};

/// A row of column numbers: 栏次, or 1 2 3 … in order. Amounts that slipped into it are no reason to doubt it.
pub(in crate::recognize::statement) fn is_column_numbers(words: &TableWords, row: &GridRow) -> bool {
    let filled: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    // 栏次1 where extraction merged the word with the first number.
    let is_mark = |text: &str| {
        text == "**"
            || words.behind_column_numbers(text).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let marks = filled.iter().filter(|text| is_mark(&squeeze(text))).count();
    // Beside other heads 栏次 is the head of a column of its own.
    if marks > 0 {
        return filled.iter().filter(|text| has_han(text)).count() <= marks.max(1) + 1;
    }
    let numbers: Vec<u32> = filled.iter().filter_map(|text| whole_number(text)).collect();
    let counts = numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    numbers.len() == filled.len() && (counts || numbers_its_columns(row))
}

/// True for a row of column numbers that lost some: every number is that of its own column, counted from the first.
fn numbers_its_columns(row: &GridRow) -> bool {
    let numbered = (0_i64..).zip(&row.cells);
    let leads: Vec<i64> =
        numbered.filter_map(|(column, cell)| Some(i64::from(whole_number(&cell.text)?) - column)).collect();
    leads.len() >= 5 && leads.iter().all(|lead| *lead == leads[0])
}

/// A number without point or commas, of digits of any width.
pub(super) fn whole_number(text: &str) -> Option<u32> {
    squeeze(text).parse().ok()
}

/// How many columns the row of column numbers counts.
pub(in crate::recognize::statement) fn numbered(words: &TableWords, head: &[GridRow]) -> Option<usize> {
    let row = head.iter().find(|row| is_column_numbers(words, row))?;
    let digits = row
        .cells
        .iter()
        .map(|cell| squeeze(&cell.text))
        .filter_map(|text| words.behind_column_numbers(&text).unwrap_or(&text).parse::<u32>().ok());
    Some(digits.count()).filter(|count| *count > 0)
}
