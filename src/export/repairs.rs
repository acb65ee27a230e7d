//! `data/repairs.csv`: every amount that is not simply printed, with the proof of its repair or the rule behind it.

use std::borrow::Cow;

use super::Row;
use super::dictionary::FieldKind;
use super::table::{Column, Csv, amount_columns, column, disclosure_column, place_columns, text};
use crate::assemble::PublishedDisclosure;
use crate::model::{Fact, Origin, Place};

pub(super) struct Repairs;

impl Csv for Repairs {
    type Row<'a> = Row<'a, &'a Fact>;
    const PATH: &'static str = "data/repairs.csv";
    const TITLE: &'static str = "修复和推算的金额";
    const ABOUT: &'static str = "facts.csv 中 origin 为 repaired 或 derived 的每个金额一行，附依据";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = vec![
            disclosure_column(),
            text("source", "所在的源文件", |row: &Self::Row<'a>| file_path(row.of, row.item.amount.place)),
            text("statement", "所在表的种类", |row: &Self::Row<'a>| {
                row.item.statement.map(|kind| kind.word()).unwrap_or_default()
            }),
            text("code", "编码", |row: &Self::Row<'a>| row.item.subject.code.as_str()),
            text("label", "名称", |row: &Self::Row<'a>| row.item.subject.label.as_str()),
            text("nature", "性质", |row: &Self::Row<'a>| row.item.measure.nature.as_str()),
        ];
        columns.extend(amount_columns(|row: &Self::Row<'a>| Some(&row.item.amount)));
        columns.extend([
            text("from", "修复前原文所印的文字", |row: &Self::Row<'a>| match &row.item.amount.origin {
                Origin::Repaired { from, .. } => from.as_str(),
                _ => "",
            }),
            text("grounds", "修复的依据，或推算的办法", |row: &Self::Row<'a>| {
                match &row.item.amount.origin {
                    Origin::Repaired { proof, .. } => proof.as_str(),
                    Origin::Derived { rule, .. } => rule.as_str(),
                    Origin::Printed | Origin::Narrative => "",
                }
            }),
            column(
                "inputs",
                FieldKind::String,
                "推算所用各数的位置，“行:格”，以空格分开",
                |row: &Self::Row<'a>| inputs(row.item),
            ),
        ]);
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.amount.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        super::numbered(published, &published.disclosure.facts)
            .filter(|row| matches!(row.item.amount.origin, Origin::Repaired { .. } | Origin::Derived { .. }))
    }
}

/// The path of the file in which a place lies; empty when the place names a file that is not there.
fn file_path(published: &PublishedDisclosure, place: Place) -> &str {
    published.disclosure.sources.get(place.file as usize).map(|source| &*source.path).unwrap_or_default()
}

fn inputs(fact: &Fact) -> Cow<'static, str> {
    match &fact.amount.origin {
        Origin::Derived { inputs, .. } => {
            inputs.iter().map(|place| format!("{}:{}", place.line, place.cell)).collect::<Vec<_>>().join(" ").into()
        }
        _ => "".into(),
    }
}
