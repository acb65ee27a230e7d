//! What the amounts of a column are: nature, fund, phase and year, from all heads above it.

use compact_str::CompactString;

use crate::model::{ColumnRole, StatementKind};
use crate::recognize::statement::head::HeadPath;
use crate::vocabulary::ColumnMeaning;
use crate::vocabulary::text::OF_WHICH;

/// The role of a column of amounts.
pub(super) fn amount_role(
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
    path.heads.iter().zip(&path.keys).any(|(head, key)| head.starts_with(OF_WHICH) && !key.starts_with(OF_WHICH))
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
pub(super) fn composed_fund(meanings: &[&ColumnMeaning]) -> Option<CompactString> {
    let funds: Vec<&CompactString> =
        meanings.iter().map(|meaning| &meaning.fund).filter(|fund| !fund.is_empty()).collect();
    match funds.as_slice() {
        [.., outer, inner] if *outer == "general_public" && *inner == "appropriation" => {
            Some(CompactString::const_new("general_public.appropriation"))
        }
        funds => funds.last().map(|fund| (*fund).clone()),
    }
}

/// A head such as 2026年预算数 tells its year.
pub(super) fn year(key: &str) -> Option<u16> {
    let at = key.find("20")?;
    key.get(at..at + 4)?.parse().ok().filter(|_| key[at + 4..].starts_with('年'))
}
