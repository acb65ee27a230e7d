//! Complete sets of columns that a statement usually has, for tables whose heads the extraction has destroyed.

use compact_str::CompactString;

use super::columns::HeadRole;
use super::text;

/// One column of a layout.
#[derive(Debug, Clone)]
pub struct LayoutColumn {
    /// What its cells are.
    pub role: HeadRole,
    /// The nature of an amount, or the part of the three public expenses; empty for other roles.
    pub nature: CompactString,
    /// The fund of an amount.
    pub fund: CompactString,
    /// A part that is no addend.
    pub of_which: bool,
    /// The heads that readers see, outermost first.
    pub path: Vec<CompactString>,
    /// The same heads as they are compared.
    pub keys: Vec<String>,
}

/// The columns of a statement in their usual order.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The columns.
    pub columns: Vec<LayoutColumn>,
}

impl Layout {
    /// Reads `role = head/head` and `nature@fund = head/head`, with a `*` behind the fund of an 其中.
    pub(super) fn parse(columns: &[String]) -> Self {
        Layout { columns: columns.iter().map(|column| parse_column(column)).collect() }
    }
}

fn parse_column(column: &str) -> LayoutColumn {
    let (meaning, head) = column.split_once('=').unwrap_or((column, ""));
    let path: Vec<CompactString> = head.split('/').map(|part| CompactString::from(part.trim())).collect();
    let keys = path.iter().map(|part| text::key(part)).collect();
    let (meaning, of_which) =
        meaning.trim().strip_suffix('*').map_or((meaning.trim(), false), |meaning| (meaning, true));
    let (role, nature, fund) = match meaning.split_once('@') {
        Some((nature, fund)) => (HeadRole::Amount, nature, fund),
        None => (HeadRole::from_word(meaning), "", ""),
    };
    LayoutColumn { role, nature: nature.into(), fund: fund.into(), of_which, path, keys }
}
