//! Rows of a list: name on the left, numbers right-aligned on the right, room for a bar below.

use std::borrow::Cow;

use plotters_backend::text_anchor::HPos;
use rust_decimal::Decimal;

use super::canvas::{Canvas, THINNEST, WIDTH, place};
use super::extent::{Extent, float};
use super::ink::{Paint, Role};
use super::input::{Mark, Tone, Value};
use super::measure;

const GAP: f64 = 12.0;
pub(super) const BAR_HEIGHT: f64 = 13.0;

/// One row.
pub(super) struct Row<'v> {
    pub(super) name: String,
    pub(super) value: &'v Value,
    pub(super) share: Option<&'v str>,
    pub(super) note: Option<&'v str>,
    /// How its bar is painted; `None` for the first tone, or hatched where the value was derived.
    pub(super) paint: Option<Paint>,
}

impl<'v> Row<'v> {
    /// A row with name and value.
    pub(super) fn new(name: &str, value: &'v Value, share: Option<&'v str>) -> Self {
        Row { name: name.to_owned(), value, share, note: None, paint: None }
    }
}

/// Where the two columns of numbers stand, common to all rows of a picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    /// The width of the shares, with the gap before them.
    share: f64,
}

impl Numbers {
    /// Wide enough for every row.
    pub(super) fn of<'rows, 'v: 'rows>(rows: impl IntoIterator<Item = &'rows Row<'v>>) -> Self {
        let mut numbers = Numbers { share: 0.0 };
        for row in rows {
            let share = row.share.map(fit_share);
            numbers.share = numbers.share.max(share.map_or(0.0, |share| Role::Small.width(&share) + GAP));
        }
        numbers
    }
}

fn fit_share(share: &str) -> Cow<'_, str> {
    measure::fit(share, Role::Small.size(), 110.0)
}

/// Writes the row's name (indented), numbers and note; afterwards [`Canvas::y`] is below them.
pub(super) fn heading(canvas: &mut Canvas, row: &Row, numbers: Numbers, indent: f64) {
    let name = measure::shorten(&row.name, 90);
    let lines = measure::wrap(&name, Role::Name.size(), WIDTH - indent);
    for line in &lines {
        canvas.write(Role::Name, HPos::Left, indent, canvas.y + Role::Name.size(), line);
        canvas.y += Role::Name.line_height();
    }
    let last = lines.last().map_or(0.0, |line| Role::Name.width(line));
    let label = canvas.number(row.value);
    if indent + last + GAP + Role::Number.width(&label) + numbers.share <= WIDTH {
        canvas.y -= Role::Name.line_height();
    }
    write_numbers(canvas, row, &label, numbers);
    for line in row.note.into_iter().flat_map(|note| measure::wrap(note, Role::Small.size(), WIDTH - indent)) {
        canvas.write(Role::Small, HPos::Left, indent, canvas.y + Role::Small.size(), line);
        canvas.y += Role::Small.line_height();
    }
}

fn write_numbers(canvas: &mut Canvas, row: &Row, label: &str, numbers: Numbers) {
    let baseline = canvas.y + Role::Name.size();
    canvas.write(Role::Number, HPos::Right, WIDTH - numbers.share, baseline, label);
    if let Some(share) = row.share {
        canvas.write(Role::Small, HPos::Right, WIDTH, baseline, &fit_share(share));
    }
    canvas.y += Role::Name.line_height();
}

/// Rows with a bar each, all on one scale. Zero has its label and the zero line, a value that is not told has neither
/// bar nor line.
pub(super) fn bars(canvas: &mut Canvas, rows: &[Row], extent: Extent) {
    let numbers = Numbers::of(rows);
    for row in rows {
        heading(canvas, row, numbers, 0.0);
        if row.value.amount.is_some() {
            canvas.y += 2.0;
            let number = canvas.number(row.value);
            let title = canvas.told(&row.name, &number);
            let paint = row.paint.unwrap_or_else(|| mark_paint(canvas, row.value));
            bar(canvas, row.value, extent, paint, &title);
            canvas.y += BAR_HEIGHT;
        }
        canvas.y += 10.0;
    }
}

/// One bar from zero at [`Canvas::y`], with its zero line.
fn bar(canvas: &mut Canvas, value: &Value, extent: Extent, paint: Paint, title: &str) {
    let y = canvas.y;
    let zero = position(canvas, extent, Decimal::ZERO);
    if let Some(amount) = value.amount.filter(|amount| !amount.is_zero()) {
        let end = position(canvas, extent, amount);
        let reach = (end - zero).abs().max(THINNEST);
        let end = if amount.is_sign_negative() { zero - reach } else { zero + reach };
        canvas.titled(title, || canvas.rectangle(zero..end, y..y + BAR_HEIGHT, paint));
    }
    canvas.rule((zero, y - 2.0), (zero, y + BAR_HEIGHT + 2.0), Paint::Axis);
}

/// The paint of a value in a picture with one series; a derived one is explained below the picture.
pub(super) fn mark_paint(canvas: &mut Canvas, value: &Value) -> Paint {
    if value.mark == Mark::Derived {
        canvas.note(&canvas.words().hatched);
        Paint::Hatch
    } else {
        Paint::Fill(Tone::One)
    }
}

/// Where an amount lies on a horizontal scale over the whole width, in pixels.
pub(super) fn position(canvas: &Canvas, extent: Extent, amount: Decimal) -> f64 {
    let plot = canvas.plot(1.0..WIDTH - 1.0, 0.0..1.0, extent.range(), 0.0..1.0);
    place(&plot, float(amount), 0.0).0
}
