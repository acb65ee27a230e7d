//! `data/units.csv`: the budget units of each department.

use super::table::{Column, Csv, amount_columns, identity_columns, place, place_columns, text};
use super::{Row, numbered};
use crate::assemble::PublishedDisclosure;
use crate::model::BudgetUnit;

pub(super) struct Units;

impl Csv for Units {
    type Row<'a> = Row<'a, &'a BudgetUnit>;
    const PATH: &'static str = "data/units.csv";
    const TITLE: &'static str = "预算单位";
    const ABOUT: &'static str = "部门所属的预算单位一行一个";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = identity_columns();
        columns.extend([
            text("code", "单位代码，只在本级财政内唯一；原文没有时为空", |row: &Self::Row<'a>| row.item.code.as_str()),
            text("name", "单位名称", |row: &Self::Row<'a>| row.item.name.as_str()),
        ]);
        columns.extend(amount_columns(|row: &Self::Row<'a>| row.item.total.as_ref()));
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(place(row.item.total.as_ref(), row.item.place))));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.units)
    }
}
