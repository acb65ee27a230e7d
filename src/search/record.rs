//! What the index holds: one record for each thing that a reader may look for.

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::kinds::RecordType;
use super::normalize::normalize;
use crate::model::Kind;

/// Something that a reader may look for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// What it is.
    pub(super) kind: RecordType,
    /// Its name: what the hit is headed with.
    pub(super) name: CompactString,
    /// Other ways to write the name, one per line: pinyin, initials, former names; empty when it has none.
    pub(super) alias: CompactString,
    /// Its code; empty when it has none.
    pub(super) code: CompactString,
    /// The rest of its text.
    pub(super) text: CompactString,
    /// Its amount as readers see it, `749.17万元`; empty when it has none.
    pub(super) amount: CompactString,
    /// Its amount in yuan.
    pub(super) yuan: Option<Decimal>,
    /// Its address relative to its page.
    pub(super) url: CompactString,
    /// Index of its page.
    pub(super) page: u32,
}

/// A page on which records stand: that of a department or of a disclosure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Relative to the site's root.
    pub(super) url: String,
    /// The name of the department.
    pub(super) department: String,
    /// Index of the department's region.
    pub(super) region: Option<usize>,
    /// The year of the disclosure.
    pub(super) year: Option<u16>,
    /// The kind of the disclosure.
    pub(super) kind: Option<Kind>,
    /// The folded names of the department and its regions, one per line.
    pub(super) context: String,
}

/// The folded fields of a record in which the words of a query are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The name; empty where the record is only headed with the name of something else.
    pub(super) name: String,
    pub(super) alias: String,
    pub(super) code: String,
    /// Text, amount, and the heading, one per line.
    pub(super) text: String,
}

impl Fields {
    /// The fields of a record of this type.
    pub(super) fn new(kind: RecordType, [name, alias, code, text, amount]: [&str; 5]) -> Self {
        let named = kind.is_named();
        let mut rest = vec![normalize(text), normalize(amount)];
        if !named {
            rest.push(normalize(name));
        }
        rest.retain(|line| !line.is_empty());
        Fields {
            name: if named { normalize(name) } else { String::new() },
            alias: alias.lines().map(normalize).collect::<Vec<_>>().join("\n"),
            code: normalize(code),
            text: rest.join("\n"),
        }
    }
}

impl Record {
    /// The fields in which words are looked for.
    #[cfg(test)]
    pub(super) fn fields(&self) -> Fields {
        Fields::new(self.kind, [&self.name, &self.alias, &self.code, &self.text, &self.amount])
    }

    /// About how many bytes it takes in a shard, its page included.
    pub(super) fn size(&self, page: &Page) -> usize {
        let texts = [self.name.len(), self.alias.len(), self.code.len(), self.text.len(), self.amount.len()];
        texts.iter().sum::<usize>() + self.url.len() + page.url.len() + page.department.len() + 60
    }

    /// The functional class to which it belongs: the first three digits of its functional code.
    pub(super) fn class(&self) -> Option<&str> {
        let functional = matches!(self.kind, RecordType::Function | RecordType::Procurement);
        let class = self.code.get(..3).filter(|class| class.bytes().all(|byte| byte.is_ascii_digit()))?;
        functional.then_some(class)
    }
}
