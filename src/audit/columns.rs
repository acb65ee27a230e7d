//! The amount columns of a statement, and which of them a quantity means.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::formula::{NatureWord, Quantity};
use super::measure::{Measure, Word};
use super::printed_row::RowReference;
use super::printing::Context;
use super::words::words;
use crate::model::{ColumnRole, Fact, Statement, StatementKind};

/// The columns of a statement by phase and year, of which there are few. The income list has its own where lists stand
/// side by side.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// In the order of their contexts.
    by_context: Vec<(Context, [SideColumns; 2])>,
}

/// The amount columns of one list.
#[derive(Debug, Default)]
pub(super) struct SideColumns {
    pub(super) measures: Vec<Measure>,
    /// True when some row prints more than one amount.
    pub(super) several: bool,
    /// The answers of [`parts`] and [`sources`], which are the same in every row.
    splits: RefCell<Splits>,
}

type Splits = FxHashMap<(Split, Measure), Rc<[Measure]>>;

/// Along what a measure is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Split {
    Nature,
    Fund,
}

impl SideColumns {
    fn add(&mut self, measure: Measure) {
        if !self.measures.contains(&measure) {
            self.measures.push(measure);
        }
    }

    fn split(&self, split: Split, measure: Measure, make: impl FnOnce() -> Vec<Measure>) -> Rc<[Measure]> {
        Rc::clone(self.splits.borrow_mut().entry((split, measure)).or_insert_with(|| make().into()))
    }
}

impl Columns {
    /// The columns in which rows print amounts.
    pub(super) fn of_rows(rows: &[RowReference], facts: &[Fact], measures: &[Measure]) -> Self {
        let mut columns = Columns::default();
        // Facts that were gathered by subject share a row here and none in the table.
        let in_table = rows.iter().any(|row| row.number.is_some());
        for row in rows {
            for (position, number) in row.facts.iter().enumerate() {
                let context = Context::of(&facts[*number as usize]);
                let is_second =
                    || row.facts[..position].iter().any(|before| Context::of(&facts[*before as usize]) == context);
                let several = (row.number.is_some() || !in_table) && is_second();
                let side = columns.side_mut(row.is_income(), context);
                side.several |= several;
                side.add(measures[*number as usize]);
            }
        }
        columns
    }

    /// Adds the columns of the table that hold no amount: their cells are empty, which is not the same as not there.
    pub(super) fn add_empty(&mut self, statement: &Statement, rows: &[RowReference]) {
        // The parts of the three public expenses are columns there and rows here.
        if statement.kind == StatementKind::ThreePublic {
            return;
        }
        let is_income_list = |lane: u8| {
            rows.iter().any(|row| row.is_income() && row.number.is_some_and(|(_, of)| of == usize::from(lane)))
        };
        for column in &statement.columns {
            let ColumnRole::Amount { nature, fund, phase, year, of_which: false } = &column.role else { continue };
            let side = usize::from(is_income_list(column.lane));
            for (context, sides) in &mut self.by_context {
                if phase.is_none_or(|phase| phase == context.phase) && year.is_none_or(|year| year == context.year) {
                    sides[side].add((Word::of(nature), Word::of(fund)));
                }
            }
        }
    }

    /// The phases and years in which amounts are printed.
    pub(super) fn contexts(&self) -> impl Iterator<Item = Context> {
        self.by_context.iter().map(|(context, _)| *context)
    }

    /// The columns of one list in a phase and year.
    pub(super) fn side(&self, income: bool, context: Context) -> Option<&SideColumns> {
        let sides = self.by_context.iter().find(|(known, _)| *known == context);
        sides.map(|(_, sides)| &sides[usize::from(income)])
    }

    fn side_mut(&mut self, income: bool, context: Context) -> &mut SideColumns {
        let at = self.by_context.binary_search_by_key(&context, |(known, _)| *known).unwrap_or_else(|at| {
            self.by_context.insert(at, (context, Default::default()));
            at
        });
        &mut self.by_context[at].1[usize::from(income)]
    }

    /// True when a list has a column in some phase.
    pub(super) fn has(&self, income: bool, measure: Measure) -> bool {
        self.by_context.iter().any(|(_, sides)| sides[usize::from(income)].measures.contains(&measure))
    }
}

/// The column that a quantity means: what it names, and for what it leaves out the leading one of the choice.
pub(super) fn named(
    choice: impl Iterator<Item = Measure>,
    quantity: &Quantity,
    column: Option<Measure>,
) -> Option<Measure> {
    if quantity.nature == NatureWord::Column {
        return column;
    }
    let fits = |(nature, fund): &Measure| {
        let nature_fits = match &quantity.nature {
            NatureWord::Named(wanted) => nature == wanted,
            NatureWord::Leading | NatureWord::Column => true,
        };
        nature_fits && quantity.fund.is_none_or(|wanted| *fund == wanted)
    };
    choice.filter(fits).min_by_key(|(nature, fund)| (nature.rank_as_nature(), fund.rank_as_fund()))
}

/// The natures directly below a measure's, of the same fund.
pub(super) fn parts(columns: &SideColumns, measure: Measure) -> Rc<[Measure]> {
    let (nature, fund) = measure;
    let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    columns.split(Split::Nature, measure, || {
        let is_part = |(part, of): &&Measure| *of == fund && below(part, &nature);
        let all: Vec<Measure> = columns.measures.iter().filter(is_part).copied().collect();
        complete(all.iter().copied().filter(|(part, _)| !all.iter().any(|(other, _)| below(part, other))))
    })
}

/// The funds directly below a measure's, of the same nature. `all` is above every fund.
pub(super) fn sources(columns: &SideColumns, measure: Measure) -> Rc<[Measure]> {
    let (nature, fund) = measure;
    let funds = &words().funds;
    let below = |inner: &str, outer: &str| inner != outer && (outer == "all" || funds.is_below(inner, outer));
    columns.split(Split::Fund, measure, || {
        let is_source = |(of, part): &&Measure| *of == nature && below(part, &fund);
        let all: Vec<Measure> = columns.measures.iter().filter(is_source).copied().collect();
        complete(all.iter().copied().filter(|(_, part)| !all.iter().any(|(_, other)| below(part, other))))
    })
}

/// A split has at least two parts: a single one is an 其中.
fn complete(parts: impl Iterator<Item = Measure>) -> Vec<Measure> {
    let parts: Vec<Measure> = parts.collect();
    if parts.len() < 2 { Vec::new() } else { parts }
}
