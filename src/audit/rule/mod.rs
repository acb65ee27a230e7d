//! The rules: TOML entries to compiled identities. Goes in: the files of `identities/`; comes out: [`Rules`].

mod entry;
mod phrases;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::audit::checks::Check;
use crate::audit::formula::{Identity, PlaceWord, SubjectPattern, parse_identity};
use crate::audit::over_time::Years;
use crate::audit::site::SiteRules;
use crate::language::Language;
use crate::model::{Class, FindingSeverity, Kind};
use crate::vocabulary::{CodeNames, Vocabulary};

use entry::{Entry, File};
use phrases::Phrases;

pub(in crate::audit) use entry::{Wrong, parse_severity};

/// The identities that are shipped, in the order in which readers see them.
const FILES: [(&str, &str); 7] = [
    ("within_statements.toml", include_str!("../identities/within_statements.toml")),
    ("across_statements.toml", include_str!("../identities/across_statements.toml")),
    ("narrative.toml", include_str!("../identities/narrative.toml")),
    ("changes.toml", include_str!("../identities/changes.toml")),
    ("years.toml", include_str!("../identities/years.toml")),
    ("structure.toml", include_str!("../identities/structure.toml")),
    ("extraction.toml", include_str!("../identities/extraction.toml")),
];

/// How far apart the sides of an identity may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tolerance {
    /// The same quantity printed twice: not at all, except for a coarser unit.
    Exact,
    /// A total and its addends: half a step of each printed figure, when the document rounds.
    #[default]
    Sum,
    /// A rate: whatever the rounding of its inputs and of itself allows.
    Percent,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The stable code: `W-B1.1`.
    pub code: String,
    /// A short name for readers.
    pub name: String,
    /// The same in English; empty where nobody wrote one.
    pub name_en: String,
    /// What must hold, in one sentence for readers.
    pub sentence: String,
    /// The same in English; empty where nobody wrote one.
    pub sentence_en: String,
    /// Why it must hold.
    pub reason: String,
    /// The same in English; empty where nobody wrote one.
    pub reason_en: String,
    /// How serious a failure is.
    pub severity: FindingSeverity,
    /// Whose a failure is.
    pub class: Class,
    /// How far apart the sides may be.
    pub tolerance: Tolerance,
    /// Its formulas as written; empty for a check in Rust.
    pub formulas: Vec<String>,
    /// The file of the site that adds it; empty for a shipped rule.
    pub file: String,
    /// The words that a check looks for.
    pub(in crate::audit) phrases: Phrases,
    /// The kind of document that it speaks of; `None` for both.
    pub(in crate::audit) document: Option<Kind>,
    /// What is evaluated.
    pub(in crate::audit) test: Test,
}

impl Rule {
    /// Its name in a language of the interface, where it has one.
    pub fn name_in(&self, language: &str) -> &str {
        if language == "en" && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }

    /// Why it must hold in a language of the interface, where it is told in that.
    pub fn reason_in(&self, language: &str) -> &str {
        if language == "en" && !self.reason_en.is_empty() { &self.reason_en } else { &self.reason }
    }

    /// What must hold in a language of the interface, where it is told in that.
    pub fn sentence_in(&self, language: &str) -> &str {
        if language == "en" && !self.sentence_en.is_empty() { &self.sentence_en } else { &self.sentence }
    }
}

/// What a rule evaluates.
#[derive(Debug, Clone)]
pub(in crate::audit) enum Test {
    Formulas(Formulas),
    /// Something that formulas cannot say.
    Check(Check),
    /// Something that two disclosures of one department say together.
    Years(Years),
}

/// Identities with the range over which they run.
#[derive(Debug, Clone)]
pub(in crate::audit) struct Formulas {
    /// What `this` stands for, one after the other; empty when no formula says `this`.
    pub(in crate::audit) places: Vec<PlaceWord>,
    /// What `row` stands for; empty to evaluate once.
    pub(in crate::audit) rows: Vec<&'static SubjectPattern>,
    /// True to evaluate for each column of `this`.
    pub(in crate::audit) columns: bool,
    /// True to evaluate for each stated change.
    pub(in crate::audit) changes: bool,
    /// True to evaluate for each stated share.
    pub(in crate::audit) shares: bool,
    /// True when one comparison may come up more than once: by two statements, or in every phase of a year.
    pub(in crate::audit) repeats: bool,
    /// What must hold for the formulas to say anything.
    pub(in crate::audit) conditions: Vec<Identity>,
    pub(in crate::audit) identities: Vec<Formula>,
}

/// One formula of a rule.
#[derive(Debug, Clone)]
pub(in crate::audit) struct Formula {
    pub(in crate::audit) identity: Identity,
    /// True when it compares the row of `this` with another statement: then `row` means the subject, in all its rows.
    pub(in crate::audit) compares: bool,
}

impl Formula {
    fn parse(text: &str) -> Result<Self, String> {
        let identity = parse_identity(text)?;
        Ok(Formula { compares: identity.compares_statements(), identity })
    }
}

/// All rules.
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
    /// In what findings are told.
    language: &'static Language,
    /// The names of codes, where a site adds some.
    names: Option<Arc<CodeNames>>,
    by_code: FxHashMap<String, usize>,
}

impl Rules {
    /// The rules that are shipped, whose findings are told in Chinese.
    pub fn builtin() -> &'static Rules {
        static BUILTIN: LazyLock<Rules> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the files are part of the program and a test reads them")]
            Rules::parse(&FILES).expect("the shipped rules are well-formed")
        });
        &BUILTIN
    }

    /// The shipped rules, whose findings are told in a language of the interface.
    pub(in crate::audit) fn builtin_in(language: &str) -> &'static Rules {
        static ENGLISH: LazyLock<Rules> = LazyLock::new(|| Rules::with(Vec::new(), "en"));
        if Language::of(language).code == "en" { &ENGLISH } else { Rules::builtin() }
    }

    /// In what findings are told.
    pub(crate) fn language(&self) -> &'static Language {
        self.language
    }

    /// The names of codes, those that the site adds among them.
    pub fn names(&self) -> &CodeNames {
        self.names.as_deref().unwrap_or(&Vocabulary::builtin().names)
    }

    /// The same rules for a site that adds names of codes.
    pub(in crate::audit) fn with_names(self, names: Option<CodeNames>) -> Rules {
        Rules { names: names.map(Arc::new), ..self }
    }

    /// Every rule, in the order in which readers see them.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with a code.
    pub fn get(&self, code: &str) -> Option<&Rule> {
        self.by_code.get(code).map(|at| &self.rules[*at])
    }

    /// The shipped rules, then those of a site, in a language of the interface.
    pub(in crate::audit) fn with(own: Vec<Rule>, language: &str) -> Rules {
        let rules = Rules::builtin().all().iter().cloned().chain(own).collect();
        Rules { language: Language::of(language), ..Rules::of(rules) }
    }

    /// Rules from files; the error names the file and the rule.
    pub(in crate::audit) fn parse(files: &[(&str, &str)]) -> Result<Rules, String> {
        let mut rules = Vec::new();
        for (file, text) in files {
            let entries: File = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
            for entry in entries.rule {
                let code = entry.code.clone();
                rules.push(entry.compile().map_err(|wrong| format!("{file}: {code}: {}", wrong.message))?);
            }
        }
        tell_in_english(&mut rules)?;
        Ok(Rules::of(rules))
    }

    /// Rules that can be found by their codes. Of rules of one code the first counts; a test refuses them.
    fn of(rules: Vec<Rule>) -> Rules {
        let by_code = rules.iter().enumerate().rev().map(|(at, rule)| (rule.code.clone(), at)).collect();
        Rules { rules, by_code, language: Language::of("zh-CN"), names: None }
    }
}

/// Gives the shipped rules their English names, sentences and reasons.
fn tell_in_english(rules: &mut [Rule]) -> Result<(), String> {
    let read = |file: &str, text: &str| -> Result<BTreeMap<String, String>, String> {
        toml::from_str(text).map_err(|error| format!("{file}: {error}"))
    };
    let names = read("names.en.toml", include_str!("../identities/names.en.toml"))?;
    let sentences = read("sentences.en.toml", include_str!("../identities/sentences.en.toml"))?;
    let reasons = read("reasons.en.toml", include_str!("../identities/reasons.en.toml"))?;
    for rule in rules {
        if let Some(reason) = reasons.get(&rule.reason) {
            rule.reason_en.clone_from(reason);
        }
        if let Some(name) = names.get(&rule.code) {
            rule.name_en.clone_from(name);
        }
        if let Some(sentence) = sentences.get(&rule.code) {
            rule.sentence_en.clone_from(sentence);
        }
    }
    Ok(())
}

/// The rules of a file that a site adds.
pub(in crate::audit) fn site_rules(file: &SiteRules) -> Result<Vec<Rule>, Wrong> {
    let wrong = |error: toml::de::Error| Wrong {
        code: String::new(),
        written: String::new(),
        range: error.span(),
        message: error.message().to_owned(),
    };
    let entries: File = toml::from_str(&file.text).map_err(wrong)?;
    let rule = |entry: Entry| {
        let code = entry.code.clone();
        let rule = entry.compile().map_err(|wrong| Wrong { code, ..wrong })?;
        Ok(Rule { file: file.path.clone(), ..rule })
    };
    entries.rule.into_iter().map(rule).collect()
}

impl Default for &Rules {
    /// The shipped rules.
    fn default() -> Self {
        Rules::builtin()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FILES, Rules};

    #[test]
    fn shipped_rules_are_well_formed() {
        let rules = Rules::parse(&FILES).unwrap_or_else(|error| panic!("{error}"));
        let codes: BTreeSet<&str> = rules.all().iter().map(|rule| rule.code.as_str()).collect();
        assert_eq!(codes.len(), rules.all().len(), "two rules have one code");
        for rule in rules.all() {
            let texts = [&rule.name, &rule.sentence, &rule.reason];
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{} leaves out a text", rule.code);
            assert!(!rule.name_en.is_empty(), "{} has no English name", rule.code);
            assert!(rule.sentence_in("en").ends_with('.'), "{} has no English sentence", rule.code);
            assert!(rule.reason_in("en").ends_with('.'), "{} has no English reason", rule.code);
            assert!(rule.sentence.ends_with('。') && rule.reason.ends_with('。'), "{} is no sentence", rule.code);
        }
    }

    #[test]
    fn errors_name_file_rule_and_mistake() {
        let rule = |keys: &str| {
            let text = format!(
                "[[rule]]\ncode = \"A-1\"\nname = \"n\"\nsentence = \"s\"\nreason = \"r\"\nseverity = \"error\"\n{keys}"
            );
            Rules::parse(&[("a.toml", &text)]).err().unwrap_or_default()
        };
        assert_eq!(rule("formula = [\"revenue(total) = 1\"]"), "");
        assert_eq!(rule(""), "a.toml: A-1: neither formula nor check");
        assert_eq!(rule("formula = [\"1 = \"]"), "a.toml: A-1: column 5: expected a place, a function or a number");
        assert_eq!(rule("formula = [\"1 = 1\"]\nclass = \"fault\""), "a.toml: A-1: 'fault' is no class");
        assert_eq!(
            rule("formula = [\"1 = 1\"]\neach = [\"row\"]"),
            "a.toml: A-1: each = [\"row\"] and rows belong together"
        );
        assert!(rule("formulas = []").contains("formulas"));
    }
}
