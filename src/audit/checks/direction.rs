//! Words about budget and final account of one paragraph: 无差异, 小于, 大于 fit its two figures.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::pattern;
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Amount, Finding, Phase};

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "决算数?(?:与(?:全年|年初|调整)?预算数?(?:相比)?(?P<same>无差异|不存在差异|没有差异|一致|持平|相同|相等)|(?P<equal>等于)(?:全年|年初|调整)?预算|(?P<less>小于|低于|少于)(?:全年|年初|调整)?预算|(?P<more>大于|高于|超过|超出|多于)(?:全年|年初|调整)?预算)",
    )
});

/// One entry for each paragraph that states one subject's budget and final account and says how they compare.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for passage in index.passages() {
        let said: Vec<_> = SAID.captures_iter(&passage.text).collect();
        let ([captures], Some((budget, spent))) = (said.as_slice(), only_pair(index, passage.block(index))) else {
            continue;
        };
        let place = passage.place(index, &captures[0]);
        let difference = spent.yuan - budget.yuan;
        let holds = if captures.name("less").is_some() {
            difference < Decimal::ZERO
        } else if captures.name("more").is_some() {
            difference > Decimal::ZERO
        } else {
            difference.is_zero()
        };
        if holds {
            checked.pass(rule, "", place);
            continue;
        }
        let expected = match difference {
            difference if difference.is_zero() => "check.direction_equal",
            difference if difference.is_sign_negative() => "check.direction_less",
            _ => "check.direction_more",
        };
        let printed = |amount: &Amount| format!("{}{}", amount.printed, amount.unit.label());
        let message = say!(
            index.language,
            "check.direction",
            line: place.line,
            said: &captures[0],
            budget: printed(budget),
            budget_line: budget.place.line,
            spent: printed(spent),
            spent_line: spent.place.line,
        );
        let found = finding(rule, vec![place, spent.place, budget.place], message);
        let difference = wording::amount(difference.abs(), spent.unit, spent.quantum / Decimal::TWO);
        let (expected, printed) = (index.language.get(expected).to_owned(), captures[0].to_owned());
        checked.fail(rule, "", Finding { expected, printed, difference, ..found });
    }
    checked
}

/// The budget and the final account of the only subject of which a block states both.
fn only_pair<'d>(index: &Index<'d>, block: &crate::model::Block) -> Option<(&'d Amount, &'d Amount)> {
    let mut subjects: BTreeMap<_, (Option<&Amount>, Option<&Amount>)> = BTreeMap::new();
    for mention in &block.mentions {
        let fact = index.fact(mention.fact);
        let both = subjects.entry((&fact.subject, &fact.measure.nature, &fact.measure.fund)).or_default();
        let side = if fact.measure.phase == Phase::Final { &mut both.1 } else { &mut both.0 };
        side.get_or_insert(&fact.amount);
    }
    let mut pairs = subjects.into_values().filter_map(|(budget, spent)| Some((budget?, spent?)));
    pairs.next().filter(|_| pairs.next().is_none())
}
