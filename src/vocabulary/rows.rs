//! Labels of rows in lists of items.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::site::{WrongWord, unknown};
use super::text;

/// In which list a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// 收入
    Income,
    /// 支出
    Expenditure,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    row: Vec<Entry>,
}

impl File {
    /// The first word in a field that does not take it.
    pub(super) fn wrong_word(&self) -> Option<WrongWord> {
        unknown("side", self.row.iter().map(|entry| entry.side.as_str()), &["any", "income", "expenditure"])
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    side: String,
    words: Vec<String>,
    #[serde(default)]
    total: CompactString,
    #[serde(default)]
    item: CompactString,
}

/// What a label says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowMeaning {
    /// A sum, by its code (see [`crate::model::SubjectKind::Total`]).
    Total(CompactString),
    /// An item, by its code.
    Item(CompactString),
}

/// All labels.
#[derive(Debug, Default)]
pub struct RowWords {
    any: FxHashMap<String, RowMeaning>,
    income: FxHashMap<String, RowMeaning>,
    expenditure: FxHashMap<String, RowMeaning>,
}

impl RowWords {
    pub(super) fn load(texts: &[String]) -> Self {
        let mut words = RowWords::default();
        for entry in super::read_all::<File>("rows.toml", texts).into_iter().flat_map(|file| file.row) {
            let meaning =
                if entry.total.is_empty() { RowMeaning::Item(entry.item) } else { RowMeaning::Total(entry.total) };
            for word in &entry.words {
                let key = text::label_key(word);
                match entry.side.as_str() {
                    "income" => words.income.insert(key, meaning.clone()),
                    "expenditure" => words.expenditure.insert(key, meaning.clone()),
                    _ => words.any.insert(key, meaning.clone()),
                };
            }
        }
        words
    }

    /// What a label (as [`text::label_key`]) says in a list.
    pub fn of_label(&self, label: &str, side: Side) -> Option<&RowMeaning> {
        let sided = match side {
            Side::Income => &self.income,
            Side::Expenditure => &self.expenditure,
        };
        sided.get(label).or_else(|| self.any.get(label))
    }

    /// The code of the total that a label names wherever it stands: 合计, 总计, 人员经费合计.
    pub fn total(&self, label: &str) -> Option<&CompactString> {
        match self.any.get(label) {
            Some(RowMeaning::Total(code)) => Some(code),
            _ => None,
        }
    }
}
