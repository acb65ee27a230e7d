//! N-grams: the pieces of folded texts under which records are filed, and those of a word that are looked up.

use super::places::fnv;

/// The part of a record in which an n-gram stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// Where the name begins.
    Begin,
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
    /// What facets ask for; such n-grams are none of a text.
    Facet,
    /// Where a name begins that has so many characters, at most [`Field::LONGEST`]; another field holds it too.
    Exact(u8),
}

impl Field {
    /// The fields of names: where an n-gram of a name may stand.
    pub(super) const NAMES: [Field; 5] = [Field::Begin, Field::Organization, Field::Project, Field::Term, Field::Name];

    const LETTERS: [(Field, &str); 9] = [
        (Field::Begin, "b"),
        (Field::Organization, "o"),
        (Field::Code, "c"),
        (Field::Project, "p"),
        (Field::Term, "m"),
        (Field::Name, "n"),
        (Field::Text, "t"),
        (Field::Context, "x"),
        (Field::Facet, "f"),
    ];

    /// All longer names are filed under this length.
    const LONGEST: u8 = 50;

    /// The field of names of a length.
    pub(super) fn exact(length: usize) -> Self {
        Field::Exact(u8::try_from(length).unwrap_or(Self::LONGEST).min(Self::LONGEST))
    }

    /// The word of the index's files: a letter, or a length.
    pub(super) fn word(self) -> String {
        match (self, Self::LETTERS.iter().find(|(field, _)| *field == self)) {
            (Field::Exact(length), _) => length.to_string(),
            (_, letter) => letter.map_or_else(String::new, |(_, letter)| (*letter).to_owned()),
        }
    }

    /// The field of such a word.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        let lettered = Self::LETTERS.iter().find(|(_, letter)| *letter == word).map(|(field, _)| *field);
        lettered.or_else(|| word.parse().ok().map(Field::Exact))
    }

    fn number(self) -> u64 {
        match (self, Self::LETTERS.iter().position(|(field, _)| *field == self)) {
            (Field::Exact(length), _) => (Self::LETTERS.len() + usize::from(length)) as u64,
            (_, position) => position.unwrap_or_default() as u64,
        }
    }

    fn of_number(number: u64) -> Self {
        let exact = || Field::Exact((number as usize).saturating_sub(Self::LETTERS.len()) as u8);
        Self::LETTERS.get(number as usize).map_or_else(exact, |(field, _)| *field)
    }
}

/// One character, two, or up to four ASCII ones, packed into a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Gram(u64);

impl Gram {
    /// The n-gram of some characters: any one or two, or three or four ASCII ones.
    pub(super) fn new(chars: &[char]) -> Self {
        let bits = if chars.len() > 2 { 7 } else { 21 };
        let packed = chars.iter().fold(0, |packed, c| packed << bits | u64::from(u32::from(*c)));
        Gram((chars.len() as u64) << 42 | packed)
    }

    /// The characters.
    pub(super) fn text(self) -> String {
        let shifts: &[u64] = match self.0 >> 42 {
            4 => &[21, 14, 7, 0],
            3 => &[14, 7, 0],
            2 => &[21, 0],
            _ => &[0],
        };
        let mask = if shifts.len() > 2 { 0x7f } else { 0x1f_ffff };
        shifts.iter().filter_map(|shift| char::from_u32((self.0 >> shift & mask) as u32)).collect()
    }

    /// The bucket in which it is filed: a shard holds the n-grams of neighbouring buckets.
    pub(super) fn bucket(self) -> u16 {
        (fnv(&self.text()) & 0xffff) as u16
    }

    /// The n-gram in a field, as one number of at most 51 bits.
    pub(super) fn key(self, field: Field) -> u64 {
        self.0 << 6 | field.number()
    }

    /// N-gram and field of such a number.
    pub(super) fn of_key(key: u64) -> (Self, Field) {
        (Gram(key >> 6), Field::of_number(key & 63))
    }
}

/// The longest n-grams of ASCII characters. Of digits there are few, so that more of them are needed to be rare.
const LONGEST: usize = 4;

/// Every n-gram of one line of folded text with its place, each two neighbours and each three and four ASCII ones: calls
/// `file` with the n-gram and whether it begins the line.
pub(super) fn each_gram(line: &[char], mut file: impl FnMut(Gram, bool)) {
    // How many of the characters before are ASCII.
    let mut ascii = 0;
    for (at, c) in line.iter().enumerate() {
        ascii = if c.is_ascii() { ascii + 1 } else { 0 };
        for size in 2..=ascii.clamp(2, LONGEST) {
            if size <= at + 1 {
                file(Gram::new(&line[at + 1 - size..=at]), at + 1 == size);
            }
        }
    }
}

/// A single character as an n-gram.
pub(super) fn single(c: char) -> Gram {
    Gram::new(&[c])
}

/// An n-gram of a word that is looked up, and whether it begins the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QueryGram {
    pub(super) gram: Gram,
    pub(super) first: bool,
}

/// The n-grams under which a word is looked up. Of the only word of a query the one that begins it and the rarest of the
/// others, of equally rare ones the last; of one word among several the rarest. `common` tells how common an n-gram is.
/// Of ASCII characters the longest n-grams are taken.
pub(super) fn query_grams(word: &str, alone: bool, common: &dyn Fn(Gram) -> usize) -> Vec<QueryGram> {
    let all = covering(word);
    let rarest = |from: usize| (from..all.len()).rev().min_by_key(|at| common(all[*at]));
    let chosen = if alone { [(!all.is_empty()).then_some(0), rarest(1)] } else { [rarest(0), None] };
    chosen.into_iter().flatten().map(|at| QueryGram { gram: all[at], first: at == 0 }).collect()
}

/// The n-grams that cover a word from its beginning to its end, none within another.
fn covering(word: &str) -> Vec<Gram> {
    let chars: Vec<char> = word.chars().collect();
    if let [only] = chars.as_slice() {
        return vec![single(*only)];
    }
    // The longest n-gram that begins at each place; what ends where the one before it ends is within that.
    let end = |at: usize| {
        let ascii = chars[at..].iter().take(LONGEST).take_while(|c| c.is_ascii()).count();
        at + ascii.max(2)
    };
    let starts = (0..chars.len().saturating_sub(1)).filter(|at| *at == 0 || end(*at) > end(at - 1));
    starts.map(|at| Gram::new(&chars[at..end(at)])).collect()
}

/// N-grams of a word that is not found, at most `most`, spread over it: what it may share with the name that was meant.
/// A word of two or three characters may share no more than the character that begins it.
pub(super) fn spread_grams(word: &str, most: usize) -> Vec<Gram> {
    let chars: Vec<char> = word.chars().collect();
    let mut all: Vec<Gram> = chars.windows(2).map(Gram::new).collect();
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
    use super::{Field, Gram, covering, each_gram, query_grams, spread_grams};
    use crate::search::normalize;

    #[test]
    fn a_key_gives_back_what_it_was_made_of() {
        for text in ["网", "政务", "201", "2012", "🏛公", "0.", "a年"] {
            let gram = Gram::new(&text.chars().collect::<Vec<_>>());
            assert_eq!(gram.text(), text);
            for field in [Field::Begin, Field::Facet, Field::exact(1), Field::exact(4), Field::exact(700)] {
                assert_eq!(Gram::of_key(gram.key(field)), (gram, field));
                assert_eq!(Field::of_word(&field.word()), Some(field));
            }
        }
    }

    #[test]
    fn a_word_is_looked_up_under_few_grams_from_its_beginning_to_its_end() {
        let common = |gram: Gram| usize::from(["电子", "外网", "线路"].contains(&gram.text().as_str()));
        for (word, alone, several) in [
            ("网", vec!["网"], "网"),
            ("政务", vec!["政务"], "政务"),
            ("三公经费", vec!["三公", "经费"], "经费"),
            ("电子政务", vec!["电子", "政务"], "政务"),
            ("电子政务外网", vec!["电子", "务外"], "务外"),
            ("电子外网线路", vec!["电子", "网线"], "网线"),
            ("2012901", vec!["2012", "2901"], "2901"),
            ("1150.0", vec!["1150", "50.0"], "50.0"),
            ("201", vec!["201"], "201"),
            ("20", vec!["20"], "20"),
            ("20年", vec!["20", "0年"], "0年"),
            ("2025年", vec!["2025", "5年"], "5年"),
            ("年2025", vec!["年2", "2025"], "2025"),
            ("(境)", vec!["(境", "境)"], "境)"),
            ("政政政", vec!["政政", "政政"], "政政"),
        ] {
            let texts =
                |alone| query_grams(word, alone, &common).into_iter().map(|it| it.gram.text()).collect::<Vec<_>>();
            let alone: Vec<String> = alone.into_iter().map(str::to_owned).collect();
            assert_eq!((texts(true), texts(false)), (alone, vec![several.to_owned()]), "{word}");
        }
        assert_eq!(query_grams("", true, &common), []);
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
        each_gram(&chars, |gram, _| filed.push(gram));
        for start in 0..chars.len() {
            for end in start + 2..=chars.len() {
                let word: String = chars[start..end].iter().collect();
                assert!(covering(&word).iter().all(|gram| filed.contains(gram)), "{word}");
            }
        }
    }
}
