//! What moved between two years? The earlier total, one floating bar per change, the later total: each bar starts where
//! the one above it ends.

use rust_decimal::Decimal;

use super::Chart;
use super::canvas::{Canvas, THINNEST};
use super::extent::Extent;
use super::ink::Paint;
use super::input::{Bar, ChartText, Mark, Point, Value};
use super::made;
use super::rows::{self, BAR_HEIGHT, Numbers, Row, mark_paint, position};

/// From one total to the next. The amounts of `changes` are differences, labelled with their sign. What they leave of
/// the difference of the totals by more than `tolerance` yuan is a hatched bar of its own, so the picture always adds
/// up. `None` when a total or every change is not told, or a sum is out of range.
pub fn waterfall(text: &ChartText, from: &Point, changes: &[Bar], to: &Point, tolerance: Decimal) -> Option<Chart> {
    let (start, end) = (from.value.amount?, to.value.amount?);
    let mut sum = Decimal::ZERO;
    for amount in changes.iter().filter_map(|change| change.value.amount) {
        sum = sum.checked_add(amount)?;
    }
    if changes.iter().all(|change| change.value.amount.is_none()) {
        return None;
    }
    let rest = end.checked_sub(start)?.checked_sub(sum)?;
    let rest = (rest.abs() > tolerance).then(|| {
        let labels = changes.iter().map(|change| &change.value).chain([&from.value, &to.value]);
        let places = made::places(labels.map(|value| value.label.as_str()));
        Value { amount: Some(rest), label: made::signed_label(rest, text.unit, places), mark: Mark::Derived }
    });

    let mut bars = vec![Floating::total(from, start)];
    let mut level = start;
    for change in changes {
        let next = level.checked_add(change.value.amount.unwrap_or_default())?;
        let paint = if next < level { Paint::Down } else { Paint::Up };
        let row = Row { paint: Some(paint), ..Row::new(&change.name, &change.value, change.share.as_deref()) };
        bars.push(Floating { row, from: level, to: next });
        level = next;
    }
    if let Some(value) = &rest {
        let row = Row { paint: Some(Paint::Rest), ..Row::new(&text.words.rest_of_changes, value, None) };
        bars.push(Floating { row, from: level, to: end });
    }
    bars.push(Floating::total(to, end));
    Some(draw(text, &bars))
}

/// A bar that need not start at zero.
struct Floating<'v> {
    row: Row<'v>,
    from: Decimal,
    to: Decimal,
}

impl<'v> Floating<'v> {
    fn total(point: &'v Point, amount: Decimal) -> Self {
        Floating { row: Row::new(&point.period, &point.value, None), from: Decimal::ZERO, to: amount }
    }
}

fn draw(text: &ChartText, bars: &[Floating]) -> Chart {
    let levels = || bars.iter().flat_map(|bar| [bar.from, bar.to]).chain([Decimal::ZERO]);
    let extent = Extent { low: levels().min().unwrap_or_default(), high: levels().max().unwrap_or_default() };
    let numbers = Numbers::of(bars.iter().map(|bar| &bar.row));
    let mut canvas = Canvas::new(text);
    for bar in bars {
        rows::heading(&mut canvas, &bar.row, numbers, 0.0);
        if bar.row.value.amount.is_some() {
            canvas.y += 2.0;
            float(&mut canvas, bar, extent);
            canvas.y += BAR_HEIGHT;
        }
        canvas.y += 10.0;
    }
    canvas.finish()
}

/// The bar between two levels; no bar where nothing changed.
fn float(canvas: &mut Canvas, bar: &Floating, extent: Extent) {
    let (y, zero) = (canvas.y, position(canvas, extent, Decimal::ZERO));
    let paint = bar.row.paint.unwrap_or_else(|| mark_paint(canvas, bar.row.value));
    let (from, to) = (position(canvas, extent, bar.from), position(canvas, extent, bar.to));
    let (left, right) = (from.min(to), from.max(to));
    if bar.from == bar.to {
        canvas.rule((from, y), (from, y + BAR_HEIGHT), Paint::Axis);
    } else {
        let number = canvas.number(bar.row.value);
        let title = canvas.told(&bar.row.name, &number);
        canvas.titled(&title, || canvas.rectangle(left..right.max(left + THINNEST), y..y + BAR_HEIGHT, paint));
    }
    canvas.rule((zero, y - 2.0), (zero, y + BAR_HEIGHT + 2.0), Paint::Axis);
}
