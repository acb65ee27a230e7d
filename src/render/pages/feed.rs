//! `feed.xml`: an Atom feed of disclosures, the newest first.
//!
//! The feed has relative links when the site's address is not known. An entry's date is the date of publication; a
//! document that tells none has the first day of its fiscal year, so that it comes after those that do; one that
//! tells neither is left out, because Atom demands a date.

use std::fmt::Write as _;

use crate::assemble::PublishedDisclosure;
use crate::render::page::Renderer;
use crate::render::pages::changes::newest;
use crate::render::wording::escape::visible;
use crate::render::wording::figure::Figures;
use crate::render::wording::sentence::Sentences;

/// How many entries a feed has.
const ENTRIES: usize = 100;

/// Writes the feed.
pub(super) fn write(renderer: &Renderer<'_>) {
    let config = renderer.config;
    let base = config.base_url.trim_end_matches('/');
    let link = |path: &str| if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") };
    let told: Vec<(String, &PublishedDisclosure)> =
        newest(renderer).into_iter().filter_map(|one| Some((updated(one)?, one))).take(ENTRIES).collect();
    let latest = told.iter().map(|(date, _)| date.as_str()).max().unwrap_or("1970-01-01T00:00:00Z");
    let publisher = if config.publisher.name.is_empty() { &config.title } else { &config.publisher.name };
    let mut feed = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(
        feed,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n\
         <updated>{latest}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        escape(&config.language),
        escape(&config.title),
        identifier(base, ""),
        escape(publisher),
        escape(&link("feed.xml")),
        escape(&link("index.html")),
    );
    for (date, published) in &told {
        let _ = write!(
            feed,
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<updated>{date}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            escape(&published.title),
            identifier(base, &published.url),
            escape(&link(&format!("{}index.html", published.url))),
            escape(&summary(renderer, published)),
        );
    }
    feed.push_str("</feed>\n");
    renderer.file("feed.xml", feed.into_bytes());
}

/// The totals in a sentence.
fn summary(renderer: &Renderer<'_>, published: &PublishedDisclosure) -> String {
    let department = &renderer.site.departments[published.department];
    let figures = Figures::new(renderer.site, &renderer.words, "");
    Sentences { words: &renderer.words, figures }.totals(&department.name, published, &department.trend).text()
}

/// The date of an entry as Atom wants it; Beijing time. `None` when neither a date nor a year is known.
fn updated(published: &PublishedDisclosure) -> Option<String> {
    let identity = &published.disclosure.identity;
    let is_date = |date: &String| crate::settings::is_date(date);
    // A document may tell the month alone.
    let told = identity
        .published
        .as_deref()
        .and_then(|date| [date.to_owned(), format!("{date}-01")].into_iter().find(is_date));
    let day = told.or_else(|| identity.year.map(|year| format!("{year}-01-01")))?;
    Some(format!("{day}T00:00:00+08:00"))
}

/// An identifier that never changes: the page's address, else a UUID made from its path.
fn identifier(base: &str, url: &str) -> String {
    if !base.is_empty() {
        return escape(&format!("{base}/{url}"));
    }
    let hash = blake3::hash(format!("budgetsite feed {url}").as_bytes()).to_hex();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

/// Text for XML: markup escaped, characters that XML does not have shown by signs.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escape, identifier};

    #[test]
    fn text_is_escaped_and_identifiers_are_stable() {
        assert_eq!(escape("<甲>&\"\u{0}\u{1b}乙\n丙"), "&lt;甲&gt;&amp;&quot;␀␛乙 丙");
        assert_eq!(identifier("https://e.cn/a", "b/"), "https://e.cn/a/b/");
        let made = identifier("", "departments/a/2025-budget/");
        assert_eq!((made.len(), made.as_str()), (45, identifier("", "departments/a/2025-budget/").as_str()));
        assert_ne!(made, identifier("", "departments/b/2025-budget/"));
    }
}
