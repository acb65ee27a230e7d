//! One text for everything that reads the same: how texts and queries are folded before they are compared, and the
//! n-grams under which folded texts are filed. `static/search.js` mirrors both functions; docs/search-index.md tells
//! them to other programs.

/// Folds a text for comparison, character by character:
///
/// 1. Full-width forms (U+FF01–U+FF5E) become ASCII, `Ａ` → `A`, `（` → `(`.
/// 2. `A`–`Z` become lower case.
/// 3. Blanks and invisible characters are dropped ([`is_blank`]), and so are quotation marks ([`is_quote`]): “三公”,
///    "三公" and 三公 are one.
/// 4. A comma between a digit and exactly three digits is dropped: 3,020.78 is 3020.78.
pub fn normalize(text: &str) -> String {
    let folded: Vec<char> = text.chars().map(fold).filter(|c| !is_blank(*c) && !is_quote(*c)).collect();
    let kept = folded.iter().enumerate().filter(|(at, _)| !is_thousands_comma(&folded, *at));
    kept.map(|(_, c)| c).collect()
}

fn fold(c: char) -> char {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    half.to_ascii_lowercase()
}

/// Blanks, control characters and characters without a shape.
pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\0'..=' '
            | '\u{7f}'..='\u{a0}'
            | '\u{ad}'
            | '\u{1680}'
            | '\u{180e}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{3000}'
            | '\u{feff}'
    )
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}')
}

fn is_thousands_comma(folded: &[char], at: usize) -> bool {
    let digit = |index: usize| folded.get(index).is_some_and(char::is_ascii_digit);
    folded[at] == ',' && at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4)
}

/// Letters and digits of any script. N-grams never cross anything else.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

/// One, two or three characters of a folded text, packed into a number that sorts like the characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Gram(u64);

impl Gram {
    fn new(chars: &[char]) -> Self {
        let packed = (0..3).fold(0, |packed, at| packed << 21 | chars.get(at).map_or(0, |c| u64::from(u32::from(*c))));
        Gram(packed)
    }

    /// The characters.
    pub(super) fn text(self) -> String {
        let parts = [42, 21, 0].map(|shift| (self.0 >> shift) as u32 & 0x1f_ffff);
        parts.into_iter().filter(|part| *part > 0).filter_map(char::from_u32).collect()
    }

    /// The shard in which it is filed: FNV-1a (32 bits) over the code points, modulo the number of shards.
    pub(super) fn shard(self, shards: usize) -> usize {
        let step = |hash: u32, c: char| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193);
        self.text().chars().fold(0x811c_9dc5, step) as usize % shards.max(1)
    }
}

/// Every n-gram under which a folded text is filed: each letter, each pair of neighbouring letters, and each three
/// neighbouring ASCII letters or digits. Not sorted, with repetitions.
pub(super) fn grams(folded: &str) -> Vec<Gram> {
    let mut grams = Vec::new();
    for run in runs(folded) {
        grams.extend(run.iter().map(|c| Gram::new(&[*c])));
        grams.extend(run.windows(2).map(Gram::new));
        grams.extend(run.windows(3).filter(|three| is_ascii(three)).map(Gram::new));
    }
    grams
}

/// The n-grams that decide where a folded word can stand: as long as possible, none that another one implies, and no
/// more than [`QUERY_GRAMS`] of a long word. Empty for a word without letters.
pub(super) fn query_grams(word: &str) -> Vec<Gram> {
    let runs = runs(word);
    let mut grams: Vec<Gram> = runs.iter().flat_map(|run| long_grams(run)).collect();
    if grams.is_empty() {
        grams = runs.iter().flatten().map(|c| Gram::new(&[*c])).collect();
    }
    let mut seen = Vec::with_capacity(grams.len());
    grams.retain(|gram| {
        !seen.contains(gram) && {
            seen.push(*gram);
            true
        }
    });
    spread(&grams, QUERY_GRAMS)
}

/// So many n-grams of a word are looked up; the rest of the word is checked in the records.
const QUERY_GRAMS: usize = 8;

fn long_grams(run: &[char]) -> Vec<Gram> {
    let threes = run.windows(3).filter(|three| is_ascii(three)).map(Gram::new);
    let twos = run.windows(2).enumerate().filter(|(at, two)| !(is_ascii(two) && in_three(run, *at)));
    threes.chain(twos.map(|(_, two)| Gram::new(two))).collect()
}

/// True when the ASCII pair at `at` lies within three ASCII characters.
fn in_three(run: &[char], at: usize) -> bool {
    let three = |start: usize| run.get(start..start + 3).is_some_and(is_ascii);
    three(at) || at.checked_sub(1).is_some_and(three)
}

/// `limit` of the items, evenly over the whole, the first and the last among them.
fn spread(grams: &[Gram], limit: usize) -> Vec<Gram> {
    if grams.len() <= limit {
        return grams.to_vec();
    }
    (0..limit).map(|index| grams[index * (grams.len() - 1) / (limit - 1)]).collect()
}

fn is_ascii(chars: &[char]) -> bool {
    chars.iter().all(char::is_ascii)
}

fn runs(folded: &str) -> Vec<Vec<char>> {
    folded.split(|c| !is_letter(c)).filter(|run| !run.is_empty()).map(|run| run.chars().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::{grams, normalize, query_grams};

    #[test]
    fn what_reads_the_same_folds_to_the_same() {
        for (text, want) in [
            ("“三公”经费", "三公经费"),
            ("\"三公\"经费", "三公经费"),
            ("「三公」经费", "三公经费"),
            ("三公经费", "三公经费"),
            ("2025 年\u{3000}ＡＢＣ", "2025年abc"),
            ("因公出国（境）费", "因公出国(境)费"),
            ("3,020.78 万元", "3020.78万元"),
            ("1,234,567", "1234567"),
            ("2023,2024", "2023,2024"),
            ("1,23", "1,23"),
            ("甲,100", "甲,100"),
            ("零\u{200b}宽\u{feff}", "零宽"),
            ("", ""),
        ] {
            assert_eq!(normalize(text), want, "{text:?}");
        }
    }

    #[test]
    fn grams_do_not_cross_punctuation() {
        let texts = |text: &str| grams(text).into_iter().map(|gram| gram.text()).collect::<Vec<_>>();
        assert_eq!(texts("政务(网)"), ["政", "务", "政务", "网"]);
        assert_eq!(texts("2012款"), ["2", "0", "1", "2", "款", "20", "01", "12", "2款", "201", "012"]);
        assert_eq!(texts("🏛公"), ["公"]);
    }

    #[test]
    fn a_word_is_looked_up_under_its_longest_grams() {
        let texts = |word: &str| query_grams(word).into_iter().map(|gram| gram.text()).collect::<Vec<_>>();
        assert_eq!(texts("政务外网"), ["政务", "务外", "外网"]);
        assert_eq!(texts("2012901"), ["201", "012", "129", "290", "901"]);
        assert_eq!(texts("20年"), ["20", "0年"]);
        assert_eq!(texts("2025年"), ["202", "025", "5年"]);
        assert_eq!(texts("网"), ["网"]);
        assert_eq!(texts("(境)"), ["境"]);
        assert_eq!(texts("出国(境)"), ["出国"]);
        assert_eq!(texts("——"), Vec::<String>::new());
        assert_eq!(texts("政政政"), ["政政"]);
        assert_eq!(query_grams("一二三四五六七八九十甲乙丙丁").len(), 8);
    }

    #[test]
    fn every_gram_of_a_word_is_a_gram_of_each_text_that_holds_it() {
        let text = normalize("电子政务外网2025年线路租赁A12b（含运维）项目");
        let filed = grams(&text);
        let chars: Vec<char> = text.chars().collect();
        for start in 0..chars.len() {
            for end in start + 1..=chars.len() {
                let word: String = chars[start..end].iter().collect();
                assert!(query_grams(&word).iter().all(|gram| filed.contains(gram)), "{word}");
            }
        }
    }
}
