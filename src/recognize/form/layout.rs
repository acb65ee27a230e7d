//! The parts of a form, told by the words of its rows.

use crate::model::{Row, StatementKind};
use crate::parse::GridRow;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{has_han, key, squeeze};

use crate::recognize::number::read_number;

/// Words before the name of what the form is about.
const NAMES: [&str; 12] = [
    "项目名称",
    "专项名称",
    "部门名称",
    "部门单位名称",
    "单位名称",
    "单位部门名称",
    "预算部门",
    "预算单位",
    "部门",
    "项目政策名称",
    "政策名称",
    "一级项目名称",
];
/// Those of them that name a project.
const PROJECT_NAMES: [&str; 5] = ["项目名称", "专项名称", "项目政策名称", "政策名称", "一级项目名称"];
/// Words before the unit that runs a project.
const UNITS: [&str; 7] = ["实施单位", "项目单位", "项目实施单位", "主管部门", "预算单位", "部门单位名称", "实施主体"];

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
    let begins = rows.iter().take(3).any(|row| {
        let named = NAMES.contains(&key(row[0]).as_str());
        // A list of names has heads beside one another, a form has values.
        row.len() <= 4 && named && row.get(1).is_none_or(|next| !vocabulary.columns.knows(&key(next)))
    });
    let own_list = rows.iter().skip(1).any(|row| is_indicator_head(row));
    let listed = rows.first().is_some_and(|row| is_indicator_head(row));
    let funds = rows.iter().skip(1).any(|row| row.iter().any(|text| is_fund_word(&key(text))));
    let performance = kind != StatementKind::Other;
    // A list has its heads in one row on top; a form has words beside values.
    let headed =
        rows.first().is_some_and(|row| row.iter().filter(|text| vocabulary.columns.knows(&key(text))).count() >= 4);
    !listed && !headed && (begins && (own_list || funds && performance) || performance && own_list)
}

/// True for a form about one project.
pub(super) fn names_project<'rows>(rows: impl Iterator<Item = &'rows GridRow>) -> bool {
    rows.take(4).any(|row| {
        let first = row.cells.iter().find(|cell| !cell.text.is_empty());
        first.is_some_and(|cell| PROJECT_NAMES.contains(&key(&cell.text).as_str()))
    })
}

/// 一级指标, 三级指标, 指标值 side by side.
pub(super) fn is_indicator_head(row: &[&str]) -> bool {
    const HEADS: [&str; 9] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "年度指标值",
        "指标名称",
        "指标内容",
        "目标值",
        "本年绩效指标值",
    ];
    let mut heads: Vec<String> = row.iter().map(|text| key(text)).filter(|key| HEADS.contains(&key.as_str())).collect();
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
pub(super) fn project_name(row: &Row) -> Option<String> {
    let filled = filled(row);
    let (_, first) = filled.first()?;
    let (_, name) = filled.get(1)?;
    let named = PROJECT_NAMES.contains(&key(first).as_str()) && has_han(name);
    named.then(|| squeeze(name))
}

/// The unit that a row names: 实施单位 | 某局.
pub(super) fn unit_name(row: &Row) -> Option<String> {
    let filled = filled(row);
    // The unit that acts goes before the department above it.
    UNITS.iter().find_map(|word| {
        let at = filled.iter().position(|(_, text)| key(text) == *word)?;
        let (_, name) = filled.get(at + 1).filter(|(_, text)| has_han(text) && !UNITS.contains(&key(text).as_str()))?;
        Some(squeeze(name))
    })
}

/// Words that stand beside an amount of money in a form.
pub(super) fn is_fund_word(key: &str) -> bool {
    fund_measure(key).is_some()
}

/// The nature and fund of the amount beside a word of a form.
pub(super) fn fund_measure(key: &str) -> Option<(&'static str, &'static str)> {
    const MEASURES: [(&str, &str, &str); 19] = [
        ("上年结转", "carried_in", "all"),
        ("结转资金", "carried_in", "all"),
        ("预算总额", "total", "all"),
        ("资金总额", "total", "all"),
        ("金额合计", "total", "all"),
        ("预算支出总额", "total", "all"),
        ("预算资金总", "total", "all"),
        ("政府预算资金", "total", "appropriation"),
        ("财政拨款", "total", "appropriation"),
        ("财政资金", "total", "appropriation"),
        ("一般公共预算", "total", "general_public"),
        ("政府性基金", "total", "government_fund"),
        ("国有资本经营", "total", "state_capital"),
        ("财政专户", "total", "special_account"),
        ("单位资金", "total", "unit_funds"),
        ("事业收入", "total", "business"),
        ("其他资金", "total", "other"),
        ("基本支出", "basic", "all"),
        ("项目支出", "project", "all"),
    ];
    MEASURES.iter().find(|(word, _, _)| key.contains(word)).map(|(_, nature, fund)| (*nature, *fund))
}

/// True for a cell that is an amount as money is printed, not a rate.
pub(super) fn is_money(text: &str) -> bool {
    read_number(text).is_some_and(|number| number.money_like && !number.percent)
}

/// True for a number, money or not, without a sign of comparison.
pub(super) fn is_number(text: &str) -> bool {
    read_number(text).is_some_and(|number| !number.percent)
}
