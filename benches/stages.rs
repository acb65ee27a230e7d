//! Each stage by itself over a hundred made-up documents: `cargo bench`. Rates are megabytes of content a second.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use budgetsite::assemble::{Site, assemble};
use budgetsite::audit::{Rules, audit};
use budgetsite::config::SiteConfig;
use budgetsite::model::{Disclosure, DisclosureLedger};
use budgetsite::output::{MemoryOutput, Output};
use budgetsite::parse::{Document, parse};
use budgetsite::publish::Publication;
use budgetsite::read::{Source, read_content};
use budgetsite::recognize::recognize;
use budgetsite::render::{Renderer, Theme, render, render_alone};
use budgetsite::vocabulary::Vocabulary;
use budgetsite::{chart, export, search};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

mod corpus;
#[path = "../examples/chart_gallery/samples.rs"]
mod samples;

const DOCUMENTS: usize = 100;

fn main() {
    divan::main();
}

/// What every stage leaves to the next one.
struct Stages {
    content: PathBuf,
    /// Removed with the content when the program ends.
    _folder: tempfile::TempDir,
    bytes: usize,
    sources: Vec<Source>,
    documents: Vec<Document>,
    disclosures: Vec<Disclosure>,
    audited: Vec<(Disclosure, DisclosureLedger)>,
    site: Site,
    theme: Theme,
}

static STAGES: LazyLock<Stages> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the documents");
    let content = folder.path().join("content");
    corpus::write(DOCUMENTS, &content).expect("documents can be written");
    let sources = read_content(&content).sources;
    let documents: Vec<Document> = sources.iter().map(|source| parse(&Arc::new(source.clone()))).collect();
    let disclosures: Vec<Disclosure> = documents.iter().map(|it| recognize(Vocabulary::builtin(), it)).collect();
    let config = SiteConfig::default();
    let checked = |it: &Disclosure| (it.clone(), audit(Rules::builtin(), &config.audit, it));
    let audited: Vec<_> = disclosures.iter().map(checked).collect();
    let site = assemble(&config, audited.clone());
    let theme = Theme::load(None).expect("the shipped templates are sound");
    let bytes = sources.iter().map(|source| source.text.len()).sum();
    Stages { content, _folder: folder, bytes, sources, documents, disclosures, audited, site, theme }
});

/// Takes files and forgets them.
struct Nowhere;

impl Output for Nowhere {
    fn write(&self, _path: &str, bytes: Vec<u8>) {
        black_box(bytes);
    }
}

fn over(bencher: Bencher, stage: impl Fn(&Stages) + Sync) {
    let stages = &*STAGES;
    bencher.counter(BytesCount::new(stages.bytes)).counter(ItemsCount::new(DOCUMENTS)).bench(|| stage(stages));
}

#[divan::bench]
fn s1_read(bencher: Bencher) {
    over(bencher, |stages| drop(black_box(read_content(&stages.content))));
}

#[divan::bench]
fn s2_parse(bencher: Bencher) {
    let sources: Vec<Arc<Source>> = STAGES.sources.iter().cloned().map(Arc::new).collect();
    over(bencher, |_| sources.iter().for_each(|source| drop(black_box(parse(source)))));
}

#[divan::bench]
fn s3_recognize(bencher: Bencher) {
    let one = |document: &Document| drop(black_box(recognize(Vocabulary::builtin(), document)));
    over(bencher, |stages| stages.documents.iter().for_each(one));
}

#[divan::bench]
fn s4_audit(bencher: Bencher) {
    let config = SiteConfig::default();
    let one = |disclosure: &Disclosure| drop(black_box(audit(Rules::builtin(), &config.audit, disclosure)));
    over(bencher, |stages| stages.disclosures.iter().for_each(one));
}

#[divan::bench]
fn s5_assemble(bencher: Bencher) {
    let stages = &*STAGES;
    let config = SiteConfig::default();
    let bencher = bencher.counter(BytesCount::new(stages.bytes)).counter(ItemsCount::new(DOCUMENTS));
    bencher.with_inputs(|| stages.audited.clone()).bench_values(|audited| assemble(&config, audited));
}

#[divan::bench]
fn s6_render(bencher: Bencher) {
    let config = SiteConfig::default();
    over(bencher, |stages| drop(black_box(render(&config, &stages.theme, &stages.site, &Nowhere))));
}

/// What belongs to the disclosures alone: their pages, sources, statements and workbooks, without the pages of the site.
#[divan::bench]
fn s6_render_disclosures(bencher: Bencher) {
    let config = SiteConfig::default();
    let renderer = Renderer::new(&config, &STAGES.theme, &STAGES.site, &Nowhere);
    over(bencher, |stages| drop(black_box(render_alone(&renderer, &stages.site, &Nowhere))));
}

/// All samples of the gallery, awkward ones too.
#[divan::bench]
fn s7_chart(bencher: Bencher) {
    bencher.counter(ItemsCount::new(samples::all().len())).bench(samples::all);
}

#[divan::bench]
fn s8_index(bencher: Bencher) {
    over(bencher, |stages| search::write(&stages.site, &Nowhere));
}

#[divan::bench]
fn s9_export(bencher: Bencher) {
    let config = SiteConfig::default();
    over(bencher, |stages| export::write(&config, &stages.site, &Nowhere));
}

/// All files of the site, written and swapped in; the rate is that of the bytes written.
#[divan::bench(sample_count = 10)]
fn write(bencher: Bencher) {
    let stages = &*STAGES;
    let memory = MemoryOutput::default();
    render(&SiteConfig::default(), &stages.theme, &stages.site, &memory);
    let files = memory.into_files();
    let bytes: usize = files.values().map(Vec::len).sum();
    let place = |folder: &tempfile::TempDir| folder.path().join("public");
    let publish = |folder: &tempfile::TempDir| {
        let publication = Publication::begin(Path::new(&place(folder)), false).expect("the folder is empty");
        files.iter().for_each(|(path, bytes)| publication.write(path, bytes.clone()));
        publication.finish().expect("the folder can be written");
    };
    let folder = || tempfile::tempdir().expect("a folder for the site");
    bencher.counter(BytesCount::new(bytes)).with_inputs(folder).bench_refs(|folder| {
        publish(folder);
        let _ = fs::metadata(place(folder));
    });
}
