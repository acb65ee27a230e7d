//! Against what an amount is compared, and whether it speaks of the budget.

use crate::model::Comparison;
use crate::vocabulary::ClauseWords;
use crate::vocabulary::matching::{ends_with, holds};

/// What stands before 与2023年相比 and the like.
pub(super) fn without_comparison<'text>(words: &ClauseWords, clause: &'text str) -> &'text str {
    let begins = |at: &usize| {
        let behind = words.compared.iter().find_map(|word| clause[*at..].strip_prefix(word.as_str()));
        behind.is_some_and(|rest| year(rest).is_some() || words.last_year.iter().any(|word| rest.starts_with(word)))
    };
    let end = clause.char_indices().map(|(at, _)| at).find(begins);
    let before = end.map_or(clause, |at| clause[..at].strip_suffix('数').unwrap_or(&clause[..at]));
    before.trim_end_matches([',', '，', '。'])
}

pub(super) fn comparison(words: &ClauseWords, context: &str) -> Comparison {
    if holds(&words.executed, context) {
        Comparison::PriorYearExecution
    } else if holds(&words.initial_budget, context)
        && !holds(&words.last_year, context)
        && base_year(words, context).is_none()
    {
        Comparison::InitialBudget
    } else {
        Comparison::PriorYear
    }
}

/// The year behind 与, 比, 较.
pub(super) fn base_year(words: &ClauseWords, context: &str) -> Option<u16> {
    words.compared.iter().find_map(|word| {
        let at = context.rfind(word.as_str())? + word.len();
        context.get(at..at + 4)?.parse().ok().filter(|year| (2000..2100).contains(year))
    })
}

/// 「支出预算为」 in a final account speaks of the budget.
pub(super) fn ends_as_budget(words: &ClauseWords, clause: &str) -> bool {
    ends_with(&words.budget_ends, clause.trim_end_matches(['为', '是', ':', '共', '约']))
}

/// A year in figures at the start of a text.
fn year(text: &str) -> Option<&str> {
    let digits =
        text.get(..4).filter(|digits| digits.starts_with("20") && digits.bytes().all(|byte| byte.is_ascii_digit()));
    digits.filter(|_| text[4..].starts_with('年'))
}
