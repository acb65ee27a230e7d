//! What each row is: a total, an item, a part; and about what.

use compact_str::CompactString;

use super::outline::subject;
use super::{coded, part_rows};
use crate::model::{Column, ColumnRole, Row, RowRole, StatementKind, Subject, SubjectKind};
use crate::vocabulary::text::{is_of_which, label_key};
use crate::vocabulary::{RowMeaning, Side, Vocabulary};

/// Which list a lane holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LaneKind {
    /// Items named by words: 收入, 支出.
    Items(Side),
    /// Rows named by codes, units or projects.
    Coded,
}

/// Gives every row its role and subject in every lane.
pub(in crate::recognize::statement) fn assign(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    columns: &[Column],
    rows: &mut [Row],
) {
    let lanes = columns.last().map_or(1, |column| column.lane + 1);
    rows.iter_mut().for_each(|row| {
        row.roles = vec![RowRole::Text; lanes as usize];
        row.subjects = vec![None; lanes as usize];
    });
    let mut parts = false;
    for lane in 0..lanes {
        if kind == StatementKind::ThreePublic {
            let listed = part_rows::assign(vocabulary, columns, rows, lane);
            if !listed && parts {
                part_rows::name_others(vocabulary, columns, rows, lane);
            }
            parts |= listed;
            if parts {
                continue;
            }
        }
        match lane_kind(vocabulary, kind, columns, rows, lane) {
            LaneKind::Items(side) => assign_items(vocabulary, side, columns, rows, lane),
            LaneKind::Coded => coded::assign(vocabulary, kind, columns, rows, lane),
        }
    }
    rows.iter_mut().for_each(|row| carry_totals(columns, row));
}

/// 公用经费合计 may be merged over several lists, with its amount in the last one.
fn carry_totals(columns: &[Column], row: &mut Row) {
    let has_amount = |row: &Row, lane: usize| {
        columns.iter().zip(&row.cells).any(|(column, cell)| {
            column.lane as usize == lane && matches!(column.role, ColumnRole::Amount { .. }) && !cell.text.is_empty()
        })
    };
    for lane in 1..row.subjects.len() {
        let named = row.subjects[lane - 1].clone().filter(|subject| subject.kind == SubjectKind::Total);
        let unnamed =
            row.subjects[lane].as_ref().is_none_or(|subject| subject.code.is_empty() && subject.label.is_empty());
        if let Some(total) = named.filter(|_| unnamed && !has_amount(row, lane - 1)) {
            row.roles[lane] = row.roles[lane - 1];
            row.subjects[lane] = Some(total);
        }
    }
}

/// 收支总表 and its like hold lists of named items; the words of a list tell its side, the head only when they do not.
fn lane_kind(vocabulary: &Vocabulary, kind: StatementKind, columns: &[Column], rows: &[Row], lane: u8) -> LaneKind {
    match kind {
        StatementKind::RevenueExpenditure | StatementKind::Appropriation => {}
        StatementKind::Revenue if is_item_list(vocabulary, Side::Income, columns, rows, lane) => {
            return LaneKind::Items(Side::Income);
        }
        StatementKind::Expenditure if is_item_list(vocabulary, Side::Expenditure, columns, rows, lane) => {
            return LaneKind::Items(Side::Expenditure);
        }
        _ => return LaneKind::Coded,
    }
    let (mut income, mut expenditure) = (0, 0);
    for row in rows {
        let label = label_key(&lane_label(columns, row, lane));
        income += usize::from(vocabulary.rows.of_label(&label, Side::Income).is_some());
        expenditure += usize::from(vocabulary.rows.of_label(&label, Side::Expenditure).is_some());
        expenditure += usize::from(vocabulary.names.function_class(&label).is_some());
    }
    LaneKind::Items(if income >= expenditure { Side::Income } else { Side::Expenditure })
}

/// Some templates print 收入总表 and 支出总表 as lists of named items, without any code of a function or unit.
fn is_item_list(vocabulary: &Vocabulary, side: Side, columns: &[Column], rows: &[Row], lane: u8) -> bool {
    let mut codes = columns.iter().flat_map(|column| {
        let coded = column.lane == lane && matches!(column.role, ColumnRole::Code | ColumnRole::UnitCode);
        rows.iter().filter(move |_| coded)
    });
    let digits = |label: &CompactString| label.starts_with(|glyph: char| glyph.is_ascii_digit() || glyph == '[');
    let labels: Vec<CompactString> = rows.iter().map(|row| lane_label(columns, row, lane)).collect();
    let labels: Vec<&CompactString> = labels.iter().filter(|label| !label.is_empty()).collect();
    let items = labels.iter().filter_map(|label| match vocabulary.rows.of_label(&label_key(label), side) {
        Some(RowMeaning::Item(code)) => Some(code),
        _ => None,
    });
    let distinct: std::collections::BTreeSet<&CompactString> = items.collect();
    codes.next().is_none()
        && distinct.len() >= 2
        && distinct.len() * 4 >= labels.len()
        && !labels.iter().any(|label| digits(label) && label_key(label).len() == label.len())
}

fn lane_label(columns: &[Column], row: &Row, lane: u8) -> CompactString {
    let label = columns.iter().zip(&row.cells).find(|(column, cell)| {
        column.lane == lane
            && !matches!(column.role, ColumnRole::Amount { .. } | ColumnRole::LineNumber)
            && !cell.text.is_empty()
    });
    label.map(|(_, cell)| cell.text.clone()).unwrap_or_default()
}

fn assign_items(vocabulary: &Vocabulary, side: Side, columns: &[Column], rows: &mut [Row], lane: u8) {
    // Under 上年结转 the funds are listed again.
    let mut group = CompactString::default();
    let mut class: Option<CompactString> = None;
    // A sum whose label does not say of what: of the list's items when it stands there once, of some of them otherwise.
    let is_subtotal = |label: &String| vocabulary.tables.subtotals.contains(label);
    let subtotals = rows.iter().filter(|row| is_subtotal(&label_key(&lane_label(columns, row, lane)))).count();
    for row in rows {
        let printed = lane_label(columns, row, lane);
        let label = label_key(&printed);
        if label.is_empty() {
            continue;
        }
        let part = is_of_which(&printed);
        let meaning = vocabulary.rows.of_label(&label, side).filter(|_| !is_subtotal(&label) || subtotals == 1);
        let (role, subject) = match meaning {
            Some(RowMeaning::Total(code)) => {
                group = code.clone();
                let whole = matches!(code.as_str(), "income_total" | "expenditure_total" | "total");
                (if whole { RowRole::Total } else { RowRole::Subtotal }, subject(SubjectKind::Total, code, &printed))
            }
            Some(RowMeaning::Item(code)) => {
                let mut item = subject(SubjectKind::IncomeItem, code, &printed);
                item.parent = group.clone();
                (RowRole::Item, item)
            }
            None => expenditure_item(vocabulary, side, &printed, &mut class),
        };
        let role = if part { RowRole::OfWhich } else { role };
        let index = lane as usize;
        row.roles[index] = role;
        row.subjects[index] = Some(Subject { of_which: part, ..subject });
    }
}

/// A functional class by its name; what stands below a class without an ordinal is a part of it.
fn expenditure_item(
    vocabulary: &Vocabulary,
    side: Side,
    printed: &str,
    class: &mut Option<CompactString>,
) -> (RowRole, Subject) {
    if let Some(code) = vocabulary.names.function_class(printed).filter(|_| side == Side::Expenditure) {
        *class = Some(code.into());
        let mut subject = subject(SubjectKind::Function, code, printed);
        subject.level = 1;
        return (RowRole::Item, subject);
    }
    let mut other = subject(SubjectKind::Other, "", printed);
    other.parent = class.clone().unwrap_or_default();
    (RowRole::OfWhich, other)
}
