//! Rendering: the site to pages.

pub mod amount_text;
pub mod escape;
pub mod places;
pub mod statement_csv;
pub mod statement_table;

#[cfg(test)]
pub(crate) mod samples;
