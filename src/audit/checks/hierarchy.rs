//! Functional codes: an item stands under the section whose code it begins with, and its section is printed.

use super::{Checked, entry, finding};
use crate::audit::index::Index;
use crate::audit::printed_row::RowReference;
use crate::audit::printing::Printing;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Outcome, Place, SubjectKind};

/// One entry for each item of the statements that print classes, sections and items.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for printing in &index.printings {
        let rows = functions(printing);
        let prints = |length: usize| rows.iter().any(|row| row.subject.code.len() == length);
        if prints(3) && prints(5) && prints(7) {
            check(rule, index, printing, &rows, &mut checked);
        }
    }
    checked
}

fn functions(printing: &Printing) -> Vec<&RowReference> {
    let is_function = |row: &&RowReference| row.subject.kind == SubjectKind::Function && row.number.is_some();
    printing.rows.iter().filter(is_function).collect()
}

fn check(rule: &Rule, index: &Index, printing: &Printing, rows: &[&RowReference], checked: &mut Checked) {
    let title = printing.kind.map_or("", |kind| index.language.label("statement", kind.word()));
    // The section and the class that were printed last, and the section that was last found missing.
    let (mut above, mut class, mut missing) = ("", "", "");
    for row in rows {
        let code = row.subject.code.as_str();
        match code.len() {
            3 => class = code,
            5 => above = code,
            _ => {}
        }
        let Some(section) = code.get(..5).filter(|_| code.len() == 7) else { continue };
        let place = place(index, printing, row);
        if above == section {
            checked.pass(rule, code, place);
        } else if above.starts_with(class) && !class.is_empty() {
            let expected = format!("{above}{}", &code[5..]);
            let message = say!(
                index.language,
                "check.hierarchy_other",
                title: title,
                code: code,
                label: row.label,
                line: place.line,
                above: above,
            );
            let found = finding(rule, vec![place], message);
            checked.fail(rule, code, Finding { expected, printed: code.to_owned(), ..found });
        } else if missing != section && is_printed(index, printing, section) {
            missing = section;
            checked.entries.push(entry(rule, Outcome::Unreadable, code, place));
        } else if missing != section {
            missing = section;
            let message = say!(
                index.language,
                "check.hierarchy_missing",
                title: title,
                code: code,
                label: row.label,
                line: place.line,
                section: section,
            );
            checked.fail(rule, code, finding(rule, vec![place], message));
        }
    }
}

/// True when a code stands in some row of the table, understood or not.
fn is_printed(index: &Index, printing: &Printing, code: &str) -> bool {
    let statement = printing.statement.map(|statement| &index.disclosure.statements[statement]);
    let mut cells = statement.into_iter().flat_map(|statement| &statement.rows).flat_map(|row| &row.cells);
    cells.any(|cell| cell.text.as_str().trim() == code)
}

fn place(index: &Index, printing: &Printing, row: &RowReference) -> Place {
    let first = row.facts.first().map(|fact| index.fact(*fact).amount.place);
    let table = printing.statement.zip(row.number).map(|(statement, (number, _))| {
        let statement = &index.disclosure.statements[statement];
        Place { file: statement.file, line: statement.rows[number].line, cell: 0 }
    });
    table.or(first).unwrap_or_default()
}
