//! How did it change? Series over time: columns for few periods, lines for many.

use super::Chart;
use super::canvas::Canvas;
use super::extent::Extent;
use super::input::{ChartText, Panel, Point};
use super::words::fill;
use super::{columns, line};

/// With more periods than this, a line shows the course; with fewer, a line would suggest one.
const MOST_COLUMNS: usize = 3;

/// One series over time: columns for up to three periods, a line from four on. `None` when nothing is told.
pub fn trend(text: &ChartText, points: &[Point]) -> Option<Chart> {
    trend_panels(text, &[Panel { name: String::new(), points: points.to_vec() }])
}

/// Several series over the same periods, each in a small picture of its own, all on one scale: columns for up to three
/// periods, lines from four on. With an odd number the first panel stands alone: put the total there. `None` when
/// nothing is told in any of them. A series of nothing but zeros is named below the others, not drawn.
pub fn trend_panels(text: &ChartText, panels: &[Panel]) -> Option<Chart> {
    let extent = Extent::of(panels.iter().flat_map(|panel| &panel.points).map(|point| &point.value))?;
    let mut canvas = Canvas::new(text);
    let (zeros, drawn): (Vec<&Panel>, Vec<&Panel>) = panels.iter().partition(|panel| is_zero_throughout(panel));
    let all = drawn.is_empty();
    let drawn: Vec<Panel> = if all { panels.to_vec() } else { drawn.into_iter().cloned().collect() };
    if drawn.iter().all(|panel| panel.points.len() <= MOST_COLUMNS) {
        columns::draw(&mut canvas, &drawn, extent);
    } else {
        line::draw(&mut canvas, &drawn, extent, text.unit);
    }
    if !all && !zeros.is_empty() {
        let names: Vec<&str> = zeros.iter().map(|panel| panel.name.as_str()).collect();
        canvas.note(fill(&text.words.zeros, "names", names.join(&text.words.list)));
    }
    Some(canvas.finish())
}

/// True for a named series that is told in every period and is zero in each: words say that better than an empty frame.
fn is_zero_throughout(panel: &Panel) -> bool {
    let is_zero = |point: &Point| point.value.amount.is_some_and(|amount| amount.is_zero());
    !panel.name.is_empty() && !panel.points.is_empty() && panel.points.iter().all(is_zero)
}
