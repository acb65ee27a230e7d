//! YAML text to a [`Table`].

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use super::table::{Entry, Table, Value, ValueKind};

/// Parses YAML whose root is a mapping. The parser stops at the first mistake.
pub(super) fn parse(text: &str) -> Result<Table, Vec<(Range<usize>, String)>> {
    match serde_saphyr::from_str::<Spanned<Node>>(text) {
        Ok(root) => match convert(text, root) {
            Value { kind: ValueKind::Table(table), .. } => Ok(table),
            Value { kind: ValueKind::Nothing, .. } => Ok(Table::default()),
            Value { range, .. } => Err(vec![(range, "expected `key: value` lines".to_owned())]),
        },
        Err(error) => {
            let place = error.location().map_or(0..0, |location| byte_range(text, &location));
            let words = serde_saphyr::DefaultMessageFormatter;
            let message = serde_saphyr::MessageFormatter::format_message(&words, error.without_snippet());
            Err(vec![(place, message.into_owned())])
        }
    }
}

/// A YAML node of any kind.
enum Node {
    Text(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<Spanned<Node>>),
    Table(Vec<(Spanned<String>, Spanned<Node>)>),
    Nothing,
    OtherNumber,
}

fn convert(text: &str, node: Spanned<Node>) -> Value {
    let range = byte_range(text, &node.referenced);
    let kind = match node.value {
        Node::Text(words) => ValueKind::Text(words),
        Node::Integer(number) => ValueKind::Integer(number),
        Node::Boolean(truth) => ValueKind::Boolean(truth),
        Node::List(values) => ValueKind::List(values.into_iter().map(|value| convert(text, value)).collect()),
        Node::Table(entries) => {
            let entry = |(key, value): (Spanned<String>, _)| Entry {
                key_range: byte_range(text, &key.referenced),
                key: key.value,
                value: convert(text, value),
            };
            ValueKind::Table(Table { entries: entries.into_iter().map(entry).collect() })
        }
        Node::Nothing => ValueKind::Nothing,
        Node::OtherNumber => ValueKind::OtherNumber,
    };
    Value { kind, range }
}

/// The bytes of a location. Mistakes of the syntax come with line and column only, both from 1, in characters.
fn byte_range(text: &str, location: &Location) -> Range<usize> {
    let span = location.span();
    if let (Some(start), Some(length)) = (span.byte_offset(), span.byte_len()) {
        return start as usize..(start + length) as usize;
    }
    let lines = text.split_inclusive('\n').take((location.line() as usize).saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    let before = text[line_start..].chars().take((location.column() as usize).saturating_sub(1));
    let start = line_start + before.map(char::len_utf8).sum::<usize>();
    start..start
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Boolean(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(i64::try_from(number).map_or(Node::OtherNumber, Node::Integer))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
        Ok(Node::OtherNumber)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
        Ok(Node::OtherNumber)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::OtherNumber)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = sequence.next_element()? {
            values.push(value);
        }
        Ok(Node::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Table(entries))
    }
}
