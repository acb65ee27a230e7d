//! Numbers of indicators that one sentence states twice: 「8个二级指标」 and the number of aspects that it names.

use std::sync::LazyLock;

use regex::Regex;

use super::prose::pattern;
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

static STATED: LazyLock<Regex> = LazyLock::new(|| pattern("(\\d+)个(一级|二级|三级)指标"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern("(一级|二级|三级)指标从([^。;]*?)(\\d+)个方面"));

/// One entry for each level of which a passage says both.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for passage in index.passages() {
        for stated in STATED.captures_iter(&passage.text) {
            let same = |named: &regex::Captures| named[1] == stated[2] && !named[2].contains("级指标");
            let Some(named) = NAMED.captures_iter(&passage.text).find(same) else { continue };
            let place = passage.place(index, &stated[0]);
            if stated[1] == named[3] {
                checked.pass(rule, "", place);
                continue;
            }
            let message =
                say!(index.language, "check.indicator_count", line: place.line, stated: &stated[0], named: &named[3]);
            let found = finding(rule, vec![place], message);
            let (expected, printed) = (stated[1].to_owned(), named[3].to_owned());
            checked.fail(rule, "", Finding { expected, printed, ..found });
        }
    }
    checked
}
