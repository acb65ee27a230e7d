//! Which is largest? Horizontal bars in order of amount, with the name above each bar.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::Chart;
use super::canvas::Canvas;
use super::extent::Extent;
use super::input::{Bar, ChartText, Mark, Value};
use super::rows::{self, Row};

/// With more bars than this, the tail is summed up.
const MOST: usize = 9;

/// Bars in order of amount, the largest first: nine at most, or eight and 「其他（n项）」. Bars without an amount come
/// last, with their label and no mark. `None` when no bar has an amount.
pub fn ranking(text: &ChartText, bars: &[Bar]) -> Option<Chart> {
    ranking_with_note(text, bars, None)
}

/// A ranking with a line below it that says why it is one.
pub(super) fn ranking_with_note(text: &ChartText, bars: &[Bar], note: Option<&'static str>) -> Option<Chart> {
    let extent_of = |rows: &[Row]| Extent::of(rows.iter().map(|row| row.value));
    let (mut told, untold): (Vec<&Bar>, Vec<&Bar>) = bars.iter().partition(|bar| bar.value.amount.is_some());
    // A large negative bar is no part of a tail: what counts is how far it reaches.
    told.sort_by_key(|bar| Reverse(bar.value.amount.map(|amount| amount.abs())));
    let shown = if bars.len() > MOST { (MOST - 1).min(told.len()) } else { told.len() };
    let tail = summed(&told.split_off(shown), text);
    told.sort_by_key(|bar| Reverse(bar.value.amount));
    let untold_value = Value::missing();
    let mut rows: Vec<Row> = told.into_iter().map(row).collect();
    rows.extend(tail.iter().map(|(name, value)| Row { summed: true, ..Row::new(name, value, None) }));
    if bars.len() > MOST && untold.len() > 1 {
        let name = format!("没有数额的（{}项）", untold.len());
        rows.push(Row::new(&name, &untold_value, None));
    } else {
        rows.extend(untold.into_iter().map(row));
    }
    let extent = extent_of(&rows)?;
    let mut canvas = Canvas::new(text);
    rows::bars(&mut canvas, &rows, extent);
    note.into_iter().for_each(|note| canvas.note(note));
    Some(canvas.finish())
}

fn row(bar: &Bar) -> Row<'_> {
    Row { note: bar.note.as_deref(), ..Row::new(&bar.name, &bar.value, bar.share.as_deref()) }
}

/// The tail in one row; in two when it has negative amounts, which must not hide in a sum.
fn summed(tail: &[&Bar], text: &ChartText) -> Vec<(String, Value)> {
    let (below, above): (Vec<&Value>, Vec<&Value>) =
        tail.iter().map(|bar| &bar.value).partition(|value| value.amount.is_some_and(|amount| amount < Decimal::ZERO));
    [("其他", above), ("其他负数", below)]
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .filter_map(|(name, values)| Some((format!("{name}（{}项）", values.len()), sum(&values, text)?)))
        .collect()
}

/// The sum of told values, with as many decimals as the most precise of them; `None` when it is out of range.
fn sum(values: &[&Value], text: &ChartText) -> Option<Value> {
    let mut total = Decimal::ZERO;
    for amount in values.iter().filter_map(|value| value.amount) {
        total = total.checked_add(amount)?;
    }
    let places = values.iter().map(|value| decimal_places(&value.label)).max().unwrap_or(0);
    let mark = values.iter().map(|value| value.mark).find(|mark| *mark != Mark::Printed).unwrap_or_default();
    Some(Value { amount: Some(total), label: format!("{:.places$}", total / text.unit.yuan()), mark })
}

/// How many digits stand after the point of a printed number.
pub(super) fn decimal_places(label: &str) -> usize {
    label.split_once('.').map_or(0, |(_, decimals)| decimals.chars().take_while(char::is_ascii_digit).count())
}
