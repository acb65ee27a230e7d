//! How did it change? Series over time: columns for few periods, lines for many.

use super::Chart;
use super::canvas::Canvas;
use super::extent::Extent;
use super::input::{ChartText, Panel, Point};
use super::{columns, line};

/// With more periods than this, a line shows the course; with fewer, a line would suggest one.
const MOST_COLUMNS: usize = 3;

/// One series over time: columns for up to three periods, a line from four on. `None` when nothing is told.
pub fn trend(text: &ChartText, points: &[Point]) -> Option<Chart> {
    trend_panels(text, &[Panel { name: String::new(), points: points.to_vec() }])
}

/// Several series over the same periods, each in a small picture of its own, all on one scale: columns for up to three
/// periods, lines from four on. With an odd number the first panel stands alone: put the total there. `None` when
/// nothing is told in any of them.
pub fn trend_panels(text: &ChartText, panels: &[Panel]) -> Option<Chart> {
    let extent = Extent::of(panels.iter().flat_map(|panel| &panel.points).map(|point| &point.value))?;
    let mut canvas = Canvas::new(text);
    if panels.iter().all(|panel| panel.points.len() <= MOST_COLUMNS) {
        columns::draw(&mut canvas, panels, extent);
    } else {
        line::draw(&mut canvas, panels, extent, text.unit);
    }
    Some(canvas.finish())
}
