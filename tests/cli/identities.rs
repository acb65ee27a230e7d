//! Rules that a site adds, and answers that a document gives in its front matter.

use crate::support::TestSite;

const DOCUMENT: &str = "某某市甲局2025年部门预算\n\n部门支出总表\n部门：某某市甲局 单位：万元\n\n\
科目编码\t科目名称\t合计\t基本支出\t项目支出\n\
201\t一般公共服务支出\t30.00\t20.00\t10.00\n20103\t政府办公厅（室）及相关机构事务\t30.00\t20.00\t10.00\n\
2010301\t行政运行\t30.00\t20.00\t10.00\n合计\t\t30.00\t20.00\t10.00\n";

/// Projects may not exceed a quarter of the expenditure: a third does.
const RULE: &str = "[[rule]]\ncode = \"Q-1\"\nname = \"项目支出不超过四分之一\"\nname_en = \"Projects\"\n\
sentence = \"项目支出不大于合计的四分之一。\"\nreason = \"本市的规定。\"\nseverity = \"warning\"\ntolerance = \"exact\"\n\
formula = [\"expenditure(total).project * 4 <= expenditure(total)\"]\n";

#[test]
fn rules_of_the_site_are_checked_explained_and_shown() {
    let site = TestSite::new(&[("site.toml", b"language = \"en\""), ("content/a.txt", DOCUMENT.as_bytes())]);
    assert_eq!(site.run(&["explain", "Q-1"]).code, 2, "nobody knows it yet");
    site.write("identities/ours.toml", RULE.as_bytes());
    let checked = site.run(&["check", "--rule", "q-1", "--strict"]);
    assert!(checked.code == 1 && checked.stdout.contains("warning[Q-1]: Projects"), "{}", checked.stdout);
    let explained = site.run(&["explain", "Q-1"]);
    let told = ["Q-1  Projects\n", "from       identities/ours.toml of this site"];
    assert!(told.iter().all(|told| explained.stdout.contains(told)), "{}", explained.stdout);
    assert_eq!(site.run(&["build"]).code, 0);
    let page = std::fs::read_to_string(site.path("public/checks/q-1/index.html")).unwrap();
    assert!(page.contains("Projects"), "{page}");
}

#[test]
fn findings_stand_under_their_document_and_the_summary_comes_last() {
    let site = TestSite::new(&[("site.toml", b""), ("identities/ours.toml", RULE.as_bytes())]);
    site.write("content/a.txt", DOCUMENT.as_bytes());
    site.write("content/b.txt", DOCUMENT.replace("甲局", "乙局").replace("20.00\t10.00", "28.00\t2.00").as_bytes());
    let in_order = |parts: &[&str]| {
        let said = site.run(&["check", "--rule", "Q-1"]).stdout;
        let mut rest = said.as_str();
        for part in parts {
            let at = rest.find(part).unwrap_or_else(|| panic!("{part} is not behind the others in {said}"));
            rest = &rest[at + part.len()..];
        }
    };
    in_order(&[
        "══ content/a.txt ══\n某某市甲局  2025年部门预算\n核对  一致 ",
        "\n发现  错误 0，警告 1，提示 0\n",
        "\n警告[Q-1]: ",
        "content/a.txt:",
        "应为 30.00，原文为 40.00，相差 10.00",
        "══ 没有发现的公开文件 ══\ncontent/b.txt  某某市乙局  2025年部门预算\n  一致 ",
        "\n读取  2 个文件",
        "\n用时  ",
    ]);
    site.write("site.toml", b"language = \"en\"");
    in_order(&[
        "══ content/a.txt ══\n某某市甲局  budget of 2025\nchecked  equal ",
        "\nwarning[Q-1]: Projects\n",
        "in full: ",
        "advice: expected 30.00, printed 40.00, difference 10.00",
        "══ Documents without findings ══",
        "\nread  2 files",
    ]);
}

#[test]
fn a_wrong_rule_stops_the_build_at_its_place() {
    let site = TestSite::new(&[("site.toml", b""), ("content/a.txt", DOCUMENT.as_bytes())]);
    site.write("identities/ours.toml", RULE.replace("* 4 <=", "* 4 <").as_bytes());
    for command in [["build"].as_slice(), &["check"], &["explain"]] {
        let ended = site.run(command);
        let said = ended.stdout + &ended.stderr;
        assert_eq!(ended.code, 2, "{command:?} {said}");
        assert!(said.contains("identities/ours.toml:9:"), "{said}");
    }
}

#[test]
fn a_document_answers_its_findings_itself() {
    let answered = |until: &str| {
        format!(
            "+++\n[[waivers]]\nrule = \"Q-1\"\nreason = \"今年迁址\"\ndate = 2025-03-01\n{until}\n[[waivers]]\nrule = \"X-4\"\n\
             reason = \"没有这样的发现\"\n+++\n{DOCUMENT}"
        )
    };
    let site = TestSite::new(&[("site.toml", b""), ("identities/ours.toml", RULE.as_bytes())]);
    site.write("content/a.txt", answered("until = 2025-12-31").as_bytes());
    let checked = site.run(&["check", "--rule", "Q-1", "--strict"]);
    assert!(checked.stdout.contains("已说明：今年迁址（2025-03-01，至 2025-12-31）"), "{}", checked.stdout);
    assert!(checked.stdout.contains("警告[waiver-expired]"), "{}", checked.stdout);
    assert!(
        checked.stdout.contains("警告[waiver-unmatched]") && checked.stdout.contains("a.txt:7:"),
        "{}",
        checked.stdout
    );
    let json = site.run(&["check", "--format", "json"]).stdout;
    assert!(json.contains("\"waived\": \"今年迁址（2025-03-01，至 2025-12-31）\""), "{json}");
}
