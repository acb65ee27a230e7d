//! Headings in which words stand twice in a row: 管理局管理局.

use super::{Checked, finding, place_in};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{BlockKind, Finding};

/// Shorter repetitions are words of their own: 天天, 研究研究.
const LEAST: usize = 3;

/// One entry for each heading, one finding for each with a repetition.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for block in index.disclosure.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))) {
        let text: String = block.text.chars().filter(|glyph| !glyph.is_whitespace()).collect();
        let place = place_in(index, block, &text);
        let Some(words) = repeated(&text) else {
            checked.pass(rule, "", place);
            continue;
        };
        let message = say!(index.language, "check.repetition", words: words, line: place.line);
        let (expected, printed) = (words.clone(), format!("{words}{words}"));
        checked.fail(rule, "", Finding { expected, printed, ..finding(rule, vec![place], message) });
    }
    checked
}

/// The first words that follow themselves.
fn repeated(text: &str) -> Option<String> {
    let glyphs: Vec<char> = text.chars().collect();
    let is_han = |words: &[char]| words.iter().all(|glyph| ('\u{4e00}'..='\u{9fff}').contains(glyph));
    (0..glyphs.len()).find_map(|start| {
        let most = (glyphs.len() - start) / 2;
        (LEAST..=most).rev().find_map(|length| {
            let (first, second) = (&glyphs[start..start + length], &glyphs[start + length..start + 2 * length]);
            (first == second && is_han(first)).then(|| first.iter().collect())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn words_that_follow_themselves_are_found() {
        assert_eq!(repeated("某区大数据管理局管理局自评报告").as_deref(), Some("管理局"));
        assert_eq!(repeated("研究研究再说"), None);
        assert_eq!(repeated("一、部门决算说明"), None);
    }
}
