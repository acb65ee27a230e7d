//! The frame of a table: its columns, from the words of its head or from a known layout.

use compact_str::CompactString;

use super::measure::{amount_role, composed_fund};

use crate::model::{Column, ColumnRole, Phase, StatementKind};
use crate::recognize::statement::head::HeadPath;
use crate::recognize::statement::placing::MeasuredRow;
use crate::recognize::statement::sums;
use crate::vocabulary::{ColumnMeaning, HeadRole, Layout, LayoutColumn, StatementRule, TableWords, Vocabulary, text};

/// The frame that the head of a table spells out.
pub(super) fn from_head(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    fund: &str,
    year: u16,
    paths: &[HeadPath],
) -> Vec<Column> {
    // A statement of one fund that prints others beside it: its total is that of all money.
    let told = paths.iter().filter_map(|path| composed_fund(&meanings(vocabulary, kind, path)));
    let others = told.filter(|told| !sums::fund_contains(fund, told)).count() > 0;
    let fund = if others { "all" } else { fund };
    let columns: Vec<Column> = paths
        .iter()
        .map(|path| Column { path: path.heads.clone(), role: role(vocabulary, kind, fund, year, path), lane: 0 })
        .collect();
    let columns = with_lanes(budgets_beside_accounts(
        &vocabulary.tables,
        three_public_totals(vocabulary, kind, parts_of_neighbours(columns)),
    ));
    without_lost_groups(vocabulary, kind, columns)
}

/// 小计 that would be the total of its list once more has lost the head of its group: nobody knows what it is the sum of.
fn without_lost_groups(vocabulary: &Vocabulary, kind: StatementKind, mut columns: Vec<Column>) -> Vec<Column> {
    let is_subtotal = |column: &Column| {
        let keys: Vec<String> = column.path.iter().map(|head| text::key(head)).collect();
        keys.last().is_some_and(|own| vocabulary.tables.subtotals.contains(own))
            && keys.iter().rev().skip(1).all(|above| vocabulary.columns.of_head(above, kind).is_none())
    };
    for at in 0..columns.len() {
        let same = |other: &Column| other.lane == columns[at].lane && other.role == columns[at].role;
        if is_total(&columns[at])
            && is_subtotal(&columns[at])
            && columns.iter().any(|other| same(other) && !is_subtotal(other))
        {
            columns[at].role = ColumnRole::Unknown;
        }
    }
    columns
}

/// 预算数 beside 决算数 is a budget, also in an account, where 预算数 alone would be the account's own amount.
fn budgets_beside_accounts(words: &TableWords, mut columns: Vec<Column>) -> Vec<Column> {
    let says_budget = |column: &Column| {
        let heads: Vec<String> = column.path.iter().map(|head| text::key(head)).collect();
        words.says_budget(&heads)
    };
    let is_account =
        |column: &Column| matches!(column.role, ColumnRole::Amount { phase: Some(Phase::Final), year: None, .. });
    if columns.iter().any(is_account) {
        for column in &mut columns {
            let budget = says_budget(column);
            if let ColumnRole::Amount { phase: phase @ None, .. } = &mut column.role
                && budget
            {
                *phase = Some(Phase::InitialBudget);
            }
        }
    }
    columns
}

/// 其中：教育收费 beside 事业收入 is a part of it, whatever fund it is elsewhere.
fn parts_of_neighbours(mut columns: Vec<Column>) -> Vec<Column> {
    let mut whole: Option<CompactString> = None;
    for column in &mut columns {
        let marked = column.path.iter().any(|head| head.starts_with(text::OF_WHICH));
        let ColumnRole::Amount { fund, of_which, .. } = &mut column.role else { continue };
        match &whole {
            Some(whole) if marked && *of_which && !sums::fund_contains(whole, fund) => {
                *fund = compact_str::format_compact!("{whole}.{fund}");
            }
            _ if !*of_which => whole = Some(fund.clone()).filter(|fund| fund != "all"),
            _ => {}
        }
    }
    columns
}

/// The frame of a known layout.
pub(super) fn from_layout(layout: &Layout) -> Vec<Column> {
    let columns = layout
        .columns
        .iter()
        .map(|column| Column { path: column.path.clone(), role: layout_role(column), lane: 0 })
        .collect();
    with_lanes(columns)
}

/// The layouts of a statement that the remains of a head agree with, best first.
pub(super) fn fitting_layouts<'rule>(rule: &'rule StatementRule, paths: &[HeadPath]) -> Vec<&'rule Layout> {
    let heads: Vec<&String> = paths.iter().flat_map(|path| &path.keys).collect();
    let agreeing = |layout: &Layout| {
        let known = |column: &&LayoutColumn| column.keys.iter().any(|key| heads.iter().any(|head| agree(head, key)));
        layout.columns.iter().filter(known).count() * 100 / layout.columns.len().max(1)
    };
    let mut fitting: Vec<(usize, &Layout)> =
        rule.layouts.iter().map(|layout| (agreeing(layout), layout)).filter(|(share, _)| *share >= 40).collect();
    fitting.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    fitting.into_iter().map(|(_, layout)| layout).collect()
}

/// Heads agree when one contains the other, or when most of the glyphs of a damaged one stand in the other in order.
pub(super) fn agree(head: &str, key: &str) -> bool {
    if head == key
        || (head.chars().count() >= 3 && (key.contains(head) || head.contains(key) && key.chars().count() >= 2))
    {
        return true;
    }
    let mut rest = key.chars();
    let common = head.chars().filter(|glyph| rest.by_ref().any(|other| other == *glyph)).count();
    common >= 3 && common * 3 >= key.chars().count() * 2
}

/// What a head inside a form says on its own.
pub(in crate::recognize) fn head_role(vocabulary: &Vocabulary, kind: StatementKind, path: &HeadPath) -> ColumnRole {
    role(vocabulary, kind, "all", 0, path)
}

/// What the heads above a column say together. Heads that are not known say nothing; a column without any known head
/// is unknown.
fn role(vocabulary: &Vocabulary, kind: StatementKind, fund: &str, year: u16, path: &HeadPath) -> ColumnRole {
    let meanings = meanings(vocabulary, kind, path);
    // Whatever a head with the sign of percentages says, it is not of money.
    if meanings.is_empty() && path.keys.last().is_some_and(|key| key.ends_with('%')) {
        return ColumnRole::Number;
    }
    let Some(last) = meanings.iter().rev().find(|meaning| meaning.role != HeadRole::Group) else {
        return ColumnRole::Unknown;
    };
    match last.role {
        HeadRole::Amount => amount_role(kind, fund, year, path, &meanings),
        role => plain_role(role),
    }
}

/// What the known heads above a column mean.
fn meanings<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    kind: StatementKind,
    path: &HeadPath,
) -> Vec<&'vocabulary ColumnMeaning> {
    let stacked = path.keys.concat();
    // 收入 over 2025年预算 is an amount of the income, not the head 收入预算 that says nothing of its own.
    let each_known = path.keys.iter().all(|key| vocabulary.columns.knows(key));
    let whole = vocabulary
        .columns
        .of_head(&stacked, kind)
        .filter(|meaning| path.keys.len() > 1 && !(each_known && meaning.role == HeadRole::Group));
    match whole {
        // Heads of one glyph a row, read from top to bottom.
        Some(meaning) => vec![meaning],
        None => path.keys.iter().filter_map(|key| vocabulary.columns.of_head(key, kind)).collect(),
    }
}

fn plain_role(role: HeadRole) -> ColumnRole {
    match role {
        HeadRole::Code => ColumnRole::Code,
        HeadRole::UnitCode => ColumnRole::UnitCode,
        HeadRole::Label => ColumnRole::Label,
        HeadRole::LineNumber => ColumnRole::LineNumber,
        HeadRole::Number => ColumnRole::Number,
        HeadRole::Text => ColumnRole::Text,
        HeadRole::Group | HeadRole::Amount => ColumnRole::Unknown,
    }
}

fn layout_role(column: &LayoutColumn) -> ColumnRole {
    if column.role != HeadRole::Amount {
        return plain_role(column.role);
    }
    ColumnRole::Amount {
        nature: column.nature.clone(),
        fund: column.fund.clone(),
        phase: None,
        year: None,
        of_which: column.of_which,
    }
}

/// Where 会议费 and 培训费 stand in the same table, its 合计 is more than the three: the total is the one that says so.
fn three_public_totals(vocabulary: &Vocabulary, kind: StatementKind, mut columns: Vec<Column>) -> Vec<Column> {
    let says_so = |column: &Column| {
        let part = |head: &CompactString| {
            vocabulary.columns.of_head(&text::key(head), kind).map(|meaning| meaning.part.as_str())
        };
        column.path.iter().any(|head| part(head) == Some("total"))
    };
    let any = columns.iter().any(|column| is_total(column) && says_so(column));
    if kind == StatementKind::ThreePublic && any {
        for column in columns.iter_mut().filter(|column| is_total(column) && !says_so(column)) {
            if let ColumnRole::Amount { nature, of_which, .. } = &mut column.role {
                *nature = CompactString::const_new("total_with_meetings");
                *of_which = true;
            }
        }
    }
    columns
}

fn is_total(column: &Column) -> bool {
    matches!(&column.role, ColumnRole::Amount { nature, .. } if nature == "total")
}

/// A column under an unknown head that holds words is the label of its list in statements that are lists of items, and
/// in any other where no column is the label.
pub(super) fn name_wordy_columns(kind: StatementKind, columns: &mut [Column], fragments: &[Vec<MeasuredRow>]) {
    let lists = matches!(kind, StatementKind::RevenueExpenditure | StatementKind::Appropriation);
    let mut named = columns.iter().any(|column| column.role == ColumnRole::Label);
    for (index, column) in columns.iter_mut().enumerate() {
        if column.role != ColumnRole::Unknown || named && !lists {
            continue;
        }
        let cells = || fragments.iter().flatten().filter_map(|row| row.get(index)).filter(|cell| cell.filled);
        let (words, filled) = (cells().filter(|cell| cell.words).count(), cells().count());
        if words >= 2 && words * 5 >= filled * 4 && !cells().any(|cell| cell.money) {
            column.role = ColumnRole::Label;
            named = true;
        }
    }
    let mut renewed = with_lanes(columns.to_vec());
    columns.swap_with_slice(&mut renewed);
}

/// A list begins where labels or codes follow amounts.
fn with_lanes(mut columns: Vec<Column>) -> Vec<Column> {
    let mut lane = 0;
    let mut after_amount = false;
    for column in &mut columns {
        let leading = matches!(column.role, ColumnRole::Code | ColumnRole::Label | ColumnRole::UnitCode);
        if leading && after_amount {
            lane += 1;
        }
        after_amount = match column.role {
            ColumnRole::Amount { .. } => true,
            ColumnRole::Unknown | ColumnRole::Text => after_amount,
            _ => false,
        };
        column.lane = lane;
    }
    columns
}
