//! Sections without text: a heading that is followed at once by one of a higher or the same level.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::BlockKind;
use crate::vocabulary::text::{squeeze, squeezed_glyphs};

/// One finding for each heading without text below it, in the narrative.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let blocks = &index.disclosure.blocks;
    for pair in blocks.windows(2) {
        let [own, next] = pair else { continue };
        if !matches!((own.kind, next.kind), (BlockKind::Heading(_), BlockKind::Heading(_))) {
            continue;
        }
        let (text, next_text) = (squeeze(&own.text), squeeze(&next.text));
        let (Some(rank), Some(next_rank)) = (rank(&text), rank(&next_text)) else { continue };
        // A list of contents is all headings: only a heading in the middle of text is a section.
        if rank == 0 || next_rank > rank || is_listed(index, &text) || is_listed(index, &next_text) {
            continue;
        }
        let place = super::place_in(index, own, "");
        let message = say!(index.language, "check.empty_section", title: own.text.trim(), line: place.line);
        checked.fail(rule, "", finding(rule, vec![place], message));
    }
    checked
}

/// True for a heading that stands twice: in the list of contents and before its section.
fn is_listed(index: &Index, text: &str) -> bool {
    // From the end, where most blocks differ at once; the number of a page stands there in a list.
    let same = |block: &&crate::model::Block| {
        let glyphs = squeezed_glyphs(&block.text).rev();
        glyphs.skip_while(|one| one.is_ascii_digit() || *one == '.').eq(text.chars().rev())
    };
    index.disclosure.blocks.iter().filter(same).count() > 1
}

/// How deep the numbering of a heading is: 第一部分, 一、, （一）, 1., （1）, ①.
fn rank(text: &str) -> Option<u8> {
    let numerals = "一二三四五六七八九十";
    let mut glyphs = text.chars();
    let first = glyphs.next()?;
    let rest: String = glyphs.take(4).collect();
    match first {
        '第' if rest.contains("部分") => Some(0),
        _ if numerals.contains(first) && rest.trim_start_matches(|one| numerals.contains(one)).starts_with('、') => {
            Some(1)
        }
        '(' if rest.starts_with(|one| numerals.contains(one)) => Some(2),
        '(' if rest.starts_with(|one: char| one.is_ascii_digit()) => Some(4),
        '0'..='9' if rest.trim_start_matches(|one: char| one.is_ascii_digit()).starts_with(['.', '、']) => Some(3),
        '①'..='⑳' => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn numbering_tells_the_depth() {
        let depths = ["第二部分", "十三、预算", "(一)总体", "1.资金", "(1)情况", "①目标"].map(rank);
        assert_eq!(depths, [Some(0), Some(1), Some(2), Some(3), Some(4), Some(5)]);
        assert_eq!(rank("2024年度"), None);
    }
}
