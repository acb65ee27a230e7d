//! The words of disclosures, as data: TOML files beside this module, loaded once.
//!
//! A person who knows budgets can add a province's wording to these files; the head of each file says how. What a word
//! means is decided here and nowhere else.

mod columns;
mod divisions;
mod forms;
mod identity;
mod layouts;
mod lines;
pub mod matching;
mod names;
mod narrative;
mod phases;
mod rows;
mod site;
mod statements;
mod tables;
#[cfg(test)]
mod tests;
pub mod text;

use std::sync::LazyLock;

use crate::diagnostic::Diagnostic;

pub use columns::{ColumnMeaning, ColumnWords, HeadRole};
pub use divisions::Divisions;
pub use forms::{FormWords, ProcurementColumns, ProjectColumns};
pub use identity::IdentityWords;
pub use layouts::{Layout, LayoutColumn};
pub use lines::LineWords;
pub use names::CodeNames;
pub use narrative::{
    AssetWords, ClauseWords, FunctionWords, NarrativeSubject, NarrativeWords, SectionWords, SubjectWords,
};
pub use rows::{RowMeaning, RowWords, Side};
pub use site::{FILE_NAMES, SiteWords};
pub use statements::{StatementRule, StatementWords};
pub use tables::TableWords;

/// All words.
#[derive(Debug)]
pub struct Vocabulary {
    /// Titles of statements.
    pub statements: StatementWords,
    /// Heads of columns.
    pub columns: ColumnWords,
    /// Labels of rows.
    pub rows: RowWords,
    /// Words in and around tables.
    pub tables: TableWords,
    /// Functional classes and economic codes.
    pub names: CodeNames,
    /// Sentences of the narrative.
    pub narrative: NarrativeWords,
    /// Forms, indicators, lists of projects and procurement.
    pub forms: FormWords,
    /// Words around an organization's name.
    pub identity: IdentityWords,
    /// Administrative divisions.
    pub divisions: Divisions,
}

impl Vocabulary {
    /// The words that come with the program.
    pub fn builtin() -> &'static Vocabulary {
        static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::load(&[]));
        &BUILTIN
    }

    /// The built-in words and those that a site adds, which win; or what is wrong with the site's files.
    pub fn with_site(files: &[SiteWords]) -> Result<Vocabulary, Vec<Diagnostic>> {
        let problems = site::problems(files);
        if problems.is_empty() { Ok(Vocabulary::load(files)) } else { Err(problems) }
    }

    /// Loads the built-in words, then those of a site, which were found sound.
    fn load(files: &[SiteWords]) -> Vocabulary {
        let texts = |name: &str, builtin: &'static str| {
            let added = files.iter().filter(|file| file.name() == name).map(|file| file.text.clone());
            std::iter::once(builtin.to_owned()).chain(added).collect::<Vec<String>>()
        };
        Vocabulary {
            statements: StatementWords::load(&texts("statements.toml", include_str!("statements.toml"))),
            columns: ColumnWords::load(&texts("columns.toml", include_str!("columns.toml"))),
            rows: RowWords::load(&texts("rows.toml", include_str!("rows.toml"))),
            tables: TableWords::load(&texts("tables.toml", include_str!("tables.toml"))),
            names: CodeNames::load(
                &texts("functions.toml", include_str!("functions.toml")),
                &texts("economic.toml", include_str!("economic.toml")),
            ),
            narrative: NarrativeWords::load(&texts("narrative.toml", include_str!("narrative.toml"))),
            forms: FormWords::load(&texts("forms.toml", include_str!("forms.toml"))),
            identity: IdentityWords::load(&texts("identity.toml", include_str!("identity.toml"))),
            divisions: Divisions::load(include_str!("divisions.txt")),
        }
    }
}

/// Reads files of words, the built-in one first. The built-in one is proved by a test and those of a site are checked
/// before, so that no user meets the panic.
fn read_all<T: serde::de::DeserializeOwned>(name: &str, texts: &[String]) -> Vec<T> {
    texts.iter().map(|text| embedded(name, text)).collect()
}

/// Reads files of words as one: what a site adds stands before the built-in words, so that it is found first.
fn merged<T: serde::de::DeserializeOwned>(name: &str, texts: &[String]) -> T {
    let mut all = toml::Table::new();
    for table in read_all::<toml::Table>(name, texts) {
        merge(&mut all, table);
    }
    all.try_into().unwrap_or_else(|error| panic!("the built-in {name} is damaged: {error}"))
}

fn merge(all: &mut toml::Table, added: toml::Table) {
    use toml::Value::{Array, Table};
    for (key, added) in added {
        match (all.get_mut(&key), added) {
            (Some(Array(words)), Array(added)) => {
                words.splice(0..0, added);
            }
            (Some(Table(inner)), Table(added)) => merge(inner, added),
            (_, added) => {
                all.insert(key, added);
            }
        }
    }
}

/// Words in the order in which the first that fits is the longest.
fn longest_first(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

fn embedded<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("the built-in {name} is damaged: {error}"))
}
