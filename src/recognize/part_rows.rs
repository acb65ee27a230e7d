//! Tables of the three public expenses whose rows are the parts: one list from 合计 to 公务接待费, with years, phases or
//! funds as columns.

use compact_str::CompactString;

use crate::model::{Column, ColumnRole, Row, RowRole, StatementKind, Subject, SubjectKind};
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
    // 合计 is the sum of the three, unless another row says 三公经费 and this one adds 会议费 and the like.
    let said = parts.iter().any(|part| part.as_deref() == Some("total"));
    for (part, key) in parts.iter_mut().zip(&keys).filter(|(part, _)| part.is_none()) {
        if vocabulary.rows.total(key).is_some() {
            *part = Some(CompactString::const_new(if said { "total_with_meetings" } else { "total" }));
        }
    }
    for ((row, label), part) in rows.iter_mut().zip(labels).zip(parts).filter(|((_, label), _)| !label.is_empty()) {
        let role = match part.as_deref() {
            Some("total") => RowRole::Total,
            Some("vehicles") => RowRole::Subtotal,
            _ => RowRole::Item,
        };
        row.roles[lane as usize] = role;
        row.subjects[lane as usize] = Some(Subject {
            kind: SubjectKind::ThreePublic,
            // 会议费, 国内接待费 and the like are no parts of their own.
            code: part.unwrap_or_else(|| CompactString::const_new("other")),
            label: CompactString::from(squeeze(without_ordinal(&label))),
            level: 0,
            parent: CompactString::default(),
            of_which: false,
        });
    }
    true
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
