//! Against what an amount is compared, and whether it speaks of the budget.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::Comparison;

/// What stands before 与2023年相比 and the like.
pub(super) fn without_comparison(clause: &str) -> &str {
    static BASE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:数)?(?:与|比|较|同)(?:20\\d\\d年|上年|去年).*$")
            .unwrap_or_else(|error| panic!("a fixed pattern is damaged: {error}"))
    });
    let end = BASE.find(clause).map_or(clause.len(), |found| found.start());
    clause[..end].trim_end_matches([',', '，', '。'])
}

pub(super) fn comparison(context: &str) -> Comparison {
    if context.contains("执行数") {
        Comparison::PriorYearExecution
    } else if context.contains("年初预算") && !context.contains("上年") && base_year(context).is_none() {
        Comparison::InitialBudget
    } else {
        Comparison::PriorYear
    }
}

/// The year behind 与, 比, 较.
pub(super) fn base_year(context: &str) -> Option<u16> {
    ["与", "比", "较", "同"].iter().find_map(|word| {
        let at = context.rfind(word)? + word.len();
        context.get(at..at + 4)?.parse().ok().filter(|year| (2000..2100).contains(year))
    })
}

/// 「支出预算为」 in a final account speaks of the budget.
pub(super) fn ends_as_budget(clause: &str) -> bool {
    let clause = clause.trim_end_matches(['为', '是', ':', '共', '约']);
    ["预算", "预算数", "预算安排", "预算金额", "预算总额"].iter().any(|word| clause.ends_with(word))
}
