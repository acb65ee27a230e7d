//! What the indicators count.

use std::cell::LazyCell;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Indicator, Measured, kinds};
use crate::audit::rule::Rules;
use crate::language::{Language, say};
use crate::model::{
    Class, Disclosure, DisclosureLedger, Fact, FindingSeverity, Kind, Outcome, Place, Statement, StatementKind,
    StatementState, SubjectKind, ThreePublicPart,
};
use crate::vocabulary::text::squeezed_glyphs;

/// A measure, by its word in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Measure {
    Statements,
    Words,
    Terms,
    Units,
    Rule,
    Items,
    Economic,
    Projects,
    Targets,
    Vehicles,
    Reasons,
    Identities,
    UnitLines,
    Codes,
    Cells,
    Days,
}

/// What is measured, and in which language it is told.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub(super) disclosure: &'c Disclosure,
    pub(super) ledger: &'c DisclosureLedger,
    pub(super) rules: &'c Rules,
    pub(super) language: &'static Language,
}

/// A change beyond this many percent should have a reason.
const TELLING_RATE: i64 = 5;
/// 预算法: within twenty days after approval.
const DAYS: i64 = 20;

impl Measure {
    /// Counts in a disclosure.
    ///
    /// `texts` are asked for by few.
    pub(super) fn count(
        self,
        indicator: &Indicator,
        case: Case<'_>,
        texts: &LazyCell<Texts, impl FnOnce() -> Texts>,
    ) -> Measured {
        let disclosure = case.disclosure;
        if indicator.final_only && disclosure.identity.kind != Some(Kind::Final) {
            return Measured::not_applicable(case.language.get("evidence.final_only"));
        }
        match self {
            Measure::Statements => statements(indicator, case),
            Measure::Words => words(indicator, case, texts),
            Measure::Terms => {
                let first = disclosure.terms.first();
                some(case, "evidence.terms", disclosure.terms.len(), first.map(|term| term.place))
            }
            Measure::Units => {
                let first = disclosure.units.first();
                some(case, "evidence.units", disclosure.units.len(), first.map(|unit| unit.place))
            }
            Measure::Rule => of_rules(indicator, case),
            Measure::Items => items(case),
            Measure::Economic => economic(case),
            Measure::Projects => projects(case),
            Measure::Targets => targets(case),
            Measure::Vehicles => vehicles(case),
            Measure::Reasons => reasons(case),
            Measure::Identities => identities(case),
            Measure::UnitLines => unit_lines(case),
            Measure::Codes => codes(case),
            Measure::Cells => cells(case),
            Measure::Days => days(case),
        }
    }
}

/// One or more of something.
fn some(case: Case<'_>, key: &str, count: usize, place: Option<Place>) -> Measured {
    Measured::share(u64::from(count > 0), 1, case.language.say(key, &[("count", &count)]), place)
}

fn statements(indicator: &Indicator, case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let wanted =
        kinds(if disclosure.identity.kind == Some(Kind::Final) { &indicator.account } else { &indicator.budget });
    let is_there = |kind: &StatementKind| {
        let mut own = disclosure.statements.iter().filter(|statement| statement.kind == *kind);
        own.any(|statement| statement.state != StatementState::AnnouncedMissing)
    };
    let (there, missing): (Vec<StatementKind>, Vec<StatementKind>) = wanted.iter().copied().partition(is_there);
    let key = if missing.is_empty() { "evidence.statements" } else { "evidence.statements_missing" };
    let missing = case.language.list(missing.iter().map(|kind| case.language.label("statement", kind.word())));
    let evidence = case.language.say(key, &[("wanted", &wanted.len()), ("found", &there.len()), ("missing", &missing)]);
    let first = disclosure.statements.iter().find(|statement| statement.kind != StatementKind::Other);
    Measured::share(there.len() as u64, wanted.len() as u64, evidence, first.map(place_of))
}

fn place_of(statement: &Statement) -> Place {
    Place { file: statement.file, line: statement.lines.0, cell: 0 }
}

/// All words of a disclosure without blanks and quotes, to look for several words at once.
pub(super) struct Texts {
    /// One block a line.
    joined: String,
    /// Where each block begins, and its place in the source.
    starts: Vec<(usize, Place)>,
}

impl Texts {
    /// The words of a disclosure.
    pub(super) fn of(disclosure: &Disclosure) -> Self {
        let mut texts = Texts { joined: String::new(), starts: Vec::new() };
        for block in disclosure.blocks.iter().filter(|block| !block.text.is_empty()) {
            texts.starts.push((texts.joined.len(), Place { file: block.file, line: block.lines.0, cell: 0 }));
            texts.joined.extend(squeezed_glyphs(&block.text));
            texts.joined.push('\n');
        }
        texts
    }

    /// The first block that has one of several words, which a `|` separates.
    fn place(&self, words: &str) -> Option<Place> {
        let first = words.split('|').filter_map(|word| self.joined.find(word)).min()?;
        let block = self.starts.partition_point(|(start, _)| *start <= first).checked_sub(1)?;
        Some(self.starts[block].1)
    }
}

fn words(indicator: &Indicator, case: Case<'_>, texts: &Texts) -> Measured {
    if texts.starts.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.tables_only"));
    }
    let places: Vec<Option<Place>> = indicator.words.iter().map(|meaning| texts.place(meaning)).collect();
    let missing: Vec<&str> = indicator
        .words
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none())
        .filter_map(|(meaning, _)| Some(case.language.label("subject", meaning.split('|').next()?)))
        .collect();
    let found = places.iter().flatten().count();
    let key = if missing.is_empty() { "evidence.words" } else { "evidence.words_missing" };
    let missing = case.language.list(missing);
    let evidence = case.language.say(key, &[("wanted", &places.len()), ("found", &found), ("missing", &missing)]);
    Measured::share(found as u64, places.len() as u64, evidence, places.into_iter().flatten().next())
}

fn of_rules(indicator: &Indicator, case: Case<'_>) -> Measured {
    let own = case.ledger.entries.iter().filter(|entry| indicator.rules.iter().any(|rule| *rule == *entry.rule));
    let (mut passed, mut failed, mut unreadable) = (0_u64, 0_u64, 0_u64);
    let mut place = None;
    for entry in own {
        match entry.outcome {
            Outcome::Pass | Outcome::Rounding => passed += 1,
            Outcome::Fail => {
                failed += 1;
                place = place.or(entry.left.places.first().copied());
            }
            Outcome::Unreadable => unreadable += 1,
            Outcome::NotApplicable => {}
        }
    }
    match (passed + failed, unreadable) {
        (0, 0) => Measured::not_applicable(case.language.get("evidence.nothing_to_check")),
        (0, _) => Measured::unreadable(case.language.get("evidence.not_read")),
        (all, _) => {
            Measured::share(passed, all, say!(case.language, "evidence.rules", all: all, passed: passed), place)
        }
    }
}

/// The sum of totals of the rows of a statement that a test wants.
fn sum(disclosure: &Disclosure, kind: StatementKind, is_wanted: impl Fn(&Fact) -> bool) -> (Decimal, Option<&Fact>) {
    let facts = disclosure.facts.iter().filter(|fact| fact.statement == Some(kind) && fact.measure.nature == "total");
    facts
        .filter(|fact| is_wanted(fact))
        .fold((Decimal::ZERO, None), |(sum, first), fact| (sum.saturating_add(fact.amount.yuan), first.or(Some(fact))))
}

fn items(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let kinds = [StatementKind::Expenditure, StatementKind::GeneralExpenditure];
    for kind in kinds {
        let (total, _) =
            sum(disclosure, kind, |fact| fact.subject.kind == SubjectKind::Total && fact.subject.code == "total");
        let is_item = |fact: &Fact| fact.subject.kind == SubjectKind::Function && fact.subject.code.len() == 7;
        let (items, first) = sum(disclosure, kind, is_item);
        if total > Decimal::ZERO {
            let share = (items * Decimal::ONE_HUNDRED)
                .checked_div(total)
                .unwrap_or_default()
                .round_dp(1)
                .min(Decimal::ONE_HUNDRED);
            let statement = case.language.label("statement", kind.word());
            let evidence = say!(case.language, "evidence.items", statement: statement, share: share.normalize());
            return Measured::share(items, total, evidence, first.map(|fact| fact.amount.place));
        }
    }
    Measured::unreadable(case.language.get("evidence.no_total"))
}

fn economic(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let rows = |digits: usize| {
        disclosure.facts.iter().filter(move |fact| {
            let economic = matches!(fact.subject.kind, SubjectKind::EconomicDepartmental | SubjectKind::EconomicPair);
            let code = fact.subject.code.split('/').next().unwrap_or_default();
            fact.statement == Some(StatementKind::GeneralBasic) && economic && code.len() == digits
        })
    };
    let there = disclosure
        .statements
        .iter()
        .any(|one| one.kind == StatementKind::GeneralBasic && one.state == StatementState::Read);
    if !there {
        return Measured::not_applicable(case.language.get("evidence.no_basic"));
    }
    let first = rows(5).next();
    let key = if first.is_some() { "evidence.sections" } else { "evidence.no_sections" };
    let evidence = case.language.get(key).to_owned();
    Measured::share(u64::from(first.is_some()), 1, evidence, first.map(|fact| fact.amount.place))
}

fn has_projects(disclosure: &Disclosure) -> bool {
    disclosure.figures.project.as_ref().is_some_and(|amount| !amount.yuan.is_zero())
}

fn projects(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    if !has_projects(disclosure) && disclosure.projects.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.no_project_money"));
    }
    if disclosure.identity.kind == Some(Kind::Final) && disclosure.projects.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.final_without_projects"));
    }
    let first = disclosure.projects.first();
    some(case, "evidence.projects", disclosure.projects.len(), first.map(|project| project.place))
}

fn targets(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    if disclosure.projects.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.no_projects"));
    }
    let with = disclosure.projects.iter().filter(|project| !project.indicators.is_empty());
    let first = with.clone().next().and_then(|project| project.indicators.first()).map(|indicator| indicator.place);
    let (with, all) = (with.count(), disclosure.projects.len());
    Measured::share(with as u64, all as u64, say!(case.language, "evidence.targets", all: all, with: with), first)
}

fn vehicles(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let part = |part: ThreePublicPart| {
        disclosure
            .facts
            .iter()
            .find(|fact| fact.subject.kind == SubjectKind::ThreePublic && fact.subject.code == part.word())
    };
    let (purchase, operation) = (part(ThreePublicPart::VehiclePurchase), part(ThreePublicPart::VehicleOperation));
    let declared = disclosure.statements.iter().any(|statement| {
        statement.kind == StatementKind::ThreePublic
            && matches!(statement.state, StatementState::DeclaredEmpty { .. } | StatementState::Empty)
    });
    if declared && purchase.is_none() && operation.is_none() {
        return Measured::not_applicable(case.language.get("evidence.no_three_public"));
    }
    let stated = [purchase, operation];
    let found = stated.iter().flatten().count();
    let words = [("evidence.purchase", purchase), ("evidence.operation", operation)];
    let missing = words.iter().filter(|(_, fact)| fact.is_none()).map(|(word, _)| case.language.get(word));
    let missing = case.language.list(missing);
    let key = if missing.is_empty() { "evidence.vehicles" } else { "evidence.vehicles_missing" };
    let evidence = case.language.say(key, &[("missing", &missing)]);
    Measured::share(found as u64, 2, evidence, stated.into_iter().flatten().next().map(|fact| fact.amount.place))
}

fn reasons(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let telling = disclosure
        .changes
        .iter()
        .filter(|change| change.rate.is_some_and(|rate| rate.abs() > Decimal::from(TELLING_RATE)));
    let (mut with, mut all, mut place) = (0_u64, 0_u64, None);
    for change in telling {
        all += 1;
        if change.reason.is_some() {
            with += 1;
        } else {
            place = place.or(Some(change.place));
        }
    }
    if all == 0 {
        return Measured::not_applicable(case.language.get("evidence.no_changes"));
    }
    Measured::share(with, all, say!(case.language, "evidence.reasons", all: all, with: with), place)
}

/// Passed ÷ performed, errors counting three times; what extraction broke counts for nobody.
fn identities(case: Case<'_>) -> Measured {
    let ledger = case.ledger;
    let (mut met, mut asked, mut failed) = (0_u64, 0_u64, 0_u64);
    for entry in &ledger.entries {
        let Some(rule) = case.rules.get(&entry.rule).filter(|rule| rule.class == Class::Source) else { continue };
        let weight = match rule.severity {
            FindingSeverity::Error => 3,
            FindingSeverity::Warning => 1,
            FindingSeverity::Info => continue,
        };
        match entry.outcome {
            Outcome::Pass | Outcome::Rounding => (met, asked) = (met + weight, asked + weight),
            Outcome::Fail => asked += weight,
            Outcome::NotApplicable | Outcome::Unreadable => {}
        }
    }
    let mut place = None;
    for finding in
        ledger.findings.iter().filter(|one| one.class == Class::Source && one.severity != FindingSeverity::Info)
    {
        failed += 1;
        place = place.or(finding.places.first().copied());
    }
    if asked == 0 {
        return Measured::unreadable(case.language.get("evidence.no_identities"));
    }
    let counts = ledger.counts;
    let evidence = say!(
        case.language,
        "evidence.identities",
        pass: counts.pass,
        rounding: counts.rounding,
        fail: counts.fail,
        failed: failed,
    );
    Measured::share(met, asked, evidence, place)
}

/// Statements of money with amounts.
fn read_statements(disclosure: &Disclosure) -> impl Iterator<Item = &Statement> {
    disclosure.statements.iter().filter(|statement| {
        let of_money = !matches!(statement.kind, StatementKind::Other | StatementKind::DepartmentPerformance);
        of_money && statement.state == StatementState::Read && statement.amounts > 0
    })
}

fn unit_lines(case: Case<'_>) -> Measured {
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

fn codes(case: Case<'_>) -> Measured {
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

fn cells(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let sum = |count: fn(&Statement) -> u32| disclosure.statements.iter().map(count).sum::<u32>();
    let (all, placed) = (sum(|statement| statement.amounts), sum(|statement| statement.placed));
    if all == 0 {
        return Measured::unreadable(case.language.get("evidence.no_numbers"));
    }
    Measured::share(placed, all, say!(case.language, "evidence.cells", all: all, placed: placed), None)
}

fn days(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let identity = &disclosure.identity;
    let day = |date: &Option<compact_str::CompactString>| date.as_deref().and_then(day_number);
    let (Some(approved), Some(published)) = (day(&identity.approved), day(&identity.published)) else {
        return Measured::not_applicable(case.language.get("evidence.no_dates"));
    };
    let days = published - approved;
    let in_time = (0..=DAYS).contains(&days);
    Measured::share(u64::from(in_time), 1, say!(case.language, "evidence.days", days: days), None)
}

/// Days since the year 0 of a date `YYYY-MM-DD`; `None` for a date that is known less exactly.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    // The calendar counts from March, so that the day that some years have more comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_between_dates_are_counted() {
        let between = |from: &str, to: &str| day_number(to).zip(day_number(from)).map(|(to, from)| to - from);
        assert_eq!(between("2024-02-20", "2024-03-11"), Some(20));
        assert_eq!(between("2023-12-31", "2024-01-01"), Some(1));
        assert_eq!(between("2023-02-20", "2023-03-11"), Some(19));
        assert_eq!(day_number("2024-02"), None);
    }
}
