//! The level of government that a document speaks of: a district does not call itself a county.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

/// One finding for each passage with the word of another level; one entry where the region is known.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let region = &index.disclosure.identity.region;
    let own = region.district.as_deref().or(region.city.as_deref()).and_then(|name| name.chars().last());
    let of_region = region.province.as_deref().is_some_and(|province| province.ends_with("自治区"));
    let wrong: &[&str] = match own {
        Some('区') => &["我县"],
        Some('县') if !of_region => &["我区"],
        Some('市') if region.district.is_none() && !of_region => &["我县"],
        _ => return checked,
    };
    let passages = index.passages();
    for passage in passages {
        let Some(word) = wrong.iter().find(|word| passage.text.contains(**word)) else { continue };
        let place = passage.place(index, word);
        let expected = own.map_or_else(String::new, |own| format!("我{own}"));
        let own = own.map(String::from).unwrap_or_default();
        let message = say!(index.language, "check.level", line: place.line, word: word, own: own);
        checked.fail(
            rule,
            "",
            Finding { expected, printed: (*word).to_owned(), ..finding(rule, vec![place], message) },
        );
    }
    if let Some(first) = passages.first().filter(|_| checked.findings.is_empty()) {
        checked.pass(rule, "", first.place(index, ""));
    }
    checked
}
