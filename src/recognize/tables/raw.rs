//! A table before anything is known about its columns.

use crate::model::UnitStatement;
use crate::parse::GridRow;
use crate::vocabulary::StatementRule;

/// A table before anything is known about its columns.
pub(in crate::recognize) struct RawTable<'vocabulary> {
    pub(in crate::recognize) rule: Option<&'vocabulary StatementRule>,
    pub(in crate::recognize) title: String,
    pub(in crate::recognize) title_line: u32,
    pub(in crate::recognize) unit: Option<UnitStatement>,
    /// The rows between two page breaks, titles and units inside the grid removed.
    pub(in crate::recognize) fragments: Vec<Vec<GridRow>>,
    /// Only the filled cells of its rows are known.
    pub(in crate::recognize) loose: bool,
    /// Its cells stood on lines of their own.
    pub(in crate::recognize) listed: bool,
    pub(in crate::recognize) lines: (u32, u32),
    pub(in crate::recognize) notes: Vec<(u32, String)>,
    /// Index of the block of its first fragment.
    pub(in crate::recognize) block: usize,
}
