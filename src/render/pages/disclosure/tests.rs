use std::collections::{BTreeMap, BTreeSet};

use crate::config::SiteConfig;
use crate::model::{
    Block, BlockKind, Change, Comparison, Disclosure, DisclosureLedger, Indicator, IndicatorKind, LedgerCounts,
    LedgerEntry, Mention, Origin, Outcome, Phase, Place, ProcurementItem, Project, Side, StatementState, Term,
    ThreePublic,
};
use crate::output::MemoryOutput;
use crate::render::samples::{amount, disclosure, finding};
use crate::render::{Theme, render};

const EVIL: &str = "\"><script>alert('1')</script><b onx=\u{202e}\u{0}&amp;";

fn place(line: u32) -> Place {
    Place { file: 0, line, cell: 0 }
}

/// A disclosure in which every text is `text`.
fn filled(text: &str) -> (Disclosure, DisclosureLedger) {
    let mut filled =
        disclosure("项目 label|合计|备注 text", &["甲|1.00|注", "乙|2.00~2. 0|注", "丙|?3.00|", "#total 合计|=3.00|"]);
    let statement = &mut filled.statements[0];
    statement.title = text.to_owned();
    statement.notes = vec![(5, text.to_owned())];
    statement.rows[0].cells[0].text = text.into();
    statement.rows[1].cells[2].text = text.into();
    statement.columns[1].path = vec![text.into(), text.into()];
    let mut empty = statement.clone();
    empty.state = StatementState::DeclaredEmpty { sentence: text.to_owned(), line: 4 };
    empty.rows.clear();
    (empty.amounts, empty.placed) = (0, 0);
    filled.statements.push(empty);
    let printed = |line| Some(amount("1.00", Origin::Printed, place(line)));
    filled.figures.income_total = printed(2);
    filled.figures.project =
        Some(amount("2.00", Origin::Repaired { from: text.into(), proof: text.to_owned() }, place(3)));
    let mut three_public = ThreePublic::new(2024, Phase::InitialBudget);
    three_public.reception = printed(2);
    filled.three_public = vec![three_public];
    filled.changes = vec![Change {
        subject: text.to_owned(),
        fact: None,
        comparison: Comparison::PriorYear,
        base_year: Some(2023),
        difference: printed(3),
        rate: Some("-12.5".parse().expect("a number")),
        reason: Some(text.to_owned()),
        place: place(3),
    }];
    let indicator = Indicator { kind: IndicatorKind::Output, name: text.into(), target: text.into(), place: place(2) };
    filled.projects = vec![Project {
        code: text.into(),
        name: text.into(),
        category: text.into(),
        unit: text.into(),
        total: printed(2),
        funding: vec![("general_public".into(), true, amount("1.00", Origin::Printed, place(2)))],
        indicators: vec![indicator],
        place: place(2),
    }];
    filled.procurement = vec![ProcurementItem {
        function: "".into(),
        unit: text.into(),
        name: text.into(),
        catalogue: text.into(),
        specification: text.into(),
        quantity: text.into(),
        amount: None,
        place: place(2),
    }];
    filled.terms = vec![Term { name: text.into(), explanation: text.to_owned(), place: place(3) }];
    let block = |kind, line| Block { kind, file: 0, lines: (line, line), text: text.to_owned(), mentions: Vec::new() };
    filled.blocks =
        vec![block(BlockKind::Heading(1), 1), block(BlockKind::Paragraph, 3), block(BlockKind::Statement(0), 4)];
    filled.blocks[0].mentions = vec![Mention { range: (0, 1), fact: 0 }];
    filled.identity.source_url = Some(format!("javascript:{text}"));
    filled.identity.published = Some(text.into());
    (filled, ledger(text))
}

fn ledger(text: &str) -> DisclosureLedger {
    let mut evil = finding("W-1", &[Place { file: 0, line: 3, cell: 2 }, Place { file: 0, line: 2, cell: 2 }]);
    evil.message = text.to_owned();
    evil.expected = text.to_owned();
    evil.printed = text.to_owned();
    evil.difference = text.to_owned();
    evil.waived = Some(text.to_owned());
    let side = |line| Side { label: text.to_owned(), value: None, places: vec![Place { file: 0, line, cell: 2 }] };
    let entry = LedgerEntry {
        rule: "W-1".into(),
        outcome: Outcome::Fail,
        left: side(3),
        right: side(2),
        tolerance: "100".parse().expect("a number"),
        subject: text.to_owned(),
    };
    let counts = LedgerCounts { pass: 3, fail: 1, ..LedgerCounts::default() };
    DisclosureLedger { entries: vec![entry], findings: vec![evil], counts, ..DisclosureLedger::default() }
}

/// The files of a site with one such disclosure.
fn site(text: &str) -> BTreeMap<String, String> {
    let config = SiteConfig::default();
    let theme = Theme::load(None).expect("the built-in theme is whole");
    let site = crate::assemble::assemble(&config, vec![filled(text)]);
    let output = MemoryOutput::default();
    let problems = render(&config, &theme, &site, &output);
    assert!(problems.is_empty(), "{problems:?}");
    // A workbook is no text; the same words stand in the JSON file beside it.
    let text = |path: &str, bytes| {
        if path.ends_with(".xlsx") { String::new() } else { String::from_utf8(bytes).expect("pages are UTF-8") }
    };
    output.into_files().into_iter().map(|(path, bytes)| (path.clone(), text(&path, bytes))).collect()
}

/// The pages of disclosures, sources and checks.
fn own_pages(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, &String)> {
    files
        .iter()
        .filter(|(path, _)| path.ends_with(".html") && (path.contains("2024-budget/") || path.starts_with("checks/")))
}

/// The values of an attribute.
fn values<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn hostile_text_changes_no_markup_on_any_page() {
    let tags = |files: &BTreeMap<String, String>| {
        let count = |html: &String| (html.matches('<').count(), html.matches('>').count());
        own_pages(files).map(|(path, html)| (path.clone(), count(html))).collect::<Vec<_>>()
    };
    let (evil, plain) = (site(EVIL), site("某"));
    assert_eq!(tags(&evil), tags(&plain));
    for (path, html) in own_pages(&evil) {
        assert!(!html.contains("<script>alert") && !html.contains('\u{202e}') && !html.contains('\0'), "{path}");
        assert!(!html.contains("javascript:"), "{path}");
    }
}

#[test]
fn links_lead_to_files_and_ids_that_exist() {
    let files = site("某");
    let ids: BTreeMap<&String, BTreeSet<&str>> =
        own_pages(&files).map(|(path, html)| (path, values(html, "id").into_iter().collect())).collect();
    let mut checked = 0;
    for (path, html) in own_pages(&files) {
        assert_eq!(values(html, "id").len(), ids[path].len(), "an id twice in {path}");
        for href in values(html, "href") {
            let (target, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = resolve(path, target);
            if let Some(ids) = ids.get(&target).filter(|_| !anchor.is_empty()) {
                assert!(ids.contains(anchor), "{path}: {href}");
                checked += 1;
            } else if target.contains("2024-budget/") {
                assert!(files.contains_key(&target), "{path}: {href}");
            }
        }
    }
    assert!(checked > 40, "{checked}");
}

fn resolve(page: &str, href: &str) -> String {
    if href.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn absent_and_present_things_are_told_apart() {
    let files = site("某");
    let page = &files["departments/mouju/2024-budget/index.html"];
    for expected in [
        "报表 2/2",
        "✓ 3",
        "✗ 1",
        "金额4个，归位3个，<b>未归位1个</b>",
        "声明为空",
        "较上年（2023年）增加",
        "下降12.5%",
        "上年结转的一般公共预算",
        "statements/1-expenditure.csv",
        "共有4个数字",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!files.contains_key("departments/mouju/2024-budget/statements/2-expenditure.csv"));
    let rule = &files["checks/w-1/index.html"];
    assert!(rule.contains("容差：100元") && rule.contains("已有说明"), "{rule}");
}
