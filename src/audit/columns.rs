//! The amount columns of a statement, and which of them a quantity means.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::formula::{NatureWord, Quantity};
use super::printing::{Context, RowReference};
use super::words::words;
use crate::model::{ColumnRole, Fact, Statement, StatementKind};

/// A column of amounts: nature and fund.
pub(super) type Measure = (CompactString, CompactString);

/// The columns of a statement by phase and year. The income list has its own where lists stand side by side.
#[derive(Debug, Default)]
pub(super) struct Columns {
    by_context: BTreeMap<Context, [SideColumns; 2]>,
}

/// The amount columns of one list.
#[derive(Debug, Default)]
pub(super) struct SideColumns {
    pub(super) measures: Vec<Measure>,
    /// True when some row prints more than one amount.
    pub(super) several: bool,
}

impl SideColumns {
    fn add(&mut self, (nature, fund): (&CompactString, &CompactString)) {
        if !self.measures.iter().any(|(known, of)| nature == known && fund == of) {
            self.measures.push((nature.clone(), fund.clone()));
        }
    }
}

impl Columns {
    /// The columns in which rows print amounts.
    pub(super) fn of_rows(rows: &[RowReference], facts: &[Fact]) -> Self {
        let mut columns = Columns::default();
        // Facts that were gathered by subject share a row here and none in the table.
        let in_table = rows.iter().any(|row| row.number.is_some());
        for row in rows {
            let mut printed: BTreeMap<Context, usize> = BTreeMap::new();
            for fact in row.facts.iter().map(|fact| &facts[*fact as usize]) {
                let context = Context::of(fact);
                let amounts = printed.entry(context).or_default();
                *amounts += 1;
                let side = &mut columns.by_context.entry(context).or_default()[usize::from(row.is_income())];
                side.several |= *amounts > 1 && (row.number.is_some() || !in_table);
                side.add((&fact.measure.nature, &fact.measure.fund));
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
                    sides[side].add((nature, fund));
                }
            }
        }
    }

    /// The phases and years in which amounts are printed.
    pub(super) fn contexts(&self) -> impl Iterator<Item = Context> {
        self.by_context.keys().copied()
    }

    /// The columns of one list in a phase and year.
    pub(super) fn side(&self, income: bool, context: Context) -> Option<&SideColumns> {
        self.by_context.get(&context).map(|sides| &sides[usize::from(income)])
    }

    /// True when a list has a column in some phase.
    pub(super) fn has(&self, income: bool, (nature, fund): &Measure) -> bool {
        let mut measures = self.by_context.values().flat_map(|sides| &sides[usize::from(income)].measures);
        measures.any(|(known, of)| nature == known && fund == of)
    }
}

/// The column that a quantity means: what it names, and for what it leaves out the leading one of the choice.
pub(super) fn named<'c>(
    choice: impl Iterator<Item = &'c Measure>,
    quantity: &Quantity,
    column: Option<&Measure>,
) -> Option<Measure> {
    if quantity.nature == NatureWord::Column {
        return column.cloned();
    }
    let fits = |(nature, fund): &&Measure| {
        let nature_fits = match &quantity.nature {
            NatureWord::Named(wanted) => nature == wanted,
            NatureWord::Leading | NatureWord::Column => true,
        };
        nature_fits && quantity.fund.as_ref().is_none_or(|wanted| fund == wanted)
    };
    let rank = |(nature, fund): &&Measure| (words().natures.rank(nature), words().funds.rank(fund));
    let mut fitting = choice.filter(fits);
    let first = fitting.next()?;
    // Ranks are looked up by word: one that is alone needs none.
    match fitting.next() {
        None => Some(first.clone()),
        Some(second) => [first, second].into_iter().chain(fitting).min_by_key(rank).cloned(),
    }
}

/// The natures directly below a measure's, of the same fund.
pub(super) fn parts(columns: &SideColumns, (nature, fund): &Measure) -> Vec<Measure> {
    let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let all: Vec<&Measure> = columns.measures.iter().filter(|(part, of)| of == fund && below(part, nature)).collect();
    complete(all.iter().copied().filter(|(part, _)| !all.iter().any(|(other, _)| below(part, other))))
}

/// The funds directly below a measure's, of the same nature. `all` is above every fund.
pub(super) fn sources(columns: &SideColumns, (nature, fund): &Measure) -> Vec<Measure> {
    let funds = &words().funds;
    let below = |inner: &str, outer: &str| inner != outer && (outer == "all" || funds.is_below(inner, outer));
    let all: Vec<&Measure> = columns.measures.iter().filter(|(of, part)| of == nature && below(part, fund)).collect();
    complete(all.iter().copied().filter(|(_, part)| !all.iter().any(|(_, other)| below(part, other))))
}

/// A split has at least two parts: a single one is an 其中.
fn complete<'m>(parts: impl Iterator<Item = &'m Measure>) -> Vec<Measure> {
    let parts: Vec<Measure> = parts.cloned().collect();
    if parts.len() < 2 { Vec::new() } else { parts }
}
