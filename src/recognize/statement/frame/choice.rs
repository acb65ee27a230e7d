//! Which frame a table has: the one that its head spells out, or a known layout that explains its cells better.

use rust_decimal::Decimal;

use super::blocks;
use super::columns;
use crate::model::{Column, ColumnRole, StatementKind};
use crate::recognize::statement::head::HeadPath;
use crate::recognize::statement::placing::{self, Fit, Frame, Mapping, MeasuredRow};
use crate::recognize::statement::sums::{self, ColumnSum};
use crate::recognize::tables::RawTable;
use crate::vocabulary::text::{has_han, key};
use crate::vocabulary::{HeadRole, Vocabulary};

/// More ways to drop columns than this are not tried one by one.
const MOST_PLACEMENTS: usize = 4000;

/// So many ways are tried for all readings of a head together: a head whose cells are lost has hundreds of readings.
const MOST_FOR_ALL_READINGS: usize = 400_000;

/// What the cells of a table tell before they are placed.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognize::statement) struct Cells {
    /// The finest step that the amounts print.
    pub(in crate::recognize::statement) quantum: Decimal,
    /// How many amounts every row has, where none is empty.
    pub(in crate::recognize::statement) counted: Option<usize>,
}

/// The frame that the head spells out, unless the cells contradict it and a known layout explains them better.
pub(in crate::recognize::statement) fn choose_frame(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    year: u16,
    table: &RawTable<'_>,
    paths: &[HeadPath],
    fragments: &[Vec<MeasuredRow>],
    cells: Cells,
) -> Placed {
    let Cells { quantum, counted } = cells;
    let placed = |columns| Placed::new(columns, fragments, quantum, MOST_PLACEMENTS);
    let from_head = placed(columns_of_head(vocabulary, kind, year, table, paths, fragments));
    let torn = kind == StatementKind::ThreePublic && blocks::is_torn(vocabulary, &from_head.columns, paths);
    let known = from_head.columns.iter().filter(|column| matches!(column.role, ColumnRole::Amount { .. })).count();
    if !torn
        && from_head.sound
        && known > 0
        && !is_damaged(vocabulary, &from_head, fragments)
        && !has_unknown(&from_head, fragments)
        && !twice(&from_head, fragments)
    {
        return from_head;
    }
    if kind == StatementKind::ThreePublic {
        let frames = blocks::frames(vocabulary, year, &from_head.columns, paths).into_iter().map(placed);
        let best = frames.filter(Placed::holds).max_by_key(|frame| frame.value);
        if let Some(best) = best.filter(|best| torn || best.value > from_head.value) {
            return best;
        }
        if torn {
            return placed(blocks::without_amounts(&from_head.columns));
        }
    }
    let rule = vocabulary.statements.of_kind(kind);
    let layouts = rule.map(|rule| columns::fitting_layouts(rule, paths)).unwrap_or_default();
    let intact = paths.iter().flat_map(|path| &path.keys).all(|key| vocabulary.columns.knows(key));
    // Page breaks drop columns, but never most of them.
    let widest = fragments.iter().flatten().map(Vec::len).max().unwrap_or(0).max(paths.len());
    let best = layouts
        .into_iter()
        .filter(|layout| layout.columns.len() <= widest * 2)
        // Rows without an empty cell say how many amounts there are.
        .filter(|layout| {
            let amounts = layout.columns.iter().filter(|column| column.role == HeadRole::Amount).count();
            counted.is_none_or(|counted| counted == amounts)
        })
        .map(|layout| {
            let layout = placed(columns::from_layout(layout));
            let heads = head_agreement(vocabulary, &layout, paths);
            // Of two layouts that fit alike, the one as wide as the head.
            let width = layout.columns.len().abs_diff(paths.len()) as i64;
            (layout.value + heads - width, layout)
        })
        // What a head says that is no debris, a layout with many more columns cannot deny: its sums may hold by accident.
        .filter(|(_, layout)| {
            let wider = layout.columns.len() * 2 > paths.len() * 3;
            !(intact && wider && denies(vocabulary, layout, paths))
        })
        // A layout in which the sums fail row after row explains nothing, nor does one whose totals no row prints; one that no
        // head speaks for needs a proof.
        .filter(|(_, layout)| layout.adds_up && layout.prints_totals(fragments) && (known > 0 || layout.is_proved()))
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

fn columns_of_head(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    year: u16,
    table: &RawTable<'_>,
    paths: &[HeadPath],
    fragments: &[Vec<MeasuredRow>],
) -> Vec<Column> {
    let fund = table.rule.map_or("all", |rule| rule.fund.as_str());
    let mut columns = columns::from_head(vocabulary, kind, fund, year, paths);
    columns::name_wordy_columns(kind, &mut columns, fragments);
    columns
}

/// The ways to read one head.
pub(in crate::recognize::statement) struct Readings {
    /// All of them, the printed one first.
    pub(in crate::recognize::statement) all: Vec<Reading>,
    /// How many columns the row of column numbers counts.
    pub(in crate::recognize::statement) numbered: Option<usize>,
}

/// One way to read a head.
pub(in crate::recognize::statement) struct Reading {
    /// The heads above every column.
    pub(in crate::recognize::statement) paths: Vec<HeadPath>,
    /// Lost cells were put back in the most regular way.
    pub(in crate::recognize::statement) regular: bool,
}

/// Of several readings of one head the one whose columns fit the cells best; the first of equals.
pub(in crate::recognize::statement) fn choose_paths(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    year: u16,
    table: &RawTable<'_>,
    readings: Readings,
    fragments: &[Vec<MeasuredRow>],
    quantum: Decimal,
) -> Vec<HeadPath> {
    let Readings { all, numbered } = readings;
    let most = MOST_PLACEMENTS.min(MOST_FOR_ALL_READINGS / all.len().max(1));
    let fits = |reading: &Reading| {
        let paths = &reading.paths;
        let columns = columns_of_head(vocabulary, kind, year, table, paths, fragments);
        let placed = Placed::new(columns, fragments, quantum, most);
        // A head that says the same thing twice is read wrong.
        let (twice, unknown) = (twice(&placed, fragments), has_unknown(&placed, fragments));
        // Column numbers count the columns of amounts.
        let amounts = placed.columns.iter().filter(|column| matches!(column.role, ColumnRole::Amount { .. })).count();
        let miscounted = numbered.is_some_and(|numbered| numbered != amounts);
        let faults = i64::from(twice) + i64::from(unknown) + i64::from(miscounted);
        // A wide reading has no more known heads than a narrow one, but more columns.
        let strange = paths.len() as i64 - known_heads(vocabulary, paths);
        placed.value - strange - 8 * faults + 2 * i64::from(reading.regular)
    };
    if all.len() < 2 {
        return all.into_iter().next().map(|reading| reading.paths).unwrap_or_default();
    }
    let values = all.into_iter().rev().map(|reading| (fits(&reading), reading.paths));
    values.max_by_key(|(value, _)| *value).map(|(_, paths)| paths).unwrap_or_default()
}

/// A frame with the fragments placed in it.
pub(in crate::recognize::statement) struct Placed {
    pub(in crate::recognize::statement) columns: Vec<Column>,
    pub(in crate::recognize::statement) sums: Vec<ColumnSum>,
    /// For each fragment the placements that fit best.
    pub(in crate::recognize::statement) choices: Vec<Vec<Mapping>>,
    /// How well all fragments fit.
    pub(in crate::recognize::statement) value: i64,
    /// True when in all of them the sums that hold outweigh those that fail.
    adds_up: bool,
    /// True when all of them are sound.
    sound: bool,
    /// True when a sum of several amounts holds in one of them.
    firm: bool,
}

impl Placed {
    /// Places the fragments; of the ways to drop columns no more than `most` are tried for each.
    fn new(columns: Vec<Column>, fragments: &[Vec<MeasuredRow>], quantum: Decimal, most: usize) -> Self {
        let sums = sums::column_sums(&columns);
        let frame = Frame { columns: &columns, sums: &sums, quantum };
        let (choices, fits): (Vec<_>, Vec<Fit>) =
            fragments.iter().map(|rows| placing::place(&frame, rows, most)).unzip();
        let value = fits.iter().map(|fit| fit.value).sum();
        let (adds_up, sound) = (fits.iter().all(|fit| fit.adds_up), fits.iter().all(|fit| fit.sound));
        let firm = fits.iter().any(|fit| fit.firm);
        Placed { columns, sums, choices, value, adds_up, sound, firm }
    }

    /// True when some row fills a column that is the sum of others and no part of one.
    fn prints_totals(&self, fragments: &[Vec<MeasuredRow>]) -> bool {
        let is_part = |column: usize| self.sums.iter().any(|sum| sum.parts.contains(&column));
        let mut totals = self.sums.iter().map(|sum| sum.total).filter(|total| !is_part(*total)).peekable();
        totals.peek().is_none() || totals.any(|total| self.is_filled(total, fragments))
    }

    /// True when its sums, one of several amounts among them, prove it without any word of the head.
    fn is_proved(&self) -> bool {
        self.holds() && self.firm
    }

    /// True when the sums of the frame prove it.
    fn holds(&self) -> bool {
        self.sound && self.value > 0
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

/// True when a known head stands above a column of the layout that is another.
fn denies(vocabulary: &Vocabulary, layout: &Placed, paths: &[HeadPath]) -> bool {
    let Some(mapping) = layout.choices.first().and_then(|choice| choice.first()) else { return false };
    paths.iter().zip(mapping).filter_map(|(path, column)| Some((path, layout.columns.get((*column)?)?))).any(
        |(path, column)| {
            let mut known = path.keys.iter().filter(|key| vocabulary.columns.knows(key)).peekable();
            let fits = |key: &String| column.path.iter().any(|head| columns::agree(key, &self::key(head)));
            known.peek().is_some() && !known.any(fits)
        },
    )
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
        let fits = |key: &&String| column.path.iter().any(|head| columns::agree(key, &self::key(head)));
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
