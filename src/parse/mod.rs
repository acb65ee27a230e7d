//! Parsing: a [`Source`] to a [`Document`] of headings, paragraphs, list items and grids. Parsing never fails.

mod document;

pub use document::{Block, BlockKind, Document, Grid, GridCell, GridForm, GridRow};
