//! The amounts of a statement as facts: what they are amounts of, independent of the template.

use compact_str::CompactString;

use super::amounts::amount_of;
use crate::model::{
    Amount, CellContent, Column, ColumnRole, Fact, Measure, Row, RowRole, StatementKind, Subject, SubjectKind,
};
use crate::recognize::identity::Period;
use crate::vocabulary::TableWords;
use crate::vocabulary::text::squeeze;

/// Appends a fact for every placed amount of a statement and links the cells to them.
pub(super) fn append(
    words: &TableWords,
    kind: StatementKind,
    index: u16,
    period: Period,
    columns: &[Column],
    rows: &mut [Row],
    facts: &mut Vec<Fact>,
) {
    for row in rows.iter_mut().filter(|row| !row.unreadable) {
        let (period, change) = row_period(words, kind, period, row);
        for (column, place) in columns.iter().zip(0..) {
            let lane = column.lane as usize;
            let role = row.roles.get(lane).copied().unwrap_or(RowRole::Text);
            let (Some(Some(subject)), Some(amount)) = (row.subjects.get(lane), amount_of(&row.cells[place])) else {
                continue;
            };
            if matches!(role, RowRole::Ghost | RowRole::Text) {
                continue;
            }
            let Some((mut subject, measure)) = meaning(words, kind, period, column, subject) else { continue };
            if change && subject.kind == SubjectKind::ThreePublic {
                subject.code = compact_str::format_compact!("change.{}", subject.code);
            }
            let fact = fact(kind, index, subject, measure, amount.clone());
            let number = facts.len() as u32;
            facts.push(fact);
            if let CellContent::Amount { fact, .. } = &mut row.cells[place].content {
                *fact = Some(number);
            }
        }
    }
}

/// Years may stand in rows: 2025年, 2026年, and then 增减变化, which is no year (told by `true`).
fn row_period(words: &TableWords, kind: StatementKind, period: Period, row: &Row) -> (Period, bool) {
    if kind != StatementKind::ThreePublic {
        return (period, false);
    }
    let texts = || row.cells.iter().filter(|cell| cell.content == CellContent::Text).map(|cell| squeeze(&cell.text));
    let change = texts().any(|text| words.is_change(&text));
    match texts().find_map(|text| words.year_and_phase(&text, period.year)) {
        Some((year, phase)) => (Period { year, phase: phase.unwrap_or(period.phase) }, change),
        None => (period, change),
    }
}

fn fact(kind: StatementKind, index: u16, subject: Subject, measure: Measure, amount: Amount) -> Fact {
    Fact { statement: Some(kind), statement_index: Some(index), subject, measure, amount }
}

fn meaning(
    words: &TableWords,
    kind: StatementKind,
    period: Period,
    column: &Column,
    subject: &Subject,
) -> Option<(Subject, Measure)> {
    let ColumnRole::Amount { nature, fund, phase, year, of_which } = &column.role else { return None };
    let mut subject = subject.clone();
    subject.of_which |= *of_which;
    let mut measure = Measure {
        nature: nature.clone(),
        fund: fund.clone(),
        phase: phase.unwrap_or(period.phase),
        year: year.unwrap_or(period.year),
    };
    if kind == StatementKind::ThreePublic {
        // A row that is a part has columns of years, phases or funds; else columns are the parts, and the row is the
        // department or a unit.
        // 行政经费 beside 三公经费 is no total of the three.
        subject.code = match (subject.kind, nature.as_str()) {
            (SubjectKind::ThreePublic, "total") => subject.code,
            (SubjectKind::ThreePublic, "change.total") => compact_str::format_compact!("change.{}", subject.code),
            (SubjectKind::Other, "total") if words.is_other_expense(&squeeze(&subject.label)) => {
                CompactString::const_new("other")
            }
            (_, column) => column.into(),
        };
        subject.kind = SubjectKind::ThreePublic;
        measure.nature = CompactString::const_new("total");
    }
    if subject.kind == SubjectKind::Total && matches!(subject.code.as_str(), "personnel" | "operating") {
        measure.nature = compact_str::format_compact!("basic.{}", subject.code);
        subject.code = CompactString::const_new("total");
    }
    if subject.kind == SubjectKind::IncomeItem {
        measure.nature = CompactString::from(item_nature(&subject));
    }
    Some((subject, measure))
}

/// Under 上年结转 the items are carried in; elsewhere they are income of the year.
fn item_nature(subject: &Subject) -> &'static str {
    match subject.parent.as_str() {
        "carried_in" => "carried_in",
        "carried_out" => "carried_out",
        _ => "current",
    }
}
