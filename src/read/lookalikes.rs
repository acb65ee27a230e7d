//! Characters that look like another one: text taken out of PDFs often holds 「⽀」 (a radical) where the page shows
//! 「支」. They are read as what the page shows, because nobody could find, compare or search the words otherwise.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Span};

/// The text with ordinary characters, and a note that tells how many were others. Every replacement takes as many
/// bytes as what it replaces.
pub(super) fn as_shown(path: &str, text: String) -> (String, Option<Diagnostic>) {
    let Some(first) = text.char_indices().find_map(|(at, glyph)| ordinary(glyph).map(|_| at)) else {
        return (text, None);
    };
    let mut count = 0_usize;
    let shown: String = text
        .chars()
        .map(|glyph| {
            ordinary(glyph).map_or(glyph, |meant| {
                count += 1;
                meant
            })
        })
        .collect();
    let length = text[first..].chars().next().map_or(0, char::len_utf8);
    let span = Span::in_text(path, &text, first..first + length);
    let message = format!("{count} 个字用的是部首或兼容字的编码（PDF 提取常见），按页面上的字读取");
    (
        shown,
        Some(Diagnostic::note("read-lookalikes", message, span).with_hint("无须改动；如从原件重新导出文字，可避免")),
    )
}

fn ordinary(glyph: char) -> Option<char> {
    if !matches!(glyph, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}') {
        return None;
    }
    lookalikes().get(&glyph).copied()
}

fn lookalikes() -> &'static FxHashMap<char, char> {
    static LOOKALIKES: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
        let lines = include_str!("lookalikes.txt").lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.flat_map(str::split_whitespace).filter_map(|pair| {
            let mut glyphs = pair.chars();
            Some((glyphs.next()?, glyphs.next()?))
        });
        pairs.collect()
    });
    &LOOKALIKES
}

#[cfg(test)]
mod tests {
    use super::{as_shown, lookalikes};

    #[test]
    fn radicals_become_the_characters_that_the_page_shows() {
        let (shown, note) = as_shown("a.txt", "部⻔收⽀总表\n⾦额单位：万元".to_owned());
        assert_eq!(shown, "部门收支总表\n金额单位：万元");
        let note = note.map(|note| (note.span.map(|span| (span.line, span.column)), note.message));
        assert_eq!(note.as_ref().and_then(|note| note.0), Some((1, 2)));
        assert!(note.is_some_and(|note| note.1.starts_with("3 个字")));
    }

    #[test]
    fn ordinary_text_stays_untouched() {
        let text = "部门收支总表，財政撥款　１２３";
        assert_eq!(as_shown("a.txt", text.to_owned()), (text.to_owned(), None));
    }

    #[test]
    fn each_pair_is_of_one_length_and_leads_to_no_other_pair() {
        for (from, to) in lookalikes() {
            assert_eq!(from.len_utf8(), to.len_utf8(), "{from}");
            assert!(!lookalikes().contains_key(to), "{from}{to}");
        }
    }
}
