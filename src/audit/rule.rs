//! The rules: TOML entries to compiled identities. Goes in: the files of `identities/`; comes out: [`Rules`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::site::SiteRules;

use super::checks::Check;
use super::formula::{Identity, PlaceWord, SubjectPattern, parse_identity, parse_rows};
use super::over_time::Years;
use crate::model::{Class, FindingSeverity, Kind, StatementKind};

/// The identities that are shipped, in the order in which readers see them.
const FILES: [(&str, &str); 7] = [
    ("within_statements.toml", include_str!("identities/within_statements.toml")),
    ("across_statements.toml", include_str!("identities/across_statements.toml")),
    ("narrative.toml", include_str!("identities/narrative.toml")),
    ("changes.toml", include_str!("identities/changes.toml")),
    ("years.toml", include_str!("identities/years.toml")),
    ("structure.toml", include_str!("identities/structure.toml")),
    ("extraction.toml", include_str!("identities/extraction.toml")),
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
    /// Why it must hold.
    pub reason: String,
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
    pub(super) phrases: Vec<String>,
    /// The kind of document that it speaks of; `None` for both.
    pub(super) document: Option<Kind>,
    /// What is evaluated.
    pub(super) test: Test,
}

impl Rule {
    /// Its name in a language of the interface, where it has one.
    pub fn name_in(&self, language: &str) -> &str {
        if language == "en" && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }
}

/// What a rule evaluates.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Formulas(Formulas),
    /// Something that formulas cannot say.
    Check(Check),
    /// Something that two disclosures of one department say together.
    Years(Years),
}

/// Identities with the range over which they run.
#[derive(Debug, Clone)]
pub(super) struct Formulas {
    /// What `this` stands for, one after the other; empty when no formula says `this`.
    pub(super) places: Vec<PlaceWord>,
    /// What `row` stands for; empty to evaluate once.
    pub(super) rows: Vec<SubjectPattern>,
    /// True to evaluate for each column of `this`.
    pub(super) columns: bool,
    /// True to evaluate for each stated change.
    pub(super) changes: bool,
    /// True to evaluate for each stated share.
    pub(super) shares: bool,
    /// True when one comparison may come up more than once: by two statements, or in every phase of a year.
    pub(super) repeats: bool,
    /// What must hold for the formulas to say anything.
    pub(super) conditions: Vec<Identity>,
    pub(super) identities: Vec<Formula>,
}

/// One formula of a rule.
#[derive(Debug, Clone)]
pub(super) struct Formula {
    pub(super) identity: Identity,
    /// True when it compares the row of `this` with another statement: then `row` means the subject, in all its rows.
    pub(super) compares: bool,
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
    by_code: FxHashMap<String, usize>,
}

impl Rules {
    /// The rules that are shipped.
    pub fn builtin() -> &'static Rules {
        static BUILTIN: LazyLock<Rules> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the files are part of the program and a test reads them")]
            Rules::parse(&FILES).expect("the shipped rules are well-formed")
        });
        &BUILTIN
    }

    /// Every rule, in the order in which readers see them.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with a code.
    pub fn get(&self, code: &str) -> Option<&Rule> {
        self.by_code.get(code).map(|at| &self.rules[*at])
    }

    /// The shipped rules, then those of a site.
    pub(super) fn with(own: Vec<Rule>) -> Rules {
        Rules::of(Rules::builtin().all().iter().cloned().chain(own).collect())
    }

    /// Rules from files; the error names the file and the rule.
    pub(super) fn parse(files: &[(&str, &str)]) -> Result<Rules, String> {
        let mut rules = Vec::new();
        for (file, text) in files {
            let entries: File = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
            for entry in entries.rule {
                let code = entry.code.clone();
                rules.push(entry.compile().map_err(|wrong| format!("{file}: {code}: {}", wrong.message))?);
            }
        }
        name_in_english(&mut rules)?;
        Ok(Rules::of(rules))
    }

    /// Rules that can be found by their codes. Of rules of one code the first counts; a test refuses them.
    fn of(rules: Vec<Rule>) -> Rules {
        let by_code = rules.iter().enumerate().rev().map(|(at, rule)| (rule.code.clone(), at)).collect();
        Rules { rules, by_code }
    }
}

/// Gives the shipped rules their English names.
fn name_in_english(rules: &mut [Rule]) -> Result<(), String> {
    let names: BTreeMap<String, String> =
        toml::from_str(include_str!("identities/names.en.toml")).map_err(|error| format!("names.en.toml: {error}"))?;
    for rule in rules {
        if let Some(name) = names.get(&rule.code) {
            rule.name_en.clone_from(name);
        }
    }
    Ok(())
}

/// The rules of a file that a site adds.
pub(super) fn site_rules(file: &SiteRules) -> Result<Vec<Rule>, Wrong> {
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

/// What is wrong with a rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Wrong {
    /// The rule; empty when the file as a whole cannot be read.
    pub(super) code: String,
    /// The value at fault as it is written; empty for the rule as a whole.
    pub(super) written: String,
    /// Where it stands, when that is known.
    pub(super) range: Option<std::ops::Range<usize>>,
    pub(super) message: String,
}

impl Wrong {
    fn value(written: &str, message: String) -> Self {
        Wrong { written: written.to_owned(), message, ..Wrong::default() }
    }

    fn rule(message: &str) -> Self {
        Wrong { message: message.to_owned(), ..Wrong::default() }
    }
}

impl Default for &Rules {
    /// The shipped rules.
    fn default() -> Self {
        Rules::builtin()
    }
}

/// A file of rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Entry>,
}

/// A rule as written. `identities/README.md` tells what each key means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    name: String,
    #[serde(default)]
    name_en: String,
    sentence: String,
    reason: String,
    severity: String,
    #[serde(default)]
    class: Option<String>,
    #[serde(default)]
    tolerance: Tolerance,
    #[serde(default)]
    document: Option<String>,
    #[serde(default)]
    statements: Vec<String>,
    #[serde(default)]
    each: Vec<String>,
    #[serde(default)]
    rows: Vec<String>,
    #[serde(default)]
    when: Vec<String>,
    #[serde(default)]
    formula: Vec<String>,
    #[serde(default)]
    check: Option<Check>,
    #[serde(default)]
    years: Option<Years>,
    #[serde(default)]
    phrases: Vec<String>,
}

impl Entry {
    fn compile(self) -> Result<Rule, Wrong> {
        let class = self.class.as_deref().map_or(Ok(Class::Source), |word| at(word, parse_class))?;
        let document = self.document.as_deref().map(|word| at(word, parse_document)).transpose()?;
        let written = self.formula.clone();
        let test = match (self.check, self.years) {
            (Some(check), _) => Test::Check(check),
            (None, Some(years)) => Test::Years(years),
            (None, None) => Test::Formulas(self.formulas()?),
        };
        Ok(Rule {
            formulas: written,
            severity: at(&self.severity, |word| {
                parse_severity(word).ok_or_else(|| format!("'{word}' is no severity"))
            })?,
            code: self.code,
            name: self.name,
            name_en: self.name_en,
            file: String::new(),
            sentence: self.sentence,
            reason: self.reason,
            class,
            tolerance: self.tolerance,
            phrases: self.phrases,
            document,
            test,
        })
    }

    fn formulas(&self) -> Result<Formulas, Wrong> {
        if self.formula.is_empty() {
            return Err(Wrong::rule("neither formula nor check"));
        }
        if let Some(unknown) =
            self.each.iter().find(|word| !["row", "column", "change", "share"].contains(&word.as_str()))
        {
            let message = format!("'{unknown}' in each is none of row, column, change, share");
            return Err(Wrong::value(unknown, message));
        }
        let identities: Vec<Formula> = each_at(&self.formula, Formula::parse)?;
        let each = |word: &str| self.each.iter().any(|given| given == word);
        if each("row") == self.rows.is_empty() {
            return Err(Wrong::rule("each = [\"row\"] and rows belong together"));
        }
        Ok(Formulas {
            places: each_at(&self.statements, parse_place)?,
            rows: each_at(&self.rows, parse_rows)?,
            columns: each("column"),
            changes: each("change"),
            shares: each("share"),
            conditions: each_at(&self.when, parse_identity)?,
            repeats: self.statements.len() > 1 || identities.iter().any(|formula| formula.identity.names_a_phase()),
            identities,
        })
    }
}

/// Parses a value; the error tells how it is written.
fn at<T>(written: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, Wrong> {
    parse(written).map_err(|message| Wrong::value(written, message))
}

fn each_at<T>(written: &[String], parse: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, Wrong> {
    written.iter().map(|text| at(text, &parse)).collect()
}

/// A severity by its word; `None` for any other word, `off` among them.
pub(super) fn parse_severity(word: &str) -> Option<FindingSeverity> {
    [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Info]
        .into_iter()
        .find(|severity| severity.word() == word)
}

fn parse_class(word: &str) -> Result<Class, String> {
    [Class::Source, Class::Extraction, Class::Judgement]
        .into_iter()
        .find(|class| class.word() == word)
        .ok_or_else(|| format!("'{word}' is no class"))
}

fn parse_document(word: &str) -> Result<Kind, String> {
    [Kind::Budget, Kind::Final]
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| format!("'{word}' is neither budget nor final"))
}

fn parse_place(word: &str) -> Result<PlaceWord, String> {
    if word == "text" {
        return Ok(PlaceWord::Text);
    }
    StatementKind::from_word(word).map(PlaceWord::Statement).ok_or_else(|| format!("'{word}' is no statement"))
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
