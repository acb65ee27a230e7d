//! The files of the contract, read back as other people's programs would read them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{dictionary, sample, write};
use crate::config::SiteConfig;
use crate::output::MemoryOutput;

fn files(config: &SiteConfig) -> BTreeMap<String, Vec<u8>> {
    let output = MemoryOutput::default();
    write(config, &sample::site(), &output);
    output.into_files()
}

fn json(path: &str) -> Value {
    serde_json::from_slice(&files(&SiteConfig::default())[path]).unwrap()
}

fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = &files(&SiteConfig::default())[path];
    csv::Reader::from_reader(&bytes[..]).deserialize().map(Result::unwrap).collect()
}

#[test]
fn disclosures_hold_the_fields_of_the_contract() {
    let disclosures = json("data/disclosures.json");
    let first = &disclosures[0];
    for (pointer, want) in [
        ("/id", "jiaxian-daju/2025-budget"),
        ("/source", "甲县/a.md"),
        ("/sources/1", "甲县/b.md"),
        ("/organization", "甲县大数据局"),
        ("/region/province", "乙省"),
        ("/region/district", "甲县"),
        ("/kind", "budget"),
        ("/level", "部门"),
        ("/published", "2025-02-25"),
        ("/url", "departments/jiaxian-daju/2025-budget/"),
        ("/figures/income_total/yuan", "30207800.00"),
        ("/figures/income_total/printed", "3,020.78"),
        ("/figures/income_total/unit", "万元"),
        ("/figures/income_total/origin", "printed"),
        ("/functions/0/code", "2012901"),
        ("/functions/0/level", "项"),
        ("/functions/0/total/yuan", "7491700.00"),
        ("/three_public/0/phase", "budget"),
        ("/three_public/0/stage", "budget.initial"),
        ("/three_public/0/abroad/yuan", "0.00"),
        ("/three_public/1/total/origin", "derived"),
        ("/three_public/1/total/grounds", "本年数 − 增加额"),
        ("/statements/0/kind", "general_expenditure"),
        ("/statements/0/state", "read"),
    ] {
        assert_eq!(first.pointer(pointer).and_then(Value::as_str), Some(want), "{pointer}");
    }
    for (pointer, want) in [
        ("/year", 2025),
        ("/figures/income_total/line", 12),
        ("/statements/0/lines/1", 24),
        ("/statements/0/amounts", 10),
        ("/statements/0/placed", 9),
        ("/ledger/pass", 3),
        ("/ledger/not_applicable", 2),
    ] {
        assert_eq!(first.pointer(pointer).and_then(Value::as_u64), Some(want), "{pointer}");
    }
    for pointer in ["/figures/basic", "/functions/0/basic", "/three_public/0/reception", "/figures/income_total/file"] {
        assert_eq!(first.pointer(pointer), None, "{pointer} is absent, not null");
    }
    assert_eq!(disclosures[1].pointer("/statements/1/state").and_then(Value::as_str), Some("unreadable"));
    assert_eq!(disclosures[1].pointer("/three_public/0/phase").and_then(Value::as_str), Some("final"));
}

#[test]
fn json_lists_have_one_record_per_line() {
    let files = files(&SiteConfig::default());
    let text = String::from_utf8(files["data/disclosures.json"].clone()).unwrap();
    assert_eq!(text.lines().count(), 4);
    let output = MemoryOutput::default();
    write(&SiteConfig::default(), &crate::assemble::Site::default(), &output);
    let empty = output.into_files();
    assert_eq!(serde_json::from_slice::<Value>(&empty["data/findings.json"]).unwrap(), Value::Array(Vec::new()));
    assert_eq!(csv::Reader::from_reader(&empty["data/facts.csv"][..]).records().count(), 0);
}

#[test]
fn facts_have_exactly_the_columns_of_the_contract() {
    let files = files(&SiteConfig::default());
    let text = String::from_utf8(files["data/facts.csv"].clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "disclosure,statement,subject_kind,code,label,level,parent,nature,fund,phase,year,yuan,printed,unit,origin,line,cell,file"
    );
    assert_eq!(
        lines[1],
        "jiaxian-daju/2025-budget,general_expenditure,function,2012901,行政运行,3,201,total,general_public,budget.initial,2025,7491700.00,749.17,万元,repaired,22,4,1"
    );
    assert!(lines[3].contains(",-15000.00,-1.50,"), "a negative amount stays a number: {}", lines[3]);
}

#[test]
fn rows_of_tables_say_what_the_model_says() {
    type Cells<'a> = &'a [(&'a str, &'a str)];
    let cases: [(&str, usize, Cells<'_>); 12] = [
        (
            "data/projects.csv",
            0,
            &[
                ("project", "1"),
                ("cell", "4"),
                ("code", "410303220000000012345"),
                ("yuan", "4000000.00"),
                ("line", "42"),
            ],
        ),
        ("data/projects.csv", 1, &[("name", "'=HYPERLINK(\"http://x\")"), ("yuan", "0.00")]),
        (
            "data/project-funding.csv",
            0,
            &[("project", "1"), ("fund", "general_public"), ("carried_over", "false"), ("cell", "5")],
        ),
        ("data/indicators.csv", 1, &[("project", "2"), ("group", "产出指标"), ("target", "≥120条")]),
        (
            "data/three-public.csv",
            1,
            &[("part", "abroad"), ("yuan", "0.00"), ("state", "stated"), ("amount_year", "2025")],
        ),
        ("data/three-public.csv", 2, &[("part", "vehicles"), ("yuan", ""), ("state", "missing"), ("line", "")]),
        ("data/three-public.csv", 12, &[("year", "2024"), ("phase", "final"), ("yuan", ""), ("state", "unreadable")]),
        (
            "data/procurement.csv",
            0,
            &[("name", "台式计算机"), ("printed", "6.5"), ("yuan", "65000.00"), ("quantity", "12台")],
        ),
        ("data/units.csv", 0, &[("code", "113001"), ("yuan", "")]),
        (
            "data/changes.csv",
            0,
            &[("yuan", "-11700.00"), ("rate", "-27.46"), ("reason", "厉行节约"), ("comparison", "prior_year")],
        ),
        (
            "data/checks.csv",
            0,
            &[("outcome", "fail"), ("left_value", "30207800"), ("right_value", "30207700"), ("right_lines", "18")],
        ),
        (
            "data/repairs.csv",
            0,
            &[("from", "749. 1"), ("grounds", "基本支出 + 项目支出 = 749.17"), ("source", "甲县/a.md")],
        ),
    ];
    for (path, index, wanted) in cases {
        let row = &rows(path)[index];
        for (column, want) in wanted {
            assert_eq!(row.get(*column).map(String::as_str), Some(*want), "{path} {index} {column}");
        }
    }
    assert_eq!(rows("data/repairs.csv").len(), 1);
    assert_eq!(rows("data/terms.csv")[0]["term"], "“三公”经费");
}

#[test]
fn findings_name_their_lines_and_files() {
    let finding = &json("data/findings.json")[0];
    assert_eq!(finding["lines"], serde_json::json!([12, 18]));
    assert_eq!(finding["places"][1], serde_json::json!({ "source": "甲县/b.md", "line": 18, "cell": 3 }));
    assert_eq!((&finding["severity"], &finding["class"]), (&"error".into(), &"source".into()));
    assert_eq!(finding["waived"], Value::Null);
}

#[test]
fn the_package_describes_every_file_and_column() {
    let files = files(&SiteConfig::default());
    let package = json("data/datapackage.json");
    for resource in package["resources"].as_array().unwrap() {
        let path = format!("data/{}", resource["path"].as_str().unwrap());
        assert_eq!(resource["bytes"].as_u64().unwrap() as usize, files[&path].len(), "{path}");
        let described: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        let written: Vec<String> = if path.ends_with(".csv") {
            csv::Reader::from_reader(&files[&path][..]).headers().unwrap().iter().map(str::to_owned).collect()
        } else {
            json(&path)[0].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(described, written, "{path}");
    }
    let documented: BTreeSet<String> = dictionary("zh-CN").iter().map(|file| file.path.to_owned()).collect();
    let written: BTreeSet<String> = files.keys().filter(|path| path.starts_with("data/")).cloned().collect();
    let own = ["data/datapackage.json", "data/disclosures.schema.json"].map(str::to_owned);
    assert_eq!(written, documented.into_iter().chain(own).collect());
}

#[test]
fn words_of_the_data_are_those_of_the_dictionary() {
    for file in dictionary("zh-CN").iter().filter(|file| file.path.ends_with(".csv")) {
        for row in rows(file.path) {
            for field in file.fields.iter().filter(|field| !field.words.is_empty()) {
                let value = row[field.name].as_str();
                assert!(value.is_empty() || field.words.contains(&value), "{} {}: {value}", file.path, field.name);
            }
        }
    }
}

#[test]
fn the_sitemap_needs_an_address() {
    let without = files(&SiteConfig::default());
    assert!(!without.contains_key("sitemap.xml"));
    assert!(!String::from_utf8_lossy(&without["robots.txt"]).contains("Sitemap"));
    let config = SiteConfig { base_url: "https://example.org/a&b/".to_owned(), ..SiteConfig::default() };
    let with = files(&config);
    let sitemap = String::from_utf8_lossy(&with["sitemap.xml"]);
    for line in [
        "<loc>https://example.org/a&amp;b/</loc>",
        "<loc>https://example.org/a&amp;b/departments/jiaxian-daju/2025-budget/</loc><lastmod>2025-02-25</lastmod>",
        "<loc>https://example.org/a&amp;b/regions/yisheng-jiaxian/</loc>",
    ] {
        assert!(sitemap.contains(line), "{line}");
    }
    assert!(String::from_utf8_lossy(&with["robots.txt"]).contains("Sitemap: https://example.org/a&b/sitemap.xml"));
}

#[test]
fn one_thread_writes_the_same_bytes_as_many() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let alone = pool.install(|| files(&SiteConfig::default()));
    assert_eq!(alone, files(&SiteConfig::default()));
}
