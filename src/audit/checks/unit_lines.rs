//! The unit of each table of money: a line that states it.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::model::{Place, StatementKind, StatementState};

/// One entry for each statement with amounts, one finding for all that do not state their unit.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let mut missing: Vec<(Place, &str)> = Vec::new();
    for statement in &index.disclosure.statements {
        let of_money = !matches!(statement.kind, StatementKind::Other | StatementKind::DepartmentPerformance);
        if statement.state != StatementState::Read || statement.amounts == 0 || !of_money {
            continue;
        }
        let title = if statement.title.is_empty() { statement.kind.label() } else { statement.title.as_str() };
        let place = Place { file: statement.file, line: statement.lines.0, cell: 0 };
        match statement.unit.line {
            Some(line) => checked.pass(rule, title, Place { line, ..place }),
            None => {
                checked.entries.push(super::entry(rule, crate::model::Outcome::Fail, title, place));
                missing.push((place, title));
            }
        }
    }
    if !missing.is_empty() {
        let titles: Vec<String> =
            missing.iter().take(3).map(|(place, title)| format!("《{title}》（第{}行）", place.line)).collect();
        let more = if missing.len() > titles.len() { format!("等{}张表", missing.len()) } else { String::new() };
        let message = format!("{}{more}没有写明金额单位，按文件的其他表格和文字推定。", titles.join("、"));
        checked.findings.push(finding(rule, missing.iter().map(|(place, _)| *place).collect(), message));
    }
    checked
}
