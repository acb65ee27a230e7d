//! `data/changes.csv`, `data/terms.csv`: what the narrative says about changes, and the terms that it explains.

use super::dictionary::FieldKind;
use super::number::plain_text;
use super::table::{
    Column, Csv, amount_columns, column, disclosure_column, identity_columns, place_columns, text, word,
};
use super::{Row, numbered};
use crate::assemble::PublishedDisclosure;
use crate::model::{Change, Comparison, Term};

pub(super) struct Changes;

impl Csv for Changes {
    type Row<'a> = Row<'a, &'a Change>;
    const PATH: &'static str = "data/changes.csv";
    const TITLE: &'static str = "文字说明中的增减";
    const ABOUT: &'static str =
        "文字说明每处增减一行；yuan 是增减额，减少为负，0.00 表示原文说没有变化，空白表示原文没有说金额";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = identity_columns();
        columns.extend([
            text("subject", "什么增减，按原文", |row: &Self::Row<'a>| row.item.subject.as_str()),
            word("comparison", "prior_year 上年（同口径），prior_year_execution 上年执行数，initial_budget 年初预算，adjusted_budget 调整预算", &COMPARISONS, |row: &Self::Row<'a>| {
                comparison_word(row.item.comparison)
            }),
            column("base_year", FieldKind::Year, "与哪一年比，原文没有说时为空", |row: &Self::Row<'a>| {
                row.item.base_year.map(|year| year.to_string()).unwrap_or_default().into()
            }),
        ]);
        columns.extend(amount_columns(|row: &Self::Row<'a>| row.item.difference.as_ref()));
        columns.extend([
            column(
                "rate",
                FieldKind::Number,
                "原文所述的增减率，百分数，下降为负",
                |row: &Self::Row<'a>| row.item.rate.map(plain_text).unwrap_or_default().into(),
            ),
            text("reason", "原文所述的原因", |row: &Self::Row<'a>| {
                row.item.reason.as_deref().unwrap_or_default()
            }),
        ]);
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.changes)
    }
}

const COMPARISONS: [&str; 4] = ["prior_year", "prior_year_execution", "initial_budget", "adjusted_budget"];

fn comparison_word(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::PriorYear => "prior_year",
        Comparison::PriorYearExecution => "prior_year_execution",
        Comparison::InitialBudget => "initial_budget",
        Comparison::AdjustedBudget => "adjusted_budget",
    }
}

pub(super) struct Terms;

impl Csv for Terms {
    type Row<'a> = Row<'a, &'a Term>;
    const PATH: &'static str = "data/terms.csv";
    const TITLE: &'static str = "名词解释";
    const ABOUT: &'static str = "各文件名词解释中的每个名词一行";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = vec![
            disclosure_column(),
            text("term", "名词", |row: &Self::Row<'a>| row.item.name.as_str()),
            text("explanation", "该文件的解释", |row: &Self::Row<'a>| row.item.explanation.as_str()),
        ];
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.terms)
    }
}
