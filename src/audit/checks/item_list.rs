//! Lists of economic items in the text: 「主要包括：办公费、印刷费…」 names the items with an amount.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::pattern;
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Place, StatementKind, SubjectKind};
use crate::vocabulary::CodeNames;
use crate::vocabulary::text::{label_key, without_ordinal};

static LIST: LazyLock<Regex> =
    LazyLock::new(|| pattern("(人员经费|公用经费)[^。]*?[。,]?主要(?:包括|用于):?([^。;]{12,}?)(?:[。;]|$)"));

/// How many names of a message are shown.
const SHOWN: usize = 6;

/// One entry for each list of items.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let amounts = amounts(index);
    if amounts.values().filter(|item| !item.sum.is_zero()).count() < 3 {
        return checked;
    }
    for (listed, place, kind) in lists(index) {
        let heads: &[&str] =
            if kind == "人员经费" { &["301", "303"] } else { &["302", "307", "309", "310", "399"] };
        let names = listed.split('、').map(label_key).filter(|name| !name.is_empty());
        let names: Vec<(String, String)> = names.map(|name| (stem(&name), name)).collect();
        // Words behind 主要 may be a reason, not a list of items.
        let items = names.iter().filter(|(stem, name)| is_item(index.names, stem, name, &amounts)).count();
        if items * 2 < names.len() {
            continue;
        }
        let own = |code: &str| heads.iter().any(|head| code.starts_with(head));
        let named = |item: &Item| names.iter().any(|(stem, _)| *stem == item.stem);
        let unlisted: Vec<_> = amounts
            .iter()
            .filter(|(code, item)| own(code) && !item.sum.is_zero() && !named(item))
            .map(|(_, item)| item.label.clone())
            .collect();
        let idle = names.iter().filter(|(stem, name)| is_idle(index.names, stem, name, &amounts));
        let idle: Vec<String> = idle.map(|(_, name)| name.clone()).collect();
        if unlisted.is_empty() && idle.is_empty() {
            checked.pass(rule, index.language.get(kind_key(kind)), place);
            continue;
        }
        let list = |names: &[String]| {
            let shown = index.language.list(names.iter().take(SHOWN));
            let more = names.len() > SHOWN;
            if more { say!(index.language, "check.item_list_more", shown: shown, count: names.len()) } else { shown }
        };
        let key = match (idle.is_empty(), unlisted.is_empty()) {
            (false, true) => "check.item_list_idle",
            (true, _) => "check.item_list_unlisted",
            (false, false) => "check.item_list_both",
        };
        let kind = index.language.get(kind_key(kind));
        let message = index.language.say(
            key,
            &[("kind", &kind), ("line", &place.line), ("idle", &list(&idle)), ("unlisted", &list(&unlisted))],
        );
        let cells = amounts.values().filter(|item| unlisted.contains(&item.label)).map(|item| item.place);
        checked.fail(rule, kind, finding(rule, std::iter::once(place).chain(cells).collect(), message));
    }
    checked
}

/// How a kind of list is called.
fn kind_key(kind: &str) -> &'static str {
    if kind == "人员经费" { "check.item_list_personnel" } else { "check.item_list_operating" }
}

/// The lists, each with its place and what it lists. A page may end within one.
fn lists(index: &Index) -> Vec<(String, Place, &'static str)> {
    let passages = index.passages();
    let mut lists = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        if !may_name_a_kind(&passage.text) {
            continue;
        }
        let ends = passage.text.ends_with(['。', ';', ':']);
        let next = passages.get(number + 1).filter(|next| !ends && !next.is_heading());
        let text = format!("{}{}", passage.text, next.map_or("", |next| next.text.as_str()));
        let Some(captures) = LIST.captures(&text) else { continue };
        // The next passage finds its own lists.
        if captures.get(1).is_some_and(|kind| kind.start() >= passage.text.len()) {
            continue;
        }
        let kind = if &captures[1] == "人员经费" { "人员经费" } else { "公用经费" };
        if captures[2].matches('、').count() >= 3 {
            lists.push((captures[2].to_owned(), passage.place(index, kind), kind));
        }
    }
    lists
}

/// True when one of the two kinds of lists may begin in a text, or at its very end.
fn may_name_a_kind(text: &str) -> bool {
    ["人员经费", "公用经费"].iter().any(|kind| {
        let starts = kind.char_indices().skip(1).map(|(at, _)| &kind[..at]);
        text.contains(kind) || starts.into_iter().any(|start| text.ends_with(start))
    })
}

/// An economic item of the statement of basic expenditure.
struct Item {
    label: String,
    /// The label as it is compared, see [`stem`].
    stem: String,
    /// Zero for empty cells.
    sum: Decimal,
    place: Place,
}

/// The economic items of the statement of basic expenditure, by code.
fn amounts(index: &Index) -> BTreeMap<String, Item> {
    let mut amounts: BTreeMap<String, Item> = BTreeMap::new();
    for number in index.of_kind(Some(StatementKind::GeneralBasic)) {
        for row in &index.printings[*number].rows {
            let economic = matches!(row.subject.kind, SubjectKind::EconomicDepartmental | SubjectKind::EconomicPair);
            let code = row.subject.code.split('/').next().unwrap_or_default();
            if !economic || code.len() != 5 {
                continue;
            }
            let first = row.facts.first().map(|fact| &index.fact(*fact).amount);
            let label = index.names.economic_name(code).map_or_else(|| label_key(&row.label), label_key);
            let new = || Item { stem: stem(&label), label, sum: Decimal::ZERO, place: Place::default() };
            let item = amounts.entry(code.to_owned()).or_insert_with(new);
            if let Some(amount) = first {
                item.sum += amount.yuan;
                item.place = amount.place;
            }
        }
    }
    amounts
}

/// True for the name of an economic item, of the statement or of the classification.
fn is_item(names: &CodeNames, stem: &str, name: &str, amounts: &BTreeMap<String, Item>) -> bool {
    amounts.values().any(|item| item.stem == stem) || names.departmental_code(without_ordinal(name)).is_some()
}

/// True for the name of an item that has no amount: one of the statement, or one of the classification.
fn is_idle(names: &CodeNames, stem: &str, name: &str, amounts: &BTreeMap<String, Item>) -> bool {
    let mut rows = amounts.values().filter(|item| item.stem == stem).peekable();
    if rows.peek().is_some() {
        return rows.all(|item| item.sum.is_zero());
    }
    let known = names.departmental_code(without_ordinal(name));
    known.is_some_and(|code| code.len() == 5)
}

/// What names of one item have in common: 因公出国（境）费用 and 因公出国（境）费, 其他资本性支出 and 其他资本性.
fn stem(name: &str) -> String {
    let name: String = name.chars().filter(|one| !matches!(one, '(' | ')')).collect();
    name.trim_end_matches("支出").trim_end_matches("费用").trim_end_matches('费').trim_end_matches('用').to_owned()
}
