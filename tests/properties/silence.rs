//! A document that is cut anywhere, has lost a cell or has rows in the wrong order states no other figure without a word
//! about it: a finding, a doubt, or a number without a place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use budgetsite::audit::{Rules, audit};
use budgetsite::config::AuditConfig;
use budgetsite::model::{Disclosure, Fact, Phase, SubjectKind, ThreePublicPart};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::read;

/// Documents of many layouts, from the repository's root.
const DOCUMENTS: [&str; 18] = [
    "src/cli/site/2025-budget.md",
    "content/henan/luoyang/luolong/service-center/002-luolong-service-2024-budget.md",
    "content/henan/luoyang/mengjin/data-administration/001-mengjin-data-2024-final.md",
    "content/henan/pingdingshan/data-administration/003-pingdingshan-data-2024-budget.txt",
    "content/henan/luoyang/xigong/government-office/004-xigong-office-2025-budget.txt",
    "tests/reading/county_spanless_final.html",
    "tests/reading/gansu_county_final.txt",
    "tests/reading/guangdong_county_budget.md",
    "tests/reading/guangdong_lines_budget.txt",
    "tests/reading/hainan_years_budget.txt",
    "tests/reading/hebei_stacked_budget.txt",
    "tests/reading/heilongjiang_commas_budget.txt",
    "tests/reading/hubei_district_final.txt",
    "tests/reading/jilin_worksheet_budget.md",
    "tests/reading/liaoning_narrative_final.txt",
    "tests/reading/ministry_budget.txt",
    "tests/reading/tianjin_district_budget.txt",
    "tests/reading/xinjiang_branch_loose_budget.txt",
];

/// A document as it is, with what the program reads in it and says about it.
struct Sound {
    name: String,
    text: String,
    figures: BTreeMap<String, Decimal>,
    remarks: BTreeMap<String, usize>,
    /// What its sentences state, by the name of the figure that it may become.
    told: BTreeSet<(String, Decimal)>,
}

impl Sound {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a document in UTF-8");
        let disclosure = read(&text);
        let (figures, remarks, told) = (figures(&disclosure), remarks(&disclosure), told(&disclosure));
        Sound { name: path.display().to_string(), text, figures, remarks, told }
    }
}

/// The documents, each read once.
fn documents() -> &'static [Sound] {
    static SOUND: LazyLock<Vec<Sound>> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        DOCUMENTS.iter().map(|name| Sound::read(&root.join(name))).collect()
    });
    &SOUND
}

/// The figures of a document by name: what pages show first, spending by function, the three public expenses.
pub(super) fn figures(disclosure: &Disclosure) -> BTreeMap<String, Decimal> {
    let named = disclosure.figures.named().into_iter();
    let named = named.filter_map(|(name, amount)| Some((name.to_owned(), amount.as_ref()?.yuan)));
    let functions = disclosure.functions.iter().flat_map(|function| {
        let parts = [("total", &function.total), ("basic", &function.basic), ("project", &function.project)];
        parts.map(|(part, amount)| Some((format!("{} {part}", function.code), amount.as_ref()?.yuan)))
    });
    let expenses = disclosure.three_public.iter().flat_map(|row| {
        let name = move |part: ThreePublicPart| format!("{} {:?} {}", row.year, row.phase, part.word());
        ThreePublicPart::ALL.map(|part| Some((name(part), row.part(part).as_ref()?.yuan)))
    });
    named.chain(functions.flatten()).chain(expenses.flatten()).collect()
}

/// What sentences state: where a statement is lost, a sentence that differs from it (2266.1 for 2266.0) speaks alone.
fn told(disclosure: &Disclosure) -> BTreeSet<(String, Decimal)> {
    let of_text = disclosure.facts.iter().filter(|fact| fact.statement.is_none());
    let name = |fact: &Fact| match fact.subject.kind {
        SubjectKind::Function => format!("{} {}", fact.subject.code, fact.measure.nature),
        SubjectKind::ThreePublic => {
            let phase = if fact.measure.phase == Phase::Final { Phase::Final } else { Phase::InitialBudget };
            format!("{} {phase:?} {}", fact.measure.year, fact.subject.code)
        }
        _ if fact.measure.nature == "total" => fact.subject.code.to_string(),
        _ => fact.measure.nature.to_string(),
    };
    of_text.map(|fact| (name(fact), fact.amount.yuan)).collect()
}

/// What the program has to say about a document: findings, doubts, repaired cells and numbers without a place.
fn remarks(disclosure: &Disclosure) -> BTreeMap<String, usize> {
    let ledger = audit(Rules::builtin(), &AuditConfig::default(), disclosure);
    let mut remarks: BTreeMap<String, usize> = BTreeMap::new();
    let unplaced: u32 = disclosure.statements.iter().map(|statement| statement.amounts - statement.placed).sum();
    remarks.insert("unplaced".to_owned(), unplaced as usize);
    let findings = ledger.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.printed));
    for remark in findings.chain(disclosure.diagnostics.iter().map(|doubt| doubt.message.clone())) {
        *remarks.entry(remark).or_default() += 1;
    }
    remarks
}

/// The figures that a damage changed without a word about it.
fn silently_wrong(sound: &Sound, text: &str) -> Vec<String> {
    let disclosure = read(text);
    let changed: Vec<String> = figures(&disclosure)
        .into_iter()
        .filter_map(|(name, yuan)| {
            let was = sound.figures.get(&name).filter(|was| **was != yuan)?;
            let told = sound.told.contains(&(name.clone(), yuan));
            (!told).then(|| format!("{name} is {yuan}, was {was}"))
        })
        .collect();
    if changed.is_empty() {
        return changed;
    }
    let remarks = remarks(&disclosure);
    let told = remarks.iter().any(|(remark, count)| sound.remarks.get(remark).is_none_or(|quiet| count > quiet));
    if told { Vec::new() } else { changed }
}

/// Lines that are rows of tables.
fn rows(text: &str) -> Vec<usize> {
    let row = |line: &str| line.contains('\t') || line.starts_with('|');
    text.lines().enumerate().filter(|(_, line)| row(line) && !line.contains("---")).map(|(at, _)| at).collect()
}

fn without_cell(text: &str, row: usize, cell: usize) -> String {
    let rows = rows(text);
    if rows.is_empty() {
        return text.to_owned();
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = &mut lines[rows[row % rows.len()]];
    let mark = if line.contains('\t') { '\t' } else { '|' };
    let mut cells: Vec<&str> = line.split(mark).collect();
    let filled: Vec<usize> = (0..cells.len()).filter(|cell| !cells[*cell].trim().is_empty()).collect();
    if let Some(cell) = filled.get(cell % filled.len().max(1)) {
        cells[*cell] = " ";
    }
    *line = cells.join(&mark.to_string());
    lines.join("\n")
}

fn with_rows_swapped(text: &str, one: usize, other: usize) -> String {
    let rows = rows(text);
    if rows.is_empty() {
        return text.to_owned();
    }
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(rows[one % rows.len()], rows[other % rows.len()]);
    lines.join("\n")
}

/// The beginning of a text up to the last character that ends at or before a byte. The number at the very end may have lost
/// its last digits, and nothing can tell: it goes.
fn cut(text: &str, byte: usize) -> &str {
    let end = (0..=byte % (text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text[..end].trim_end_matches(|glyph: char| glyph.is_numeric() || ".,．，".contains(glyph))
}

proptest! {
    // The same samples in every run: what one of them finds is nobody's accident.
    #![proptest_config(ProptestConfig {
        cases: std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60),
        rng_seed: RngSeed::Fixed(std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_document_cut_at_any_byte_states_no_other_figure_silently(at in 0..DOCUMENTS.len(), byte in any::<usize>()) {
        let sound = &documents()[at];
        let text = cut(&sound.text, byte);
        let wrong = silently_wrong(sound, text);
        prop_assert!(wrong.is_empty(), "{}: {wrong:?} after {:?}", sound.name, text.lines().last());
    }

    #[test]
    fn a_deleted_cell_changes_no_figure_silently(at in 0..DOCUMENTS.len(), row in any::<usize>(), cell in any::<usize>()) {
        let sound = &documents()[at];
        let wrong = silently_wrong(sound, &without_cell(&sound.text, row, cell));
        prop_assert!(wrong.is_empty(), "{}: {wrong:?} without cell {cell} of row {row}", sound.name);
    }

    #[test]
    fn swapped_rows_change_no_figure_silently(at in 0..DOCUMENTS.len(), one in any::<usize>(), other in any::<usize>()) {
        let sound = &documents()[at];
        let text = with_rows_swapped(&sound.text, one, other);
        let wrong = silently_wrong(sound, &text);
        prop_assert!(wrong.is_empty(), "{}: {wrong:?} with {one} and {other} swapped", sound.name);
    }
}

/// The same over every document of the repository, and over those below the folders of `DOCUMENTS` (kept apart by colons), with
/// `SAMPLES` changes of each kind: `cargo test --test properties -- --ignored --nocapture`. It tells how many of how many changes
/// give another figure without a word.
#[test]
#[ignore = "takes minutes: the tests above take samples"]
fn every_document_may_be_damaged_anywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = std::env::var("SAMPLES").ok().and_then(|samples| samples.parse().ok()).unwrap_or(30);
    let others = std::env::var("DOCUMENTS").unwrap_or_default();
    let folders = ["content", "tests/reading"].map(|folder| root.join(folder)).into_iter();
    let mut paths = Vec::new();
    for folder in folders.chain(others.split(':').filter(|folder| !folder.is_empty()).map(PathBuf::from)) {
        below(&folder, &mut paths);
    }
    paths.sort();
    let wrong: Vec<(usize, Vec<String>)> = paths.par_iter().map(|path| damage(&Sound::read(path), samples)).collect();
    let changes: usize = wrong.iter().map(|(changes, _)| changes).sum();
    let wrong: Vec<&String> = wrong.iter().flat_map(|(_, wrong)| wrong).collect();
    #[expect(clippy::print_stderr, reason = "the figures are what the run is for")]
    {
        wrong.iter().for_each(|one| eprintln!("{one}"));
        eprintln!("{} of {changes} changes to {} documents are silent", wrong.len(), paths.len());
    }
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of documents") {
        let path = entry.expect("an entry").path();
        let form = path.extension().and_then(|form| form.to_str()).unwrap_or_default();
        if path.is_dir() {
            below(&path, paths);
        } else if ["txt", "md", "html"].contains(&form) && !path.ends_with("README.md") {
            paths.push(path);
        }
    }
}

/// How many changes were tried on a document, and those that gave another figure without a word.
fn damage(sound: &Sound, samples: usize) -> (usize, Vec<String>) {
    // Numbers that look like accidents and are the same in every run.
    let mut state = sound.text.len() as u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut wrong = Vec::new();
    for _ in 0..samples {
        let (byte, row, cell, one, other) = (next(), next(), next(), next(), next());
        let changes = [
            ("cut", byte % (sound.text.len() + 1), 0, cut(&sound.text, byte).to_owned()),
            ("without cell", row, cell, without_cell(&sound.text, row, cell)),
            ("swapped", one, other, with_rows_swapped(&sound.text, one, other)),
        ];
        for (kind, at, and, text) in changes {
            let found = silently_wrong(sound, &text);
            if !found.is_empty() {
                let lines = match kind {
                    "cut" => vec![text.lines().count()],
                    _ => sound
                        .text
                        .lines()
                        .zip(text.lines())
                        .zip(1..)
                        .filter(|((a, b), _)| a != b)
                        .map(|(_, line)| line)
                        .collect(),
                };
                wrong.push(format!("{} {kind} {at} {and} (lines {lines:?}): {found:?}", sound.name));
            }
        }
    }
    (3 * samples, wrong)
}
