//! The amounts of 部门整体绩效目标表: 部门预算总额, 资金来源, 资金结构, each beside its words.

use compact_str::CompactString;

use super::amounts::{self, Context};
use super::facts::Period;
use super::number::read_number;
use crate::model::{CellContent, Fact, Measure, Row, RowRole, Statement, StatementKind, Subject, SubjectKind};
use crate::vocabulary::text::label_key;

/// Words of the table, and the nature and fund of the amount beside them.
const MEASURES: [(&str, &str, &str); 8] = [
    ("预算总额", "total", "all"),
    ("资金总额", "total", "all"),
    ("政府预算资金", "total", "appropriation"),
    ("财政拨款", "total", "appropriation"),
    ("财政专户管理资金", "total", "special_account"),
    ("单位资金", "total", "unit_funds"),
    ("基本支出", "basic", "all"),
    ("项目支出", "project", "all"),
];

/// Reads the amounts and appends their facts.
pub(super) fn read(statement: &mut Statement, index: u16, period: Period, facts: &mut Vec<Fact>) {
    if statement.kind != StatementKind::DepartmentPerformance {
        return;
    }
    let context = Context { file: statement.file, unit: statement.unit.unit };
    for row in &mut statement.rows {
        let Some((cell, label, nature, fund)) = measured_cell(row) else { continue };
        let Some(number) = read_number(&row.cells[cell].text) else { continue };
        let amount = amounts::amount(context, &row.cells[cell], &number);
        let subject = Subject {
            kind: SubjectKind::Total,
            code: CompactString::const_new("total"),
            label,
            level: 0,
            parent: CompactString::default(),
            of_which: false,
        };
        let measure = Measure { nature: nature.into(), fund: fund.into(), phase: period.phase, year: period.year };
        let fact = facts.len() as u32;
        row.cells[cell].content = CellContent::Amount { amount: Box::new(amount.clone()), fact: Some(fact) };
        row.roles = vec![RowRole::Item; row.roles.len().max(1)];
        facts.push(Fact { statement: Some(statement.kind), statement_index: Some(index), subject, measure, amount });
        statement.amounts += 1;
        statement.placed += 1;
    }
    if statement.placed > 0 && statement.state == crate::model::StatementState::Empty {
        statement.state = crate::model::StatementState::Read;
    }
}

/// The only number of a row with one of the words.
fn measured_cell(row: &Row) -> Option<(usize, CompactString, &'static str, &'static str)> {
    let numbers: Vec<usize> = (0..row.cells.len())
        .filter(|index| read_number(&row.cells[*index].text).is_some_and(|number| number.money_like && !number.percent))
        .collect();
    let [cell] = numbers.as_slice() else { return None };
    let label = row.cells[..*cell].iter().rev().find(|cell| !cell.text.is_empty())?;
    let key = label_key(&label.text);
    let (_, nature, fund) = MEASURES.iter().find(|(word, _, _)| key.contains(word))?;
    Some((*cell, CompactString::from(key), nature, fund))
}
