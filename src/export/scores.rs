//! `data/scores.csv`: the indicators of the disclosure score, each with its points and what was counted.

use super::dictionary::FieldKind;
use super::number::plain_text;
use super::table::{Column, Csv, column, disclosure_column, text, whole, word};
use super::{Row, numbered};
use crate::assemble::PublishedDisclosure;
use crate::model::ScoreIndicator;

pub(super) struct Scores;

const GROUPS: [&str; 6] = ["completeness", "detail", "explanation", "consistency", "usability", "timeliness"];
const STATES: [&str; 5] = ["done", "partly", "not_done", "not_applicable", "unreadable"];

impl Csv for Scores {
    type Row<'a> = Row<'a, &'a ScoreIndicator>;
    const PATH: &'static str = "data/scores.csv";
    const TITLE: &'static str = "公开程度指标";
    const ABOUT: &'static str = "每个公开文件的每个指标一行：得分、状态和依据；只说明公开了什么，不是对部门的评价";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        vec![
            disclosure_column(),
            text("indicator", "指标编号", |row: &Self::Row<'a>| row.item.code),
            word("group", "指标所属的一组", &GROUPS, |row: &Self::Row<'a>| row.item.group.word()),
            text("name", "指标名称", |row: &Self::Row<'a>| row.item.name),
            word(
                "state",
                "done 已做到，partly 部分做到，not_done 没有做到，not_applicable 不适用，unreadable 未能识别；后两种不计分",
                &STATES,
                |row: &Self::Row<'a>| row.item.state.word(),
            ),
            column("points", FieldKind::Number, "得分", |row: &Self::Row<'a>| plain_text(row.item.points).into()),
            column("weight", FieldKind::Number, "满分", |row: &Self::Row<'a>| plain_text(row.item.weight).into()),
            text("evidence", "依据：数到了什么", |row: &Self::Row<'a>| row.item.evidence.as_str()),
            whole("line", "原文行号，空白表示没有单独的一行", |row: &Self::Row<'a>| {
                row.item.place.filter(|place| place.line > 0).map(|place| u64::from(place.line))
            }),
        ]
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.ledger.score.indicators)
    }
}
