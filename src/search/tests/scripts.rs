//! Other readers of the index against the one in Rust: the script of the search page, and the example of the guide.
//! Where node or python3 is not installed, their tests say so and end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{SMALL, answer, ask, index, large_site, queries, texts};
use crate::search::{Hit, RecordType, normalize};

fn unpack(files: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Runs a program in node with the engine as its first argument and JSON as its input; `None` when node is not
/// installed.
fn node<T: serde::de::DeserializeOwned>(program: &str, folder: &Path, input: &[String]) -> Option<T> {
    let engine = concat!(env!("CARGO_MANIFEST_DIR"), "/static/search-engine.js");
    let mut node = Command::new("node")
        .args(["-e", program, engine])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    node.stdin.take().unwrap().write_all(&serde_json::to_vec(input).unwrap()).unwrap();
    let answer = node.wait_with_output().unwrap();
    Some(serde_json::from_slice(&answer.stdout).expect("the script's answers as JSON"))
}

/// Asks the script of the page; `None` when node is not installed.
fn ask_script(files: &BTreeMap<String, Vec<u8>>, queries: &[String]) -> Option<Vec<(Vec<u32>, Vec<String>)>> {
    let folder = tempfile::tempdir().unwrap();
    unpack(files, folder.path());
    let program = "const fs = require('fs'), [engine, folder] = process.argv.slice(1);\
        const read = async (path) => JSON.parse(fs.readFileSync(`${folder}/search/${path}`, 'utf8'));\
        (async () => { const { search } = require(engine).open(await read('manifest.json'), read), all = [];\
        for (const query of JSON.parse(fs.readFileSync(0, 'utf8'))) {\
        const { hits, total, counted, nearest } = await search(query), ids = hits.map((hit) => hit.id);\
        const first = (await search(query, 10)).hits.map((hit) => hit.id);\
        if (!counted || total !== ids.length || `${first}` !== `${ids.slice(0, 10)}`) throw new Error(`${query} ${first} ${ids}`);\
        all.push([ids, nearest]); } console.log(JSON.stringify(all)); })();";
    node(program, folder.path(), queries)
}

#[test]
fn the_page_folds_the_same() {
    let mut texts: Vec<String> = (0..0x3100)
        .chain(0xfe00..0x1_0010)
        .chain(0x1_f3f0..0x1_f400)
        .filter_map(char::from_u32)
        .map(|c| format!("甲{c}乙"))
        .collect();
    texts.extend(
        ["2023,2024", "1,234,567.00", "1，234", "甲,100", "１，０００", "1,23", "“三公” 经费", "🏛１,000🏛"]
            .map(str::to_owned),
    );
    let program = "const { foldedPlaces } = require(process.argv[1]);\
        console.log(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8')).map((text) => foldedPlaces(text).text)));";
    let Some(folded) = node::<Vec<String>>(program, Path::new("."), &texts) else { return skipped("node") };
    for (text, folded) in texts.iter().zip(folded) {
        assert_eq!(folded, normalize(text), "{text:?}");
    }
}

#[test]
fn the_page_finds_the_same_in_the_same_order() {
    let site = large_site();
    let files = index(&site, SMALL);
    let mut all = queries(&texts(&site));
    all.extend(
        [
            "",
            "“三公”",
            "\"三公 经费\"",
            "\"开着的 引号",
            "——",
            "3,020.78",
            "<script>",
            "2012901 甲县 2025年",
            "网",
            "1",
            "經費",
            "jxdsjj",
            "大数椐局",
            "电孑政务外网",
            "wenlvjv",
            "\"三公\"经费",
        ]
        .map(str::to_owned),
    );
    let Some(answers) = ask_script(&files, &all) else {
        return skipped("node");
    };
    assert_eq!(answers.len(), all.len());
    for (text, (ids, nearest)) in all.iter().zip(answers) {
        let want = answer(&files, text, usize::MAX);
        assert_eq!(ids, want.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), "{text:?}");
        assert_eq!(nearest, want.nearest, "{text:?}");
    }
}

/// The page reads few files for a first answer; who searches on comes to what the command finds at once.
#[test]
fn the_page_reads_few_files_until_a_reader_searches_on() {
    let site = large_site();
    let files = index(&site, SMALL);
    let folder = tempfile::tempdir().unwrap();
    unpack(&files, folder.path());
    let program = "const fs = require('fs'), [engine, folder] = process.argv.slice(1);\
        let read = new Set();\
        const load = async (path) => { read.add(path); return JSON.parse(fs.readFileSync(`${folder}/search/${path}`, 'utf8')); };\
        (async () => { const manifest = await load('manifest.json'), all = [];\
        for (const query of JSON.parse(fs.readFileSync(0, 'utf8'))) {\
        read = new Set(); const { search } = require(engine).open(manifest, load), rounds = [];\
        for (let most = 5; !rounds.length || !rounds.at(-1)[1] && most < 1e6; most *= 8) {\
        const before = read.size, { hits, counted } = await search(query, Infinity, {}, most);\
        rounds.push([hits.map(({ id }) => id), counted, read.size - before]); }\
        all.push(rounds); } console.log(JSON.stringify(all)); })();";
    let mut all = queries(&texts(&site));
    all.extend(
        ["外网 2024 预算", "没有这样的名称", "经费 2025 决算 平台 项目", "甲县 乙县 经费 外网 三公 2024"]
            .map(str::to_owned),
    );
    let Some(answers) = node::<Vec<Vec<(Vec<u32>, bool, usize)>>>(program, folder.path(), &all) else {
        return skipped("node");
    };
    let mut bounded = 0;
    for (text, rounds) in all.iter().zip(answers) {
        let want: Vec<u32> = answer(&files, text, usize::MAX).hits.iter().map(|hit| hit.id).collect();
        assert!(rounds[0].2 <= 5, "{text:?} reads {} files", rounds[0].2);
        assert!(rounds.iter().all(|(ids, ..)| ids.iter().all(|id| want.contains(id))), "{text:?}");
        let (ids, counted, _) = rounds.last().unwrap();
        assert!(*counted && *ids == want, "{text:?}");
        bounded += usize::from(!rounds[0].1);
    }
    assert!(bounded > 20, "only {bounded} queries would read more");
}

#[test]
fn facets_count_what_they_leave() {
    let files = index(&large_site(), SMALL);
    let folder = tempfile::tempdir().unwrap();
    unpack(&files, folder.path());
    let program = "const fs = require('fs'), [engine, folder] = process.argv.slice(1);\
        const read = async (path) => JSON.parse(fs.readFileSync(`${folder}/search/${path}`, 'utf8'));\
        (async () => { const { search, count } = require(engine).open(await read('manifest.json'), read), all = [];\
        const chosen = [{}, { year: '2024' }, { type: 'project', range: '1m' }, { region: 'yisheng-jiaxian', kind: 'budget' }];\
        for (const query of JSON.parse(fs.readFileSync(0, 'utf8'))) for (const wanted of chosen) {\
        const { counts, complete } = await count(query, wanted);\
        for (const [name, values] of Object.entries(counts)) for (const [value, told] of Object.entries(values)) {\
        const { total } = await search(query, Infinity, { ...wanted, [name]: value });\
        if (value) all.push([`${query} ${JSON.stringify({ ...wanted, [name]: value })}`, told, complete ? total : told]);\
        if (told > total) throw new Error(`${query} ${name} ${value}`); } }\
        console.log(JSON.stringify(all)); })();";
    let queries = ["外网", "2012901", "经费", "平台 2024"].map(str::to_owned);
    let Some(told) = node::<Vec<(String, u32, u32)>>(program, folder.path(), &queries) else { return skipped("node") };
    assert!(told.len() > 60, "{}", told.len());
    for (facet, counted, left) in told {
        assert_eq!(counted, left, "{facet}");
    }
}

#[test]
fn the_page_finds_departments_and_projects_without_fetching() {
    let site = large_site();
    let files = index(&site, SMALL);
    let folder = tempfile::tempdir().unwrap();
    unpack(&files, folder.path());
    let program = "const fs = require('fs'), [engine, folder] = process.argv.slice(1); globalThis.window = {};\
        eval(fs.readFileSync(`${folder}/search/fallback.js`, 'utf8'));\
        (async () => { const { search, count } = require(engine).open(window.BUDGETSITE_SEARCH, null), all = [];\
        for (const query of JSON.parse(fs.readFileSync(0, 'utf8'))) { await count(query);\
        all.push((await search(query)).hits.map((hit) => hit.id)); }\
        console.log(JSON.stringify(all)); })();";
    let queries = ["甲县大数据局", "外网", "2012901", "dsjj", "3010"].map(str::to_owned);
    let Some(found) = node::<Vec<Vec<u32>>>(program, folder.path(), &queries) else { return skipped("node") };
    let held = [
        RecordType::Department,
        RecordType::Disclosure,
        RecordType::Project,
        RecordType::Function,
        RecordType::Economic,
    ];
    for (text, ids) in queries.iter().zip(found) {
        let want: Vec<Hit> = ask(&files, text).into_iter().filter(|hit| held.contains(&hit.kind)).collect();
        assert!(!want.is_empty() && ids == want.iter().map(|hit| hit.id).collect::<Vec<_>>(), "{text}");
    }
}

/// The program in docs/search-index.md; `None` when python3 is not installed.
fn ask_example(folder: &Path, text: &str) -> Option<BTreeSet<u32>> {
    let guide = include_str!("../../../docs/search-index.md");
    let program = guide.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let answer =
        Command::new("python3").env("PYTHONUTF8", "1").args(["-c", program]).arg(folder).arg(text).output().ok()?;
    let lines = String::from_utf8(answer.stdout).unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    Some(lines.lines().map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect())
}

#[test]
fn the_example_of_the_guide_works() {
    let files = index(&large_site(), SMALL);
    let folder = tempfile::tempdir().unwrap();
    unpack(&files, folder.path());
    for text in ["外网", "三公", "2012901", "3,020.78", "ＡB", "“三公”經費"] {
        match ask_example(&folder.path().join("search"), text) {
            Some(ids) => assert_eq!(ids, ask(&files, text).into_iter().map(|hit| hit.id).collect(), "{text}"),
            None => return skipped("python3"),
        }
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped(program: &str) {
    eprintln!("skipped: {program} is not installed");
}
