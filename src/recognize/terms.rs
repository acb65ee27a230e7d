//! Terms that the document explains, and the vehicles that it counts.

use std::sync::LazyLock;

use compact_str::CompactString;
use regex::Regex;

use super::narrative::Compact;
use super::title::read_unit;
use crate::model::{Block, BlockKind, Place, Term, Vehicles};
use crate::vocabulary::text::{squeeze, without_ordinal};

/// Longer names are sentences.
const LONGEST_NAME: usize = 40;

/// The explanations behind the heading 名词解释.
pub(super) fn read(blocks: &[Block]) -> Vec<Term> {
    let heading = blocks.iter().rposition(is_heading);
    let Some(start) = heading else { return Vec::new() };
    let mut terms = Vec::new();
    for block in &blocks[start + 1..] {
        let text = without_ordinal(&block.text);
        // What names a unit of money stands above a table: 编制部门：… 单位：万元.
        let is_table_head = matches!(block.kind, BlockKind::Statement(_)) || read_unit(text).is_some();
        if is_table_head || squeeze(text).starts_with("附件") {
            break;
        }
        let Some((name, explanation)) = split(text) else { continue };
        terms.push(Term {
            name: CompactString::from(name.trim()),
            explanation: explanation.trim().to_owned(),
            place: Place { file: block.file, line: block.lines.0, cell: 0 },
        });
    }
    terms
}

fn is_heading(block: &Block) -> bool {
    let text = squeeze(&block.text);
    text.contains("名词解释") && text.chars().count() <= 20
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
pub(super) fn vehicles(blocks: &[Block]) -> Vec<Vehicles> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:共有车辆|车辆共计|保有量(?:为|共)?|共有公务用车)(\\d{1,4})辆")
            .unwrap_or_else(|error| panic!("a fixed pattern is damaged: {error}"))
    });
    let mut vehicles = Vec::new();
    for block in blocks.iter().filter(|block| block.text.contains('辆')) {
        let compact = Compact::new(&block.text);
        for captures in COUNT.captures_iter(&compact.text) {
            if let Ok(count) = captures[1].parse() {
                vehicles.push(Vehicles { count, place: Place { file: block.file, line: block.lines.0, cell: 0 } });
            }
        }
    }
    vehicles
}

#[cfg(test)]
mod tests {
    use super::{Block, BlockKind, read};

    #[test]
    fn the_terms_end_where_the_tables_begin() {
        let texts = [
            "第四部分 名词解释",
            "一、事业收入：指开展业务活动取得的收入。",
            "二、其他收入：除上述收入以外的收入。",
            "编制部门：某某区人民政府办公室 单位：元",
            "三、经营支出：表格之后的文字。",
        ];
        let block = |text: &&str| Block {
            kind: BlockKind::Paragraph,
            file: 0,
            lines: (1, 1),
            text: (*text).to_owned(),
            mentions: Vec::new(),
        };
        let terms = read(&texts.iter().map(block).collect::<Vec<_>>());
        assert_eq!(terms.iter().map(|term| term.name.as_str()).collect::<Vec<_>>(), ["事业收入", "其他收入"]);
    }
}
