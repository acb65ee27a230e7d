//! The rules: TOML entries to compiled identities. Goes in: the files of `identities/`; comes out: [`Rules`].

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

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
    /// The words that a check looks for.
    pub(super) phrases: Vec<String>,
    /// The kind of document that it speaks of; `None` for both.
    pub(super) document: Option<Kind>,
    /// What is evaluated.
    pub(super) test: Test,
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

    /// Rules from files; the error names the file and the rule.
    pub(super) fn parse(files: &[(&str, &str)]) -> Result<Rules, String> {
        let mut rules = Vec::new();
        for (file, text) in files {
            let entries: File = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
            for entry in entries.rule {
                let code = entry.code.clone();
                rules.push(entry.compile().map_err(|error| format!("{file}: {code}: {error}"))?);
            }
        }
        // Of rules of one code the first counts; a test refuses them.
        let by_code =
            rules.iter().enumerate().rev().map(|(at, rule): (usize, &Rule)| (rule.code.clone(), at)).collect();
        Ok(Rules { rules, by_code })
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
    fn compile(self) -> Result<Rule, String> {
        let class = self.class.as_deref().map_or(Ok(Class::Source), parse_class)?;
        let document = self.document.as_deref().map(parse_document).transpose()?;
        let written = self.formula.clone();
        let test = match (self.check, self.years) {
            (Some(check), _) => Test::Check(check),
            (None, Some(years)) => Test::Years(years),
            (None, None) => Test::Formulas(self.formulas()?),
        };
        Ok(Rule {
            formulas: written,
            severity: parse_severity(&self.severity).ok_or_else(|| format!("'{}' is no severity", self.severity))?,
            code: self.code,
            name: self.name,
            sentence: self.sentence,
            reason: self.reason,
            class,
            tolerance: self.tolerance,
            phrases: self.phrases,
            document,
            test,
        })
    }

    fn formulas(&self) -> Result<Formulas, String> {
        if self.formula.is_empty() {
            return Err("neither formula nor check".to_owned());
        }
        if let Some(unknown) =
            self.each.iter().find(|word| !["row", "column", "change", "share"].contains(&word.as_str()))
        {
            return Err(format!("'{unknown}' in each is none of row, column, change, share"));
        }
        let identities: Vec<Formula> =
            self.formula.iter().map(|text| Formula::parse(text)).collect::<Result<_, _>>()?;
        let each = |word: &str| self.each.iter().any(|given| given == word);
        if each("row") == self.rows.is_empty() {
            return Err("each = [\"row\"] and rows belong together".to_owned());
        }
        Ok(Formulas {
            places: self.statements.iter().map(|word| parse_place(word)).collect::<Result<_, _>>()?,
            rows: self.rows.iter().map(|word| parse_rows(word)).collect::<Result<_, _>>()?,
            columns: each("column"),
            changes: each("change"),
            shares: each("share"),
            conditions: self.when.iter().map(|text| parse_identity(text)).collect::<Result<_, _>>()?,
            repeats: self.statements.len() > 1 || identities.iter().any(|formula| formula.identity.names_a_phase()),
            identities,
        })
    }
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
