//! `narrative.toml` as it is written.

use serde::Deserialize;

use super::assets::AssetEntry;
use super::clauses::{ClauseWords, FunctionWords};
use super::subjects::{self, FundEntry, SubjectEntry};
use crate::vocabulary::site::{WrongWord, unknown};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(in crate::vocabulary) struct File {
    pub(super) connectors: Vec<String>,
    pub(super) up: Vec<String>,
    pub(super) down: Vec<String>,
    pub(super) flat: Vec<String>,
    pub(super) reasons: Vec<String>,
    pub(super) duties: Vec<String>,
    pub(super) duties_end: Vec<String>,
    pub(super) duties_about: Vec<String>,
    pub(super) terms: Vec<String>,
    pub(super) terms_end: Vec<String>,
    pub(super) unit_lists: Vec<String>,
    pub(super) unit_heads: Vec<String>,
    pub(super) vehicle_counts: Vec<String>,
    pub(super) measures: Vec<String>,
    pub(super) not_held: Vec<String>,
    pub(super) asset: Vec<AssetEntry>,
    pub(super) clauses: ClauseWords,
    pub(super) functions: FunctionWords,
    pub(super) fund: Vec<FundEntry>,
    pub(super) subject: Vec<SubjectEntry>,
}

impl File {
    /// The first word in a field that does not take it.
    pub(in crate::vocabulary) fn wrong_word(&self) -> Option<WrongWord> {
        unknown("kind", self.subject.iter().map(|entry| entry.kind.as_str()), &subjects::KINDS)
    }
}
