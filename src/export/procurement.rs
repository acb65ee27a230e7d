//! `data/procurement.csv`: what is to be bought.

use super::table::{Column, Csv, amount_columns, identity_columns, place, place_columns, text, whole};
use super::{Row, numbered};
use crate::assemble::PublishedDisclosure;
use crate::model::ProcurementItem;

pub(super) struct Procurement;

impl Csv for Procurement {
    type Row<'a> = Row<'a, &'a ProcurementItem>;
    const PATH: &'static str = "data/procurement.csv";
    const TITLE: &'static str = "政府采购";
    const ABOUT: &'static str = "政府采购表的每个采购项目一行";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = identity_columns();
        columns.extend([
            whole("item", "采购项目在本文件中的序号，从1起", |row: &Self::Row<'a>| {
                Some(row.number as u64)
            }),
            text("function", "功能分类编码，原文没有时为空", |row: &Self::Row<'a>| {
                row.item.function.as_str()
            }),
            text("unit_name", "采购单位", |row: &Self::Row<'a>| row.item.unit.as_str()),
            text("name", "采购项目", |row: &Self::Row<'a>| row.item.name.as_str()),
            text("catalogue", "采购目录：货物、工程、服务等", |row: &Self::Row<'a>| {
                row.item.catalogue.as_str()
            }),
            text("specification", "规格，按原文", |row: &Self::Row<'a>| row.item.specification.as_str()),
            text("quantity", "数量和计量单位，按原文", |row: &Self::Row<'a>| row.item.quantity.as_str()),
        ]);
        columns.extend(amount_columns(|row: &Self::Row<'a>| row.item.amount.as_ref()));
        columns.extend(place_columns(|row: &Self::Row<'a>| Some(place(row.item.amount.as_ref(), row.item.place))));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        numbered(published, &published.disclosure.procurement)
    }
}
