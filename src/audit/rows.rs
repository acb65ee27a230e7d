//! Which rows a pattern of a formula names.

use std::collections::HashSet;

use super::formula::{Extent, KindWord, RowRelation, SubjectPattern};
use super::printing::{Printing, RowReference, SubjectKey};
use super::select::Scope;
use super::words::words;
use crate::model::SubjectKind;

/// The rows of a printing that a pattern names.
pub(super) fn rows<'s>(printing: &'s Printing, pattern: &SubjectPattern, scope: &Scope<'s>) -> Vec<&'s RowReference> {
    match pattern {
        SubjectPattern::Row => own_row(printing, scope),
        SubjectPattern::Total(code) => {
            rows_about(printing, &SubjectKey { kind: SubjectKind::Total, code: code.clone() }, scope)
        }
        SubjectPattern::Kind { relation, .. } => {
            let row = scope.row.filter(|_| relation.is_some());
            let chosen = scope.index.chosen_rows(printing, pattern, row, || of_kind(printing, pattern, scope));
            chosen.iter().map(|number| &printing.rows[*number]).collect()
        }
    }
}

/// The rows of a kind; none for a pattern that names no kind.
fn of_kind<'s>(printing: &'s Printing, pattern: &SubjectPattern, scope: &Scope<'s>) -> Vec<&'s RowReference> {
    let SubjectPattern::Kind { kind, code, extent, relation } = pattern else { return Vec::new() };
    let related = printing.rows.iter().filter(|row| {
        kind.covers(row.subject.kind, &row.subject.code)
            && row.of_which == (*extent == Extent::Part)
            && code.matches(departmental(*kind, &row.subject.code))
            && relation.is_none_or(|relation| is_related(row, relation, *kind, scope))
    });
    extent_of(related.collect(), *extent, *kind)
}

/// Rows beside the named ones whose code was lost or never understood: they may be addends too.
pub(super) fn strays<'s>(printing: &'s Printing, pattern: &SubjectPattern) -> Vec<&'s RowReference> {
    let SubjectPattern::Kind { kind, relation: None, .. } = pattern else { return Vec::new() };
    let is_stray = |row: &&RowReference| match kind {
        KindWord::Unit | KindWord::Income | KindWord::ThreePublic => false,
        KindWord::Departmental => {
            matches!(row.subject.kind, SubjectKind::EconomicGovernmental | SubjectKind::Other)
        }
        _ => row.subject.kind == SubjectKind::Other,
    };
    printing.rows.iter().filter(is_stray).collect()
}

/// The rows about a subject. The same total printed twice in a statement is one quantity. In the narrative the first
/// sentence about a quantity counts: later ones may speak of a unit or a project in the same words.
fn rows_about<'s>(printing: &'s Printing, subject: &SubjectKey, scope: &Scope<'s>) -> Vec<&'s RowReference> {
    let mut rows: Vec<_> = printing.rows_about(subject).collect();
    if subject.kind != SubjectKind::Total {
        return rows;
    }
    if printing.kind.is_some() {
        rows.sort_by_key(|row| row.facts.is_empty());
        rows.truncate(1);
    } else {
        let mut stated = HashSet::new();
        rows.retain(|row| stated.insert(row.facts.first().map(|fact| &scope.index.fact(*fact).measure)));
    }
    rows
}

/// The row of the evaluation: itself in its own printing, the rows about its subject in any other.
fn own_row<'s>(printing: &'s Printing, scope: &Scope<'s>) -> Vec<&'s RowReference> {
    let Some(row) = scope.row else { return Vec::new() };
    let own = scope.printing.is_some_and(|number| std::ptr::eq(&scope.index.printings[number], printing));
    if own && !scope.whole_subject { vec![row] } else { rows_about(printing, &row.subject, scope) }
}

/// The departmental half of a pair of economic codes.
fn departmental(kind: KindWord, code: &str) -> &str {
    if kind == KindWord::Departmental { code.split('/').next().unwrap_or(code) } else { code }
}

fn is_related(row: &RowReference, relation: RowRelation, kind: KindWord, scope: &Scope) -> bool {
    let Some(own) = scope.row else { return false };
    match relation {
        RowRelation::Within => departmental(kind, &row.subject.code).starts_with(departmental(kind, &own.subject.code)),
        RowRelation::Under => nests(&own.subject.code, &row.subject.code),
        RowRelation::Of => row.section.as_ref() == Some(&own.subject),
    }
}

/// True when a code stands above another one: 201 above 20103, 301/501 above 30101/50101. Names nest in nothing.
fn nests(upper: &str, lower: &str) -> bool {
    if upper.len() >= lower.len() {
        return false;
    }
    let digits = upper.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    let halves = || upper.split('/').zip(lower.split('/')).all(|(upper, lower)| lower.starts_with(upper));
    digits && halves()
}

/// Of the rows of a hierarchy, all, those at its top, or those at its bottom.
fn extent_of(rows: Vec<&RowReference>, extent: Extent, kind: KindWord) -> Vec<&RowReference> {
    match extent {
        Extent::All | Extent::Part => rows,
        Extent::Top if kind == KindWord::Income => top_funds(rows),
        Extent::Top | Extent::Leaf => {
            let codes: HashSet<&str> = rows.iter().map(|row| row.subject.code.as_str()).collect();
            let above: Vec<Vec<&str>> = rows.iter().map(|row| codes_above(&row.subject.code, &codes)).collect();
            let nesting: HashSet<&str> = above.iter().flatten().copied().collect();
            let keep = |(row, above): &(&RowReference, &Vec<&str>)| match extent {
                Extent::Top => above.is_empty(),
                _ => !nesting.contains(row.subject.code.as_str()),
            };
            rows.iter().copied().zip(&above).filter(keep).map(|(row, _)| row).collect()
        }
    }
}

/// The codes of a set that stand above a code.
fn codes_above<'c>(code: &str, codes: &HashSet<&'c str>) -> Vec<&'c str> {
    let (left, right) = code.split_once('/').unwrap_or((code, ""));
    let mut above = Vec::new();
    for left in prefixes(left) {
        let alone = codes.get(left).copied();
        let paired = prefixes(right).filter_map(|right| codes.get(format!("{left}/{right}").as_str()).copied());
        above.extend(alone.into_iter().chain(paired).filter(|upper| nests(upper, code)));
    }
    above
}

/// The beginnings of a code of digits, up to its whole; nothing for a name.
fn prefixes(code: &str) -> impl Iterator<Item = &str> {
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    (1..=code.len()).filter(move |_| digits).map(move |end| &code[..end])
}

/// Funds that are part of no other fund in the list. Income lists hold other rows too, such as surplus of former years.
fn top_funds(rows: Vec<&RowReference>) -> Vec<&RowReference> {
    let funds = &words().funds;
    let below = |row: &RowReference| rows.iter().any(|other| funds.is_below(&row.subject.code, &other.subject.code));
    rows.iter().copied().filter(|row| funds.knows(&row.subject.code) && !below(row)).collect()
}
