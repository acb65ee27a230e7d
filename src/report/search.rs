//! The hits of a search: for people, each with its kind, context, amount, text and page; for programs as JSON.

use std::path::Path;

use serde_json::{Value, json};

use super::visible::visible;
use crate::search::{Answer, Hit};

/// So many characters of a text are shown.
const SHOWN: usize = 100;

/// The hits for people.
pub(super) fn plain(query: &str, answer: &Answer, site: &Path) -> String {
    let mut lines = vec![match (answer.hits.len(), answer.counted) {
        (0, _) => format!("没有找到“{}”", visible(query)),
        (shown, true) if shown == answer.total => format!("找到 {shown} 条"),
        (shown, true) => format!("找到 {} 条，列出前 {shown} 条（--limit 可以多列）", answer.total),
        (shown, false) => format!("列出前 {shown} 条，还有更多（--limit 可以多列）"),
    }];
    if !answer.nearest.is_empty() {
        lines.push(format!("相近的名称：{}", visible(&answer.nearest.join("、"))));
    }
    for (hit, number) in answer.hits.iter().zip(1..) {
        lines.push(String::new());
        lines.extend(entry(hit, number, site));
    }
    lines.join("\n")
}

fn entry(hit: &Hit, number: usize, site: &Path) -> Vec<String> {
    let title = [hit.name.as_str(), &hit.code, &hit.amount];
    let year = hit.year.map(|year| format!("{year}年")).unwrap_or_default();
    let context = [hit.kind.label(), &hit.department, &year, &hit.account];
    let text: String = hit.text.chars().take(SHOWN).collect();
    let more = if text.len() < hit.text.len() { "…" } else { "" };
    let mut lines = vec![format!("{number:>3}. {}", joined(&title, "  ")), format!("     {}", joined(&context, " · "))];
    if !text.is_empty() {
        lines.push(format!("     {}{more}", visible(&text)));
    }
    lines.push(format!("     {}", visible(&path(hit, site))));
    lines
}

fn joined(parts: &[&str], between: &str) -> String {
    visible(&parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(between)).into_owned()
}

/// The file of a hit's page, with the anchor.
fn path(hit: &Hit, site: &Path) -> String {
    let (page, anchor) = hit
        .url
        .split_once('#')
        .map_or((hit.url.as_str(), String::new()), |(page, anchor)| (page, format!("#{anchor}")));
    format!("{}{anchor}", site.join(page).join("index.html").display())
}

/// The hits for programs.
pub(super) fn json(query: &str, answer: &Answer, site: &Path) -> String {
    let hits: Vec<Value> = answer.hits.iter().map(|hit| value(hit, site)).collect();
    let report = json!({
        "query": query, "total": answer.total, "counted": answer.counted, "nearest": answer.nearest, "hits": hits,
    });
    format!("{report:#}")
}

fn value(hit: &Hit, site: &Path) -> Value {
    json!({
        "id": hit.id, "type": hit.kind.word(), "tier": hit.tier.word(), "name": hit.name, "code": hit.code,
        "text": hit.text, "amount": hit.amount, "yuan": hit.yuan, "department": hit.department, "year": hit.year,
        "kind": hit.account, "url": hit.url, "path": path(hit, site),
    })
}

#[cfg(test)]
mod tests {
    use super::{json, plain};
    use crate::search::{Answer, Hit, RecordType, Tier};

    fn answer(total: usize, counted: bool) -> Answer {
        let hit = Hit {
            id: 7,
            kind: RecordType::Project,
            tier: Tier::Project,
            name: "外网\u{1b}[31m线路".to_owned(),
            code: String::new(),
            text: "长".repeat(120),
            amount: "400万元".to_owned(),
            yuan: "4000000.00".to_owned(),
            department: "甲县大数据局".to_owned(),
            year: Some(2025),
            account: "预算".to_owned(),
            url: "departments/a/2025-budget/#s3-r1".to_owned(),
        };
        Answer { hits: vec![hit], total, counted, nearest: Vec::new() }
    }

    #[test]
    fn a_hit_tells_what_where_and_how_much_and_cannot_steer_the_terminal() {
        let shown = plain("外网", &answer(1, true), "public".as_ref());
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "找到 1 条");
        assert!(lines[2].starts_with("  1. 外网") && lines[2].ends_with("线路  400万元"), "{}", lines[2]);
        assert_eq!(lines[3], "     项目 · 甲县大数据局 · 2025年 · 预算");
        assert_eq!(lines[4], format!("     {}…", "长".repeat(100)));
        assert_eq!(lines[5], "     public/departments/a/2025-budget/index.html#s3-r1");
        assert!(!shown.contains('\u{1b}'));
    }

    #[test]
    fn the_head_tells_how_many() {
        let head = |answer: &Answer| plain("外\u{7}网", answer, "p".as_ref()).lines().next().unwrap().to_owned();
        assert_eq!(head(&answer(20, true)), "找到 20 条，列出前 1 条（--limit 可以多列）");
        assert_eq!(head(&answer(20, false)), "列出前 1 条，还有更多（--limit 可以多列）");
        let none = Answer { nearest: vec!["甲局".into(), "乙局".into()], ..Answer::default() };
        assert!(head(&none).starts_with("没有找到“外") && !head(&none).contains('\u{7}'));
        assert!(plain("外网", &none, "p".as_ref()).ends_with("相近的名称：甲局、乙局"));
    }

    #[test]
    fn programs_get_all_of_it() {
        let report: serde_json::Value = serde_json::from_str(&json("外网", &answer(1, true), "p".as_ref())).unwrap();
        assert_eq!(report["hits"][0]["type"], "project");
        assert_eq!(report["hits"][0]["path"], "p/departments/a/2025-budget/index.html#s3-r1");
        assert_eq!((&report["total"], &report["counted"]), (&1.into(), &true.into()));
    }
}
