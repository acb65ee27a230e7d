//! One text for everything that reads the same: how texts and queries are folded before they are compared.
//! `static/search-engine.js` mirrors it; docs/search-index.md tells it to other programs.

use std::sync::LazyLock;

/// Folds a text for comparison, character by character:
///
/// 1. Full-width forms (U+FF01–U+FF5E) become ASCII, `Ａ` → `A`, `（` → `(`.
/// 2. `A`–`Z` become lower case, traditional characters simplified (`traditional.txt`).
/// 3. Blanks and invisible characters are dropped ([`is_blank`]), and so are quotation marks ([`is_quote`]): “三公”,
///    "三公" and 三公 are one.
/// 4. A comma between a digit and exactly three digits is dropped: 3,020.78 is 3020.78.
pub fn normalize(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(fold).filter(|c| !is_blank(*c) && !is_quote(*c)));
    if folded.contains(',') { without_thousands_commas(&folded) } else { folded }
}

fn without_thousands_commas(folded: &str) -> String {
    let bytes = folded.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let separates = |at: usize| at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4);
    folded.char_indices().filter(|(at, c)| *c != ',' || !separates(*at)).map(|(_, c)| c).collect()
}

fn fold(c: char) -> char {
    match c {
        '\0'..='\u{7f}' => c.to_ascii_lowercase(),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        FIRST_HAN..=LAST_HAN => SIMPLIFIED[(u32::from(c) - u32::from(FIRST_HAN)) as usize],
        _ => c,
    }
}

const FIRST_HAN: char = '\u{3400}';
const LAST_HAN: char = '\u{9fff}';

/// What each Chinese character folds to, itself for most. A table, because every character of every text asks.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut simplified: Vec<char> = (FIRST_HAN..=LAST_HAN).collect();
    for (from, to) in traditional().filter(|(from, _)| (FIRST_HAN..=LAST_HAN).contains(from)) {
        simplified[(u32::from(from) - u32::from(FIRST_HAN)) as usize] = to;
    }
    simplified
});

/// The traditional characters with the simplified ones that stand for them, in the order of the table.
pub(super) fn traditional() -> impl Iterator<Item = (char, char)> {
    let lines = include_str!("traditional.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).filter_map(|pair| {
        let mut glyphs = pair.chars();
        Some((glyphs.next()?, glyphs.next()?))
    })
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

/// The folded words of a query, each once: what stands between blanks. `"…"` between blanks is one word whatever is in
/// it; quotation marks elsewhere are dropped like all others. A single character must be a letter or digit.
pub(super) fn words(query: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = query.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let end = quoted(rest).unwrap_or_else(|| rest.find(is_blank).unwrap_or(rest.len()));
        let word = normalize(&rest[..end]);
        let single = word.chars().nth(1).is_none();
        if !(single && !word.contains(char::is_alphanumeric) || words.contains(&word)) {
            words.push(word);
        }
        rest = rest[end..].trim_start_matches(is_blank);
    }
    words
}

/// Where the quotation ends with which a text begins, when a blank or nothing follows it.
fn quoted(text: &str) -> Option<usize> {
    let end = text.strip_prefix('"')?.find('"')? + 2;
    text[end..].chars().next().is_none_or(is_blank).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::{normalize, traditional, words};

    #[test]
    fn what_reads_the_same_folds_to_the_same() {
        for (text, want) in [
            ("“三公”经费", "三公经费"),
            ("\"三公\"经费", "三公经费"),
            ("「三公」经费", "三公经费"),
            ("三公經費", "三公经费"),
            ("財政廳預算", "财政厅预算"),
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
    fn folding_once_is_folding_enough() {
        let pairs: Vec<(char, char)> = traditional().collect();
        assert!(pairs.len() > 2000, "{}", pairs.len());
        for (from, to) in pairs {
            assert_eq!(normalize(&to.to_string()), to.to_string(), "{from}");
        }
    }

    #[test]
    fn quotes_make_one_word_of_several_only_between_blanks() {
        for (query, want) in [
            ("三公 经费", vec!["三公", "经费"]),
            ("\"三公 经费\"", vec!["三公经费"]),
            ("\"三公\"经费", vec!["三公经费"]),
            ("“三公”经费", vec!["三公经费"]),
            ("\"a b\" \"c d\"", vec!["ab", "cd"]),
            ("\"开着的 引号", vec!["开着的", "引号"]),
            ("\"\" ， —— 三公 三公", vec!["——", "三公"]),
            ("", vec![]),
        ] {
            assert_eq!(words(query), want, "{query}");
        }
    }
}
