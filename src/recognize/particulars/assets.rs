//! 国有资产占用: vehicles by kind and equipment above a price, from sentences and from rows of tables.

use compact_str::CompactString;

use crate::model::{Asset, Block, CellContent, ColumnRole, Disclosure, Place, Row, Statement};
use crate::recognize::narrative::Compact;
use crate::vocabulary::text::{OF_WHICH, fold, squeeze};
use crate::vocabulary::{AssetWords, Vocabulary};

/// The assets that a document counts, each kind and number once.
pub(super) fn read(vocabulary: &Vocabulary, disclosure: &Disclosure) -> Vec<Asset> {
    let words = &vocabulary.narrative.sections.assets;
    let told = disclosure.blocks.iter().flat_map(|block| in_sentences(words, block));
    let listed = disclosure.statements.iter().flat_map(|statement| in_rows(words, statement));
    let mut assets: Vec<Asset> = Vec::new();
    for asset in told.chain(listed) {
        if assets.iter().all(|known| (&known.kind, known.count) != (&asset.kind, asset.count)) {
            assets.push(asset);
        }
    }
    assets
}

/// 「共有车辆15辆，其中，机要通信用车2辆」
fn in_sentences(words: &AssetWords, block: &Block) -> Vec<Asset> {
    if !block.text.contains(['辆', '台', '套']) {
        return Vec::new();
    }
    let compact = Compact::new(&block.text);
    let text = compact.text.as_str();
    let mut from = 0;
    let mut assets = Vec::new();
    for captures in words.counts.captures_iter(text) {
        let (Some(count), Some(measure)) = (captures.get(1), captures.get(2)) else { continue };
        let lead = &text[from..count.start()];
        from = measure.end();
        let clause = lead.rsplit([',', '，', '。', ';', '；', '、', ':']).next().unwrap_or(lead);
        let place = Place { file: block.file, line: block.lines.0, cell: 0 };
        assets.extend(asset(words, clause, count.as_str(), measure.as_str(), place));
    }
    assets
}

/// 「（一）车辆数合计（辆） | 28 | 2」
fn in_rows(words: &AssetWords, statement: &Statement) -> Vec<Asset> {
    let mut assets = Vec::new();
    for row in &statement.rows {
        for (at, cell) in row.cells.iter().enumerate() {
            // Most cells count nothing and say so with their glyphs.
            if !cell.text.chars().any(|glyph| matches!(fold(glyph), '辆' | '台')) {
                continue;
            }
            let label = squeeze(&cell.text);
            let Some((name, measure)) =
                ["辆", "台"].iter().find_map(|measure| Some((counted(&label, measure)?, *measure)))
            else {
                continue;
            };
            let Some((count, place)) = number_behind(statement, row, at) else { continue };
            assets.extend(asset(words, name, count, measure, place));
        }
    }
    assets
}

/// The name before a measure in brackets: 车辆数合计 of 车辆数合计(辆).
fn counted<'label>(label: &'label str, measure: &str) -> Option<&'label str> {
    let (name, behind) = label.rsplit_once('(')?;
    behind.starts_with(measure).then_some(name)
}

/// The number behind a label in its row; that of the line is none.
fn number_behind<'row>(statement: &Statement, row: &'row Row, label: usize) -> Option<(&'row str, Place)> {
    let cells = row.cells.iter().enumerate().skip(label + 1);
    let mut numbers = cells.take_while(|(_, cell)| matches!(cell.content, CellContent::Number | CellContent::Blank));
    let (_, cell) = numbers.find(|(at, cell)| {
        let line = statement.columns.get(*at).is_some_and(|column| column.role == ColumnRole::LineNumber);
        !line && cell.content == CellContent::Number
    })?;
    Some((cell.text.as_str(), Place { file: statement.file, line: cell.line, cell: cell.printed_cell }))
}

fn asset(words: &AssetWords, label: &str, count: &str, measure: &str, place: Place) -> Option<Asset> {
    let label = label.trim_start_matches(OF_WHICH).trim_end_matches(['为', '共', '有']);
    let kind = words.kind(label)?;
    let count = count.trim().parse().ok()?;
    Some(Asset { kind: kind.clone(), label: CompactString::from(label), count, measure: measure.into(), place })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Asset;
    use crate::parse::parse;
    use crate::read::Source;
    use crate::vocabulary::Vocabulary;

    fn assets(text: &str) -> Vec<String> {
        let document = parse(&Arc::new(Source::plain("2024-budget.txt", text)));
        let show = |asset: &Asset| format!("{} {} {}", asset.kind, asset.count, asset.measure);
        crate::recognize::recognize(Vocabulary::builtin(), &document).assets.iter().map(show).collect()
    }

    #[test]
    fn sentences_count_vehicles_and_equipment() {
        let text = "甲县统计局2024年部门预算\n\n截至2023年12月31日，本部门共有车辆3辆，其中，机要通信用车1辆、其他用车2辆；单价50万元（含）以上的通用\
                    设备0台（套）。2024年未安排购置车辆2辆。\n";
        assert_eq!(
            assets(text),
            ["vehicles 3 辆", "vehicles.confidential 1 辆", "vehicles.other 2 辆", "equipment.500k 0 台"]
        );
    }

    #[test]
    fn tables_count_them_beside_the_number_of_the_line() {
        let text = "甲县统计局2024年度部门决算\n\n机构运行信息表\n单位：万元\n项目\t行次\t统计数\t项目\t行次\t统计数\n\
                    一、“三公”经费支出\t1\t5.10\t三、资产信息\t27\t—\n（一）因公出国（境）费\t2\t0.00\t（一）车辆数合计（辆）\t28\t4\n\
                    （二）公务接待费\t3\t5.10\t（二）单价100万元（含）以上设备（台、套）\t38\t1\n";
        assert_eq!(assets(text), ["vehicles 4 辆", "equipment.1m 1 台"]);
    }
}
