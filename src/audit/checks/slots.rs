//! Lines of the two summary statements: the same ordinal names the same class in both.

use std::collections::BTreeMap;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Place, StatementKind, SubjectKind};
use crate::vocabulary::text::{chinese_ordinal, without_ordinal};

/// A line of expenditure by class.
struct Line {
    class: String,
    label: String,
    place: Place,
}

/// The lines by their ordinals.
type Lines = BTreeMap<u32, Line>;

/// One entry for each ordinal that both statements print.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let (summary, appropriation) =
        (lines(index, StatementKind::RevenueExpenditure), lines(index, StatementKind::Appropriation));
    let both = || appropriation.iter().filter_map(|(ordinal, own)| Some((ordinal, own, summary.get(ordinal)?)));
    // Templates that count only the printed classes number each statement for itself.
    let agree = both().filter(|(_, own, other)| own.class == other.class).count();
    if agree * 4 < both().count() * 3 {
        return checked;
    }
    for (ordinal, own, other) in both() {
        if own.class == other.class {
            checked.pass(rule, &own.label, own.place);
            continue;
        }
        let message = say!(
            index.language,
            "check.slots",
            ordinal: ordinal,
            own: own.label,
            line: own.place.line,
            other: other.label,
            other_line: other.place.line,
        );
        let found = finding(rule, vec![own.place, other.place], message);
        let (expected, printed) = (other.label.clone(), own.label.clone());
        checked.fail(rule, &own.label, Finding { expected, printed, ..found });
    }
    checked
}

fn lines(index: &Index, kind: StatementKind) -> Lines {
    let mut lines = Lines::new();
    for number in index.of_kind(Some(kind)) {
        let Some(statement) = index.printings[*number].statement.map(|number| &index.disclosure.statements[number])
        else {
            continue;
        };
        let is_income = |lane: usize| {
            let subjects = statement.rows.iter().filter_map(|row| row.subjects.get(lane)?.as_ref());
            subjects.into_iter().any(|subject| subject.kind == SubjectKind::IncomeItem)
        };
        let lanes: Vec<bool> = statement.columns.iter().map(|column| is_income(usize::from(column.lane))).collect();
        let cells = statement.rows.iter().flat_map(|row| row.cells.iter().zip(&lanes));
        for (cell, _) in cells.filter(|(_, income)| !**income) {
            // Most cells hold amounts, or nothing.
            if !cell.text.contains(|glyph| "一二三四五六七八九十".contains(glyph)) {
                continue;
            }
            let class = index.names.function_class(&cell.text);
            let (Some(class), Some(ordinal)) = (class, chinese_ordinal(&cell.text)) else { continue };
            let place = Place { file: statement.file, line: cell.line, cell: cell.printed_cell };
            let line = Line { class: class.to_owned(), label: without_ordinal(&cell.text).trim().to_owned(), place };
            lines.entry(ordinal).or_insert(line);
        }
    }
    lines
}
