//! `data/projects.csv`, `data/project-funding.csv`, `data/indicators.csv`: projects, where their money comes from, and
//! what they are to reach.

use super::dictionary::FieldKind;
use super::table::{
    Column, Csv, amount_columns, column, disclosure_column, identity_columns, place, place_columns, text, whole,
};
use super::{Row, numbered};
use crate::assemble::PublishedDisclosure;
use crate::model::{Amount, Indicator, Project};

pub(super) struct Projects;

impl Csv for Projects {
    type Row<'a> = Row<'a, &'a Project>;
    const PATH: &'static str = "data/projects.csv";
    const TITLE: &'static str = "项目支出";
    const ABOUT: &'static str = "每个项目一行，按项目支出表的顺序";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = identity_columns();
        columns.extend([
            whole("project", "项目在本文件中的序号，从1起", |row: &Self::Row<'a>| Some(row.number as u64)),
            text("code", "项目编码，原文没有时为空", |row: &Self::Row<'a>| row.item.code.as_str()),
            text("name", "项目名称", |row: &Self::Row<'a>| row.item.name.as_str()),
            text("category", "类型：其他运转类、特定目标类等", |row: &Self::Row<'a>| {
                row.item.category.as_str()
            }),
            text("unit_name", "项目单位", |row: &Self::Row<'a>| row.item.unit.as_str()),
        ]);
        columns.extend(amount_columns(|row: &Self::Row<'a>| row.item.total.as_ref()));
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(place(row.item.total.as_ref(), row.item.place))));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.projects)
    }
}

/// A source of a project's money.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    project: &'a Project,
    fund: &'a str,
    carried_over: bool,
    amount: &'a Amount,
}

pub(super) struct Funding;

impl Csv for Funding {
    type Row<'a> = Row<'a, Source<'a>>;
    const PATH: &'static str = "data/project-funding.csv";
    const TITLE: &'static str = "项目资金来源";
    const ABOUT: &'static str = "每个项目的每种资金一行";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = vec![
            disclosure_column(),
            project_number(),
            text("name", "项目名称", |row: &Self::Row<'a>| row.item.project.name.as_str()),
            text("fund", "资金种类，与 facts.csv 相同", |row: &Self::Row<'a>| row.item.fund),
            column(
                "carried_over",
                FieldKind::Boolean,
                "true 上年结转结余，false 本年安排",
                |row: &Self::Row<'a>| row.item.carried_over.to_string().into(),
            ),
        ];
        columns.extend(amount_columns(|row: &Self::Row<'a>| Some(row.item.amount)));
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.amount.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        of_projects(published, |project| {
            project.funding.iter().map(move |(fund, carried_over, amount)| Source {
                project,
                fund,
                carried_over: *carried_over,
                amount,
            })
        })
    }
}

/// An indicator with its project.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    project: &'a Project,
    indicator: &'a Indicator,
}

pub(super) struct Indicators;

impl Csv for Indicators {
    type Row<'a> = Row<'a, Target<'a>>;
    const PATH: &'static str = "data/indicators.csv";
    const TITLE: &'static str = "项目绩效指标";
    const ABOUT: &'static str = "每个项目的每个绩效指标一行，指标值按原文";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = vec![
            disclosure_column(),
            project_number(),
            text("name", "项目名称", |row: &Self::Row<'a>| row.item.project.name.as_str()),
            text("group", "一级指标", |row: &Self::Row<'a>| row.item.indicator.kind.label()),
            text("indicator", "指标名称", |row: &Self::Row<'a>| row.item.indicator.name.as_str()),
            text("target", "指标值，按原文", |row: &Self::Row<'a>| row.item.indicator.target.as_str()),
        ];
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.indicator.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        of_projects(published, |project| project.indicators.iter().map(move |indicator| Target { project, indicator }))
    }
}

/// The number under which `projects.csv` lists the project of a row.
fn project_number<'a, T: 'a>() -> Column<'a, Row<'a, T>> {
    whole("project", "项目在本文件中的序号，见 projects.csv", |row: &Row<T>| Some(row.number as u64))
}

/// Rows of the parts of each project, numbered by their project.
fn of_projects<'a, T, I>(
    published: &'a PublishedDisclosure,
    parts: fn(&'a Project) -> I,
) -> impl Iterator<Item = Row<'a, T>>
where
    I: Iterator<Item = T> + 'a,
{
    numbered(published, &published.disclosure.projects).flat_map(move |project| {
        let number = project.number;
        parts(project.item).map(move |item| Row { of: published, number, item })
    })
}
