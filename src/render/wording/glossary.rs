//! The site's own explanations of terms: one TOML file per language among the templates.

use serde::Deserialize;

use crate::assemble::term_key;
use crate::diagnostic::{Diagnostic, Span};

/// The explanations of one language.
#[derive(Debug, Clone, Default)]
pub(in crate::render) struct Explanations {
    terms: Vec<Explanation>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanation {
    names: Vec<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    terms: Vec<Explanation>,
}

impl Explanations {
    /// No explanations.
    pub(in crate::render) const fn none() -> Explanations {
        Explanations { terms: Vec::new() }
    }

    /// Reads a file.
    pub(in crate::render) fn parse(file: &str, text: &str) -> Result<Explanations, Box<Diagnostic>> {
        let read: Result<File, toml::de::Error> = toml::from_str(text);
        read.map(|file| Explanations { terms: file.terms }).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let span = Span::in_text(file, text, at..at);
            Box::new(Diagnostic::error("glossary-error", format!("名词文件有误：{}", error.message()), span))
        })
    }

    /// Puts the explanations of another file over these: a term with a name in common is replaced.
    pub(in crate::render) fn put_over(&mut self, over: Explanations) {
        let new: Vec<String> = over.terms.iter().flat_map(|term| term.keys()).collect();
        self.terms.retain(|term| !term.keys().any(|key| new.contains(&key)));
        self.terms.extend(over.terms);
    }

    /// The explanation of a term by any of its names.
    pub(in crate::render) fn get(&self, name: &str) -> Option<&str> {
        let key = term_key(name);
        self.terms.iter().find(|term| term.keys().any(|own| own == key)).map(|term| term.text.as_str())
    }

    /// The first name of each term with its explanation.
    pub(in crate::render) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.terms.iter().filter_map(|term| Some((term.names.first()?.as_str(), term.text.as_str())))
    }
}

impl Explanation {
    fn keys(&self) -> impl Iterator<Item = String> {
        self.names.iter().map(|name| term_key(name))
    }
}

#[cfg(test)]
mod tests {
    use super::Explanations;

    #[test]
    fn a_site_replaces_single_terms_and_mistakes_have_a_place() {
        let mut own =
            Explanations::parse("a.toml", "[[terms]]\nnames = [\"“三公”经费\"]\ntext = \"甲\"").expect("valid");
        own.put_over(Explanations::parse("b.toml", "[[terms]]\nnames = [\"三公经费\"]\ntext = \"乙\"").expect("valid"));
        assert_eq!((own.get("\"三公\" 经费"), own.all().count()), (Some("乙"), 1));
        let mistake = Explanations::parse("c.toml", "[[terms]]\nname = \"甲\"").expect_err("an unknown key");
        assert_eq!(mistake.span.map(|span| span.line), Some(2));
    }
}
