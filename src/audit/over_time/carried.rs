//! Single quantities that two documents state: three public expenses, operating expenses, what is carried over.

use super::{Gained, Pair, amount, compare, is_about};
use crate::audit::rule::Rule;
use crate::model::{Phase, StatementKind, SubjectKind, ThreePublicPart};

const BUDGETED: [Phase; 2] = [Phase::InitialBudget, Phase::AdjustedBudget];

/// The budget column of the final account's statement against the budget's own.
pub(super) fn three_public(rule: &Rule, pair: Pair, gained: &mut Gained) {
    for part in ThreePublicPart::ALL {
        let statement = Some(StatementKind::ThreePublic);
        let is_part = |fact: &crate::model::Fact| is_about(fact, statement, SubjectKind::ThreePublic, part.word());
        let (Some(stated), Some(budgeted)) =
            (amount(pair.own, is_part, &BUDGETED), amount(pair.other, is_part, &[Phase::InitialBudget]))
        else {
            continue;
        };
        let subject = pair.language.label("three_public", part.word());
        compare(rule, pair, subject, (stated, "years.budgeted"), (budgeted, "years.three_public_table"), gained);
    }
}

/// 机关运行经费年初预算 in the text of the final account against the budget's statements.
pub(super) fn agency_operating(rule: &Rule, pair: Pair, gained: &mut Gained) {
    let stated = |fact: &crate::model::Fact| is_about(fact, None, SubjectKind::Total, "agency_operating");
    let budgeted = |fact: &crate::model::Fact| {
        is_about(fact, Some(StatementKind::AgencyOperating), SubjectKind::Total, "total") && fact.measure.fund == "all"
    };
    let (Some(own), Some(other)) =
        (amount(pair.own, stated, &BUDGETED), amount(pair.other, budgeted, &[Phase::InitialBudget]))
    else {
        return;
    };
    let subject = pair.language.get("years.agency_operating");
    compare(rule, pair, subject, (own, "years.initial"), (other, "years.agency_table"), gained);
}

/// 上年结转结余 of the budget against 年末结转和结余 of the final account before it.
pub(super) fn carried_in(rule: &Rule, pair: Pair, gained: &mut Gained) {
    let total = |code: &'static str| {
        move |fact: &crate::model::Fact| {
            is_about(fact, Some(StatementKind::RevenueExpenditure), SubjectKind::Total, code)
        }
    };
    let own = amount(pair.own, total("carried_in"), &[Phase::InitialBudget]);
    let other = amount(pair.other, total("carried_out"), &[Phase::Final]);
    let (Some(own), Some(other)) = (own, other) else { return };
    let subject = pair.language.get("years.carried");
    compare(rule, pair, subject, (own, "years.summary"), (other, "years.carried_out"), gained);
}
