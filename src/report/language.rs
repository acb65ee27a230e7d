//! The words of reports, in the language of the site. They are data: `language/`.

use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{Class, FindingSeverity, LedgerCounts, Outcome};

use super::Level;
use crate::audit::Tolerance;
use crate::build::Stage;
use crate::language::fill;

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    /// The language, as a page names it.
    pub(super) code: String,
    error: String,
    warning: String,
    note: String,
    pub(super) advice: String,
    pub(super) details: String,
    expected: String,
    compared: String,
    pub(super) printed: String,
    pub(super) difference: String,
    pub(super) answered: String,
    pub(super) comma: String,
    pub(super) stop: String,
    pub(super) budget: String,
    #[serde(rename = "final")]
    pub(super) account: String,
    pub(super) unit_budget: String,
    #[serde(rename = "unit_final")]
    pub(super) unit_account: String,
    pub(super) unknown: String,
    pub(super) problems: String,
    pub(super) checked: String,
    pub(super) found: String,
    pub(super) quiet: String,
    pub(super) quiet_checked: String,
    pub(super) read: String,
    pub(super) recognized: String,
    pub(super) by_rule: String,
    pub(super) more_rules: String,
    pub(super) report: ReportWords,
    pub(super) build: BuildWords,
    pub(super) rule: RuleWords,
}

/// The words of what a build tells.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BuildWords {
    pub(super) not_published: String,
    pub(super) written: String,
    pub(super) files: String,
    pub(super) new: String,
    pub(super) unchanged: String,
    pub(super) removed: String,
    pub(super) kept: String,
    pub(super) heaviest: String,
    pub(super) list: String,
    pub(super) nothing_changed: String,
    pub(super) time: String,
    pub(super) seconds: String,
    pub(super) problems: String,
    pub(super) not_made: String,
    pub(super) table: String,
    configure: String,
    read: String,
    recognize: String,
    audit: String,
    assemble: String,
    render: String,
    search: String,
    export: String,
    publish: String,
}

/// The words in which a rule is explained.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleWords {
    pub(super) severity: String,
    pub(super) class: String,
    pub(super) tolerance: String,
    pub(super) formula: String,
    pub(super) file: String,
    exact: String,
    sum: String,
    percent: String,
    source: String,
    extraction: String,
    judgement: String,
    pass: String,
    rounding: String,
    fail: String,
    not_applicable: String,
    unread: String,
    pub(super) subject: String,
    pub(super) sides: String,
    pub(super) lines: String,
    pub(super) list: String,
}

/// The words of the Markdown report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportWords {
    pub(super) title: String,
    pub(super) preface: String,
    pub(super) file: String,
    pub(super) checked: String,
    pub(super) found: String,
    pub(super) answered: String,
    pub(super) none: String,
    pub(super) heading: String,
    pub(super) item: String,
    error: String,
    warning: String,
    note: String,
    source: String,
    extraction: String,
    judgement: String,
}

impl Language {
    /// The words of a language of the interface; the Chinese ones when there are no others.
    pub(super) fn of(language: &str) -> &'static Language {
        static CHINESE: LazyLock<Language> = LazyLock::new(|| parse(include_str!("language/zh-CN.toml")));
        static ENGLISH: LazyLock<Language> = LazyLock::new(|| parse(include_str!("language/en.toml")));
        if language == "en" { &ENGLISH } else { &CHINESE }
    }

    /// The word of a severity.
    pub(super) fn severity(&self, severity: FindingSeverity) -> &str {
        match severity {
            FindingSeverity::Error => &self.error,
            FindingSeverity::Warning => &self.warning,
            FindingSeverity::Info => &self.note,
        }
    }

    pub(super) fn level(&self, level: Level) -> &str {
        match level {
            Level::Error => &self.error,
            Level::Warning => &self.warning,
            Level::Note => &self.note,
        }
    }

    /// What the other figure of a finding is called: a doubt tells what is compared, not what should be.
    pub(super) fn wanted(&self, class: Class) -> &str {
        match class {
            Class::Source | Class::Extraction => &self.expected,
            Class::Judgement => &self.compared,
        }
    }
}

impl BuildWords {
    pub(super) fn stage(&self, stage: Stage) -> &str {
        match stage {
            Stage::Configure => &self.configure,
            Stage::Read => &self.read,
            Stage::Recognize => &self.recognize,
            Stage::Audit => &self.audit,
            Stage::Assemble => &self.assemble,
            Stage::Render => &self.render,
            Stage::Search => &self.search,
            Stage::Export => &self.export,
            Stage::Publish => &self.publish,
        }
    }
}

impl RuleWords {
    pub(super) fn of_tolerance(&self, tolerance: Tolerance) -> &str {
        match tolerance {
            Tolerance::Exact => &self.exact,
            Tolerance::Sum => &self.sum,
            Tolerance::Percent => &self.percent,
        }
    }

    pub(super) fn of_class(&self, class: Class) -> &str {
        match class {
            Class::Source => &self.source,
            Class::Extraction => &self.extraction,
            Class::Judgement => &self.judgement,
        }
    }

    pub(super) fn outcome(&self, outcome: Outcome) -> &str {
        match outcome {
            Outcome::Pass => &self.pass,
            Outcome::Rounding => &self.rounding,
            Outcome::Fail => &self.fail,
            Outcome::NotApplicable => &self.not_applicable,
            Outcome::Unreadable => &self.unread,
        }
    }
}

impl ReportWords {
    pub(super) fn severity(&self, severity: FindingSeverity) -> &str {
        match severity {
            FindingSeverity::Error => &self.error,
            FindingSeverity::Warning => &self.warning,
            FindingSeverity::Info => &self.note,
        }
    }

    pub(super) fn class(&self, class: Class) -> &str {
        match class {
            Class::Source => &self.source,
            Class::Extraction => &self.extraction,
            Class::Judgement => &self.judgement,
        }
    }
}

/// A pattern with the outcomes of identities.
pub(super) fn fill_counts(pattern: &str, counts: &LedgerCounts) -> String {
    fill::<dyn Display>(
        pattern,
        &[
            ("pass", &counts.pass),
            ("rounding", &counts.rounding),
            ("fail", &counts.fail),
            ("not_applicable", &counts.not_applicable),
            ("unread", &counts.unreadable),
        ],
    )
}

fn parse(text: &str) -> Language {
    #[expect(clippy::expect_used, reason = "the files are part of the program and a test reads them")]
    toml::from_str(text).expect("the words of reports are complete")
}

#[cfg(test)]
mod tests {
    use super::Language;
    use crate::language::places;
    use crate::report::Level;

    #[test]
    fn every_language_has_all_words() {
        assert_eq!(Language::of("zh-CN").level(Level::Error), "错误");
        assert_eq!(Language::of("en").level(Level::Error), "error");
    }

    #[test]
    fn patterns_have_the_same_places_in_every_language() {
        let lines = |text: &'static str| text.lines().map(places).collect::<Vec<_>>();
        assert_eq!(lines(include_str!("language/zh-CN.toml")), lines(include_str!("language/en.toml")));
    }
}
