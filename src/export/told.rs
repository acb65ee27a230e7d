//! `data/duties.csv`, `data/assets.csv` and `data/targets.csv`: what documents tell of their organizations beside money.

use super::table::{Column, Csv, disclosure_column, identity_columns, place_columns, text, whole};
use super::{Row, numbered};
use crate::assemble::PublishedDisclosure;
use crate::model::{Asset, Duty, Indicator};

pub(super) struct Duties;

impl Csv for Duties {
    type Row<'a> = Row<'a, &'a Duty>;
    const PATH: &'static str = "data/duties.csv";
    const TITLE: &'static str = "主要职责";
    const ABOUT: &'static str = "各文件所列主要职责的每一段一行";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = vec![
            disclosure_column(),
            whole("duty", "职责在本文件中的序号", |row: &Self::Row<'a>| Some(row.number as u64)),
            text("text", "职责，按原文，去掉序号", |row: &Self::Row<'a>| row.item.text.as_str()),
        ];
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.duties)
    }
}

pub(super) struct Assets;

impl Csv for Assets {
    type Row<'a> = Row<'a, &'a Asset>;
    const PATH: &'static str = "data/assets.csv";
    const TITLE: &'static str = "国有资产占用";
    const ABOUT: &'static str = "文件所述每类车辆、设备的数量一行";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = identity_columns();
        columns.extend([
            text(
                "asset",
                "类别：vehicles 车辆合计，vehicles.… 分类车辆，equipment.… 单价在此以上的设备（200k 即 20 万元）",
                |row: &Self::Row<'a>| row.item.kind.as_str(),
            ),
            text("label", "原文的名称", |row: &Self::Row<'a>| row.item.label.as_str()),
            whole("count", "数量", |row: &Self::Row<'a>| Some(u64::from(row.item.count))),
            text("measure", "量词：辆、台、套", |row: &Self::Row<'a>| row.item.measure.as_str()),
        ]);
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.assets)
    }
}

pub(super) struct Targets;

impl Csv for Targets {
    type Row<'a> = Row<'a, &'a Indicator>;
    const PATH: &'static str = "data/targets.csv";
    const TITLE: &'static str = "部门整体绩效指标";
    const ABOUT: &'static str = "部门整体绩效目标表的每个绩效指标一行，指标值按原文";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = identity_columns();
        columns.extend([
            text("group", "一级指标", |row: &Self::Row<'a>| row.item.kind.label()),
            text("indicator", "指标名称", |row: &Self::Row<'a>| row.item.name.as_str()),
            text("target", "指标值，按原文", |row: &Self::Row<'a>| row.item.target.as_str()),
        ]);
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(row.item.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.targets)
    }
}
