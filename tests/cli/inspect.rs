//! `inspect FILE`: what each table was taken for, what its columns mean, what was repaired and what has no place.

use serde_json::Value;

use crate::support::TestSite;

/// The total of the second item lost its last digit, and an amount stands behind all columns.
const DOCUMENT: &str = "甲县统计局2025年部门预算\n\n部门支出总表\n单位：万元\n\
科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t68.43\t20.00\t48.43\n2010501\t行政运行\t20.00\t20.00\t\t\n\
2010502\t一般行政管理事务\t48. 4\t\t48.43\t7.77\n\n\
“三公”经费支出表\n单位：元\n合计\t因公出国（境）费\t公务接待费\n5,000.00\t2,000.00\t3,000.00\n";

fn site() -> TestSite {
    TestSite::new(&[("site.toml", b""), ("content/2025-budget.txt", DOCUMENT.as_bytes())])
}

#[test]
fn people_see_kinds_columns_repairs_and_what_has_no_place() {
    let ended = site().run(&["inspect", "content/2025-budget.txt"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    for told in [
        "甲县统计局",
        "部门支出总表",
        "expenditure",
        "basic@all",
        "project@all",
        "three_public",
        "“48. 4” → 48.43",
        "7.77",
    ] {
        assert!(ended.stdout.contains(told), "{told} is not told:\n{}", ended.stdout);
    }
}

#[test]
fn programs_see_the_same_as_json() {
    let ended = site().run(&["inspect", "content/2025-budget.txt", "--format", "json"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let told: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((&told["organization"], &told["year"]), (&"甲县统计局".into(), &2025.into()));
    let statements = told["statements"].as_array().unwrap();
    let words = |key: &str| statements.iter().map(|one| one[key].as_str().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(words("kind"), ["expenditure", "three_public"]);
    assert_eq!(words("unit"), ["万元", "元"]);
    let measures: Vec<&str> =
        statements[0]["columns"].as_array().unwrap().iter().filter_map(|column| column["measure"].as_str()).collect();
    assert!(["total@all", "basic@all", "project@all"].iter().all(|one| measures.contains(one)), "{measures:?}");
    let cells: Vec<(&str, u64)> = statements[0]["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| (cell["kind"].as_str().unwrap_or_default(), cell["line"].as_u64().unwrap_or_default()))
        .collect();
    assert_eq!(cells, [("repaired", 8), ("unplaced", 8)]);
    assert_eq!((&statements[0]["amounts"], &statements[0]["placed"]), (&8.into(), &7.into()));
}

#[test]
fn one_table_is_shown_by_a_line_of_it() {
    let ended = site().run(&["inspect", "content/2025-budget.txt", "--line", "12", "--rows"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stdout.contains("three_public") && !ended.stdout.contains("部门支出总表"), "{}", ended.stdout);
}
