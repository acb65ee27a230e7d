//! Which rows a pattern of a formula names.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::formula::{Extent, KindWord, RowRelation, SubjectPattern};
use super::printed_row::{RowReference, SubjectKey};
use super::printing::Printing;
use super::select::Scope;
use super::words::words;
use crate::model::SubjectKind;

/// Rows of a printing.
pub(super) enum Rows<'s> {
    /// The row of the evaluation.
    Own(&'s RowReference),
    /// Rows by their numbers, in printed order where the pattern asks for no other.
    Numbered(&'s Printing, Rc<[usize]>),
    None,
}

impl<'s> Rows<'s> {
    pub(super) fn len(&self) -> usize {
        match self {
            Rows::Own(_) => 1,
            Rows::Numbered(_, numbers) => numbers.len(),
            Rows::None => 0,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'s RowReference> {
        let (own, numbered) = match self {
            Rows::Own(row) => (Some(*row), None),
            Rows::Numbered(printing, numbers) => (None, Some((*printing, numbers))),
            Rows::None => (None, None),
        };
        let numbered =
            numbered.into_iter().flat_map(|(printing, numbers)| numbers.iter().map(|number| &printing.rows[*number]));
        own.into_iter().chain(numbered)
    }
}

/// The rows of a printing that a pattern names.
pub(super) fn rows<'s>(printing: &'s Printing, pattern: &SubjectPattern, scope: &Scope<'s>) -> Rows<'s> {
    match pattern {
        SubjectPattern::Row => own_row(printing, scope),
        SubjectPattern::Total(code) => {
            let subject = || SubjectKey { kind: SubjectKind::Total, code: code.clone() };
            let about = || rows_about(printing, &subject(), scope);
            Rows::Numbered(printing, scope.index.chosen_rows(printing, Some(pattern), None, about))
        }
        SubjectPattern::Kind { relation, .. } => {
            let row = scope.row.filter(|_| relation.is_some());
            let of_kind = || of_kind(printing, pattern, scope);
            Rows::Numbered(printing, scope.index.chosen_rows(printing, Some(pattern), row, of_kind))
        }
    }
}

/// The rows of a kind; none for a pattern that names no kind.
fn of_kind(printing: &Printing, pattern: &SubjectPattern, scope: &Scope) -> Vec<usize> {
    let SubjectPattern::Kind { kind, code, extent, relation } = pattern else { return Vec::new() };
    let is_related = |row: &RowReference| {
        kind.covers(row.subject.kind, &row.subject.code)
            && row.of_which == (*extent == Extent::Part)
            && code.matches(departmental(*kind, &row.subject.code))
            && relation.is_none_or(|relation| is_related(row, relation, *kind, scope))
    };
    let related = (0..printing.rows.len()).filter(|number| is_related(&printing.rows[*number]));
    extent_of(&printing.rows, related.collect(), *extent, *kind)
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
fn rows_about(printing: &Printing, subject: &SubjectKey, scope: &Scope) -> Vec<usize> {
    let mut rows = printing.rows_about(subject).to_vec();
    if subject.kind != SubjectKind::Total {
        return rows;
    }
    let facts = |row: &usize| printing.rows[*row].facts.as_slice();
    if printing.kind.is_some() {
        rows.sort_by_key(|row| facts(row).is_empty());
        rows.truncate(1);
    } else {
        let measure = |fact: &u32| (scope.index.measure(*fact), scope.index.context(*fact));
        let mut stated = FxHashSet::default();
        rows.retain(|row| stated.insert(facts(row).first().map(measure)));
    }
    rows
}

/// The row of the evaluation: itself in its own printing, the rows about its subject in any other.
fn own_row<'s>(printing: &'s Printing, scope: &Scope<'s>) -> Rows<'s> {
    let Some(row) = scope.row else { return Rows::None };
    let own = scope.printing.is_some_and(|number| std::ptr::eq(&scope.index.printings[number], printing));
    if own && !scope.whole_subject {
        return Rows::Own(row);
    }
    let about = || rows_about(printing, &row.subject, scope);
    Rows::Numbered(printing, scope.index.chosen_rows(printing, None, Some(row), about))
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
fn extent_of(rows: &[RowReference], chosen: Vec<usize>, extent: Extent, kind: KindWord) -> Vec<usize> {
    let code = |row: &usize| rows[*row].subject.code.as_str();
    match extent {
        Extent::All | Extent::Part => chosen,
        Extent::Top if kind == KindWord::Income => top_funds(rows, chosen),
        Extent::Top | Extent::Leaf => {
            let codes: FxHashSet<&str> = chosen.iter().map(code).collect();
            let above: Vec<Vec<&str>> = chosen.iter().map(|row| codes_above(code(row), &codes)).collect();
            let nesting: FxHashSet<&str> = above.iter().flatten().copied().collect();
            let keep = |(row, above): &(usize, &Vec<&str>)| match extent {
                Extent::Top => above.is_empty(),
                _ => !nesting.contains(code(row)),
            };
            chosen.iter().copied().zip(&above).filter(keep).map(|(row, _)| row).collect()
        }
    }
}

/// The codes of a set that stand above a code.
fn codes_above<'c>(code: &str, codes: &FxHashSet<&'c str>) -> Vec<&'c str> {
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
fn top_funds(rows: &[RowReference], mut chosen: Vec<usize>) -> Vec<usize> {
    let funds = &words().funds;
    let code = |row: &usize| rows[*row].subject.code.as_str();
    let all = chosen.clone();
    let below = |row: &usize| all.iter().any(|other| funds.is_below(code(row), code(other)));
    chosen.retain(|row| funds.knows(code(row)) && !below(row));
    chosen
}
