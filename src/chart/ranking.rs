//! Which is largest, and which changed most? Horizontal bars in order of amount, with the name above each bar.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::Chart;
use super::canvas::Canvas;
use super::extent::Extent;
use super::ink::Paint;
use super::input::{Bar, ChartText, Mark, Value};
use super::made;
use super::rows::{self, Row};
use super::words::{ChartWords, fill};

/// With more bars than this, the tail is summed up.
const MOST: usize = 9;

/// Bars in order of amount, the largest first: nine at most, or eight and 「其他（n项）」. Bars without an amount come
/// last, with their label and no mark. `None` when no bar has an amount.
pub fn ranking(text: &ChartText, bars: &[Bar]) -> Option<Chart> {
    draw(text, bars, &Reading::amounts(&text.words), None)
}

/// Changes as bars around zero, the largest increase first, the largest decrease last; increases and decreases differ
/// in direction, sign and colour. The amounts are differences, labelled with their sign; the share of a bar is its rate
/// of change, where one may be told. Like a [`ranking`] it has nine bars at most. `None` when no bar has an amount.
pub fn changes(text: &ChartText, bars: &[Bar]) -> Option<Chart> {
    draw(text, bars, &Reading::changes(&text.words), None)
}

/// A ranking with a line below it that says why it is one.
pub(super) fn ranking_with_note(text: &ChartText, bars: &[Bar], note: Option<&str>) -> Option<Chart> {
    draw(text, bars, &Reading::amounts(&text.words), note)
}

/// How bars are read: as amounts or as changes.
struct Reading<'w> {
    /// The names of what sums up the tail: its positive and its negative amounts.
    tails: [&'w str; 2],
    /// Whether every label has a sign.
    signed: bool,
}

impl<'w> Reading<'w> {
    fn amounts(words: &'w ChartWords) -> Self {
        Reading { tails: [&words.others, &words.others_negative], signed: false }
    }

    fn changes(words: &'w ChartWords) -> Self {
        Reading { tails: [&words.others_up, &words.others_down], signed: true }
    }

    /// The colour of a change says its direction; that of an amount says nothing of its sign.
    fn paint(&self, value: &Value) -> Option<Paint> {
        let amount = value.amount.filter(|_| self.signed)?;
        Some(if amount < Decimal::ZERO { Paint::Down } else { Paint::Up })
    }

    fn row<'bar>(&self, bar: &'bar Bar) -> Row<'bar> {
        let row = Row::new(&bar.name, &bar.value, bar.share.as_deref());
        Row { note: bar.note.as_deref(), paint: self.paint(&bar.value), ..row }
    }

    fn tail_row<'tail>(&self, (name, value): &'tail (String, Value)) -> Row<'tail> {
        Row { paint: self.paint(value).or(Some(Paint::Neutral)), ..Row::new(name, value, None) }
    }

    /// The tail in one row; in two when it has negative amounts, which must not hide in a sum.
    fn tail(&self, bars: &[&Bar], text: &ChartText) -> Vec<(String, Value)> {
        let (below, above): (Vec<&Value>, Vec<&Value>) = bars
            .iter()
            .map(|bar| &bar.value)
            .partition(|value| value.amount.is_some_and(|amount| amount < Decimal::ZERO));
        self.tails
            .into_iter()
            .zip([above, below])
            .filter(|(_, values)| !values.is_empty())
            .filter_map(|(name, values)| Some((fill(name, "count", values.len()), self.sum(&values, text)?)))
            .collect()
    }

    /// The sum of told values, with as many decimals as the most precise of them; `None` when it is out of range.
    fn sum(&self, values: &[&Value], text: &ChartText) -> Option<Value> {
        let mut total = Decimal::ZERO;
        for amount in values.iter().filter_map(|value| value.amount) {
            total = total.checked_add(amount)?;
        }
        let places = made::places(values.iter().map(|value| value.label.as_str()));
        let mark = values.iter().map(|value| value.mark).find(|mark| *mark != Mark::Printed).unwrap_or_default();
        let label = if self.signed { made::signed_label } else { made::label };
        Some(Value { amount: Some(total), label: label(total, text.unit, places), mark })
    }
}

fn draw(text: &ChartText, bars: &[Bar], reading: &Reading, note: Option<&str>) -> Option<Chart> {
    let (mut told, untold): (Vec<&Bar>, Vec<&Bar>) = bars.iter().partition(|bar| bar.value.amount.is_some());
    // A large negative bar is no part of a tail: what counts is how far it reaches.
    told.sort_by_key(|bar| Reverse(bar.value.amount.map(|amount| amount.abs())));
    let shown = if bars.len() > MOST { (MOST - 1).min(told.len()) } else { told.len() };
    let tail = reading.tail(&told.split_off(shown), text);
    told.sort_by_key(|bar| Reverse(bar.value.amount));
    let untold_value = Value::missing();
    let mut rows: Vec<Row> = told.into_iter().map(|bar| reading.row(bar)).collect();
    rows.extend(tail.iter().map(|tail| reading.tail_row(tail)));
    if bars.len() > MOST && untold.len() > 1 {
        let name = fill(&text.words.others_untold, "count", untold.len());
        rows.push(Row::new(&name, &untold_value, None));
    } else {
        rows.extend(untold.into_iter().map(|bar| reading.row(bar)));
    }
    let extent = Extent::of(rows.iter().map(|row| row.value))?;
    let mut canvas = Canvas::new(text);
    rows::bars(&mut canvas, &rows, extent);
    note.into_iter().for_each(|note| canvas.note(note));
    Some(canvas.finish())
}
