//! A table of settings with places: the common form of TOML and YAML.

use std::ops::Range;

/// The language in which settings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// TOML, between `+++` lines in a document.
    Toml,
    /// YAML, between `---` lines in a document.
    Yaml,
}

impl Syntax {
    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Syntax::Toml => "TOML",
            Syntax::Yaml => "YAML",
        }
    }

    /// How settings are written, for somebody who made a mistake.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Syntax::Toml => "每行写作 键 = 值：键用英文，等号与引号用半角，文字放在双引号里",
            Syntax::Yaml => "每行写作 键: 值：键用英文，冒号用半角并后跟空格，缩进用空格",
        }
    }

    /// Parses settings.
    ///
    /// # Errors
    /// Every mistake of the syntax that the parser can tell, with its byte range and the parser's own (English) words.
    pub fn parse(self, text: &str) -> Result<Table, Vec<(Range<usize>, String)>> {
        match self {
            Syntax::Toml => super::toml::parse(text),
            Syntax::Yaml => super::yaml::parse(text),
        }
    }
}

/// Keys and values in the order in which they are written, or sorted by key where the parser sorts them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The entries; keys are unique.
    pub entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands, in bytes.
    pub key_range: Range<usize>,
    /// The value.
    pub value: Value,
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueKind {
    /// Text; a TOML date too, as written.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Table),
    /// YAML's explicit nothing.
    Nothing,
    /// A number with a fraction, or one too large: no setting takes it.
    OtherNumber,
}

impl ValueKind {
    /// What it is called in messages.
    pub fn label(&self) -> &'static str {
        match self {
            ValueKind::Text(_) => "文字",
            ValueKind::Integer(_) => "整数",
            ValueKind::Boolean(_) => "true 或 false",
            ValueKind::List(_) => "列表",
            ValueKind::Table(_) => "表",
            ValueKind::Nothing => "空值",
            ValueKind::OtherNumber => "小数或过大的数",
        }
    }
}
