//! Up to three periods: a column each, with its number above and its period below, in panels side by side.

use plotters_backend::text_anchor::HPos;

use super::canvas::{Canvas, Plot, THINNEST, WIDTH, place};
use super::extent::{Extent, float};
use super::ink::{Paint, Role};
use super::input::{Mark, Panel, Point};
use super::measure;
use super::rows::{self, Row, mark_paint};

const PANEL_GAP: f64 = 16.0;
/// Between the numbers of neighbouring columns.
const LABEL_GAP: f64 = 5.0;
const WIDEST_SLOT: f64 = 180.0;
const WIDEST_COLUMN: f64 = 40.0;
/// Above a column, and below a negative one, for its number.
const HEADROOM: f64 = 20.0;
/// The height of a plot without a single column: its numbers stand on the ground line.
const LOW: f64 = 4.0;

/// Draws the panels, two side by side where their numbers leave room; as lists where they do not even fit alone.
pub(super) fn draw(canvas: &mut Canvas, panels: &[Panel], extent: Extent) {
    let periods = panels.iter().map(|panel| panel.points.len()).max().unwrap_or(1).max(1) as f64;
    let widths = panels.iter().flat_map(|panel| &panel.points).map(|point| label_width(canvas, point));
    let needed = widths.fold(0.0, f64::max) + LABEL_GAP;
    let half = (WIDTH - PANEL_GAP) / 2.0;
    let height = match panels.len() {
        _ if extent.is_flat() => LOW,
        1 => 130.0,
        _ => 80.0,
    };
    if panels.len() > 1 && needed <= half / periods {
        let (first, pairs) = panels.split_at(panels.len() % 2);
        for row in [first].into_iter().filter(|first| !first.is_empty()).chain(pairs.chunks(2)) {
            let slot = if row.len() > 1 { half / periods } else { (WIDTH / periods).min(WIDEST_SLOT) };
            panel_row(canvas, row, extent, slot, if has_column(row) { height } else { LOW });
        }
    } else if needed <= WIDTH / periods {
        for panel in panels.chunks(1) {
            panel_row(canvas, panel, extent, (WIDTH / periods).min(WIDEST_SLOT), height);
        }
    } else {
        panels.iter().for_each(|panel| list(canvas, panel, extent));
    }
}

/// Whether any value of the panels is told and other than zero.
fn has_column(panels: &[Panel]) -> bool {
    let mut values = panels.iter().flat_map(|panel| &panel.points).filter_map(|point| point.value.amount);
    values.any(|amount| !amount.is_zero())
}

fn label_width(canvas: &mut Canvas, point: &Point) -> f64 {
    Role::MarkNumber.width(&canvas.label(&point.value))
}

/// Panels side by side, their columns on one ground line.
fn panel_row(canvas: &mut Canvas, panels: &[Panel], extent: Extent, slot: f64, height: f64) {
    let width = if panels.len() > 1 { (WIDTH - PANEL_GAP) / 2.0 } else { WIDTH };
    let lefts: Vec<f64> = (0..panels.len()).map(|index| index as f64 * (width + PANEL_GAP)).collect();
    let top = canvas.y;
    let mut plot_top = top;
    for (panel, left) in panels.iter().zip(&lefts) {
        let lines = measure::wrap(&panel.name, Role::Name.size(), width);
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            let baseline = top + Role::Name.size() + index as f64 * Role::Name.line_height();
            canvas.write(Role::Name, HPos::Left, *left, baseline, line);
            plot_top = plot_top.max(baseline + 6.0);
        }
    }
    let mut bottom = plot_top;
    for (panel, left) in panels.iter().zip(&lefts) {
        bottom = bottom.max(columns(canvas, panel, extent, (*left, plot_top + HEADROOM), slot, height));
    }
    canvas.y = bottom + 12.0;
}

/// The columns of one panel; returns where it ends.
fn columns(canvas: &mut Canvas, panel: &Panel, extent: Extent, corner: (f64, f64), slot: f64, height: f64) -> f64 {
    let (left, top) = corner;
    let count = panel.points.len() as f64;
    let plot = canvas.plot(left..left + slot * count, top..top + height, 0.0..count, extent.range());
    let ground = top + height + if extent.low.is_sign_negative() { HEADROOM } else { 4.0 };
    let mut bottom = ground;
    for (index, point) in panel.points.iter().enumerate() {
        let middle = index as f64 + 0.5;
        column(canvas, &plot, middle, point, &panel.name, (slot * 0.6).min(WIDEST_COLUMN));
        bottom = bottom.max(period(canvas, point, place(&plot, middle, 0.0).0, ground, slot));
    }
    canvas.rule(place(&plot, 0.0, 0.0), place(&plot, count, 0.0), Paint::Axis);
    bottom
}

/// A column with its number; only the number for zero and for what is not told.
fn column(canvas: &mut Canvas, plot: &Plot, middle: f64, point: &Point, panel: &str, width: f64) {
    let (x, zero) = place(plot, middle, 0.0);
    let mut end = zero;
    let negative = point.value.amount.is_some_and(|amount| amount < rust_decimal::Decimal::ZERO);
    if let Some(amount) = point.value.amount.filter(|amount| !amount.is_zero()) {
        let reach = (place(plot, middle, float(amount)).1 - zero).abs().max(THINNEST);
        end = if negative { zero + reach } else { zero - reach };
        let paint = mark_paint(canvas, &point.value);
        let number = canvas.number(&point.value);
        let title = canvas.told(&format!("{panel} {}", point.period), &number);
        canvas.titled(title.trim_start(), || canvas.rectangle(x - width / 2.0..x + width / 2.0, zero..end, paint));
    }
    let baseline = if negative { end + Role::MarkNumber.size() + 2.0 } else { end - 5.0 };
    let label = canvas.label(&point.value);
    canvas.write(Role::MarkNumber, HPos::Center, x, baseline, &label);
}

/// The period below its column, with the word 推算 for a derived value; returns where it ends.
fn period(canvas: &Canvas, point: &Point, x: f64, top: f64, slot: f64) -> f64 {
    let mut lines = measure::wrap(&point.period, Role::Small.size(), slot - LABEL_GAP);
    if point.value.mark == Mark::Derived && point.value.amount.is_some() {
        lines.push(&canvas.words().derived);
    }
    let mut y = top;
    for line in lines {
        canvas.write(Role::Small, HPos::Center, x, y + Role::Small.size(), line);
        y += Role::Small.line_height();
    }
    y
}

/// Periods as rows, for numbers that are wider than a column can be.
fn list(canvas: &mut Canvas, panel: &Panel, extent: Extent) {
    if !panel.name.is_empty() {
        canvas.paragraph(Role::Name, &panel.name);
        canvas.y += 6.0;
    }
    let rows: Vec<Row> = panel.points.iter().map(|point| Row::new(&point.period, &point.value, None)).collect();
    rows::bars(canvas, &rows, extent);
}
