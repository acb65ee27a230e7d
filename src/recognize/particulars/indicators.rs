//! Performance indicators beside projects: pairs of a name and a target in groups of columns.

use compact_str::CompactString;

use crate::model::{Cell, Column, ColumnRole, Indicator, IndicatorKind, Place, Statement};
use crate::vocabulary::FormWords;
use crate::vocabulary::text::{has_han, key, squeeze};

/// Column of the name, column of the value, group.
pub(super) type Pair = (usize, usize, IndicatorKind);

/// The pairs of columns that hold indicators.
pub(super) fn pairs(words: &FormWords, columns: &[Column]) -> Vec<Pair> {
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

/// The indicators of a row, each with the pair of columns from which it comes. A name that stands one cell to the right of
/// its column is taken with the cell behind it.
pub(super) fn of_row(statement: &Statement, cells: &[Cell], pairs: &[Pair]) -> Vec<(usize, Indicator)> {
    let mut indicators = Vec::new();
    let mut taken = None;
    for (position, (name, target, kind)) in pairs.iter().enumerate() {
        // The value of the pair before may stand here; what is behind it slipped too.
        let free = taken == Some(*name) || text(cells, *name).is_empty();
        let shifted = free && has_han(text(cells, *target)) && !is_target(text(cells, *target));
        // A value of words (避免) stands alone in the pair into which it slipped.
        let holds_value = |(name, target, _): &&Pair| {
            is_target(text(cells, *name)) || !text(cells, *name).is_empty() && text(cells, *target).is_empty()
        };
        let next = pairs.get(position + 1).filter(|_| shifted).filter(holds_value);
        let (label, value, kind) = match next {
            Some((next, _, next_kind)) => {
                taken = Some(*next);
                (*target, *next, *next_kind)
            }
            None if taken == Some(*name) => continue,
            None => (*name, *target, *kind),
        };
        if has_han(text(cells, label)) {
            let cell = &cells[label];
            let indicator = Indicator {
                kind,
                name: CompactString::from(squeeze(&cell.text)),
                target: CompactString::from(squeeze(text(cells, value))),
                place: Place { file: statement.file, line: cell.line, cell: cell.printed_cell },
            };
            indicators.push((position, indicator));
        }
    }
    indicators
}

/// The ends of names and values that a page or a line broke, by pair, when a row holds nothing else: one of them cannot be
/// an indicator of its own, being a value without a name or a name of one glyph.
pub(super) fn rests<'row>(cells: &'row [Cell], pairs: &[Pair]) -> Option<Vec<(usize, &'row str, &'row str)>> {
    /// Longer words are a name of their own.
    const LONGEST: usize = 6;
    const LONGEST_VALUE: usize = 2;
    let pieces = pairs.iter().enumerate().map(|(at, (name, target, _))| (at, text(cells, *name), text(cells, *target)));
    let pieces: Vec<_> = pieces.filter(|(_, name, target)| !(name.is_empty() && target.is_empty())).collect();
    let glyphs = |text: &str| squeeze(text).chars().count();
    // Longer words under the values of no name are a name that slipped.
    let short = pieces.iter().all(|(_, name, target)| match glyphs(name) {
        0 => glyphs(target) <= LONGEST_VALUE,
        name => name <= LONGEST && glyphs(target) <= LONGEST,
    });
    let is_rest = |(_, name, target): &(usize, &str, &str)| match glyphs(name) {
        0 => !is_target(target),
        1 => has_han(name),
        _ => false,
    };
    (short && pieces.iter().any(is_rest)).then_some(pieces)
}

/// Completes an indicator with what stands in the same columns of a row of rests. A lone piece behind a whole name is the
/// rest of the value.
pub(super) fn complete(words: &FormWords, indicator: &mut Indicator, name: &str, target: &str) {
    let (name, target) = (squeeze(name), squeeze(target));
    if target.is_empty() && words.ends_as_indicator(&indicator.name) {
        indicator.target.push_str(&name);
    } else {
        indicator.name.push_str(&name);
    }
    indicator.target.push_str(&target);
}

fn text(cells: &[Cell], index: usize) -> &str {
    cells.get(index).map_or("", |cell| cell.text.as_str())
}

/// True for a value rather than the name of an indicator: ≥95%, 30人, 1150万元.
fn is_target(text: &str) -> bool {
    let squeezed = squeeze(text);
    squeezed.starts_with(['≥', '≤', '>', '<', '=', '＝', '≦', '≧'])
        || squeezed.starts_with(|glyph: char| glyph.is_ascii_digit())
}
