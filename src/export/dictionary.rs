//! The data dictionary: what each file and column is, in the words that readers see.

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

/// Every data file with its columns, in the order in which the data page lists them.
pub fn dictionary() -> Vec<DataFile> {
    super::exports().into_iter().map(|export| export.file).collect()
}
