//! 主要职责: the paragraphs below the heading that names the duties of an organization, up to the next heading.

use crate::model::{Block, BlockKind, Duty, Place};
use crate::vocabulary::text::{squeeze, without_ordinal};
use crate::vocabulary::{SectionWords, Vocabulary};

/// Longer lines are no headings.
const LONGEST_HEADING: usize = 30;
/// So many paragraphs at most: a heading may be missing behind them.
const MOST: usize = 60;
/// A duty says more than a heading does.
const SHORTEST: usize = 8;

/// The duties of the first heading that has any: a list of contents names it too.
pub(super) fn read(vocabulary: &Vocabulary, organization: Option<&str>, blocks: &[Block]) -> Vec<Duty> {
    let words = &vocabulary.narrative.sections;
    let is_heading = |block: &Block, words: &[String]| {
        let text = squeeze(&block.text);
        // The name of the organization makes any heading long.
        let own = organization.map_or(0, |name| text.matches(name).count() * name.chars().count());
        let short =
            text.chars().count() - own <= LONGEST_HEADING && !text.contains(['。', ';', ':']) && !text.contains("...");
        short && words.iter().any(|word| text.contains(word.as_str()))
    };
    let names = |block: &Block| is_heading(block, &words.duties);
    let ends = |block: &Block| {
        let heading = matches!(block.kind, BlockKind::Statement(_) | BlockKind::Heading(_));
        !names(block)
            && (heading || is_heading(block, &words.duties_end) || begins_with_heading(words, organization, block))
    };
    let below = |start: usize| -> Vec<Duty> {
        let joined = behind_heading(words, organization, &blocks[start]).and_then(|text| duty(&blocks[start], text));
        let section = blocks[start + 1..].iter().take_while(|block| !ends(block)).take(MOST);
        let text = |block| behind_heading(words, organization, block).unwrap_or(&block.text);
        let rest = section.filter(|block| !names(block)).filter_map(|block| duty(block, text(block)));
        joined.into_iter().chain(rest).collect()
    };
    let begins = |at: &usize| names(&blocks[*at]) || behind_heading(words, organization, &blocks[*at]).is_some();
    (0..blocks.len()).filter(begins).map(below).find(|duties| !duties.is_empty()).unwrap_or_default()
}

/// What stands behind a heading to which the first sentence was joined: 「（一）主要职能某局是市政府工作部门。」 An ordinal
/// or the name of the organization shows that it is one.
fn behind_heading<'text>(words: &SectionWords, organization: Option<&str>, block: &'text Block) -> Option<&'text str> {
    let text = without_ordinal(&block.text);
    let text = behind_name(organization, text);
    let long = text.chars().count() > LONGEST_HEADING && text.len() < block.text.len() && !text.contains("....");
    let rest = words.duties.iter().filter(|_| long).find_map(|word| text.strip_prefix(word.as_str()));
    let about =
        |rest: &'text str| words.duties_about.iter().fold(rest, |rest, word| rest.trim_start_matches(word.as_str()));
    rest.map(|rest| about(rest).trim_start_matches([':', '：']))
}

fn behind_name<'text>(organization: Option<&str>, text: &'text str) -> &'text str {
    organization.and_then(|name| text.strip_prefix(name)).unwrap_or(text)
}

/// True for a paragraph whose first line is the next heading: 「（二）机构设置某局内设三个科室。」 Short words begin duties too.
fn begins_with_heading(words: &SectionWords, organization: Option<&str>, block: &Block) -> bool {
    let text = behind_name(organization, without_ordinal(&block.text));
    let begins = |word: &&String| word.chars().count() >= 4 && text.starts_with(word.as_str());
    text.len() < block.text.len() && words.duties_end.iter().any(|word| begins(&word))
}

/// A paragraph that says something; 「其主要职责是：」 only leads to it.
fn duty(block: &Block, text: &str) -> Option<Duty> {
    let text = without_ordinal(text).trim();
    let says = text.chars().count() >= SHORTEST && !text.ends_with([':', '：']);
    says.then(|| Duty { text: text.to_owned(), place: Place { file: block.file, line: block.lines.0, cell: 0 } })
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, read};
    use crate::recognize::particulars::paragraphs;

    fn duties(texts: &[&str]) -> Vec<String> {
        read(Vocabulary::builtin(), Some("某市信访局"), &paragraphs(texts)).into_iter().map(|duty| duty.text).collect()
    }

    #[test]
    fn duties_stand_between_their_heading_and_the_next() {
        let contents = ["一、主要职责", "二、机构设置", "第一部分 某局概况"];
        let body = [
            "一、某局主要职责",
            "其主要职责是：",
            "（一）负责全县统计调查工作。",
            "（二）监督检查统计法律法规的实施。",
            "二、机构设置情况",
            "内设机构3个，分别承担各项工作。",
        ];
        let all: Vec<&str> = contents.into_iter().chain(body).collect();
        assert_eq!(duties(&all), ["负责全县统计调查工作。", "监督检查统计法律法规的实施。"]);
    }

    #[test]
    fn a_heading_may_be_joined_with_its_first_sentence() {
        let joined = "（一）主要职能某市信访局是市政府工作部门，为正局级，贯彻落实各项方针政策和决策部署。";
        let expected = "某市信访局是市政府工作部门，为正局级，贯彻落实各项方针政策和决策部署。";
        assert_eq!(duties(&[joined, "（二）机构设置"]), [expected]);
        assert_eq!(duties(&["一、主要职能及机构设置", joined, "（二）机构设置"]), [expected]);
        assert_eq!(
            duties(&["某市信访局主要职能某市信访局是市政府工作部门，为正局级，贯彻落实各项方针政策和决策部署。"]),
            [expected]
        );
        let next = "（二）机构设置某市信访局加挂某某办公室牌子，内设三个科室，分别是综合科、接访科、督查科。";
        assert_eq!(duties(&[joined, next]), [expected]);
        // The line of a contents list leads to its page.
        let contents = "一、部门职责 ............................................. 2";
        assert_eq!(duties(&[contents, "二、机构设置", joined]), [expected]);
        assert_eq!(duties(&["二、机构设置", "负责日常工作的处室有三个。"]), Vec::<String>::new());
    }
}
