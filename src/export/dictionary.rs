//! The data dictionary: what each file and column is, in the words that readers see. It is written in Chinese where the
//! files are made; `dictionary.en.toml` has it in English.

use std::sync::LazyLock;

use crate::language::{ByChinese, by_chinese};

/// What the values of a field are. The words are the field types of the Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    String,
    /// A whole number.
    Integer,
    /// An exact decimal. Read it as a decimal, not as a float.
    Number,
    /// A fiscal year.
    Year,
    /// `true` or `false`.
    Boolean,
    /// A JSON object.
    Object,
    /// A JSON list.
    Array,
}

impl FieldKind {
    /// The word of the Table Schema.
    pub fn word(self) -> &'static str {
        match self {
            FieldKind::String => "string",
            FieldKind::Integer => "integer",
            FieldKind::Number => "number",
            FieldKind::Year => "year",
            FieldKind::Boolean => "boolean",
            FieldKind::Object => "object",
            FieldKind::Array => "array",
        }
    }
}

/// A column of a table, or a field of the objects in a JSON list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: FieldKind,
    /// What it means.
    pub about: &'static str,
    /// All words that it can hold; empty for any.
    pub words: Vec<&'static str>,
}

impl Field {
    /// A field that can hold any value of its kind.
    pub(super) fn new(name: &'static str, kind: FieldKind, about: &'static str) -> Self {
        Field { name, kind, about, words: Vec::new() }
    }

    /// A field that holds one of a few words.
    pub(super) fn of_words(name: &'static str, about: &'static str, words: &[&'static str]) -> Self {
        Field { name, kind: FieldKind::String, about, words: words.to_vec() }
    }
}

/// A data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Relative to the site's root.
    pub path: &'static str,
    /// What readers call it.
    pub title: &'static str,
    /// What one row or object is, and what to know before using it.
    pub about: &'static str,
    /// Its columns in order.
    pub fields: Vec<Field>,
}

/// Every data file with its columns, in the order in which the data page lists them, in a language of the interface.
pub fn dictionary(language: &str) -> Vec<DataFile> {
    let files = super::exports().into_iter().map(|export| export.file);
    if language == "en" { files.map(in_english).collect() } else { files.collect() }
}

fn in_english(file: DataFile) -> DataFile {
    let told = |chinese: &'static str| english().get(chinese).map_or(chinese, String::as_str);
    let fields = file.fields.into_iter().map(|field| Field { about: told(field.about), ..field });
    DataFile { title: told(file.title), about: told(file.about), fields: fields.collect(), ..file }
}

/// The words of the dictionary in English.
fn english() -> &'static ByChinese {
    static ENGLISH: LazyLock<ByChinese> = LazyLock::new(|| by_chinese(include_str!("dictionary.en.toml")));
    &ENGLISH
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{dictionary, english};

    #[test]
    fn the_dictionary_is_told_in_english_and_no_word_is_left_over() {
        let files = dictionary("zh-CN");
        let of_file = |file: &super::DataFile| {
            let fields: Vec<&str> = file.fields.iter().map(|field| field.about).collect();
            [vec![file.title, file.about], fields].concat()
        };
        let chinese: BTreeSet<&str> = files.iter().flat_map(of_file).collect();
        let known: BTreeSet<&str> = english().keys().map(String::as_str).collect();
        assert_eq!(chinese, known);
    }
}
