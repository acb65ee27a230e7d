//! Charts: numbers to SVG, drawn by plotters through a backend of our own.
//!
//! In go the words of a picture and its values ([`ChartText`], [`Value`], …); out comes a [`Chart`], or `None` where
//! there is nothing to draw. Colours, dark mode, print and high contrast are rules of `static/chart.css`.
//!
//! A kind of chart is one file (`structure`, `ranking`, `trend` with `columns` and `line`, `bullet`, `waterfall`, `strip`). It lays itself out
//! on a `canvas` from top to bottom; `extent` turns amounts into axes, `rows` writes names and numbers, `measure` and
//! `placing` see to it that no text is cut or covered; `backend`, `ink` and `frame` write the SVG.
//! `cargo run --example chart_gallery -- OUTDIR` shows all of them with ordinary and awkward data.

mod backend;
mod bullet;
mod canvas;
mod card;
mod columns;
mod extent;
mod frame;
mod ink;
mod input;
mod line;
mod made;
mod measure;
#[cfg(test)]
mod palette;
mod placing;
mod ranking;
mod rows;
mod strip;
mod structure;
#[cfg(test)]
mod tests;
mod trend;
mod waterfall;
mod words;

pub use bullet::budget_against_final;
pub use card::Card;
pub use input::{Bar, ChartText, Mark, Pair, Panel, Part, Point, Tone, Value};
pub use ranking::{changes, ranking};
pub use strip::strip;
pub use structure::structure;
pub use trend::{trend, trend_panels};
pub use waterfall::waterfall;
pub use words::ChartWords;

/// A finished picture in its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The headline and the source, which together name the picture among all others.
    pub name: String,
    /// One sentence made from the data.
    pub description: String,
    /// An `<svg>` for a page that links `static/chart.css`: subtitle, unit and source are inside, the title is not
    /// (the page prints it above). Safe to insert as it is.
    pub inline: String,
    /// A self-contained SVG file with everything inside, always light on white.
    pub file: String,
}
