//! `data/findings.json` and `data/checks.csv`: what the audit found, and every identity that it evaluated.

use std::borrow::Cow;
use std::fmt::Write as _;

use rust_decimal::Decimal;
use serde::Serialize;

use super::dictionary::{DataFile, Field, FieldKind};
use super::disclosures::json_lines;
use super::number::plain_text;
use super::table::{Column, Csv, column, disclosure_column, text, word};
use super::{Row, numbered};
use crate::assemble::{PublishedDisclosure, Site};
use crate::model::{Finding, LedgerEntry, Outcome, Place, Side};

/// A finding as the contract writes it.
#[derive(Serialize)]
struct FindingRecord<'a> {
    id: &'a str,
    disclosure: &'a str,
    rule: &'a str,
    severity: &'static str,
    class: &'static str,
    root: &'a str,
    lines: Vec<u32>,
    expected: &'a str,
    printed: &'a str,
    difference: &'a str,
    message: &'a str,
    waived: Option<&'a str>,
    places: Vec<PlaceRecord<'a>>,
}

/// A place with its file, for disclosures that were merged from several.
#[derive(Serialize)]
struct PlaceRecord<'a> {
    source: &'a str,
    line: u32,
    cell: u16,
}

/// The documentation of `data/findings.json`.
pub(super) fn findings_file() -> DataFile {
    let word = Field::of_words;
    let string = |name, about| Field::new(name, FieldKind::String, about);
    DataFile {
        path: "data/findings.json",
        title: "核对发现",
        about: "每条发现一个对象。发现只陈述数字和规则，不是对部门的评价；同一原因的发现 root 相同",
        fields: vec![
            string("id", "发现的编号，在同一公开文件内唯一"),
            string("disclosure", "公开文件的编号"),
            string("rule", "规则编号，见核对页"),
            word(
                "severity",
                "error 法定报表的勾稽关系不成立，warning 文字与表格、文字与文字不符，info 尾差与提示",
                &["error", "warning", "info"],
            ),
            word(
                "class",
                "source 原文自相矛盾，extraction 文本提取造成，judgement 需要人判断",
                &["source", "extraction", "judgement"],
            ),
            string("root", "同一原因的发现相同"),
            Field::new("lines", FieldKind::Array, "原文行号，有疑问的在前"),
            string("expected", "按规则应为"),
            string("printed", "原文所印"),
            string("difference", "相差"),
            string("message", "一句话说明"),
            string("waived", "发布者的答复；没有答复为 null"),
            Field::new("places", FieldKind::Array, "与 lines 相同的位置，带源文件和格：{source, line, cell}"),
        ],
    }
}

/// The findings of each disclosure in the site's order, by line.
pub(super) fn finding_rows(site: &Site) -> Vec<u8> {
    let findings =
        site.disclosures.iter().flat_map(|one| one.ledger.findings.iter().map(move |finding| (one, finding)));
    json_lines(findings.map(|(published, finding)| finding_bytes(published, finding)))
}

fn finding_bytes(published: &PublishedDisclosure, finding: &Finding) -> Vec<u8> {
    let sources = &published.disclosure.sources;
    let place = |place: &Place| PlaceRecord {
        source: sources.get(place.file as usize).map(|source| &*source.path).unwrap_or_default(),
        line: place.line,
        cell: place.cell,
    };
    let record = FindingRecord {
        id: &finding.id,
        disclosure: &published.id,
        rule: &finding.rule,
        severity: finding.severity.word(),
        class: finding.class.word(),
        root: &finding.root,
        lines: finding.places.iter().map(|place| place.line).collect(),
        expected: &finding.expected,
        printed: &finding.printed,
        difference: &finding.difference,
        message: &finding.message,
        waived: finding.waived.as_deref(),
        places: finding.places.iter().map(place).collect(),
    };
    serde_json::to_vec(&record).expect("strings and numbers can be written as JSON")
}

pub(super) struct Checks;

impl Csv for Checks {
    type Row<'a> = Row<'a, &'a LedgerEntry>;
    const PATH: &'static str = "data/checks.csv";
    const TITLE: &'static str = "全部核对";
    const ABOUT: &'static str = "每条规则在每个文件中的每次核对一行，包括通过的";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = vec![
            disclosure_column(),
            text("rule", "规则编号", |row: &Self::Row<'a>| row.item.rule.as_str()),
            word(
                "outcome",
                "pass 相符，rounding 四舍五入尾差，fail 不符，not_applicable 原文没有，unreadable 无法读出",
                &OUTCOMES,
                |row: &Self::Row<'a>| outcome_word(row.item.outcome),
            ),
            text("subject", "核对的对象，空白表示整张表", |row: &Self::Row<'a>| row.item.subject.as_str()),
        ];
        columns.extend(side_columns("left", "left_value", "left_lines", |entry| &entry.left));
        columns.extend(side_columns("right", "right_value", "right_lines", |entry| &entry.right));
        columns.push(column(
            "tolerance",
            FieldKind::Number,
            "允许相差多少，单位与两边的值相同",
            |row: &Self::Row<'a>| plain_text(row.item.tolerance).into(),
        ));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.ledger.entries)
    }
}

fn side_columns<'a>(
    label: &'static str,
    value: &'static str,
    lines: &'static str,
    side: fn(&LedgerEntry) -> &Side,
) -> [Column<'a, Row<'a, &'a LedgerEntry>>; 3] {
    [
        text(label, "一边是什么", move |row: &Row<&LedgerEntry>| side(row.item).label.as_str()),
        column(
            value,
            FieldKind::Number,
            "一边的值，单位元（比率为百分数）；空白表示没有印",
            move |row: &Row<&LedgerEntry>| optional_text(side(row.item).value),
        ),
        column(
            lines,
            FieldKind::String,
            "一边的数所在的行，以空格分开",
            move |row: &Row<&LedgerEntry>| lines_text(&side(row.item).places),
        ),
    ]
}

fn optional_text(value: Option<Decimal>) -> Cow<'static, str> {
    value.map(plain_text).unwrap_or_default().into()
}

fn lines_text(places: &[Place]) -> Cow<'static, str> {
    let mut lines = String::with_capacity(5 * places.len());
    for (number, place) in places.iter().enumerate() {
        let gap = if number > 0 { " " } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(lines, "{gap}{}", place.line);
    }
    lines.into()
}

const OUTCOMES: [&str; 5] = ["pass", "rounding", "fail", "not_applicable", "unreadable"];

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Rounding => "rounding",
        Outcome::Fail => "fail",
        Outcome::NotApplicable => "not_applicable",
        Outcome::Unreadable => "unreadable",
    }
}
