//! Comparisons of two documents, each with a figure that agrees and one that does not.

use super::over_time;
use crate::audit::testing::{amount_at, disclosure};
use crate::audit::{Rules, audit, extend};
use crate::config::AuditConfig;
use crate::model::{BudgetUnit, Change, Comparison, Disclosure, Kind, Outcome, Place};

const BUDGET: &str = "
    # general_expenditure total@general_public basic@general_public
    total total: 30.00 20.00
    function 2010301: 20.00 15.00
    function 2010302: 10.00 5.00
    # expenditure total@all
    function 2010301: 20.00
    # three_public total@all
    three_public total: 5.00
    three_public reception: 2.00";

const FINAL: &str = "
    # text total@general_public!budget
    function 2010301: 20.00
    function 2010302: 11.00
    # three_public total@all!budget total@all!final
    three_public total: 5.00 4.00
    three_public reception: 3.00 1.00
    # expenditure total@all!final
    function 2010301: 27.00";

/// The year of a disclosure and of its amounts.
fn of_year(mut disclosure: Disclosure, year: u16) -> Disclosure {
    disclosure.identity.year = Some(year);
    disclosure.facts.iter_mut().for_each(|fact| fact.measure.year = year);
    disclosure
}

/// Rule, outcome and subject of what the first of two disclosures gains.
fn gains(own: &Disclosure, other: &Disclosure) -> Vec<String> {
    let gained = over_time(Rules::builtin(), &[own, other]).swap_remove(0);
    let entries = gained.entries.iter();
    entries.map(|entry| format!("{} {:?} {}", entry.rule, entry.outcome, entry.subject).trim().to_owned()).collect()
}

#[test]
fn a_final_account_is_held_against_the_budget_of_its_year() {
    let budget = of_year(disclosure(Kind::Budget, BUDGET), 2024);
    let mut account = of_year(disclosure(Kind::Final, FINAL), 2024);
    for fact in account.facts.iter_mut().filter(|fact| fact.statement.is_none()) {
        fact.measure.phase = crate::model::Phase::InitialBudget;
    }
    assert_eq!(
        gains(&account, &budget),
        ["Y-1 Pass 2010301", "Y-1 Fail 2010302", "Y-2 Pass “三公”经费合计", "Y-2 Fail 公务接待费", "Y-8 Fail",]
    );
    // A budget gains nothing from its own year's account.
    assert_eq!(gains(&budget, &account), [""; 0]);
    assert_eq!(gains(&account, &of_year(budget, 2023)), [""; 0]);
}

#[test]
fn a_stated_change_is_held_against_last_year() {
    let text = |total: &str| format!("\n# text total@general_public\ntotal total: {total}");
    let before = of_year(disclosure(Kind::Budget, &text("25.00")), 2023);
    let mut now = of_year(disclosure(Kind::Budget, &text("30.00")), 2024);
    let mut state = |difference: &str| {
        now.changes = vec![Change {
            subject: "一般公共预算支出".to_owned(),
            fact: Some(0),
            comparison: Comparison::PriorYear,
            base_year: Some(2023),
            difference: Some(amount_at(difference, Place { file: 0, line: 9, cell: 0 })),
            rate: None,
            reason: None,
            place: Place { file: 0, line: 9, cell: 0 },
        }];
        now.sources[0].text = format!("{}增加{difference}万元", "\n".repeat(8)).into();
        gains(&now, &before)
    };
    assert_eq!(state("5.00"), ["Y-4 Pass 一般公共预算支出"]);
    assert_eq!(state("6.00"), ["Y-4 Fail 一般公共预算支出"]);
}

#[test]
fn what_is_gained_stands_in_the_ledger_in_the_order_of_the_rules() {
    let unit =
        |name: &str| BudgetUnit { code: "102001".into(), name: name.into(), total: None, place: Place::default() };
    let mut before = of_year(disclosure(Kind::Budget, BUDGET), 2023);
    let mut now = of_year(disclosure(Kind::Budget, BUDGET), 2024);
    (before.units, now.units) = (vec![unit("某局机关")], vec![unit("某局（本级）")]);
    let config = AuditConfig::default();
    let mut ledger = audit(Rules::builtin(), &config, &now);
    let without = ledger.counts;
    let gained = over_time(Rules::builtin(), &[&now, &before]).swap_remove(0);
    extend(Rules::builtin(), &config, &now, &mut ledger, gained);
    let of_rule: Vec<Outcome> =
        ledger.entries.iter().filter(|entry| entry.rule == "Y-7").map(|entry| entry.outcome).collect();
    assert_eq!(of_rule, [Outcome::Fail]);
    assert_eq!((ledger.counts.fail, ledger.counts.not_applicable), (without.fail + 1, without.not_applicable - 1));
    let found = ledger.findings.iter().find(|finding| finding.rule == "Y-7").expect("a finding");
    assert_eq!((found.expected.as_str(), found.printed.as_str()), ("某局机关", "某局（本级）"));
    assert!(!found.id.is_empty());
}
