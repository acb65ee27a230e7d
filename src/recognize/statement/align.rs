//! Chooses the frame of a table and aligns the rows of all its fragments to it.

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::frame::{Cells, Placed, Reading, Readings, choose_frame, choose_paths};
use super::head::{self, HeadPath};
use super::known::Known;
use super::placing::{self, Frame, Mapping, MeasuredRow, measure, merged_total, place_all, place_loose};
use super::sums::ColumnSum;
use crate::model::{Cell, CellContent, Column, ColumnRole, Row, StatementKind};
use crate::parse::{GridCell, GridRow};
use crate::recognize::number::{decimals, read_number};
use crate::recognize::tables::RawTable;
use crate::vocabulary::text::{key, squeeze};
use crate::vocabulary::{TableWords, Vocabulary};

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
pub(super) fn align(vocabulary: &Vocabulary, kind: StatementKind, known: Known<'_>, table: &RawTable<'_>) -> Aligned {
    let year = known.year;
    let (head, fragments) = split(vocabulary, table);
    let width = head.iter().chain(fragments.iter().flatten()).map(|row| row.cells.len()).max().unwrap_or(0);
    let head_width = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let first_width = fragments.first().and_then(|rows| rows.iter().map(|row| row.cells.len()).max()).unwrap_or(0);
    let quantum = quantum(&fragments);
    let measured: Vec<Vec<MeasuredRow>> = fragments.iter().map(|rows| measure(rows)).collect();
    let head_width = if head.is_empty() { width } else { head_width.max(first_width) };
    // Of a loose table nobody knows how wide it is: no row need fill all of its columns.
    let widest = if table.loose { head::count(&vocabulary.tables, &head) } else { head_width + 1 };
    let ways = (head_width..widest.max(head_width + 1))
        .flat_map(|width| head::ways(vocabulary, kind, &head, width).into_iter().map(move |way| (way, width)))
        .map(|(way, width)| Reading { paths: head::paths(vocabulary, &way.head, width), regular: way.regular });
    let printed = Reading { paths: head::paths(vocabulary, &head, head_width), regular: false };
    let by_rows = if table.loose { by_rows(vocabulary, kind, &head, &fragments) } else { Vec::new() };
    let all = std::iter::once(printed).chain(ways).chain(by_rows).collect();
    // Where no cell was empty, the rows count the columns of amounts as column numbers do.
    let counted = if table.loose { head::amounts_of_all(&fragments) } else { None };
    let readings = Readings { all, numbered: head::numbered(&vocabulary.tables, &head).or(counted) };
    let paths = choose_paths(vocabulary, kind, year, table, readings, &measured, quantum);
    let Placed { columns, sums, choices, .. } =
        choose_frame(vocabulary, kind, year, table, &paths, &measured, Cells { quantum, counted });
    let frame = Frame { columns: &columns, sums: &sums, quantum };
    let mappings = if table.loose {
        place_loose(vocabulary, &frame, known, &choices, &fragments, &measured)
    } else {
        place_all(vocabulary, &frame, choices, &fragments, &measured)
    };
    let rows = fragments
        .iter()
        .zip(&measured)
        .zip(&mappings)
        .flat_map(|((rows, measured), mapping)| {
            let pushed = |row: &MeasuredRow| placing::pushed_right(&columns, row, mapping);
            let merged = |row: &GridRow, measured: &MeasuredRow| {
                let merged = merged_total(vocabulary, &columns, row, measured).filter(|_| !table.loose);
                merged.unwrap_or_else(|| pushed(measured))
            };
            let rows: Vec<_> = rows.iter().zip(measured).map(|(row, measured)| (row, merged(row, measured))).collect();
            rows
        })
        .map(|(row, mapping)| aligned_row(&columns, row, &mapping))
        .collect();
    let strays = strays(&vocabulary.tables, &columns, &head);
    let (columns, rows) = with_overflow(columns, rows);
    Aligned { sums, rows, strays, paths, columns }
}

/// The readings of the head of a loose table in which its rows tell the columns before the amounts.
fn by_rows(vocabulary: &Vocabulary, kind: StatementKind, head: &[GridRow], rows: &[Vec<GridRow>]) -> Vec<Reading> {
    if kind == StatementKind::ThreePublic {
        let leading = head::leading_heads(&vocabulary.tables, rows);
        let with_leading = |parts: Vec<HeadPath>| leading.iter().cloned().chain(parts).collect();
        let orders = head::orders(vocabulary, head).into_iter();
        return orders.map(|parts| Reading { paths: with_leading(parts), regular: true }).collect();
    }
    if let Some(paths) = head::side_by_side(vocabulary, kind, head, rows) {
        return vec![Reading { paths, regular: true }];
    }
    let Some((leading, head)) = head::without_leading(vocabulary, kind, head, rows) else { return Vec::new() };
    let widest = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let with_leading = |way: &[GridRow], width: usize, regular: bool| {
        let amounts = head::paths(vocabulary, way, width);
        Reading { paths: leading.iter().cloned().chain(amounts).collect(), regular }
    };
    let printed = with_leading(&head, widest, head.len() == 1);
    let flat = head::on_one_line(vocabulary, kind, &head).into_iter();
    let flat = flat.map(|heads| Reading { paths: leading.iter().cloned().chain(heads).collect(), regular: true });
    let flat: Vec<Reading> = flat.collect();
    let ways = (widest..head::count(&vocabulary.tables, &head).max(widest + 1)).flat_map(|width| {
        let ways = head::ways(vocabulary, kind, &head, width).into_iter();
        ways.map(move |way| (way, width)).collect::<Vec<_>>()
    });
    let ways = ways.map(|(way, width)| with_leading(&way.head, width, way.regular));
    std::iter::once(printed).chain(flat).chain(ways).collect()
}

/// The head of the first fragment, and the data rows of every fragment. Heads repeated after page breaks go.
fn split(vocabulary: &Vocabulary, table: &RawTable<'_>) -> (Vec<GridRow>, Vec<Vec<GridRow>>) {
    let mut fragments = table.fragments.clone();
    let Some(first) = fragments.first_mut() else { return (Vec::new(), Vec::new()) };
    let count = head::head_rows(vocabulary, first);
    let mut head: Vec<GridRow> = first.drain(..count).collect();
    head.extend(first.first_mut().and_then(|row| code_heads(&vocabulary.tables, row)));
    for fragment in fragments.iter_mut().skip(1) {
        let repeated = fragment.iter().take_while(|row| repeats(&vocabulary.tables, &head, row)).count();
        fragment.drain(..repeated);
    }
    fragments.iter_mut().for_each(|rows| rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty())));
    if table.loose {
        fragments = fragments.into_iter().flatten().map(|row| vec![row]).collect();
    }
    (head, fragments)
}

/// Takes 类, 款 and 项 out of the first row of data: some templates print the total beside them.
fn code_heads(words: &TableWords, row: &mut GridRow) -> Option<GridRow> {
    let is_level = |cell: &GridCell| words.levels.iter().any(|level| level == cell.text.trim());
    let mut head = row.clone();
    head.cells.iter_mut().filter(|cell| !is_level(cell)).for_each(|cell| cell.text = CompactString::default());
    if head.cells.iter().filter(|cell| !cell.text.is_empty()).count() < 2 {
        return None;
    }
    row.cells.iter_mut().filter(|cell| is_level(cell)).for_each(|cell| cell.text = CompactString::default());
    Some(head)
}

/// True for a row whose filled cells nearly all stand in one row of the head.
fn repeats(words: &TableWords, head: &[GridRow], row: &GridRow) -> bool {
    let filled: Vec<String> = row.cells.iter().map(|cell| key(&cell.text)).filter(|text| !text.is_empty()).collect();
    let in_head = |text: &String| head.iter().any(|row| row.cells.iter().any(|cell| key(&cell.text) == *text));
    head::is_column_numbers(words, row)
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
fn strays(words: &TableWords, columns: &[Column], head: &[GridRow]) -> Vec<(usize, Cell)> {
    let mut strays = Vec::new();
    for row in head.iter().filter(|row| head::is_column_numbers(words, row)) {
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
