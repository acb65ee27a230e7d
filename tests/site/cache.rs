//! A build with a cache writes the same bytes as one without, after every kind of change, and does not do the work of
//! what did not change again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use budgetsite::build::{BuildReport, Cache, Pace, SiteFolder, build, build_at};
use budgetsite::output::MemoryOutput;
use budgetsite::publish::Publication;
use budgetsite::read::Stamps;

use crate::sites::{files_below, repository};

/// A site of its own in a folder that is removed in the end.
pub(crate) struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    /// The golden site with revisions, merged files and originals.
    pub(crate) fn new() -> Self {
        let kept = Kept { folder: tempfile::tempdir().unwrap() };
        for golden in ["quirks", "sound"] {
            let from = repository().join("tests/golden").join(golden);
            for entry in walkdir::WalkDir::new(from.join("content")).into_iter().map(Result::unwrap) {
                if entry.file_type().is_file() {
                    let below = entry.path().strip_prefix(&from).unwrap();
                    kept.write(&below.to_string_lossy(), &fs::read(entry.path()).unwrap());
                }
            }
        }
        kept.write("site.toml", "title = \"一\"\n".as_bytes());
        kept
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    /// The path of the document of one department among others.
    pub(crate) fn document(&self) -> String {
        let mut documents = files_below(&self.root()).into_keys().filter(|path| path.ends_with("2025-预算.md"));
        documents.next().unwrap()
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// Builds with the cache and compares with a build without it. Tells how much was reused, of how much.
    fn build(&self, after: &str) -> (BuildReport, usize) {
        let folder = SiteFolder::new(&self.root(), None);
        let publication = Publication::begin(&self.target(), false).unwrap();
        let stamps = Cache::stamps_beside(&self.target()).map(|place| Stamps::read(&place)).unwrap_or_default();
        let cache = Cache::beside(&self.target(), &folder, Arc::new(stamps)).unwrap();
        let report = build_at(&folder, &publication, &Pace::default(), Some(&cache), None);
        publication.finish().unwrap();
        let output = MemoryOutput::default();
        let expected = build(&folder, &output);
        let told = |report: &BuildReport| (report.counts.clone(), report.content_files.clone());
        assert_eq!(told(&report), told(&expected), "{after}");
        let notes = |report: &BuildReport| {
            report.diagnostics.iter().filter(|said| said.code != "cache-damaged").cloned().collect::<Vec<_>>()
        };
        assert_eq!(notes(&report), notes(&expected), "{after}");
        assert_same(&files_below(&self.target()), &output.into_files(), after);
        let all = report.counts.disclosures;
        (report, all)
    }
}

pub(crate) fn assert_same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>, after: &str) {
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(found), paths(expected), "{after}");
    for (path, bytes) in found {
        assert!(*bytes == expected[path], "{path} differs after {after}");
    }
}

/// The entries of the cache beside a published site.
fn entries(target: &Path) -> Vec<PathBuf> {
    let folder = target.with_file_name(".public.cache");
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // Of files that were just written there are no stamps yet.
    entries.retain(|entry| !entry.ends_with("stamps"));
    entries.sort();
    entries
}

#[test]
fn the_cache_changes_no_byte_whatever_changes() {
    let site = Kept::new();
    let (report, all) = site.build("nothing");
    assert_eq!(report.reused, 0);
    assert_eq!(site.build("no change").0.reused, all);
    let first = &site.document();

    site.write(first, site.text(first).replacen("万元", "万元 ", 1).as_bytes());
    let (report, all) = site.build("a change of a document");
    assert!((1..all).contains(&report.reused), "{} of {all}", report.reused);
    site.write(first, site.text(first).replace("2025-02-20", "2025-02-21").as_bytes());
    assert!(site.build("front matter").0.reused > 0);
    let copy = format!("{}-again.md", first.trim_end_matches(".md"));
    site.write(&copy, format!("{}\n补充\n", site.text(first).replace("2025-02-21", "2025-03-04")).as_bytes());
    assert!(site.build("a revision").0.reused > 0);
    fs::rename(site.root().join(&copy), site.root().join("content/other.md")).unwrap();
    assert!(site.build("a new name").0.reused > 0);
    fs::remove_file(site.root().join("content/other.md")).unwrap();
    assert!(site.build("a deletion").0.reused > 0);

    for (path, text) in [
        ("site.toml", "title = \"二\"\nbase_url = \"https://example.org\"\n"),
        ("templates/source.html", "{% extends \"base.html\" %}{% block main %}新{{ lines }}{% endblock main %}"),
        ("static/own.css", "p{}"),
        ("vocabulary/columns.toml", "[[column]]\namount = true\nwords = [\"全部花费\"]\n"),
    ] {
        site.write(path, text.as_bytes());
        assert_eq!(site.build(path).0.reused, 0, "{path}");
    }
    let (report, all) = site.build("no change again");
    assert_eq!(report.reused, all);
}

#[test]
fn the_page_of_a_department_follows_those_beside_it() {
    let site = Kept::new();
    let model = site.text(&site.document());
    let place = |name: &str| format!("content/样例省/样例市/甲区/{name}/2025-预算.md");
    let named = |name: &str| model.replace("政务服务局", name);
    for name in ["财政局", "教育局", "民政局"] {
        site.write(&place(name), named(name).as_bytes());
    }
    site.build("four of a kind");
    let report = site.build("no change").0;
    let pages = report.department_pages_reused;
    assert!((5..report.pages_reused).contains(&pages), "{pages} of {}", report.pages_reused);
    let made_anew = |after: &str| pages - site.build(after).0.department_pages_reused;

    let other = named("教育局");
    site.write(&place("教育局"), other.replace("主要职责", "职责").as_bytes());
    assert_eq!(made_anew("a change that only its own page shows"), 1);
    site.write(&place("教育局"), other.replace("326.50", "326.60").as_bytes());
    assert_eq!(made_anew("another total"), 4);
    site.write(&place("教育局"), named("教育体育局").as_bytes());
    assert_eq!(made_anew("another name"), 4);
    let unit = named("招生办").replace("部门预算公开", "单位预算公开").replace("样例市甲区招生办", "招生办");
    site.write(&place("招生办"), unit.as_bytes());
    site.build("a unit");
    let whole = named("财政局").replace("无下属单位", "下属单位1个：招生办");
    site.write(&place("财政局"), whole.as_bytes());
    site.build("a department that names it");
    for name in ["财政局", "民政局"] {
        site.write(&place(name), named(name).replace("区级财政当年拨付", "区财政当年拨付").as_bytes());
    }
    site.build("another wording of a term");
    for name in ["教育局", "招生办", "民政局"] {
        fs::remove_file(site.root().join(place(name))).unwrap();
        site.build("a deletion");
    }
}

#[test]
fn what_is_damaged_is_made_anew() {
    let site = Kept::new();
    let (_, all) = site.build("nothing");
    let kept = entries(&site.target());
    type Damage = (&'static str, fn(Vec<u8>) -> Vec<u8>);
    let damages: [Damage; 3] = [
        ("cut", |whole| whole[..whole.len() / 2].to_vec()),
        ("empty", |_| Vec::new()),
        ("flipped", |mut whole| {
            let middle = whole.len() / 2;
            whole[middle] ^= 1;
            whole
        }),
    ];
    let mut departments_made_anew = 0;
    for (entry, (damage, damaged)) in kept.iter().zip(damages.into_iter().cycle()) {
        fs::write(entry, damaged(fs::read(entry).unwrap())).unwrap();
        let (report, _) = site.build(damage);
        assert!(report.diagnostics.iter().any(|said| said.code == "cache-damaged"), "{damage}");
        departments_made_anew += usize::from(report.reused < all && report.reused > 0);
    }
    // One entry is the list of documents, one that of the departments' pages.
    assert_eq!(departments_made_anew, kept.len() - 2);
    assert_eq!(site.build("repair").0.reused, all);
    // A page that is gone or of another length is written anew, with what belongs to it.
    let page = files_below(&site.target()).into_keys().find(|path| path.ends_with("source/index.html")).unwrap();
    fs::write(site.target().join(&page), "x").unwrap();
    assert!(site.build("a damaged page").0.reused < all);
    fs::remove_file(site.target().join(&page)).unwrap();
    assert!(site.build("a page that is gone").0.reused < all);
    fs::remove_dir_all(site.folder.path().join(".public.cache")).unwrap();
    assert_eq!(site.build("no cache").0.reused, 0);
    assert_eq!(entries(&site.target()).len(), kept.len());
}
