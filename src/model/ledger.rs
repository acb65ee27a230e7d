//! How the identities of a disclosure ended, as data.

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::amount::Place;
use super::score::Score;

/// How an identity ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Both sides agree.
    Pass,
    /// They differ by no more than rounding explains.
    Rounding,
    /// They differ.
    Fail,
    /// The document does not print what the identity speaks of.
    NotApplicable,
    /// It prints it, and it could not be read.
    Unreadable,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FindingSeverity {
    /// An arithmetic identity of the statutory statements fails.
    Error,
    /// Text against table, text against text, naming.
    Warning,
    /// Tails, style, soft plausibility, extraction artefacts.
    Info,
}

impl FindingSeverity {
    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            FindingSeverity::Error => "error",
            FindingSeverity::Warning => "warning",
            FindingSeverity::Info => "info",
        }
    }
}

/// Whose a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// The publication contradicts itself.
    Source,
    /// The extraction damaged the text.
    Extraction,
    /// A doubt that a person must settle.
    Judgement,
}

impl Class {
    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            Class::Source => "source",
            Class::Extraction => "extraction",
            Class::Judgement => "judgement",
        }
    }
}

/// One side of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What it is, for readers: 「收支总表 收入总计」.
    pub label: String,
    /// Its value in yuan, or in percent for a rate; `None` when it is not printed.
    pub value: Option<Decimal>,
    /// Where its figures stand.
    pub places: Vec<Place>,
}

/// One identity evaluated once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The code of the rule.
    pub rule: CompactString,
    /// How it ended.
    pub outcome: Outcome,
    /// The quantity that is checked.
    pub left: Side,
    /// What it is checked against.
    pub right: Side,
    /// How far apart the sides may be, in yuan (or percent).
    pub tolerance: Decimal,
    /// What it is about, for readers: 「2010301 行政运行」; empty for the statement as a whole.
    pub subject: String,
}

/// Something that readers should see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable within the disclosure: rule, line and a counter.
    pub id: CompactString,
    /// The code of the rule.
    pub rule: CompactString,
    /// How serious.
    pub severity: FindingSeverity,
    /// Whose it is.
    pub class: Class,
    /// Findings of one cause share it.
    pub root: CompactString,
    /// The places, the cell at fault first.
    pub places: Vec<Place>,
    /// What was expected, as readers see it, in the unit of the place.
    pub expected: String,
    /// What is printed.
    pub printed: String,
    /// The difference, as readers see it.
    pub difference: String,
    /// One neutral sentence.
    pub message: String,
    /// The reason and date of a waiver.
    pub waived: Option<String>,
}

/// Counts of outcomes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCounts {
    /// Both sides agree.
    pub pass: u32,
    /// Within rounding.
    pub rounding: u32,
    /// They differ.
    pub fail: u32,
    /// Not printed.
    pub not_applicable: u32,
    /// Could not be read.
    pub unreadable: u32,
}

/// The ledger of one disclosure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureLedger {
    /// Every evaluation, in the order of the rules.
    #[serde(skip)]
    pub entries: Vec<LedgerEntry>,
    /// What readers should see, by line.
    #[serde(skip)]
    pub findings: Vec<Finding>,
    /// How the entries ended.
    pub counts: LedgerCounts,
    /// How much the document discloses.
    #[serde(skip)]
    pub score: Score,
}
