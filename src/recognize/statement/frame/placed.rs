//! A frame with the rows of a table in it, and what speaks for it and against it.

use rust_decimal::Decimal;

use crate::model::{Column, ColumnRole};
use crate::recognize::statement::placing::{self, Fit, Frame, Mapping, MeasuredRow};
use crate::recognize::statement::sums::{self, ColumnSum};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::key;

/// A frame with the fragments placed in it.
pub(in crate::recognize::statement) struct Placed {
    pub(in crate::recognize::statement) columns: Vec<Column>,
    pub(in crate::recognize::statement) sums: Vec<ColumnSum>,
    /// For each fragment the placements that fit best.
    pub(in crate::recognize::statement) choices: Vec<Vec<Mapping>>,
    /// How well all fragments fit.
    pub(in crate::recognize::statement) value: i64,
    /// True when in all of them the sums that hold outweigh those that fail.
    pub(super) adds_up: bool,
    /// True when all of them are sound.
    pub(super) sound: bool,
    /// True when a sum of several amounts holds in one of them.
    firm: bool,
}

impl Placed {
    /// Places the fragments; of the ways to drop columns no more than `most` are tried for each.
    pub(super) fn new(columns: Vec<Column>, fragments: &[Vec<MeasuredRow>], quantum: Decimal, most: usize) -> Self {
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
    pub(super) fn prints_totals(&self, fragments: &[Vec<MeasuredRow>]) -> bool {
        let is_part = |column: usize| self.sums.iter().any(|sum| sum.parts.contains(&column));
        let mut totals = self.sums.iter().map(|sum| sum.total).filter(|total| !is_part(*total)).peekable();
        totals.peek().is_none() || totals.any(|total| self.is_filled(total, fragments))
    }

    /// True when its sums, one of several amounts among them, prove it without any word of the head.
    pub(super) fn is_proved(&self) -> bool {
        self.holds() && self.firm
    }

    /// True when the sums of the frame prove it.
    pub(super) fn holds(&self) -> bool {
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

    /// True when an amount stands under a head that nobody knows: the head may be debris. A word of a template that is
    /// new to us above an empty column is none.
    pub(super) fn is_damaged(&self, vocabulary: &Vocabulary, fragments: &[Vec<MeasuredRow>]) -> bool {
        self.columns.iter().enumerate().any(|(index, column)| {
            matches!(column.role, ColumnRole::Amount { .. })
                && self.is_filled(index, fragments)
                && column.path.iter().any(|head| !vocabulary.columns.knows(&key(head)))
        })
    }

    /// True when a filled column has no known head.
    pub(super) fn has_unknown(&self, fragments: &[Vec<MeasuredRow>]) -> bool {
        let unknown =
            |(index, column): (usize, &Column)| column.role == ColumnRole::Unknown && self.is_filled(index, fragments);
        self.columns.iter().enumerate().any(unknown)
    }

    /// True when two filled columns of a list would state the same measure: a head was lost.
    pub(super) fn says_twice(&self, fragments: &[Vec<MeasuredRow>]) -> bool {
        let filled = |index: usize| self.is_filled(index, fragments);
        let columns = &self.columns;
        columns.iter().enumerate().any(|(index, column)| {
            matches!(column.role, ColumnRole::Amount { .. })
                && columns[..index].iter().enumerate().any(|(other_index, other)| {
                    other.lane == column.lane && other.role == column.role && filled(index) && filled(other_index)
                })
        })
    }
}
