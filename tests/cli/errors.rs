//! What the program says about bad input: the whole text, as a person reads it in the terminal.
//!
//! Each case is a site with one thing wrong, the text that `check` prints, and its exit code.

use crate::support::TestSite;

/// A document that nothing is wrong with.
pub(crate) const GOOD: &str = include_str!("../../src/cli/site/2025-budget.md");

/// Checks a site of one good document and the given files.
fn check(files: &[(&str, &[u8])], code: i32, expected: &str) {
    let good: &[(&str, &[u8])] = &[("content/good.md", GOOD.as_bytes())];
    check_alone(&[good, files].concat(), code, expected);
}

/// Checks a site of the given files.
fn check_alone(files: &[(&str, &[u8])], code: i32, expected: &str) {
    let site = TestSite::new(files);
    if !files.iter().any(|(path, _)| *path == "site.toml") {
        site.write("site.toml", b"");
    }
    let (said, ended) = site.check();
    assert_eq!(said, expected.trim(), "\n{said}\n");
    assert_eq!(ended, code);
}

#[test]
fn an_unknown_key_of_the_configuration_names_the_known_ones() {
    check(
        &[("site.toml", "title = \"样例\"\n\n[display]\nchange_colours = \"cn\"\n".as_bytes())],
        2,
        "
错误[config-unknown-key]: 未知的键 `change_colours`
 --> site.toml:4:1
  |
4 | change_colours = \"cn\"
  | ^^^^^^^^^^^^^^
  |
  = 建议: 是否要写 `change_colors`？可用的键：`change_colors`",
    );
}

#[test]
fn a_bad_value_of_the_configuration_has_its_caret_under_chinese_text() {
    check(
        &[("site.toml", "publisher = { name = \"某某中心\", url = \"某某.中国\" }\n".as_bytes())],
        2,
        "
错误[config-value]: `url` 的值“某某.中国”不可用
 --> site.toml:1:36
  |
1 | publisher = { name = \"某某中心\", url = \"某某.中国\" }
  |                                        ^^^^^^^^^^^
  |
  = 建议: 应为以 http:// 或 https:// 开头的网址，或留空",
    );
}

#[test]
fn a_waiver_without_reason_is_refused() {
    check(
        &[("site.toml", b"[[audit.waivers]]\nfile = \"a.md\"\nrule = \"B1\"\n")],
        2,
        "
错误[config-value]: 缺少 `reason`
 --> site.toml:1:1
  |
1 | [[audit.waivers]]
  | ^^^^^^^^^^^^^^^^^
  |
  = 建议: 写明理由：它会与这项核对结果一起公开",
    );
}

#[test]
fn broken_syntax_of_the_configuration_points_at_the_character() {
    check(
        &[("site.toml", "title = “样例”\n".as_bytes())],
        2,
        "
错误[config-syntax]: TOML：文字要放在半角双引号里
 --> site.toml:1:9
  |
1 | title = “样例”
  |         ^^^^^^
  |
  = 建议: 每行写作 键 = 值：键用英文，等号与引号用半角，文字放在双引号里",
    );
}

#[test]
fn a_mistake_in_front_matter_names_the_known_keys() {
    check_alone(
        &[("content/b.md", GOOD.replacen("published", "publisehd", 1).as_bytes())],
        3,
        "
错误[front-matter-unknown-key]: 未知的键 `publisehd`
 --> content/b.md:3:1
  |
3 | publisehd = \"2025-02-20\"
  | ^^^^^^^^^
  |
  = 建议: 是否要写 `published`？可用的键：`organization`、`region`、`year`、`kind`、`level`、`published`、`approved`、\
         `source_url`、`original`、`slug`、`aliases`、`waivers`",
    );
}

#[test]
fn a_bad_value_in_yaml_front_matter_is_shown_with_tabs_and_chinese_before_it() {
    let text = GOOD.replacen("+++\nregion", "---\norganization: { 名称: 某局 }\n---\n\nregion", 1);
    check_alone(
        &[("content/b.md", text.as_bytes())],
        3,
        "
错误[front-matter-value]: `organization` 的值类型不对：这里是表
 --> content/b.md:2:15
  |
2 | organization: { 名称: 某局 }
  |               ^
  |
  = 建议: 应为文字，要加引号",
    );
}

#[test]
fn gb18030_is_read_and_said() {
    let (text, _, _) = encoding_rs::GB18030.encode(GOOD);
    let site = TestSite::new(&[("site.toml", b""), ("content/a.md", &text)]);
    let (said, code) = site.check();
    let expected = "
提示[read-gb18030]: 文件不是 UTF-8，按 GB18030（GBK）读取
--> content/a.md
 = 建议: 如有乱码，将文件另存为 UTF-8";
    assert_eq!((said.as_str(), code), (expected.trim(), 0));
}

#[test]
fn damaged_text_and_nul_bytes_have_line_and_column() {
    let broken = "第一行的文字\n单位名称\t区财政局X\t12.50\n".replace('X', "\u{1}").into_bytes();
    let damaged: Vec<u8> = broken.iter().map(|byte| if *byte == 1 { 0xff } else { *byte }).collect();
    check(
        &[("content/a.txt", &damaged)],
        3,
        "
错误[read-encoding]: 第 44 字节（0xFF）不能按 UTF-8 解码
 --> content/a.txt:2:10
  |
2 | 单位名称    区财政局�    12.50
  |                     ^
  |
  = 建议: 用编辑器打开文件，另存为 UTF-8",
    );
    let nul: Vec<u8> = broken.iter().map(|byte| if *byte == 1 { 0 } else { *byte }).collect();
    check(
        &[("content/a.txt", &nul)],
        3,
        "
错误[read-nul]: 第 44 字节是空字符（NUL）：这不是文本文件，或文件已损坏
 --> content/a.txt:2:10
  |
2 | 单位名称    区财政局␀    12.50
  |                     ^
  |
  = 建议: 从原件重新导出文字",
    );
}

#[test]
fn an_empty_file_and_utf16_are_told() {
    check(
        &[("content/a.txt", b""), ("content/b.txt", b"\xff\xfe\x2d\x4e")],
        3,
        "
警告[read-empty]: 文件是空的
--> content/a.txt
 = 建议: 补上公开文件的文字与表格，或删除此文件

错误[read-encoding]: 文件的编码是 UTF-16，不能读取
--> content/b.txt
 = 建议: 用编辑器打开文件，另存为 UTF-8",
    );
}

#[test]
fn a_huge_file_and_a_link_loop_are_refused() {
    let site = TestSite::new(&[("site.toml", b""), ("content/a/good.md", GOOD.as_bytes())]);
    std::fs::File::create(site.path("content/huge.txt")).unwrap().set_len(65 * 1024 * 1024).unwrap();
    std::os::unix::fs::symlink(site.path("content"), site.path("content/a/loop")).unwrap();
    std::os::unix::fs::symlink("/etc/hosts", site.path("content/hosts.txt")).unwrap();
    let (said, code) = site.check();
    let expected = "
错误[read-link-loop]: 链接绕回了它自己的上级文件夹，没有跟随
--> content/a/loop
 = 建议: 删除这个链接

错误[read-link-outside]: 链接指向内容文件夹之外，没有读取
--> content/hosts.txt
 = 建议: 把文件复制到内容文件夹里

错误[read-too-large]: 文件超过 64 MiB，没有读取
--> content/huge.txt
 = 建议: 一份公开文件通常只有几十 KB：检查是否放错了文件，或把它拆成几个";
    assert_eq!((said.as_str(), code), (expected.trim(), 3));
}

#[test]
fn control_characters_of_a_document_do_not_reach_the_terminal() {
    let site = TestSite::new(&[("content/\u{1b}[31m.txt", b"a\x1b]0;owned\x07\x00")]);
    let ended = site.run(&["check"]);
    assert!(!ended.stdout.contains(['\u{1b}', '\u{7}', '\0']), "{}", ended.stdout);
    assert!(ended.stdout.contains("content/␛[31m.txt:1:12"), "{}", ended.stdout);
}

#[test]
fn a_missing_content_folder_is_told() {
    let site = TestSite::new(&[("site.toml", b"")]);
    let (said, code) = site.check();
    let expected = "
错误[read-no-content]: 内容文件夹不存在，或不是文件夹
--> content
 = 建议: 建立这个文件夹，用 --content 指明另一个，或用 budgetsite init 新建一个站点";
    assert_eq!((said.as_str(), code), (expected.trim(), 3));
}

#[test]
fn a_document_without_a_disclosure_is_told_and_the_others_are_read() {
    check(
        &[("content/notice.md", "# 会议通知\n\n请各单位报送材料。\n".as_bytes())],
        3,
        "
错误[no-disclosure]: 没有识别出任何法定报表或金额
 --> content/notice.md:1:1
  |
1 | # 会议通知
  | ^^^^^^^^^^
  |
  = 建议: 确认文件是部门预算或决算公开文本；表格须保留为 TAB 分列、Markdown 或 HTML 表格

警告[unknown-kind]: 未能识别是预算还是决算
 --> content/notice.md:1:1
  |
1 | # 会议通知
  | ^^^^^^^^^^
  |
  = 建议: 在文件开头的前置信息（front matter）中写明 `kind = \"budget\" 或 kind = \"final\"`

警告[unknown-organization]: 未能识别公开主体
 --> content/notice.md:1:1
  |
1 | # 会议通知
  | ^^^^^^^^^^
  |
  = 建议: 在文件开头的前置信息（front matter）中写明 `organization = \"…\"`

警告[unknown-year]: 未能识别财政年度
 --> content/notice.md:1:1
  |
1 | # 会议通知
  | ^^^^^^^^^^
  |
  = 建议: 在文件开头的前置信息（front matter）中写明 `year = 2025`",
    );
}

#[test]
fn two_documents_with_one_address_are_told() {
    check(
        &[("content/second.md", GOOD.replacen("统筹全区", "统筹", 1).as_bytes())],
        0,
        "
警告[disclosure-duplicate]: 同一部门、年度和类型有两份公开文件，都要用同一个网址
--> content/second.md
::: content/good.md
 = 建议: 较旧的一份放在 departments/yangli-jiaqu-zhengwufuwuju/2025-budget-2/；如果不是同一份文件的新旧版本，请在文件头部写明 \
         organization、year、kind 或 slug",
    );
}

#[test]
fn a_wrong_figure_is_shown_with_the_line_it_stands_on() {
    let site = TestSite::new(&[("site.toml", b"")]);
    let wrong = GOOD.replacen("| 合计 | 326.50 | 246.50 | 80.00 |", "| 合计 | 326.50 | 246.50 | 90.00 |", 1);
    site.write("content/a.md", wrong.as_bytes());
    let told = site.run(&["check"]);
    let (said, code) = (told.stdout, told.code);
    let line = "
94 | | | 合计 | 326.50 | 246.50 | 90.00 |
   |            ------   ------   ^^^^^";
    assert!(said.contains("--> content/a.md:94:28\n") && said.contains(line), "{said}");
    assert_eq!(code, 0);
    let only = site.run(&["check", "--rule", "W-E1,X-1", "--strict"]);
    assert_eq!(only.code, 1);
    assert!(only.stdout.contains("[W-E1]") && !only.stdout.contains("[W-E4]"), "{}", only.stdout);
    assert!(only.stdout.contains("发现  错误 1，警告 0，提示 0"), "{}", only.stdout);
    assert_eq!(site.run(&["check", "--rule", "W-B1.1", "--strict"]).code, 0);
    let report = site.run(&["check", "--format", "markdown", "--severity", "error"]).stdout;
    assert!(report.starts_with("# 核对报告\n") && report.contains("`content/a.md:94`"), "{report}");
    let sarif: serde_json::Value =
        serde_json::from_str(&site.run(&["check", "--format", "sarif"]).stdout).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!((sarif["version"].as_str(), place["region"]["startLine"].as_u64()), (Some("2.1.0"), Some(94)));
    assert_eq!(place["artifactLocation"]["uri"], "content/a.md");
    let rule = &sarif["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
    assert_eq!(rule["id"], result["ruleId"]);
    let ledger = site.run(&["explain", "w-e1", "--ledger"]);
    assert!(
        ledger.stdout.contains("公式  this(row).total = ") && ledger.stdout.contains("不一致  合计"),
        "{}",
        ledger.stdout
    );
    assert_eq!(site.run(&["explain", "W-X"]).code, 2);
    assert!(site.run(&["explain"]).stdout.contains("\nX-1 "));
    let strict = site.run(&["check", "--strict"]);
    assert_eq!(strict.code, 1);
    assert!(strict.stdout.contains("错误[build-strict]: 有 4 项 warning 级或更重的核对发现"), "{}", strict.stdout);
    let waiver = "[audit.severity]\nW-E1 = \"off\"\nN-3 = \"off\"\n[[audit.waivers]]\nfile = \"a.md\"\nrule = \"W-E4\"\nreason = \"笔误\"";
    site.write("site.toml", waiver.as_bytes());
    assert_eq!(site.run(&["check", "--strict"]).code, 0);
    assert!(site.run(&["check"]).stdout.contains("已说明：笔误"));
}
