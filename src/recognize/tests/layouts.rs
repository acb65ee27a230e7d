//! One table in the forms that documents print: other units, other places of the unit, other widths of characters. Each
//! says the same, so each must be read the same.

use super::{HEAD, assert_holds, facts, read, unplaced};
use crate::model::{Disclosure, StatementKind, SubjectKind};

/// The amounts of a table in yuan: 「2010501 total 200000」.
fn yuan(disclosure: &Disclosure) -> Vec<String> {
    let facts = disclosure.facts.iter().filter(|fact| fact.statement.is_some());
    let show = |fact: &crate::model::Fact| {
        let subject = if fact.subject.kind == SubjectKind::Total { "total" } else { fact.subject.code.as_str() };
        format!("{subject} {} {}", fact.measure.nature, fact.amount.yuan.normalize())
    };
    facts.map(show).collect()
}

#[test]
fn one_table_in_many_forms() {
    let table = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t30.00\t20.00\t10.00\n\
                 2010501\t行政运行\t20.00\t20.00\t\n2010502\t一般行政管理事务\t10.00\t\t10.00\n";
    let titled = |unit: &str, table: &str| format!("{HEAD}部门支出总表\n{unit}{table}");
    let cases = [
        ("the unit above", titled("单位：万元\n", table)),
        ("the unit below", titled("", &format!("{table}\n金额单位：万元\n"))),
        ("yuan, stated below", titled("", &format!("{}\n金额单位：元\n", table.replace(".00", "0,000.00")))),
        ("the unit in brackets of the title", format!("{HEAD}部门支出总表（单位：万元）\n{table}")),
        (
            "the unit in the heads",
            titled("", &table.replace("合计\t基本支出\t项目支出", "合计（万元）\t基本支出（万元）\t项目支出（万元）")),
        ),
        (
            "hundred millions",
            titled(
                "单位：亿元\n",
                &table.replace("30.00", "0.003000").replace("20.00", "0.002000").replace("10.00", "0.001000"),
            ),
        ),
        ("thousands", titled("单位：千元\n", &table.replace(".00", "0.0"))),
        ("yuan", titled("单位：元\n", &table.replace(".00", "0,000.00"))),
        (
            "pipes",
            titled(
                "单位：万元\n\n",
                "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n|  | 合计 | 30.00 | 20.00 | 10.00 |\n\
                 | 2010501 | 行政运行 | 20.00 | 20.00 |  |\n| 2010502 | 一般行政管理事务 | 10.00 |  | 10.00 |\n",
            ),
        ),
        (
            "pipes, all rows on one line",
            titled(
                "单位：万元\n\n",
                "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | | --- | --- | --- | --- | --- | |  | 合计 | 30.00 | 20.00 | 10.00 | \
                 | 2010501 | 行政运行 | 20.00 | 20.00 |  | | 2010502 | 一般行政管理事务 | 10.00 |  | 10.00 |\n",
            ),
        ),
        (
            "pipes without blanks around empty cells",
            titled(
                "单位：万元\n\n",
                "|科目编码|科目名称|合计|基本支出|项目支出|\n|-|-|-|-|-|\n||合计|30.00|20.00|10.00|\n\
                 |2010501|行政运行|20.00|20.00||\n|2010502|一般行政管理事务|10.00||10.00|\n",
            ),
        ),
        (
            "the title in a table of its own",
            format!(
                "{HEAD}|  | 表3 |\n|---|---|\n|  | 部门支出总表 |\n\n甲县统计局          单位：万元\n\n\
                 | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n|  | 合计 | 30.00 | 20.00 | 10.00 |\n\
                 | 2010501 | 行政运行 | 20.00 | 20.00 |  |\n| 2010502 | 一般行政管理事务 | 10.00 |  | 10.00 |\n"
            ),
        ),
        (
            "words spaced out",
            format!(
                "甲 县 统 计 局 2024 年 部 门 预 算\n\n部 门 支 出 总 表\n单位：万元\n{}",
                table.replace("合计", "合 计").replace("基本支出", "基 本 支 出").replace("科目名称", "科 目 名 称")
            ),
        ),
        (
            "full width",
            titled(
                "单位：万元\n",
                &table
                    .replace("30.00", "３０．００")
                    .replace("20.00", "２０．００")
                    .replace("2010501", "２０１０５０１")
                    .replace("2010502", "２０１０５０２"),
            ),
        ),
        (
            "traditional characters",
            format!(
                "甲縣統計局2024年部門預算\n\n部門支出總表\n單位：萬元\n{}",
                table
                    .replace("科目编码", "科目編碼")
                    .replace("科目名称", "科目名稱")
                    .replace("合计", "合計")
                    .replace("项目支出", "項目支出")
                    .replace("行政运行", "行政運行")
                    .replace("一般行政管理事务", "一般行政管理事務")
            ),
        ),
    ];
    let expected = [
        "total total 300000",
        "total basic 200000",
        "total project 100000",
        "2010501 total 200000",
        "2010501 basic 200000",
        "2010502 total 100000",
        "2010502 project 100000",
    ];
    for (name, text) in cases {
        let disclosure = read(&text);
        assert_eq!(yuan(&disclosure), expected, "{name}");
        assert_eq!(unplaced(&disclosure), 0, "{name}");
        assert_eq!(disclosure.identity.organization.as_deref(), Some("甲县统计局"), "{name}");
        assert_eq!(disclosure.identity.year, Some(2024), "{name}");
    }
}

/// 二、教育支出 is the class 205 wherever it stands, and 二 is the code of nothing.
#[test]
fn ordinals_are_never_codes() {
    let lists = format!(
        "{HEAD}收支预算总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n\
         一、一般公共预算拨款收入\t30.00\t一、一般公共服务支出\t20.00\n\
         二、政府性基金预算拨款收入\t\t二、教育支出\t10.00\n收入总计\t30.00\t支出总计\t30.00\n"
    );
    assert_holds(
        &facts(&read(&lists)),
        &["function 201 total@all 20.00", "function 205 total@all 10.00", "total expenditure_total total@all 30.00"],
    );
    let coded = format!(
        "{HEAD}部门支出总表\n单位：万元\n科目\t合计\t基本支出\t项目支出\n合计\t30.00\t20.00\t10.00\n\
         一、一般公共服务支出\t20.00\t20.00\t\n2、教育支出\t10.00\t\t10.00\n"
    );
    let apart = coded
        .replace("科目\t合计", "科目编码\t科目名称\t合计")
        .replace("\n合计", "\n\t合计")
        .replace("一、", "一、\t")
        .replace("2、", "2、\t");
    for text in [coded, apart] {
        let read = read(&text);
        let functions = read.facts.iter().filter(|fact| fact.subject.kind == SubjectKind::Function);
        let codes: Vec<&str> = functions.map(|fact| fact.subject.code.as_str()).collect();
        assert_eq!(codes, ["201", "201", "205", "205"], "{text}");
    }
}

/// (1,234.5) is less than nothing: money that was taken back.
#[test]
fn amounts_in_brackets_are_negative() {
    let text = format!(
        "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t765.50\t2,000.00\t(1,234.5)\n\
         2010501\t行政运行\t2,000.00\t2,000.00\t\n2010502\t一般行政管理事务\t（1,234.5）\t\t-1,234.50\n"
    );
    let read = read(&text);
    assert_eq!(
        yuan(&read),
        [
            "total total 7655000",
            "total basic 20000000",
            "total project -12345000",
            "2010501 total 20000000",
            "2010501 basic 20000000",
            "2010502 total -12345000",
            "2010502 project -12345000",
        ]
    );
    assert_eq!(unplaced(&read), 0);
}

/// Rates beside amounts are no amounts, with the sign in the cell or in the head, under a known head and an unknown one.
#[test]
fn percent_cells_are_no_money() {
    for (head, rates) in [
        ("占比", ["100.00%", "66.67%", "33.33%"]),
        ("占比（%）", ["100.00", "66.67", "33.33"]),
        ("占总支出的比重", ["100.00%", "66.67%", "33.33%"]),
        ("增减幅度%", ["12.50", "-6.67", "33.33"]),
        ("花去几成", ["100.00%", "66.67%", "33.33%"]),
        ("花去几成%", ["100.00", "66.67", "33.33"]),
    ] {
        let text = format!(
            "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\t{head}\n\
             \t合计\t30.00\t20.00\t10.00\t{}\n2010501\t行政运行\t20.00\t20.00\t\t{}\n\
             2010502\t一般行政管理事务\t10.00\t\t10.00\t{}\n",
            rates[0], rates[1], rates[2]
        );
        let read = read(&text);
        assert_eq!(read.facts.iter().filter(|fact| fact.statement.is_some()).count(), 7, "{head}: {:#?}", yuan(&read));
        assert_eq!(unplaced(&read), 0, "{head}");
    }
}

#[test]
fn a_title_alone_before_another_title_is_a_table_without_rows() {
    let disclosure = read(&format!(
        "{HEAD}|  | 政府性基金预算支出表 |\n|---|---|\n|  |  |\n\n部门支出总表\n单位：万元\n\
         科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t30.00\t20.00\t10.00\n"
    ));
    let told = disclosure.statements.iter().map(|statement| (statement.kind, statement.rows.len()));
    assert_eq!(told.collect::<Vec<_>>(), [(StatementKind::Fund, 0), (StatementKind::Expenditure, 1)]);
}

/// 211 is the class of 节能环保支出 and the code of a department too.
#[test]
fn the_code_of_a_department_is_no_class() {
    let text = format!(
        "{HEAD}支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t30.00\t20.00\t10.00\n\
         211\t甲县应急管理局\t30.00\t20.00\t10.00\n211001\t甲县应急管理局本级\t30.00\t20.00\t10.00\n\
         224\t灾害防治及应急管理支出\t30.00\t20.00\t10.00\n22401\t应急管理事务\t30.00\t20.00\t10.00\n\
         2240101\t行政运行\t20.00\t20.00\t\n2240104\t灾害风险防治\t10.00\t\t10.00\n"
    );
    let codes: Vec<String> = read(&text).functions.into_iter().map(|function| function.code.to_string()).collect();
    assert_eq!(codes, ["224", "22401", "2240101", "2240104"]);
}
