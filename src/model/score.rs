//! How much a disclosure discloses: indicators with their evidence, and the points that follow.

use rust_decimal::Decimal;

use super::amount::Place;

/// A group of indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreGroup {
    /// 完整性
    Completeness,
    /// 细化程度
    Detail,
    /// 说明
    Explanation,
    /// 一致性
    Consistency,
    /// 可用性
    Usability,
    /// 及时性
    Timeliness,
}

impl ScoreGroup {
    /// All groups in the order in which readers see them.
    pub const ALL: [ScoreGroup; 6] = [
        ScoreGroup::Completeness,
        ScoreGroup::Detail,
        ScoreGroup::Explanation,
        ScoreGroup::Consistency,
        ScoreGroup::Usability,
        ScoreGroup::Timeliness,
    ];

    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            ScoreGroup::Completeness => "completeness",
            ScoreGroup::Detail => "detail",
            ScoreGroup::Explanation => "explanation",
            ScoreGroup::Consistency => "consistency",
            ScoreGroup::Usability => "usability",
            ScoreGroup::Timeliness => "timeliness",
        }
    }
}

/// How far an indicator is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndicatorState {
    /// In full.
    Done,
    /// In part.
    Partly,
    /// Not at all.
    NotDone,
    /// The document has no occasion for it: its weight is spread over the others.
    NotApplicable,
    /// What it asks for is there and could not be read: never counted against the department.
    Unreadable,
}

impl IndicatorState {
    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            IndicatorState::Done => "done",
            IndicatorState::Partly => "partly",
            IndicatorState::NotDone => "not_done",
            IndicatorState::NotApplicable => "not_applicable",
            IndicatorState::Unreadable => "unreadable",
        }
    }

    /// True when the indicator counts.
    pub fn counts(self) -> bool {
        !matches!(self, IndicatorState::NotApplicable | IndicatorState::Unreadable)
    }
}

/// One indicator of one disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreIndicator {
    /// Its stable code: `C-1`.
    pub code: &'static str,
    /// Its group.
    pub group: ScoreGroup,
    /// What it asks for.
    pub name: &'static str,
    /// The most points that it can bring.
    pub weight: Decimal,
    /// The points that it brings.
    pub points: Decimal,
    /// How far it is met.
    pub state: IndicatorState,
    /// What was counted, for readers.
    pub evidence: String,
    /// Where to look first.
    pub place: Option<Place>,
}

/// The score of a disclosure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Every indicator, group by group.
    pub indicators: Vec<ScoreIndicator>,
}

impl Score {
    /// Points out of a hundred, with one decimal; `None` when nothing could be judged.
    pub fn total(&self) -> Option<Decimal> {
        Self::share(self.indicators.iter())
    }

    /// Points and weight of the indicators of a group that count.
    pub fn of_group(&self, group: ScoreGroup) -> (Decimal, Decimal) {
        let own = self.indicators.iter().filter(|one| one.group == group && one.state.counts());
        own.fold((Decimal::ZERO, Decimal::ZERO), |sums, one| (sums.0 + one.points, sums.1 + one.weight))
    }

    /// What does not count leaves its weight to the others.
    fn share<'s>(indicators: impl Iterator<Item = &'s ScoreIndicator>) -> Option<Decimal> {
        let (mut points, mut weight) = (Decimal::ZERO, Decimal::ZERO);
        for one in indicators.filter(|one| one.state.counts()) {
            points += one.points;
            weight += one.weight;
        }
        let mut total = (points * Decimal::ONE_HUNDRED).checked_div(weight)?.round_dp(1);
        total.rescale(1);
        Some(total)
    }
}
