//! Every address that the data of the shipped site names leads to a page, and every anchor to an element of it.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use budgetsite::build::{SiteFolder, build, examine};
use budgetsite::config::SiteConfig;
use budgetsite::export;
use budgetsite::output::MemoryOutput;
use serde_json::Value;

type Files = BTreeMap<String, Vec<u8>>;

fn folder() -> SiteFolder {
    SiteFolder::new(Path::new(env!("CARGO_MANIFEST_DIR")), None)
}

/// The shipped site, built once.
fn built() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let output = MemoryOutput::default();
        let report = build(&folder(), &output);
        assert!(!report.has_errors(), "{:?}", report.diagnostics);
        output.into_files()
    })
}

fn json(files: &Files, path: &str) -> Value {
    serde_json::from_slice(&files[path]).unwrap()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|item| item.as_u64().unwrap()).collect()
}

/// The addresses of all records of the search index.
fn index_addresses(files: &Files) -> Vec<String> {
    let manifest = json(files, "search/manifest.json");
    let [count, group] = ["count", "group"].map(|key| manifest["docs"][key].as_u64().unwrap() as usize);
    let names = manifest["docs"]["names"].as_str().unwrap();
    let name =
        |shard: usize| format!("{}{}", &names[shard / group * 5..][..5], char::from(b'a' + (shard % group) as u8));
    let mut addresses = Vec::new();
    for name in (0..count).map(name) {
        let docs = json(files, &format!("search/docs/{name}.json"));
        let pages = strings(&docs["pages"]["url"]);
        let hits = numbers(&docs["page"]).into_iter().zip(strings(&docs["url"]));
        addresses.extend(hits.map(|(page, url)| format!("{}{url}", pages[page as usize])));
    }
    assert_eq!(addresses.len() as u64, manifest["counts"]["records"].as_u64().unwrap());
    addresses
}

/// The ids in a page.
fn ids(page: &[u8]) -> BTreeSet<String> {
    let page = std::str::from_utf8(page).unwrap();
    page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn hits_and_disclosures_lead_to_what_they_name() {
    let files = built();
    let mut addresses = index_addresses(files);
    assert!(addresses.len() > 1000, "{}", addresses.len());
    let disclosures = json(files, "data/disclosures.json");
    addresses.extend(disclosures.as_array().unwrap().iter().map(|it| it["url"].as_str().unwrap().to_owned()));
    let mut pages: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for address in &addresses {
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let page = files.get(&format!("{path}index.html")).unwrap_or_else(|| panic!("no page for {address}"));
        let ids = pages.entry(path).or_insert_with(|| ids(page));
        assert!(anchor.is_empty() || ids.contains(anchor), "no element for {address}");
    }
}

#[test]
fn the_sitemap_lists_pages_that_are_there() {
    let files = built();
    let (_, site) = examine(&folder());
    let output = MemoryOutput::default();
    let config = SiteConfig { base_url: "https://example.org/budget".to_owned(), ..SiteConfig::default() };
    export::write(&config, &site.unwrap(), &output);
    let sitemap = String::from_utf8(output.into_files().remove("sitemap.xml").unwrap()).unwrap();
    let pages: Vec<&str> = sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    assert!(pages.len() > 10, "{pages:?}");
    for page in pages {
        let path = page.strip_prefix("https://example.org/budget/").unwrap();
        assert!(files.contains_key(&format!("{path}index.html")), "{page}");
    }
}
