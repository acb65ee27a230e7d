//! Chinese names to pinyin: for slugs in URLs and for the order of lists.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use serde::Deserialize;

/// The pinyin of a text: words in lower-case ASCII joined without a gap, a hyphen for everything that is neither a
/// letter, a digit nor a character with a known reading.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len() * 2);
    for reading in readings(text) {
        match reading {
            Some(reading) => slug.push_str(&reading),
            None if slug.is_empty() || slug.ends_with('-') => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug.truncate(LONGEST_SLUG);
    slug
}

/// A key that sorts names by pinyin, syllable by syllable, and names of one sound by their characters.
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() * 3);
    for reading in readings(text) {
        key.push_str(reading.as_deref().unwrap_or("~"));
        key.push(' ');
    }
    // The lowest character of all ends the sound, so that a name stands before one that begins with it.
    key.push('\0');
    key + text
}

/// A folder's name may have 255 bytes; a counter must still fit.
const LONGEST_SLUG: usize = 200;

/// The readings of a text, word by word where the word is known, else character by character.
fn readings(text: &str) -> Vec<Option<String>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some((word, reading)) = known_word(rest) {
            found.push(Some(reading.to_owned()));
            rest = &rest[word.len()..];
            continue;
        }
        found.push(reading(character));
        rest = &rest[character.len_utf8()..];
    }
    found
}

/// The longest known word at the start of a text.
fn known_word(text: &str) -> Option<(&'static str, &'static str)> {
    static KNOWN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let file: ReadingsFile = toml::from_str(include_str!("readings.toml")).unwrap_or_default();
        file.readings
    });
    let longest = text.char_indices().map(|(at, character)| at + character.len_utf8()).take(LONGEST_WORD);
    longest
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .find_map(|end| KNOWN.get_key_value(&text[..end]))
        .map(|(word, reading)| (word.as_str(), reading.as_str()))
}

/// How many characters a known word has at most.
const LONGEST_WORD: usize = 4;

#[derive(Debug, Default, Deserialize)]
struct ReadingsFile {
    readings: BTreeMap<String, String>,
}

fn reading(character: char) -> Option<String> {
    if character.is_ascii_alphanumeric() {
        return Some(character.to_ascii_lowercase().to_string());
    }
    let plain = character.to_pinyin()?.plain();
    // ü is written v, as Chinese keyboards do; what is still not ASCII has no place in a URL.
    let ascii: String = plain.replace('ü', "v").chars().filter(char::is_ascii_alphanumeric).collect();
    (!ascii.is_empty()).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::{slug, sort_key};

    #[test]
    fn names_become_ascii() {
        for (name, expected) in [
            ("财政局", "caizhengju"),
            ("重庆市长寿区", "chongqingshichangshouqu"),
            ("重点办", "zhongdianban"),
            ("政务服务中心（本级）", "zhengwufuwuzhongxin-benji"),
            ("12345 热线", "12345-rexian"),
            ("绿化局", "lvhuaju"),
            ("旅游（局）——二", "lvyou-ju-er"),
            ("<>/../", ""),
            ("行政会计行业", "xingzhengkuaijihangye"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert!(slug(&"长".repeat(500)).len() <= 200);
    }

    #[test]
    fn names_sort_by_sound() {
        let mut names = ["政务局", "财政局", "安全局", "A局", "财务局"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["A局", "安全局", "财务局", "财政局", "政务局"]);
    }
}
