//! Sentences whose figures may have been tied to the wrong amount.
//!
//! A sentence states a rate and leaves open of which amount. Reading ties it to the amount that stands nearest. When the
//! rate does not follow from that one, but follows to the last digit from another amount nearby, or from another total,
//! the tie was wrong, not the sentence.

use super::evaluate::holds_if_rounded;
use super::formula::Identity;
use super::select::{Scope, evaluate};
use crate::model::{Change, Fact, Share, SubjectKind};

/// So many lines around a sentence its amount may stand.
const NEAR: u32 = 8;

/// True when the identity of a sentence holds for another amount than the one it is tied to.
pub(super) fn holds_elsewhere(identity: &Identity, scope: &Scope) -> bool {
    let facts = scope.index.disclosure.facts.iter().zip(0..);
    match (scope.change, scope.share) {
        (Some(change), _) => {
            let place = change.place;
            let is_near = |fact: &Fact| {
                let at = fact.amount.place;
                fact.statement.is_none() && at.file == place.file && at.line.abs_diff(place.line) <= NEAR
            };
            facts.filter(|(fact, _)| is_near(fact)).any(|(_, number)| {
                let other = Change { fact: Some(number), ..change.clone() };
                holds(identity, &Scope { change: Some(&other), ..*scope })
            })
        }
        (None, Some(share)) => {
            let is_total = |fact: &Fact| match fact.subject.kind {
                SubjectKind::Total => true,
                SubjectKind::ThreePublic => fact.subject.code == "total",
                _ => false,
            };
            facts.filter(|(fact, _)| is_total(fact)).any(|(_, number)| {
                let other = Share { whole: number, ..share.clone() };
                holds(identity, &Scope { share: Some(&other), ..*scope })
            })
        }
        (None, None) => false,
    }
}

fn holds(identity: &Identity, scope: &Scope) -> bool {
    let (left, right) = (evaluate(&identity.left, scope), evaluate(&identity.right, scope));
    !left.undefined && !right.undefined && holds_if_rounded(&left, identity.relation, &right)
}
