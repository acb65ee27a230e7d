//! Sentences whose figures may have been tied to the wrong amount.
//!
//! A sentence states a rate and leaves open of which amount. Reading ties it to the amount that stands nearest. When the
//! rate does not follow from that one, but follows to the last digit from another amount nearby, or from another total,
//! the tie was wrong, not the sentence.

use super::evaluate::holds_if_rounded;
use super::formula::{Identity, Relation};
use super::select::{Scope, evaluate};
use crate::model::{Amount, Change, Fact, Share, SubjectKind};

/// So many lines around a sentence its amount may stand.
const NEAR: u32 = 8;

/// True when the identity of a sentence holds for another amount than the one it is tied to.
pub(super) fn holds_elsewhere(identity: &Identity, scope: &Scope) -> bool {
    // An inequality holds for many amounts by chance.
    if identity.relation != Relation::Equal {
        return false;
    }
    let facts = scope.index.disclosure.facts.iter().zip(0..);
    match (scope.change, scope.share) {
        (Some(change), _) => {
            let place = change.place;
            let is_near = |fact: &Fact| {
                let at = fact.amount.place;
                fact.statement.is_none() && at.file == place.file && at.line.abs_diff(place.line) <= NEAR
            };
            // 「收入总预算……万元，其中……。较上年增加……」 speaks of the total, which the statements print too.
            let is_total = |fact: &Fact| {
                fact.statement.is_some() && fact.subject.kind == SubjectKind::Total && fact.measure.nature == "total"
            };
            facts.filter(|(fact, _)| is_near(fact) || is_total(fact)).any(|(_, number)| {
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

/// True when a stated amount does not stand in one line as one number: a page break put two numbers together. `lines` are
/// those from [`first_line`] on.
pub(super) fn is_joined<'t>(amount: &Amount, lines: impl Iterator<Item = &'t str>) -> bool {
    let digits = |text: &str| {
        let is_kept = |glyph: &char| !glyph.is_whitespace() && !matches!(glyph, ',' | '-');
        text.chars().filter(is_kept).collect::<String>()
    };
    let wanted = digits(&amount.printed);
    !lines.take(2 * NEAR as usize).any(|line| digits(line).contains(&wanted))
}

/// The first line in which a stated amount may stand: its sentence may begin some lines above.
pub(super) fn first_line(amount: &Amount) -> u32 {
    amount.place.line.saturating_sub(NEAR).max(1)
}
