//! Gathers the grids of a document into tables: a title, a unit, fragments over page breaks, notes.

use crate::model::UnitStatement;
use crate::parse::{BlockKind, Document, GridCell, GridForm, GridRow, plain_line};
use crate::vocabulary::text::{self, has_han, squeeze};
use crate::vocabulary::{RowMeaning, Side, StatementRule, TableWords, Vocabulary};

use super::title::{self, read_title, read_unit};
use crate::recognize::number::read_number;

/// How many lines above a table may carry its title and unit.
const REACH: usize = 14;

/// A table before anything is known about its columns.
pub(in crate::recognize) struct RawTable<'vocabulary> {
    pub(in crate::recognize) rule: Option<&'vocabulary StatementRule>,
    pub(in crate::recognize) title: String,
    pub(in crate::recognize) title_line: u32,
    pub(in crate::recognize) unit: Option<UnitStatement>,
    /// The rows between two page breaks, titles and units inside the grid removed.
    pub(in crate::recognize) fragments: Vec<Vec<GridRow>>,
    /// Only the filled cells of its rows are known.
    pub(in crate::recognize) loose: bool,
    pub(in crate::recognize) lines: (u32, u32),
    pub(in crate::recognize) notes: Vec<(u32, String)>,
    /// Index of the block of its first fragment.
    pub(in crate::recognize) block: usize,
}

/// What stands between two grids.
#[derive(Default)]
struct Between<'vocabulary> {
    title: Option<(u32, String, Option<&'vocabulary StatementRule>)>,
    unit: Option<UnitStatement>,
    notes: Vec<(u32, String)>,
    /// Sentences of running text: no page furniture.
    sentences: usize,
}

/// All tables of a document in the order in which they stand.
pub(in crate::recognize) fn gather<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    document: &Document,
) -> Vec<RawTable<'vocabulary>> {
    let mut tables: Vec<RawTable<'vocabulary>> = Vec::new();
    let mut last_line = document.source.body_line.saturating_sub(1);
    for (index, part, rows) in parts(vocabulary, document) {
        let mut between = between(vocabulary, document, last_line + 1, part.lines.0);
        let rows = without_title_rows(vocabulary, rows, &mut between);
        last_line = part.lines.1;
        if let Some(table) = tables.last_mut() {
            table.notes.append(&mut between.notes);
            if table.unit.is_none() && between.title.is_some() {
                table.unit = trailing_unit(document, table.lines.1, part.lines.0);
            }
            let anew = between.title.is_some() && starts_anew(vocabulary, table, &rows);
            if continues(table, &between) && !anew || resumes(vocabulary, table, &between, &rows) {
                table.lines.1 = part.lines.1;
                table.loose |= part.loose;
                table.fragments.push(rows);
                continue;
            }
        }
        tables.push(new_table(between, rows, &part, index));
    }
    finish_last(vocabulary, document, &mut tables, last_line);
    tables
}

/// Where a table stands, and whether only the filled cells of its rows are known.
struct Part {
    lines: (u32, u32),
    loose: bool,
}

/// The tables of all grids with the index of their block. A grid that holds several statements below one another is cut
/// where a row prints the title of a statement alone.
fn parts(vocabulary: &Vocabulary, document: &Document) -> Vec<(usize, Part, Vec<GridRow>)> {
    let mut parts: Vec<(usize, Part, Vec<GridRow>)> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::Grid(grid) = &block.kind else { continue };
        let cuts: Vec<usize> = (2..grid.rows.len()).filter(|row| is_title_row(vocabulary, &grid.rows[*row])).collect();
        let starts = std::iter::once(0).chain(cuts.iter().copied());
        for (start, end) in starts.zip(cuts.iter().copied().chain([grid.rows.len()])) {
            let rows = grid.rows[start..end].to_vec();
            let first = if start == 0 { block.lines.0 } else { rows[0].line };
            let last = if end == grid.rows.len() { block.lines.1 } else { rows[rows.len() - 1].line };
            let loose = grid.form == GridForm::Loose;
            parts.push((index, Part { lines: (first, last), loose }, rows));
        }
    }
    parts
}

/// True for a row whose only filled cell is the title of a statement.
fn is_title_row(vocabulary: &Vocabulary, row: &GridRow) -> bool {
    let mut filled = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let (Some(title), None) = (filled.next(), filled.next()) else { return false };
    read_title(vocabulary, title).is_some_and(|title| title.rule.is_some())
}

fn new_table<'vocabulary>(
    between: Between<'vocabulary>,
    rows: Vec<GridRow>,
    part: &Part,
    block: usize,
) -> RawTable<'vocabulary> {
    let (title_line, title, rule) = between.title.unwrap_or_default();
    RawTable {
        rule,
        title,
        title_line,
        unit: between.unit,
        fragments: vec![rows],
        loose: part.loose,
        lines: part.lines,
        notes: Vec::new(),
        block,
    }
}

/// Notes and a unit behind the last table.
fn finish_last(vocabulary: &Vocabulary, document: &Document, tables: &mut [RawTable<'_>], last_line: u32) {
    let Some(table) = tables.last_mut() else { return };
    let end = document.source.line_count().min(last_line + REACH as u32);
    table.unit = table.unit.or_else(|| trailing_unit(document, table.lines.1, end + 1));
    for line in last_line + 1..=end {
        let text = document.source.line(line);
        if vocabulary.tables.is_note(&squeeze(text)) {
            table.notes.push((line, title::tidy(text)));
        }
    }
}

/// Reads the lines from `first` up to the grid at `grid_line`, the nearest to the grid last.
fn between<'vocabulary>(
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
        } else if squeezed.chars().count() > 25 || text.contains('。') {
            between.sentences += 1;
        }
    }
    let near = &filled[filled.len().saturating_sub(REACH)..];
    let plain: Vec<_> = near.iter().map(|line| plain_line(document.source.line(*line))).collect();
    let mut joined = false;
    for (position, line) in near.iter().enumerate() {
        let text = plain[position].as_str();
        let next = plain.get(position + 1).map_or("", |next| next.as_str());
        // The second line of a title is no title of its own.
        let whole = std::mem::take(&mut joined);
        let found = if whole { None } else { title_of_lines(vocabulary, text, next) };
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

/// A title on one line, or (told by `true`) broken over two.
fn title_of_lines<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    line: &str,
    next: &str,
) -> Option<(title::Title<'vocabulary>, bool)> {
    let alone = read_title(vocabulary, line);
    let whole = squeeze(line);
    let ends = |text: &str| text.ends_with(['表', ')', '）', '。', ':', '：']);
    if has_han(&whole) && !ends(&whole) && squeeze(next).ends_with('表') && squeeze(next).chars().count() < 16 {
        let both = read_title(vocabulary, &format!("{line}{next}")).filter(|both| both.rule.is_some());
        let second = read_title(vocabulary, next).and_then(|title| title.rule).map(|rule| rule.kind);
        // A second line that is a title of its own stands for itself, unless the first line changes what it says.
        let needed = both.as_ref().and_then(|both| both.rule).is_some_and(|rule| second != Some(rule.kind));
        if let Some(both) = both.filter(|_| needed || alone.as_ref().is_some_and(|title| title.rule.is_some())) {
            return Some((both, true));
        }
    }
    alone.map(|title| (title, false))
}

/// Takes title, organization and unit rows out of the top of a grid.
fn without_title_rows<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    mut rows: Vec<GridRow>,
    between: &mut Between<'vocabulary>,
) -> Vec<GridRow> {
    let mut heading = 0;
    for row in rows.iter().take(5) {
        let filled: Vec<&str> =
            row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let stated = filled.iter().find_map(|text| read_unit(text));
        let title = if filled.len() == 1 { read_title(vocabulary, filled[0]) } else { None };
        if let Some(title) = title.filter(|title| title.rule.is_some()) {
            between.title = Some((row.line, title.text, title.rule));
        } else if let Some(unit) = stated.filter(|_| is_label_row(&vocabulary.tables, &filled)) {
            between.unit = Some(UnitStatement { unit, line: Some(row.line) });
        } else if !(filled.is_empty()
            || is_label_row(&vocabulary.tables, &filled)
            || filled.len() == 1 && is_caption(vocabulary, filled[0]))
        {
            break;
        }
        heading += 1;
    }
    rows.drain(..heading);
    rows
}

/// The only cell of a row above the heads: the number of a table, or what all tables of the document are: 单位决算报表.
fn is_caption(vocabulary: &Vocabulary, text: &str) -> bool {
    title::is_number(&vocabulary.tables, text)
        || squeeze(text).ends_with('表') && read_title(vocabulary, text).is_some()
}

/// A row that names the organization, the year or the unit: 部门：某局, （2024年度）.
fn is_label_row(words: &TableWords, filled: &[&str]) -> bool {
    let lead = filled.first().map(|text| squeeze(text)).unwrap_or_default();
    let year = lead.starts_with('(') && words.caption_ends.iter().any(|end| lead.ends_with(end.as_str()));
    // 920某镇财政所 | 预算年度:2025 | 单位:万元
    let unit = filled.len() > 1 && filled.last().is_some_and(|text| is_unit_alone(words, text));
    filled.len() <= 3 && (year || unit || words.captions.iter().any(|word| lead.starts_with(word.as_str())))
}

/// A cell that says the unit and nothing else.
fn is_unit_alone(words: &TableWords, text: &str) -> bool {
    let squeezed = squeeze(text);
    read_unit(&squeezed).is_some() && words.units.iter().any(|lead| squeezed.starts_with(lead.as_str()))
}

/// A fragment after a page break has no title of its own, or repeats the one before.
fn continues(table: &RawTable<'_>, between: &Between<'_>) -> bool {
    match &between.title {
        Some((_, title, _)) => text::key(title) == text::key(&table.title),
        None => between.sentences == 0 && table.notes.is_empty(),
    }
}

/// A table under the same title that begins with another total, or stands behind one that ended with its totals, is that
/// of another organization.
fn starts_anew(vocabulary: &Vocabulary, table: &RawTable<'_>, rows: &[GridRow]) -> bool {
    const FIRST: usize = 6;
    let total = |rows: &[GridRow]| rows.iter().take(FIRST).find_map(|row| total_amounts(vocabulary, row));
    let before = table.fragments.first().and_then(|rows| total(rows));
    let is_end = |side, code: &str, cell: &GridCell| {
        let meaning = vocabulary.rows.of_label(&text::label_key(&cell.text), side);
        matches!(meaning, Some(RowMeaning::Total(total)) if total == code)
    };
    let ended = table.fragments.last().and_then(|rows| rows.last()).is_some_and(|row| {
        row.cells.iter().any(|cell| is_end(Side::Income, "income_total", cell))
            && row.cells.iter().any(|cell| is_end(Side::Expenditure, "expenditure_total", cell))
    });
    ended || total(rows).zip(before).is_some_and(|(own, before)| own != before)
}

/// The amounts of a row that states a total.
fn total_amounts(vocabulary: &Vocabulary, row: &GridRow) -> Option<Vec<String>> {
    let is_total = |text: &str| has_han(text) && vocabulary.rows.total(&text::label_key(text)).is_some();
    row.cells.iter().find(|cell| is_total(&cell.text))?;
    let money = |text: &str| read_number(text).is_some_and(|number| number.money_like);
    let amounts = row.cells.iter().filter(|cell| money(&cell.text)).map(|cell| squeeze(&cell.text));
    Some(amounts.collect()).filter(|amounts: &Vec<String>| !amounts.is_empty())
}

/// A wide table may be torn by a page break that turned some of its cells into loose lines: what follows under no title
/// and no head, in nearly as many columns (empty ones go at page breaks), is the rest of it.
fn resumes(vocabulary: &Vocabulary, table: &RawTable<'_>, between: &Between<'_>, rows: &[GridRow]) -> bool {
    const WIDE: usize = 8;
    let width = |rows: &[GridRow]| rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let whole = table.fragments.first().map_or(0, |rows| width(rows));
    let known =
        |row: &GridRow| row.cells.iter().filter(|cell| vocabulary.columns.knows(&text::key(&cell.text))).count();
    let filled = |row: &GridRow| row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
    let headed = rows.first().is_some_and(|row| known(row) >= 2 && known(row) * 2 >= filled(row));
    between.title.is_none()
        && between.unit.is_none()
        && table.notes.is_empty()
        && whole >= WIDE
        && (whole - 2..=whole).contains(&width(rows))
        && !headed
}

/// Some documents state the unit below the table.
fn trailing_unit(document: &Document, after: u32, before: u32) -> Option<UnitStatement> {
    (after + 1..before.min(after + 5)).find_map(|line| {
        let text = document.source.line(line);
        read_unit(text).filter(|_| text.chars().count() < 20).map(|unit| UnitStatement { unit, line: Some(line) })
    })
}
