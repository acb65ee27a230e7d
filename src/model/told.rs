//! What a document tells of its organization beside money: duties, vehicles and other assets.

use compact_str::CompactString;

use super::amount::Place;

/// A duty, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The paragraph without its ordinal.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Assets of one kind that the organization holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The id of the kind in `narrative.toml`: `vehicles`, `vehicles.emergency`, `equipment.500k`, …
    pub kind: CompactString,
    /// What the document calls it.
    pub label: CompactString,
    /// How many.
    pub count: u32,
    /// 辆, 台
    pub measure: CompactString,
    /// Where it stands.
    pub place: Place,
}
