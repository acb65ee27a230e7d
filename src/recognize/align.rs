//! Chooses the frame of a table and aligns the rows of all its fragments to it.

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::frame;
use super::header::{self, HeadPath};
use super::loose_rows::{self, LooseRow, Standing};
use super::measured::{MeasuredRow, measure};
use super::number::{decimals, read_number};
use super::outline;
use super::placement::{self, Frame, Mapping};
use super::sums::{self, ColumnSum};
use super::tables::RawTable;
use crate::model::{Cell, CellContent, Column, ColumnRole, Row, StatementKind};
use crate::parse::{GridCell, GridRow};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{has_han, key, squeeze};

/// A table in its frame.
pub(super) struct Aligned {
    pub(super) columns: Vec<Column>,
    pub(super) sums: Vec<ColumnSum>,
    pub(super) rows: Vec<Row>,
    /// Amounts that slipped into the row of column numbers: column of the frame and cell.
    pub(super) strays: Vec<(usize, Cell)>,
    /// The head as read, for a unit in brackets.
    pub(super) paths: Vec<HeadPath>,
}

/// Aligns a table. Tables without any known head come back with unknown columns.
pub(super) fn align(vocabulary: &Vocabulary, kind: StatementKind, year: u16, table: &RawTable<'_>) -> Aligned {
    let (head, fragments) = split(vocabulary, table);
    let width = head.iter().chain(fragments.iter().flatten()).map(|row| row.cells.len()).max().unwrap_or(0);
    let head_width = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let first_width = fragments.first().and_then(|rows| rows.iter().map(|row| row.cells.len()).max()).unwrap_or(0);
    let paths = header::paths(vocabulary, &head, if head.is_empty() { width } else { head_width.max(first_width) });
    let quantum = quantum(&fragments);
    let measured: Vec<Vec<MeasuredRow>> = fragments.iter().map(|rows| measure(rows)).collect();
    let Placed { columns, sums, choices, .. } = choose_frame(vocabulary, kind, year, table, &paths, &measured, quantum);
    let frame = Frame { columns: &columns, sums: &sums, quantum };
    let mappings = if table.loose {
        place_loose(vocabulary, &frame, &choices, &fragments, &measured)
    } else {
        place_all(vocabulary, &frame, choices, &fragments, &measured)
    };
    let rows = fragments
        .iter()
        .zip(&measured)
        .zip(&mappings)
        .flat_map(|((rows, measured), mapping)| {
            let pushed = |row: &MeasuredRow| placement::pushed_right(&columns, row, mapping);
            rows.iter().zip(measured).map(move |(row, measured)| (row, pushed(measured)))
        })
        .map(|(row, mapping)| aligned_row(&columns, row, &mapping))
        .collect();
    let strays = strays(&columns, &head);
    let (columns, rows) = with_overflow(columns, rows);
    Aligned { sums, rows, strays, paths, columns }
}

/// The head of the first fragment, and the data rows of every fragment. Heads repeated after page breaks go.
fn split(vocabulary: &Vocabulary, table: &RawTable<'_>) -> (Vec<GridRow>, Vec<Vec<GridRow>>) {
    let mut fragments = table.fragments.clone();
    let Some(first) = fragments.first_mut() else { return (Vec::new(), Vec::new()) };
    let count = header::head_rows(vocabulary, first);
    let mut head: Vec<GridRow> = first.drain(..count).collect();
    head.extend(first.first_mut().and_then(code_heads));
    for fragment in fragments.iter_mut().skip(1) {
        let repeated = fragment.iter().take_while(|row| repeats(&head, row)).count();
        fragment.drain(..repeated);
    }
    fragments.iter_mut().for_each(|rows| rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty())));
    if table.loose {
        fragments = fragments.into_iter().flatten().map(|row| vec![row]).collect();
    }
    (head, fragments)
}

/// Takes 类, 款 and 项 out of the first row of data: some templates print the total beside them.
fn code_heads(row: &mut GridRow) -> Option<GridRow> {
    let is_level = |cell: &GridCell| matches!(cell.text.trim(), "类" | "款" | "项");
    let mut head = row.clone();
    head.cells.iter_mut().filter(|cell| !is_level(cell)).for_each(|cell| cell.text = CompactString::default());
    if head.cells.iter().filter(|cell| !cell.text.is_empty()).count() < 2 {
        return None;
    }
    row.cells.iter_mut().filter(|cell| is_level(cell)).for_each(|cell| cell.text = CompactString::default());
    Some(head)
}

/// True for a row whose filled cells nearly all stand in one row of the head.
fn repeats(head: &[GridRow], row: &GridRow) -> bool {
    let filled: Vec<String> = row.cells.iter().map(|cell| key(&cell.text)).filter(|text| !text.is_empty()).collect();
    let in_head = |text: &String| head.iter().any(|row| row.cells.iter().any(|cell| key(&cell.text) == *text));
    header::is_column_numbers(row)
        || filled.iter().filter(|text| in_head(text)).count() * 4 >= filled.len() * 3
            && !filled.is_empty()
            && !row.cells.iter().any(|cell| read_number(&cell.text).is_some_and(|number| number.money_like))
            && filled.len() > 1
}

/// The finest step that the table's amounts print.
fn quantum(fragments: &[Vec<GridRow>]) -> Decimal {
    let mut places = [0_usize; 8];
    for cell in fragments.iter().flatten().flat_map(|row| &row.cells) {
        if let Some(number) = read_number(&cell.text).filter(|number| number.money_like) {
            places[decimals(&number.clean).min(7) as usize] += 1;
        }
    }
    let usual = (0..8).rev().max_by_key(|place| places[*place]).unwrap_or(2);
    Decimal::new(1, if places.iter().all(|count| *count == 0) { 2 } else { usual as u32 })
}

/// The frame that the head spells out, unless the cells contradict it and a known layout explains them better.
fn choose_frame(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    year: u16,
    table: &RawTable<'_>,
    paths: &[HeadPath],
    fragments: &[Vec<MeasuredRow>],
    quantum: Decimal,
) -> Placed {
    let fund = table.rule.map_or("all", |rule| rule.fund.as_str());
    let placed = |columns| Placed::new(columns, fragments, quantum);
    let mut columns = frame::from_head(vocabulary, kind, fund, year, paths);
    frame::name_wordy_columns(kind, &mut columns, fragments);
    let from_head = placed(columns);
    let known = from_head.columns.iter().filter(|column| matches!(column.role, ColumnRole::Amount { .. })).count();
    if from_head.sound
        && known > 0
        && !is_damaged(vocabulary, &from_head, fragments)
        && !has_unknown(&from_head, fragments)
        && !twice(&from_head, fragments)
    {
        return from_head;
    }
    let rule = vocabulary.statements.of_kind(kind);
    let layouts = rule.map(|rule| frame::fitting_layouts(rule, paths)).unwrap_or_default();
    // Page breaks drop columns, but never most of them.
    let widest = fragments.iter().flatten().map(Vec::len).max().unwrap_or(0).max(paths.len());
    let best = layouts
        .into_iter()
        .filter(|layout| layout.columns.len() <= widest * 2)
        .map(|layout| {
            let layout = placed(frame::from_layout(layout));
            let heads = head_agreement(vocabulary, &layout, paths);
            // Of two layouts that fit alike, the one as wide as the head.
            let width = layout.columns.len().abs_diff(paths.len()) as i64;
            (layout.value + heads - width, layout)
        })
        .max_by_key(|(value, _)| *value);
    let head_value = from_head.value + known_heads(vocabulary, paths);
    match best {
        // A head that says the same thing twice has lost something: any layout that fits is better.
        Some((value, layout)) if value > head_value || (twice(&from_head, fragments) && value >= 0) || known == 0 => {
            layout
        }
        _ => from_head,
    }
}

/// A frame with the fragments placed in it.
struct Placed {
    columns: Vec<Column>,
    sums: Vec<ColumnSum>,
    /// For each fragment the placements that fit best.
    choices: Vec<Vec<Mapping>>,
    /// How well all fragments fit.
    value: i64,
    /// True when all of them are sound.
    sound: bool,
}

impl Placed {
    fn new(columns: Vec<Column>, fragments: &[Vec<MeasuredRow>], quantum: Decimal) -> Self {
        let sums = sums::column_sums(&columns);
        let frame = Frame { columns: &columns, sums: &sums, quantum };
        let (choices, fits): (Vec<_>, Vec<placement::Fit>) =
            fragments.iter().map(|rows| placement::place(&frame, rows)).unzip();
        let (value, sound) = (fits.iter().map(|fit| fit.value).sum(), fits.iter().all(|fit| fit.sound));
        Placed { columns, sums, choices, value, sound }
    }

    /// True when some row prints something that its fragment's best placement puts into a column.
    fn is_filled(&self, column: usize, fragments: &[Vec<MeasuredRow>]) -> bool {
        fragments.iter().zip(&self.choices).any(|(rows, choice)| {
            let Some(mapping) = choice.first() else { return false };
            mapping
                .iter()
                .enumerate()
                .filter(|(_, at)| **at == Some(column))
                .any(|(cell, _)| rows.iter().any(|row| row.get(cell).is_some_and(|cell| cell.filled)))
        })
    }
}

/// How many columns stand under a head that the vocabulary knows.
fn known_heads(vocabulary: &Vocabulary, paths: &[HeadPath]) -> i64 {
    paths.iter().filter(|path| path.keys.iter().any(|key| vocabulary.columns.knows(key))).count() as i64
}

/// How well the heads agree with the columns of a layout onto which the first fragment is placed.
fn head_agreement(vocabulary: &Vocabulary, layout: &Placed, paths: &[HeadPath]) -> i64 {
    let columns = &layout.columns;
    let Some(mapping) = layout.choices.first().and_then(|choice| choice.first()) else { return 0 };
    let mut agreement = 0;
    for (path, column) in paths.iter().zip(mapping).filter_map(|(path, column)| Some((path, columns.get((*column)?)?)))
    {
        let (known, debris): (Vec<&String>, Vec<&String>) =
            path.keys.iter().partition(|key| vocabulary.columns.knows(key));
        let fits = |key: &&String| column.path.iter().any(|head| frame::agree(key, &self::key(head)));
        if !known.is_empty() {
            agreement += if known.iter().any(fits) { 1 } else { -4 };
        }
        // A layout that explains debris is likely; one that cannot explain a whole unknown head is not.
        for key in debris {
            let whole = key.chars().filter(|glyph| has_han(glyph.encode_utf8(&mut [0; 4]))).count() >= 6;
            agreement += if fits(&key) { 2 } else { -i64::from(whole) };
        }
    }
    agreement
}

/// True when an amount stands under a head that nobody knows: the head may be debris. A word of a template that is
/// new to us above an empty column is none.
fn is_damaged(vocabulary: &Vocabulary, placed: &Placed, fragments: &[Vec<MeasuredRow>]) -> bool {
    placed.columns.iter().enumerate().any(|(index, column)| {
        matches!(column.role, ColumnRole::Amount { .. })
            && placed.is_filled(index, fragments)
            && column.path.iter().any(|head| !vocabulary.columns.knows(&key(head)))
    })
}

/// True when a filled column has no known head.
fn has_unknown(placed: &Placed, fragments: &[Vec<MeasuredRow>]) -> bool {
    let unknown =
        |(index, column): (usize, &Column)| column.role == ColumnRole::Unknown && placed.is_filled(index, fragments);
    placed.columns.iter().enumerate().any(unknown)
}

/// True when two filled columns of a list would state the same measure: a head was lost.
fn twice(placed: &Placed, fragments: &[Vec<MeasuredRow>]) -> bool {
    let filled = |index: usize| placed.is_filled(index, fragments);
    let columns = &placed.columns;
    columns.iter().enumerate().any(|(index, column)| {
        matches!(column.role, ColumnRole::Amount { .. })
            && columns[..index].iter().enumerate().any(|(other_index, other)| {
                other.lane == column.lane && other.role == column.role && filled(index) && filled(other_index)
            })
    })
}

/// The placement of every fragment. Where several fit the rows alike, the totals of the columns decide.
fn place_all(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    choices: Vec<Vec<Mapping>>,
    fragments: &[Vec<GridRow>],
    measured: &[Vec<MeasuredRow>],
) -> Vec<Mapping> {
    let mut chosen: Vec<Mapping> = choices.iter().map(|choice| choice.first().cloned().unwrap_or_default()).collect();
    if choices.iter().all(|choice| choice.len() <= 1) {
        return chosen;
    }
    let counts = counting_rows(vocabulary, frame, fragments, &chosen);
    let parts = measured.iter().zip(&counts).zip(&chosen);
    let mut contributions: Vec<Contribution> =
        parts.map(|((rows, counts), mapping)| Contribution::new(frame, rows, counts, mapping)).collect();
    for (index, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.len() > 1) {
        let gap = |mapping: &Mapping| {
            let own = Contribution::new(frame, &measured[index], &counts[index], mapping);
            column_gaps(contributions[..index].iter().chain([&own]).chain(&contributions[index + 1..]))
        };
        // The first of equals: the most stable placement.
        let best = choice.iter().min_by_key(|mapping| gap(mapping)).cloned().unwrap_or_default();
        contributions[index] = Contribution::new(frame, &measured[index], &counts[index], &best);
        chosen[index] = best;
    }
    chosen
}

/// The placement of rows of which only the filled cells are known, each a fragment of its own.
fn place_loose(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    choices: &[Vec<Mapping>],
    fragments: &[Vec<GridRow>],
    measured: &[Vec<MeasuredRow>],
) -> Vec<Mapping> {
    let first: Vec<Mapping> = choices.iter().map(|choice| choice.first().cloned().unwrap_or_default()).collect();
    let counts = counting_rows(vocabulary, frame, fragments, &first);
    let rows = fragments.iter().flatten().zip(measured.iter().flatten()).zip(choices).zip(counts.iter().flatten());
    let loose = rows.map(|(((printed, measured), choices), counts)| LooseRow {
        printed,
        measured,
        choices,
        code: squeeze(printed.cells.first().map_or("", |cell| cell.text.as_str())),
        standing: match counts {
            Counts::AsTotal => Standing::Total,
            Counts::AsItem => Standing::Item,
            Counts::Not => Standing::Class,
        },
    });
    loose_rows::place(vocabulary, frame, &loose.collect::<Vec<_>>())
}

/// How a row counts in the sums of its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    AsTotal,
    AsItem,
    Not,
}

fn counting_rows(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    fragments: &[Vec<GridRow>],
    mappings: &[Mapping],
) -> Vec<Vec<Counts>> {
    let counts = |row: &GridRow, mapping: &Mapping| {
        let cells = row.cells.iter().zip(mapping);
        let leading = cells.filter_map(|(cell, column)| Some((cell.text.as_str(), frame.columns.get((*column)?)?)));
        let outline = outline::outline(vocabulary, leading);
        let uncoded = outline.codes.is_empty() && outline.unit_code.is_empty();
        if outline.total.is_some() {
            Counts::AsTotal
        } else if uncoded || outline.codes.iter().any(|code| code.len() >= 5) {
            Counts::AsItem
        } else {
            Counts::Not
        }
    };
    let of_fragment =
        |(rows, mapping): (&Vec<GridRow>, &Mapping)| rows.iter().map(|row| counts(row, mapping)).collect();
    fragments.iter().zip(mappings).map(of_fragment).collect()
}

/// What a fragment adds to the sums of the columns.
struct Contribution {
    /// The amounts of its first total row.
    total: Option<Vec<Option<Decimal>>>,
    /// The sums of its items.
    items: Vec<Decimal>,
}

impl Contribution {
    fn new(frame: &Frame<'_>, rows: &[MeasuredRow], counts: &[Counts], mapping: &Mapping) -> Self {
        let columns = frame.columns;
        let is_amount =
            |column: usize| columns.get(column).is_some_and(|column| matches!(column.role, ColumnRole::Amount { .. }));
        let amounts: Vec<(usize, usize)> = mapping
            .iter()
            .enumerate()
            .filter_map(|(cell, column)| column.filter(|column| is_amount(*column)).map(|column| (cell, column)))
            .collect();
        let total = rows.iter().zip(counts).find(|(_, counts)| **counts == Counts::AsTotal);
        let total = total.map(|(row, _)| placement::values(columns, row, mapping));
        let mut items = vec![Decimal::ZERO; columns.len()];
        for (row, _) in rows.iter().zip(counts).filter(|(_, counts)| **counts == Counts::AsItem) {
            for (cell, column) in &amounts {
                if let Some(value) = row.get(*cell).and_then(|cell| cell.value) {
                    items[*column] += value;
                }
            }
        }
        Contribution { total, items }
    }
}

/// In how many columns the total row differs from the sum of the items of all fragments.
fn column_gaps<'c>(contributions: impl Iterator<Item = &'c Contribution> + Clone) -> usize {
    let Some(total) = contributions.clone().find_map(|one| one.total.as_ref()) else { return 0 };
    let differs = |column: &usize| {
        let items: Decimal = contributions.clone().map(|one| one.items[*column]).sum();
        total[*column].unwrap_or_default() != items
    };
    (0..total.len()).filter(differs).count()
}

fn aligned_row(columns: &[Column], row: &GridRow, mapping: &Mapping) -> Row {
    let blank = |line| Cell { text: CompactString::default(), content: CellContent::Blank, line, printed_cell: 0 };
    let mut cells: Vec<Cell> = (0..columns.len()).map(|_| blank(row.line)).collect();
    for (cell, column) in row.cells.iter().zip(mapping.iter().copied().chain(std::iter::repeat(None))) {
        if cell.text.is_empty() {
            continue;
        }
        let aligned =
            Cell { text: cell.text.clone(), content: CellContent::Text, line: cell.line, printed_cell: cell.number };
        match column {
            Some(column) if column < columns.len() && cells[column].text.is_empty() => cells[column] = aligned,
            // Cells beyond the frame wait behind it for columns of their own.
            _ => cells.push(aligned),
        }
    }
    Row { line: row.line, roles: Vec::new(), subjects: Vec::new(), cells, unreadable: false }
}

/// Gives cells that found no column unknown columns at the end, so that nothing is lost.
fn with_overflow(mut columns: Vec<Column>, mut rows: Vec<Row>) -> (Vec<Column>, Vec<Row>) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(columns.len());
    let lane = columns.last().map_or(0, |column| column.lane);
    columns.resize_with(width, || Column { path: Vec::new(), role: ColumnRole::Unknown, lane });
    for row in &mut rows {
        let line = row.line;
        row.cells.resize_with(width, || Cell {
            text: CompactString::default(),
            content: CellContent::Blank,
            line,
            printed_cell: 0,
        });
    }
    (columns, rows)
}

/// Money in a row of column numbers, under an amount column.
fn strays(columns: &[Column], head: &[GridRow]) -> Vec<(usize, Cell)> {
    let mut strays = Vec::new();
    for row in head.iter().filter(|row| header::is_column_numbers(row)) {
        for (index, cell) in row.cells.iter().enumerate() {
            let amount = columns.get(index).is_some_and(|column| matches!(column.role, ColumnRole::Amount { .. }));
            if amount && squeeze(&cell.text).contains('.') && read_number(&cell.text).is_some() {
                let cell = Cell {
                    text: cell.text.clone(),
                    content: CellContent::Text,
                    line: cell.line,
                    printed_cell: cell.number,
                };
                strays.push((index, cell));
            }
        }
    }
    strays
}
