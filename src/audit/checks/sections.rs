//! Sections that the explanation owes: a fund with a table of its own has one when the other fund has.

use super::{Checked, Passage, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::StatementKind;
use crate::vocabulary::text::without_ordinal;

/// The funds with tables of their own, and the words of their headings.
const FUNDS: [(StatementKind, &str); 2] =
    [(StatementKind::Fund, "政府性基金"), (StatementKind::StateCapital, "国有资本经营")];

/// A title is no longer than this.
const LONGEST_TITLE: usize = 40;

/// One entry for each fund whose table is there, where the explanation has a section on at least one of them.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let headings: Vec<_> = index.passages().iter().filter(|one| is_title(one) && one.text.contains("说明")).collect();
    let heading = |words: &str| headings.iter().find(|one| one.text.contains(words));
    let Some(present) = FUNDS.iter().find_map(|(_, words)| heading(words)) else { return checked };
    for (kind, words) in FUNDS {
        let Some(statement) = index.disclosure.statements.iter().find(|statement| statement.kind == kind) else {
            continue;
        };
        let place = present.place(index, &present.text);
        if heading(words).is_some() {
            checked.pass(rule, words, place);
            continue;
        }
        let title = index.title(statement);
        let message = say!(
            index.language,
            "check.sections",
            present: present.text,
            line: place.line,
            title: title,
            table: statement.lines.0,
        );
        let table = crate::model::Place { file: statement.file, line: statement.lines.0, cell: 0 };
        // The missing section would follow the one that is there.
        let after = crate::model::Place { line: place.line + 1, ..place };
        checked.fail(rule, words, finding(rule, vec![after, table], message));
    }
    checked
}

/// A heading, marked or told by its ordinal: 「八、政府性基金预算支出情况说明」.
fn is_title(passage: &Passage) -> bool {
    let text = passage.text.as_str();
    let numbered = without_ordinal(text) != text && text.chars().count() <= LONGEST_TITLE;
    passage.is_heading() || (numbered && !text.contains(['。', '，', ',', '；', '：', ':']))
}
