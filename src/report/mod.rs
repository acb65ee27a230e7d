//! Reporting: diagnostics, findings, counts and timings to the terminal or to JSON. The only place that prints.
//!
//! Results go to standard output, messages to standard error. Colours are used on a terminal only, and never when
//! `NO_COLOR` is set. Text from documents is made harmless before it is printed.

mod entry;
mod terminal;
mod visible;

pub use entry::{Entry, Level, Paths};
pub use terminal::render;
pub use visible::visible;
