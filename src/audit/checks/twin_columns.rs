//! Columns of one meaning: what a table prints twice is the same in every row.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::twins::{Twins, amount_in};
use crate::audit::wording;
use crate::language::say;
use crate::model::{Amount, Finding, Row, Statement};

/// One entry for each row with both amounts of two columns that say the same in most rows.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for printing in &index.printings {
        let Some(statement) = printing.statement.map(|at| &index.disclosure.statements[at]) else { continue };
        for pair in printing.twins.iter().filter(|pair| pair.agree) {
            for row in &statement.rows {
                let amount = |column: usize| amount_in(row, column, &index.disclosure.facts);
                let (Some(first), Some(second)) = (amount(pair.first), amount(pair.second)) else { continue };
                let subject = label(row);
                if first.yuan == second.yuan {
                    checked.pass(rule, &subject, first.place);
                } else {
                    checked.fail(rule, &subject, mismatch(rule, index, statement, *pair, &subject, (first, second)));
                }
            }
        }
    }
    checked
}

fn label(row: &Row) -> String {
    row.subjects.iter().flatten().next().map_or_else(String::new, |subject| subject.label.to_string())
}

fn mismatch(
    rule: &Rule,
    index: &Index,
    statement: &Statement,
    pair: Twins,
    subject: &str,
    (first, second): (&Amount, &Amount),
) -> Finding {
    let head = |column: usize| statement.columns[column].path.last().map_or("", |head| head.as_str());
    let show = |amount: &Amount| wording::amount(amount.yuan, amount.unit, amount.quantum / rust_decimal::Decimal::TWO);
    let said = |amount: &Amount| format!("{}{}", wording::grouped(&show(amount)), amount.unit.label());
    let message = say!(
        index.language,
        "check.twin_columns",
        subject: subject,
        statement: index.language.label("statement", statement.kind.word()),
        first_head: head(pair.first),
        first: said(first),
        second_head: head(pair.second),
        second: said(second),
        line: second.place.line,
    );
    let found = finding(rule, vec![second.place, first.place], message);
    Finding { expected: show(first), printed: second.printed.to_string(), ..found }
}
