//! Words of performance targets: forms, indicators, and the columns of words in lists of projects and procurement.

use compact_str::CompactString;
use serde::Deserialize;

use super::phases::{self, PhaseEntry};
use super::site::{WrongWord, unknown};
use super::text::key;
use crate::model::{IndicatorKind, Phase};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    names: Vec<String>,
    projects: Vec<String>,
    units: Vec<String>,
    not_money: Vec<String>,
    indicator_heads: Vec<String>,
    indicator_first: Vec<String>,
    indicator_third: Vec<String>,
    indicator_name: Vec<String>,
    indicator_target: Vec<String>,
    indicator_ends: Vec<String>,
    sums: Vec<String>,
    wordy_targets: Vec<String>,
    level_ends: Vec<String>,
    lower_levels: Vec<String>,
    all_levels: Vec<String>,
    group: Vec<GroupEntry>,
    phase: Vec<PhaseEntry>,
    fund: Vec<FundEntry>,
    project_columns: ProjectColumns,
    procurement_columns: ProcurementColumns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    kind: String,
    words: Vec<String>,
    #[serde(default)]
    aspects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FundEntry {
    words: Vec<String>,
    #[serde(default)]
    nature: CompactString,
    #[serde(default)]
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

const KINDS: [(&str, IndicatorKind); 4] = [
    ("cost", IndicatorKind::Cost),
    ("output", IndicatorKind::Output),
    ("benefit", IndicatorKind::Benefit),
    ("satisfaction", IndicatorKind::Satisfaction),
];

impl File {
    /// The first word in a field that does not take it.
    pub(super) fn wrong_word(&self) -> Option<WrongWord> {
        unknown("kind", self.group.iter().map(|group| group.kind.as_str()), &KINDS.map(|(word, _)| word))
            .or_else(|| unknown("phase", self.phase.iter().map(|entry| entry.phase.as_str()), &phases::WORDS))
    }
}

/// A group of indicators.
#[derive(Debug)]
struct Group {
    kind: IndicatorKind,
    word: String,
    aspects: Vec<String>,
}

/// The words of forms and their lists. Texts are compared as [`key`] makes them.
#[derive(Debug)]
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
    groups: Vec<Group>,
    phases: Vec<(String, Phase)>,
    /// Word, nature and fund; the first that fits counts.
    funds: Vec<(String, CompactString, CompactString)>,
    /// Columns of words in the list of projects.
    pub project_columns: ProjectColumns,
    /// Columns of words in the list of procurement.
    pub procurement_columns: ProcurementColumns,
}

impl FormWords {
    pub(super) fn load(texts: &[String]) -> Self {
        let all: File = super::merged("forms.toml", texts);
        let keys = |words: Vec<String>| words.iter().map(|word| key(word)).collect::<Vec<String>>();
        FormWords {
            names: keys(all.names),
            projects: keys(all.projects),
            units: keys(all.units),
            not_money: keys(all.not_money),
            indicator_heads: keys(all.indicator_heads),
            indicator_first: keys(all.indicator_first),
            indicator_third: keys(all.indicator_third),
            indicator_name: keys(all.indicator_name),
            indicator_target: keys(all.indicator_target),
            indicator_ends: keys(all.indicator_ends),
            sums: keys(all.sums),
            wordy_targets: keys(all.wordy_targets),
            level_ends: keys(all.level_ends),
            lower_levels: keys(all.lower_levels),
            all_levels: keys(all.all_levels),
            groups: all.group.into_iter().flat_map(groups).collect(),
            phases: all.phase.iter().flat_map(phased).collect(),
            funds: all.fund.iter().flat_map(funded).collect(),
            project_columns: all.project_columns.keys(),
            procurement_columns: all.procurement_columns.keys(),
        }
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
        self.not_money.iter().any(|word| key.contains(word.as_str()))
    }

    /// True for a head of a list of indicators.
    pub fn is_indicator_head(&self, key: &str) -> bool {
        self.indicator_heads.iter().any(|word| word == key)
    }

    /// True for words that end as names of indicators do: 完成率, 满意度, 覆盖人数, 合规性.
    pub fn ends_as_indicator(&self, squeezed: &str) -> bool {
        self.indicator_ends.iter().any(|end| squeezed.ends_with(end.as_str()))
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
        self.phases.iter().find(|(word, _)| key.contains(word.as_str())).map(|(_, phase)| *phase)
    }

    /// The nature and fund of the amount beside a word of a form.
    pub fn fund(&self, key: &str) -> Option<(&CompactString, &CompactString)> {
        let found = self.funds.iter().find(|(word, ..)| key.contains(word.as_str()));
        found.map(|(_, nature, fund)| (nature, fund))
    }

    /// The group that one of the heads above indicators names.
    pub fn group(&self, heads: &[String]) -> Option<IndicatorKind> {
        let names = |group: &&Group| heads.iter().any(|head| head.contains(group.word.as_str()));
        self.groups.iter().find(names).map(|group| group.kind)
    }

    /// 一级 and 二级 words before an indicator: `Some(Some(group))` when they name its group, `Some(None)` when they are
    /// only of a lower level.
    #[allow(clippy::option_option, reason = "a level without a group differs from no level")]
    pub fn level(&self, key: &str) -> Option<Option<IndicatorKind>> {
        /// Longer words are an indicator's name.
        const LONGEST: usize = 9;
        let aspect = |group: &Group| {
            let before = key.strip_suffix(group.word.as_str());
            before.is_some_and(|before| group.aspects.iter().any(|aspect| before.contains(aspect.as_str())))
        };
        let ended = self.level_ends.iter().any(|end| key.ends_with(end.as_str())) || self.groups.iter().any(aspect);
        if self.all_levels.iter().any(|word| word == key) {
            return Some(None);
        }
        if !ended || key.chars().count() > LONGEST {
            return None;
        }
        // 经济效益 and 社会成本 are groups as 效益 and 成本 are; the last word counts.
        let named = self.groups.iter().filter_map(|group| Some((key.rfind(group.word.as_str())?, group.kind)));
        match named.max_by_key(|(at, _)| *at) {
            Some((_, kind)) => Some(Some(kind)),
            None => self.lower_levels.iter().any(|word| key.contains(word.as_str())).then_some(None),
        }
    }
}

impl ProjectColumns {
    fn keys(mut self) -> Self {
        [&mut self.category, &mut self.unit].into_iter().for_each(|words| as_keys(words));
        self
    }
}

impl ProcurementColumns {
    fn keys(mut self) -> Self {
        let ProcurementColumns { item, unit, catalogue, specification, quantity, measure } = &mut self;
        [item, unit, catalogue, specification, quantity, measure].into_iter().for_each(|words| as_keys(words));
        self
    }
}

fn as_keys(words: &mut [String]) {
    words.iter_mut().for_each(|word| *word = key(word));
}

fn groups(entry: GroupEntry) -> Vec<Group> {
    let kind = KINDS.iter().find(|(word, _)| *word == entry.kind).map_or(IndicatorKind::Other, |(_, kind)| *kind);
    let group = |word: &String| Group { kind, word: key(word), aspects: entry.aspects.clone() };
    entry.words.iter().map(group).collect()
}

fn phased(entry: &PhaseEntry) -> Vec<(String, Phase)> {
    let phase = phases::from_word(&entry.phase);
    entry.words.iter().filter_map(|word| Some((key(word), phase?))).collect()
}

fn funded(entry: &FundEntry) -> Vec<(String, CompactString, CompactString)> {
    let or = |given: &CompactString, default: &'static str| {
        if given.is_empty() { CompactString::const_new(default) } else { given.clone() }
    };
    let measure = (or(&entry.nature, "total"), or(&entry.fund, "all"));
    entry.words.iter().map(|word| (key(word), measure.0.clone(), measure.1.clone())).collect()
}
