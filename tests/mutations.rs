//! One wrong amount at a time: the audit must point at its row.
//!
//! Real disclosures and sound documents in other layouts are read, and the amounts that an identity covers are changed one
//! by one. A test run takes some of each; `MUTATIONS=all cargo test --profile quick --test mutations -- --nocapture` takes all,
//! and tells the figures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use budgetsite::audit::{Rules, audit};
use budgetsite::config::AuditConfig;
use budgetsite::model::{Class, Disclosure, DisclosureLedger, Finding, FindingSeverity, Outcome, Place};
use budgetsite::parse::parse;
use budgetsite::read::{Source, read_document};
use budgetsite::recognize::recognize;
use budgetsite::vocabulary::Vocabulary;
use compact_str::CompactString;
use rayon::prelude::*;
use rust_decimal::Decimal;

/// By how much amounts are changed, in yuan, one after the other.
const CHANGES: [i64; 4] = [100, 270_000, 9_000, 1_000_000];

/// So many mutants a document has in a test run, at most.
const SAMPLE: usize = 24;

/// So many of a thousand mutants may stay unseen.
const UNSEEN_PER_THOUSAND: usize = 10;

#[test]
fn a_changed_amount_is_found_at_its_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = std::env::var("MUTATIONS").is_ok_and(|word| word == "all");
    let mut files = documents(&root.join("content"));
    files.extend(documents(&root.join("tests/reading")));
    let results: Vec<(String, usize, Vec<String>)> = files.par_iter().map(|file| try_document(file, all)).collect();
    let mutants: usize = results.iter().map(|(_, mutants, _)| mutants).sum();
    let unseen: Vec<&String> = results.iter().flat_map(|(.., unseen)| unseen).collect();
    #[expect(clippy::print_stderr, reason = "the share is the point of the test")]
    for (name, mutants, unseen) in &results {
        eprintln!("{name}: {} of {mutants} unseen", unseen.len());
    }
    assert!(mutants > 150, "only {mutants} mutants");
    // In a small sample one unseen mutant is within the share.
    let allowed = (mutants * UNSEEN_PER_THOUSAND / 1000).max(2);
    assert!(unseen.len() <= allowed, "{} of {mutants} unseen: {unseen:#?}", unseen.len());
}

#[test]
fn sound_documents_of_other_layouts_are_accused_of_nothing() {
    let files = documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading"));
    assert!(files.len() > 10, "only {} documents", files.len());
    files.par_iter().filter(|file| !contradicts_itself(file)).for_each(|file| {
        let ledger = check(&read(file));
        let is_fault = |one: &&Finding| one.severity == FindingSeverity::Error && one.class == Class::Source;
        // Sentences about other years are made up there.
        let faults: Vec<&Finding> = ledger.findings.iter().filter(is_fault).filter(|one| one.rule != "N-Y").collect();
        assert!(faults.is_empty(), "{} is sound: {faults:#?}", file.display());
    });
}

/// True for a document of which those who read it noted that its own amounts do not agree.
fn contradicts_itself(file: &Path) -> bool {
    let expected = std::fs::read_to_string(file.with_extension("json")).expect("the figures of a document");
    let expected: serde_json::Value = serde_json::from_str(&expected).expect("figures in JSON");
    expected["contradicts_itself"].is_string()
}

/// The documents below a folder, by name.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of documents") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(documents(&path));
            continue;
        }
        let form = path.extension().and_then(|form| form.to_str()).unwrap_or_default();
        if ["txt", "md", "html"].contains(&form) && !path.ends_with("README.md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn read(file: &Path) -> Disclosure {
    let source: Source = read_document(file).sources.pop().expect("a readable document");
    recognize(Vocabulary::builtin(), &parse(&Arc::new(source)))
}

fn check(disclosure: &Disclosure) -> DisclosureLedger {
    audit(Rules::builtin(), &AuditConfig::default(), disclosure)
}

/// Changes amounts of a document one by one: how many, and which changes went unseen.
fn try_document(file: &Path, all: bool) -> (String, usize, Vec<String>) {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let clean = read(file);
    let before = check(&clean);
    let covered: Vec<usize> = (0..clean.facts.len())
        .filter(|number| Coverage::of(&before, clean.facts[*number].amount.place).is_some())
        .collect();
    let stride = if all { 1 } else { covered.len().div_ceil(SAMPLE).max(1) };
    let chosen: Vec<usize> = covered.into_iter().step_by(stride).collect();
    let unseen = chosen.par_iter().filter_map(|number| unseen(&clean, &before, *number)).collect();
    (name, chosen.len(), unseen)
}

/// What is said of a changed amount that no finding points at.
fn unseen(clean: &Disclosure, before: &DisclosureLedger, number: usize) -> Option<String> {
    let place = clean.facts[number].amount.place;
    let coverage = Coverage::of(before, place)?;
    let turned = CHANGES.iter().cycle().skip(number % CHANGES.len()).take(CHANGES.len());
    let mut mutant = clean.clone();
    let amount = &mut mutant.facts[number].amount;
    // What rounding excuses, or cannot be printed, is no fault: then the next larger change is taken.
    let least = coverage.tolerances.iter().min()?;
    let shows = |change: &Decimal| *change > *least * Decimal::TWO && *change >= amount.quantum;
    let change = turned.map(|change| Decimal::from(*change)).find(shows)?;
    let goes_up = number.is_multiple_of(3) || amount.yuan < change;
    amount.yuan += if goes_up { change } else { -change };
    amount.printed = CompactString::from((amount.yuan / amount.unit.yuan()).normalize().to_string());
    let known: Vec<&str> = before.findings.iter().map(|finding| finding.message.as_str()).collect();
    let after = check(&mutant);
    let fresh = || after.findings.iter().filter(|finding| !known.contains(&finding.message.as_str()));
    // Where one identity alone can notice, each of its cells may be the wrong one.
    let noticing = coverage.tolerances.iter().filter(|tolerance| change > **tolerance * Decimal::TWO).count();
    let named = if noticing > 1 { 1 } else { usize::MAX };
    let points =
        |finding: &Finding| finding.places.iter().take(named).any(|at| (at.file, at.line) == (place.file, place.line));
    if fresh().any(points) {
        return None;
    }
    let fact = &clean.facts[number];
    let said: Vec<String> = fresh().take(3).map(|finding| format!("{} {}", finding.rule, finding.message)).collect();
    Some(format!(
        "line {} cell {}, {} {} {} in {:?}, {:?}/{:?}, by {change}: {said:?}",
        place.line,
        place.cell,
        fact.amount.printed,
        fact.subject.code,
        fact.subject.label,
        fact.statement,
        fact.measure.nature,
        fact.measure.fund
    ))
}

/// The identities that hold at a place and must be equal: a cell is covered when at least one of them passes, or leaves no
/// more than a tail, and names it on one of its sides.
struct Coverage {
    /// How far apart the sides of each may be.
    tolerances: Vec<Decimal>,
}

impl Coverage {
    /// `None` when no identity covers the place.
    fn of(ledger: &DisclosureLedger, place: Place) -> Option<Coverage> {
        let is_equality = |code: &str| {
            let formulas = Rules::builtin().get(code).map_or(&[][..], |rule| rule.formulas.as_slice());
            formulas.iter().any(|formula| formula.contains(" = "))
                && !formulas.iter().any(|formula| formula.contains('>') || formula.contains('<'))
        };
        let held = ledger.entries.iter().filter(|entry| matches!(entry.outcome, Outcome::Pass | Outcome::Rounding));
        let tolerances: Vec<Decimal> = held
            .filter(|entry| is_equality(&entry.rule))
            .filter(|entry| entry.left.places.iter().chain(&entry.right.places).any(|at| *at == place))
            .filter(|_| place.cell > 0)
            .map(|entry| entry.tolerance)
            .collect();
        (!tolerances.is_empty()).then_some(Coverage { tolerances })
    }
}
