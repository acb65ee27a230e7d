//! The names of the index's files: hashes of what they hold, so that they may be cached for ever.

use std::collections::HashMap;

use super::manifest::{Files, NAME, letter};

/// Gives names to groups of files by their hashes: letters and digits that no file system takes for others.
pub(super) struct Names {
    pub(super) files: Files,
    given: HashMap<String, blake3::Hash>,
}

/// Of so many shards each has a name of its own; of more, groups have.
const NAMED_ALONE: usize = 2048;

/// So many records a shard has, measured on real documents and on made-up ones.
const USUAL: usize = 400;

impl Names {
    /// For the shards of so many records, which are not divided yet.
    pub(super) fn of_records(records: usize) -> Self {
        Self::of_shards(records / USUAL)
    }

    pub(super) fn of_shards(count: usize) -> Self {
        let group = [1, 2, 4, 8].into_iter().find(|group| count <= group * NAMED_ALONE).unwrap_or(16);
        Names { files: Files { count, group, names: String::new() }, given: HashMap::new() }
    }

    /// The names of the next files, which are whole groups or all that are left, by their hashes.
    pub(super) fn name(&mut self, hashes: &[blake3::Hash]) -> Vec<String> {
        let groups: Vec<String> = hashes.chunks(self.files.group).map(|hashes| self.of(hashes)).collect();
        let places = groups.iter().flat_map(|group| (0..self.files.group).map(move |place| (group, place)));
        let names = places.filter_map(|(group, place)| Some(format!("{group}{}", letter(place)?)));
        names.take(hashes.len()).collect()
    }

    /// The name of a group, the same for the same content; another one when different content has it already.
    fn of(&mut self, hashes: &[blake3::Hash]) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut hasher = blake3::Hasher::new();
        hashes.iter().for_each(|hash| {
            hasher.update(hash.as_bytes());
        });
        let hash = hasher.finalize();
        let letters: Vec<char> =
            hash.as_bytes().iter().map(|byte| char::from(LETTERS[usize::from(*byte % 32)])).collect();
        let mut candidates = letters.windows(NAME).map(|letters| letters.iter().collect::<String>());
        let free = |name: &String| self.given.get(name).is_none_or(|other| *other == hash);
        let name = candidates.find(free).unwrap_or_else(|| letters[..NAME].iter().collect());
        self.given.insert(name.clone(), hash);
        self.files.names.push_str(&name);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn of_a_large_site_neighbours_have_a_name_in_common_and_a_letter_each() {
        for (count, group) in [(0, 1), (2048, 1), (2049, 2), (8000, 4), (60_000, 16)] {
            assert_eq!(Names::of_shards(count).files.group, group, "{count}");
        }
        let names = |last: &str| {
            let mut names = Names::of_shards(8000);
            let named = names.name(&["甲", "乙", "丙", "丁", last].map(|text| blake3::hash(text.as_bytes())));
            assert_eq!(named, (0..5).filter_map(|shard| names.files.name(shard)).collect::<Vec<_>>());
            named
        };
        let (before, after) = (names("戊"), names("己"));
        assert_eq!(before[..4], after[..4]);
        assert_ne!(before[4], after[4]);
        assert!(before[0].ends_with('a') && before[3].ends_with('d') && before[4].ends_with('a'));
    }
}
