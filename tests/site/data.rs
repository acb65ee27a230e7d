//! Data files can be read, and what they say about the site is true.

use regex::Regex;
use serde_json::Value;

use crate::sites::{Site, check};

#[test]
fn json_files_can_be_parsed() {
    check(|site| {
        let files = ["json", "geojson"].into_iter().flat_map(|extension| site.with_extension(extension));
        let mut problems: Vec<String> = files.filter_map(|path| json_problem(path, &site.text(path))).collect();
        for (path, page) in &site.pages {
            let scripts = page.scripts.iter().filter(|(kind, _)| kind.ends_with("json"));
            problems.extend(scripts.filter_map(|(_, text)| json_problem(path, text)));
        }
        problems
    });
}

fn json_problem(path: &str, text: &str) -> Option<String> {
    serde_json::from_str::<Value>(text).err().map(|error| format!("{path}: {error}"))
}

#[test]
fn rows_of_csv_files_have_equally_many_columns() {
    check(|site| site.with_extension("csv").filter_map(|path| csv_problem(path, &site.text(path))).collect());
}

fn csv_problem(path: &str, text: &str) -> Option<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
    let rows = reader.records().collect::<Result<Vec<_>, _>>();
    match rows {
        Err(error) => Some(format!("{path}: {error}")),
        Ok(rows) if rows.is_empty() => Some(format!("{path}: has no header")),
        Ok(_) => None,
    }
}

#[test]
fn the_contract_is_complete() {
    const FILES: [&str; 7] = [
        "data/disclosures.json",
        "data/facts.csv",
        "data/three-public.csv",
        "data/projects.csv",
        "data/findings.json",
        "data/datapackage.json",
        "search/manifest.json",
    ];
    check(|site| FILES.iter().filter(|path| !site.files.contains_key(**path)).map(ToString::to_string).collect());
}

#[test]
fn the_data_package_lists_files_with_the_columns_they_have() {
    check(|site| {
        let package = json(site, "data/datapackage.json");
        let mut problems = Vec::new();
        for resource in package["resources"].as_array().into_iter().flatten() {
            let path = format!("data/{}", resource["path"].as_str().unwrap_or_default());
            let Some(bytes) = site.files.get(&path) else {
                problems.push(format!("{path} is not there"));
                continue;
            };
            let fields: Vec<&str> = resource["schema"]["fields"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|f| f["name"].as_str())
                .collect();
            let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
            if path.ends_with(".csv") && reader.headers().unwrap().iter().collect::<Vec<_>>() != fields {
                problems.push(format!("{path}: {fields:?}"));
            }
        }
        problems
    });
}

#[test]
fn addresses_in_the_data_exist() {
    check(|site| {
        let disclosures = json(site, "data/disclosures.json");
        let urls = disclosures.as_array().into_iter().flatten().map(|one| one["url"].as_str().unwrap_or_default());
        urls.filter_map(|url| address_problem(site, url)).collect()
    });
}

#[test]
fn every_search_hit_leads_to_its_place() {
    check(|site| {
        let manifest = json(site, "search/manifest.json");
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
        };
        let mut number = 0;
        let mut problems = Vec::new();
        let [count, group] = ["count", "group"].map(|key| manifest["docs"][key].as_u64().unwrap() as usize);
        let names = manifest["docs"]["names"].as_str().unwrap();
        for shard in 0..count {
            let letter = char::from(b'a' + (shard % group) as u8);
            let docs = json(site, &format!("search/docs/{}{letter}.json", &names[shard / group * 5..][..5]));
            let pages = texts(&docs["pages"]["url"]);
            let places = docs["page"].as_array().into_iter().flatten().filter_map(Value::as_u64);
            for (page, url) in places.zip(texts(&docs["url"])) {
                let page = &pages[usize::try_from(page).unwrap()];
                problems.extend(address_problem(site, &format!("{page}{url}")));
                number += 1;
            }
        }
        assert_eq!(Some(number), manifest["counts"]["records"].as_u64());
        problems
    });
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.text(path)).unwrap()
}

/// What is wrong with an address relative to the root, which may name a folder and a place in its page.
fn address_problem(site: &Site, address: &str) -> Option<String> {
    let (folder, place) = address.split_once('#').unwrap_or((address, ""));
    let path =
        if folder.is_empty() || folder.ends_with('/') { format!("{folder}index.html") } else { folder.to_owned() };
    match site.pages.get(&path) {
        None => Some(format!("{address}: there is no such page")),
        Some(page) if !place.is_empty() && !page.has_id(place) => Some(format!("{address}: there is no such place")),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{csv_problem, json_problem};

    #[test]
    fn uneven_rows_and_broken_json_are_found() {
        assert_eq!(csv_problem("a.csv", "a,b\n1,\"2\n3\"\n"), None);
        assert!(csv_problem("a.csv", "a,b\n1\n").is_some());
        assert!(csv_problem("a.csv", "").is_some());
        assert!(json_problem("a.json", "{\"a\":1,}").is_some());
    }
}

/// A page that shows tables offers them for office programs and for programs too.
#[test]
fn every_page_with_tables_has_them_as_csv_workbook_and_json() {
    check(|site| {
        let page = Regex::new(
            r"^(?:three-public/|regions/.+/|(?:functions|economic)/(?:\d+/)?|departments/(?:[^/]+/)?|projects/)index\.html$",
        )
        .unwrap();
        let with_tables = site.pages.keys().filter(|path| page.is_match(path) && site.text(path).contains("<table"));
        let lacks = with_tables.flat_map(|path| {
            let (folder, text) = (path.trim_end_matches("index.html"), site.text(path));
            let wanted = ["tables.xlsx", "tables.json"].map(|name| (name, format!("href=\"{name}\"")));
            let missing = wanted.into_iter().filter(move |(name, link)| {
                !text.contains(link) || !site.files.contains_key(&format!("{folder}{name}"))
            });
            missing.map(move |(name, _)| format!("{path} lacks {name}"))
        });
        lacks.collect()
    });
}
