//! A site in English: what is Chinese on its pages is the documents' own, and is marked as Chinese.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use regex::Regex;

use budgetsite::build::{SiteFolder, build};
use budgetsite::output::MemoryOutput;
use budgetsite::vocabulary::text::fold;

use crate::sites::{files_below, repository};

/// A site in English and everything Chinese that its pages may show.
struct English {
    files: BTreeMap<String, String>,
    known: String,
}

#[test]
fn what_is_chinese_on_a_page_comes_from_the_documents() {
    let run = Regex::new(r"[\u{3400}-\u{9fff}]+").unwrap();
    for site in sites() {
        let mut strange: BTreeMap<&str, &str> = BTreeMap::new();
        for (path, text) in pages(site).flat_map(|(path, html)| shown(html).into_iter().map(move |text| (path, text))) {
            let own = run.find_iter(text).map(|found| found.as_str());
            let own = own.filter(|own| !site.known.contains(&own.chars().map(fold).collect::<String>()));
            strange.extend(own.map(|own| (own, path)));
        }
        assert!(strange.is_empty(), "words of the interface that stayed Chinese, with a page: {strange:#?}");
    }
}

#[test]
fn passages_of_documents_are_marked_as_chinese() {
    let chinese = Regex::new(r"[\u{3400}-\u{9fff}]").unwrap();
    let closed = ["script", "style", "svg", "title", "option"]
        .map(|name| Regex::new(&format!("(?s)<{name}\\b.*?</{name}>")).unwrap());
    let piece = Regex::new(r"<[^<>]*>([^<>]+)").unwrap();
    for site in sites() {
        for (path, html) in pages(site).filter(|(path, _)| path.ends_with(".html")) {
            let html = closed.iter().fold(html.to_owned(), |html, element| element.replace_all(&html, "").into_owned());
            let unmarked: BTreeSet<&str> = piece
                .captures_iter(&html)
                .filter(|found| chinese.is_match(&found[1]) && !found[0].contains(" lang=\"zh"))
                .map(|found| found.get(0).unwrap().as_str())
                .collect();
            assert!(unmarked.is_empty(), "{path}: {unmarked:#?}");
        }
    }
}

#[test]
fn a_language_of_the_site_says_the_rest_in_chinese() {
    let words = ("templates/language/fr.toml", "[frame]\nskip = \"Aller au contenu\"\n");
    let content = repository().join("tests/golden/sound/content");
    let home = &built("fr", &content, &[words])["index.html"];
    for told in ["<html lang=\"fr\"", "Aller au contenu", "检索", "按地区看部门"] {
        assert!(home.contains(told), "{told}");
    }
}

/// Pages and pictures.
fn pages(site: &English) -> impl Iterator<Item = (&str, &str)> {
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|ending| ending == "html" || ending == "svg");
    site.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).filter(move |(path, _)| is_page(path))
}

/// What a reader sees or hears: texts, and the attributes that are told.
fn shown(html: &str) -> Vec<&str> {
    static PIECES: OnceLock<Regex> = OnceLock::new();
    let pieces = PIECES.get_or_init(|| {
        Regex::new(
            r#"(?s)<script\b.*?</script>|<style\b.*?</style>|\b(?:title|aria-label|alt|content|placeholder)="([^"]*)"|>([^<>]+)"#,
        )
        .unwrap()
    });
    let text = |found: regex::Captures<'_>| found.get(1).or(found.get(2)).map(|found| found.range());
    pieces.captures_iter(html).filter_map(text).map(|range| &html[range]).collect()
}

/// The shipped documents and those of a golden site that is full of gaps, each as a site in English.
fn sites() -> &'static [English] {
    static SITES: OnceLock<Vec<English>> = OnceLock::new();
    SITES.get_or_init(|| {
        ["content", "tests/golden/quirks/content"].map(|content| english(&repository().join(content))).into()
    })
}

fn english(content: &Path) -> English {
    let files = built("en", content, &[]);
    English { known: known(content, &files), files }
}

/// The text files of a site of these documents in a language, with files of its own.
fn built(language: &str, content: &Path, own: &[(&str, &str)]) -> BTreeMap<String, String> {
    let root = tempfile::tempdir().unwrap();
    let settings = format!("language = \"{language}\"\ntitle = \"Budgets\"\n");
    for (path, text) in own.iter().chain(&[("site.toml", settings.as_str())]) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = MemoryOutput::default();
    let report = build(&SiteFolder::new(root.path(), Some(content)), &output);
    assert!(!report.misconfigured, "{:?}", report.diagnostics);
    let text = |(path, bytes): (String, Vec<u8>)| Some((path, String::from_utf8(bytes).ok()?));
    output.into_files().into_iter().filter_map(text).collect()
}

/// The documents; names that reading put together again; names of places and of the classifications; units of money.
fn known(content: &Path, files: &BTreeMap<String, String>) -> String {
    let mut known = String::from("千元 亿元 本级\n");
    known.extend(files_below(content).into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
    known.extend(
        ["facts", "projects", "indicators", "targets", "units"].map(|name| files[&format!("data/{name}.csv")].as_str()),
    );
    let heads = files.iter().filter(|(path, _)| path.contains("/statements/"));
    known.extend(heads.filter_map(|(_, text)| text.lines().next()));
    known.push_str(&files["data/disclosures.json"]);
    // Terms are explained under their Chinese names.
    for file in ["src/vocabulary/functions.toml", "src/vocabulary/economic.toml", "templates/glossary/en.toml"] {
        known += &fs::read_to_string(repository().join(file)).unwrap();
    }
    let place = Regex::new(r#""province":"(\w*)"(?:,"city":"(\w*)")?(?:,"district":"(\w*)")?"#).unwrap();
    for found in place.captures_iter(&files["data/disclosures.json"]) {
        known.extend(found.iter().skip(1).flatten().map(|name| name.as_str()).chain(["\n"]));
    }
    // A name of which two lines hold the parts is told in the characters of either.
    known.chars().filter(|one| !one.is_whitespace() && !"“”\"".contains(*one)).map(fold).collect()
}
