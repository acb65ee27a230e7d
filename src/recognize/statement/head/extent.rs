//! Where the head of a table ends.

use std::collections::BTreeSet;

use super::column_numbers::{is_column_numbers, whole_number};
use super::paths::knows;
use crate::parse::GridRow;
use crate::recognize::number::read_number;
use crate::vocabulary::text::{self, has_han, label_key};
use crate::vocabulary::{Side, Vocabulary};

/// How many rows at the top of a fragment are its head, column numbers included.
pub(in crate::recognize::statement) fn head_rows(vocabulary: &Vocabulary, rows: &[GridRow]) -> usize {
    // Debris of a damaged head may look like data; a row full of heads below it tells.
    let surely = (0..rows.len().min(10))
        .take_while(|index| !is_money_alone(&rows[*index]) && !is_item(vocabulary, &rows[*index]))
        .filter(|index| is_head(vocabulary, &rows[*index]))
        .last()
        .map_or(0, |index| index + 1);
    let mut seen_heads = surely > 0;
    for (index, row) in rows.iter().enumerate().skip(surely) {
        if is_column_numbers(&vocabulary.tables, row) {
            seen_heads = true;
        } else if is_data(vocabulary, row, seen_heads) {
            return index;
        } else if row.cells.iter().any(|cell| knows(vocabulary, &cell.text)) {
            seen_heads = true;
        }
    }
    rows.len()
}

/// Several amounts and nothing else: no debris of a head looks like that.
fn is_money_alone(row: &GridRow) -> bool {
    let filled = || row.cells.iter().filter(|cell| !cell.text.is_empty());
    let is_money = |text: &str| read_number(text).is_some_and(|number| number.money_like);
    filled().count() >= 4 && filled().all(|cell| is_money(&cell.text))
}

/// An item of a list that the vocabulary knows, and money beside it: whatever stands below it, the head has ended.
fn is_item(vocabulary: &Vocabulary, row: &GridRow) -> bool {
    let filled = || row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let Some(label) = filled().next().filter(|text| text::without_ordinal(text).len() < text.len()) else {
        return false;
    };
    let key = label_key(label);
    let known =
        [Side::Income, Side::Expenditure].into_iter().any(|side| vocabulary.rows.of_label(&key, side).is_some())
            || vocabulary.names.function_class(label).is_some();
    known && filled().any(|text| read_number(text).is_some_and(|number| number.money_like))
}

/// A row of several known heads and no money.
fn is_head(vocabulary: &Vocabulary, row: &GridRow) -> bool {
    let known: Vec<&str> =
        row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| knows(vocabulary, text)).collect();
    let codes = row.cells.iter().any(|cell| is_code(&cell.text));
    // A row of several lists (上年结转 | 年终结转 | 年终结转 | 年终结转) says the same again.
    let distinct: BTreeSet<&str> = known.iter().copied().collect();
    known.len() >= 4
        && distinct.len() > 2
        && !codes
        && !row.cells.iter().any(|cell| read_number(&cell.text).is_some_and(|number| number.money_like))
}

fn is_data(vocabulary: &Vocabulary, row: &GridRow, seen_heads: bool) -> bool {
    let filled: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    let numbers = filled.iter().filter_map(|text| read_number(text)).collect::<Vec<_>>();
    if numbers.iter().any(|number| number.money_like) {
        return true;
    }
    // Amounts in yuan may be whole numbers; years alone are heads.
    let is_year = |text: &&str| whole_number(text).is_some_and(|number| (1900..2100).contains(&number));
    if seen_heads && !filled.is_empty() && numbers.len() == filled.len() && !filled.iter().all(is_year) {
        return true;
    }
    let words: Vec<&str> = filled.iter().copied().filter(|text| has_han(text)).collect();
    // A part and its amounts: 三公经费合计 | 640 | 585.
    let amounts = filled.iter().filter(|text| read_number(text).is_some() && !is_year(text)).count();
    if seen_heads && words.len() == 1 && amounts >= 2 && !counts_up(&filled) {
        return true;
    }
    // So many are no count of columns: 三公经费合计 | 186000.
    let is_whole_amount = |text: &str| whole_number(text).is_some_and(|number| number >= 10_000);
    if seen_heads && filled.len() == 2 && has_han(filled[0]) && is_whole_amount(filled[1]) {
        return true;
    }
    let keys: Vec<String> = words.iter().map(|text| label_key(text)).collect();
    let known_heads = words.iter().filter(|text| knows(vocabulary, text)).count();
    let only_total = keys.len() == 1 && vocabulary.rows.total(&keys[0]).is_some();
    let all_total = !keys.is_empty() && keys.iter().all(|key| vocabulary.rows.total(key).is_some());
    if seen_heads && (only_total || all_total && !numbers.is_empty()) {
        return true;
    }
    let ordinal = words.first().is_some_and(|text| text::without_ordinal(text).len() < text.len() && text.len() > 6);
    let coded = filled.first().is_some_and(|text| is_code(text)) && !words.is_empty();
    seen_heads && known_heads * 2 <= words.len() && (ordinal || coded || !numbers.is_empty() && !words.is_empty())
}

/// True for the numbers of columns beside a head: 1, 2, 3.
fn counts_up(filled: &[&str]) -> bool {
    let numbers: Vec<u32> = filled.iter().filter_map(|text| whole_number(text)).collect();
    numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

/// Digits that can be a code: 3, 5, 7, 6 or around 21 of them.
fn is_code(text: &str) -> bool {
    let mut glyphs = text.chars().map(text::fold);
    glyphs.all(|glyph| glyph.is_ascii_digit()) && matches!(text.chars().count(), 3 | 5 | 6 | 7 | 17..=24)
}
