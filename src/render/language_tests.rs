//! The language files are whole: every key that pages ask for is there, no key is left over, and every language has the
//! same keys with the same places for values. Templates hold no words of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use toml::{Table, Value};

use super::builtin;

/// Groups out of which code picks a member in a way that the patterns below do not see.
const BY_DATA: [&str; 11] = [
    "chart.",
    "compare.",
    "functions.",
    "economic.",
    "fund.",
    "class.",
    "class_hint.",
    "outcome_hint.",
    "search.facet.",
    "search.type.",
    "search.range.",
];

/// All keys of a language with their words.
fn keys(language: &str) -> BTreeMap<String, String> {
    let (_, text) = builtin::TEMPLATES.iter().find(|(name, _)| *name == language).expect("a built-in language");
    let mut keys = BTreeMap::new();
    collect("", &Value::Table(text.parse::<Table>().expect("valid TOML")), &mut keys);
    keys
}

fn collect(prefix: &str, value: &Value, keys: &mut BTreeMap<String, String>) {
    let join = |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
    match value {
        Value::Table(table) => table.iter().for_each(|(key, value)| collect(&join(key), value, keys)),
        // A list of words is one thing for a template that walks over it.
        Value::Array(list) => drop(keys.insert(prefix.to_owned(), format!("{} entries", list.len()))),
        word => drop(keys.insert(prefix.to_owned(), word.as_str().expect("words are text").to_owned())),
    }
}

fn placeholders(words: &str) -> BTreeSet<String> {
    let pattern = Regex::new(r"\{(\w+)\}").expect("a pattern");
    pattern.captures_iter(words).map(|found| found[1].to_owned()).collect()
}

/// The text of all files of a folder with an ending, without tests and comments of Rust files.
fn texts(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let is_test = entry.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"));
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|found| found == ending) && !is_test {
                let text = fs::read_to_string(&entry).expect("UTF-8");
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let lines = text.lines().filter(|line| ending != "rs" || !line.trim_start().starts_with("//"));
                found.push((entry, lines.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    found
}

/// The keys that templates, code and the script of the search page name in full, and the groups out of which code picks a member.
fn used() -> (BTreeSet<String>, Vec<String>) {
    let in_template = Regex::new(r#"words((?:\.\w+|\["[\w-]+"\])+)"#).expect("a pattern");
    let part = Regex::new(r#"\.(\w+)|\["([\w-]+)"\]"#).expect("a pattern");
    let mut used = BTreeSet::new();
    for (_, text) in texts("templates", "html") {
        for found in in_template.captures_iter(&text) {
            let parts = part.captures_iter(&found[1]).filter_map(|part| part.get(1).or(part.get(2)));
            used.insert(parts.map(|part| part.as_str()).collect::<Vec<_>>().join("."));
        }
    }
    let in_script = Regex::new(r"\bsay\.(\w+)").expect("a pattern");
    for (_, text) in texts("static", "js") {
        used.extend(in_script.captures_iter(&text).map(|found| format!("search.page.{}", &found[1])));
    }
    let literal = Regex::new(r#""([a-z_]+(?:\.[a-z_-]+)+)""#).expect("a pattern");
    let group = Regex::new(r#""([a-z_]+\.(?:[a-z_]+_)?)\{"#).expect("a pattern");
    let among = Regex::new(r#"\bamong\(\s*"([a-z_]+)""#).expect("a pattern");
    let moved = Regex::new(r#"\.moved\(\s*"([a-z_.]+)""#).expect("a pattern");
    let mut groups: Vec<String> = BY_DATA.map(str::to_owned).to_vec();
    for (_, text) in texts("src/render", "rs") {
        used.extend(literal.captures_iter(&text).map(|found| found[1].to_owned()));
        groups.extend(group.captures_iter(&text).map(|found| found[1].to_owned()));
        groups.extend(among.captures_iter(&text).map(|found| format!("{}.", &found[1])));
        groups.extend(moved.captures_iter(&text).map(|found| format!("{}_", &found[1])));
    }
    (used, groups)
}

#[test]
fn no_key_is_missing_and_none_is_left_over() {
    let known = keys("language/zh-CN.toml");
    let sections: BTreeSet<&str> = known.keys().filter_map(|key| key.split('.').next()).collect();
    let (used, groups) = used();
    let is_prefix = |key: &str| known.keys().any(|known| known.starts_with(&format!("{key}_")));
    let missing: Vec<&String> = used
        .iter()
        .filter(|key| key.split('.').next().is_some_and(|section| sections.contains(section)))
        .filter(|key| !known.contains_key(*key) && !is_prefix(key) && !is_file_name(key))
        .collect();
    assert!(missing.is_empty(), "keys that no language has: {missing:?}");
    let in_group = |key: &str| groups.iter().any(|group| key.starts_with(group.as_str()));
    let unused: Vec<&String> = known.keys().filter(|key| !used.contains(*key) && !in_group(key)).collect();
    assert!(unused.is_empty(), "keys that nothing asks for: {unused:?}");
}

/// `projects.csv` and the like are no keys.
fn is_file_name(text: &str) -> bool {
    [".csv", ".json", ".html", ".xml", ".txt", ".xlsx", ".svg", ".js", ".css"]
        .iter()
        .any(|ending| text.ends_with(ending))
}

#[test]
fn all_languages_have_the_same_keys_with_the_same_places_for_values() {
    let known = keys("language/zh-CN.toml");
    for (name, _) in builtin::TEMPLATES.iter().filter(|(name, _)| name.starts_with("language/")) {
        let other = keys(name);
        assert!(known.keys().eq(other.keys()), "{name}: other keys than zh-CN");
        for (key, words) in &known {
            assert_eq!(placeholders(words), placeholders(&other[key]), "{name}: {key}");
        }
    }
}

/// Units stay as documents print them, and so does the name of what a sentence explains.
#[test]
fn english_words_hold_no_chinese_but_units() {
    let kept = ["万元", "亿元", "“三公”经费"];
    let bare = |words: &str| kept.iter().fold(words.to_owned(), |words, kept| words.replace(kept, ""));
    let is_left = |words: &str| bare(words).chars().any(|one| is_chinese(one) && !matches!(one, '“' | '”'));
    let left: Vec<String> =
        keys("language/en.toml").into_iter().filter(|(_, words)| is_left(words)).map(|(key, _)| key).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn every_template_is_documented() {
    let manual = include_str!("../../docs/templates.md");
    let templates = builtin::TEMPLATES.iter().filter(|(name, _)| name.ends_with(".html"));
    let missing: Vec<&str> =
        templates.map(|(name, _)| *name).filter(|name| !manual.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "not in docs/templates.md: {missing:?}");
}

#[test]
fn templates_hold_no_words_of_their_own() {
    let comment = Regex::new(r"(?s)\{#.*?#\}").expect("a pattern");
    let script = Regex::new(r"(?s)<script>.*?</script>").expect("a pattern");
    for (path, text) in texts("templates", "html") {
        let text = script.replace_all(&comment.replace_all(&text, ""), "").into_owned();
        let own: Vec<&str> = text.lines().filter(|line| line.chars().any(is_chinese)).collect();
        assert!(own.is_empty(), "{}: {own:?}", path.display());
    }
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}
