//! Tables of the three public expenses whose rows are the parts: one list from 合计 to 公务接待费, with years, phases or
//! funds as columns.

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{Column, ColumnRole, Row, RowRole, StatementKind, Subject, SubjectKind};
use crate::recognize::statement::amounts::amount_of;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{label_key, squeeze, without_ordinal};

/// So many rows must name a part, besides the total, before the rows are taken for the parts.
const FEWEST_PARTS: usize = 2;

/// Gives the rows of a list their parts; false when the rows of the table are something else (units, years).
pub(super) fn assign(vocabulary: &Vocabulary, columns: &[Column], rows: &mut [Row], lane: u8) -> bool {
    let labels: Vec<CompactString> = rows.iter().map(|row| label(columns, row, lane)).collect();
    let keys: Vec<String> = labels.iter().map(|label| label_key(label)).collect();
    let mut parts: Vec<Option<CompactString>> = keys.iter().map(|key| part(vocabulary, key)).collect();
    let named = |part: &Option<CompactString>| part.as_ref().is_some_and(|part| part != "total");
    if parts.iter().filter(|part| named(part)).count() < FEWEST_PARTS {
        return false;
    }
    // A heading without amounts (一、“三公”经费支出) is no total: the sum stands below it.
    let filled: Vec<bool> = rows.iter().map(|row| has_amount(columns, row, lane)).collect();
    for (part, filled) in parts.iter_mut().zip(&filled).filter(|(part, _)| part.as_deref() == Some("total")) {
        *part = part.take().filter(|_| *filled);
    }
    // 合计 is the sum of the three, unless another row says 三公经费 and this one adds 会议费 and the like.
    let said = parts.iter().any(|part| part.as_deref() == Some("total"));
    let wider = said || adds_meetings(columns, rows, lane, &parts, |at| vocabulary.rows.total(&keys[at]).is_some());
    for (part, key) in parts.iter_mut().zip(&keys).filter(|(part, _)| part.is_none()) {
        if vocabulary.rows.total(key).is_some() {
            *part = Some(CompactString::const_new(if wider { "total_with_meetings" } else { "total" }));
        }
    }
    for ((row, label), part) in rows.iter_mut().zip(labels).zip(parts).filter(|((_, label), _)| !label.is_empty()) {
        let role = match part.as_deref() {
            Some("total") => RowRole::Total,
            Some("vehicles") => RowRole::Subtotal,
            _ => RowRole::Item,
        };
        row.roles[lane as usize] = role;
        // 会议费, 国内接待费 and the like are no parts of their own.
        let code = part.unwrap_or_else(|| CompactString::const_new("other"));
        row.subjects[lane as usize] = Some(subject(code, &label));
    }
    true
}

/// The rows beside a list of parts (numbers of vehicles, 机关运行经费) are named and are no parts.
pub(super) fn name_others(vocabulary: &Vocabulary, columns: &[Column], rows: &mut [Row], lane: u8) {
    for row in rows {
        let label = label(columns, row, lane);
        if !label.is_empty() {
            let part = part(vocabulary, &label_key(&label)).filter(|part| part == "agency_operating");
            row.roles[lane as usize] = RowRole::Item;
            let code = part.unwrap_or_else(|| CompactString::const_new("other"));
            row.subjects[lane as usize] = Some(subject(code, &label));
        }
    }
}

fn subject(code: CompactString, label: &str) -> Subject {
    Subject {
        kind: SubjectKind::ThreePublic,
        code,
        label: CompactString::from(squeeze(without_ordinal(label))),
        level: 0,
        parent: CompactString::default(),
        of_which: false,
    }
}

/// True when the total of a list is more than the three parts by exactly what 会议费 and 培训费 in the list are.
fn adds_meetings(
    columns: &[Column],
    rows: &[Row],
    lane: u8,
    parts: &[Option<CompactString>],
    is_total: impl Fn(usize) -> bool,
) -> bool {
    let amounts = (0..columns.len())
        .filter(|at| columns[*at].lane == lane && matches!(columns[*at].role, ColumnRole::Amount { .. }));
    let sum = |column: usize, wanted: &[&str]| -> Decimal {
        let of = rows.iter().zip(parts).filter(|(_, part)| part.as_deref().is_some_and(|part| wanted.contains(&part)));
        of.filter_map(|(row, _)| amount_of(&row.cells[column])).map(|amount| amount.yuan).sum()
    };
    let total = |column: usize| {
        let row = (0..rows.len()).find(|at| parts[*at].is_none() && is_total(*at))?;
        amount_of(&rows[row].cells[column]).map(|amount| amount.yuan)
    };
    amounts.into_iter().any(|column| {
        let meetings = sum(column, &["meeting", "training"]);
        let three = sum(column, &["abroad", "vehicles", "reception"]);
        !meetings.is_zero() && total(column) == Some(three + meetings)
    })
}

fn has_amount(columns: &[Column], row: &Row, lane: u8) -> bool {
    columns.iter().zip(&row.cells).any(|(column, cell)| column.lane == lane && amount_of(cell).is_some())
}

fn part(vocabulary: &Vocabulary, key: &str) -> Option<CompactString> {
    let meaning = vocabulary.columns.of_head(key, StatementKind::ThreePublic)?;
    Some(meaning.part.clone()).filter(|part| !part.is_empty())
}

fn label(columns: &[Column], row: &Row, lane: u8) -> CompactString {
    let named = columns.iter().zip(&row.cells).find(|(column, cell)| {
        let names = matches!(column.role, ColumnRole::Label | ColumnRole::Unknown | ColumnRole::Text);
        column.lane == lane && names && !cell.text.is_empty()
    });
    named.map(|(_, cell)| cell.text.clone()).unwrap_or_default()
}
