//! The words of reports, in the language of the site. They are data: `language/`.

use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{Class, FindingSeverity, LedgerCounts};

use super::Level;
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
