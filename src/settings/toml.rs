//! TOML text to a [`Table`].

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::table::{Entry, Table, Value, ValueKind};

/// Parses TOML. All syntax mistakes are returned, not only the first.
pub(super) fn parse(text: &str) -> Result<Table, Vec<(Range<usize>, String)>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(convert_table(table.into_inner()));
    }
    let place = |error: &::toml::de::Error| error.span().unwrap_or(0..0);
    Err(errors.iter().map(|error| (place(error), error.message().to_owned())).collect())
}

fn convert_table(table: DeTable<'_>) -> Table {
    let entry = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, _)| Entry {
        key_range: key.span(),
        key: key.into_inner().into_owned(),
        value: convert(value),
    };
    Table { entries: table.into_iter().map(entry).collect() }
}

fn convert(value: Spanned<DeValue<'_>>) -> Value {
    let range = value.span();
    let kind = match value.into_inner() {
        DeValue::String(text) => ValueKind::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(&number.as_str().replace('_', ""), number.radix())
            .map_or(ValueKind::OtherNumber, ValueKind::Integer),
        DeValue::Float(_) => ValueKind::OtherNumber,
        DeValue::Boolean(truth) => ValueKind::Boolean(truth),
        DeValue::Datetime(date) => ValueKind::Text(date.to_string()),
        DeValue::Array(values) => ValueKind::List(values.into_iter().map(convert).collect()),
        DeValue::Table(table) => ValueKind::Table(convert_table(table)),
    };
    Value { kind, range }
}
