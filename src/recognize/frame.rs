//! The frame of a table: its columns, from the words of its head or from a known layout.

use compact_str::CompactString;

use super::header::HeadPath;
use super::measured::MeasuredRow;
use super::sums;
use crate::model::{Column, ColumnRole, Phase, StatementKind};
use crate::vocabulary::{ColumnMeaning, HeadRole, Layout, LayoutColumn, StatementRule, Vocabulary, text};

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
    with_lanes(budgets_beside_accounts(three_public_totals(vocabulary, kind, parts_of_neighbours(columns))))
}

/// 预算数 beside 决算数 is a budget, also in an account, where 预算数 alone would be the account's own amount.
fn budgets_beside_accounts(mut columns: Vec<Column>) -> Vec<Column> {
    let says_budget = |column: &Column| {
        let last = column.path.iter().rev().map(|head| text::key(head)).find(|key| key.contains(['预', '决']));
        last.is_some_and(|key| ["预算数", "预算", "预算金额", "预算额"].iter().any(|end| key.ends_with(end)))
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
        let marked = column.path.iter().any(|head| head.starts_with("其中"));
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
pub(super) fn head_role(vocabulary: &Vocabulary, kind: StatementKind, path: &HeadPath) -> ColumnRole {
    role(vocabulary, kind, "all", 0, path)
}

/// What the heads above a column say together. Heads that are not known say nothing; a column without any known head
/// is unknown.
fn role(vocabulary: &Vocabulary, kind: StatementKind, fund: &str, year: u16, path: &HeadPath) -> ColumnRole {
    let meanings = meanings(vocabulary, kind, path);
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

fn amount_role(
    kind: StatementKind,
    fund: &str,
    document_year: u16,
    path: &HeadPath,
    meanings: &[&ColumnMeaning],
) -> ColumnRole {
    let last = |pick: fn(&ColumnMeaning) -> &CompactString| {
        meanings.iter().rev().map(|meaning| pick(meaning)).find(|word| !word.is_empty()).cloned()
    };
    let part = last(|meaning| &meaning.part);
    let leaf = last(|meaning| &meaning.leaf);
    let nature = match (kind, part) {
        (StatementKind::ThreePublic, part) => {
            let change = meanings.iter().any(|meaning| meaning.nature == "change");
            let part = part.unwrap_or_else(|| CompactString::const_new("total"));
            if change { compact_str::format_compact!("change.{part}") } else { part }
        }
        (_, _) => {
            let natures: Vec<&str> = meanings.iter().map(|meaning| meaning.nature.as_str()).collect();
            let inner = composed_nature(last(|meaning| &meaning.nature), leaf);
            side_nature(&natures, inner)
        }
    };
    ColumnRole::Amount {
        nature: if kind == StatementKind::GeneralBasic && nature == "total" {
            CompactString::const_new("basic")
        } else {
            nature
        },
        fund: composed_fund(meanings).unwrap_or_else(|| CompactString::from(fund)),
        phase: meanings.iter().rev().find_map(|meaning| meaning.phase),
        year: path
            .keys
            .iter()
            .find_map(|key| year(key))
            .or_else(|| {
                let offset = meanings.iter().rev().find_map(|meaning| meaning.year)?;
                document_year.checked_add_signed(offset).filter(|year| *year > 1)
            })
            // The document's own year needs no word: columns with and without it add up.
            .filter(|year| *year != document_year),
        of_which: meanings.iter().any(|meaning| meaning.of_which) || is_marked_part(path),
    }
}

/// True for a head that 其中 in its own cell makes a part; 其中 over several heads lists all parts of the whole.
fn is_marked_part(path: &HeadPath) -> bool {
    path.heads.iter().zip(&path.keys).any(|(head, key)| head.starts_with("其中") && !key.starts_with("其中"))
}

/// 基本支出 under 本年收入 or 年初结转 is no spending: it is a part of that income.
fn side_nature(natures: &[&str], inner: CompactString) -> CompactString {
    let side = natures.iter().find(|nature| matches!(**nature, "current" | "carried_in" | "carried_out"));
    match side {
        Some(side) if inner.starts_with("basic") || inner.starts_with("project") => {
            compact_str::format_compact!("{side}.{inner}")
        }
        _ => inner,
    }
}

/// 工资福利支出 under 基本支出 is a part of it, under 项目支出 a part of that one.
fn composed_nature(nature: Option<CompactString>, leaf: Option<CompactString>) -> CompactString {
    let nature = nature.unwrap_or_else(|| CompactString::const_new("total"));
    let Some(leaf) = leaf else { return nature };
    let parent = match (nature.as_str(), leaf.as_str()) {
        (project, _) if project.starts_with("project") => "project",
        (_, "wages" | "subsidies") => "basic.personnel",
        _ => "basic.operating",
    };
    CompactString::from(format!("{parent}.{leaf}"))
}

/// The innermost fund; 财政拨款 under 一般公共预算 is a part of it, not the whole of all appropriations.
fn composed_fund(meanings: &[&ColumnMeaning]) -> Option<CompactString> {
    let funds: Vec<&CompactString> =
        meanings.iter().map(|meaning| &meaning.fund).filter(|fund| !fund.is_empty()).collect();
    match funds.as_slice() {
        [.., outer, inner] if *outer == "general_public" && *inner == "appropriation" => {
            Some(CompactString::const_new("general_public.appropriation"))
        }
        funds => funds.last().map(|fund| (*fund).clone()),
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

/// A head such as 2026年预算数 tells its year.
pub(super) fn year(key: &str) -> Option<u16> {
    let at = key.find("20")?;
    key.get(at..at + 4)?.parse().ok().filter(|_| key[at + 4..].starts_with('年'))
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
