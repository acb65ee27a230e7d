//! What the checks need to know of an HTML page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// A parsed page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Every element in order.
    pub(crate) elements: Vec<Element>,
    /// The text of `<title>`.
    pub(crate) title: String,
    /// The texts of `<script>` elements without `src`, with their types.
    pub(crate) scripts: Vec<(String, String)>,
    /// The texts of `<style>` elements.
    pub(crate) styles: Vec<String>,
    /// What is wrong with the markup itself.
    pub(crate) mistakes: Vec<String>,
    /// True with `<!DOCTYPE html>`.
    pub(crate) doctype: bool,
    known: OnceLock<BTreeSet<String>>,
}

/// A start tag.
#[derive(Debug)]
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: String,
    /// Its attributes.
    pub(crate) attributes: BTreeMap<String, String>,
    /// True below `<thead>`.
    pub(crate) in_table_head: bool,
}

impl Element {
    /// An attribute; empty when it is not there.
    pub(crate) fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }
}

/// Elements without an end tag.
const VOID: [&str; 11] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"];

/// Elements whose end tag may be left out.
const OPTIONAL_END: [&str; 14] =
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "caption", "optgroup"];

impl Page {
    /// Parses a page.
    pub(crate) fn parse(html: &str) -> Self {
        let mut page = Page::default();
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut open: Vec<String> = Vec::new();
        let mut text = String::new();
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => {
                    text.clear();
                    page.start(tag, &mut open);
                }
                Token::EndTag(tag) => {
                    let name = utf8(&tag.name);
                    page.end(&name, &text, &mut open);
                    text.clear();
                }
                Token::String(part) => text.push_str(&utf8(&part.value)),
                Token::Doctype(doctype) => page.doctype = utf8(&doctype.name) == "html",
                Token::Error(error) => page.mistakes.push(format!("{} at byte {}", error.value, error.span.start)),
                Token::Comment(_) => {}
            }
        }
        let left = open.iter().filter(|name| !OPTIONAL_END.contains(&name.as_str()));
        page.mistakes.extend(left.map(|name| format!("<{name}> is not closed")));
        page
    }

    fn start(&mut self, tag: StartTag<usize>, open: &mut Vec<String>) {
        let name = utf8(&tag.name);
        let attributes = tag.attributes.iter().map(|(name, value)| (utf8(name), utf8(&value.value))).collect();
        if !VOID.contains(&name.as_str()) && !tag.self_closing {
            open.push(name.clone());
        }
        let in_table_head = open.iter().any(|name| name == "thead");
        self.elements.push(Element { name, attributes, in_table_head });
    }

    fn end(&mut self, name: &str, text: &str, open: &mut Vec<String>) {
        while open.last().is_some_and(|last| last != name && OPTIONAL_END.contains(&last.as_str())) {
            open.pop();
        }
        match open.last() {
            Some(last) if last == name => drop(open.pop()),
            last => self.mistakes.push(format!("</{name}> ends {last:?}")),
        }
        let attribute = |name: &str| self.elements.last().map(|element| element.get(name).to_owned());
        match name {
            "title" if self.title.is_empty() => self.title = text.trim().to_owned(),
            "script" if attribute("src").as_deref() == Some("") => {
                self.scripts.push((attribute("type").unwrap_or_default(), text.to_owned()));
            }
            "style" => self.styles.push(text.to_owned()),
            _ => {}
        }
    }

    /// The elements with this name.
    pub(crate) fn named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// All ids in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|element| element.attributes.get("id")).map(String::as_str)
    }

    /// True when the page has an element with this id.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.known.get_or_init(|| self.ids().map(ToOwned::to_owned).collect()).contains(id)
    }

    /// True when the page only sends the reader on to another one.
    pub(crate) fn is_redirect(&self) -> bool {
        self.named("meta").any(|meta| meta.get("http-equiv").eq_ignore_ascii_case("refresh"))
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
