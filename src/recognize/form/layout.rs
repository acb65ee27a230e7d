//! The parts of a form, told by the words of its rows.

use crate::model::{Row, StatementKind};
use crate::parse::GridRow;
use crate::recognize::number::read_number;
use crate::vocabulary::text::{has_han, key, squeeze};
use crate::vocabulary::{FormWords, Vocabulary};

/// True for rows that begin with what the form is about and go on with a list of indicators or of funds.
pub(super) fn is_form<'rows>(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    rows: impl Iterator<Item = &'rows GridRow>,
) -> bool {
    let rows: Vec<Vec<&str>> = rows
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect())
        .filter(|row: &Vec<&str>| !row.is_empty())
        .collect();
    let words = &vocabulary.forms;
    let begins = rows.iter().take(3).any(|row| {
        let named = words.is_name(&key(row[0]));
        // A list of names has heads beside one another, a form has values.
        row.len() <= 4 && named && row.get(1).is_none_or(|next| !vocabulary.columns.knows(&key(next)))
    });
    let own_list = rows.iter().skip(1).any(|row| is_indicator_head(words, row));
    let listed = rows.first().is_some_and(|row| is_indicator_head(words, row));
    let funds = rows.iter().skip(1).any(|row| row.iter().any(|text| is_fund_word(words, &key(text))));
    let performance = kind != StatementKind::Other;
    // A list has its heads in one row on top; a form has words beside values.
    let headed =
        rows.first().is_some_and(|row| row.iter().filter(|text| vocabulary.columns.knows(&key(text))).count() >= 4);
    !listed && !headed && (begins && (own_list || funds && performance) || performance && own_list)
}

/// True for a form about one project.
pub(super) fn names_project<'rows>(words: &FormWords, rows: impl Iterator<Item = &'rows GridRow>) -> bool {
    rows.take(4).any(|row| {
        let first = row.cells.iter().find(|cell| !cell.text.is_empty());
        first.is_some_and(|cell| words.is_project(&key(&cell.text)))
    })
}

/// 一级指标, 三级指标, 指标值 side by side.
pub(super) fn is_indicator_head(words: &FormWords, row: &[&str]) -> bool {
    let mut heads: Vec<String> = row.iter().map(|text| key(text)).filter(|key| words.is_indicator_head(key)).collect();
    let count = heads.len();
    heads.sort_unstable();
    heads.dedup();
    // The same heads again and again are the groups of a list that runs sideways.
    count >= 2 && heads.len() == count
}

/// The filled cells of a row with their columns.
pub(super) fn filled(row: &Row) -> Vec<(usize, &str)> {
    row.cells.iter().map(|cell| cell.text.as_str()).enumerate().filter(|(_, text)| !text.is_empty()).collect()
}

/// The project that a row names: 项目名称 | 物业管理.
pub(super) fn project_name(words: &FormWords, row: &Row) -> Option<String> {
    let filled = filled(row);
    let (_, first) = filled.first()?;
    let (_, name) = filled.get(1)?;
    let named = words.is_project(&key(first)) && has_han(name);
    named.then(|| squeeze(name))
}

/// The unit that a row names: 实施单位 | 某局.
pub(super) fn unit_name(words: &FormWords, row: &Row) -> Option<String> {
    let filled = filled(row);
    // The unit that acts goes before the department above it.
    words.units.iter().find_map(|word| {
        let at = filled.iter().position(|(_, text)| key(text) == *word)?;
        let (_, name) = filled.get(at + 1).filter(|(_, text)| has_han(text) && !words.units.contains(&key(text)))?;
        Some(squeeze(name))
    })
}

/// Words that stand beside an amount of money in a form.
pub(super) fn is_fund_word(words: &FormWords, key: &str) -> bool {
    words.fund(key).is_some()
}

/// True for a cell that is an amount as money is printed, not a rate.
pub(super) fn is_money(text: &str) -> bool {
    read_number(text).is_some_and(|number| number.money_like && !number.percent)
}

/// True for a number, money or not, without a sign of comparison.
pub(super) fn is_number(text: &str) -> bool {
    read_number(text).is_some_and(|number| !number.percent)
}
