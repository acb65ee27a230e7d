//! N-grams: the pieces of folded texts under which records are filed, and those of a word that are looked up.

/// The part of a record in which an n-gram stands. The letters are those of the index's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// Where the name begins.
    Begin,
    /// Where the name ends. Such an n-gram is filed under another field of names too.
    End,
    /// Elsewhere in the name of a department or disclosure, or in an alias.
    Organization,
    /// In the code.
    Code,
    /// Elsewhere in the name of a project.
    Project,
    /// Elsewhere in a term.
    Term,
    /// Elsewhere in another name.
    Name,
    /// In text or amount.
    Text,
    /// In the names of the department and its regions.
    Context,
}

impl Field {
    /// All fields, by the numbers that keys carry.
    pub(super) const ALL: [Field; 9] = [
        Field::Begin,
        Field::End,
        Field::Organization,
        Field::Code,
        Field::Project,
        Field::Term,
        Field::Name,
        Field::Text,
        Field::Context,
    ];

    /// The fields of names: where an n-gram of a name may stand.
    pub(super) const NAMES: [Field; 5] = [Field::Begin, Field::Organization, Field::Project, Field::Term, Field::Name];

    /// The letter of the index's files.
    pub(super) fn letter(self) -> &'static str {
        ["b", "e", "o", "c", "p", "m", "n", "t", "x"][self as usize]
    }
}

/// One character, two, or three ASCII ones, packed into a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Gram(u64);

impl Gram {
    fn new(chars: &[char]) -> Self {
        let bits = if chars.len() == 3 { 7 } else { 21 };
        let packed = chars.iter().fold(0, |packed, c| packed << bits | u64::from(u32::from(*c)));
        Gram((chars.len() as u64) << 42 | packed)
    }

    /// The characters.
    pub(super) fn text(self) -> String {
        let shifts: &[u64] = match self.0 >> 42 {
            3 => &[14, 7, 0],
            2 => &[21, 0],
            _ => &[0],
        };
        let mask = if shifts.len() == 3 { 0x7f } else { 0x1f_ffff };
        shifts.iter().filter_map(|shift| char::from_u32((self.0 >> shift & mask) as u32)).collect()
    }

    /// The shard in which it is filed: FNV-1a (32 bits) over the code points, modulo the number of shards.
    pub(super) fn shard(self, shards: usize) -> usize {
        let step = |hash: u32, c: char| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193);
        self.text().chars().fold(0x811c_9dc5, step) as usize % shards.max(1)
    }

    /// The n-gram in a field, as one number.
    pub(super) fn key(self, field: Field) -> u64 {
        self.0 << 4 | field as u64
    }

    /// N-gram and field of such a number.
    pub(super) fn of_key(key: u64) -> (Self, Field) {
        (Gram(key >> 4), Field::ALL[(key & 15) as usize % Field::ALL.len()])
    }
}

/// Every n-gram of one line of folded text with its place, each two neighbours and each three ASCII ones: calls `file`
/// with the n-gram, whether it begins the line, and whether it ends it.
pub(super) fn each_gram(line: &[char], mut file: impl FnMut(Gram, bool, bool)) {
    for size in [2, 3] {
        for (at, chars) in line.windows(size).enumerate() {
            if size == 2 || chars.iter().all(char::is_ascii) {
                file(Gram::new(chars), at == 0, at + size == line.len());
            }
        }
    }
}

/// A single character as an n-gram.
pub(super) fn single(c: char) -> Gram {
    Gram::new(&[c])
}

/// The n-grams under which a word is looked up: one that begins it, one that ends it, and one between them when it is
/// long and the only word. Of ASCII characters threes are taken, which are rarer.
pub(super) fn query_grams(word: &str, alone: bool) -> Vec<Gram> {
    let chars: Vec<char> = word.chars().collect();
    let [first, .., last] = chars.as_slice() else { return chars.first().map(|c| single(*c)).into_iter().collect() };
    debug_assert!(first != &'\n' && last != &'\n', "a word is one line");
    let three = |at: usize| chars.get(at..at + 3).filter(|three| three.iter().all(char::is_ascii));
    let all: Vec<Gram> = (0..chars.len() - 1)
        .filter_map(|at| match three(at) {
            Some(three) => Some(Gram::new(three)),
            // The last two of three are within the three.
            None if at > 0 && three(at - 1).is_some() && chars[at + 1].is_ascii() => None,
            None => Some(Gram::new(&chars[at..at + 2])),
        })
        .collect();
    // Amounts share their beginnings and ends with many others.
    let long = all.len() > 5 || all.len() > 3 && word.contains('.');
    let mut chosen = vec![0, if alone && long { all.len() / 2 } else { 0 }, all.len() - 1];
    chosen.dedup();
    chosen.into_iter().map(|at| all[at]).collect()
}

/// N-grams of a word that is not found, at most `most`, spread over it: what it may share with the name that was meant.
/// A word of two or three characters may share no more than the character that begins it.
pub(super) fn spread_grams(word: &str, most: usize) -> Vec<Gram> {
    let chars: Vec<char> = word.chars().collect();
    let mut all: Vec<Gram> = Vec::new();
    each_gram(&chars, |gram, _, _| all.push(gram));
    if let ([first, ..], ..=3) = (chars.as_slice(), chars.len()) {
        all.push(single(*first));
    }
    let mut grams: Vec<Gram> = Vec::new();
    for step in 0..most.min(all.len()) {
        let gram = all[step * all.len() / most.min(all.len())];
        if !grams.contains(&gram) {
            grams.push(gram);
        }
    }
    grams
}

#[cfg(test)]
mod tests {
    use super::{Field, Gram, each_gram, query_grams, spread_grams};
    use crate::search::normalize;

    #[test]
    fn a_key_gives_back_what_it_was_made_of() {
        for text in ["网", "政务", "201", "🏛公", "0.", "a年"] {
            let gram = Gram::new(&text.chars().collect::<Vec<_>>());
            assert_eq!(gram.text(), text);
            for field in Field::ALL {
                assert_eq!(Gram::of_key(gram.key(field)), (gram, field));
            }
        }
    }

    #[test]
    fn a_word_is_looked_up_under_few_grams_from_its_beginning_to_its_end() {
        let texts = |word: &str| query_grams(word, true).into_iter().map(Gram::text).collect::<Vec<_>>();
        for (word, want) in [
            ("网", vec!["网"]),
            ("政务", vec!["政务"]),
            ("政务网", vec!["政务", "务网"]),
            ("三公经费", vec!["三公", "经费"]),
            ("电子政务外网", vec!["电子", "外网"]),
            ("电子政务外网线路", vec!["电子", "务外", "线路"]),
            ("2012901", vec!["201", "901"]),
            ("201290100", vec!["201", "290", "100"]),
            ("1150.0", vec!["115", "50.", "0.0"]),
            ("12345", vec!["123", "345"]),
            ("20", vec!["20"]),
            ("20年", vec!["20", "0年"]),
            ("2025年", vec!["202", "5年"]),
            ("年2025", vec!["年2", "025"]),
            ("(境)", vec!["(境", "境)"]),
            ("政政政", vec!["政政", "政政"]),
            ("甲乙丙丁戊己甲乙", vec!["甲乙", "丁戊", "甲乙"]),
            ("", vec![]),
        ] {
            assert_eq!(texts(word), want, "{word}");
        }
    }

    #[test]
    fn what_may_have_been_meant_is_looked_up_all_over_the_word() {
        let texts = |word: &str| spread_grams(word, 4).into_iter().map(Gram::text).collect::<Vec<_>>();
        for (word, want) in [
            ("财正局", vec!["财正", "正局", "财"]),
            ("公务接代费", vec!["公务", "务接", "接代", "代费"]),
            ("电孑政务外网线路", vec!["电孑", "孑政", "务外", "网线"]),
            ("", vec![]),
        ] {
            assert_eq!(texts(word), want, "{word}");
        }
    }

    #[test]
    fn every_gram_of_a_word_is_a_gram_of_each_text_that_holds_it() {
        let text = normalize("电子政务外网2025年线路租赁A12b（含运维）项目");
        let chars: Vec<char> = text.chars().collect();
        let mut filed = Vec::new();
        each_gram(&chars, |gram, _, _| filed.push(gram));
        for start in 0..chars.len() {
            for end in start + 2..=chars.len() {
                let word: String = chars[start..end].iter().collect();
                assert!(query_grams(&word, true).iter().all(|gram| filed.contains(gram)), "{word}");
            }
        }
    }
}
