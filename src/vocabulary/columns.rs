//! Heads of columns.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::phases;
use super::site::{WrongWord, unknown};
use super::text;
use crate::model::{Phase, StatementKind};

/// What the cells under a head are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadRole {
    /// Part of a code.
    Code,
    /// The code of a budget unit.
    UnitCode,
    /// What the row is about.
    Label,
    /// 行次, 序号
    LineNumber,
    /// A number that is no money.
    Number,
    /// Free text.
    Text,
    /// A head that says nothing of its own.
    Group,
    /// Money.
    Amount,
}

impl HeadRole {
    pub(super) fn from_word(word: &str) -> Self {
        match word {
            "code" => HeadRole::Code,
            "unit_code" => HeadRole::UnitCode,
            "label" => HeadRole::Label,
            "line_number" => HeadRole::LineNumber,
            "number" => HeadRole::Number,
            "text" => HeadRole::Text,
            _ => HeadRole::Group,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    column: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    words: Vec<String>,
    #[serde(default)]
    role: String,
    #[serde(default)]
    amount: bool,
    #[serde(default)]
    nature: CompactString,
    #[serde(default)]
    fund: CompactString,
    #[serde(default)]
    phase: String,
    #[serde(default)]
    leaf: CompactString,
    #[serde(default)]
    part: CompactString,
    year: Option<i16>,
    #[serde(default)]
    of_which: bool,
    #[serde(default, rename = "in")]
    statements: Vec<String>,
}

impl File {
    /// The first word in a field that does not take it.
    pub(super) fn wrong_word(&self) -> Option<WrongWord> {
        let roles = ["code", "unit_code", "label", "line_number", "number", "text", "group"];
        let kinds: Vec<&'static str> = StatementKind::ALL.into_iter().map(StatementKind::word).collect();
        let given = |word: &'_ &str| !word.is_empty();
        let entries = || self.column.iter();
        unknown("role", entries().map(|entry| entry.role.as_str()).filter(given), &roles)
            .or_else(|| unknown("phase", entries().map(|entry| entry.phase.as_str()).filter(given), &phases::WORDS))
            .or_else(|| unknown("in", entries().flat_map(|entry| &entry.statements).map(String::as_str), &kinds))
    }
}

/// What one head says.
#[derive(Debug, Clone)]
pub struct ColumnMeaning {
    /// What the cells are.
    pub role: HeadRole,
    /// A nature; empty for none.
    pub nature: CompactString,
    /// A fund; empty for none.
    pub fund: CompactString,
    /// A phase.
    pub phase: Option<Phase>,
    /// An economic head that counts inside the nature above it; empty for none.
    pub leaf: CompactString,
    /// A part of the three public expenses; empty for none.
    pub part: CompactString,
    /// Years from the document's own.
    pub year: Option<i16>,
    /// A part that is no addend.
    pub of_which: bool,
    statements: Vec<StatementKind>,
}

/// All heads.
#[derive(Debug)]
pub struct ColumnWords {
    meanings: FxHashMap<String, Vec<ColumnMeaning>>,
}

impl ColumnWords {
    pub(super) fn load(texts: &[String]) -> Self {
        let mut meanings: FxHashMap<String, Vec<ColumnMeaning>> = FxHashMap::default();
        for file in super::read_all::<File>("columns.toml", texts) {
            // What is added later wins; within a file the first entry does.
            for entry in file.column.iter().rev() {
                for word in &entry.words {
                    meanings.entry(text::key(word)).or_default().insert(0, meaning(entry));
                }
            }
        }
        ColumnWords { meanings }
    }

    /// What a head (as [`text::key`]) says in a statement: an entry for the statement wins over one for all.
    pub fn of_head(&self, head: &str, statement: StatementKind) -> Option<&ColumnMeaning> {
        let meanings = self.meanings.get(head).or_else(|| self.meanings.get(&without_year(head)?))?;
        let special = meanings.iter().find(|meaning| meaning.statements.contains(&statement));
        special.or_else(|| meanings.iter().find(|meaning| meaning.statements.is_empty()))
    }

    /// True when a head means something in some statement.
    pub fn knows(&self, head: &str) -> bool {
        self.meanings.contains_key(head) || without_year(head).is_some_and(|head| self.meanings.contains_key(&head))
    }
}

/// A head without years in figures: 2026年预算数 is 预算数, 2026年比2025年增减 is 比增减. `None` when it names none.
fn without_year(head: &str) -> Option<String> {
    let year = |at: &usize| {
        let digits = head.get(*at..*at + 4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        digits && head[*at + 4..].starts_with('年')
    };
    let start = head.match_indices("20").map(|(at, _)| at).find(year)?;
    let rest = &head[start + "2026年".len()..];
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    Some(format!("{}{}", &head[..start], without_year(rest).as_deref().unwrap_or(rest)))
}

fn meaning(entry: &Entry) -> ColumnMeaning {
    ColumnMeaning {
        role: if entry.amount { HeadRole::Amount } else { HeadRole::from_word(&entry.role) },
        nature: entry.nature.clone(),
        fund: entry.fund.clone(),
        phase: phases::from_word(&entry.phase),
        leaf: entry.leaf.clone(),
        part: entry.part.clone(),
        year: entry.year,
        of_which: entry.of_which,
        statements: entry.statements.iter().filter_map(|word| StatementKind::from_word(word)).collect(),
    }
}
