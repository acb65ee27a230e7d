//! Whether a program can read the file.

use super::{Case, place_of};
use crate::audit::score::Measured;
use crate::language::say;
use crate::model::{Disclosure, Statement, StatementKind, StatementState, SubjectKind};

pub(super) fn unit_lines(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let all = read_statements(disclosure).count();
    if all == 0 {
        return Measured::unreadable(case.language.get("evidence.no_statements"));
    }
    let without = || read_statements(disclosure).filter(|statement| statement.unit.line.is_none());
    let first = without().next().map(place_of);
    let with = all - without().count();
    Measured::share(with as u64, all as u64, say!(case.language, "evidence.unit_lines", all: all, with: with), first)
}

/// Statements of money with amounts.
fn read_statements(disclosure: &Disclosure) -> impl Iterator<Item = &Statement> {
    disclosure.statements.iter().filter(|statement| {
        let of_money = !matches!(statement.kind, StatementKind::Other | StatementKind::DepartmentPerformance);
        of_money && statement.state == StatementState::Read && statement.amounts > 0
    })
}

pub(super) fn codes(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let functions = disclosure.facts.iter().filter(|fact| {
        matches!(fact.statement, Some(StatementKind::Expenditure | StatementKind::GeneralExpenditure))
            && fact.subject.kind == SubjectKind::Function
    });
    let (mut with, mut all) = (0_u64, 0_u64);
    for fact in functions {
        all += 1;
        with += u64::from(fact.subject.code.starts_with('2'));
    }
    if all == 0 {
        return Measured::unreadable(case.language.get("evidence.no_functions"));
    }
    Measured::share(with, all, say!(case.language, "evidence.codes", all: all, with: with), None)
}

pub(super) fn cells(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let sum = |count: fn(&Statement) -> u32| disclosure.statements.iter().map(count).sum::<u32>();
    let (all, placed) = (sum(|statement| statement.amounts), sum(|statement| statement.placed));
    if all == 0 {
        return Measured::unreadable(case.language.get("evidence.no_numbers"));
    }
    Measured::share(placed, all, say!(case.language, "evidence.cells", all: all, placed: placed), None)
}
