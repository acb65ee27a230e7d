//! Charts: numbers to SVG, drawn by plotters through a backend of our own.
//!
//! In go the words of a picture and its values ([`ChartText`], [`Value`], …); out comes a [`Chart`], or `None` where
//! there is nothing to draw. Colours, dark mode, print and high contrast are rules of `static/chart.css`.

mod input;

pub use input::{Bar, ChartText, Mark, Pair, Panel, Part, Point, Tone, Value};
use rust_decimal::Decimal;

/// A finished picture in its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// An `<svg>` for a page that links `static/chart.css`: subtitle, unit and source are inside, the title is not
    /// (the page prints it above). Safe to insert as it is.
    pub inline: String,
    /// A self-contained SVG file with everything inside, always light on white.
    pub file: String,
}

/// How a whole is split: one proportional bar with a labelled row per part, in the given order (at most six parts).
///
/// Where part-to-whole would mislead (a negative part, no total, parts that exceed the total by more than `tolerance`
/// yuan, more than six parts) the parts become the bars of a [`ranking`]. What the parts leave of the total is drawn as
/// an explicit hatched part 「未列明细」.
pub fn structure(text: &ChartText, parts: &[Part], total: &Value, tolerance: Decimal) -> Option<Chart> {
    let _ = (text, parts, total, tolerance);
    None
}

/// Bars in order of amount, the largest first: nine at most, or eight and 「其他（n项）」.
pub fn ranking(text: &ChartText, bars: &[Bar]) -> Option<Chart> {
    let _ = (text, bars);
    None
}

/// Several series over the same periods, each in a small picture of its own, all on one scale: columns for up to three
/// periods, lines from four on.
pub fn trend_panels(text: &ChartText, panels: &[Panel]) -> Option<Chart> {
    let _ = (text, panels);
    None
}

/// One series over time: columns for up to three periods, a line from four on.
pub fn trend(text: &ChartText, points: &[Point]) -> Option<Chart> {
    let _ = (text, points);
    None
}

/// Budget (outline) against final account (fill), with the completion as text.
pub fn budget_against_final(text: &ChartText, pairs: &[Pair]) -> Option<Chart> {
    let _ = (text, pairs);
    None
}
