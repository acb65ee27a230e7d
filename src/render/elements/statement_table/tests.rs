use proptest::prelude::*;

use super::write;
use crate::model::{Disclosure, Place, StatementState, Subject, SubjectKind};
use crate::render::samples::{disclosure, finding, words};
use crate::render::wording::places::Places;

fn html(disclosure: &Disclosure) -> String {
    let findings = [finding("W-1", &[Place { file: 0, line: 3, cell: 2 }])];
    let places = Places::new(disclosure, &findings);
    let mut buffer = String::new();
    write(&mut buffer, &words(), disclosure, &findings, &places, 0);
    buffer
}

/// The rows of a table must read exactly so.
fn check(columns: &str, rows: &[&str], expected: &[&str]) {
    let html = html(&disclosure(columns, rows));
    let rows: Vec<&str> = html.lines().filter(|line| line.starts_with("<tr id=")).collect();
    assert_eq!(rows, expected, "{html}");
}

#[test]
fn plain_cells_have_no_classes_and_lead_to_their_line() {
    check(
        "项目 label|金额|备注 text",
        &["办公费|1,234.50|见表", "差旅费|0.00", "会议费||"],
        &[
            r##"<tr id="s1-r1"><th scope="row">办公费<td><a href="source/index.html#L2">1,234.50</a><td class="t">见表"##,
            r##"<tr id="s1-r2"><th scope="row">差旅费<td><a class="f" href="#f1" title="合计与各行之和相差1.00万元。">核1</a><a href="source/index.html#L3">0.00</a><td>"##,
            r#"<tr id="s1-r3"><th scope="row">会议费<td><td>"#,
        ],
    );
}

#[test]
fn totals_are_marked_and_an_unnamed_total_is_named() {
    check(
        "项目 label|金额",
        &["#total 合计|1.00", "#total |1", "#sub 小计|1.00"],
        &[
            r##"<tr id="s1-r1" class="sum"><th scope="row">合计<td><a href="source/index.html#L2">1.00</a>"##,
            r##"<tr id="s1-r2" class="sum"><th scope="row"><i title="原表此行没有名称">（合计）</i><td><a class="f" href="#f1" title="合计与各行之和相差1.00万元。">核1</a><a href="source/index.html#L3">1</a>"##,
            r##"<tr id="s1-r3" class="sub"><th scope="row">小计<td><a href="source/index.html#L4">1.00</a>"##,
        ],
    );
}

#[test]
fn lanes_have_names_of_their_own() {
    check(
        "收入/项目 label|收入/金额|支出/项目 label 1|支出/金额 amount 1",
        &["事业收入|1.00|国防|", "||外交|", "||教育|2.00"],
        &[
            r##"<tr id="s1-r1"><th scope="row">事业收入<td><a href="source/index.html#L2">1.00</a><th scope="row" class="l">国防<td>"##,
            r##"<tr id="s1-r2"><td><td><a class="f" href="#f1" title="合计与各行之和相差1.00万元。">核1</a><th scope="row" class="l">外交<td>"##,
            r##"<tr id="s1-r3"><td><td><th scope="row" class="l">教育<td><a href="source/index.html#L4">2.00</a>"##,
        ],
    );
}

#[test]
fn lanes_of_different_roles_are_marked_by_cell() {
    let mut disclosure = disclosure("项目 label|金额|项目 label 1|金额 amount 1", &["本年收入|1.00|教育|2.00"]);
    disclosure.statements[0].rows[0].roles[0] = crate::model::RowRole::Total;
    let html = html(&disclosure);
    assert!(html.contains(r#"<tr id="s1-r1"><th scope="row" class="sum">本年收入<td class="sum">"#), "{html}");
    assert!(html.contains(r#"<th scope="row" class="l">教育<td><a"#), "{html}");
}

#[test]
fn repaired_derived_and_unplaced_cells_lead_to_their_notes() {
    let html = html(&disclosure("项目 label|合计|基本", &["办公费|48.43~48. 4|=1.00", "差旅费||?7.1"]));
    for expected in [
        r##"<td class="r"><a class="m" id="s1-m1" href="#s1-n1" title="原文印作「48. 4」，修复为48.43。依据：行合计一致">修1</a><a href="source/index.html#L2">48.43</a>"##,
        r##"<td class="d"><a class="m" id="s1-m2" href="#s1-n2""##,
        r##"<td class="u"><a class="m" id="s1-m3" href="#s1-n3""##,
        r##"<li id="s1-n1"><a href="#s1-m1">修1</a> 办公费 · 合计：原文印作「48. 4」"##,
        r##"<a href="#s1-m2">推2</a> 办公费 · 基本：原文未印，推算为1.00。方法：基本支出 + 项目支出（<a href="source/index.html#L2">原文第2行</a>）"##,
        "差旅费 · 基本：「7.1」未能归入栏目",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
}

#[test]
fn ghosts_and_unreadable_rows_say_what_they_are() {
    let html = html(&disclosure("项目 label|合计", &["#ghost 01|021.23", "#unreadable 甲|1|2|3"]));
    assert!(html.contains(r#"<tr id="s1-r1" class="g"><th scope="row"><a class="m""#), "{html}");
    assert!(html.contains(r#"<tr id="s1-r2" class="x">"#), "{html}");
    assert!(html.contains("重复读取") && html.contains("未能与表头对齐"), "{html}");
}

#[test]
fn cells_beyond_the_frame_are_not_lost() {
    let mut disclosure = disclosure("项目 label|合计", &["#unreadable 甲|1.00"]);
    let mut extra = disclosure.statements[0].rows[0].cells[1].clone();
    extra.text = "9.99".into();
    extra.content = crate::model::CellContent::Unplaced;
    disclosure.statements[0].rows[0].cells.push(extra);
    assert!(html(&disclosure).contains(">9.99</a>"));
}

#[test]
fn rows_are_indented_below_the_highest_level_that_is_printed() {
    let mut disclosure = disclosure(
        "编码 code|名称 label|合计",
        &["201|一般公共服务|1.00", "20103|政府办公|1.00", "2010301|行政运行|1.00"],
    );
    for (row, level) in disclosure.statements[0].rows.iter_mut().zip([1, 2, 3]) {
        row.subjects[0] = Some(Subject {
            kind: SubjectKind::Function,
            code: "".into(),
            label: "".into(),
            level,
            parent: "".into(),
            of_which: false,
        });
    }
    let html = html(&disclosure);
    assert!(html.contains(r#"<td class="c">201<th scope="row">一般"#), "{html}");
    assert!(
        html.contains(r#"<th scope="row" class="i1"><a class="f""#) && html.contains(r#"class="i2">行政运行"#),
        "{html}"
    );
}

#[test]
fn folded_columns_are_listed_with_all_their_heads() {
    let html = html(&disclosure("名 label|合计|来源/甲|来源/乙|丙|丁|戊|己|庚", &["某局|1.00|1.00||||||"]));
    assert!(html.contains("另有6个空列"), "{html}");
    assert!(html.contains("<li>来源 / 乙<li>丙<li>丁"), "{html}");
    assert!(!html.contains(r#"scope="col">丙"#), "{html}");
}

#[test]
fn states_are_told_in_words() {
    let cases = [
        (
            StatementState::DeclaredEmpty { sentence: "无基金，故本表为空。".to_owned(), line: 9 },
            "声明为空</b> 无基金，故本表为空。<a href=\"source/index.html#L9\">",
        ),
        (StatementState::AnnouncedMissing, "目录列出，正文未见"),
        (StatementState::Empty, "没有金额"),
        (StatementState::Unreadable, "未能识别"),
    ];
    for (state, expected) in cases {
        let mut disclosure = disclosure("项目 label|合计", &[]);
        disclosure.statements[0].state = state;
        let html = html(&disclosure);
        assert!(html.contains(expected) && !html.contains("<table"), "{html}");
    }
}

#[test]
fn the_caption_tells_unit_and_lines() {
    let mut disclosure = disclosure("项目 label|合计", &["甲|1"]);
    assert!(html(&disclosure).contains("单位：万元（表上未注明）"));
    disclosure.statements[0].unit.line = Some(1);
    let html = html(&disclosure);
    assert!(
        html.contains(r##"部门支出总表 <small>单位：万元 · <a href="source/index.html#L1">原文第1–2行</a></small>"##),
        "{html}"
    );
    assert!(html.contains(r#"role="region" tabindex="0" aria-labelledby="s1-c""#), "{html}");
}

/// Each tag with how many quotation marks it has; an angle bracket in a text would show as a tag too many.
fn tags(html: &str) -> Vec<(String, usize)> {
    let tags = html.split('<').skip(1).map(|tag| tag.split_once('>').map_or(tag, |(tag, _)| tag));
    let name = |tag: &str| tag.split(' ').next().unwrap_or_default().to_owned();
    tags.map(|tag| (name(tag), tag.matches('"').count())).collect()
}

proptest! {
    /// Whatever stands in a document, the page has exactly the elements that the same table with plain words has.
    #[test]
    fn hostile_text_adds_no_markup(words in proptest::collection::vec("[^|/ #?~=][^|/~]{0,12}", 8)) {
        let shape = |words: &[String]| {
            let columns = format!("{} label|合计|说明 text", words[0].replace(' ', ""));
            let rows = [format!("{}|1.00|{}", words[1], words[2]), format!("{}|?{}|{}", words[3], words[4], words[5])];
            let mut disclosure = disclosure(&columns, &[&rows[0], &rows[1]]);
            disclosure.statements[0].title = words[6].clone();
            disclosure.statements[0].notes = vec![(4, words[7].clone())];
            tags(&html(&disclosure))
        };
        prop_assert_eq!(shape(&words), shape(&vec!["字".to_owned(); 8]));
    }
}
