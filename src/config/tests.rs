//! `site.toml`: what is accepted, and where each mistake is shown.

use super::load::parse;
use super::{ChangeColors, SiteConfig, load};

/// Code and place of each mistake in a text.
fn mistakes(text: &str) -> Vec<String> {
    let said = parse(text).1;
    said.iter()
        .map(|said| {
            let span = said.span.as_ref().unwrap();
            format!("{}:{}+{} {}", span.line, span.column, span.length, said.message)
        })
        .collect()
}

#[test]
fn nothing_and_an_empty_file_are_the_default() {
    assert_eq!(parse(""), (SiteConfig::default(), Vec::new()));
    let folder = tempfile::tempdir().unwrap();
    let (config, said) = load(folder.path());
    assert_eq!(config, SiteConfig::default());
    assert_eq!(said.iter().map(|said| said.code).collect::<Vec<_>>(), ["config-missing"]);
}

#[test]
fn every_key_is_taken() {
    let text = "\u{feff}title = '甲'\ndescription = '乙'\nbase_url = 'https://a.cn/x/'\nlanguage = 'en'\n\
        publisher = { name = 'p', url = 'http://p', contact = 'c' }\ndisplay.change_colors = 'cn'\n\
        [government]\nsite_name = 's'\nsite_domain = 'd'\nsite_id_code = 'bm12345678'\norganizer = 'o'\n\
        icp = 'i'\npolice = 'p'\ncontact = 'c'\n\
        [departments.'某局']\nname = '某某局'\nslug = 'mou-ju'\nformerly = ['旧局']\n\
        [audit]\nseverity = { R1 = 'off' }\n\
        [[audit.waivers]]\nfile = 'a.md'\nrule = 'R1'\nreason = '笔误'\nline = 3\ndate = 2024-05-01\n\
        [build]\nstrict = 'warning'\nminimum_disclosures = 5\n";
    let (config, said) = parse(text);
    assert_eq!(said, []);
    assert_eq!((config.title.as_str(), config.description.as_str(), config.language.as_str()), ("甲", "乙", "en"));
    assert_eq!((config.base_url.as_str(), config.publisher.url.as_str()), ("https://a.cn/x/", "http://p"));
    assert_eq!(config.display.change_colors, ChangeColors::Cn);
    assert_eq!(config.government.unwrap().site_id_code, "bm12345678");
    assert_eq!(config.departments["某局"].formerly, ["旧局"]);
    assert_eq!(config.audit.severity["R1"], "off");
    assert_eq!((config.audit.waivers[0].line, config.audit.waivers[0].date.as_str()), (3, "2024-05-01"));
    assert_eq!((config.build.strict.as_str(), config.build.minimum_disclosures), ("warning", 5));
}

#[test]
fn each_mistake_is_shown_at_its_place() {
    for (text, expected) in [
        ("tilte = '甲'", &["1:1+5 未知的键 `tilte`"][..]),
        ("title = ''", &["1:9+2 `title` 的值“”不可用"]),
        ("title = 1", &["1:9+1 `title` 的值类型不对：这里是整数"]),
        ("base_url = '河南.cn'", &["1:12+7 `base_url` 的值“河南.cn”不可用"]),
        ("language = '../zh'", &["1:12+7 `language` 的值“../zh”不可用"]),
        ("display = 'cn'", &["1:11+4 `display` 的值类型不对：这里是文字"]),
        ("[display]\nchange_colors = 'red'", &["2:17+5 `change_colors` 的值“red”不可用"]),
        ("[publisher]\nnmae = 'x'", &["2:1+4 未知的键 `nmae`"]),
        ("[departments]\n'某局' = '新局'", &["2:8+4 `某局` 的值类型不对：这里是文字"]),
        ("[departments.'某局']\nslug = '某局'", &["2:8+4 `slug` 的值“某局”不可用"]),
        ("[audit.severity]\nR1 = '严重'", &["2:6+4 `R1` 的值“严重”不可用"]),
        ("[audit]\nwaivers = 1", &["2:11+1 `waivers` 的值类型不对：这里是整数"]),
        ("[[audit.waivers]]\nfile = 'a'\nrule = 'R1'", &["1:1+17 缺少 `reason`"]),
        (
            "[build]\nstrict = 'yes'\nminimum_disclosures = -1",
            &["2:10+5 `strict` 的值“yes”不可用", "3:23+2 `minimum_disclosures` 的值 -1 不可用"],
        ),
        ("a = 1\ntitle = \"甲", &["2:11+1 TOML：文字没有结束：缺少半角双引号"]),
    ] {
        assert_eq!(mistakes(text), expected, "{text}");
    }
}

#[test]
fn a_government_site_must_state_who_it_is() {
    let text = "[government]\nsite_name = '甲'\nsite_domain = ''\nsite_id_code = '41'\norganizer = '乙'\nicp = '1'\n";
    let expected = [
        "1:2+10 缺少 `contact`",
        "1:2+10 缺少 `police`",
        "3:15+2 缺少 `site_domain`",
        "4:16+4 `site_id_code` 的值“41”不可用",
    ];
    assert_eq!(mistakes(text), expected);
}
