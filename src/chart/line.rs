//! Four periods and more: a line with a marker per period, one panel below the other, each with a light grid.

use plotters::element::{Circle, PathElement};
use plotters_backend::text_anchor::HPos;
use rust_decimal::Decimal;

use super::canvas::{Canvas, Plot, WIDTH, place, tenths};
use super::extent::{Extent, float, ticks};
use super::ink::{Paint, Role};
use super::input::{Mark, Panel, Point};
use super::made;
use super::placing::{Area, Obstacles};
use crate::model::Unit;

const RADIUS: f64 = 3.5;
/// Above the highest point, for its number.
const HEADROOM: f64 = 22.0;
/// Between a point and its number.
const DISTANCE: f64 = 7.0;

/// Draws the panels on one scale.
pub(super) fn draw(canvas: &mut Canvas, panels: &[Panel], extent: Extent, unit: Unit) {
    let ticks = ticks(extent, unit.yuan());
    let height = match panels.len() {
        _ if extent.is_flat() => 24.0,
        1 => 150.0,
        _ => 90.0,
    };
    for panel in panels {
        if !panel.name.is_empty() {
            canvas.paragraph(Role::Name, &panel.name);
        }
        draw_panel(canvas, &panel.points, extent, (&ticks, unit.yuan()), height);
        canvas.y += 12.0;
    }
}

fn draw_panel(canvas: &mut Canvas, points: &[Point], extent: Extent, ticks: (&[Decimal], Decimal), height: f64) {
    let labels: Vec<String> = ticks.0.iter().copied().map(made::tick).collect();
    let margin = labels.iter().map(|label| Role::Small.width(label)).fold(0.0, f64::max) + 8.0;
    let half = |point: Option<&Point>| point.map_or(0.0, |point| Role::Small.width(&point.period) / 2.0);
    let (left, right) =
        (half(points.first()).clamp(margin + 14.0, margin + 60.0), WIDTH - half(points.last()).clamp(14.0, 60.0));
    let top = canvas.y + HEADROOM;
    let bottom = top + height;
    let last = points.len().saturating_sub(1).max(1) as f64;
    let plot = canvas.plot(left..right, top..bottom, 0.0..last, extent.range());
    for (tick, label) in ticks.0.iter().zip(&labels) {
        let y = place(&plot, 0.0, float(*tick * ticks.1)).1;
        canvas.rule((margin, y), (WIDTH, y), if tick.is_zero() { Paint::Axis } else { Paint::Grid });
        canvas.write(Role::Small, HPos::Right, margin - 6.0, y + Role::Small.size() * 0.36, label);
    }
    draw_line(canvas, &plot, points);
    let bounds = Area {
        left: margin,
        right: WIDTH,
        top: canvas.y,
        bottom: bottom + if extent.low.is_sign_negative() { HEADROOM } else { 0.0 },
    };
    draw_labels(canvas, &plot, points, bounds);
    canvas.y = bounds.bottom + 6.0;
    draw_periods(canvas, &plot, points);
}

/// The line in stretches, dashed from and to derived points, broken where a period is not told; then the markers.
fn draw_line(canvas: &mut Canvas, plot: &Plot, points: &[Point]) {
    for (index, pair) in points.windows(2).enumerate() {
        if let [from, to] = pair
            && let (Some(start), Some(end)) = (from.value.amount, to.value.amount)
        {
            let derived = [from, to].iter().any(|point| point.value.mark == Mark::Derived);
            let paint = if derived { Paint::DashedLine } else { Paint::Line };
            let stretch = [(index as f64, float(start)), (index as f64 + 1.0, float(end))];
            let _ = plot.draw(&PathElement::new(stretch, paint.style()));
        }
    }
    for (index, point) in points.iter().enumerate() {
        let Some(amount) = point.value.amount else { continue };
        let derived = point.value.mark == Mark::Derived;
        if derived {
            canvas.note(&canvas.words().hollow);
        }
        let paint = if derived { Paint::HollowDot } else { Paint::Dot };
        let number = canvas.number(&point.value);
        let title = canvas.told(&point.period, &number);
        let dot = Circle::new((index as f64, float(amount)), tenths(RADIUS), paint.style());
        canvas.titled(&title, || drop(plot.draw(&dot)));
    }
}

/// Numbers at the points: first those that matter (the ends, the derived, the extremes), then whichever find room; all
/// of them stand in the table beside the picture.
fn draw_labels(canvas: &mut Canvas, plot: &Plot, points: &[Point], bounds: Area) {
    let mut obstacles = obstacles(plot, points, bounds);
    for (index, matters) in by_weight(points) {
        let Some(point) = points.get(index) else { continue };
        let label = canvas.label(&point.value);
        let (width, height) = (Role::MarkNumber.width(&label), Role::MarkNumber.size());
        let (x, y) = place(plot, index as f64, point.value.amount.map_or(0.0, float));
        let offset = DISTANCE + height / 2.0;
        let side = width / 2.0 - RADIUS;
        let at = |(x, y): (f64, f64)| Area::around(x, y, width, height);
        let above = [(x, y - offset), (x - side, y - offset), (x + side, y - offset)].map(at);
        let below = [(x, y + offset), (x + side, y + offset), (x - side, y + offset)].map(at);
        let aside = width / 2.0 + RADIUS + 3.0;
        let beside = [(x + aside, y), (x - aside, y), (x + aside, y - offset)].map(at);
        let places = if is_valley(points, index) { [below, above, beside] } else { [above, below, beside] };
        if let Some(place) = obstacles.settle(places.as_flattened(), matters) {
            let (x, baseline) = ((place.left + place.right) / 2.0, place.bottom - height * 0.14);
            canvas.write(Role::MarkNumber, HPos::Center, x, baseline, &label);
        }
    }
}

fn obstacles(plot: &Plot, points: &[Point], bounds: Area) -> Obstacles {
    let told =
        |(index, point): (usize, &Point)| point.value.amount.map(|amount| place(plot, index as f64, float(amount)));
    let spots: Vec<Option<(f64, f64)>> = points.iter().enumerate().map(told).collect();
    let taken = spots.iter().flatten().map(|(x, y)| Area::around(*x, *y, RADIUS * 2.0, RADIUS * 2.0)).collect();
    let line = spots.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?))).collect();
    Obstacles { bounds, taken, line }
}

/// Indices in the order in which their labels look for room, and whether they may cross the line.
fn by_weight(points: &[Point]) -> Vec<(usize, bool)> {
    let amount = |index: &usize| points.get(*index).and_then(|point| point.value.amount);
    let told = || (0..points.len()).filter(|index| amount(index).is_some());
    let ends = [told().next_back(), told().next()];
    let extremes = [told().rev().max_by_key(|index| amount(index)), told().rev().min_by_key(|index| amount(index))];
    let derived = (0..points.len()).filter(|index| points[*index].value.mark == Mark::Derived);
    let mut order: Vec<(usize, bool)> = Vec::with_capacity(points.len());
    let weighty = ends.into_iter().flatten().chain(derived).chain(extremes.into_iter().flatten());
    for (index, matters) in
        weighty.map(|index| (index, true)).chain((0..points.len()).rev().map(|index| (index, false)))
    {
        if !order.iter().any(|(seen, _)| *seen == index) {
            order.push((index, matters));
        }
    }
    order
}

/// Whether the line comes down to this point and rises after it.
fn is_valley(points: &[Point], index: usize) -> bool {
    let amount = |index: Option<usize>| index.and_then(|index| points.get(index)).and_then(|point| point.value.amount);
    let Some(here) = amount(Some(index)) else { return false };
    let neighbours = [amount(index.checked_sub(1)), amount(Some(index + 1))];
    neighbours.iter().flatten().all(|neighbour| *neighbour > here) && neighbours.iter().any(Option::is_some)
}

/// Every period, or every second, third, … counted from the newest, as many as there is room for.
fn draw_periods(canvas: &mut Canvas, plot: &Plot, points: &[Point]) {
    let widest = points.iter().map(|point| Role::Small.width(&point.period)).fold(0.0, f64::max) + 8.0;
    let spacing = place(plot, 1.0, 0.0).0 - place(plot, 0.0, 0.0).0;
    let every = ((widest / spacing).ceil() as usize).max(1);
    let mut lines = 1.0;
    for (index, point) in
        points.iter().enumerate().filter(|(index, _)| (points.len() - 1 - index).is_multiple_of(every))
    {
        let area = Area::around(place(plot, index as f64, 0.0).0, 0.0, widest, 1.0).within(0.0, WIDTH);
        let x = (area.left + area.right) / 2.0;
        canvas.write(Role::Small, HPos::Center, x, canvas.y + Role::Small.size(), &point.period);
        if point.value.mark == Mark::Derived && point.value.amount.is_some() {
            let baseline = canvas.y + Role::Small.size() + Role::Small.line_height();
            canvas.write(Role::Small, HPos::Center, x, baseline, &canvas.words().derived);
            lines = 2.0;
        }
    }
    canvas.y += lines * Role::Small.line_height();
}
