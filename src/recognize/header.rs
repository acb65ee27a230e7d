//! Where the head of a table ends, and which heads stand above each column.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::number::read_number;
use crate::parse::GridRow;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{self, has_han, key, label_key, squeeze};

/// The heads of a column from the outermost to its own, as printed (squeezed) and as compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HeadPath {
    pub(super) heads: Vec<CompactString>,
    pub(super) keys: Vec<String>,
}

/// How many rows at the top of a fragment are its head, column numbers included.
pub(super) fn head_rows(vocabulary: &Vocabulary, rows: &[GridRow]) -> usize {
    // Debris of a damaged head may look like data; a row full of heads below it tells.
    let surely = (0..rows.len().min(10))
        .take_while(|index| !is_money_alone(&rows[*index]))
        .filter(|index| is_head(vocabulary, &rows[*index]))
        .last()
        .map_or(0, |index| index + 1);
    let mut seen_heads = surely > 0;
    for (index, row) in rows.iter().enumerate().skip(surely) {
        if is_column_numbers(row) {
            seen_heads = true;
        } else if is_data(vocabulary, row, seen_heads) {
            return index;
        } else if row.cells.iter().any(|cell| knows(vocabulary, &cell.text)) {
            seen_heads = true;
        }
    }
    rows.len()
}

/// A row of column numbers: 栏次, or 1 2 3 … in order. Amounts that slipped into it are no reason to doubt it.
pub(super) fn is_column_numbers(row: &GridRow) -> bool {
    let filled: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    // 栏次1 where extraction merged the word with the first number.
    let is_mark = |text: &str| {
        text == "**" || text.strip_prefix("栏次").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let marks = filled.iter().filter(|text| is_mark(&squeeze(text))).count();
    // Beside other heads 栏次 is the head of a column of its own.
    if marks > 0 {
        return filled.iter().filter(|text| has_han(text)).count() <= marks.max(1) + 1;
    }
    let numbers: Vec<u32> = filled.iter().filter_map(|text| text.parse().ok()).collect();
    let counts = numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    numbers.len() == filled.len() && (counts || numbers_its_columns(row))
}

/// True for a row of column numbers that lost some: every number is that of its own column, counted from the first.
fn numbers_its_columns(row: &GridRow) -> bool {
    let numbered = (0_i64..).zip(&row.cells);
    let leads: Vec<i64> =
        numbered.filter_map(|(column, cell)| Some(i64::from(cell.text.parse::<u32>().ok()?) - column)).collect();
    leads.len() >= 5 && leads.iter().all(|lead| *lead == leads[0])
}

/// How many columns the row of column numbers counts.
pub(super) fn numbered(head: &[GridRow]) -> Option<usize> {
    let row = head.iter().find(|row| is_column_numbers(row))?;
    let digits = row
        .cells
        .iter()
        .map(|cell| squeeze(&cell.text))
        .filter_map(|text| text.strip_prefix("栏次").unwrap_or(&text).parse::<u32>().ok());
    Some(digits.count()).filter(|count| *count > 0)
}

/// Several amounts and nothing else: no debris of a head looks like that.
fn is_money_alone(row: &GridRow) -> bool {
    let filled = || row.cells.iter().filter(|cell| !cell.text.is_empty());
    let is_money = |text: &str| read_number(text).is_some_and(|number| number.money_like);
    filled().count() >= 4 && filled().all(|cell| is_money(&cell.text))
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
    let is_year = |text: &&str| text.len() == 4 && (text.starts_with("20") || text.starts_with("19"));
    if seen_heads && !filled.is_empty() && numbers.len() == filled.len() && !filled.iter().all(is_year) {
        return true;
    }
    let words: Vec<&str> = filled.iter().copied().filter(|text| has_han(text)).collect();
    // A part and its amounts: 三公经费合计 | 640 | 585.
    let amounts = filled.iter().filter(|text| read_number(text).is_some() && !is_year(text)).count();
    if seen_heads && words.len() == 1 && amounts >= 2 && !counts_up(&filled) {
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
    let numbers: Vec<u32> = filled.iter().filter_map(|text| text.parse().ok()).collect();
    numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

/// Digits that can be a code: 3, 5, 7, 6 or around 21 of them.
fn is_code(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(text.len(), 3 | 5 | 6 | 7 | 17..=24)
}

/// The heads above each of `width` columns.
pub(super) fn paths(vocabulary: &Vocabulary, head: &[GridRow], width: usize) -> Vec<HeadPath> {
    let rows: Vec<Vec<String>> =
        head.iter().filter(|row| !is_column_numbers(row)).map(|row| head_cells(vocabulary, row, width)).collect();
    // For each row and column the column whose head covers it.
    let mut owners: Vec<Vec<Option<usize>>> = Vec::with_capacity(rows.len());
    for (level, row) in rows.iter().enumerate() {
        let mut owner = vec![None; width];
        for column in 0..width {
            owner[column] = if !row[column].is_empty() {
                Some(column)
            } else if column > 0 && reaches(&rows, &owners, level, column) {
                owner[column - 1]
            } else {
                None
            };
        }
        owners.push(owner);
    }
    let paths: Vec<HeadPath> = (0..width).map(|column| path(vocabulary, &rows, &owners, column)).collect();
    let joined: Vec<HeadPath> = paths.iter().map(|path| joined(vocabulary, path)).collect();
    // Where another column is still in pieces, nobody knows which pieces belong together.
    let is_torn = |path: &HeadPath| {
        path.keys.len() > 1 && path.keys.iter().any(|key| !key.is_empty() && !vocabulary.columns.knows(key))
    };
    if joined.iter().any(is_torn) { paths } else { joined }
}

/// True when a merged head can reach from the left into an empty cell: both columns stand under the same heads above,
/// and the column has a head of its own below.
fn reaches(rows: &[Vec<String>], owners: &[Vec<Option<usize>>], level: usize, column: usize) -> bool {
    owners.iter().all(|owner| owner[column] == owner[column - 1])
        && rows[level + 1..].iter().any(|row| !row[column].is_empty())
}

/// What a head says and the form in which it is compared: without its remark in brackets when only that makes it known
/// (项目（按功能分类）), and as two heads where a hyphen joins them (本年拨款-一般公共预算).
fn said<'text>(vocabulary: &Vocabulary, text: &'text str) -> Vec<(&'text str, String)> {
    let whole = key(text);
    if vocabulary.columns.knows(&whole) {
        return vec![(text, whole)];
    }
    let bare = key(&without_brackets(text));
    if !bare.is_empty() && vocabulary.columns.knows(&bare) {
        return vec![(text, bare)];
    }
    let parts: Vec<(&str, String)> = text.split(['-', '—', '/']).map(|part| (part, key(part))).collect();
    if parts.len() > 1 && parts.iter().all(|(_, key)| vocabulary.columns.knows(key)) {
        return parts;
    }
    let part = text.strip_prefix("其中").map(|part| part.trim_start_matches(':'));
    if let Some(part) = part.filter(|part| vocabulary.columns.knows(&key(part))) {
        return vec![(text, key(part))];
    }
    // 本年年初预算数 is 年初预算数 of this year.
    for year in ["本年", "上年"] {
        if let Some(rest) = text.strip_prefix(year).filter(|rest| vocabulary.columns.knows(&key(rest))) {
            return vec![(year, key(year)), (rest, key(rest))];
        }
    }
    // 事业收入 over 小计, in one cell.
    let (group, part) =
        ["小计", "合计", "金额"].iter().find_map(|part| Some((text.strip_suffix(part)?, *part))).unwrap_or_default();
    if vocabulary.columns.knows(&key(group)) {
        return vec![(group, key(group)), (part, key(part))];
    }
    vec![(text, whole)]
}

/// True for a cell that a head may print.
fn knows(vocabulary: &Vocabulary, text: &str) -> bool {
    vocabulary.columns.knows(&key(text))
        || text.contains(['(', '（']) && vocabulary.columns.knows(&key(&without_brackets(&squeeze(text))))
}

fn without_brackets(squeezed: &str) -> String {
    let mut depth = 0;
    let mut bare = String::with_capacity(squeezed.len());
    for glyph in squeezed.chars() {
        match glyph {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => bare.push(glyph),
            _ => {}
        }
    }
    bare
}

fn path(vocabulary: &Vocabulary, rows: &[Vec<String>], owners: &[Vec<Option<usize>>], column: usize) -> HeadPath {
    let mut path = HeadPath::default();
    for (row, owner) in rows.iter().zip(owners) {
        let Some(text) = owner[column].map(|owner| &row[owner]) else { continue };
        for (head, key) in said(vocabulary, text) {
            if path.heads.last().is_none_or(|last| last != head) {
                path.heads.push(CompactString::from(head));
                path.keys.push(key);
            }
        }
    }
    path
}

/// A head that its cell broke over two lines (公务用车购|置费) is one head.
fn joined(vocabulary: &Vocabulary, path: &HeadPath) -> HeadPath {
    let knows = |key: &str| vocabulary.columns.knows(key);
    let mut path = path.clone();
    for at in (1..path.keys.len()).rev() {
        let both = format!("{}{}", path.keys[at - 1], path.keys[at]);
        if !knows(&path.keys[at - 1]) && !knows(&path.keys[at]) && knows(&both) {
            let rest = path.heads.remove(at);
            path.heads[at - 1].push_str(&rest);
            path.keys.remove(at);
            path.keys[at - 1] = both;
        }
    }
    path
}

/// The cells of a head row, squeezed. A head that extraction cut in two (一般公|共预算) becomes one over both columns.
fn head_cells(vocabulary: &Vocabulary, row: &GridRow, width: usize) -> Vec<String> {
    let mut cells: Vec<String> = row.cells.iter().map(|cell| squeeze(&cell.text)).collect();
    cells.resize(width.max(cells.len()), String::new());
    for column in 0..cells.len().saturating_sub(1) {
        let (left, right) = (&cells[column], &cells[column + 1]);
        let cut = !left.is_empty() && !right.is_empty();
        let joined = format!("{left}{right}");
        if cut
            && !vocabulary.columns.knows(&key(left))
            && !vocabulary.columns.knows(&key(right))
            && vocabulary.columns.knows(&key(&joined))
        {
            cells[column] = joined;
            cells[column + 1] = String::new();
        }
    }
    cells.truncate(width);
    cells
}
