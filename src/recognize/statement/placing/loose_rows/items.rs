//! The items of a table whose rows leave several placements: names say on what they are spent, the total row what they add up
//! to.

use rust_decimal::Decimal;

use super::{Amounts, LooseRow, Standing, search, subtract};
use crate::model::{Column, ColumnRole};
use crate::recognize::statement::placing::{Frame, Mapping};
use crate::vocabulary::{CodeNames, Vocabulary};

/// Items are placed when exactly one way to place them all adds up to the total row in every column. A total row that
/// leaves a choice is placed with them when only one of its placements has such a way.
pub(super) fn settle(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    rows: &[LooseRow<'_>],
    open: &[Vec<(Mapping, Amounts)>],
    chosen: &mut [Option<usize>],
) {
    let Some(total) = (0..rows.len()).find(|index| rows[*index].standing == Standing::Total) else { return };
    let items = Items::of(vocabulary, frame, rows, open, chosen);
    let picks = match chosen[total] {
        Some(pick) => vec![pick],
        None => (0..open[total].len()).collect(),
    };
    // What names say goes before the sums, which equal amounts may leave open.
    for told in [Told::CommonOnly, Told::ByName, Told::Nothing] {
        // Where nothing is told and the total is open too, sums alone prove nothing.
        if told == Told::Nothing && chosen[total].is_none() {
            return;
        }
        let picks =
            picks.iter().filter(|pick| told != Told::CommonOnly || is_common(frame.columns, &open[total][**pick].1));
        let ways = picks.filter_map(|pick| Some((*pick, items.only_way(told, &open[total][*pick].1)?)));
        let ways: Vec<(usize, Vec<(usize, usize)>)> = ways.collect();
        if let [(pick, found)] = &ways[..] {
            chosen[total] = Some(*pick);
            found.iter().for_each(|(row, pick)| chosen[*row] = Some(*pick));
            return;
        }
    }
}

/// What says where the amounts of items stand, beside the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Their names, and that nothing stands in columns that hardly any office uses.
    CommonOnly,
    /// Their names.
    ByName,
    /// Nothing.
    Nothing,
}

/// The items of a table.
pub(super) struct Items<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) frame: &'a Frame<'a>,
    pub(super) rows: &'a [LooseRow<'a>],
    pub(super) open: &'a [Vec<(Mapping, Amounts)>],
    /// The items that are placed, as row and pick.
    pub(super) settled: Vec<(usize, usize)>,
    pub(super) unsettled: Vec<usize>,
}

impl<'a> Items<'a> {
    fn of(
        vocabulary: &'a Vocabulary,
        frame: &'a Frame<'a>,
        rows: &'a [LooseRow<'a>],
        open: &'a [Vec<(Mapping, Amounts)>],
        chosen: &[Option<usize>],
    ) -> Self {
        let items = || (0..rows.len()).filter(|index| rows[*index].standing == Standing::Item);
        let settled = items().filter_map(|index| Some((index, chosen[index]?))).collect();
        let unsettled = items().filter(|index| chosen[*index].is_none()).collect();
        Items { vocabulary, frame, rows, open, settled, unsettled }
    }

    /// The only way to place the open items so that all items add up to `total`: rows and picks.
    fn only_way(&self, told: Told, total: &Amounts) -> Option<Vec<(usize, usize)>> {
        let mut rest: Vec<Decimal> = total.iter().map(|amount| amount.unwrap_or_default()).collect();
        self.settled.iter().for_each(|(row, pick)| subtract(&mut rest, &self.open[*row][*pick].1));
        let count = self.settled.len() + self.unsettled.len();
        let tolerance = self.frame.quantum * Decimal::from(count + 1) / Decimal::TWO;
        let picks: Vec<Vec<usize>> = self.unsettled.iter().map(|row| self.picks(told, *row)).collect();
        let row =
            |(index, picks): (&usize, &Vec<usize>)| picks.iter().map(|pick| &self.open[*index][*pick].1).collect();
        let choices: Vec<Vec<&Amounts>> = self.unsettled.iter().zip(&picks).map(row).collect();
        let found = search::only_way(&choices, rest, tolerance)?;
        Some(self.unsettled.iter().zip(&picks).zip(found).map(|((row, picks), pick)| (*row, picks[pick])).collect())
    }

    /// The placements of a row that agree with what is told.
    pub(super) fn picks(&self, told: Told, row: usize) -> Vec<usize> {
        let columns = self.frame.columns;
        let agrees = |pick: &usize| {
            let amounts = &self.open[row][*pick].1;
            match told {
                Told::CommonOnly => {
                    is_common(columns, amounts) && is_spent_as_named(self.vocabulary, columns, &self.rows[row], amounts)
                }
                Told::ByName => is_spent_as_named(self.vocabulary, columns, &self.rows[row], amounts),
                Told::Nothing => true,
            }
        };
        (0..self.open[row].len()).filter(agrees).collect()
    }
}

/// The natures of the columns with an amount, and what it is.
fn natures<'a>(columns: &'a [Column], amounts: &'a Amounts) -> impl Iterator<Item = (&'a str, Decimal)> {
    columns.iter().zip(amounts).filter_map(|(column, amount)| match &column.role {
        ColumnRole::Amount { nature, .. } => Some((nature.as_str(), (*amount)?)),
        _ => None,
    })
}

/// The natures of the columns with an amount that is something.
fn spent<'a>(columns: &'a [Column], amounts: &'a Amounts) -> impl Iterator<Item = &'a str> {
    natures(columns, amounts).filter(|(_, amount)| !amount.is_zero()).map(|(nature, _)| nature)
}

/// False where an amount stands in a column that templates print and hardly any office fills.
pub(super) fn is_common(columns: &[Column], amounts: &Amounts) -> bool {
    natures(columns, amounts)
        .all(|(nature, _)| !matches!(nature, "upward" | "business_operation" | "subsidies_to_units"))
}

/// False where an economic item is spent on persons by its code and on the office by its column, or the other way round, and
/// where a functional item is basic expenditure by its definition and a project by its column, or the other way round.
fn is_spent_as_named(vocabulary: &Vocabulary, columns: &[Column], row: &LooseRow<'_>, amounts: &Amounts) -> bool {
    let economic = row.code.len() >= 3 && row.code.starts_with('3');
    let persons = CodeNames::is_personnel(&row.code);
    let mut names = row.printed.cells.iter().zip(row.measured).filter(|(_, cell)| cell.words);
    // An item of which the row prints both parts is spent on both, whatever its name.
    let both = ["basic", "project"].iter().all(|part| spent(columns, amounts).any(|nature| nature.starts_with(part)));
    let defined = names.next_back().filter(|_| !both).and_then(|(cell, _)| vocabulary.names.nature_of_item(&cell.text));
    spent(columns, amounts).all(|nature| match (nature, defined) {
        (nature, _) if economic && nature.starts_with("basic.personnel") => persons,
        (nature, _) if economic && nature.starts_with("basic.operating") => !persons,
        (nature, Some("project")) => !nature.starts_with("basic"),
        (nature, Some("basic")) => !nature.starts_with("project"),
        _ => true,
    })
}
