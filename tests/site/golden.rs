//! The golden sites of `tests/golden`: what `check` says about each, and every file that `build` writes.
//!
//! A golden site has its input in `site.toml` and `content`, the report in `check.txt`, and what is published in
//! `published`. Files that differ little from site to site (assets, the pages of the rules, the page for wrong addresses) stand in `digests.txt` by
//! their hash. After a change that is meant, `UPDATE=1 cargo test --test site golden` writes them anew; the difference
//! that git shows is what to review.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use budgetsite::build::{SiteFolder, build};
use budgetsite::output::MemoryOutput;

use crate::sites::{files_below, repository};

/// Every file in order.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn a_sound_document() {
    compare("sound");
}

#[test]
fn errors_gaps_hostile_texts_and_a_government_site() {
    compare("quirks");
}

fn compare(name: &str) {
    let golden = repository().join("tests/golden").join(name);
    let output = MemoryOutput::default();
    let report = build(&SiteFolder::new(&golden, None), &output);
    assert!(!report.misconfigured, "{:?}", report.diagnostics);
    let found = Golden::of(output.into_files(), checked(&golden));
    if std::env::var_os("UPDATE").is_some() {
        found.write(&golden);
    }
    let differences = found.differences(&Golden::read(&golden));
    assert!(
        differences.is_empty(),
        "{name}: {} files differ; if that is meant, run with UPDATE=1\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// What `check` prints without the times that it took: the report, then the end of the process.
fn checked(site: &Path) -> String {
    let program = Command::new(env!("CARGO_BIN_EXE_budgetsite"))
        .arg("check")
        .current_dir(site)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&program.stdout);
    let complained = String::from_utf8_lossy(&program.stderr);
    let timeless = said.lines().chain(complained.lines()).filter(|line| !line.starts_with("用时"));
    let mut text: String = timeless.flat_map(|line| [line, "\n"]).collect();
    writeln!(text, "exit code {}", program.status.code().unwrap()).unwrap();
    text
}

#[derive(PartialEq, Eq)]
struct Golden {
    check: String,
    digests: String,
    published: Files,
}

impl Golden {
    fn of(files: Files, check: String) -> Self {
        let (alike, published): (Files, Files) = files.into_iter().partition(|(path, _)| is_alike(path));
        let mut digests = String::new();
        for (path, bytes) in alike {
            writeln!(digests, "{} {path}", blake3::hash(&bytes).to_hex()).unwrap();
        }
        Golden { check, digests, published }
    }

    fn read(golden: &Path) -> Self {
        let text = |name: &str| fs::read_to_string(golden.join(name)).unwrap_or_default();
        let published = golden.join("published");
        let published = if published.is_dir() { files_below(&published) } else { Files::new() };
        Golden { check: text("check.txt"), digests: text("digests.txt"), published }
    }

    fn write(&self, golden: &Path) {
        fs::write(golden.join("check.txt"), &self.check).unwrap();
        fs::write(golden.join("digests.txt"), &self.digests).unwrap();
        let published = golden.join("published");
        if published.is_dir() {
            fs::remove_dir_all(&published).unwrap();
        }
        for (path, bytes) in &self.published {
            let path = published.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    /// A line for every file that is missing, too many, or different, with the first line that differs.
    fn differences(&self, expected: &Golden) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |path: &str, found: Option<&[u8]>, expected: Option<&[u8]>| match (found, expected) {
            (None, _) => differences.push(format!("{path}: not written any more")),
            (_, None) => differences.push(format!("{path}: new")),
            (Some(found), Some(expected)) if found != expected => {
                differences.push(format!("{path}{}", first_difference(found, expected)));
            }
            _ => {}
        };
        compare("check.txt", Some(self.check.as_bytes()), Some(expected.check.as_bytes()));
        compare("digests.txt", Some(self.digests.as_bytes()), Some(expected.digests.as_bytes()));
        for path in self.published.keys().chain(expected.published.keys().filter(|&p| !self.published.contains_key(p)))
        {
            let of = |files: &Files| files.get(path).cloned();
            compare(path, of(&self.published).as_deref(), of(&expected.published).as_deref());
        }
        differences
    }
}

/// Whether a file is nearly the same in every site, so that its hash is enough.
fn is_alike(path: &str) -> bool {
    path == "404.html"
        || path.starts_with("static/")
        || path.starts_with("checks/") && path != "checks/index.html"
        || path.ends_with(".xlsx")
}

fn first_difference(found: &[u8], expected: &[u8]) -> String {
    let (found, expected) = (String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
    let position = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
    let line = position.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
    let shown = |text: &str| text.lines().nth(line).unwrap_or("").chars().take(200).collect::<String>();
    format!(":{}\n  expected {}\n  found    {}", line + 1, shown(&expected), shown(&found))
}
