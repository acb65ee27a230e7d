//! The number of vehicles: the same wherever the document states it.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

/// One entry when the number is stated more than once.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let [first, rest @ ..] = index.disclosure.vehicles.as_slice() else { return checked };
    for other in rest {
        if other.count == first.count {
            checked.pass(rule, "", other.place);
            continue;
        }
        let message = say!(
            index.language,
            "check.vehicles",
            line: first.place.line,
            first: first.count,
            other_line: other.place.line,
            other: other.count,
            difference: first.count.abs_diff(other.count),
        );
        let found = finding(rule, vec![other.place, first.place], message);
        let (expected, printed) = (first.count.to_string(), other.count.to_string());
        let difference = first.count.abs_diff(other.count).to_string();
        checked.fail(rule, "", Finding { expected, printed, difference, ..found });
    }
    checked
}
