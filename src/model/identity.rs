//! Who discloses what: organization, region, fiscal year, kind.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// A budget or a final account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// 预算
    Budget,
    /// 决算
    Final,
}

impl Kind {
    /// The word of the output contract and of URLs.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Budget => "budget",
            Kind::Final => "final",
        }
    }

    /// The word that readers see.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Budget => "预算",
            Kind::Final => "决算",
        }
    }
}

/// Which stage of the fiscal year an amount belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// 年初预算
    InitialBudget,
    /// 全年（调整）预算
    AdjustedBudget,
    /// 决算
    Final,
}

impl Phase {
    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            Phase::InitialBudget => "budget.initial",
            Phase::AdjustedBudget => "budget.adjusted",
            Phase::Final => "final",
        }
    }
}

/// A whole department with its units, or one unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// 部门
    #[default]
    Department,
    /// 单位（本级）
    Unit,
}

impl Level {
    /// The word of the output contract, which is the Chinese one: 部门 or 单位.
    pub fn label(self) -> &'static str {
        match self {
            Level::Department => "部门",
            Level::Unit => "单位",
        }
    }
}

/// Where the organization belongs. A part that the document does not tell is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Region {
    /// 样例省
    pub province: Option<CompactString>,
    /// 样例市
    pub city: Option<CompactString>,
    /// 甲区
    pub district: Option<CompactString>,
}

/// Who, where, which year, which kind. Front matter wins over what the document says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The organization's name as it stands in the document, blanks removed; `None` when nothing tells it.
    pub organization: Option<CompactString>,
    /// The region.
    pub region: Region,
    /// The fiscal year; `None` when nothing tells it.
    pub year: Option<u16>,
    /// Budget or final account; `None` when nothing tells it.
    pub kind: Option<Kind>,
    /// Department or unit.
    pub level: Level,
    /// The date of publication, `YYYY-MM-DD`, `YYYY-MM` or `YYYY` as exactly as the document tells.
    pub published: Option<CompactString>,
    /// The date of the finance department's approval, from front matter only.
    pub approved: Option<CompactString>,
    /// Where the document was published, from front matter only.
    pub source_url: Option<String>,
    /// A file beside the source to offer for download, from front matter only.
    pub original: Option<String>,
    /// The slug of the department, from front matter only.
    pub slug: Option<String>,
    /// Older URLs that lead here, from front matter only.
    pub aliases: Vec<String>,
}

impl Identity {
    /// The name under which the original is published beside the disclosure's page: `original.pdf`.
    pub fn original_file(&self) -> Option<String> {
        let kind = self.original.as_deref()?.rsplit_once('.').map_or("", |(_, kind)| kind);
        let is_plain = (1..=8).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Some(if is_plain { format!("original.{}", kind.to_ascii_lowercase()) } else { "original".to_owned() })
    }
}
