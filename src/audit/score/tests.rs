//! The score over small disclosures.

use rust_decimal::Decimal;

use super::{indicators, score};
use crate::audit::testing::{CLEAN_BUDGET, disclosure};
use crate::audit::{Rules, audit};
use crate::config::AuditConfig;
use crate::model::{Disclosure, IndicatorState, Kind, Score, ScoreGroup};

fn scored(disclosure: &Disclosure) -> Score {
    score(Rules::builtin(), disclosure, &audit(Rules::builtin(), &AuditConfig::default(), disclosure))
}

fn state(score: &Score, code: &str) -> IndicatorState {
    score.indicators.iter().find(|one| one.code == code).expect("an indicator").state
}

#[test]
fn the_weights_make_a_hundred() {
    let weight =
        |group| indicators().iter().filter(|one| one.group == group).map(|one| u32::from(one.weight)).sum::<u32>();
    assert_eq!(ScoreGroup::ALL.map(weight), [25, 25, 15, 20, 10, 5]);
}

#[test]
fn what_cannot_be_judged_leaves_its_weight_to_the_others() {
    let clean = scored(&disclosure(Kind::Budget, CLEAN_BUDGET));
    assert_eq!(state(&clean, "K-1"), IndicatorState::Done);
    assert_eq!(state(&clean, "T-1"), IndicatorState::NotApplicable);
    assert_eq!(state(&clean, "E-3"), IndicatorState::NotApplicable);
    assert_eq!(state(&clean, "U-3"), IndicatorState::Unreadable);
    let (points, weight) = clean.of_group(ScoreGroup::Timeliness);
    assert_eq!((points, weight), (Decimal::ZERO, Decimal::ZERO));
    let total = clean.total().expect("a score");
    assert!(total > Decimal::ZERO && total < Decimal::ONE_HUNDRED, "{total}");
}

#[test]
fn a_contradiction_and_a_late_publication_cost_points() {
    let mut late = disclosure(Kind::Budget, CLEAN_BUDGET);
    late.identity.approved = Some("2024-02-01".into());
    late.identity.published = Some("2024-02-15".into());
    let in_time = scored(&late);
    late.identity.published = Some("2024-03-15".into());
    late.facts[3].amount.yuan += Decimal::from(50_000);
    let wrong = scored(&late);
    assert_eq!((state(&in_time, "T-1"), state(&wrong, "T-1")), (IndicatorState::Done, IndicatorState::NotDone));
    assert_eq!(state(&wrong, "K-1"), IndicatorState::Partly);
    assert!(wrong.total() < in_time.total());
    let evidence = &wrong.indicators.iter().find(|one| one.code == "K-1").expect("an indicator").evidence;
    assert!(evidence.contains("不一致"), "{evidence}");
}

#[test]
fn an_empty_document_has_no_score_to_speak_of() {
    let nothing = scored(&disclosure(Kind::Final, ""));
    assert_eq!(nothing.indicators.len(), indicators().len());
    assert!(nothing.indicators.iter().all(|one| one.points <= one.weight));
}
