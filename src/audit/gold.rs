//! The audit over the five documents that people audited by hand: `../shared/findings.json`. Skipped, with a note, where
//! the folder is absent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Rules, audit};
use crate::config::AuditConfig;
use crate::model::{Class, Disclosure, DisclosureLedger, Finding, LedgerEntry, Outcome};
use crate::read::Source;
use crate::vocabulary::Vocabulary;
use crate::{parse, recognize};

/// A finding of people.
#[derive(Debug, Deserialize)]
struct Known {
    file: String,
    line: u32,
    rule: String,
    class: String,
    root: Option<String>,
    confidence: f32,
}

/// The shared folder, beside the crate or beside the folder of worktrees.
fn shared() -> Option<PathBuf> {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"].map(|path| crate_root.join(path)).into_iter().find(|path| path.is_dir());
    if found.is_none() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: ../shared is absent");
        }
    }
    found
}

fn read(folder: &Path, file: &str) -> Disclosure {
    let text = std::fs::read_to_string(folder.join("disclosures").join(file)).expect("a shared document");
    let source = Arc::new(Source::plain(file, &text));
    recognize::recognize(Vocabulary::builtin(), &parse::parse(&source))
}

fn check(disclosure: &Disclosure) -> DisclosureLedger {
    audit(Rules::builtin(), &AuditConfig::default(), disclosure)
}

fn known(folder: &Path) -> Vec<Known> {
    let text = std::fs::read_to_string(folder.join("findings.json")).expect("the findings of people");
    serde_json::from_str(&text).expect("findings.json")
}

fn stands_at(finding: &Finding, line: u32) -> bool {
    finding.places.iter().any(|place| place.line.abs_diff(line) <= 1)
}

/// The findings of each document, with what people found in it.
fn compared() -> Option<Vec<(DisclosureLedger, Vec<Known>)>> {
    let folder = shared()?;
    let mut by_file: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    for entry in known(&folder) {
        by_file.entry(entry.file.clone()).or_default().push(entry);
    }
    Some(by_file.into_iter().map(|(file, known)| (check(&read(&folder, &file)), known)).collect())
}

#[test]
fn what_people_found_is_found_at_its_line() {
    let Some(compared) = compared() else { return };
    let (mut wanted, mut found, mut missed) = (0, 0, Vec::new());
    for (ledger, known) in &compared {
        for entry in known.iter().filter(|entry| entry.class == "source" && entry.confidence >= 0.9) {
            wanted += 1;
            let roots: Vec<&CompactString> = known
                .iter()
                .filter(|other| other.root.is_some() && other.root == entry.root)
                .flat_map(|other| ledger.findings.iter().filter(|finding| finding.rule == *other.rule))
                .map(|finding| &finding.root)
                .collect();
            let hit = ledger.findings.iter().any(|finding| {
                let is_meant = finding.rule == *entry.rule || roots.contains(&&finding.root);
                stands_at(finding, entry.line) && is_meant && finding.class != Class::Extraction
            });
            found += usize::from(hit);
            if !hit {
                missed.push(format!("{} L{} {}", &entry.file[..3], entry.line, entry.rule));
            }
        }
    }
    #[expect(clippy::print_stderr, reason = "the share is the point of the test")]
    {
        eprintln!("{found} of {wanted} found; missed: {missed:#?}");
    }
    assert_eq!(found, wanted, "{missed:#?}");
}

/// What people called soft: plausibility, judgement.
#[test]
fn nearly_all_that_people_doubted_is_told_at_its_line() {
    let Some(compared) = compared() else { return };
    let (mut wanted, mut missed) = (0, Vec::new());
    for (ledger, known) in &compared {
        for entry in known.iter().filter(|entry| entry.class == "soft") {
            wanted += 1;
            let told = |finding: &Finding| finding.rule == *entry.rule && stands_at(finding, entry.line);
            if !ledger.findings.iter().any(told) {
                missed.push(format!("{} L{} {}", &entry.file[..3], entry.line, entry.rule));
            }
        }
    }
    #[expect(clippy::print_stderr, reason = "the share is the point of the test")]
    {
        eprintln!("{} of {wanted} told; missed: {missed:#?}", wanted - missed.len());
    }
    assert!(missed.len() * 100 <= wanted * 10, "{} of {wanted}: {missed:#?}", missed.len());
}

#[test]
fn what_extraction_broke_is_no_fault_of_the_department() {
    let Some(compared) = compared() else { return };
    for (ledger, known) in &compared {
        for entry in known.iter().filter(|entry| entry.class == "artefact") {
            let faults: Vec<&Finding> = ledger
                .findings
                .iter()
                .filter(|finding| finding.rule == *entry.rule && stands_at(finding, entry.line))
                .filter(|finding| finding.class == Class::Source)
                .collect();
            assert!(faults.is_empty(), "{} L{} {}: {faults:#?}", entry.file, entry.line, entry.rule);
        }
    }
}

#[test]
fn rounding_tails_stay_silent() {
    let Some(folder) = shared() else { return };
    let ledger = check(&read(&folder, "003-pingdingshan-data-2024-budget.txt"));
    let sums = |entry: &&LedgerEntry| !entry.left.label.is_empty();
    let failing: Vec<_> = ledger.entries.iter().filter(|entry| entry.outcome == Outcome::Fail).filter(sums).collect();
    assert!(failing.is_empty(), "{failing:#?}");
    assert!(ledger.counts.rounding >= 10, "{:?}", ledger.counts);
}

/// Changes each amount that an identity covers in a clean real document: a finding must point at its row.
#[test]
fn changed_amounts_of_a_real_document_are_found() {
    let Some(folder) = shared() else { return };
    let clean = read(&folder, "004-xigong-office-2025-budget.txt");
    let before = check(&clean);
    let covered: Vec<_> = before
        .entries
        .iter()
        .filter(|entry| entry.outcome == Outcome::Pass)
        .flat_map(|entry| entry.left.places.iter().chain(&entry.right.places))
        .collect();
    let (mut mutants, mut missed) = (0, Vec::new());
    for (number, fact) in clean.facts.iter().enumerate().step_by(5) {
        if !covered.contains(&&fact.amount.place) || fact.amount.place.cell == 0 {
            continue;
        }
        let mut mutant = clean.clone();
        let amount = &mut mutant.facts[number].amount;
        amount.yuan += Decimal::from(if number % 2 == 0 { 100 } else { 270_000 });
        mutants += 1;
        let points =
            |finding: &Finding| finding.places.first().is_some_and(|place| place.line == fact.amount.place.line);
        if !check(&mutant).findings.iter().any(points) {
            missed.push((fact.statement, fact.amount.place, fact.subject.code.clone(), fact.measure.clone()));
        }
    }
    assert!(missed.len() * 50 <= mutants, "{} of {mutants} missed: {missed:#?}", missed.len());
}
