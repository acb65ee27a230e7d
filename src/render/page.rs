//! What all pages share: the frame's values, the relative way to the root, and the one door to the output.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tera::{Context, Value};

use super::theme::{Theme, template_problem};
use super::wording::escape::visible;
use super::wording::glossary::Explanations;
use super::wording::links;
use super::wording::passages;
use super::wording::words::Words;
use crate::assemble::Site;
use crate::config::{ChangeColors, SiteConfig};
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::Output;

/// One page: what its frame says.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Relative to the root: `departments/<slug>/`, empty for the home page; `404.html` for the only page that is a
    /// file of its own.
    pub url: String,
    /// The title, which is also the last breadcrumb.
    pub title: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// The entry of the navigation that it belongs to, such as `departments`.
    pub section: &'static str,
    /// The pages above it: label and URL relative to the root. The home page comes by itself.
    pub above: Vec<(String, String)>,
    /// The page's own `<meta>` tags: name and content.
    pub tags: Vec<(&'static str, String)>,
    /// What the page offers as data, in the words of schema.org.
    pub dataset: Option<serde_json::Value>,
}

/// Renders and writes pages. One for the whole site, or for a department alone, used from all threads.
pub struct Renderer<'a> {
    /// The site's configuration.
    pub config: &'a SiteConfig,
    /// Everything that is published.
    pub site: &'a Site,
    /// The interface language.
    pub words: Arc<Words>,
    /// The site's own explanations of terms.
    pub(super) explanations: &'a Explanations,
    theme: &'a Theme,
    output: &'a dyn Output,
    frame: Value,
    words_value: Value,
    diagnostics: Mutex<Vec<Diagnostic>>,
}

impl<'a> Renderer<'a> {
    /// Prepares what does not change from page to page.
    pub fn new(config: &'a SiteConfig, theme: &'a Theme, site: &'a Site, output: &'a dyn Output) -> Self {
        let (words, problem) = theme.words(&config.language);
        let words = words.for_rules(site.rules, &config.language);
        let words_value = words.to_value();
        let frame = Value::from_serializable(&frame(config, theme, &words));
        let diagnostics = Mutex::new(problem.into_iter().collect());
        let explanations = theme.explanations(&config.language);
        let words = Arc::new(words);
        Renderer { config, site, words, explanations, theme, output, frame, words_value, diagnostics }
    }

    /// The same for another site, such as that of a department alone.
    pub(super) fn of_site<'b>(&'b self, site: &'b Site, output: &'b dyn Output) -> Renderer<'b> {
        Renderer {
            config: self.config,
            site,
            words: self.words.clone(),
            explanations: self.explanations,
            theme: self.theme,
            output,
            frame: self.frame.clone(),
            words_value: self.words_value.clone(),
            diagnostics: Mutex::default(),
        }
    }

    /// Renders a page and writes it. `context` holds the page's own values.
    pub fn page(&self, page: &Page, template: &str, mut context: Context) {
        context.insert("root", &links::root_prefix(&page.url));
        context.insert("page", &self.page_values(page));
        context.insert_value("site", self.frame.clone());
        context.insert_value("words", self.words_value.clone());
        let mut html = Vec::new();
        match self.theme.tera.render_to(template, &context, &mut html) {
            Ok(()) => self.file(&links::file(&page.url), self.with_passages(html)),
            Err(error) => self.report(template_problem(&error, &self.theme.sources)),
        }
    }

    /// A page with the passages of documents marked, where the page is in another language than they.
    fn with_passages(&self, html: Vec<u8>) -> Vec<u8> {
        if self.words.language().starts_with("zh") {
            return html;
        }
        // Templates write nothing but text.
        passages::mark(&String::from_utf8_lossy(&html)).into_bytes()
    }

    /// Writes a file beside the pages; `path` is relative to the root.
    pub fn file(&self, path: &str, bytes: Vec<u8>) {
        self.output.write(path, bytes);
    }

    /// Keeps what a page has to say.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }

    /// Keeps what another renderer had to say; true when nothing went wrong there.
    pub(super) fn take_over(&self, other: Renderer<'_>) -> bool {
        let said = other.into_diagnostics();
        let is_whole = said.iter().all(|said| said.severity != Severity::Error);
        self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner).extend(said);
        is_whole
    }

    /// The theme, for what is written besides pages.
    pub(super) fn theme(&self) -> &Theme {
        self.theme
    }

    /// What was said, in order of display.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics.into_inner().unwrap_or_else(PoisonError::into_inner);
        crate::diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    fn page_values(&self, page: &Page) -> PageValues<'_> {
        let home = (self.words.get("navigation.home").to_owned(), String::new());
        let above = (!page.url.is_empty()).then_some(home).into_iter().chain(page.above.iter().cloned());
        let breadcrumbs = above.map(|(label, url)| Crumb { href: links::href(&page.url, &url), label }).collect();
        let base = self.config.base_url.trim_end_matches('/');
        PageValues {
            title: page.title.clone(),
            description: page.description.clone(),
            url: page.url.clone(),
            canonical: (!base.is_empty() && page.section != "missing").then(|| format!("{base}/{}", page.url)),
            section: page.section,
            breadcrumbs,
            tags: self.tags(page),
            // Inside of a script nothing but its end tag has to be kept away.
            dataset: page
                .dataset
                .as_ref()
                .map(|dataset| visible(&dataset.to_string()).replace('<', "\\u003c").replace('>', "\\u003e")),
        }
    }

    /// The tags that a government site must have, and the page's own. Other sites have none.
    fn tags(&self, page: &Page) -> Vec<Tag<'_>> {
        let Some(government) = &self.config.government else { return Vec::new() };
        let site = [
            ("SiteName", &government.site_name),
            ("SiteDomain", &government.site_domain),
            ("SiteIDCode", &government.site_id_code),
        ];
        let of_site = site.into_iter().map(|(name, content)| Tag { name, content: content.clone() });
        // Every page that is neither the home page nor a document belongs to a column.
        let is_column = !page.url.is_empty() && page.tags.is_empty() && page.section != "missing";
        let column = [
            ("ColumnName", page.title.clone()),
            ("ColumnDescription", page.description.clone()),
            ("ColumnType", self.words.get("department.column_type").to_owned()),
        ];
        let column = column.into_iter().filter(|_| is_column).map(|(name, content)| Tag { name, content });
        let of_page = page.tags.iter().map(|(name, content)| Tag { name, content: content.clone() });
        of_site.chain(column).chain(of_page).filter(|tag| !tag.content.is_empty()).collect()
    }
}

#[derive(Serialize)]
struct PageValues<'a> {
    title: String,
    description: String,
    url: String,
    canonical: Option<String>,
    section: &'static str,
    breadcrumbs: Vec<Crumb>,
    tags: Vec<Tag<'a>>,
    dataset: Option<String>,
}

#[derive(Serialize)]
struct Crumb {
    label: String,
    href: String,
}

#[derive(Serialize)]
struct Tag<'a> {
    name: &'a str,
    content: String,
}

#[derive(Serialize)]
struct Frame<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    changes: &'static str,
    publisher: PublisherValues<'a>,
    government: Option<Vec<Line>>,
    stylesheets: Vec<&'a str>,
    navigation: Vec<Entry>,
    more: Vec<Entry>,
    text_pages: Vec<Entry>,
}

#[derive(Serialize)]
struct PublisherValues<'a> {
    name: &'a str,
    url: Option<&'a str>,
    contact: &'a str,
}

#[derive(Serialize)]
struct Line {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Entry {
    section: String,
    url: String,
    label: String,
}

fn frame<'a>(config: &'a SiteConfig, theme: &'a Theme, words: &Words) -> Frame<'a> {
    let publisher = &config.publisher;
    Frame {
        title: &config.title,
        description: &config.description,
        language: &config.language,
        changes: match config.display.change_colors {
            ChangeColors::Neutral => "neutral",
            ChangeColors::Cn => "cn",
            ChangeColors::West => "west",
        },
        publisher: PublisherValues {
            name: &publisher.name,
            // Only a web address becomes a link.
            url: Some(publisher.url.as_str()).filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            contact: &publisher.contact,
        },
        government: government_lines(config, words),
        stylesheets: stylesheets(theme),
        navigation: entries(words, &SECTIONS),
        more: entries(words, &MORE),
        // The page about the site has its place already.
        text_pages: theme
            .texts(&config.language)
            .into_iter()
            .filter(|(name, _)| *name != "about")
            .map(|(name, text)| text_page(name, text))
            .collect(),
    }
}

/// The sections of the navigation in order; the URL of each is its name.
const SECTIONS: [&str; 8] =
    ["departments", "functions", "three-public", "projects", "compare", "checks", "data", "method"];

/// The sections at the foot of every page.
const MORE: [&str; 5] = ["economic", "status", "changes", "glossary", "about"];

fn entries(words: &Words, sections: &[&str]) -> Vec<Entry> {
    let entry = |section: &str| Entry {
        section: section.to_owned(),
        url: format!("{section}/"),
        label: words.get(&format!("navigation.{section}")).to_owned(),
    };
    sections.iter().copied().map(entry).collect()
}

fn text_page(name: &str, markdown: &str) -> Entry {
    let label = super::wording::markdown::title(markdown).unwrap_or_else(|| name.to_owned());
    Entry { section: name.to_owned(), url: format!("{name}/"), label }
}

/// The style sheets of the program in their order, then those that the site adds. A chart for other sites has its own.
fn stylesheets(theme: &Theme) -> Vec<&str> {
    const ORDER: [&str; 3] = ["site.css", "tables.css", "chart.css"];
    const EMBED: &str = "embed.css";
    let sheets = theme.files.keys().map(String::as_str).filter(|name| name.ends_with(".css") && *name != EMBED);
    let (builtin, added): (Vec<&str>, Vec<&str>) = sheets.partition(|name| ORDER.contains(name));
    ORDER.into_iter().filter(|name| builtin.contains(name)).chain(added).collect()
}

/// The lines that the footer of a government site must show (国办发〔2017〕47号).
fn government_lines(config: &SiteConfig, words: &Words) -> Option<Vec<Line>> {
    let government = config.government.as_ref()?;
    let lines = [
        ("organizer", &government.organizer),
        ("operator", &government.operator),
        ("site_id_code", &government.site_id_code),
        ("icp", &government.icp),
        ("police", &government.police),
        ("contact", &government.contact),
    ];
    let line = |(key, value): (&str, &String)| Line {
        label: words.get(&format!("footer.{key}")).to_owned(),
        value: value.clone(),
    };
    Some(lines.into_iter().filter(|(_, value)| !value.is_empty()).map(line).collect())
}
