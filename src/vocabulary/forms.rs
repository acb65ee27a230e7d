//! Words of performance targets: forms, indicators, and the columns of words in lists of projects and procurement.

use compact_str::CompactString;
use serde::Deserialize;

use super::matching::{ends_with, holds};
use super::phases::{self, PhaseEntry};
use super::site::{WrongWord, unknown};
use super::text::key;
use crate::model::{IndicatorKind, Phase};

const KINDS: [(&str, IndicatorKind); 4] = [
    ("cost", IndicatorKind::Cost),
    ("output", IndicatorKind::Output),
    ("benefit", IndicatorKind::Benefit),
    ("satisfaction", IndicatorKind::Satisfaction),
];

/// The words of forms and their lists. Texts are compared as [`key`] makes them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormWords {
    names: Vec<String>,
    projects: Vec<String>,
    /// Words before the unit that runs a project, the best first.
    pub units: Vec<String>,
    not_money: Vec<String>,
    indicator_heads: Vec<String>,
    /// Heads of the first column of a list of indicators.
    pub indicator_first: Vec<String>,
    /// Heads of the column of the third level, which is that of the indicators.
    pub indicator_third: Vec<String>,
    /// Heads of the names of indicators, the best first.
    pub indicator_name: Vec<String>,
    /// Heads of their values, the best first.
    pub indicator_target: Vec<String>,
    indicator_ends: Vec<String>,
    sums: Vec<String>,
    wordy_targets: Vec<String>,
    level_ends: Vec<String>,
    lower_levels: Vec<String>,
    all_levels: Vec<String>,
    group: Vec<Group>,
    phase: Vec<PhaseEntry>,
    /// The first that fits counts.
    fund: Vec<FundEntry>,
    /// Columns of words in the list of projects.
    pub project_columns: ProjectColumns,
    /// Columns of words in the list of procurement.
    pub procurement_columns: ProcurementColumns,
}

/// A group of indicators.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    kind: String,
    words: Vec<String>,
    #[serde(default)]
    aspects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FundEntry {
    words: Vec<String>,
    #[serde(default = "total")]
    nature: CompactString,
    #[serde(default = "all")]
    fund: CompactString,
}

/// Heads of the columns of words in a list of projects.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectColumns {
    /// 项目类型
    pub category: Vec<String>,
    /// 项目单位
    pub unit: Vec<String>,
}

/// Heads of the columns of words in a list of procurement.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProcurementColumns {
    /// 采购项目
    pub item: Vec<String>,
    /// 采购单位
    pub unit: Vec<String>,
    /// 采购目录
    pub catalogue: Vec<String>,
    /// 规格
    pub specification: Vec<String>,
    /// 采购数量
    pub quantity: Vec<String>,
    /// 计量单位
    pub measure: Vec<String>,
}

impl FormWords {
    pub(super) fn load(texts: &[String]) -> Self {
        let mut words: FormWords = super::merged("forms.toml", texts);
        let (projects, procurement) = (&mut words.project_columns, &mut words.procurement_columns);
        let lists = [
            &mut words.names,
            &mut words.projects,
            &mut words.units,
            &mut words.not_money,
            &mut words.indicator_heads,
            &mut words.indicator_first,
            &mut words.indicator_third,
            &mut words.indicator_name,
            &mut words.indicator_target,
            &mut words.indicator_ends,
            &mut words.sums,
            &mut words.wordy_targets,
            &mut words.level_ends,
            &mut words.lower_levels,
            &mut words.all_levels,
            &mut projects.category,
            &mut projects.unit,
            &mut procurement.item,
            &mut procurement.unit,
            &mut procurement.catalogue,
            &mut procurement.specification,
            &mut procurement.quantity,
            &mut procurement.measure,
        ];
        let groups = words.group.iter_mut().flat_map(|group| [&mut group.words, &mut group.aspects]);
        let phases = words.phase.iter_mut().map(|entry| &mut entry.words);
        let funds = words.fund.iter_mut().map(|entry| &mut entry.words);
        lists.into_iter().chain(groups).chain(phases).chain(funds).flatten().for_each(|word| *word = key(word));
        words
    }

    /// The first word in a field that does not take it.
    pub(super) fn wrong_word(&self) -> Option<WrongWord> {
        unknown("kind", self.group.iter().map(|group| group.kind.as_str()), &KINDS.map(|(word, _)| word))
            .or_else(|| unknown("phase", self.phase.iter().map(|entry| entry.phase.as_str()), &phases::WORDS))
    }

    /// True for a word before the name of what a form is about.
    pub fn is_name(&self, key: &str) -> bool {
        self.names.iter().any(|word| word == key)
    }

    /// True for a word before the name of a project.
    pub fn is_project(&self, key: &str) -> bool {
        self.projects.iter().any(|word| word == key)
    }

    /// True for a head of numbers that are no money.
    pub fn is_not_money(&self, key: &str) -> bool {
        holds(&self.not_money, key)
    }

    /// True for a head of a list of indicators.
    pub fn is_indicator_head(&self, key: &str) -> bool {
        self.indicator_heads.iter().any(|word| word == key)
    }

    /// True for words that end as names of indicators do: 完成率, 满意度, 覆盖人数, 合规性.
    pub fn ends_as_indicator(&self, squeezed: &str) -> bool {
        ends_with(&self.indicator_ends, squeezed)
    }

    /// True for a sum below indicators.
    pub fn is_sum(&self, key: &str) -> bool {
        self.sums.iter().any(|word| word == key)
    }

    /// True for the word of a value that is words: 定性.
    pub fn is_wordy_target(&self, squeezed: &str) -> bool {
        self.wordy_targets.iter().any(|word| word == squeezed)
    }

    /// The phase that a head inside a form tells.
    pub fn phase(&self, key: &str) -> Option<Phase> {
        phases::from_word(&self.phase.iter().find(|entry| holds(&entry.words, key))?.phase)
    }

    /// The nature and fund of the amount beside a word of a form.
    pub fn fund(&self, key: &str) -> Option<(&CompactString, &CompactString)> {
        self.fund.iter().find(|entry| holds(&entry.words, key)).map(|entry| (&entry.nature, &entry.fund))
    }

    /// The group that one of the heads above indicators names.
    pub fn group(&self, heads: &[String]) -> Option<IndicatorKind> {
        let names = |group: &&Group| heads.iter().any(|head| holds(&group.words, head));
        self.group.iter().find(names).map(Group::kind)
    }

    /// 一级 and 二级 words before an indicator: `Some(Some(group))` when they name its group, `Some(None)` when they are
    /// only of a lower level.
    #[allow(clippy::option_option, reason = "a level without a group differs from no level")]
    pub fn level(&self, key: &str) -> Option<Option<IndicatorKind>> {
        /// Longer words are an indicator's name.
        const LONGEST: usize = 9;
        if self.all_levels.iter().any(|word| word == key) {
            return Some(None);
        }
        let ended = ends_with(&self.level_ends, key) || self.group.iter().any(|group| group.ends_with_aspect(key));
        if !ended || key.chars().count() > LONGEST {
            return None;
        }
        // 经济效益 and 社会成本 are groups as 效益 and 成本 are; the last word counts.
        let named = self.group.iter().filter_map(|group| Some((group.last_in(key)?, group.kind())));
        match named.max_by_key(|(at, _)| *at) {
            Some((_, kind)) => Some(Some(kind)),
            None => holds(&self.lower_levels, key).then_some(None),
        }
    }
}

impl Group {
    fn kind(&self) -> IndicatorKind {
        KINDS.iter().find(|(word, _)| *word == self.kind).map_or(IndicatorKind::Other, |(_, kind)| *kind)
    }

    /// Where the last of its words stands.
    fn last_in(&self, key: &str) -> Option<usize> {
        self.words.iter().filter_map(|word| key.rfind(word.as_str())).max()
    }

    /// True for its word at the end with an aspect before it: 经济效益.
    fn ends_with_aspect(&self, key: &str) -> bool {
        self.words.iter().filter_map(|word| key.strip_suffix(word.as_str())).any(|before| holds(&self.aspects, before))
    }
}

fn total() -> CompactString {
    CompactString::const_new("total")
}

fn all() -> CompactString {
    CompactString::const_new("all")
}
