//! A rule as its file has it: TOML entries to rules, each mistake with its place.

use serde::Deserialize;

use super::{Formula, Formulas, Phrases, Rule, Test, Tolerance};
use crate::audit::checks::Check;
use crate::audit::formula::{PlaceWord, parse_identity, parse_rows};
use crate::audit::over_time::Years;
use crate::model::{Class, FindingSeverity, Kind, StatementKind};

/// What is wrong with a rule.
#[derive(Debug, Clone, Default)]
pub(in crate::audit) struct Wrong {
    /// The rule; empty when the file as a whole cannot be read.
    pub(in crate::audit) code: String,
    /// The value at fault as it is written; empty for the rule as a whole.
    pub(in crate::audit) written: String,
    /// Where it stands, when that is known.
    pub(in crate::audit) range: Option<std::ops::Range<usize>>,
    pub(in crate::audit) message: String,
}

impl Wrong {
    fn value(written: &str, message: String) -> Self {
        Wrong { written: written.to_owned(), message, ..Wrong::default() }
    }

    fn rule(message: &str) -> Self {
        Wrong { message: message.to_owned(), ..Wrong::default() }
    }
}

/// A file of rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) rule: Vec<Entry>,
}

/// A rule as written. `identities/README.md` tells what each key means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) code: String,
    name: String,
    #[serde(default)]
    name_en: String,
    sentence: String,
    #[serde(default)]
    sentence_en: String,
    reason: String,
    #[serde(default)]
    reason_en: String,
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
    pub(super) fn compile(self) -> Result<Rule, Wrong> {
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
            sentence_en: self.sentence_en,
            reason: self.reason,
            reason_en: self.reason_en,
            class,
            tolerance: self.tolerance,
            phrases: Phrases::new(self.phrases),
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
pub(in crate::audit) fn parse_severity(word: &str) -> Option<FindingSeverity> {
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
