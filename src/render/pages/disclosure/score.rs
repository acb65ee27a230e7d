//! The disclosure score of the page: each indicator with its points, its state and what was counted.

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::{IndicatorState, ScoreGroup, ScoreIndicator};
use crate::render::wording::escape::visible;
use crate::render::wording::links;
use crate::render::wording::words::Words;

/// The score as the template shows it.
#[derive(Debug, Serialize)]
pub(super) struct ScoreView {
    /// Out of a hundred; `None` when nothing could be judged.
    total: Option<String>,
    groups: Vec<GroupView>,
}

#[derive(Debug, Serialize)]
struct GroupView {
    label: String,
    points: String,
    weight: String,
    indicators: Vec<IndicatorView>,
}

#[derive(Debug, Serialize)]
struct IndicatorView {
    name: &'static str,
    points: String,
    weight: String,
    /// The class of the sign: that of the outcome which it is like.
    class: &'static str,
    sign: &'static str,
    state: String,
    evidence: String,
    line: Option<u32>,
    href: Option<String>,
}

/// The score of a disclosure.
pub(super) fn score(words: &Words, published: &PublishedDisclosure) -> ScoreView {
    let score = &published.ledger.score;
    let group = |group: ScoreGroup| {
        let (points, weight) = score.of_group(group);
        let own = score.indicators.iter().filter(|one| one.group == group);
        GroupView {
            label: words.get(&format!("score.{}", group.word())).to_owned(),
            points: points.to_string(),
            weight: weight.to_string(),
            indicators: own.map(|one| indicator(words, published, one)).collect(),
        }
    };
    ScoreView {
        total: score.total().map(|total| total.to_string()),
        groups: ScoreGroup::ALL.into_iter().map(group).filter(|group| !group.indicators.is_empty()).collect(),
    }
}

fn indicator(words: &Words, published: &PublishedDisclosure, one: &ScoreIndicator) -> IndicatorView {
    let (class, sign) = match one.state {
        IndicatorState::Done => ("pass", "✓"),
        IndicatorState::Partly => ("rounding", "◐"),
        IndicatorState::NotDone => ("fail", "✗"),
        IndicatorState::NotApplicable => ("none", "–"),
        IndicatorState::Unreadable => ("unreadable", "?"),
    };
    let place = one.place.filter(|place| place.line > 0);
    IndicatorView {
        name: one.name,
        points: one.points.to_string(),
        weight: one.weight.to_string(),
        class,
        sign,
        state: words.get(&format!("score.{}", one.state.word())).to_owned(),
        evidence: visible(&one.evidence),
        line: place.map(|place| place.line),
        href: place.map(|place| links::source_href(&published.url, published, place)),
    }
}
