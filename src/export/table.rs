//! CSV tables as lists of columns, and the text that is safe to open in a spreadsheet.

use std::borrow::Cow;

use super::Row;
use super::csv::push_line;
use super::dictionary::{DataFile, Field, FieldKind};
use super::number::yuan_text;
use crate::assemble::PublishedDisclosure;
use crate::model::{Amount, Place};

/// A CSV file with rows for each disclosure.
pub(super) trait Csv {
    /// What a row is made from.
    type Row<'a>;
    /// Relative to the site's root.
    const PATH: &'static str;
    /// What readers call it.
    const TITLE: &'static str;
    /// What one row is.
    const ABOUT: &'static str;

    /// The columns in order.
    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>>;

    /// The rows of a disclosure in order.
    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>>;
}

/// A column: its documentation and how a row fills it. An empty cell means that there is nothing to tell.
pub(super) struct Column<'a, R> {
    field: Field,
    cell: Fill<'a, R>,
}

/// Makes the text of a cell from its row.
type Fill<'a, R> = Box<dyn for<'r> Fn(&'r R) -> Cow<'r, str> + 'a>;

/// A column of any kind.
pub(super) fn column<'a, R>(
    name: &'static str,
    kind: FieldKind,
    about: &'static str,
    cell: impl for<'r> Fn(&'r R) -> Cow<'r, str> + 'a,
) -> Column<'a, R> {
    Column { field: Field::new(name, kind, about), cell: Box::new(cell) }
}

/// A column of words.
pub(super) fn text<'a, R>(
    name: &'static str,
    about: &'static str,
    cell: impl for<'r> Fn(&'r R) -> &'r str + 'a,
) -> Column<'a, R> {
    column(name, FieldKind::String, about, move |row| Cow::Borrowed(cell(row)))
}

/// A column that holds one of a few words.
pub(super) fn word<'a, R>(
    name: &'static str,
    about: &'static str,
    words: &[&'static str],
    cell: impl Fn(&R) -> &'static str + 'a,
) -> Column<'a, R> {
    let field = Field::of_words(name, about, words);
    Column { field, cell: Box::new(move |row| Cow::Borrowed(cell(row))) }
}

/// A column of whole numbers.
pub(super) fn whole<'a, R>(
    name: &'static str,
    about: &'static str,
    cell: impl Fn(&R) -> Option<u64> + 'a,
) -> Column<'a, R> {
    column(name, FieldKind::Integer, about, move |row| {
        cell(row).map(|value| value.to_string()).unwrap_or_default().into()
    })
}

/// The words of [`crate::model::Origin::word`].
pub(super) const ORIGINS: [&str; 4] = ["printed", "narrative", "repaired", "derived"];

/// `disclosure`, the first column of every table.
pub(super) fn disclosure_column<'a, T: 'a>() -> Column<'a, Row<'a, T>> {
    text("disclosure", "公开文件的编号，见 disclosures.json 的 id", |row: &Row<T>| row.of.id.as_str())
}

/// `disclosure, organization, year, kind`: enough to read a table without another one.
pub(super) fn identity_columns<'a, T: 'a>() -> Vec<Column<'a, Row<'a, T>>> {
    vec![
        disclosure_column(),
        text("organization", "部门或单位名称，按原文", |row: &Row<T>| {
            row.of.disclosure.identity.organization.as_deref().unwrap_or_default()
        }),
        column("year", FieldKind::Year, "预算或决算年度", |row: &Row<T>| {
            row.of.disclosure.identity.year.map(|year| year.to_string()).unwrap_or_default().into()
        }),
        word("kind", "budget 预算，final 决算", &["budget", "final"], |row: &Row<T>| {
            row.of.disclosure.identity.kind.map(|kind| kind.word()).unwrap_or_default()
        }),
    ]
}

/// `yuan, printed, unit, origin`: an amount. All four are empty when there is none.
pub(super) fn amount_columns<'a, R: 'a>(amount: fn(&R) -> Option<&Amount>) -> Vec<Column<'a, R>> {
    vec![
        column(
            "yuan",
            FieldKind::Number,
            "金额，单位元，精确小数；空白表示没有可用的数",
            move |row| amount(row).map(|amount| yuan_text(amount.yuan)).unwrap_or_default().into(),
        ),
        column("printed", FieldKind::String, "原文所印的数字，不含单位", move |row| {
            amount(row).map(|amount| amount.printed.as_str()).unwrap_or_default().into()
        }),
        word("unit", "printed 的单位", &["元", "千元", "万元", "亿元"], move |row| {
            amount(row).map(|amount| amount.unit.label()).unwrap_or_default()
        }),
        word(
            "origin",
            "printed 表中所印，narrative 文字所述，repaired 提取损坏后据勾稽关系修复，derived 由其他数推算",
            &ORIGINS,
            move |row| amount(row).map(|amount| amount.origin.word()).unwrap_or_default(),
        ),
    ]
}

/// `line, cell, file`: where something stands in the source.
pub(super) fn place_columns<'a, R: 'a>(place: fn(&R) -> Option<Place>) -> Vec<Column<'a, R>> {
    vec![
        whole("line", "原文行号，从1起", move |row| place(row).map(|place| place.line.into())),
        whole(
            "cell",
            "该行中的第几格，从1起；0表示在文字中、指整行，或由其他数推算",
            move |row| place(row).map(|place| place.cell.into()),
        ),
        whole(
            "file",
            "第几个原文文件，从1起，见 disclosures.json 的 sources；公开文件由几个文件合成时大于1",
            move |row| place(row).map(|place| (u32::from(place.file) + 1).into()),
        ),
    ]
}

/// Where a thing with an amount stands: its amount, else its row.
pub(super) fn place(amount: Option<&Amount>, row: Place) -> Place {
    amount.map_or(row, |amount| amount.place)
}

/// The documentation of a table.
pub(super) fn file<T: Csv>() -> DataFile {
    let fields = T::columns().into_iter().map(|column| column.field).collect();
    DataFile { path: T::PATH, title: T::TITLE, about: T::ABOUT, fields }
}

/// The first line of a table.
pub(super) fn header(names: &[&str]) -> Vec<u8> {
    let mut csv = String::new();
    push_line(&mut csv, names);
    csv.into_bytes()
}

/// The lines of each disclosure.
pub(super) fn rows<T: Csv>(disclosures: &[PublishedDisclosure]) -> Vec<u8> {
    let columns = T::columns();
    let mut csv = String::new();
    for row in disclosures.iter().flat_map(|published| T::rows(published)) {
        push_line(&mut csv, columns.iter().map(|column| (column.cell)(&row)));
    }
    csv.into_bytes()
}

/// A cell that no spreadsheet takes for a formula: text that begins with `=`, `+`, `-`, `@` (their full-width forms
/// too), a tab or a line break gets an apostrophe before it. Numbers, negative ones too, and a lone dash stay as they
/// are.
pub fn guard(cell: Cow<'_, str>) -> Cow<'_, str> {
    let is_risky = match cell.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n') => true,
        // The first byte of full-width forms; few cells begin with one.
        Some(0xEF) => cell.starts_with(['＝', '＋', '－', '＠']),
        _ => false,
    };
    if is_risky && !is_number(&cell) && cell != "-" { Cow::Owned(format!("'{cell}")) } else { cell }
}

/// Digits with separators and at most one point, a sign before them, a percent sign after them.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::guard;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (cell, want) in [
            ("=1+1", "'=1+1"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("-1.2.3", "'-1.2.3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("--", "'--"),
            ("-1200.50", "-1200.50"),
            ("-1,200.50", "-1,200.50"),
            ("+5%", "+5%"),
            ("-", "-"),
            ("公用经费", "公用经费"),
            ("", ""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(guard(Cow::Borrowed(cell)), want, "{cell:?}");
        }
    }
}
