//! Whether the figures agree with each other.

use super::Case;
use crate::audit::score::{Indicator, Measured};
use crate::language::say;
use crate::model::{Class, FindingSeverity, Outcome};

/// Passed ÷ performed, errors counting three times; what extraction broke counts for nobody.
pub(super) fn identities(case: Case<'_>) -> Measured {
    let ledger = case.ledger;
    let (mut met, mut asked, mut failed) = (0_u64, 0_u64, 0_u64);
    for entry in &ledger.entries {
        let Some(rule) = case.rules.get(&entry.rule).filter(|rule| rule.class == Class::Source) else { continue };
        let weight = match rule.severity {
            FindingSeverity::Error => 3,
            FindingSeverity::Warning => 1,
            FindingSeverity::Info => continue,
        };
        match entry.outcome {
            Outcome::Pass | Outcome::Rounding => (met, asked) = (met + weight, asked + weight),
            Outcome::Fail => asked += weight,
            Outcome::NotApplicable | Outcome::Unreadable => {}
        }
    }
    let mut place = None;
    for finding in
        ledger.findings.iter().filter(|one| one.class == Class::Source && one.severity != FindingSeverity::Info)
    {
        failed += 1;
        place = place.or(finding.places.first().copied());
    }
    if asked == 0 {
        return Measured::unreadable(case.language.get("evidence.no_identities"));
    }
    let counts = ledger.counts;
    let evidence = say!(
        case.language,
        "evidence.identities",
        pass: counts.pass,
        rounding: counts.rounding,
        fail: counts.fail,
        failed: failed,
    );
    Measured::share(met, asked, evidence, place)
}

/// How much of what some rules ask for holds.
pub(super) fn of_rules(indicator: &Indicator, case: Case<'_>) -> Measured {
    let own = case.ledger.entries.iter().filter(|entry| indicator.rules.iter().any(|rule| *rule == *entry.rule));
    let (mut passed, mut failed, mut unreadable) = (0_u64, 0_u64, 0_u64);
    let mut place = None;
    for entry in own {
        match entry.outcome {
            Outcome::Pass | Outcome::Rounding => passed += 1,
            Outcome::Fail => {
                failed += 1;
                place = place.or(entry.left.places.first().copied());
            }
            Outcome::Unreadable => unreadable += 1,
            Outcome::NotApplicable => {}
        }
    }
    match (passed + failed, unreadable) {
        (0, 0) => Measured::not_applicable(case.language.get("evidence.nothing_to_check")),
        (0, _) => Measured::unreadable(case.language.get("evidence.not_read")),
        (all, _) => {
            Measured::share(passed, all, say!(case.language, "evidence.rules", all: all, passed: passed), place)
        }
    }
}
