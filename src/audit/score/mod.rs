//! The disclosure score: how much of what a disclosure should hold it does hold, each indicator with its evidence.
//!
//! Goes in: a disclosure and its ledger; comes out: a [`Score`]. The indicators and their weights are data: `score.toml`.
//! It counts what is there and says where; it is no verdict on the department.

mod measures;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::rule::Rules;
use crate::language::Language;
use crate::model::{
    Disclosure, DisclosureLedger, IndicatorState, Place, Score, ScoreGroup, ScoreIndicator, StatementKind,
};

use measures::{Case, Measure, Texts};

/// An indicator as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indicator {
    code: String,
    group: ScoreGroup,
    weight: u8,
    measure: Measure,
    /// Words that the text should have; `|` between words of one meaning.
    #[serde(default)]
    words: Vec<String>,
    /// Rules whose entries are counted.
    #[serde(default)]
    rules: Vec<String>,
    /// Statements that a budget should have.
    #[serde(default)]
    budget: Vec<String>,
    /// Statements that a final account should have.
    #[serde(default, rename = "final")]
    account: Vec<String>,
    /// True when it asks for something that only final accounts can have.
    #[serde(default)]
    final_only: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    indicator: Vec<Indicator>,
}

/// What a measure counted.
struct Measured {
    state: Option<IndicatorState>,
    /// How many of how many.
    met: Decimal,
    asked: Decimal,
    evidence: String,
    place: Option<Place>,
}

impl Measured {
    /// So many of so many, with what was counted.
    fn share(met: impl Into<Decimal>, asked: impl Into<Decimal>, evidence: String, place: Option<Place>) -> Self {
        Measured { state: None, met: met.into(), asked: asked.into(), evidence, place }
    }

    /// There is no occasion, and why.
    fn not_applicable(evidence: impl Into<String>) -> Self {
        let state = Some(IndicatorState::NotApplicable);
        Measured { state, met: Decimal::ZERO, asked: Decimal::ZERO, evidence: evidence.into(), place: None }
    }

    /// It could not be read, and why.
    fn unreadable(evidence: impl Into<String>) -> Self {
        Measured { state: Some(IndicatorState::Unreadable), ..Self::not_applicable(evidence) }
    }
}

fn indicators() -> &'static [Indicator] {
    static INDICATORS: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
        let file: File = toml::from_str(include_str!("score.toml")).expect("score.toml is well-formed");
        file.indicator
    });
    &INDICATORS
}

/// The score of a disclosure that was checked against `rules`, in their language.
pub(super) fn score(rules: &Rules, disclosure: &Disclosure, ledger: &DisclosureLedger) -> Score {
    let texts = LazyCell::new(|| Texts::of(disclosure));
    let language = rules.language();
    let case = Case { disclosure, ledger, rules, language };
    let judge =
        |indicator: &'static Indicator| judged(language, indicator, indicator.measure.count(indicator, case, &texts));
    Score { indicators: indicators().iter().map(judge).collect() }
}

fn judged(language: &'static Language, indicator: &'static Indicator, measured: Measured) -> ScoreIndicator {
    let weight = Decimal::from(indicator.weight);
    let share = measured.met.checked_div(measured.asked).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
    let state = measured.state.unwrap_or(match share {
        share if share == Decimal::ONE => IndicatorState::Done,
        share if share.is_zero() => IndicatorState::NotDone,
        _ => IndicatorState::Partly,
    });
    let mut points = if state.counts() { (weight * share).round_dp(1) } else { Decimal::ZERO };
    points.rescale(1);
    ScoreIndicator {
        code: &indicator.code,
        group: indicator.group,
        name: language.label("indicator", &indicator.code),
        weight,
        points,
        state,
        evidence: measured.evidence,
        place: measured.place,
    }
}

/// The statements that a list of words names.
fn kinds(words: &[String]) -> Vec<StatementKind> {
    words.iter().filter_map(|word| StatementKind::from_word(word)).collect()
}
