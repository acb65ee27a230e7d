//! Which heads stand above each column.

use compact_str::CompactString;

use super::column_numbers::is_column_numbers;
use crate::parse::GridRow;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{OF_WHICH, key, squeeze};

/// The heads of a column from the outermost to its own, as printed (squeezed) and as compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::recognize) struct HeadPath {
    pub(in crate::recognize) heads: Vec<CompactString>,
    pub(in crate::recognize) keys: Vec<String>,
}

/// The heads above each of `width` columns.
pub(in crate::recognize::statement) fn paths(vocabulary: &Vocabulary, head: &[GridRow], width: usize) -> Vec<HeadPath> {
    let rows: Vec<Vec<String>> = head
        .iter()
        .filter(|row| !is_column_numbers(&vocabulary.tables, row))
        .map(|row| head_cells(vocabulary, row, width))
        .collect();
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
    let part = text.strip_prefix(OF_WHICH).map(|part| part.trim_start_matches(':'));
    if let Some(part) = part.filter(|part| vocabulary.columns.knows(&key(part))) {
        return vec![(text, key(part))];
    }
    // 本年年初预算数 is 年初预算数 of this year.
    for year in &vocabulary.tables.before_heads {
        if let Some(rest) = text.strip_prefix(year.as_str()).filter(|rest| vocabulary.columns.knows(&key(rest))) {
            return vec![(&text[..year.len()], key(year)), (rest, key(rest))];
        }
    }
    // 事业收入 over 小计, in one cell.
    let mut ends = vocabulary.tables.behind_heads.iter();
    let group = ends.find_map(|end| text.strip_suffix(end.as_str())).unwrap_or_default();
    let part = &text[group.len()..];
    if vocabulary.columns.knows(&key(group)) {
        return vec![(group, key(group)), (part, key(part))];
    }
    vec![(text, whole)]
}

/// True for a cell that a head may print.
pub(super) fn knows(vocabulary: &Vocabulary, text: &str) -> bool {
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
