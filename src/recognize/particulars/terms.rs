//! Terms that the document explains, and the vehicles that it counts.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Block, BlockKind, Place, Term, Vehicles};
use crate::recognize::narrative::Compact;
use crate::recognize::tables::title::read_unit;
use crate::vocabulary::matching::{ends_with, holds};
use crate::vocabulary::text::{squeeze, without_ordinal};
use crate::vocabulary::{SectionWords, Vocabulary};

/// Longer names are sentences.
const LONGEST_NAME: usize = 40;

/// The explanations behind the heading 名词解释. A term may be broken over two paragraphs: what stands before the second
/// one without an explanation is its beginning.
pub(super) fn read(vocabulary: &Vocabulary, blocks: &[Block]) -> Vec<Term> {
    let words = &vocabulary.narrative.sections;
    let heading = blocks.iter().rposition(|block| is_heading(words, block));
    let Some(start) = heading else { return Vec::new() };
    let mut terms = Vec::new();
    let mut begun = String::new();
    for (at, block) in blocks.iter().enumerate().skip(start) {
        if at > start && ends(vocabulary, block) {
            break;
        }
        // The heading may be joined with the first term.
        let text = behind_heading(words, &block.text).filter(|_| at == start).unwrap_or(&block.text);
        let text = without_ordinal(text);
        let Some((name, explanation)) = split(text) else {
            begun = if is_begun_term(text) { squeeze(text) } else { String::new() };
            continue;
        };
        terms.push(Term {
            name: if begun.is_empty() {
                bare(name).into()
            } else {
                compact_str::format_compact!("{}{}", std::mem::take(&mut begun), name.trim())
            },
            explanation: explanation.trim().to_owned(),
            place: Place { file: block.file, line: block.lines.0, cell: 0 },
        });
    }
    terms
}

/// What names a unit of money or an organization stands above a table (编制部门：… 单位：万元); another part of the document
/// begins with its number.
fn ends(vocabulary: &Vocabulary, block: &Block) -> bool {
    let text = squeeze(&block.text);
    matches!(block.kind, BlockKind::Statement(_))
        || read_unit(&block.text).is_some()
        || vocabulary.identity.behind_label(&text).is_some()
        || vocabulary.narrative.sections.terms_end.iter().any(|lead| text.starts_with(lead.as_str()))
        || text.starts_with('第') && text.chars().take(5).any(|glyph| glyph == '部')
}

/// 「7.一般公共服务支出（类）财政事务（款）行政运行」 before 「（项）：反映…」
fn is_begun_term(text: &str) -> bool {
    text.contains("类）") && !text.contains("项）") && text.chars().count() <= LONGEST_NAME
}

/// A name without the mark of the level above it, which was lost: （款）公务员医疗补助（项）.
fn bare(name: &str) -> &str {
    let name = name.trim();
    ["（款）", "(款)", "（类）", "(类)"].iter().find_map(|mark| name.strip_prefix(mark)).unwrap_or(name)
}

fn is_heading(words: &SectionWords, block: &Block) -> bool {
    let text = squeeze(&block.text);
    let bare = without_ordinal(&text);
    let begins = words.terms.iter().any(|heading| bare.starts_with(heading.as_str()));
    holds(&words.terms, &text) && text.chars().count() <= 20 || begins
}

/// What stands behind the heading in its text.
fn behind_heading<'text>(words: &SectionWords, text: &'text str) -> Option<&'text str> {
    words.terms.iter().find_map(|heading| text.split_once(heading.as_str())).map(|(_, rest)| rest)
}

/// 「事业收入：是指…」
fn split(text: &str) -> Option<(&str, &str)> {
    let at = text.find(['：', ':'])?;
    let colon = text[at..].chars().next().map_or(1, char::len_utf8);
    let (name, explanation) = (&text[..at], &text[at + colon..]);
    let long = name.chars().count() > LONGEST_NAME || name.contains(['，', '。']);
    (!long && !name.trim().is_empty() && explanation.trim().chars().count() >= 6).then_some((name, explanation))
}

/// Stated numbers of vehicles: 共有车辆1辆, 保有量为2辆.
pub(super) fn vehicles(words: &SectionWords, blocks: &[Block]) -> Vec<Vehicles> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(\\d{1,4})辆").unwrap_or_else(|error| panic!("a fixed pattern is damaged: {error}"))
    });
    let mut vehicles = Vec::new();
    for block in blocks.iter().filter(|block| block.text.contains('辆')) {
        let compact = Compact::new(&block.text);
        for captures in COUNT.captures_iter(&compact.text) {
            let Some(number) = captures.get(1) else { continue };
            let counted = ends_with(&words.vehicle_counts, &compact.text[..number.start()]);
            if let (true, Ok(count)) = (counted, number.as_str().parse()) {
                vehicles.push(Vehicles { count, place: Place { file: block.file, line: block.lines.0, cell: 0 } });
            }
        }
    }
    vehicles
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, read};
    use crate::recognize::particulars::paragraphs;

    #[test]
    fn the_terms_end_where_the_tables_begin() {
        let texts = [
            "第四部分 名词解释",
            "一、事业收入：指开展业务活动取得的收入。",
            "二、其他收入：除上述收入以外的收入。",
            "三、一般公共服务支出（类）财政事务（款）行政",
            "运行（项）：反映行政单位的基本支出。",
            "编制部门：某某区人民政府办公室 单位：元",
            "四、经营支出：表格之后的文字。",
        ];
        let names = |texts: &[&str]| {
            let terms = read(Vocabulary::builtin(), &paragraphs(texts));
            terms.iter().map(|term| term.name.to_string()).collect::<Vec<_>>()
        };
        let broken = "一般公共服务支出(类)财政事务(款)行政运行（项）";
        assert_eq!(names(&texts), ["事业收入", "其他收入", broken]);
        // Another part of the document, and a label above a table, end them too.
        for end in ["第五部分：部门预算公开报表及其说明", "部门名称：某某区人民政府办公室"]
        {
            assert_eq!(names(&["六、名词解释事业收入：指开展业务活动取得的收入。", end]), ["事业收入"], "{end}");
        }
    }
}
