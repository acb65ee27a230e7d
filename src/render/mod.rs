//! Rendering: a [`crate::assemble::Site`] to pages. Templates and static files come from a theme; numbers, sentences
//! and tables are written here, from values that were computed before.

pub mod links;
