//! Tables without a title, or under one that names nothing: what they are by their rows.

use super::raw::RawTable;
use crate::model::StatementKind;
use crate::vocabulary::text::label_key;
use crate::vocabulary::{RowMeaning, Side, Vocabulary};

/// So many functional classes make a list of expenditure.
const FEWEST_CLASSES: usize = 3;

/// Names the table of income beside expenditure where no title does and the document has no other.
pub(in crate::recognize) fn name_by_rows<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    tables: &mut [RawTable<'vocabulary>],
) {
    let kind = StatementKind::RevenueExpenditure;
    if tables.iter().any(|table| table.rule.is_some_and(|rule| rule.kind == kind)) {
        return;
    }
    let balance = tables.iter_mut().find(|table| table.rule.is_none() && is_balance(vocabulary, table));
    if let Some(table) = balance {
        table.rule = vocabulary.statements.of_kind(kind);
    }
}

/// True for a table that lists functional classes beside income: it has both totals, or both sides as heads.
fn is_balance(vocabulary: &Vocabulary, table: &RawTable<'_>) -> bool {
    let (mut income, mut expenditure, mut classes) = (false, false, 0);
    for cell in table.fragments.iter().flatten().flat_map(|row| &row.cells) {
        let label = label_key(&cell.text);
        let begins = |leads: &[String]| leads.iter().any(|lead| label.starts_with(lead.as_str()));
        let states = |side, total: &str| matches!(vocabulary.rows.of_label(&label, side), Some(RowMeaning::Total(code)) if code == total);
        income |= begins(&vocabulary.tables.income_leads) && states(Side::Income, "income_total");
        // Or the two sides are the heads, and both totals are called 总计.
        income |= vocabulary.tables.income_leads.contains(&label);
        expenditure |= vocabulary.tables.expenditure_leads.contains(&label);
        expenditure |= begins(&vocabulary.tables.expenditure_leads) && states(Side::Expenditure, "expenditure_total");
        classes += usize::from(vocabulary.names.function_class(&cell.text).is_some());
    }
    income && expenditure && classes >= FEWEST_CLASSES
}
