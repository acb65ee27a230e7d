//! The sites to check, built or read once, with their pages parsed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use budgetsite::build::{SiteFolder, build};
use budgetsite::output::MemoryOutput;

use crate::page::Page;

/// A built site.
pub(crate) struct Site {
    /// What it was built from.
    pub(crate) name: String,
    /// All files by path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The HTML files, parsed.
    pub(crate) pages: BTreeMap<String, Page>,
}

impl Site {
    /// A site of these files.
    pub(crate) fn new(name: String, files: BTreeMap<String, Vec<u8>>) -> Self {
        let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
        let pages = html.map(|(path, bytes)| (path.clone(), Page::parse(&text(path, bytes)))).collect();
        Site { name, files, pages }
    }

    /// A file as text.
    pub(crate) fn text(&self, path: &str) -> String {
        text(path, &self.files[path])
    }

    /// The files with this extension.
    pub(crate) fn with_extension<'s>(&'s self, extension: &'s str) -> impl Iterator<Item = &'s str> {
        self.files
            .keys()
            .map(String::as_str)
            .filter(move |path| Path::new(path).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension)))
    }
}

fn text(path: &str, bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
}

/// Fails with the problems that a check finds in any of the sites.
pub(crate) fn check(find: fn(&Site) -> Vec<String>) {
    for site in sites() {
        let problems = find(site);
        let shown = problems.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n");
        assert!(problems.is_empty(), "{} problems in the site of {}:\n{shown}", problems.len(), site.name);
    }
}

fn sites() -> &'static [Site] {
    static SITES: OnceLock<Vec<Site>> = OnceLock::new();
    SITES.get_or_init(|| {
        if let Some(folders) = std::env::var_os("BUDGETSITE_SITES") {
            return std::env::split_paths(&folders).map(|folder| published(&folder)).collect();
        }
        let mut sites = vec![built(repository(), None)];
        let shared = repository().join("../shared/disclosures");
        match shared.is_dir() {
            true => sites.push(built(repository(), Some(&shared))),
            false => println!("skipped: there is no ../shared/disclosures beside the repository"),
        }
        sites
    })
}

/// The root of the repository, a site itself.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn built(root: &Path, content: Option<&Path>) -> Site {
    let folder = SiteFolder::new(root, content);
    let output = MemoryOutput::default();
    let report = build(&folder, &output);
    assert!(!report.misconfigured, "{:?}", report.diagnostics);
    Site::new(folder.content.display().to_string(), output.into_files())
}

fn published(folder: &Path) -> Site {
    assert!(folder.join("index.html").is_file(), "{} is no site", folder.display());
    Site::new(folder.display().to_string(), files_below(folder))
}

/// Every file below a folder by path, hidden ones left out.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            let path = entry.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            match entry.is_dir() {
                _ if entry.file_name().unwrap().as_encoded_bytes().starts_with(b".") => {}
                true => folders.push(entry),
                false => drop(files.insert(path, fs::read(&entry).unwrap())),
            }
        }
    }
    files
}
