//! Reading: a content folder to [`Source`]s. The only stage before publishing that touches the disk.

mod source;

pub use source::{FrontMatter, Source};
