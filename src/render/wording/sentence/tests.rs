//! Sentences on hand-made values, wording and rounding.

use super::{Item, Sentences};
use crate::assemble::samples::{decimal, rich, site};
use crate::assemble::{Site, Sourced};
use crate::model::{Kind, Phase};
use crate::render::wording::figure::Figures;
use crate::render::wording::words::Words;

fn words() -> Words {
    Words::parse("zh-CN.toml", include_str!("../../../../templates/language/zh-CN.toml")).expect("valid")
}

fn sample() -> Site {
    site("", vec![rich("a.txt", "甲乙市档案馆", 2025, Kind::Budget)])
}

fn sourced(printed: &str) -> Sourced {
    Sourced { disclosure: 0, amount: decimal(printed, 7) }
}

fn items(told: &[(&str, &str)]) -> Vec<Item> {
    told.iter().map(|(name, printed)| Item { name: (*name).to_owned(), value: sourced(printed) }).collect()
}

/// Runs a sentence on the sample site and gives its text.
fn text(make: impl Fn(Sentences<'_>, &Site) -> super::Phrase) -> String {
    let (words, site) = (words(), sample());
    let sentences = Sentences { words: &words, figures: Figures::new(&site, &words, "") };
    make(sentences, &site).text()
}

#[test]
fn totals_are_told_with_their_change() {
    let told = text(|sentences, site| {
        let department = &site.departments[0];
        sentences.totals(&department.name, &site.disclosures[0], &department.trend)
    });
    let expected =
        "甲乙市档案馆2025年部门预算收入总计、支出总计均为1,074.61万元，比上年预算增加155.64万元，增长16.9%。";
    assert_eq!(told, expected);
}

#[test]
fn changes_are_worded_by_their_sign_and_base() {
    for (now, before, expected) in [
        ("1074.61", "918.97", "，比上年预算增加155.64万元，增长16.9%"),
        ("714.40", "827.29", "，比上年预算减少112.89万元，下降13.6%"),
        ("5.43", "4.26", "，比上年预算增加1.17万元，增长约27.5%"),
        ("1.50", "1.50", "，与上年预算持平"),
        ("1400.00", "0.00", "，比上年预算增加1,400.00万元（上年为0，无法计算增幅）"),
        ("0.00", "1.83", "，比上年预算减少1.83万元，下降100.0%"),
        ("9101.677535", "11491.20", "，比上年预算减少2,389.52万元，下降20.8%"),
    ] {
        let told = text(|sentences, _| sentences.change(&sourced(now), &sourced(before), Kind::Budget));
        assert_eq!(told, expected, "{before} → {now}");
    }
}

#[test]
fn parts_are_told_with_shares_only_where_they_fit_their_whole() {
    for (whole, parts, expected) in [
        (
            "1074.61",
            &[("基本支出", "833.26"), ("项目支出", "241.35")][..],
            "本年支出1,074.61万元：基本支出833.26万元，占77.5%；项目支出241.35万元，占22.5%。",
        ),
        (
            "3.00",
            &[("甲", "1.00"), ("乙", "2.00"), ("丙", "0.00")],
            "本年支出3.00万元：甲1.00万元，约占33.3%；乙2.00万元，约占66.7%。",
        ),
        ("7.00", &[("甲", "7.00"), ("乙", "0.00")], "本年支出7.00万元，全部为甲。"),
        ("5.00", &[("甲", "5.00"), ("乙", "2.00")], "本年支出5.00万元：甲5.00万元；乙2.00万元。"),
    ] {
        let told = text(|sentences, _| sentences.parts("本年支出", &sourced(whole), &items(parts)));
        assert_eq!(told, expected);
    }
}

#[test]
fn the_three_public_expenses_name_only_parts_that_make_up_the_total() {
    let tell = |total: &str, before: Option<&str>, parts: &[(&str, &str)]| {
        let before = before.map(sourced);
        text(|sentences, _| {
            sentences.three_public(2025, Phase::InitialBudget, &sourced(total), before.as_ref(), &items(parts))
        })
    };
    assert_eq!(
        tell("5.43", Some("4.26"), &[("运行费", "4.60"), ("接待费", "0.83"), ("购置费", "0.00")]),
        "2025年“三公”经费预算5.43万元，比上年预算增加1.17万元，增长约27.5%。其中运行费4.60万元；接待费0.83万元。"
    );
    assert_eq!(tell("20.45", None, &[("运行费", "10.00"), ("购置费", "19.45")]), "2025年“三公”经费预算20.45万元。");
    assert_eq!(tell("0.00", Some("0.00"), &[]), "2025年“三公”经费预算为0，与上年预算持平。");
}

#[test]
fn projects_are_told_without_a_share_of_nothing() {
    let tell = |total: Option<&str>, projects: &[(&str, &str)]| {
        let total = total.map(sourced);
        text(|sentences, _| sentences.projects(projects.len(), total.as_ref(), &items(projects)))
    };
    assert_eq!(
        tell(Some("100.00"), &[("甲", "60.00"), ("乙", "40.00")]),
        "共2个项目，合计100.00万元。金额最大的是“甲”，60.00万元，占60.0%。"
    );
    assert_eq!(tell(Some("0.00"), &[("甲", "60.00")]), "共1个项目，金额最大的是“甲”，60.00万元。");
    assert_eq!(tell(Some("60.00"), &[("甲", "60.00")]), "只有一个项目：“甲”，60.00万元。");
    assert_eq!(tell(None, &[]), "共0个项目。");
}

#[test]
fn shares_differ_in_points_and_equal_ones_are_not_mentioned() {
    let rate = |part: &str| super::number::rate((&decimal(part, 1)).into(), (&decimal("100.00", 1)).into());
    let tell = |now: &str, before: &str| {
        text(|sentences, _| sentences.project_share(rate(now), rate(before).map(|before| (2024, before))))
    };
    assert_eq!(tell("22.50", "19.30"), "项目支出占比比2024年提高3.2个百分点。");
    assert_eq!(tell("19.30", "22.50"), "项目支出占比比2024年降低3.2个百分点。");
    assert_eq!(tell("22.50", "22.50"), "");
    assert_eq!(text(|sentences, _| sentences.project_share(rate("22.50"), None)), "");
}
