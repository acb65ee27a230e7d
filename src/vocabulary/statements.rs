//! Titles of statements.

use serde::Deserialize;

use super::layouts::Layout;
use super::site::{WrongWord, unknown};
use super::text;
use crate::model::StatementKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    statement: Vec<Entry>,
}

impl File {
    /// The first word in a field that does not take it.
    pub(super) fn wrong_word(&self) -> Option<WrongWord> {
        let kinds: Vec<&'static str> =
            StatementKind::ALL.into_iter().map(StatementKind::word).chain([StatementKind::Other.word()]).collect();
        unknown("kind", self.statement.iter().map(|entry| entry.kind.as_str()), &kinds)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: String,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    fund: String,
    #[serde(default)]
    layout: Vec<Vec<String>>,
}

/// One way to name a statement.
#[derive(Debug)]
pub struct StatementRule {
    /// The statement.
    pub kind: StatementKind,
    /// The fund of columns whose heads name none.
    pub fund: String,
    /// Known complete sets of columns.
    pub layouts: Vec<Layout>,
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

/// All ways to name statements, in the order in which they are tried.
#[derive(Debug)]
pub struct StatementWords {
    rules: Vec<StatementRule>,
}

impl StatementWords {
    pub(super) fn load(texts: &[String]) -> Self {
        // What is added later is tried first.
        let files = super::read_all::<File>("statements.toml", texts).into_iter().rev();
        StatementWords { rules: files.flat_map(|file| file.statement).map(rule).collect() }
    }

    /// The rules in order.
    pub fn rules(&self) -> &[StatementRule] {
        &self.rules
    }

    /// The rule that a title fits, or `None` when no statement is named so.
    pub fn of_title(&self, title: &str) -> Option<&StatementRule> {
        let title = text::key(title);
        self.rules.iter().find(|rule| rule.fits(&title))
    }

    /// The first rule of a kind that knows a layout, else the first rule of the kind.
    pub fn of_kind(&self, kind: StatementKind) -> Option<&StatementRule> {
        let mut rules = self.rules.iter().filter(|rule| rule.kind == kind);
        let first = rules.clone().next();
        rules.find(|rule| !rule.layouts.is_empty()).or(first)
    }
}

impl StatementRule {
    fn fits(&self, title: &str) -> bool {
        self.all.iter().all(|word| title.contains(word.as_str()))
            && (self.any.is_empty() || self.any.iter().any(|word| title.contains(word.as_str())))
            && !self.none.iter().any(|word| title.contains(word.as_str()))
    }
}

fn rule(entry: Entry) -> StatementRule {
    let keys = |words: Vec<String>| words.iter().map(|word| text::key(word)).collect();
    StatementRule {
        kind: StatementKind::from_word(&entry.kind).unwrap_or(StatementKind::Other),
        fund: if entry.fund.is_empty() { "all".to_owned() } else { entry.fund },
        layouts: entry.layout.iter().map(|columns| Layout::parse(columns)).collect(),
        all: keys(entry.all),
        any: keys(entry.any),
        none: keys(entry.none),
    }
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::Vocabulary;

    #[test]
    fn titles_name_their_statement() {
        let cases = [
            ("2024年部门收支预算表", "revenue_expenditure"),
            ("部门收支总体情况表", "revenue_expenditure"),
            ("收入支出决算总表", "revenue_expenditure"),
            ("部门综合预算收支总表", "revenue_expenditure"),
            ("2025年部门收入预算表", "revenue"),
            ("收入决算表", "revenue"),
            ("2024年部门支出预算表", "expenditure"),
            ("支出总体情况表", "expenditure"),
            ("2024年财政拨款收支预算表", "appropriation"),
            ("财政拨款收入支出决算总表", "appropriation"),
            ("一般公共预算支出情况表", "general_expenditure"),
            ("一般公共预算财政拨款支出决算表", "general_expenditure"),
            ("2024年一般公共预算基本支出表", "general_basic"),
            ("一般公共预算财政拨款基本支出决算明细表", "general_basic"),
            ("支出经济分类汇总表", "economic_summary"),
            ("2024年一般公共预算\"三公\"经费预算表", "three_public"),
            ("财政拨款“三公”经费支出决算表", "three_public"),
            ("政府性基金预算财政拨款收入支出决算表", "fund"),
            ("国有资本经营预算财政拨款支出决算表", "state_capital"),
            ("行政(事业)单位机构运转经费预算表", "agency_operating"),
            ("2024年项目支出预算表", "projects"),
            ("部门(单位)整体绩效目标表 (2024年度)", "department_performance"),
            ("2024年度区级单位预算项目绩效目标表", "project_performance"),
            ("政府采购汇总表", "procurement"),
            ("财政拨款政府购买服务明细表", "other"),
        ];
        for (title, expected) in cases {
            let kind = Vocabulary::builtin().statements.of_title(title).map(|rule| rule.kind.word());
            assert_eq!(kind, Some(expected), "{title}");
        }
    }
}
