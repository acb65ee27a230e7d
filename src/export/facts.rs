//! `data/facts.csv`: one row for every amount with a meaning.

use super::dictionary::FieldKind;
use super::table::{Column, Csv, amount_columns, column, disclosure_column, place_columns, text, whole, word};
use super::{Row, numbered};
use crate::assemble::PublishedDisclosure;
use crate::model::Fact;

pub(super) struct Facts;

/// The words of [`crate::model::SubjectKind::word`].
const SUBJECT_KINDS: [&str; 10] = [
    "total",
    "function",
    "economic_departmental",
    "economic_governmental",
    "economic_pair",
    "unit",
    "income_item",
    "three_public",
    "project",
    "other",
];

/// The words of [`crate::model::Phase::word`].
pub(super) const STAGES: [&str; 3] = ["budget.initial", "budget.adjusted", "final"];

impl Csv for Facts {
    type Row<'a> = Row<'a, &'a Fact>;
    const PATH: &'static str = "data/facts.csv";
    const TITLE: &'static str = "全部金额";
    const ABOUT: &'static str =
        "每个有含义的金额一行，按公开文件和原文顺序。合计、小计与明细都在其中，用 level 和 parent 区分，不要直接加总";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = vec![disclosure_column()];
        columns.extend(subject_columns());
        columns.extend(measure_columns());
        columns.extend(amount_columns(|row: &Self::Row<'a>| Some(&row.item.amount)));
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.amount.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.facts)
    }
}

fn subject_columns<'a>() -> Vec<Column<'a, Row<'a, &'a Fact>>> {
    vec![
        text(
            "statement",
            "所在表的种类，见 disclosures.json 的 statements；空白表示来自文字说明",
            |row: &Row<&Fact>| row.item.statement.map(|kind| kind.word()).unwrap_or_default(),
        ),
        word("subject_kind", "这一行说的是哪类事物", &SUBJECT_KINDS, |row: &Row<&Fact>| {
            row.item.subject.kind.word()
        }),
        text(
            "code",
            "编码：功能分类3、5、7位，经济分类3、5位，单位或项目编码，合计行为 total、income_total 等",
            |row: &Row<&Fact>| row.item.subject.code.as_str(),
        ),
        text("label", "名称，按原文，去掉空格和序号", |row: &Row<&Fact>| row.item.subject.label.as_str()),
        whole("level", "1 类，2 款，3 项，0 没有层级", |row: &Row<&Fact>| {
            Some(row.item.subject.level.into())
        }),
        text("parent", "上一级的编码", |row: &Row<&Fact>| row.item.subject.parent.as_str()),
    ]
}

fn measure_columns<'a>() -> Vec<Column<'a, Row<'a, &'a Fact>>> {
    vec![
        text(
            "nature",
            "性质：total 合计，basic 基本支出，basic.personnel 人员经费，basic.operating 公用经费，project 项目支出等",
            |row: &Row<&Fact>| row.item.measure.nature.as_str(),
        ),
        text(
            "fund",
            "资金：all 全部，general_public 一般公共预算，government_fund 政府性基金，state_capital 国有资本经营等",
            |row: &Row<&Fact>| row.item.measure.fund.as_str(),
        ),
        word(
            "phase",
            "budget.initial 年初预算，budget.adjusted 调整预算，final 决算",
            &STAGES,
            |row: &Row<&Fact>| row.item.measure.phase.word(),
        ),
        column("year", FieldKind::Year, "金额所属的年度，可能不是文件的年度", |row: &Row<&Fact>| {
            row.item.measure.year.to_string().into()
        }),
    ]
}
