//! The contents list against the document: what it announces is there, under the same words.

use std::sync::LazyLock;

use regex::Regex;

use super::prose::pattern;
use super::{Checked, entry, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{BlockKind, Class, Finding, FindingSeverity, Outcome, Place, StatementKind, StatementState};
use crate::vocabulary::text::{key, squeeze, without_ordinal};

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("20\\d\\d年(?:度)?"));
/// Leaders and page numbers at the end of a line of the list.
static PAGE: LazyLock<Regex> = LazyLock::new(|| pattern("[.…·\\-—_]*\\d*$"));

/// Shorter titles, such as names of parts, fit anywhere.
const LEAST: usize = 6;

/// One entry for each statement; a finding for each that is announced and not there, and for each line of the list whose
/// words differ from those of its table or section.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    announced(rule, index, &mut checked);
    wording(rule, index, &mut checked);
    checked
}

fn announced(rule: &Rule, index: &Index, checked: &mut Checked) {
    let statements = &index.disclosure.statements;
    let missing = |state: &StatementState| *state == StatementState::AnnouncedMissing;
    // Without a contents list nothing is announced.
    if !statements.iter().any(|statement| missing(&statement.state)) {
        return;
    }
    // A table that was not recognized may be the one that is missed.
    let unknown = statements.iter().any(|statement| statement.kind == StatementKind::Other && statement.amounts > 0);
    for statement in statements {
        let place = Place { file: statement.file, line: statement.lines.0, cell: 0 };
        let title = index.title(statement);
        if missing(&statement.state) && (unknown || is_printed_again(index, title, place)) {
            checked.entries.push(entry(rule, Outcome::Unreadable, title, place));
        } else if missing(&statement.state) {
            let message = say!(index.language, "check.contents_missing", title: title, line: place.line);
            checked.fail(rule, title, finding(rule, vec![place], message));
        } else {
            checked.pass(rule, title, place);
        }
    }
}

/// True when the words of a title stand in the text again, behind the line that announces it: the table may be there.
fn is_printed_again(index: &Index, title: &str, place: Place) -> bool {
    let Some(source) = index.disclosure.sources.get(usize::from(place.file)) else { return false };
    let wanted = name(title);
    // Titles run over two lines where the page is narrow.
    let rest: String = source.text.lines().skip(place.line as usize + 1).map(key).collect();
    !wanted.is_empty() && rest.contains(&wanted)
}

/// A title as titles are compared: without ordinal, year, marks and page number.
fn name(title: &str) -> String {
    let squeezed = squeeze(without_ordinal(title));
    let bare = YEAR.replace_all(PAGE.replace(&squeezed, "").as_ref(), "").into_owned();
    key(without_ordinal(&bare))
}

/// A line of the contents list, or a title in the document.
struct Title {
    name: String,
    text: String,
    place: Place,
}

fn wording(rule: &Rule, index: &Index, checked: &mut Checked) {
    let own_name = index.disclosure.identity.organization.as_deref().map(key).unwrap_or_default();
    let mut list = listed(index);
    // The department's own name is in many titles and tells none from another.
    for title in list.iter_mut().filter(|_| !own_name.is_empty()) {
        title.name = title.name.replace(&own_name, "");
    }
    list.retain(|title| title.name.chars().count() >= LEAST);
    let Some(last) = list.last().map(|title| title.place.line) else { return };
    let mut titles = titles(index, last);
    titles.retain(|title| title.name.chars().count() >= LEAST);
    // A title that another line of the list names is not the title of this one.
    let free: Vec<&Title> =
        titles.iter().filter(|title| !list.iter().any(|other| title.name.contains(&other.name))).collect();
    for own in &list {
        if titles.iter().any(|title| title.name.contains(&own.name) || own.name.contains(&title.name)) {
            continue;
        }
        let near = free.iter().filter(|title| is_near(&own.name, &title.name));
        let near = near.max_by_key(|title| common(&own.name, &title.name));
        let Some(near) = near else { continue };
        let message = say!(
            index.language,
            "check.contents_differ",
            own: own.text,
            line: own.place.line,
            other: near.text,
            other_line: near.place.line,
        );
        let found = finding(rule, vec![near.place, own.place], message);
        let (expected, printed) = (own.text.clone(), near.text.clone());
        let (severity, class) = (FindingSeverity::Info, Class::Judgement);
        checked.fail(rule, &own.text, Finding { expected, printed, severity, class, ..found });
    }
}

/// The lines of the contents list: behind a line 目录, up to the line that repeats its first one.
fn listed(index: &Index) -> Vec<Title> {
    let mut list: Vec<Title> = Vec::new();
    let Some(source) = index.disclosure.sources.first() else { return list };
    let mut lines = (1_u32..).zip(source.text.lines()).skip_while(|(_, line)| {
        let squeezed = squeeze(line);
        squeezed.trim_matches(['#', '*']) != "目录"
    });
    if lines.next().is_none() {
        return list;
    }
    for (number, line) in lines {
        let text = line.trim_matches(|one: char| matches!(one, '#' | '*' | '-') || one.is_whitespace());
        let name = name(text);
        if line.contains('\t')
            || text.chars().count() > 60
            || list.iter().any(|known| known.name == name && !name.is_empty())
        {
            break;
        }
        if !name.is_empty() {
            let text = PAGE.replace(&squeeze(without_ordinal(text)), "").into_owned();
            list.push(Title { name, text, place: Place { file: 0, line: number, cell: 0 } });
        }
    }
    list
}

/// Titles of statements and headings behind the contents list.
fn titles(index: &Index, last: u32) -> Vec<Title> {
    let disclosure = index.disclosure;
    let statements = disclosure.statements.iter().filter(|statement| statement.title_line > last);
    let tables = statements.map(|statement| (statement.title.as_str(), statement.title_line, statement.file));
    let headings = disclosure.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let headings = headings.map(|block| (block.text.as_str(), block.lines.0, block.file));
    let all = tables.chain(headings).filter(|(_, line, _)| *line > last);
    all.map(|(text, line, file)| Title {
        name: name(text),
        text: without_ordinal(text.trim()).to_owned(),
        place: Place { file, line, cell: 0 },
    })
    .filter(|title| !title.name.is_empty())
    .collect()
}

/// True for titles that share nearly all their glyphs in order.
fn is_near(left: &str, right: &str) -> bool {
    let (left_count, right_count) = (left.chars().count(), right.chars().count());
    let (shortest, longest) = (left_count.min(right_count), left_count.max(right_count));
    shortest * 5 >= longest * 4 && common(left, right) * 5 >= longest * 4
}

/// How many glyphs two titles have in common, in order.
pub(super) fn common(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row = vec![0_usize; right.len() + 1];
    for glyph in left.chars() {
        let mut diagonal = 0;
        for (at, other) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if glyph == *other { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{common, is_near, name};

    #[test]
    fn titles_are_compared_by_their_words() {
        assert_eq!(name("（三）2024年一般公共预算支出表........12"), name("一般公共预算支出表"));
        assert_eq!(common("政府性基金预算支出预算表", "政府性基金支出预算表"), 10);
        assert!(is_near("政府性基金预算支出预算表", "政府性基金支出预算表"));
        assert!(!is_near("一般公共预算支出表", "政府性基金支出预算表"));
    }
}
