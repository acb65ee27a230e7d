//! Items of the procurement table.

use compact_str::CompactString;

use crate::model::{ColumnRole, Disclosure, Place, ProcurementItem, Row, RowRole, Statement, StatementKind};
use crate::recognize::statement::amounts::amount_of;
use crate::vocabulary::ProcurementColumns;
use crate::vocabulary::text::{key, squeeze};

/// Collects the items: rows of the table that are no totals.
pub(super) fn collect(words: &ProcurementColumns, disclosure: &Disclosure) -> Vec<ProcurementItem> {
    disclosure
        .of_kind(StatementKind::Procurement)
        .flat_map(|(_, statement)| {
            let items = statement.rows.iter().filter(|row| row.roles.first() == Some(&RowRole::Item));
            items.map(move |row| item(words, statement, row))
        })
        .collect()
}

fn item(words: &ProcurementColumns, statement: &Statement, row: &Row) -> ProcurementItem {
    let text = |known: &[String]| {
        let column = statement
            .columns
            .iter()
            .position(|column| column.path.last().is_some_and(|head| known.contains(&key(head))));
        column.map(|column| CompactString::from(squeeze(&row.cells[column].text))).unwrap_or_default()
    };
    let subject = row.subjects.iter().flatten().next();
    let amount =
        statement.columns.iter().zip(&row.cells).find_map(|(column, cell)| {
            matches!(column.role, ColumnRole::Amount { .. }).then(|| amount_of(cell)).flatten()
        });
    let measure = text(&words.measure);
    let number = text(&words.quantity);
    let name = text(&words.item);
    ProcurementItem {
        function: subject
            .map(|subject| subject.code.clone())
            .filter(|code| code.starts_with('2') && code.len() == 7)
            .unwrap_or_default(),
        unit: text(&words.unit),
        name: if name.is_empty() { subject.map(|subject| subject.label.clone()).unwrap_or_default() } else { name },
        catalogue: text(&words.catalogue),
        specification: text(&words.specification),
        quantity: compact_str::format_compact!("{number}{measure}"),
        amount: amount.cloned(),
        place: Place { file: statement.file, line: row.line, cell: 0 },
    }
}
