//! Settings: `site.toml` and front matter as tables whose keys and values know their place.
//!
//! In goes TOML or YAML text; out come a [`Table`] and, through [`Fields`], checked values with one diagnostic for
//! every key that is unknown, of the wrong type or out of range. Deserializing straight into a struct would stop at
//! the first mistake and could not point at a value that is only wrong in its meaning.

mod check;
mod explain;
mod fields;
mod nearest;
mod table;
mod toml;
mod yaml;

pub use check::{is_date, is_slug, is_web_address};
pub use fields::{Codes, Fields, Sheet};
pub use table::{Entry, Syntax, Table, Value, ValueKind};
