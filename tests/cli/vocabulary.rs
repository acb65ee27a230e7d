//! The words that a site adds: used by the build and by `inspect`, refused with their place when they are wrong.

use crate::support::TestSite;

/// A table whose title and heads are nobody's but this site's.
const DOCUMENT: &str = "某某市甲局2025年部门预算\n\n办公消费明细表\n部门：某某市甲局 单位：万元\n\n\
科目编码\t科目名称\t全部花费\t日常花费\t专办花费\n\
201\t一般公共服务支出\t30.00\t20.00\t10.00\n20103\t政府办公厅（室）及相关机构事务\t30.00\t20.00\t10.00\n\
2010301\t行政运行\t30.00\t20.00\t10.00\n合计\t\t30.00\t20.00\t10.00\n";

const TITLES: &[u8] = "[[statement]]\nkind = \"expenditure\"\nall = [\"办公消费\"]\n".as_bytes();
const HEADS: &[u8] =
    "[[column]]\namount = true\nwords = [\"全部花费\"]\n\n[[column]]\namount = true\nnature = \"basic\"\n\
words = [\"日常花费\"]\n\n[[column]]\namount = true\nnature = \"project\"\nwords = [\"专办花费\"]\n"
        .as_bytes();

#[test]
fn words_of_the_site_are_used() {
    let site = TestSite::new(&[("site.toml", b""), ("content/2025-budget.txt", DOCUMENT.as_bytes())]);
    let expenditure = |site: &TestSite| {
        site.run(&["build"]);
        let data = std::fs::read_to_string(site.path("public/data/disclosures.json")).unwrap();
        data.contains("\"expenditure_total\"")
    };
    assert!(!expenditure(&site), "the built-in words know this table");
    site.write("vocabulary/statements.toml", TITLES);
    site.write("vocabulary/columns.toml", HEADS);
    assert!(expenditure(&site));
    let inspected = site.run(&["inspect", "content/2025-budget.txt", "--format", "json"]);
    assert!(inspected.stdout.contains("\"expenditure\""), "{}", inspected.stdout);
}

#[test]
fn a_wrong_word_stops_the_build_at_its_line() {
    let wrong = b"[[column]]\nwords = [\"a\"]\nrole = \"lable\"\n";
    let site = TestSite::new(&[("site.toml", b""), ("content/a.txt", b"a"), ("vocabulary/columns.toml", wrong)]);
    for command in [["build"].as_slice(), &["inspect", "content/a.txt"]] {
        let ended = site.run(command);
        assert_eq!(ended.code, 2, "{command:?}");
        assert!(ended.stderr.contains("vocabulary/columns.toml:3"), "{}", ended.stderr);
    }
}
