//! Evaluation of performance: what one sentence denies, another does not report.

use std::sync::LazyLock;

use regex::Regex;

use super::prose::pattern;
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;

/// 「实际开展绩效自评20个项目」
static REPORTED: LazyLock<Regex> =
    LazyLock::new(|| pattern("开展(?:了)?(?:部门)?(?:重点)?(?:绩效自评|绩效评价)(?:的)?([1-9]\\d*)个项目"));

/// One entry for each denial.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let passages = index.passages();
    let reported = passages.iter().find_map(|passage| {
        let found = REPORTED.find(&passage.text)?;
        Some((passage.place(index, found.as_str()), found.as_str().to_owned()))
    });
    for passage in passages {
        if !rule.phrases.may_stand_in(&passage.text) {
            continue;
        }
        let Some(denial) = rule.phrases.iter().find(|phrase| passage.text.contains(phrase.as_str())) else { continue };
        let place = passage.place(index, denial);
        let Some((other, words)) = &reported else {
            checked.pass(rule, "", place);
            continue;
        };
        let message = say!(
            index.language,
            "check.contradiction",
            line: place.line,
            denial: denial,
            other_line: other.line,
            words: words,
        );
        checked.fail(rule, "", finding(rule, vec![place, *other], message));
    }
    checked
}
