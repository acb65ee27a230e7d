//! Regions that are built alone and joined give the bytes of one build, and what does not fit together is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use budgetsite::build::{BuildReport, Pace, SiteFolder, build, build_region_at, join_at};
use budgetsite::output::MemoryOutput;
use budgetsite::publish::Publication;

use crate::cache::{Kept, assert_same};

/// The regions of the site, and its departments of which no region is known.
const REGIONS: [&str; 3] = ["yangli-yangli-jiaqu", "yangli-yangli-yixian", "none"];

/// The golden sites with a document of no region, and an answer to a finding in one of a region.
fn site() -> Kept {
    let site = Kept::new();
    let nowhere =
        "+++\norganization = \"无名办公室\"\nyear = 2024\nkind = \"budget\"\n+++\n\n2024年收入总计 120.50 万元。\n";
    site.write("content/nowhere.md", nowhere.as_bytes());
    let answered = site.document();
    let waiver = "[[waivers]]\nrule = \"X-4\"\nreason = \"笔误\"\ndate = 2025-03-01\n+++\n";
    let text = site.text(&answered).split_once("\n+++\n").map(|(head, body)| format!("{head}\n{waiver}{body}"));
    site.write(&answered, text.unwrap().as_bytes());
    site
}

fn folder(site: &Kept) -> SiteFolder {
    SiteFolder::new(&site.root(), None)
}

/// Builds a region and publishes it below `shards`.
fn shard(folder: &SiteFolder, region: &str, shards: &Path) -> PathBuf {
    let place = shards.join(region);
    let publication = Publication::begin(&place, false).unwrap();
    let report = build_region_at(folder, region, &publication, &Pace::default(), None);
    assert!(!report.misconfigured, "{region}: {:?}", report.diagnostics);
    publication.finish().unwrap();
    place
}

fn join(folder: &SiteFolder, shards: &[PathBuf]) -> (BuildReport, BTreeMap<String, Vec<u8>>) {
    let output = MemoryOutput::default();
    let report = join_at(folder, shards, &output, &Pace::default());
    (report, output.into_files())
}

fn check_joined(folder: &SiteFolder, shards: &[PathBuf], what: &str) {
    let output = MemoryOutput::default();
    let whole = build(folder, &output);
    let (joined, files) = join(folder, shards);
    assert_same(&files, &output.into_files(), what);
    assert_eq!(joined.counts, whole.counts, "{what}");
    assert_eq!(joined.diagnostics, whole.diagnostics, "{what}");
    assert_eq!(joined.content_files, whole.content_files, "{what}");
    assert!(whole.diagnostics.iter().any(|said| said.code == "waiver-unmatched"), "the answer is not told");
}

#[test]
fn joined_regions_are_the_whole_site() {
    let (site, shards) = (site(), tempfile::tempdir().unwrap());
    let folder = folder(&site);
    let mut made = REGIONS.map(|region| shard(&folder, region, shards.path()));
    check_joined(&folder, &made, "regions");
    made.reverse();
    check_joined(&folder, &made, "regions in another order");
    let larger = shard(&folder, "yangli", shards.path());
    check_joined(&folder, &[larger, made[0].clone()], "a region with all in it");
}

#[test]
fn a_machine_needs_the_documents_of_its_region_only() {
    let (site, shards) = (site(), tempfile::tempdir().unwrap());
    let whole = folder(&site);
    let made = REGIONS.map(|region| {
        let machine = Kept::new();
        fs::remove_dir_all(machine.root().join("content")).unwrap();
        for (path, bytes) in crate::sites::files_below(&whole.content) {
            let place = match path.rsplit('/').next() {
                Some("2025-预算.md") => REGIONS[0],
                Some("2024-部门预算.md") => REGIONS[1],
                _ => REGIONS[2],
            };
            if place == region {
                machine.write(&format!("content/{path}"), &bytes);
            }
        }
        shard(&folder(&machine), region, shards.path())
    });
    let (joined, files) = join(&whole, &made);
    let output = MemoryOutput::default();
    assert!(!joined.misconfigured, "{:?}", joined.diagnostics);
    assert_eq!(joined.counts.disclosures, build(&whole, &output).counts.disclosures);
    assert_same(&files, &output.into_files(), "machines with their own documents");
}

#[test]
fn what_does_not_fit_together_is_told() {
    let (site, shards) = (site(), tempfile::tempdir().unwrap());
    let folder = folder(&site);
    let made = REGIONS.map(|region| shard(&folder, region, shards.path()));
    let codes = |shards: &[PathBuf]| {
        let (report, _) = join(&folder, shards);
        let said = report.diagnostics.iter().filter(|said| said.code.starts_with("shard-"));
        (report.misconfigured, said.map(|said| said.code).collect::<Vec<_>>())
    };
    assert_eq!(codes(&made), (false, vec![]));
    assert_eq!(codes(&made[1..]), (false, vec!["shard-left-out"]));
    assert_eq!(codes(&[shards.path().join("no")]), (true, vec!["shard-missing"]));
    let twice = [made[0].clone(), made[0].clone()];
    assert!(codes(&twice).1.contains(&"shard-twice"));

    let page = fs::read_dir(made[0].join("departments")).unwrap().next().unwrap().unwrap().path();
    let page = page.join("2025-budget/index.html");
    let good = fs::read(&page).unwrap();
    fs::write(&page, "other").unwrap();
    assert_eq!(codes(&made), (true, vec!["shard-damaged"]));
    fs::write(&page, good).unwrap();
    let list = made[1].join("shard/documents");
    fs::write(&list, &fs::read(&list).unwrap()[1..]).unwrap();
    assert_eq!(codes(&made), (true, vec!["shard-damaged"]));

    let again = shard(&folder, REGIONS[1], &shards.path().join("again"));
    site.write("site.toml", "title = \"二\"\n".as_bytes());
    assert_eq!(codes(&[made[0].clone(), again]), (true, vec!["shard-other-site", "shard-other-site"]));
    let nowhere = build_region_at(&folder, "moon", &MemoryOutput::default(), &Pace::default(), None);
    assert_eq!(nowhere.diagnostics.iter().map(|said| said.code).collect::<Vec<_>>(), ["region-unknown"]);
}

#[test]
fn a_department_whose_address_depends_on_what_its_machine_did_not_see_is_refused() {
    let (site, shards) = (site(), tempfile::tempdir().unwrap());
    let machine = |region: &str| {
        let machine = Kept::new();
        fs::remove_dir_all(machine.root().join("content")).unwrap();
        let head = format!(
            "organization = \"某办公室\"\nregion = \"{region}\"\nslug = \"same\"\nyear = 2024\nkind = \"budget\""
        );
        let text = format!("+++\n{head}\n+++\n\n收入总计 120.50 万元。\n");
        machine.write(&format!("content/{region}.md"), text.as_bytes());
        let regions = shards.path().join(region);
        let slug = budgetsite::assemble::slug(region);
        shard(&folder(&machine), &slug, &regions)
    };
    let (report, _) = join(&folder(&site), &[machine("天省"), machine("地省")]);
    let said: Vec<&str> = report.diagnostics.iter().map(|said| said.code).collect();
    assert!(report.misconfigured && said.contains(&"shard-other-plan"), "{said:?}");
}
