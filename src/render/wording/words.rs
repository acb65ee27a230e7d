//! The words of the interface: one TOML file per language, looked up by dotted keys.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tera::{Kwargs, State};
use toml::{Table, Value};

use crate::audit::Rules;
use crate::chart::ChartWords;
use crate::diagnostic::{Diagnostic, Span};
use crate::language::{fill, reading};
use crate::model::{Kind, Level, Phase, Unit};

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub struct Words {
    table: Table,
    /// The same words by their dotted keys: pages ask for thousands.
    by_key: FxHashMap<String, String>,
    charts: Arc<ChartWords>,
    /// The code of the language.
    language: String,
    /// Whose names pages show.
    rules: &'static Rules,
}

impl Words {
    fn new(table: Table) -> Words {
        let charts = table.get("chart").cloned().and_then(|words| words.try_into().ok()).unwrap_or_default();
        Words { by_key: by_key(&table), table, charts: Arc::new(charts), ..Words::default() }
    }

    /// Reads a language file.
    pub(in crate::render) fn parse(file: &str, text: &str) -> Result<Words, Box<Diagnostic>> {
        text.parse::<Table>().map(Words::new).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text[..offset].matches('\n').count() as u32 + 1;
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let span = Span {
                file: file.into(),
                line,
                column: text[start..offset].chars().count() as u32 + 1,
                length: 1,
                text: text[start..].lines().next().unwrap_or("").into(),
            };
            Box::new(Diagnostic::error("language-error", format!("语言文件有误：{}", error.message()), span))
        })
    }

    /// Puts the words of a file over these.
    pub(in crate::render) fn put_over(&mut self, words: Words) {
        merge(&mut self.table, words.table);
        let Words { by_key, charts, .. } = Words::new(self.table.clone());
        (self.by_key, self.charts) = (by_key, charts);
    }

    /// These words with the rules that a site was checked against, for a language.
    pub(in crate::render) fn for_rules(self, rules: &'static Rules, language: &str) -> Words {
        Words { rules, language: language.to_owned(), ..self }
    }

    /// The code of the language: `en`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// What reading says: how an amount was derived or repaired, what of a document is unknown.
    pub(in crate::render) fn reading<'t>(&self, text: &'t str) -> Cow<'t, str> {
        reading(&self.language, text)
    }

    /// The rules whose findings the pages show.
    pub fn rules(&self) -> &'static Rules {
        self.rules
    }

    /// The short name of a rule in this language; empty when no rule has the code.
    pub fn rule_name(&self, code: &str) -> &'static str {
        self.rules.get(code).map_or("", |rule| rule.name_in(&self.language))
    }

    /// What a rule asks for; empty for a code that is no rule's.
    pub(in crate::render) fn rule_sentence(&self, code: &str) -> &'static str {
        self.rules.get(code).map_or("", |rule| rule.sentence_in(&self.language))
    }

    /// The words at a key such as `search.label`. A key that no file has stands for itself, so that a gap is seen.
    pub fn get<'words>(&'words self, key: &'words str) -> &'words str {
        self.by_key.get(key).map_or(key, String::as_str)
    }

    /// The words at a key with `{name}` replaced by values.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The word of a member of a group of words: `among("statement", "revenue")`. A member that the language does not
    /// know stands for itself.
    pub fn among<'words>(&'words self, group: &'words str, member: &'words str) -> &'words str {
        let group = self.table.get(group).and_then(Value::as_table);
        group.and_then(|group| group.get(member)).and_then(Value::as_str).unwrap_or(member)
    }

    /// The words inside pictures.
    pub fn of_charts(&self) -> Arc<ChartWords> {
        self.charts.clone()
    }

    /// 「万元」, 「亿元」; other units keep their Chinese name.
    pub fn unit(&self, unit: Unit) -> &str {
        match unit {
            Unit::TenThousandYuan => self.get("chart.unit_name"),
            Unit::HundredMillionYuan => self.get("headline.unit"),
            other => other.label(),
        }
    }

    /// A date as readers write it: 「2025年2月25日」, 「2025年2月」. What is no date stays as it is.
    pub fn date(&self, date: &str) -> String {
        // 「2月5日」, but 2025-02-05.
        let short = self.get("date.digits") == "short";
        let parts: Vec<&str> =
            date.split('-').map(|part| if short { part.trim_start_matches('0') } else { part }).collect();
        let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        match parts.as_slice() {
            [year, month, day] if parts.iter().all(is_number) => {
                self.fill("date.day", &[("year", year), ("month", month), ("day", day)])
            }
            [year, month] if parts.iter().all(is_number) => {
                self.fill("date.month", &[("year", year), ("month", month)])
            }
            _ => date.to_owned(),
        }
    }

    /// 「原文第12行」
    pub fn line(&self, line: u32) -> String {
        self.fill("place.line", &[("line", &line.to_string())])
    }

    /// 「部门预算」
    pub fn level_and_kind(&self, level: Level, kind: Kind) -> String {
        let level = match level {
            Level::Department => "level.department",
            Level::Unit => "level.unit",
        };
        self.fill("badge.kind", &[("level", self.get(level)), ("kind", self.among("kind", kind.word()))])
    }

    /// 「2024年预算」
    pub fn period(&self, year: u16, phase: Phase) -> String {
        let phase = match phase {
            Phase::InitialBudget => "phase.budget_initial",
            Phase::AdjustedBudget => "phase.budget_adjusted",
            Phase::Final => "phase.final",
        };
        self.fill("department.period", &[("year", &year.to_string()), ("kind", self.get(phase))])
    }

    /// The name of a kind of money, 「上年结转的」 before it when it was carried over. A fund without a name has its id.
    pub fn fund(&self, fund: &str, carried: bool) -> String {
        let key = fund.replace('.', "_");
        let word = self.table.get("fund").and_then(Value::as_table).and_then(|funds| funds.get(&key));
        let word = word.and_then(Value::as_str).unwrap_or(fund);
        if carried { self.fill("fund.carried", &[("fund", word)]) } else { word.to_owned() }
    }

    /// Some groups of words as JSON for a script of the page. It can stand inside `<script>`: no tag ends or begins in
    /// it.
    pub(in crate::render) fn json(&self, groups: &[&[&str]]) -> String {
        let group = |path: &&[&str]| {
            let (last, first) = path.split_last()?;
            let table = first.iter().try_fold(&self.table, |table, part| table.get(*part)?.as_table())?;
            Some(((*last).to_owned(), table.get(*last)?.clone()))
        };
        let words: Table = groups.iter().filter_map(group).collect();
        serde_json::to_string(&words).unwrap_or_default().replace('<', "\\u003c")
    }

    /// A group of words, for scripts.
    pub(in crate::render) fn section(&self, group: &str) -> Option<&Table> {
        self.table.get(group).and_then(Value::as_table)
    }

    /// All words, for templates.
    pub(in crate::render) fn to_value(&self) -> tera::Value {
        tera::Value::from_serializable(&self.table)
    }
}

/// The template filter `{{ words.place.line | fill(line=12) }}`: puts values into the places of a pattern. What it
/// returns is escaped like any other value.
pub(in crate::render) fn fill_filter(pattern: &str, values: Kwargs, _: &State) -> String {
    let values: Vec<(String, String)> =
        values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fill(pattern, &values)
}

/// All words of a table and of the tables in it, by their dotted keys.
fn by_key(table: &Table) -> FxHashMap<String, String> {
    fn add(known: &mut FxHashMap<String, String>, before: &str, table: &Table) {
        for (key, value) in table {
            let key = format!("{before}{key}");
            match value {
                Value::Table(table) => add(known, &format!("{key}."), table),
                Value::String(word) => drop(known.insert(key, word.clone())),
                _ => {}
            }
        }
    }
    let mut known = FxHashMap::default();
    add(&mut known, "", table);
    known
}

fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(base)), Value::Table(over)) => merge(base, over),
            (_, value) => drop(base.insert(key, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_found_filled_and_replaced() {
        let mut words = Words::parse("a.toml", "[a]\nb = \"{year}年{what}\"\nc = \"丙\"").expect("valid");
        words.put_over(Words::parse("b.toml", "[a]\nc = \"新\"").expect("valid"));
        assert_eq!(words.fill("a.b", &[("year", "2024")]), "2024年{what}");
        assert_eq!(words.fill("a.b", &[("what", "{year}"), ("year", "2024")]), "2024年{year}");
        assert_eq!((words.get("a.c"), words.get("a.x"), words.get("a")), ("新", "a.x", "a"));
        let dates = |digits: &str| {
            let text =
                format!("[date]\ndigits = \"{digits}\"\nday = \"{{year}}/{{month}}/{{day}}\"\nmonth = \"{{month}}\"");
            let words = Words::parse("d.toml", &text).expect("valid");
            ["2025-02-05", "2025-02", "2025"].map(|date| words.date(date))
        };
        assert_eq!(dates("short"), ["2025/2/5", "2", "2025"]);
        assert_eq!(dates("two"), ["2025/02/05", "02", "2025"]);
        let problem = Words::parse("c.toml", "a = 1\n甲 = \"").expect_err("invalid");
        assert_eq!(problem.span.map(|span| (span.line, span.text.to_string())), Some((2, "甲 = \"".to_owned())));
    }
}
