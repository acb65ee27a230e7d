//! Which cell of a fragment belongs to which column of the frame.
//!
//! Page breaks drop empty columns, extraction shifts whole fragments. The cells stay in order, so the question is which
//! columns were dropped. The words of the head give the first answer; when cells and columns do not fit, the placement
//! that satisfies most sums with least displacement wins.

use rust_decimal::Decimal;

use super::fit::{Fit, Frame, Mapping, demand, is_misplaced};
use super::measured::{MeasuredCell, MeasuredRow};
use super::trial::Trial;
use crate::model::{Column, ColumnRole};

/// The placements of a fragment that fit best, the most stable first, with how well they fit. Ways to drop columns are
/// tried one by one where there are no more than `most`.
pub(in crate::recognize::statement) fn place(
    frame: &Frame<'_>,
    rows: &[MeasuredRow],
    most: usize,
) -> (Vec<Mapping>, Fit) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let identity: Mapping = (0..width).map(|column| (column < frame.columns.len()).then_some(column)).collect();
    let trial = Trial::new(frame, rows, width);
    let fit = trial.fit(&identity, i64::MIN).unwrap_or_default();
    // Where every cell stands under a head that suits it, a sum that fails is the document's. Where one head among those of
    // amounts was lost, amounts may add up by accident when they move away from it.
    let stands = fit.suits && width >= frame.columns.len();
    if stands || lost_head(frame.columns, rows) && lacks_heads(frame.columns, rows, &identity) {
        return (vec![identity], fit);
    }
    let mut best: Vec<(Fit, Mapping)> = vec![(fit, identity.clone())];
    each_candidate(frame.columns, rows, width, most, &mut |candidate| {
        let least = best.first().map_or(i64::MIN, |(fit, _)| fit.value);
        let Some(fit) = trial.fit(candidate, least) else { return };
        if fit.value > least {
            best.clear();
        }
        best.push((fit, candidate.to_vec()));
    });
    best.sort_by_key(|(fit, _)| std::cmp::Reverse(fit.stability));
    // A row that lost its last cells has a total without parts, amounts stand below a head that was lost: that is no reason to
    // move them where no sum proves it.
    let stays = || fit.suits || lacks_heads(frame.columns, rows, &identity);
    if !best.iter().any(|(fit, _)| fit.proven) && stays() {
        return (vec![identity], fit);
    }
    let fit = best.first().map_or(fit, |(fit, _)| *fit);
    (best.into_iter().map(|(_, mapping)| mapping).take(256).collect(), fit)
}

/// True when amounts stand in a column without any head, between columns of amounts.
fn lost_head(columns: &[Column], rows: &[MeasuredRow]) -> bool {
    let amounts = |columns: &[Column]| columns.iter().any(|column| matches!(column.role, ColumnRole::Amount { .. }));
    let lost = |at: usize| {
        let column = &columns[at];
        column.role == ColumnRole::Unknown
            && column.path.is_empty()
            && amounts(&columns[..at])
            && amounts(&columns[at + 1..])
    };
    (0..columns.len()).any(|at| lost(at) && is_amount_column(rows, at))
}

/// True when the only cells that do not suit their columns are amounts below no head that is known, beside amounts that have
/// one.
fn lacks_heads(columns: &[Column], rows: &[MeasuredRow], mapping: &Mapping) -> bool {
    let headless = |column: usize| columns.get(column).is_some_and(|column| column.role == ColumnRole::Unknown);
    let amounts =
        |column: usize| columns.get(column).is_some_and(|column| matches!(column.role, ColumnRole::Amount { .. }));
    let is_lost = |(cell, column): (&MeasuredCell, &Option<usize>)| cell.money && column.is_some_and(headless);
    let has_head = |(cell, column): (&MeasuredCell, &Option<usize>)| cell.money && column.is_some_and(amounts);
    let suits = |(cell, column): (&MeasuredCell, &Option<usize>)| {
        is_lost((cell, column)) || !is_misplaced(cell, demand(column.and_then(|column| columns.get(column))))
    };
    // Rows with a single amount each may print it anywhere.
    let both = |row: &MeasuredRow| row.iter().zip(mapping).any(is_lost) && row.iter().zip(mapping).any(has_head);
    rows.iter().all(|row| row.iter().zip(mapping).all(suits)) && rows.iter().any(both)
}

/// The amounts of a row by column of the frame.
pub(super) fn values(columns: &[Column], row: &[MeasuredCell], mapping: &Mapping) -> Vec<Option<Decimal>> {
    let mut values = vec![None; columns.len()];
    for (cell, column) in row.iter().zip(mapping) {
        if let Some(column) = column.filter(|column| {
            columns.get(*column).is_some_and(|column| matches!(column.role, ColumnRole::Amount { .. }))
        }) {
            values[column] = values[column].or(cell.value);
        }
    }
    values
}

/// How many cells of a row do not suit their columns.
pub(super) fn misplaced_cells(columns: &[Column], row: &[MeasuredCell], mapping: &Mapping) -> usize {
    let wrong = row
        .iter()
        .zip(mapping)
        .filter(|(cell, column)| is_misplaced(cell, demand(column.and_then(|column| columns.get(column)))));
    wrong.count()
}

/// The placement of one row whose words stand under amounts: extraction dropped an empty cell before them, so they move
/// right into the next empty one.
pub(in crate::recognize::statement) fn pushed_right(
    columns: &[Column],
    row: &[MeasuredCell],
    mapping: &Mapping,
) -> Mapping {
    let mut pushed = mapping.clone();
    // Side by side lists merge label and amount into one cell; those are taken apart later.
    if columns.iter().any(|column| column.lane > 0) {
        return pushed;
    }
    for _ in 0..2 {
        let under_amount = |cell: &usize| {
            let amount = pushed[*cell]
                .and_then(|column| columns.get(column))
                .is_some_and(|column| matches!(column.role, ColumnRole::Amount { .. }));
            amount && row[*cell].words
        };
        let cells = row.len().min(pushed.len());
        let Some(first) = (0..cells).find(under_amount) else { break };
        let end = (first..cells).find(|cell| !row[*cell].filled).unwrap_or(cells);
        pushed[first..end].iter_mut().for_each(|column| *column = column.map(|column| column + 1));
        // The empty cell gives its column away.
        pushed[end..].iter_mut().take(1).for_each(|column| *column = None);
    }
    if misplaced_cells(columns, row, &pushed) < misplaced_cells(columns, row, mapping) {
        pushed
    } else {
        mapping.clone()
    }
}

/// Calls `try_it` with other placements worth trying: every way to spread the filled amount columns over the frame's
/// when there are few, and shifts of everything from some column on.
fn each_candidate(
    columns: &[Column],
    rows: &[MeasuredRow],
    width: usize,
    most: usize,
    try_it: &mut dyn FnMut(&[Option<usize>]),
) {
    each_shift(columns.len(), width, try_it);
    let filled: Vec<usize> = (0..width).filter(|column| is_amount_column(rows, *column)).collect();
    let targets: Vec<usize> =
        (0..columns.len()).filter(|column| matches!(columns[*column].role, ColumnRole::Amount { .. })).collect();
    if columns.iter().all(|column| column.lane == 0) && choices(targets.len(), filled.len()) <= most {
        let mut leading = leading_mapping(columns, rows, width, filled.first().copied().unwrap_or(width));
        spread(&filled, &targets, &mut leading, try_it);
    }
    let groups = wandering(rows, &filled);
    if columns.iter().all(|column| column.lane == 0) && groups.len() == targets.len() && filled.len() > targets.len() {
        let mut mapping = leading_mapping(columns, rows, width, filled.first().copied().unwrap_or(width));
        for (group, target) in groups.iter().zip(&targets) {
            group.iter().for_each(|column| mapping[*column] = Some(*target));
        }
        try_it(&mapping);
    }
}

/// Runs of neighbouring columns of which no row fills two: one column whose amounts wander.
fn wandering(rows: &[MeasuredRow], filled: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let is_filled = |row: &MeasuredRow, column: usize| row.get(column).is_some_and(|cell| cell.filled);
    for column in filled {
        let joins = groups.last().is_some_and(|group: &Vec<usize>| {
            let apart =
                |row: &MeasuredRow| !(is_filled(row, *column) && group.iter().any(|other| is_filled(row, *other)));
            group.last().is_some_and(|last| last + 1 == *column) && rows.iter().all(apart)
        });
        match groups.last_mut().filter(|_| joins) {
            Some(group) => group.push(*column),
            None => groups.push(vec![*column]),
        }
    }
    groups
}

fn is_amount_column(rows: &[MeasuredRow], column: usize) -> bool {
    let cells = || rows.iter().filter_map(|row| row.get(column));
    cells().filter(|cell| cell.money).count() > cells().filter(|cell| cell.words).count()
}

/// Cells before the amounts keep their columns where they suit them; names that stand under codes move to the label.
fn leading_mapping(columns: &[Column], rows: &[MeasuredRow], width: usize, first_amount: usize) -> Mapping {
    let mut mapping: Mapping = vec![None; width];
    let leading = first_amount.min(columns.len()).min(width);
    let has_names = |cell: usize| {
        let filled = || rows.iter().filter_map(|row| row.get(cell)).filter(|cell| cell.filled);
        filled().filter(|cell| cell.words).count() * 2 > filled().count()
    };
    let margin =
        |cell: usize| columns.get(cell + 1).is_some_and(|next| next.role == ColumnRole::Label) && !has_names(cell + 1);
    for cell in 0..leading {
        let role = &columns[cell].role;
        let names = has_names(cell);
        let suits = match role {
            ColumnRole::Amount { .. } => false,
            ColumnRole::Code | ColumnRole::UnitCode => !names,
            // A column without a head in front is an empty margin.
            ColumnRole::Unknown => !(names && columns[cell].path.is_empty() && margin(cell)),
            _ => true,
        };
        let label = || (cell..columns.len()).find(|column| columns[*column].role == ColumnRole::Label);
        mapping[cell] = if suits { Some(cell) } else { label().filter(|_| names) };
    }
    mapping
}

/// All monotone ways to give the filled columns a target each. What follows the last amount keeps its distance to it.
fn spread(
    filled: &[usize],
    targets: &[usize],
    mapping: &mut [Option<usize>],
    try_it: &mut dyn FnMut(&[Option<usize>]),
) {
    let Some((cell, rest)) = filled.split_first() else { return try_it(mapping) };
    for (index, target) in targets.iter().enumerate() {
        if targets.len() - index < filled.len() {
            break;
        }
        mapping[*cell] = Some(*target);
        if rest.is_empty() {
            (cell + 1..mapping.len()).for_each(|after| mapping[after] = Some(target + after - cell));
        }
        spread(rest, &targets[index + 1..], mapping, try_it);
    }
    mapping[*cell] = None;
}

/// How many ways [`spread`] would find.
fn choices(targets: usize, filled: usize) -> usize {
    if filled == 0 || filled > targets {
        return usize::MAX;
    }
    (0..filled.min(targets - filled))
        .try_fold(1_usize, |ways, step| Some(ways.checked_mul(targets - step)? / (step + 1)))
        .unwrap_or(usize::MAX)
}

/// The farthest shift that is tried.
const FARTHEST: usize = 3;

/// Everything from some column on moved by one, two or three.
fn each_shift(frame_width: usize, width: usize, try_it: &mut dyn FnMut(&[Option<usize>])) {
    let mut mapping: Mapping = vec![None; width];
    // Nothing behind the frame comes into it by a shift.
    for from in 0..width.min(frame_width + FARTHEST) {
        for by in [-3_isize, -2, -1, 1, 2, 3] {
            for (cell, column) in mapping.iter_mut().enumerate() {
                let target = if cell < from { Some(cell) } else { cell.checked_add_signed(by) };
                *column = target.filter(|target| *target < frame_width && (cell < from || *target >= from));
            }
            try_it(&mapping);
        }
    }
}
