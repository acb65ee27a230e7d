//! Words by which lines are told apart before any table is known.

use std::sync::LazyLock;

use serde::Deserialize;

/// Words of headings, beginnings and cells.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LineWords {
    /// How headings end.
    pub heading_ends: Vec<String>,
    /// How a line begins that continues none.
    pub beginnings: Vec<String>,
    /// What stands before the number of a table.
    pub number_leads: Vec<String>,
    /// What states a unit above a table.
    pub units: Vec<String>,
    /// Short words whose glyphs may stand apart.
    pub spaced: Vec<String>,
    /// Glyphs that stand apart because each heads a column of its own: 类, 款, 项.
    pub cells: Vec<String>,
    /// What is counted in running text.
    pub things: Vec<String>,
    /// Names that begin like those.
    pub not_things: Vec<String>,
    /// How heads of codes end.
    pub code_heads: Vec<String>,
    /// The levels of a code, as heads of its parts.
    pub levels: Vec<String>,
}

impl LineWords {
    /// The words, which are part of the program.
    pub fn builtin() -> &'static LineWords {
        static BUILTIN: LazyLock<LineWords> =
            LazyLock::new(|| super::merged("lines.toml", &[include_str!("lines.toml").to_owned()]));
        &BUILTIN
    }
}
