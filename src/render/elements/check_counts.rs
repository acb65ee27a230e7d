//! Counts of checks as every page shows them: sign, number and word, so that no colour is needed.

use serde::Serialize;

use crate::model::LedgerCounts;
use crate::render::wording::number;
use crate::render::wording::words::Words;

/// How the identities of a disclosure, or of many, ended.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct CheckCounts {
    /// The outcomes that occur, each with its class, sign, count and word. 不适用 is left out: nothing was checked.
    pub outcomes: Vec<OutcomeCount>,
    /// True when nothing was checked.
    pub none: bool,
}

/// One outcome.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct OutcomeCount {
    /// `pass`, `rounding`, `fail` or `unread`
    pub class: &'static str,
    /// ✓ ≈ ✗ ?
    pub sign: &'static str,
    /// How many.
    pub count: String,
    /// The word.
    pub word: String,
}

impl CheckCounts {
    /// The counts of a ledger.
    pub fn new(words: &Words, counts: LedgerCounts) -> Self {
        let all = [
            ("pass", "✓", counts.pass),
            ("rounding", "≈", counts.rounding),
            ("fail", "✗", counts.fail),
            ("unread", "?", counts.unreadable),
        ];
        let outcomes: Vec<OutcomeCount> = all
            .into_iter()
            .filter(|(_, _, count)| *count > 0)
            .map(|(class, sign, count)| OutcomeCount {
                class,
                sign,
                count: number::count(count),
                word: words.get(&format!("outcome.{class}")).to_owned(),
            })
            .collect();
        CheckCounts { none: outcomes.is_empty(), outcomes }
    }

    /// 「154 ✓ 2 ≈ 1 ✗」 for a table.
    pub fn text(&self) -> String {
        let text = |outcome: &OutcomeCount| format!("{} {}", outcome.count, outcome.sign);
        self.outcomes.iter().map(text).collect::<Vec<_>>().join("　")
    }
}
