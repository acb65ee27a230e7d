//! The search over the shipped site: ten judged queries, and nothing missed that a scan of all records finds.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use budgetsite::build::{SiteFolder, build};
use budgetsite::output::MemoryOutput;
use budgetsite::search::{Answer, Searcher, normalize, query};
use serde_json::Value;

type Files = BTreeMap<String, Vec<u8>>;

/// The shipped site, built once.
fn built() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let output = MemoryOutput::default();
        build(&SiteFolder::new(Path::new(env!("CARGO_MANIFEST_DIR")), None), &output);
        output.into_files()
    })
}

fn load(path: &str) -> Option<Vec<u8>> {
    built().get(&format!("search/{path}")).cloned()
}

fn ask(text: &str, limit: usize) -> Answer {
    query(&load, text, limit).unwrap()
}

/// The document shards in their order.
fn docs() -> Vec<Value> {
    let manifest: Value = serde_json::from_slice(&built()["search/manifest.json"]).unwrap();
    let [count, group] = ["count", "group"].map(|key| manifest["docs"][key].as_u64().unwrap() as usize);
    let names = manifest["docs"]["names"].as_str().unwrap();
    let letter = |shard: usize| char::from(b'a' + (shard % group) as u8);
    let path = |shard: usize| format!("search/docs/{}{}.json", &names[shard / group * 5..][..5], letter(shard));
    (0..count).map(|shard| serde_json::from_slice(&built()[&path(shard)]).unwrap()).collect()
}

/// The own texts of all records with their numbers, folded, one field per line.
fn scan() -> &'static Vec<(u32, String)> {
    static TEXTS: OnceLock<Vec<(u32, String)>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let numbered = |(docs, first): (Value, u32)| (first..).zip(records(&docs)).collect::<Vec<_>>();
        docs().into_iter().zip((0..).step_by(4096)).flat_map(numbered).collect()
    })
}

fn records(docs: &Value) -> Vec<String> {
    let text = |field: &str, at: usize| {
        docs[field][at].as_str().unwrap_or_default().lines().map(normalize).collect::<Vec<_>>().join("\n")
    };
    let fields = ["name", "alias", "code", "text", "amount"];
    let count = docs["name"].as_array().unwrap().len();
    (0..count).map(|at| fields.map(|field| text(field, at)).join("\n")).collect()
}

/// A thousand pieces of two to nine characters, cut out of the records at places that are always the same.
fn substrings() -> Vec<String> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut found = Vec::new();
    while found.len() < 1000 {
        let (_, record) = &scan()[random(scan().len())];
        let lines: Vec<Vec<char>> = record.lines().map(|line| line.chars().collect()).collect();
        let line = &lines[random(lines.len())];
        let start = random(line.len().saturating_sub(1));
        let piece: String = line.iter().skip(start).take(2 + random(8)).collect();
        if piece.chars().count() > 1 {
            found.push(piece);
        }
    }
    found
}

#[test]
fn a_thousand_substrings_are_found_wherever_they_stand() {
    let searcher = Searcher::open(&load).unwrap();
    for text in substrings() {
        let want: BTreeSet<u32> = scan().iter().filter(|(_, own)| own.contains(&text)).map(|(id, _)| *id).collect();
        let answer = searcher.query(&format!("\"{text}\""), usize::MAX).unwrap();
        assert!(answer.counted);
        assert_eq!(answer.hits.into_iter().map(|hit| hit.id).collect::<BTreeSet<u32>>(), want, "{text:?}");
    }
}

#[test]
fn the_script_of_the_page_finds_them_too_in_the_same_order() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in built().iter().filter(|(path, _)| path.starts_with("search/")) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let program = "const fs = require('fs'), [engine, folder] = process.argv.slice(1), kept = new Map();\
        const read = async (path) => { if (!kept.has(path)) kept.set(path, JSON.parse(fs.readFileSync(`${folder}/search/${path}`, 'utf8')));\
        return kept.get(path); };\
        (async () => { const { search } = require(engine).open(await read('manifest.json'), read), all = [];\
        for (const text of JSON.parse(fs.readFileSync(0, 'utf8'))) all.push((await search(text)).hits.map(({ id }) => id));\
        console.log(JSON.stringify(all)); })();";
    let engine = concat!(env!("CARGO_MANIFEST_DIR"), "/static/search-engine.js");
    let started = Command::new("node")
        .args(["-e", program, engine])
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    // Without node there is nothing to compare with.
    let Ok(mut node) = started else { return };
    let queries: Vec<String> = substrings().into_iter().map(|text| format!("\"{text}\"")).collect();
    node.stdin.take().unwrap().write_all(&serde_json::to_vec(&queries).unwrap()).unwrap();
    let answers: Vec<Vec<u32>> = serde_json::from_slice(&node.wait_with_output().unwrap().stdout).unwrap();
    let searcher = Searcher::open(&load).unwrap();
    for (text, ids) in queries.iter().zip(answers) {
        let want: Vec<u32> = searcher.query(text, usize::MAX).unwrap().hits.into_iter().map(|hit| hit.id).collect();
        assert_eq!(ids, want, "{text}");
    }
}

/// Everything that is indexed leads to a place that is there, and everything that a reader may look for is indexed.
#[test]
fn every_record_leads_to_a_place_on_a_page_of_the_site() {
    let manifest: Value = serde_json::from_slice(&built()["search/manifest.json"]).unwrap();
    for (kind, count) in manifest["counts"]["by_type"].as_object().unwrap() {
        assert!(count.as_u64().unwrap() > 0, "the shipped site has no record of type {kind}");
    }
    let mut places: BTreeSet<String> = BTreeSet::new();
    for docs in docs() {
        for (url, page) in docs["url"].as_array().unwrap().iter().zip(docs["page"].as_array().unwrap()) {
            let page = docs["pages"]["url"][page.as_u64().unwrap() as usize].as_str().unwrap();
            places.insert(format!("{page}{}", url.as_str().unwrap()));
        }
    }
    let mut anchors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for place in &places {
        let (page, anchor) = place.split_once('#').unwrap_or((place, ""));
        let html = built().get(&format!("{page}index.html")).unwrap_or_else(|| panic!("no page for {place}"));
        let ids = anchors.entry(page).or_insert_with(|| {
            let html = std::str::from_utf8(html).unwrap();
            html.split(" id=")
                .skip(1)
                .map(|rest| rest.trim_start_matches('"').split(['"', '>', ' ']).next().unwrap())
                .collect()
        });
        assert!(anchor.is_empty() || ids.contains(anchor), "nothing on the page has the anchor of {place}");
    }
    assert!(places.len() > 1000, "{}", places.len());
}

/// What a person who asks this wants to see first: type, name or a part of it, and the year where it matters.
const JUDGED: [(&str, &str, &str, Option<u16>); 10] = [
    ("大数据管理局", "department", "大数据管理局", None),
    ("zwfw", "department", "政务服务", None),
    ("三公经费", "term", "三公", Some(2025)),
    ("“三公”经费", "term", "三公", Some(2025)),
    ("政务云", "project", "政务云资源购买服务费", Some(2024)),
    ("2080505", "function", "机关事业单位基本养老保险缴费支出", Some(2025)),
    ("12345", "project", "12345便民热线值班带班补助", Some(2024)),
    ("公务接待费", "economic", "公务接待费", Some(2025)),
    ("機關運行經費", "term", "机关运行经费", Some(2024)),
    ("政务外网 平顶山", "project", "电子政务外网线路租赁服务项目", Some(2024)),
];

#[test]
fn ten_judged_queries_lead_with_what_is_meant() {
    for (text, kind, name, year) in JUDGED {
        let answer = ask(text, 10);
        let first = answer.hits.first().unwrap_or_else(|| panic!("nothing for {text}"));
        assert_eq!((first.kind.word(), first.year), (kind, year), "{text}: {first:?}");
        assert!(first.name.contains(name), "{text}: {first:?}");
    }
}

#[test]
fn shards_stay_below_16_kib_compressed() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in built().iter().filter(|(path, _)| path.starts_with("search/") && path.ends_with(".json")) {
        let file = folder.path().join(path.replace('/', "-"));
        std::fs::write(&file, bytes).unwrap();
        let Ok(packed) = Command::new("gzip").arg("-6c").arg(&file).output() else { return };
        assert!(packed.stdout.len() <= 16_384, "{path}: {}", packed.stdout.len());
    }
}

#[test]
fn the_command_searches_a_built_site() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in built().iter().filter(|(path, _)| path.starts_with("search/")) {
        let path = folder.path().join("public").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_budgetsite"));
        let output = command.arg("search").args(arguments).current_dir(folder.path()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, shown, said) = run(&["政务云", "--limit", "1"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(shown.contains("政务云资源购买服务费") && shown.contains("public/departments/"), "{shown}");
    let (code, shown, _) = run(&["政务云", "--json", "--out", "public"]);
    let report: Value = serde_json::from_str(&shown).unwrap();
    let wanted: Vec<u64> = ask("政务云", 10).hits.iter().map(|hit| hit.id.into()).collect();
    let ids: Vec<u64> = report["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_u64().unwrap()).collect();
    assert_eq!((code, ids), (Some(0), wanted));
    let (code, shown, _) = run(&["没有这样的东西"]);
    assert!(code == Some(0) && shown.starts_with("没有找到"), "{shown}");
    let (code, _, said) = run(&["政务云", "--out", "elsewhere"]);
    assert!(code == Some(3) && said.contains("budgetsite build"), "{said}");
    assert_eq!(run(&[]).0, Some(2));
}
