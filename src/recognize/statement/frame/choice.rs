//! Which frame a table has: the one that its head spells out, or a known layout that explains its cells better.

use rust_decimal::Decimal;

use super::placed::Placed;
use super::{blocks, columns, heads};
use crate::model::{Column, ColumnRole, StatementKind};
use crate::recognize::statement::head::HeadPath;
use crate::recognize::statement::placing::MeasuredRow;
use crate::recognize::tables::RawTable;
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
        && !from_head.is_damaged(vocabulary, fragments)
        && !from_head.has_unknown(fragments)
        && !from_head.says_twice(fragments)
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
            let heads = heads::head_agreement(vocabulary, &layout, paths);
            // Of two layouts that fit alike, the one as wide as the head.
            let width = layout.columns.len().abs_diff(paths.len()) as i64;
            (layout.value + heads - width, layout)
        })
        // What a head says that is no debris, a layout with many more columns cannot deny: its sums may hold by accident.
        .filter(|(_, layout)| {
            let wider = layout.columns.len() * 2 > paths.len() * 3;
            !(intact && wider && heads::denies(vocabulary, layout, paths))
        })
        // A layout in which the sums fail row after row explains nothing, nor does one whose totals no row prints; one that no
        // head speaks for needs a proof.
        .filter(|(_, layout)| layout.adds_up && layout.prints_totals(fragments) && (known > 0 || layout.is_proved()))
        .max_by_key(|(value, _)| *value);
    let head_value = from_head.value + heads::known_heads(vocabulary, paths);
    match best {
        // A head that says the same thing twice has lost something: any layout that fits is better.
        Some((value, layout))
            if value > head_value || (from_head.says_twice(fragments) && value >= 0) || known == 0 =>
        {
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
        let (twice, unknown) = (placed.says_twice(fragments), placed.has_unknown(fragments));
        // Column numbers count the columns of amounts.
        let amounts = placed.columns.iter().filter(|column| matches!(column.role, ColumnRole::Amount { .. })).count();
        let miscounted = numbered.is_some_and(|numbered| numbered != amounts);
        let faults = i64::from(twice) + i64::from(unknown) + i64::from(miscounted);
        // A wide reading has no more known heads than a narrow one, but more columns.
        let strange = paths.len() as i64 - heads::known_heads(vocabulary, paths);
        placed.value - strange - 8 * faults + 2 * i64::from(reading.regular)
    };
    if all.len() < 2 {
        return all.into_iter().next().map(|reading| reading.paths).unwrap_or_default();
    }
    let values = all.into_iter().rev().map(|reading| (fits(&reading), reading.paths));
    values.max_by_key(|(value, _)| *value).map(|(_, paths)| paths).unwrap_or_default()
}
