//! Words of vehicles and equipment.

use compact_str::CompactString;
use regex::Regex;
use serde::Deserialize;

use crate::vocabulary::text;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssetEntry {
    kind: CompactString,
    words: Vec<String>,
}

/// What documents call the vehicles and the equipment that they count.
#[derive(Debug)]
pub struct AssetWords {
    /// A number and the measure behind it.
    pub counts: Regex,
    /// The longest first.
    kinds: Vec<(String, CompactString)>,
    /// Words of things that are bought, sold or planned rather than held.
    not_held: Vec<String>,
}

impl AssetWords {
    pub(super) fn new(entries: Vec<AssetEntry>, not_held: Vec<String>, measures: &[String]) -> Self {
        let mut kinds: Vec<(String, CompactString)> = Vec::new();
        for entry in entries {
            kinds.extend(entry.words.iter().map(|word| (text::squeeze(word), entry.kind.clone())));
        }
        kinds.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let measures: Vec<String> = measures.iter().map(|word| regex::escape(word)).collect();
        let counts = Regex::new(&format!("(\\d{{1,6}})({})", measures.join("|")));
        let counts = counts.unwrap_or_else(|error| panic!("measures are no pattern: {error}"));
        AssetWords { counts, kinds, not_held }
    }

    /// The kind whose words end a label, remarks in brackets aside: 单价50万元(含)以上的通用设备.
    pub fn kind(&self, label: &str) -> Option<&CompactString> {
        let bare = without_brackets(label).replace('的', "");
        if self.not_held.iter().any(|word| bare.contains(word.as_str())) {
            return None;
        }
        self.kinds.iter().find(|(word, _)| bare.ends_with(word.as_str())).map(|(_, kind)| kind)
    }
}

fn without_brackets(label: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(label.len());
    for glyph in label.chars() {
        match glyph {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(glyph),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::Vocabulary;

    #[test]
    fn labels_have_their_kind() {
        let kind = |label: &str| Vocabulary::builtin().narrative.sections.assets.kind(label).map(ToString::to_string);
        let cases = [
            ("某局共有车辆", Some("vehicles")),
            ("副部(省)级及以上领导干部用车", Some("vehicles.leaders")),
            ("单位价值50万元(含)以上的通用设备", Some("equipment.500k")),
            ("单价100万元以上设备(不含车辆)", Some("equipment.1m")),
            ("公务用车保有量", Some("vehicles.kept")),
            ("未安排购置车辆", None),
            ("电脑", None),
        ];
        for (label, expected) in cases {
            assert_eq!(kind(label).as_deref(), expected, "{label}");
        }
    }
}
