//! Where the numbers of the document went: every numeric cell is placed, no money, or listed as unplaced.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::model::{CellContent, Disclosure, DisclosureLedger, Outcome, Statement};
use crate::render::elements::finding_card::{outcome_sign, outcome_words};
use crate::render::elements::statement_table::title;
use crate::render::wording::escape::visible;
use crate::render::wording::places::push_source_link;
use crate::render::wording::words::Words;

/// How the identities ended, in words.
#[derive(Debug, Serialize)]
pub(super) struct Count {
    class: &'static str,
    sign: &'static str,
    label: String,
    count: u32,
}

/// Numeric cells of all statements: `seen` is `placed` and `numbers` and `unplaced` together.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Accounting {
    seen: u32,
    placed: u32,
    /// Codes, line numbers, quantities, indicators.
    numbers: u32,
    unplaced: u32,
    unplaced_list: Vec<Unplaced>,
    /// Numbers of the text that became facts.
    mentions: usize,
    notes: Vec<ReadingNote>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct Unplaced {
    statement: usize,
    title: String,
    text: String,
    line: u32,
    href: String,
}

/// What reading had to say.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct ReadingNote {
    severity: &'static str,
    message: String,
    hint: Option<String>,
    line: Option<u32>,
    href: Option<String>,
}

pub(super) fn ledger_counts(words: &Words, ledger: &DisclosureLedger) -> Vec<Count> {
    let counts = ledger.counts;
    let all = [
        (Outcome::Pass, counts.pass),
        (Outcome::Rounding, counts.rounding),
        (Outcome::Fail, counts.fail),
        (Outcome::NotApplicable, counts.not_applicable),
        (Outcome::Unreadable, counts.unreadable),
    ];
    let count = |(outcome, count)| {
        let (sign, label) = outcome_words(words, outcome);
        Count { class: outcome_sign(outcome).1, sign, label, count }
    };
    all.into_iter().map(count).collect()
}

pub(super) fn accounting(words: &Words, disclosure: &Disclosure) -> Accounting {
    let statements = &disclosure.statements;
    let amounts: u32 = statements.iter().map(|statement| statement.amounts).sum();
    let placed: u32 = statements.iter().map(|statement| statement.placed).sum();
    let numbers = statements.iter().map(count_numbers).sum();
    Accounting {
        seen: amounts + numbers,
        placed,
        numbers,
        unplaced: amounts.saturating_sub(placed),
        unplaced_list: (1..)
            .zip(statements)
            .flat_map(|(number, statement)| unplaced(words, number, statement))
            .collect(),
        mentions: disclosure.blocks.iter().map(|block| block.mentions.len()).sum(),
        notes: notes(words, disclosure),
    }
}

fn count_numbers(statement: &Statement) -> u32 {
    let cells = statement.rows.iter().flat_map(|row| &row.cells);
    cells.filter(|cell| matches!(cell.content, CellContent::Number)).count() as u32
}

fn unplaced(words: &Words, number: usize, statement: &Statement) -> Vec<Unplaced> {
    let cells = statement.rows.iter().flat_map(|row| &row.cells);
    cells
        .filter(|cell| matches!(cell.content, CellContent::Unplaced))
        .map(|cell| Unplaced {
            statement: number,
            title: visible(title(words, statement)),
            text: visible(&cell.text),
            line: cell.line,
            href: source_link(statement.file, cell.line),
        })
        .collect()
}

/// The diagnostics of reading, those without a line first.
fn notes(words: &Words, disclosure: &Disclosure) -> Vec<ReadingNote> {
    let mut notes: Vec<ReadingNote> = Vec::new();
    for diagnostic in &disclosure.diagnostics {
        let span = diagnostic.span.as_ref().filter(|span| span.line > 0);
        let file = span.and_then(|span| {
            let known = disclosure.sources.iter().position(|source| span.file.ends_with(&*source.path));
            known.and_then(|file| u16::try_from(file).ok())
        });
        notes.push(ReadingNote {
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "info",
            },
            message: visible(&words.reading(&diagnostic.message)),
            hint: diagnostic.hint.as_deref().map(|hint| visible(&words.reading(hint))),
            line: span.map(|span| span.line),
            href: file.zip(span).map(|(file, span)| source_link(file, span.line)),
        });
    }
    notes
}

fn source_link(file: u16, line: u32) -> String {
    let mut href = String::new();
    push_source_link(&mut href, file, line);
    href
}

#[cfg(test)]
mod tests {
    use super::accounting;
    use crate::diagnostic::{Diagnostic, Span};
    use crate::render::samples::{disclosure, words};

    #[test]
    fn every_numeric_cell_is_accounted_for() {
        let mut disclosure =
            disclosure("编码 code|项目 label|金额", &["201|甲|1.00", "202|乙|?2.00", "|丙|", "|丁|3.00"]);
        disclosure.diagnostics = vec![
            Diagnostic::warning("x", "未注明单位", Span::file("content/某市/某局-2024-预算.txt")),
            Diagnostic::note("y", "看不清", Span { line: 3, ..Span::file("content/某市/某局-2024-预算.txt") }),
        ];
        let accounting = accounting(&words(), &disclosure);
        assert_eq!((accounting.seen, accounting.placed, accounting.numbers, accounting.unplaced), (5, 2, 2, 1));
        assert_eq!(accounting.unplaced_list.len(), 1);
        assert_eq!(accounting.unplaced_list[0].href, "source/index.html#L3");
        let notes: Vec<_> = accounting.notes.iter().map(|note| (note.line, note.href.as_deref())).collect();
        assert_eq!(notes, [(None, None), (Some(3), Some("source/index.html#L3"))]);
    }
}
