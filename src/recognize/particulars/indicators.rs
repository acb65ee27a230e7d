//! Performance indicators beside projects: pairs of a name and a target in groups of columns.

use compact_str::CompactString;

use crate::model::{Cell, Column, ColumnRole, Indicator, IndicatorKind, Place, Statement};
use crate::vocabulary::FormWords;
use crate::vocabulary::text::{has_han, key, squeeze};

/// The pairs of columns that hold indicators: column of the name, column of the target, group.
pub(super) fn pairs(words: &FormWords, columns: &[Column]) -> Vec<(usize, usize, IndicatorKind)> {
    let last_amount = columns.iter().rposition(|column| matches!(column.role, ColumnRole::Amount { .. })).unwrap_or(0);
    let texts: Vec<usize> =
        (last_amount + 1..columns.len()).filter(|index| columns[*index].role == ColumnRole::Text).collect();
    let chunks: Vec<&[usize]> = texts.chunks_exact(2).collect();
    chunks
        .iter()
        .enumerate()
        .map(|(position, pair)| (pair[0], pair[1], kind(words, columns, pair, position, chunks.len())))
        .collect()
}

/// The group that the heads name; where they are damaged, the usual order of four groups.
fn kind(words: &FormWords, columns: &[Column], pair: &[usize], position: usize, count: usize) -> IndicatorKind {
    /// As lists print the groups side by side.
    const USUAL: [IndicatorKind; 4] =
        [IndicatorKind::Cost, IndicatorKind::Output, IndicatorKind::Benefit, IndicatorKind::Satisfaction];
    let heads: Vec<String> = pair.iter().flat_map(|index| &columns[*index].path).map(|head| key(head)).collect();
    let named = words.group(&heads);
    match named {
        Some(kind) if count != USUAL.len() => kind,
        _ if count == USUAL.len() => USUAL[position],
        _ => IndicatorKind::Other,
    }
}

/// The indicators of a row. A name that stands one cell to the right of its column is taken with the cell behind it.
pub(super) fn of_row(statement: &Statement, cells: &[Cell], pairs: &[(usize, usize, IndicatorKind)]) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    let text = |index: usize| cells.get(index).map(|cell| cell.text.as_str()).unwrap_or("");
    let mut taken = None;
    for (position, (name, target, kind)) in pairs.iter().enumerate() {
        let shifted = text(*name).is_empty() && has_han(text(*target)) && !is_target(text(*target));
        let next = pairs.get(position + 1).filter(|(next, _, _)| shifted && is_target(text(*next)));
        let (label, value, kind) = match next {
            Some((next, _, next_kind)) => {
                taken = Some(*next);
                (*target, *next, *next_kind)
            }
            None if taken == Some(*name) => continue,
            None => (*name, *target, *kind),
        };
        if has_han(text(label)) {
            let cell = &cells[label];
            indicators.push(Indicator {
                kind,
                name: CompactString::from(squeeze(&cell.text)),
                target: CompactString::from(squeeze(text(value))),
                place: Place { file: statement.file, line: cell.line, cell: cell.printed_cell },
            });
        }
    }
    indicators
}

/// True for a value rather than the name of an indicator: ≥95%, 30人, 1150万元.
fn is_target(text: &str) -> bool {
    let squeezed = squeeze(text);
    squeezed.starts_with(['≥', '≤', '>', '<', '=', '＝', '≦', '≧'])
        || squeezed.starts_with(|glyph: char| glyph.is_ascii_digit())
}
