//! Codes of units: the row of the whole has one code in every statement.

use std::collections::BTreeMap;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::printed_row::RowReference;
use crate::audit::printing::Printing;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Place, StatementKind, SubjectKind};
use crate::vocabulary::text::key;

/// A statement in which one unit holds everything.
struct Whole {
    kind: StatementKind,
    label: String,
    code: String,
    place: Place,
}

/// One entry for each statement with a single row of a unit that holds all its amount, by the name of the unit.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let mut by_name: BTreeMap<String, Vec<Whole>> = BTreeMap::new();
    for whole in index.printings.iter().filter_map(|printing| whole(index, printing)) {
        by_name.entry(key(&whole.label)).or_default().push(whole);
    }
    for wholes in by_name.values() {
        let count = |code: &str| wholes.iter().filter(|other| other.code == code).count();
        // Of as many the one that stands first is taken for the usual one.
        let Some(usual) = wholes.iter().rev().max_by_key(|one| count(&one.code)) else { continue };
        for one in wholes {
            if one.code == usual.code {
                checked.pass(rule, &one.label, one.place);
            } else {
                checked.fail(rule, &one.label, mismatch(rule, index, one, usual));
            }
        }
    }
    checked
}

/// The only unit of a statement, when its row repeats the total.
fn whole(index: &Index, printing: &Printing) -> Option<Whole> {
    let kind = printing.kind?;
    let leading = |row: &RowReference| row.facts.first().map(|fact| &index.fact(*fact).amount);
    let mut units = printing.rows.iter().filter(|row| row.subject.kind == SubjectKind::Unit && !row.facts.is_empty());
    let unit = units.next().filter(|_| units.next().is_none())?;
    let total = printing.rows.iter().find(|row| row.subject.kind == SubjectKind::Total && !row.facts.is_empty())?;
    let code = unit.subject.code.as_str();
    let is_code = code.bytes().all(|byte| byte.is_ascii_digit()) && !unit.label.is_empty() && unit.label != code;
    let amount = leading(unit).filter(|amount| is_code && Some(amount.yuan) == leading(total).map(|all| all.yuan))?;
    Some(Whole { kind, label: unit.label.to_string(), code: code.to_owned(), place: amount.place })
}

fn mismatch(rule: &Rule, index: &Index, one: &Whole, usual: &Whole) -> Finding {
    let statement = |kind: StatementKind| index.language.label("statement", kind.word());
    let message = say!(
        index.language,
        "check.unit_codes",
        label: one.label,
        statement: statement(one.kind),
        own: one.code,
        line: one.place.line,
        other_statement: statement(usual.kind),
        other: usual.code,
        other_line: usual.place.line,
    );
    let found = finding(rule, vec![one.place, usual.place], message);
    Finding { expected: usual.code.clone(), printed: one.code.clone(), ..found }
}
