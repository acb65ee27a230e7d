//! Rows of a grid that stand above its heads: the title, whose table it is, its year and unit.

use super::around::Between;
use super::title::{self, read_title, read_unit};
use crate::model::UnitStatement;
use crate::parse::GridRow;
use crate::vocabulary::text::squeeze;
use crate::vocabulary::{TableWords, Vocabulary};

/// True for a row whose only filled cell is the title of a statement.
pub(super) fn is_title_row(vocabulary: &Vocabulary, row: &GridRow) -> bool {
    let mut filled = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let (Some(title), None) = (filled.next(), filled.next()) else { return false };
    read_title(vocabulary, title).is_some_and(|title| title.rule.is_some())
}

/// Takes title, organization and unit rows out of the top of a grid.
pub(super) fn without_title_rows<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    mut rows: Vec<GridRow>,
    between: &mut Between<'vocabulary>,
) -> Vec<GridRow> {
    let mut heading = 0;
    for row in rows.iter().take(5) {
        let filled: Vec<&str> =
            row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let stated = filled.iter().find_map(|text| read_unit(text));
        let title = if filled.len() == 1 { read_title(vocabulary, filled[0]) } else { None };
        if let Some(title) = title.filter(|title| title.rule.is_some()) {
            between.title = Some((row.line, title.text, title.rule));
        } else if let Some(unit) = stated.filter(|_| is_label_row(&vocabulary.tables, &filled)) {
            between.unit = Some(UnitStatement { unit, line: Some(row.line) });
        } else if !(filled.is_empty()
            || is_label_row(&vocabulary.tables, &filled)
            || filled.len() == 1 && is_caption(vocabulary, filled[0]))
        {
            break;
        }
        heading += 1;
    }
    rows.drain(..heading);
    rows
}

/// The only cell of a row above the heads: the number of a table, or what all tables of the document are: 单位决算报表.
fn is_caption(vocabulary: &Vocabulary, text: &str) -> bool {
    title::is_number(&vocabulary.tables, text)
        || squeeze(text).ends_with('表') && read_title(vocabulary, text).is_some()
}

/// A row that names the organization, the year or the unit: 部门：某局, （2024年度）.
fn is_label_row(words: &TableWords, filled: &[&str]) -> bool {
    let lead = filled.first().map(|text| squeeze(text)).unwrap_or_default();
    let year = lead.starts_with('(') && words.caption_ends.iter().any(|end| lead.ends_with(end.as_str()));
    // 920某镇财政所 | 预算年度:2025 | 单位:万元
    let unit = filled.len() > 1 && filled.last().is_some_and(|text| is_unit_alone(words, text));
    filled.len() <= 3 && (year || unit || words.captions.iter().any(|word| lead.starts_with(word.as_str())))
}

/// A cell that says the unit and nothing else.
fn is_unit_alone(words: &TableWords, text: &str) -> bool {
    let squeezed = squeeze(text);
    read_unit(&squeezed).is_some() && words.units.iter().any(|lead| squeezed.starts_with(lead.as_str()))
}
