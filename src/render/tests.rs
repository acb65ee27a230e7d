//! Tests over all pages of small sites.

use std::collections::{BTreeMap, BTreeSet};

use super::{Renderer, Theme, render};
use crate::assemble::samples::{disclosure, rich, site};
use crate::assemble::{Site, assemble};
use crate::config::SiteConfig;
use crate::model::Kind;
use crate::output::MemoryOutput;

fn files(config: &SiteConfig, site: &Site) -> BTreeMap<String, Vec<u8>> {
    let theme = Theme::load(None).expect("the built-in theme is right");
    let output = MemoryOutput::default();
    let problems = render(config, &theme, site, &output);
    assert_eq!(problems, []);
    output.into_files()
}

fn sample() -> Site {
    let mut unit = disclosure("d.txt", "甲乙市档案馆", 2024, Kind::Budget, 7);
    unit.identity.region = crate::model::Region::default();
    let mut declared = rich("e.txt", "甲乙市<i>审计局", 2025, Kind::Budget);
    declared.identity.aliases = vec!["old/shenji".to_owned()];
    site(
        "",
        vec![
            rich("a.txt", "甲乙市人民政府办公室", 2025, Kind::Budget),
            rich("b.txt", "甲乙市人民政府办公室", 2024, Kind::Budget),
            rich("c.txt", "甲乙市人民政府办公室", 2024, Kind::Final),
            unit,
            declared,
        ],
    )
}

/// The values of `href`, `src` and `action` of a page.
fn links(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in [" href=\"", " src=\"", " action=\"", " data-index=\""] {
        for rest in html.split(name).skip(1) {
            found.push(rest.split('"').next().unwrap_or_default().replace("&amp;", "&"));
        }
    }
    found
}

/// The file that a relative link from a file leads to.
fn target(from: &str, link: &str) -> String {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_is_relative_and_leads_to_a_file() {
    let files = files(&SiteConfig::default(), &sample());
    // Files of other stages.
    let written_elsewhere = |path: &str| path.starts_with("data/") || path == "search/";
    let mut missing = BTreeSet::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).expect("UTF-8");
        for link in links(&html) {
            assert!(!link.starts_with('/') && !link.contains("://") && !link.contains("{{"), "{path}: {link}");
            let target = if link.starts_with('#') { path.clone() } else { target(path, &link) };
            if !files.contains_key(&target) && !written_elsewhere(&target) {
                missing.insert(format!("{path}: {link}"));
            }
            if let Some(anchor) = link.strip_prefix('#') {
                assert!(html.contains(&format!("id=\"{anchor}\"")), "{path}: {link}");
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn names_of_documents_add_no_markup() {
    for (path, bytes) in files(&SiteConfig::default(), &sample()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if path.ends_with(".html") || path.ends_with(".svg") {
            assert!(!text.contains("<i>") && !text.contains("<b>&\"") && !text.contains("<增加>"), "{path}");
        }
    }
}

#[test]
fn no_word_of_the_interface_is_missing() {
    // A key that the language file does not have stands for itself: a section of the file, a dot, a word.
    let language: toml::Table = include_str!("../../templates/language/zh-CN.toml").parse().expect("valid TOML");
    let sections = language.keys().map(String::as_str).collect::<Vec<_>>().join("|");
    let key = regex::Regex::new(&format!(r"\b({sections})\.[a-z_]+")).expect("a valid pattern");
    let tag = regex::Regex::new("<[^>]*>").expect("a valid pattern");
    // The data dictionary names fields and files in the same form.
    let is_page = |path: &str| path.ends_with(".html") && path != "data/index.html";
    for (path, bytes) in files(&SiteConfig::default(), &sample()).iter().filter(|(path, _)| is_page(path)) {
        let html = String::from_utf8_lossy(bytes);
        let body = html.split_once("<body").map_or("", |(_, body)| body).split("<script").next().unwrap_or_default();
        let text = tag.replace_all(body, "\n").into_owned();
        let found: Vec<&str> = key.find_iter(&text).map(|found| found.as_str()).collect();
        assert!(found.is_empty(), "{path}: {found:?}");
        assert!(!text.contains('{'), "{path}: a placeholder is left");
    }
}

#[test]
fn the_interface_speaks_english_too() {
    let config = SiteConfig { language: "en".to_owned(), ..SiteConfig::default() };
    let files = files(&config, &sample());
    let page = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(page("checks/index.html").contains("<h1>Checks</h1>"));
    assert!(page("index.html").contains("<html lang=\"en\""));
    let disclosure = page("departments/jiayi-renminzhengfubangongshi/2025-budget/index.html");
    assert!(disclosure.contains(">Main figures</h2>") && !disclosure.contains("主要数字"));
}

#[test]
fn an_empty_site_has_all_its_pages() {
    let config = SiteConfig::default();
    let files = files(&config, &assemble(&config, Vec::new()));
    for path in ["index.html", "departments/index.html", "three-public/index.html", "projects/index.html", "404.html"] {
        assert!(files.contains_key(path), "{path}");
    }
}

#[test]
fn a_government_site_shows_its_tags_and_others_do_not() {
    let text = "base_url = \"https://e.gov.cn/ysgk\"\n[government]\nsite_name = \"甲乙市政府\"\nsite_id_code = \"4103000001\"\nicp = \"豫ICP备1号\"";
    let (config, _) = crate::config::parse(text);
    let page = |files: BTreeMap<String, Vec<u8>>| {
        let path = "departments/jiayi-renminzhengfubangongshi/index.html";
        String::from_utf8(files[path].clone()).expect("UTF-8")
    };
    let government = page(files(&config, &sample()));
    for expected in [
        "<meta name=\"SiteIDCode\" content=\"4103000001\">",
        "<meta name=\"ColumnName\" content=\"甲乙市人民政府办公室\">",
        "豫ICP备1号",
        "<link rel=\"canonical\" href=\"https://e.gov.cn/ysgk/departments/jiayi-renminzhengfubangongshi/\">",
    ] {
        assert!(government.contains(expected), "{expected}");
    }
    let other = page(files(&SiteConfig::default(), &sample()));
    assert!(!other.contains("SiteIDCode") && !other.contains("ColumnName") && !other.contains("canonical"));
}

#[test]
fn two_renderings_are_the_same_bytes() {
    let config = SiteConfig::default();
    assert_eq!(files(&config, &sample()), files(&config, &sample()));
}

#[test]
fn the_matrix_of_a_large_region_names_its_first_departments() {
    let one =
        |number: usize| disclosure(&format!("{number}.txt"), &format!("甲乙市第{number}局"), 2024, Kind::Budget, 7);
    for (count, shown, left_out) in [(500, 500, ""), (503, 500, "另有3个部门没有列在这里")] {
        let site = site("", (0..count).map(one).collect());
        let url = site.regions.iter().find(|node| node.all_departments.len() == count).expect("a region").url.clone();
        let (config, output) = (SiteConfig::default(), MemoryOutput::default());
        let theme = Theme::load(None).expect("the built-in theme is right");
        super::pages::region::write(&Renderer::new(&config, &theme, &site, &output));
        let page = String::from_utf8_lossy(&output.into_files()[&format!("{url}index.html")]).into_owned();
        let status = page.split("id=\"departments\"").next().unwrap_or_default();
        assert_eq!(status.matches("<tr><th scope=\"row\">").count(), shown, "{count}");
        assert!(status.contains(&format!("<p class=\"note\">{left_out}")), "{count}");
        assert_eq!(status.contains("没有列在这里"), !left_out.is_empty(), "{count}");
    }
}
