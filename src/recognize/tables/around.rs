//! What stands around the grids of a document: titles, units, notes, sentences.

use super::title::{self, read_title, read_unit};
use crate::model::UnitStatement;
use crate::parse::{Document, plain_line};
use crate::vocabulary::text::{has_han, squeeze};
use crate::vocabulary::{LineWords, StatementRule, Vocabulary};

/// How many lines above a table may carry its title and unit, and below the last one its notes.
pub(super) const REACH: usize = 14;

/// Longer lines between two grids are sentences.
const LONGEST_CAPTION: usize = 25;

/// What stands between two grids.
#[derive(Default)]
pub(super) struct Between<'vocabulary> {
    pub(super) title: Option<(u32, String, Option<&'vocabulary StatementRule>)>,
    pub(super) unit: Option<UnitStatement>,
    pub(super) notes: Vec<(u32, String)>,
    /// Sentences of running text: no page furniture.
    pub(super) sentences: usize,
}

/// Reads the lines from `first` up to the grid at `grid_line`, the nearest to the grid last.
pub(super) fn between<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    document: &Document,
    first: u32,
    grid_line: u32,
) -> Between<'vocabulary> {
    let mut between = Between::default();
    let filled: Vec<u32> = (first..grid_line).filter(|line| !document.source.line(*line).trim().is_empty()).collect();
    for line in &filled {
        let text = document.source.line(*line);
        let squeezed = squeeze(text);
        if vocabulary.tables.is_note(&squeezed) {
            between.notes.push((*line, title::tidy(text)));
        } else if squeezed.chars().count() > LONGEST_CAPTION && !is_running_head(&squeezed) || text.contains('。') {
            between.sentences += 1;
        }
    }
    let near = &filled[filled.len().saturating_sub(REACH)..];
    let plain: Vec<_> = near.iter().map(|line| plain_line(document.source.line(*line))).collect();
    let mut joined = false;
    for (position, line) in near.iter().enumerate() {
        let text = plain[position].as_str();
        let next = plain.get(position + 1).map_or("", |next| next.as_str());
        let close = near.get(position + 1) == Some(&(line + 1));
        // The second line of a title is no title of its own.
        let whole = std::mem::take(&mut joined);
        let found = if whole { None } else { title_of_lines(vocabulary, text, next, close) };
        if let Some((found, both)) = found {
            joined = both;
            // A line such as 公开03表 names nothing: it does not replace the title above it.
            let names = found.rule.is_some() || !title::is_number(&vocabulary.tables, &found.text);
            if names && (found.rule.is_some() || between.title.as_ref().is_none_or(|(_, _, rule)| rule.is_none()))
                || between.title.is_none()
            {
                between.title = Some((*line, found.text, found.rule));
                between.unit = None;
            }
        }
        let unit = read_unit(text).or_else(|| read_unit(&format!("{}{}", text.trim(), next.trim())));
        if let Some(unit) = unit.filter(|_| !vocabulary.tables.is_note(&squeeze(text))) {
            between.unit = Some(UnitStatement { unit, line: Some(*line) });
        }
    }
    between
}

/// What stands at the head of every page: whose document it is, without a clause.
fn is_running_head(squeezed: &str) -> bool {
    let ends = |end: &String| squeezed.ends_with(end.as_str());
    !squeezed.contains([',', '，', '、', ';', '；', ':', '：']) && LineWords::builtin().heading_ends.iter().any(ends)
}

/// A title on one line, or (told by `true`) broken over two. Below an empty line (not `close`) a title stands for itself.
fn title_of_lines<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    line: &str,
    next: &str,
    close: bool,
) -> Option<(title::Title<'vocabulary>, bool)> {
    let alone = read_title(vocabulary, line);
    let whole = squeeze(line);
    let ends = |text: &str| text.ends_with(['表', ')', '）', '。', ':', '：']);
    if has_han(&whole) && !ends(&whole) && squeeze(next).ends_with('表') && squeeze(next).chars().count() < 16 {
        let both = read_title(vocabulary, &format!("{line}{next}")).filter(|both| both.rule.is_some());
        let second = read_title(vocabulary, next).and_then(|title| title.rule).map(|rule| rule.kind);
        // A second line that is a title of its own stands for itself, unless the first line changes what it says.
        let needed = both.as_ref().and_then(|both| both.rule).is_some_and(|rule| second != Some(rule.kind));
        let apart = !close && second.is_some();
        if let Some(both) =
            both.filter(|_| !apart).filter(|_| needed || alone.as_ref().is_some_and(|title| title.rule.is_some()))
        {
            return Some((both, true));
        }
    }
    alone.map(|title| (title, false))
}

/// Some documents state the unit below the table.
pub(super) fn trailing_unit(document: &Document, after: u32, before: u32) -> Option<UnitStatement> {
    (after + 1..before.min(after + 5)).find_map(|line| {
        let text = document.source.line(line);
        read_unit(text).filter(|_| text.chars().count() < 20).map(|unit| UnitStatement { unit, line: Some(line) })
    })
}
