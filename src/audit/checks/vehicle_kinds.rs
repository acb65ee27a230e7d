//! The number of vehicles of a sentence: the sum of the kinds that it lists.

use std::sync::LazyLock;

use regex::Regex;

use super::prose::{Passage, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern("共有(?:公务用?)?车辆?(\\d+)[辆台][,。]其中[,:]?"));
static KIND: LazyLock<Regex> = LazyLock::new(|| pattern("[^\\d,、。;:]*车[^\\d,、。;:]{0,6}(\\d+)[辆台]"));

/// One entry for each sentence that lists kinds.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let passages = index.passages();
    for (number, passage) in passages.iter().enumerate() {
        let Some(captures) = TOTAL.captures(&passage.text) else { continue };
        let Ok(total) = captures[1].parse::<u32>() else { continue };
        let Some((kinds, sum)) = kinds(&passages[number..], captures.get(0).map_or(0, |all| all.end())) else {
            continue;
        };
        let place = passage.place(index, &format!("{}辆", &captures[1]));
        if sum == total {
            checked.pass(rule, "", place);
            continue;
        }
        let message = say!(
            index.language,
            "check.vehicle_kinds",
            line: place.line,
            total: total,
            kinds: kinds,
            sum: sum,
            difference: sum.abs_diff(total),
        );
        let found = finding(rule, vec![place], message);
        let (expected, printed) = (sum.to_string(), total.to_string());
        checked.fail(rule, "", Finding { expected, printed, difference: sum.abs_diff(total).to_string(), ..found });
    }
    checked
}

/// How many kinds a list has and what they add up to; `None` when no full stop ends it. A list may run on in the next
/// passage where a page ends.
fn kinds(passages: &[Passage], start: usize) -> Option<(usize, u32)> {
    let joined: String = passages.iter().take(3).map(|passage| passage.text.as_str()).collect();
    let list = &joined[start..];
    // Words in brackets explain a kind: 其他用车1辆(其他用车主要是…).
    let mut depth = 0_u32;
    let bare: String = list
        .chars()
        .filter(|glyph| {
            depth += u32::from(*glyph == '(');
            let keep = depth == 0;
            depth = depth.saturating_sub(u32::from(*glyph == ')'));
            keep
        })
        .collect();
    let end = bare.find(['。', ';'])?;
    let counts: Vec<u32> = KIND.captures_iter(&bare[..end]).filter_map(|kind| kind[1].parse().ok()).collect();
    (counts.len() > 1).then(|| (counts.len(), counts.iter().sum()))
}
