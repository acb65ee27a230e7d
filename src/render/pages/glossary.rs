//! The glossary: the site's short explanation of each term, and the wordings that documents give it.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use tera::Context;

use crate::assemble::{GlossaryTerm, Wording, sort_key, term_key};
use crate::render::elements::exhibit::Link;
use crate::render::page::{Page, Renderer};
use crate::render::wording::glossary::Explanations;
use crate::render::wording::links;

const URL: &str = "glossary/";
/// How many wordings of a term the page quotes; `data/terms.csv` has all.
const WORDINGS: usize = 6;
/// How many documents it names for each.
const USES: usize = 4;

/// A term on the page.
#[derive(Debug, Serialize)]
struct Term {
    id: String,
    name: String,
    definition: Option<String>,
    /// True when documents explain it differently.
    differ: bool,
    wordings: Vec<WordingValues>,
    not_shown: Option<String>,
}

#[derive(Debug, Serialize)]
struct WordingValues {
    text: String,
    uses: Vec<Link>,
    more: Option<String>,
}

/// Writes the page.
pub(super) fn write(renderer: &Renderer<'_>) {
    let words = &renderer.words;
    let terms = terms(renderer);
    let mut context = Context::new();
    context.insert("terms", &terms);
    let title = words.get("glossary.title").to_owned();
    let description = words.get("glossary.lead").to_owned();
    let page = Page { url: URL.to_owned(), title, description, section: "glossary", ..Page::default() };
    renderer.page(&page, "glossary.html", context);
}

/// Finds terms for pages that mention them.
pub(super) struct TermLinks<'s> {
    /// The terms of documents as they are compared.
    listed: HashMap<String, &'s GlossaryTerm>,
    explanations: &'s Explanations,
}

impl<'s> TermLinks<'s> {
    pub(super) fn new(renderer: &Renderer<'s>) -> Self {
        // Of two terms that count as the same the first one is listed.
        let listed = renderer.site.glossary.iter().rev().map(|term| (term_key(&term.name), term)).collect();
        TermLinks { listed, explanations: renderer.explanations }
    }

    /// The link to a term with its explanation in short; `None` for a word that the glossary does not have.
    pub(super) fn of(&self, page: &str, name: &str) -> Option<(String, String)> {
        let listed = |name: &str| self.listed.get(&term_key(name));
        let explained = self.explanations.get(name);
        let own = listed(name);
        let text = explained.or_else(|| own?.wordings.first().map(|wording| wording.text.as_str()))?;
        let id = match own {
            Some(own) => own.slug.clone(),
            // A name that the site explains and no document does leads to the first name that the site gives the term.
            None => {
                let (first, _) = self.explanations.all().find(|(_, text)| Some(*text) == explained)?;
                listed(first).map_or_else(|| own_id(first), |listed| listed.slug.clone())
            }
        };
        Some((links::href(page, &format!("{URL}#{id}")), text.to_owned()))
    }
}

/// Terms of documents and terms that only the site explains, by pinyin.
fn terms(renderer: &Renderer<'_>) -> Vec<Term> {
    let listed: BTreeSet<String> = renderer.site.glossary.iter().map(|term| term_key(&term.name)).collect();
    let of_documents = renderer.site.glossary.iter().map(|term| of_documents(renderer, term));
    let own = renderer.explanations.all().filter(|(name, _)| !listed.contains(&term_key(name)));
    let own = own.map(|(name, text)| Term {
        id: own_id(name),
        name: name.to_owned(),
        definition: Some(text.to_owned()),
        differ: false,
        wordings: Vec::new(),
        not_shown: None,
    });
    let mut terms: Vec<Term> = of_documents.chain(own).collect();
    terms.sort_by_cached_key(|term| sort_key(&term_key(&term.name)));
    terms
}

/// The id of a term that no document explains.
fn own_id(name: &str) -> String {
    format!("own-{}", crate::assemble::slug(name))
}

fn of_documents(renderer: &Renderer<'_>, term: &GlossaryTerm) -> Term {
    let wording = |wording: &Wording| WordingValues {
        text: wording.text.clone(),
        uses: wording
            .uses
            .iter()
            .take(USES)
            .map(|(index, place)| {
                let published = &renderer.site.disclosures[*index];
                Link { label: published.title.clone(), href: links::source_href(URL, published, *place) }
            })
            .collect(),
        more: wording.uses.len().checked_sub(USES).filter(|more| *more > 0).map(|more| more.to_string()),
    };
    Term {
        id: term.slug.clone(),
        name: term.name.clone(),
        definition: renderer.explanations.get(&term.name).map(str::to_owned),
        differ: term.wordings.len() > 1,
        wordings: term.wordings.iter().take(WORDINGS).map(wording).collect(),
        not_shown: term.wordings.len().checked_sub(WORDINGS).filter(|more| *more > 0).map(|more| more.to_string()),
    }
}
