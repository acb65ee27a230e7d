//! The units that the text names: in a list below a line that leads to it, or in one sentence.

use compact_str::CompactString;

use crate::model::{Block, BudgetUnit, Place};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::matching::holds;
use crate::vocabulary::text::{squeeze, without_ordinal};

/// Longer names are sentences.
const LONGEST_NAME: usize = 40;

/// The names of the first list that has any, else of the first sentence.
pub(super) fn told(vocabulary: &Vocabulary, blocks: &[Block]) -> Vec<BudgetUnit> {
    let listed = listed(vocabulary, blocks);
    if listed.is_empty() { in_sentence(vocabulary, blocks) } else { listed }
}

/// A unit of a name, which must be that of an organization.
pub(super) fn named(vocabulary: &Vocabulary, name: &str, place: Place) -> Option<BudgetUnit> {
    let words = &vocabulary.identity;
    let is_name = name.chars().count() <= LONGEST_NAME && !name.contains([',', '，', ':', '。']);
    let named = is_name && words.ends_as_organization(name) && !words.is_no_name(name);
    named.then(|| BudgetUnit { code: CompactString::default(), name: name.into(), total: None, place })
}

/// The list of names behind 「…二级预算单位包括：」.
fn listed(vocabulary: &Vocabulary, blocks: &[Block]) -> Vec<BudgetUnit> {
    let leads = |block: &&Block| {
        let text = squeeze(&block.text);
        text.ends_with(':') && holds(&vocabulary.narrative.sections.unit_lists, &text)
    };
    let Some(start) = blocks.iter().position(|block| leads(&block)) else { return Vec::new() };
    let unit = |block: &Block| {
        let text = without_ordinal(&block.text);
        let name = squeeze(text.trim_end_matches(['；', ';', '。', '，', ',', '、']));
        let listed = text.len() < block.text.trim().len();
        named(vocabulary, &name, place(block)).filter(|_| listed)
    };
    blocks[start + 1..].iter().map_while(unit).collect()
}

/// 「下设二级预算单位2个，分别是：某中心、某站。」 Where one name is none of an organization, the sentence speaks of other things.
fn in_sentence(vocabulary: &Vocabulary, blocks: &[Block]) -> Vec<BudgetUnit> {
    let names = |block: &Block| -> Option<Vec<BudgetUnit>> {
        let text = squeeze(&block.text);
        let word =
            vocabulary.narrative.sections.unit_lists.iter().filter_map(|word| Some(text.find(word)? + word.len()));
        let behind = text[word.min()?..].split('。').next()?;
        let list = behind.split_once(':').or_else(|| behind.split_once(','))?.1;
        let unit = |name: &str| named(vocabulary, name, place(block));
        list.trim_end_matches(';').split('、').map(unit).collect::<Option<Vec<_>>>()
    };
    blocks.iter().find_map(names).unwrap_or_default()
}

fn place(block: &Block) -> Place {
    Place { file: block.file, line: block.lines.0, cell: 0 }
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, told};
    use crate::recognize::particulars::paragraphs;

    #[test]
    fn the_text_lists_units_where_no_table_does() {
        let texts = [
            "纳入某局2024年部门预算编制范围的二级预算单位包括：",
            "1.某局本级",
            "2.某局资料中心；",
            "3.下属事业单位某站不单列预算，并入本级",
            "第二部分 预算表",
        ];
        let units = told(Vocabulary::builtin(), &paragraphs(&texts));
        assert_eq!(units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["某局本级", "某局资料中心"]);
    }

    #[test]
    fn one_sentence_names_units() {
        let cases: [(&str, &[&str]); 5] = [
            (
                "从预算单位构成看，纳入汇总预算编制范围的预算单位共计2家，具体包括： 某院本 级、某铁路运输检察院。",
                &["某院本级", "某铁路运输检察院"],
            ),
            (
                "下设二级预算单位 2 个，分别是：某市监测中心、某市协会秘书处。本年不变。",
                &["某市监测中心", "某市协会秘书处"],
            ),
            ("下设一个预算单位，某市信访办公室（本级）。", &["某市信访办公室(本级)"]),
            ("所属各预算单位政府采购预算总额712.49万元：政府采购货物预算10万元。", &[]),
            ("本部门所属单位包括机关和3个事业单位，人员100人。", &[]),
        ];
        for (sentence, expected) in cases {
            let units = told(Vocabulary::builtin(), &paragraphs(&[sentence]));
            assert_eq!(units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), expected, "{sentence}");
        }
    }
}
