//! Projects that the text names: those chosen for evaluation stand in the statement of projects under that name.

use std::sync::LazyLock;

use regex::Regex;

use super::contents::common;
use super::prose::pattern;
use super::{Checked, Passage, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Project};
use crate::vocabulary::text::key;

/// Names, and how many there are: 「选定甲、乙等2个项目作为重点」.
static CHOSEN: LazyLock<Regex> = LazyLock::new(|| pattern("^([^。；]{2,80}?)等?\\d+个项目作为"));

/// Fewer glyphs in common, in order, make no likeness.
const LIKE: usize = 4;

/// One entry for each project that a sentence names behind one of the rule's phrases.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let projects = &index.disclosure.projects;
    if projects.is_empty() {
        return checked;
    }
    for passage in index.passages().iter().filter(|passage| rule.phrases.may_stand_in(&passage.text)) {
        for phrase in rule.phrases.iter() {
            for (at, _) in passage.text.match_indices(phrase.as_str()) {
                let behind = &passage.text[at + phrase.len()..];
                let Some(names) = CHOSEN.captures(behind).and_then(|found| found.get(1)) else { continue };
                for name in names.as_str().split(['、', '，', ',']).filter(|name| !key(name).is_empty()) {
                    judge(rule, index, passage, name, &mut checked);
                }
            }
        }
    }
    checked
}

fn judge(rule: &Rule, index: &Index, passage: &Passage, name: &str, checked: &mut Checked) {
    let projects = &index.disclosure.projects;
    let place = passage.place(index, name);
    let own = key(name);
    let is_same = |project: &&Project| {
        let other = key(&project.name);
        !other.is_empty() && (other.contains(&own) || own.contains(&other))
    };
    if projects.iter().any(|project| is_same(&project)) {
        return checked.pass(rule, name, place);
    }
    let likeness = |project: &Project| common(&own, &key(&project.name));
    let nearest = projects.iter().rev().max_by_key(|project| likeness(project));
    let nearest = nearest.filter(|project| likeness(project) >= LIKE);
    let message = match nearest {
        Some(near) => say!(
            index.language,
            "check.key_projects_near",
            line: place.line,
            name: name,
            near: near.name,
            near_line: near.place.line,
        ),
        None => say!(index.language, "check.key_projects", line: place.line, name: name),
    };
    let places = std::iter::once(place).chain(nearest.map(|project| project.place)).collect();
    let expected = nearest.map_or_else(String::new, |project| project.name.to_string());
    checked.fail(rule, name, Finding { expected, printed: name.to_owned(), ..finding(rule, places, message) });
}
