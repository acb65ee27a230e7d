//! The natures of expenditure are a closed set: the text lists no other one.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::{number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

static OTHER: LazyLock<Regex> = LazyLock::new(|| pattern("[,;、](其他支出)(\\d+(?:,\\d{3})*(?:\\.\\d+)?)万元"));

/// One entry for each passage that splits the expenditure of the year by nature.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for passage in index.passages() {
        let splits = ["支出合计", "基本支出", "项目支出"].iter().all(|word| passage.text.contains(word));
        if !splits {
            continue;
        }
        let other = OTHER
            .captures(&passage.text)
            .filter(|captures| number(&captures[2]).is_some_and(|sum| sum > Decimal::ZERO));
        let Some(captures) = other else {
            checked.pass(rule, "", passage.place(index, "基本支出"));
            continue;
        };
        let place = passage.place(index, &captures[0][1..]);
        let message = say!(index.language, "check.natures", line: place.line, amount: &captures[2]);
        checked.fail(rule, "", Finding { printed: captures[2].to_owned(), ..finding(rule, vec![place], message) });
    }
    checked
}
