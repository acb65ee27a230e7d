//! The words of disclosures, as data: TOML files beside this module, loaded once.
//!
//! A person who knows budgets can add a province's wording to these files; the head of each file says how. What a word
//! means is decided here and nowhere else.

mod columns;
mod divisions;
mod identity;
mod layouts;
mod names;
mod narrative;
mod rows;
mod statements;
pub mod text;

use std::sync::LazyLock;

pub use columns::{ColumnMeaning, ColumnWords, HeadRole};
pub use divisions::Divisions;
pub use identity::IdentityWords;
pub use layouts::{Layout, LayoutColumn};
pub use names::CodeNames;
pub use narrative::{NarrativeSubject, NarrativeWords};
pub use rows::{RowMeaning, RowWords, Side};
pub use statements::{StatementRule, StatementWords};

/// All words.
#[derive(Debug)]
pub struct Vocabulary {
    /// Titles of statements.
    pub statements: StatementWords,
    /// Heads of columns.
    pub columns: ColumnWords,
    /// Labels of rows.
    pub rows: RowWords,
    /// Functional classes and economic codes.
    pub names: CodeNames,
    /// Sentences of the narrative.
    pub narrative: NarrativeWords,
    /// Words around an organization's name.
    pub identity: IdentityWords,
    /// Administrative divisions.
    pub divisions: Divisions,
}

impl Vocabulary {
    /// The words that come with the program.
    pub fn builtin() -> &'static Vocabulary {
        static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary {
            statements: StatementWords::load(include_str!("statements.toml")),
            columns: ColumnWords::load(include_str!("columns.toml")),
            rows: RowWords::load(include_str!("rows.toml")),
            names: CodeNames::load(include_str!("functions.toml"), include_str!("economic.toml")),
            narrative: NarrativeWords::load(include_str!("narrative.toml")),
            identity: IdentityWords::load(include_str!("identity.toml")),
            divisions: Divisions::load(include_str!("divisions.txt")),
        });
        &BUILTIN
    }
}

/// Reads a file that comes with the program. Its form is proved by a test, so that no user meets the panic.
fn embedded<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("the built-in {name} is damaged: {error}"))
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn the_built_in_words_load() {
        let vocabulary = Vocabulary::builtin();
        assert!(vocabulary.statements.rules().len() > 10);
        assert_eq!(vocabulary.names.function_class("一般公共服务"), Some("201"));
    }
}
