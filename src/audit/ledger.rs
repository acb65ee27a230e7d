//! The ledger: evaluations, checks and findings of one disclosure together, with the answers that the site gives.

use std::collections::{HashMap, HashSet};

use compact_str::{CompactString, format_compact};

use super::checks;
use super::doubt::doubt_statements;
use super::evaluate::{Evaluation, evaluations};
use super::finding::findings;
use super::index::Index;
use super::over_time::Gained;
use super::rule::{Rule, Rules, parse_severity};
use super::score::score;
use super::settle::settle;
use super::value::{State, Value};
use super::waivers::{answer, answers};
use crate::config::AuditConfig;
use crate::model::{Disclosure, DisclosureLedger, Finding, LedgerCounts, LedgerEntry, Outcome, Place, Score, Side};

/// Checks a disclosure against every rule.
///
/// Each rule has at least one entry in the ledger: a rule that finds nothing to check is not applicable, not silent.
/// A severity of `off` in the configuration keeps the entries of a rule and drops its findings.
pub fn audit(rules: &Rules, config: &AuditConfig, disclosure: &Disclosure) -> DisclosureLedger {
    let index = Index::new(disclosure, rules);
    let mut evaluations = evaluations(rules, &index);
    let roundings = settle(rules, &index, &mut evaluations);
    let blames = doubt_statements(rules, &index, &mut evaluations);
    let mut found = findings(rules, &index, &evaluations, &blames, roundings);
    // At once as long as it will be: entries are large, and there are many.
    let mut entries: Vec<LedgerEntry> = Vec::with_capacity(evaluations.len() + 2 * rules.all().len());
    let mut evaluations = evaluations.into_iter().peekable();
    for (number, rule) in rules.all().iter().enumerate() {
        let before = entries.len();
        // Rules were evaluated in this order.
        while let Some(evaluation) = evaluations.next_if(|evaluation| evaluation.rule == number) {
            entries.push(entry(rule, evaluation));
        }
        let result = checks::run(rule, &index);
        entries.extend(result.entries);
        found.extend(result.findings);
        if entries.len() == before {
            entries.push(not_applicable(rule));
        }
    }
    let mut ledger = DisclosureLedger {
        counts: counts(&entries),
        findings: published(config, disclosure, found),
        entries,
        score: Score::default(),
    };
    ledger.score = score(rules, disclosure, &ledger);
    ledger
}

/// Adds to a ledger what the other disclosures of its department tell.
pub fn extend(
    rules: &Rules,
    config: &AuditConfig,
    disclosure: &Disclosure,
    ledger: &mut DisclosureLedger,
    gained: Gained,
) {
    if gained.entries.is_empty() {
        return;
    }
    let compared: HashSet<CompactString> = gained.entries.iter().map(|entry| entry.rule.clone()).collect();
    ledger.entries.retain(|entry| entry.outcome != Outcome::NotApplicable || !compared.contains(&entry.rule));
    ledger.entries.extend(gained.entries);
    let order: HashMap<&str, usize> =
        rules.all().iter().enumerate().map(|(at, rule)| (rule.code.as_str(), at)).collect();
    ledger.entries.sort_by_key(|entry| order.get(entry.rule.as_str()).copied());
    ledger.counts = counts(&ledger.entries);
    let findings = std::mem::take(&mut ledger.findings);
    ledger.findings = published(config, disclosure, findings.into_iter().chain(gained.findings).collect());
    ledger.score = score(rules, disclosure, ledger);
}

fn entry(rule: &Rule, evaluation: Evaluation) -> LedgerEntry {
    LedgerEntry {
        rule: CompactString::from(rule.code.as_str()),
        outcome: evaluation.outcome,
        left: side(evaluation.labels.0, &evaluation.left),
        right: side(evaluation.labels.1, &evaluation.right),
        tolerance: evaluation.allowance,
        subject: evaluation.subject,
    }
}

fn side(label: String, value: &Value) -> Side {
    let printed = value.state == State::Printed || (value.figures.is_empty() && value.state == State::Blank);
    Side {
        label,
        value: printed.then_some(value.point),
        places: value.figures.iter().filter_map(|figure| figure.place).collect(),
    }
}

/// The entry of a rule that finds nothing to check.
fn not_applicable(rule: &Rule) -> LedgerEntry {
    let nothing = || Side { label: String::new(), value: None, places: Vec::new() };
    LedgerEntry {
        rule: CompactString::from(rule.code.as_str()),
        outcome: Outcome::NotApplicable,
        left: nothing(),
        right: nothing(),
        tolerance: rust_decimal::Decimal::ZERO,
        subject: String::new(),
    }
}

fn counts(entries: &[LedgerEntry]) -> LedgerCounts {
    let mut counts = LedgerCounts::default();
    for entry in entries {
        let count = match entry.outcome {
            Outcome::Pass => &mut counts.pass,
            Outcome::Rounding => &mut counts.rounding,
            Outcome::Fail => &mut counts.fail,
            Outcome::NotApplicable => &mut counts.not_applicable,
            Outcome::Unreadable => &mut counts.unreadable,
        };
        *count += 1;
    }
    counts
}

/// The findings in the order of their lines, with ids, the severities of the site and its answers.
fn published(config: &AuditConfig, disclosure: &Disclosure, findings: Vec<Finding>) -> Vec<Finding> {
    let off = |finding: &Finding| config.severity.get(finding.rule.as_str()).is_some_and(|word| word == "off");
    let mut findings: Vec<Finding> = findings.into_iter().filter(|finding| !off(finding)).collect();
    findings.sort_by(|left, right| {
        let key = |finding: &Finding| finding.places.first().copied().unwrap_or_default();
        (key(left), &left.rule, &left.message).cmp(&(key(right), &right.rule, &right.message))
    });
    // What checks find at a cell that identities blame has the same cause.
    let mut roots: HashMap<Place, CompactString> = HashMap::new();
    for finding in findings.iter().filter(|finding| !finding.root.is_empty()) {
        roots.extend(finding.places.first().map(|place| (*place, finding.root.clone())));
    }
    let mut seen: HashMap<CompactString, u32> = HashMap::new();
    for finding in &mut findings {
        let line = finding.places.first().map_or(0, |place| place.line);
        let id = format_compact!("{}-L{line}", finding.rule);
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        finding.id = if *count == 1 { id } else { format_compact!("{id}-{count}") };
        if finding.root.is_empty() {
            let cell = finding.places.first().filter(|place| place.cell > 0);
            finding.root = cell.and_then(|cell| roots.get(cell)).unwrap_or(&finding.id).clone();
        }
        if let Some(severity) = config.severity.get(finding.rule.as_str()).and_then(|word| parse_severity(word)) {
            finding.severity = severity;
        }
        finding.waived = config.waivers.iter().find(|waiver| answers(waiver, finding, disclosure)).map(answer);
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use compact_str::CompactString;
    use rust_decimal::Decimal;

    use super::super::testing::{CLEAN_BUDGET, disclosure};
    use super::audit;
    use crate::audit::Rules;
    use crate::config::{AuditConfig, Waiver};
    use crate::model::{Class, Disclosure, Finding, FindingSeverity, Kind, Origin, Outcome};

    fn budget() -> Disclosure {
        disclosure(Kind::Budget, CLEAN_BUDGET)
    }

    fn check(disclosure: &Disclosure) -> crate::model::DisclosureLedger {
        audit(Rules::builtin(), &AuditConfig::default(), disclosure)
    }

    #[test]
    fn a_clean_budget_stays_silent() {
        let ledger = check(&budget());
        assert_eq!(ledger.findings, []);
        assert_eq!((ledger.counts.fail, ledger.counts.rounding, ledger.counts.unreadable), (0, 0, 0));
        assert!(ledger.counts.pass > 150, "{:?}", ledger.counts);
        // What has nothing to check says so.
        assert!(ledger.entries.iter().any(|entry| entry.rule == "W-F1.1" && entry.outcome == Outcome::NotApplicable));
    }

    /// Changes every amount in turn, by a cent or by a lot: a finding must point at the changed row.
    #[test]
    fn a_changed_amount_is_found_at_its_row() {
        let clean = budget();
        let (mut mutants, mut missed) = (0, Vec::new());
        let changes = [100, 9_000, -4_000, 1_000_000];
        for number in 0..clean.facts.len() {
            let change = Decimal::from(changes[number % changes.len()]);
            let mut mutant = clean.clone();
            let amount = &mut mutant.facts[number].amount;
            amount.yuan += if amount.yuan + change < Decimal::ZERO { -change } else { change };
            amount.printed = CompactString::from((amount.yuan / Decimal::from(10_000)).to_string());
            let line = amount.place.line;
            mutants += 1;
            let ledger = check(&mutant);
            let points = |finding: &Finding| finding.places.first().is_some_and(|place| place.line == line);
            if !ledger.findings.iter().any(points) {
                missed.push((number, line, change));
            }
        }
        assert!(missed.len() * 100 <= mutants, "{} of {mutants} missed: {missed:?}", missed.len());
    }

    #[test]
    fn one_wrong_cell_is_one_root() {
        let mut mutant = budget();
        let total =
            mutant.facts.iter_mut().find(|fact| fact.statement.is_some_and(|kind| kind.word() == "expenditure"));
        let amount = &mut total.expect("a fact").amount;
        amount.yuan += Decimal::from(50_000);
        let (line, ledger) = (amount.place.line, check(&mutant));
        let mut roots: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &ledger.findings {
            *roots.entry(&finding.root).or_default() += 1;
            assert_eq!(finding.places[0].line, line, "{}", finding.message);
        }
        assert_eq!(roots.len(), 1, "{roots:?}");
        assert!(ledger.findings.len() > 3);
        assert_eq!(ledger.findings[0].expected, "1400.50");
    }

    #[test]
    fn what_extraction_did_is_said_and_blames_nobody() {
        let mut damaged = budget();
        let amount = &mut damaged.facts[3].amount;
        let repaired = amount.printed.clone();
        amount.origin = Origin::Repaired { from: "1320.5 0".into(), proof: "本列之和".to_owned() };
        let ledger = check(&damaged);
        let [finding] = ledger.findings.as_slice() else { panic!("{:#?}", ledger.findings) };
        assert_eq!((finding.rule.as_str(), finding.class), ("S-REPAIR", Class::Extraction));
        assert_eq!((finding.printed.as_str(), finding.expected.as_str()), ("1320.5 0", repaired.as_str()));
        // A repaired cell that other identities contradict is still no fault of the department.
        damaged.facts[3].amount.yuan += Decimal::from(10_000);
        let ledger = check(&damaged);
        assert!(ledger.findings.len() > 1);
        assert!(ledger.findings.iter().all(|finding| finding.class == Class::Extraction), "{:#?}", ledger.findings);
    }

    #[test]
    fn a_statement_that_fails_everywhere_was_not_understood() {
        let text = CLEAN_BUDGET.replace(
            "# general_basic basic@general_public basic.personnel@general_public basic.operating@general_public",
            "# general_basic basic.personnel@general_public basic.operating@general_public basic@general_public",
        );
        let ledger = check(&disclosure(Kind::Budget, &text));
        assert_eq!(ledger.findings, []);
        let unreadable =
            |rule: &str| ledger.entries.iter().any(|entry| entry.rule == rule && entry.outcome == Outcome::Unreadable);
        assert!(unreadable("W-B6.1") && unreadable("X-17"));
    }

    #[test]
    fn severities_and_waivers_of_the_site_apply() {
        let mut mutant = budget();
        let place = {
            let reception = mutant.facts.iter_mut().find(|fact| fact.subject.code == "reception").expect("reception");
            reception.amount.yuan += Decimal::from(1_000);
            reception.amount.place
        };
        let severity = [("W-B8.1", "warning"), ("X-22", "off")].map(|(rule, word)| (rule.to_owned(), word.to_owned()));
        let waiver = |line| Waiver {
            file: "a.txt".to_owned(),
            rule: "W-B8.1".to_owned(),
            line,
            reason: "已说明".to_owned(),
            date: "2024-05-06".to_owned(),
            ..Waiver::default()
        };
        let mut config = AuditConfig { severity: severity.into(), waivers: vec![waiver(place.line + 9_999)] };
        let ledger = audit(Rules::builtin(), &config, &mutant);
        assert!(ledger.findings.iter().all(|finding| finding.rule == "W-B8.1" && finding.waived.is_none()));
        assert_eq!(ledger.findings[0].severity, FindingSeverity::Warning);
        assert!(ledger.entries.iter().any(|entry| entry.rule == "X-22" && entry.outcome == Outcome::Fail));
        config.waivers = vec![waiver(place.line)];
        let ledger = audit(Rules::builtin(), &config, &mutant);
        assert_eq!(ledger.findings[0].waived.as_deref(), Some("已说明（2024-05-06）"));
    }
}
