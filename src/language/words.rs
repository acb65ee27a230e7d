//! What the stages before the pages say, in the languages of the interface: findings, entries, the score, titles. The
//! words are data: the files beside this one.
//!
//! A stage names a pattern and its values with `say!`; the language of the site makes the sentence.

use std::fmt::Display;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fill;

/// The words of one language, by group and key.
#[derive(Debug)]
pub(crate) struct Language {
    /// The code of the language: `en`.
    pub(crate) code: &'static str,
    groups: FxHashMap<String, FxHashMap<String, String>>,
}

/// The sentence of a pattern: `say!(language, "check.codes", line: place.line)`.
macro_rules! say {
    ($language:expr, $key:literal $(, $name:ident: $value:expr)* $(,)?) => {
        $language.say($key, &[$((stringify!($name), &$value as &dyn std::fmt::Display)),*])
    };
}
pub(crate) use say;

impl Language {
    /// The words of a language of the interface; the Chinese ones when there are no others.
    pub(crate) fn of(code: &str) -> &'static Language {
        static CHINESE: LazyLock<Language> = LazyLock::new(|| Language::parse("zh-CN", include_str!("zh-CN.toml")));
        static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::parse("en", include_str!("en.toml")));
        if code == "en" { &ENGLISH } else { &CHINESE }
    }

    fn parse(code: &'static str, text: &str) -> Language {
        #[expect(clippy::expect_used, reason = "the files are part of the program and a test reads them")]
        let groups = toml::from_str(text).expect("the words of findings are well-formed");
        Language { code, groups }
    }

    /// The word at a key such as `list.or`; the key itself when there is none.
    pub(crate) fn get<'w>(&'w self, key: &'w str) -> &'w str {
        let word = key.split_once('.').and_then(|(group, key)| self.groups.get(group)?.get(key));
        word.map_or(key, String::as_str)
    }

    /// The pattern at a key with its places filled.
    pub(crate) fn say(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        fill(self.get(key), values)
    }

    /// How a word of a group reads; the word itself when the group does not have it.
    pub(crate) fn label<'w>(&'w self, group: &str, word: &'w str) -> &'w str {
        self.groups.get(group).and_then(|group| group.get(word)).map_or(word, String::as_str)
    }

    /// Several things in a row: 「甲、乙」.
    pub(crate) fn list<T: AsRef<str>>(&self, things: impl IntoIterator<Item = T>) -> String {
        self.joined("list.separator", things)
    }

    /// The words of one name: 「收支总表 合计」.
    pub(crate) fn words<T: AsRef<str>>(&self, things: impl IntoIterator<Item = T>) -> String {
        self.joined("list.words", things)
    }

    fn joined<T: AsRef<str>>(&self, separator: &str, things: impl IntoIterator<Item = T>) -> String {
        let mut joined = String::new();
        for (number, thing) in things.into_iter().enumerate() {
            joined.push_str(if number == 0 { "" } else { self.get(separator) });
            joined.push_str(thing.as_ref());
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use regex::Regex;

    use super::Language;
    use crate::language::places;
    use crate::model::{IndicatorKind, StatementKind, ThreePublicPart};

    fn keys(language: &Language) -> BTreeSet<String> {
        let groups = language.groups.iter();
        groups.flat_map(|(group, words)| words.keys().map(move |key| format!("{group}.{key}"))).collect()
    }

    #[test]
    fn the_languages_have_the_same_keys_with_the_same_places() {
        let (chinese, english) = (Language::of("zh-CN"), Language::of("en"));
        assert_eq!(keys(chinese), keys(english));
        for key in keys(chinese) {
            assert_eq!(places(chinese.get(&key)), places(english.get(&key)), "{key}");
        }
    }

    /// Units are the only words that an English sentence keeps.
    #[test]
    fn english_patterns_hold_no_chinese() {
        let english = Language::of("en");
        let is_chinese =
            |word: &str| word.replace("万元", "").chars().any(|one| ('\u{3000}'..='\u{ffef}').contains(&one));
        let left: Vec<String> = keys(english).into_iter().filter(|key| is_chinese(english.get(key))).collect();
        assert_eq!(left, [""; 0]);
    }

    #[test]
    fn names_of_the_model_read_as_the_model_has_them() {
        let chinese = Language::of("zh-CN");
        for kind in StatementKind::ALL {
            assert_eq!(chinese.label("statement", kind.word()), kind.label());
        }
        for part in ThreePublicPart::ALL {
            assert_eq!(chinese.label("three_public", part.word()), part.label());
        }
        for kind in [IndicatorKind::Cost, IndicatorKind::Output, IndicatorKind::Other] {
            assert_eq!(chinese.label("target", kind.word()), kind.label());
        }
    }

    /// Every key in the code is known, every key of the files that no group of words holds is in the code.
    #[test]
    fn no_key_is_missing_and_none_is_left_over() {
        let pattern = Regex::new(
            r#""((?:site|search|title|list|lines|finding|variable|phase|fold|formula|check|years|evidence)\.\w+)""#,
        )
        .expect("a pattern");
        let mut used = BTreeSet::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders: Vec<_> =
            ["audit", "assemble", "config", "language", "search"].map(|name| root.join(name)).into();
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                match path.extension().and_then(|ending| ending.to_str()) {
                    None => folders.push(path),
                    Some("rs") => {
                        let text = fs::read_to_string(&path).expect("UTF-8");
                        let keys = pattern.captures_iter(&text).map(|found| found[1].to_owned());
                        used.extend(keys.filter(|key| !key.ends_with(".toml")));
                    }
                    Some(_) => {}
                }
            }
        }
        let by_data = [
            "coded",
            "indicator",
            "subject",
            "level",
            "statement",
            "three_public",
            "target",
            "nature",
            "fund",
            "row",
            "kind",
        ];
        let is_named = |key: &String| !by_data.contains(&key.split('.').next().unwrap_or_default());
        let known: BTreeSet<String> = keys(Language::of("en")).into_iter().filter(is_named).collect();
        assert_eq!(used, known);
    }
}
