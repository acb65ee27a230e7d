//! The index against a search through every record.

mod scripts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::manifest::{Files, Manifest};
use super::normalize::words;
use super::record::Fields;
use super::shards::Limits;
use super::{
    Answer, Entries, Hit, KeptShards, Packed, PortionStore, QueryError, RecordType, entries, order, query, write,
    write_within,
};
use crate::assemble::{Department, Site};
use crate::export::sample;
use crate::output::MemoryOutput;

/// Limits so small that a few hundred records need many shards, and lists of whole shards.
const SMALL: Limits = Limits { docs: 300, grams: 600, slots: 2, list: 12, alone: 15 };

/// The sample site with many more departments, so that common words have long lists.
fn large_site() -> Site {
    let mut site = sample::site();
    let words = ["电子", "政务", "外网", "线路", "租赁", "运维", "平台", "12345热线", "ＩＰ", "大厅（二期）", "经费"];
    for number in 0..40_usize {
        let slug = format!("bumen-{number}");
        let mut disclosure = site.disclosures[number % 2].disclosure.clone();
        disclosure.identity.year = Some(2023 + (number % 3) as u16);
        for (index, project) in disclosure.projects.iter_mut().enumerate() {
            let word = |step: usize| words[(number * 7 + index * 3 + step * step) % words.len()];
            project.name = format!("{}{}{} {}", word(0), word(1), word(2), word(3)).into();
            project.total = Some(sample::amount(&format!("{}.{:02}", number * 37, index + 1), 42, 4));
        }
        let name = format!("{}第{number}局", if number % 4 == 0 { "甲县" } else { "乙省" });
        site.disclosures.push(sample::published(
            &format!("{slug}/budget"),
            &format!("{name}部门预算"),
            site.departments.len(),
            disclosure,
        ));
        site.departments.push(Department {
            slug,
            name,
            region_node: Some(number % 2),
            disclosures: vec![site.disclosures.len() - 1],
            ..Department::default()
        });
    }
    site
}

fn index(site: &Site, limits: Limits) -> BTreeMap<String, Vec<u8>> {
    index_with(None, site, limits)
}

fn index_with(store: Option<&dyn PortionStore>, site: &Site, limits: Limits) -> BTreeMap<String, Vec<u8>> {
    let output = MemoryOutput::default();
    let entries: Vec<Entries> = site.disclosures.iter().map(|one| entries(site.rules, one)).collect();
    write_within(site, &entries, limits, store, &output);
    output.into_files()
}

/// The values of a segment and its shards.
type Kept = (Vec<u8>, Vec<Vec<u8>>);

/// Keeps segments, and counts those that were asked for again.
#[derive(Default)]
struct Remembered {
    kept: Mutex<BTreeMap<[u8; 32], Kept>>,
    recalled: AtomicUsize,
}

struct Shards(Vec<Vec<u8>>);

impl KeptShards for Shards {
    fn bytes(&self, shard: usize) -> Vec<u8> {
        self.0[shard].clone()
    }
}

impl PortionStore for Remembered {
    fn recall(&self, name: &[u8; 32]) -> Option<(Vec<u8>, Arc<dyn KeptShards>)> {
        let (values, shards) = self.kept.lock().unwrap().get(name)?.clone();
        self.recalled.fetch_add(1, Ordering::Relaxed);
        Some((values, Arc::new(Shards(shards))))
    }

    fn remember(&self, name: &[u8; 32], values: &[u8], shards: &[Vec<u8>]) {
        self.kept.lock().unwrap().insert(*name, (values.to_vec(), shards.to_vec()));
    }
}

fn answer(files: &BTreeMap<String, Vec<u8>>, text: &str, limit: usize) -> Answer {
    query(&|path| files.get(&format!("search/{path}")).cloned(), text, limit).unwrap()
}

fn ask(files: &BTreeMap<String, Vec<u8>>, text: &str) -> Vec<Hit> {
    let answer = answer(files, text, usize::MAX);
    assert!(answer.counted && answer.total == answer.hits.len());
    answer.hits
}

/// What a record can be found by.
struct Text {
    kind: RecordType,
    own: Fields,
    context: String,
}

fn texts(site: &Site) -> Vec<Text> {
    let entries: Vec<Entries> = site.disclosures.iter().map(|one| entries(site.rules, one)).collect();
    let packed = Packed::new(site, &entries);
    let portions = order::portions(&packed.pages, packed.departments.len(), |page| packed.labels(page));
    let records = portions.iter().flat_map(|(_, packs)| {
        let mut records = packed.records(packs);
        order::sort(&mut records);
        records
    });
    let text = |record: super::Record| {
        let page = &packed.pages[record.page as usize];
        let year = page.year.map(|year| format!("{year}年")).unwrap_or_default();
        let account = page.kind.map(|kind| kind.label()).unwrap_or_default();
        Text { kind: record.kind, own: record.fields(), context: format!("{}\n{year}\n{account}", page.context) }
    };
    records.map(text).collect()
}

/// True when a folded word stands in the own fields of a record.
fn holds(it: &Text, word: &str) -> bool {
    let Fields { name, alias, code, text } = &it.own;
    if word.chars().nth(1).is_none() {
        return name.starts_with(word) || it.kind == RecordType::Department && name.contains(word);
    }
    [name, alias, code, text].iter().any(|field| field.contains(word))
}

/// The records that answer, found by looking at every one.
fn brute_force(texts: &[Text], text: &str) -> BTreeSet<u32> {
    let words = words(text);
    let answers = |it: &Text| {
        let own = |word: &String| holds(it, word);
        let context = |word: &String| word.chars().count() > 1 && it.context.contains(word);
        words.iter().any(own) && words.iter().all(|word| own(word) || context(word))
    };
    texts.iter().zip(0..).filter(|(text, _)| answers(text)).map(|(_, id)| id).collect()
}

/// Queries cut out of the records: substrings of every length, pairs of words, words with their context.
fn queries(texts: &[Text]) -> Vec<String> {
    let cut = |text: &str, start: usize, length: usize| {
        let chars: Vec<char> = text.chars().collect();
        let start = start % chars.len().max(1);
        chars.iter().skip(start).take(length).filter(|c| **c != '\n').collect::<String>()
    };
    let mut queries = Vec::new();
    for step in 0..300_usize {
        let Text { own, context, .. } = &texts[step * 7919 % texts.len()];
        let fields = [&own.name, &own.text, &own.code, &own.alias];
        let field =
            |wanted: usize| (0..4).map(|add| fields[(wanted + add) % 4]).find(|field| !field.is_empty()).unwrap();
        let word = cut(field(step % 4), step * 31, 1 + step % 9);
        queries.push(match step % 5 {
            0 => format!("{word} {}", cut(field(step % 3), step * 17, 2)),
            1 => format!("\"{word}\" {}", cut(context, step * 13, 3)),
            _ => word,
        });
    }
    queries
}

/// How many records stand before those of each document shard.
fn starts(files: &BTreeMap<String, Vec<u8>>) -> Vec<u32> {
    let manifest: Manifest = serde_json::from_slice(&files["search/manifest.json"]).unwrap();
    let mut starts = vec![0];
    for name in (0..manifest.docs.count).map(|shard| manifest.docs.name(shard).unwrap()) {
        let docs: serde_json::Value = serde_json::from_slice(&files[&format!("search/docs/{name}.json")]).unwrap();
        starts.push(starts.last().unwrap() + docs["name"].as_array().unwrap().len() as u32);
    }
    starts
}

/// The positions of hits among all records.
fn positions(starts: &[u32], hits: &[Hit]) -> BTreeSet<u32> {
    hits.iter().map(|hit| starts[(hit.id / 4096) as usize] + hit.id % 4096).collect()
}

#[test]
fn nothing_is_missed_and_nothing_is_added() {
    let site = large_site();
    let texts = texts(&site);
    let indexes = [index(&site, Limits::default()), index(&site, SMALL)];
    assert!(indexes[1].keys().filter(|path| path.contains("/docs/")).count() > 40, "small limits make many shards");
    let starts = [starts(&indexes[0]), starts(&indexes[1])];
    let mut answered = 0;
    for text in queries(&texts) {
        let want = brute_force(&texts, &text);
        answered += usize::from(!want.is_empty());
        for (files, starts) in indexes.iter().zip(&starts) {
            assert_eq!(positions(starts, &ask(files, &text)), want, "{text:?}");
            let (all, few) = (ask(files, &text), answer(files, &text, 10).hits);
            assert!(few.len() == all.len().min(10) && all.starts_with(&few), "the first ones of all: {text:?}");
        }
    }
    assert!(answered > 200, "most queries are cut out of records: {answered}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_a_query(text in "[\"“三公 电子政务外网，（）Ａa1,.0=<>\\u{0}-\\u{7f}]{0,12}") {
        let site = sample::site();
        let texts = texts(&site);
        let files = index(&site, SMALL);
        prop_assert_eq!(positions(&starts(&files), &ask(&files, &text)), brute_force(&texts, &text));
    }
}

#[test]
fn hits_tell_what_where_and_how_much() {
    let files = index(&sample::site(), Limits::default());
    let hit = ask(&files, "外网线路").remove(0);
    assert_eq!((hit.kind, hit.name.as_str()), (RecordType::Project, "电子政务外网线路租赁"));
    assert_eq!((hit.amount.as_str(), hit.yuan.as_str()), ("400万元", "4000000.00"));
    assert_eq!((hit.department.as_str(), hit.year, hit.account.as_str()), ("甲县大数据局", Some(2025), "预算"));
    assert_eq!(hit.url, "departments/jiaxian-daju/2025-budget/#s3-r1");
}

#[test]
fn the_best_answer_comes_first() {
    let files = index(&sample::site(), Limits::default());
    for (text, kind, name, url) in [
        ("甲县大数据局", RecordType::Department, "甲县大数据局", "departments/jiaxian-daju/"),
        ("大数据局", RecordType::Department, "甲县大数据局", "departments/jiaxian-daju/"),
        ("2012901", RecordType::Function, "行政运行", "departments/jiaxian-daju/2025-budget/#s1-r1"),
        ("行政运行 2024", RecordType::Function, "行政运行", "departments/jiaxian-wenju/2024-final/source/#L80"),
        ("外网", RecordType::Project, "电子政务外网线路租赁", "departments/jiaxian-daju/2025-budget/#s3-r1"),
        ("三公 经费", RecordType::Term, "“三公”经费", "departments/jiaxian-daju/2025-budget/#term1"),
        ("基本工资", RecordType::Economic, "基本工资", "departments/jiaxian-daju/2025-budget/#s2-r1"),
        ("台式", RecordType::Procurement, "台式计算机", "departments/jiaxian-daju/2025-budget/source/#L95"),
        ("113001", RecordType::Unit, "甲县大数据局（本级）", "departments/jiaxian-daju/2025-budget/source/#L15"),
        ("条数", RecordType::Indicator, "线路条数", "departments/jiaxian-daju/2025-budget/#s3-r2"),
        ("收支总表 x-1", RecordType::Finding, "", ""),
        ("故本表无数据", RecordType::Statement, "政府性基金收支表", "departments/jiaxian-wenju/2024-final/#s1"),
        (
            "abc平台",
            RecordType::Paragraph,
            "七、“三公”经费支出情况说明",
            "departments/jiaxian-daju/2025-budget/source/2/#L100",
        ),
        ("X-1", RecordType::Finding, "收入总计与收入表合计相差0.01万元", "departments/jiaxian-daju/2025-budget/#f1"),
    ] {
        let hits = ask(&files, text);
        if name.is_empty() {
            assert_eq!(hits, [], "{text}");
        } else {
            let first = &hits[0];
            assert_eq!((first.kind, first.name.as_str(), first.url.as_str()), (kind, name, url), "{text}");
        }
    }
}

#[test]
fn departments_are_found_by_sound_and_mistakes_lead_to_what_was_meant() {
    let files = index(&sample::site(), Limits::default());
    for sound in ["jiaxiandashujuju", "dashuju", "dsjj", "DSJJ"] {
        let first = &ask(&files, sound)[0];
        assert_eq!((first.kind, first.name.as_str()), (RecordType::Department, "甲县大数据局"), "{sound}");
    }
    for (mistaken, meant) in
        [("大数椐局", "甲县大数据局"), ("dashujju", "甲县大数据局"), ("外网线咯", "电子政务外网线路租赁")]
    {
        let answer = answer(&files, mistaken, 10);
        assert_eq!((answer.total, answer.nearest.first().map(String::as_str)), (0, Some(meant)), "{mistaken}");
    }
    assert_eq!(answer(&files, "完全没有的东西", 10).nearest, Vec::<String>::new());
}

#[test]
fn a_single_character_finds_the_names_that_begin_with_it() {
    let files = index(&sample::site(), Limits::default());
    let hits = ask(&files, "电");
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit.name.starts_with('电')), "{hits:?}");
    assert_eq!(ask(&files, "旅")[0].name, "甲县文旅局", "names of departments begin with their region");
}

#[test]
fn spellings_and_separators_do_not_matter() {
    let files = index(&sample::site(), Limits::default());
    let ids = |text: &str| ask(&files, text).into_iter().map(|hit| hit.id).collect::<Vec<_>>();
    for (left, right) in [
        ("三公经费", "“三公”经费"),
        ("三公经费", "「三公」经费"),
        ("三公经费", "\"三公\"经费"),
        ("三公经费", "三公經費"),
        ("ABC平台", "ａｂｃ平台"),
        ("3020.78", "3,020.78"),
        ("\"2025 年\"", "2025年"),
        ("甲县大数据局(本级)", "甲县大数据局（本级）"),
    ] {
        assert!(!ids(left).is_empty(), "{left}");
        assert_eq!(ids(left), ids(right), "{left} {right}");
    }
    assert!(ids("——").is_empty() && ids("").is_empty() && ids("没有这样的词").is_empty());
}

#[test]
fn a_record_that_holds_the_pieces_of_a_word_does_not_hold_the_word() {
    let mut site = sample::site();
    site.disclosures[0].disclosure.projects[0].name = "甲县大 县大数 大数据 数据局".into();
    site.disclosures[0].disclosure.projects[0].unit = "".into();
    let names: Vec<String> = ask(&index(&site, SMALL), "甲县大数据局").into_iter().map(|hit| hit.name).collect();
    assert!(names.contains(&"甲县大数据局".to_owned()), "{names:?}");
    assert!(!names.contains(&"甲县大 县大数 大数据 数据局".to_owned()), "{names:?}");
}

#[test]
fn an_explained_term_is_one_hit() {
    let files = index(&sample::site(), Limits::default());
    let kinds: Vec<RecordType> = ask(&files, "指出国、用车").into_iter().map(|hit| hit.kind).collect();
    assert_eq!(kinds, [RecordType::Term]);
}

#[test]
fn a_query_reads_the_files_of_its_n_grams_and_hits_only() {
    let mut site = large_site();
    site.disclosures[7].disclosure.projects[0].name = "雪线路".into();
    let files = index(&site, SMALL);
    let read = std::cell::RefCell::new(Vec::new());
    let load = |path: &str| {
        read.borrow_mut().push(path.to_owned());
        files.get(&format!("search/{path}")).cloned()
    };
    assert_eq!(query(&load, "雪线路", 10).unwrap().hits.len(), 2, "the project and its indicator");
    let read: BTreeSet<String> = read.into_inner().into_iter().collect();
    assert!(files.len() > 150, "{}", files.len());
    assert!(read.len() <= 5, "manifest, two n-grams, one or two document shards: {read:?}");
}

#[test]
fn a_damaged_index_is_an_error_and_no_panic() {
    let files = index(&sample::site(), Limits::default());
    let load = |path: &str| files.get(&format!("search/{path}")).cloned();
    assert_eq!(query(&|_| None, "外网", 10), Err(QueryError::Missing("manifest.json".to_owned())));
    let missing = query(&|path| load(path).filter(|_| !path.starts_with("docs/")), "外网", 10);
    assert!(matches!(missing, Err(QueryError::Missing(path)) if path.starts_with("docs/")));
    let malformed = query(&|path| load(path).map(|bytes| bytes[..bytes.len() / 2].to_vec()), "外网", 10);
    assert!(matches!(malformed, Err(QueryError::Malformed(..))));
    let other = String::from_utf8(load("manifest.json").unwrap()).unwrap().replace("\"version\":5", "\"version\":9");
    assert_eq!(query(&|_| Some(other.clone().into_bytes()), "外网", 10), Err(QueryError::Version(9)));
    let emptied = regex::Regex::new(r#""(slug|name|first|type|year|kind|range|parent|from)":\[[^\]]*\]"#).unwrap();
    let hollow =
        emptied.replace_all(std::str::from_utf8(&load("manifest.json").unwrap()).unwrap(), "\"$1\":[]").into_owned();
    let _ =
        query(&|path| if path == "manifest.json" { Some(hollow.clone().into_bytes()) } else { load(path) }, "外网", 10);
}

#[test]
fn one_thread_writes_the_same_index_as_many() {
    let site = large_site();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(pool.install(|| index(&site, SMALL)), index(&site, SMALL));
}

/// How many of a hundred shards of a folder have the name that they had before.
fn kept(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>, folder: &str) -> usize {
    let shards: Vec<&String> = before.keys().filter(|path| path.contains(folder)).collect();
    100 * shards.iter().filter(|path| after.contains_key(**path)).count() / shards.len()
}

#[test]
fn a_change_of_one_document_leaves_most_shards_as_they_were() {
    let mut site = large_site();
    let limits = Limits { docs: 1_500, grams: 400, ..Limits::default() };
    let before = index(&site, limits);
    let disclosure = &mut site.disclosures[20].disclosure;
    disclosure.projects[0].total = Some(sample::amount("4711.08", 42, 4));
    disclosure.blocks.last_mut().unwrap().text.push_str("另有说明。");
    let after = index(&site, limits);
    let (docs, grams) = (kept(&before, &after, "/docs/"), kept(&before, &after, "/grams/"));
    assert!((50..100).contains(&docs) && (50..100).contains(&grams), "{docs} {grams}");
    assert_eq!(kept(&before, &index(&large_site(), limits), "search/"), 100);
}

#[test]
fn a_segment_that_is_kept_changes_no_byte_whatever_changes_beside_it() {
    let mut site = large_site();
    let store = Remembered::default();
    let recalled = |site: &Site| {
        let before = store.recalled.load(Ordering::Relaxed);
        assert!(index_with(Some(&store), site, SMALL) == index(site, SMALL));
        store.recalled.load(Ordering::Relaxed) - before
    };
    assert_eq!(recalled(&site), 0);
    let all = store.kept.lock().unwrap().len();
    assert!(all > 4, "{all} segments have shards for themselves");
    assert_eq!(recalled(&site), all);
    site.disclosures[20].disclosure.projects[0].total = Some(sample::amount("4711.08", 42, 4));
    let others = recalled(&site);
    assert!((all / 2..all).contains(&others), "{others} of {all}");
    // One department more: all pages have other numbers.
    site.departments
        .push(Department { slug: "more".to_owned(), name: "另一局".to_owned(), ..Department::default() });
    assert!(recalled(&site) >= all - 1);
    // A region more above the others: what the shards say of regions changes.
    let region = site.departments.iter_mut().filter_map(|department| department.region_node.as_mut());
    region.for_each(|region| *region = 1 - *region);
    assert!(recalled(&site) < all / 2);
}

#[test]
fn every_shard_is_named_in_the_manifest_and_no_other_is_there() {
    let files = index(&large_site(), SMALL);
    let manifest: Manifest = serde_json::from_slice(&files["search/manifest.json"]).unwrap();
    let named = |folder: &str, files: &Files| {
        let path = |shard| format!("search/{folder}/{}.json", files.name(shard).unwrap());
        (0..files.count).map(path).collect::<BTreeSet<String>>()
    };
    let mut named: BTreeSet<String> = &named("docs", &manifest.docs) | &named("grams", &manifest.grams.files);
    named.extend(["search/manifest.json".to_owned(), "search/fallback.js".to_owned()]);
    assert_eq!(files.into_keys().collect::<BTreeSet<String>>(), named);
}

#[test]
fn a_site_without_disclosures_has_an_index() {
    let output = MemoryOutput::default();
    write(&Site::default(), &output);
    assert_eq!(ask(&output.into_files(), "外网"), []);
}

#[test]
fn the_fallback_is_a_script_with_departments_and_projects() {
    let files = index(&sample::site(), Limits::default());
    let script = std::str::from_utf8(&files["search/fallback.js"]).unwrap();
    let json = script.strip_prefix("window.BUDGETSITE_SEARCH = ").unwrap().strip_suffix(";\n").unwrap();
    let fallback: serde_json::Value = serde_json::from_str(json).unwrap();
    let names: Vec<&str> =
        fallback["records"]["name"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert!(names.contains(&"甲县文旅局") && names.contains(&"电子政务外网线路租赁") && names.contains(&"行政运行"));
    assert_eq!(fallback["complete"], true);
}
