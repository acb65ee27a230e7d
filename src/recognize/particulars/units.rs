//! Budget units: rows of the statements that stand for a unit of the department, else the names that the text lists.

use compact_str::CompactString;

use crate::model::{Block, BudgetUnit, Disclosure, Place, StatementKind, SubjectKind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::matching::holds;
use crate::vocabulary::text::{squeeze, without_ordinal};

/// Longer names are sentences.
const LONGEST_NAME: usize = 40;

/// The statements that list units, the most complete first.
const SOURCES: [StatementKind; 4] = [
    StatementKind::Revenue,
    StatementKind::AgencyOperating,
    StatementKind::Expenditure,
    StatementKind::ProjectPerformance,
];

/// Collects the units below the department, each once.
pub(super) fn collect(vocabulary: &Vocabulary, disclosure: &Disclosure) -> Vec<BudgetUnit> {
    let units = in_tables(disclosure);
    if units.is_empty() { told(vocabulary, &disclosure.blocks) } else { units }
}

/// The list of names behind 「…二级预算单位包括：」.
fn told(vocabulary: &Vocabulary, blocks: &[Block]) -> Vec<BudgetUnit> {
    let words = &vocabulary.identity;
    let leads = |block: &&Block| {
        let text = squeeze(&block.text);
        text.ends_with(':') && holds(&vocabulary.narrative.sections.unit_lists, &text)
    };
    let Some(start) = blocks.iter().position(|block| leads(&block)) else { return Vec::new() };
    let unit = |block: &Block| {
        let text = without_ordinal(&block.text);
        let name = squeeze(text.trim_end_matches(['；', ';', '。', '，', ',', '、']));
        let listed = text.len() < block.text.trim().len();
        let is_name = listed && name.chars().count() <= LONGEST_NAME && !name.contains([',', '，', ':']);
        let place = Place { file: block.file, line: block.lines.0, cell: 0 };
        let named = is_name && words.ends_as_organization(&name) && !words.is_no_name(&name);
        named.then(|| BudgetUnit { code: CompactString::default(), name: name.into(), total: None, place })
    };
    blocks[start + 1..].iter().map_while(unit).collect()
}

/// The units that tables list, of the statement that lists most.
fn in_tables(disclosure: &Disclosure) -> Vec<BudgetUnit> {
    let mut units: Vec<BudgetUnit> = Vec::new();
    for kind in SOURCES {
        for (index, statement) in disclosure.of_kind(kind) {
            for row in &statement.rows {
                let subject = row.subjects.iter().flatten().find(|subject| subject.kind == SubjectKind::Unit);
                let Some(subject) = subject.filter(|subject| subject.level != 1 && !subject.label.is_empty()) else {
                    continue;
                };
                if units
                    .iter()
                    .any(|unit| unit.code == subject.code && (!unit.code.is_empty() || unit.name == subject.label))
                {
                    continue;
                }
                let total = disclosure.facts.iter().find(|fact| {
                    fact.statement_index == Some(index)
                        && fact.subject.code == subject.code
                        && fact.subject.label == subject.label
                        && fact.measure.nature == "total"
                        && kind == StatementKind::Revenue
                });
                units.push(BudgetUnit {
                    code: subject.code.clone(),
                    name: subject.label.clone(),
                    total: total.map(|fact| fact.amount.clone()),
                    place: Place { file: statement.file, line: row.line, cell: 0 },
                });
            }
        }
        if !units.is_empty() {
            break;
        }
    }
    units
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
}
