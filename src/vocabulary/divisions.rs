//! Administrative divisions: which city a district belongs to, which province a city.

use std::collections::HashMap;

use crate::model::Region;

/// All divisions by code and by name.
#[derive(Debug)]
pub struct Divisions {
    by_code: HashMap<&'static str, &'static str>,
    by_name: HashMap<&'static str, Vec<&'static str>>,
}

impl Divisions {
    pub(super) fn load(text: &'static str) -> Self {
        let mut divisions = Divisions { by_code: HashMap::new(), by_name: HashMap::new() };
        for (code, name) in text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')) {
            divisions.by_code.insert(code, name);
            divisions.by_name.entry(name).or_default().push(code);
        }
        divisions
    }

    /// The region of a code of 2, 4 or 6 digits, as far as it is known.
    pub fn region_of_code(&self, code: &str) -> Region {
        let name =
            |length: usize| code.get(..length).and_then(|part| self.by_code.get(part)).map(|name| (*name).into());
        let (province, city, district) = (name(2), name(4), if code.ends_with("00") { None } else { name(6) });
        // A municipality's districts stand directly under it.
        Region { province, city, district: if code.len() == 6 { district } else { None } }
    }

    /// The division whose name stands at the start of `text`, with the codes that have it; the longest name wins.
    pub fn at_start<'text>(&self, text: &'text str) -> Option<(&'text str, &[&'static str])> {
        let ends = text.char_indices().map(|(at, character)| at + character.len_utf8()).take(14);
        let mut found = None;
        for end in ends.skip(1) {
            if let Some(codes) = self.by_name.get(&text[..end]) {
                found = Some((&text[..end], codes.as_slice()));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::Vocabulary;

    #[test]
    fn codes_lead_to_regions() {
        let divisions = &Vocabulary::builtin().divisions;
        let region = divisions.region_of_code("310107");
        assert_eq!((region.province.as_deref(), region.district.as_deref()), (Some("上海市"), Some("普陀区")));
        assert_eq!(divisions.at_start("广东省深圳市").map(|(name, codes)| (name, codes.len())), Some(("广东省", 1)));
    }
}
