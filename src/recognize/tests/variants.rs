//! One thing said in two ways: what documents print differently without meaning anything by it.

use super::{HEAD, assert_holds, facts, read, unplaced};
use crate::model::StatementKind;

#[test]
fn column_numbers_in_full_width_are_no_amounts() {
    let text = format!(
        "{HEAD}一般公共预算“三公”经费支出表\n单位：万元\n合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n\
         \t\t小计\t购置费\t运行费\t\n１\t２\t３\t４\t５\t６\n３０．００\t\t２４．００\t\t２４．００\t６．００\n"
    );
    let total = &read(&text).three_public[0].total;
    assert_eq!(total.as_ref().map(|amount| amount.printed.to_string()), Some("30.00".to_owned()));
}

#[test]
fn whole_amounts_in_full_width_end_the_head() {
    let text = format!(
        "{HEAD}“三公”经费预算表\n单位：千元\n行次\t项目\t２０２３年预算数\t２０２４年预算数\n\
         １\t“三公”经费合计\t６４０\t５８５\n２\t一、公务接待费\t４０\t３５\n３\t二、公务用车购置及运行维护费\t６００\t５５０\n"
    );
    let row = read(&text).three_public.into_iter().find(|row| row.year == 2024);
    let total = row.and_then(|row| row.total).map(|amount| amount.yuan.normalize().to_string());
    assert_eq!(total.as_deref(), Some("585000"));
}

#[test]
fn one_whole_amount_beside_the_first_row_ends_the_head() {
    let text = format!(
        "{HEAD}一般公共预算“三公”经费支出表\n单位：元\n项目\t预算数\n“三公”经费合计\t186000\n1.公务接待费\t60000\n\
         2.公务用车购置及运行维护费\t126000\n"
    );
    let total = read(&text).three_public[0].total.clone().map(|amount| amount.yuan.normalize().to_string());
    assert_eq!(total.as_deref(), Some("186000"));
}

/// Total, basic and project under heads that nobody knows fit a wide layout one column further right too: there the sum
/// of the basic expenditure holds by itself, and the total stays empty.
#[test]
fn amounts_under_unknown_heads_are_not_pushed_out_of_the_total() {
    let rows = "201\t一般公共服务支出\t30.00\t20.00\t10.00\t0.00\t0.00\t0.00\n\
                20105\t统计信息事务\t30.00\t20.00\t10.00\t0.00\t0.00\t0.00\n\
                2010501\t行政运行\t20.00\t20.00\t0.00\t0.00\t0.00\t0.00\n\
                2010502\t一般行政管理事务\t10.00\t0.00\t10.00\t0.00\t0.00\t0.00\n";
    let text = format!(
        "{HEAD}部门支出总表\n单位：万元\n甲栏编码\t甲栏名称\t甲栏\t乙栏\t丙栏\t丁栏\t戊栏\t己栏\n合计\t\t30.00\t20.00\t10.00\t0.00\t0.00\t0.00\n{rows}"
    );
    let facts = facts(&read(&text));
    assert!(!facts.iter().any(|fact| fact.contains("basic@all 30.00")), "{facts:#?}");
}

#[test]
fn heads_that_points_join_may_stand_below_the_unit() {
    let rows = [
        ["科目编码.科目编码", "科目名称.科目名称", "合计.合计", "基本支出.基本支出", "项目支出.项目支出"],
        ["205", "教育支出", "30.00", "20.00", "10.00"],
        ["20502", "普通教育", "30.00", "20.00", "10.00"],
        ["2050205", "高等教育", "30.00", "20.00", "10.00"],
    ];
    let html: String = rows.iter().map(|row| format!("<tr><td>{}</td></tr>", row.join("</td><td>"))).collect();
    let pipes: String = rows.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
    let cases = [
        format!("{HEAD}部门支出总表\n\n|  |  |  |  | 单位：万元 |\n|---|---|---|---|---|\n{pipes}"),
        format!("{HEAD}部门支出总表\n单位：万元\n<table>{html}</table>\n"),
        format!("{HEAD}部门支出总表\n单位：万元\n{}\n", rows.map(|row| row.join("\t")).join("\n").replace('.', "．")),
    ];
    for text in cases {
        let disclosure = read(&text);
        let project =
            disclosure.functions.iter().find(|function| function.code == "205").and_then(|row| row.project.clone());
        assert_eq!(project.map(|amount| amount.yuan.normalize().to_string()).as_deref(), Some("100000"), "{text}");
    }
}

#[test]
fn sides_below_each_other_are_both_read() {
    let income = "收入\t\n项目\t预算数\n一、一般公共预算拨款收入\t70.00\n二、事业收入\t10.00\n本年收入合计\t80.00\n收入总计\t80.00\n";
    let spending =
        "支出\t\n项目\t预算数\n一、基本支出\t50.00\n二、项目支出\t30.00\n本年支出合计\t80.00\n支出总计\t80.00\n";
    for gap in ["", "\n"] {
        let disclosure = read(&format!("{HEAD}收支预算总表\n单位：万元\n{income}{gap}{spending}"));
        assert_holds(
            &facts(&disclosure),
            &["income_item general_public current@all 70.00", "total expenditure_total total@all 80.00"],
        );
        assert_eq!(unplaced(&disclosure), 0);
        let sides = disclosure.statements.iter().filter(|table| table.kind == StatementKind::RevenueExpenditure);
        assert_eq!(sides.count(), 2);
    }
}

#[test]
fn a_running_head_and_a_number_of_the_table_end_no_table() {
    let table = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t20.00\t20.00\t\n2010501\t行政运行\t20.00\t20.00\t\n";
    let rest = "205\t教育支出\t10.00\t\t10.00\n2050803\t培训支出\t10.00\t\t10.00\n";
    let long = "某某自治州某某自治县某某街道办事处农业技术推广中心2024年部门预算";
    let breaks = [
        format!("\n4\n\n{long}\n\n"),
        "\n公开03表\n编制部门：甲县统计局\t\t\t\t单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n".to_owned(),
    ];
    for pages in breaks {
        let disclosure = read(&format!("{HEAD}部门支出总表\n公开03表\n单位：万元\n{table}{pages}{rest}"));
        assert_holds(&facts(&disclosure), &["function 2050803 project@all 10.00"]);
        assert_eq!(disclosure.functions.iter().filter(|function| function.code == "2050803").count(), 1);
    }
}

#[test]
fn names_whose_amounts_stand_beside_their_end_are_one_row() {
    let text = format!(
        "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t30.00\t30.00\t\n\
         208\t社会保障和就业支出\t30.00\t30.00\t\n20805\t行政事业单位\t\t\t\n\t养老支出\t30.00\t30.00\t\n\
         2080505\t机关事业单位基本\t\t\t\n\t养老保险缴费支出\t20.00\t20.00\t\n2080577\t地方另设的一个\t\t\t\n\t养老科目\t10.00\t10.00\t\n"
    );
    let disclosure = read(&text);
    assert_holds(&facts(&disclosure), &["function 2080505 basic@all 20.00", "function 2080577 basic@all 10.00"]);
    assert_eq!(unplaced(&disclosure), 0);
}

#[test]
fn organizations_in_traditional_characters_are_named_in_simplified_ones() {
    let text = "揚州市邗江區邗上街道辦事處2024年部門預算\n\n部門支出總表\n單位：萬元\n\
                科目編碼\t科目名稱\t合計\t基本支出\t項目支出\n\t合計\t30.00\t20.00\t10.00\n2010301\t行政運行\t30.00\t20.00\t10.00\n";
    assert_eq!(read(text).identity.organization.as_deref(), Some("扬州市邗江区邗上街道办事处"));
}

#[test]
fn totals_of_groups_whose_heads_are_lost_are_no_totals_of_the_table() {
    let text = format!(
        "{HEAD}部门支出预算表\n单位：万元\n科目编码\t科目名称\t\t±1\t\t\t细2\n\t\t合计\t小计\t人员经费\t公用经费\t小计\n\
         2010501\t行政运行\t30.00\t\t20.00\t10.00\t\n2010502\t一般行政管理事务\t14.00\t\t\t\t14.00\n\
         2010504\t信息事务\t9.00\t5.00\t5.00\t\t4.00\n"
    );
    let disclosure = read(&text);
    let total = |code: &str| {
        let row = disclosure.functions.iter().find(|function| function.code == code);
        row.and_then(|row| row.total.as_ref()).map(|amount| amount.yuan.normalize().to_string())
    };
    for (code, yuan) in [("2010501", "300000"), ("2010502", "140000"), ("2010504", "90000")] {
        assert_eq!(total(code).as_deref(), Some(yuan), "{code}");
    }
}

#[test]
fn a_list_of_statements_is_no_first_half_of_a_title() {
    let text = format!(
        "{HEAD}目录\n序号        内容                                  是否空表    理由\n表1         收入支出预算总表                      否\n\
         表8         政府性基金预算财政拨款支出表          是          不涉及\n\n收支预算总表\n\n单位：万元\n\
         收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款收入\t80.00\t一、一般公共服务支出\t80.00\n\
         收入总计\t80.00\t支出总计\t80.00\n"
    );
    assert_holds(&facts(&read(&text)), &["total income_total total@all 80.00"]);
}

#[test]
fn the_last_row_is_the_total_without_the_word_where_its_amounts_are_sums() {
    let table = |last: &str| {
        format!(
            "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t20.00\t20.00\t\n\
             20105\t统计信息事务\t20.00\t20.00\t\n2010501\t行政运行\t20.00\t20.00\t\n205\t教育支出\t10.00\t\t10.00\n{last}\n"
        )
    };
    for label in ["", "甲县统计局"] {
        let facts = facts(&read(&table(&format!("\t{label}\t30.00\t20.00\t10.00"))));
        let total = |fact: &String| fact.starts_with("total total project@all");
        assert!(facts.iter().any(total), "{label}: {facts:#?}");
    }
    let facts = facts(&read(&table("\t\t31.00\t20.00\t11.00")));
    assert!(!facts.iter().any(|fact| fact.starts_with("total")), "{facts:#?}");
}

#[test]
fn basic_expenditure_of_one_fund_is_not_that_of_all_money() {
    let text = "甲县统计局2024年部门预算\n\n2024年支出预算45.00万元。2024年一般公共预算支出30.00万元，其中：基本支出20.00万元，项目支出10.00万元。\n";
    let whole = text.replace("45.00", "30.00");
    let basic = |text: &str| read(text).figures.basic.map(|amount| amount.yuan.normalize().to_string());
    assert_eq!(basic(&whole).as_deref(), Some("200000"), "{:#?}", read(&whole).facts);
    assert_eq!(basic(text), None);
}

#[test]
fn an_account_whose_sentences_state_more_than_the_year_spent_holds_what_is_carried_on() {
    let text = "甲县统计局2023年度部门决算\n\n甲县统计局2023年度收、支总计40.00万元。\n\n支出决算表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\
                \t合计\t30.00\t20.00\t10.00\n2010501\t行政运行\t20.00\t20.00\t\n2010502\t一般行政管理事务\t10.00\t\t10.00\n";
    let figures = read(text).figures;
    let yuan = |amount: Option<crate::model::Amount>| amount.map(|amount| amount.yuan.normalize().to_string());
    assert_eq!(yuan(figures.expenditure_total).as_deref(), Some("400000"));
    assert_eq!(yuan(figures.current_expenditure).as_deref(), Some("300000"));
}

#[test]
fn income_said_of_all_money_is_not_that_of_the_year() {
    let text = "甲县统计局2024年部门预算\n\n2024年本部门收入预算988.44万元，其中，一般公共预算拨款933.32万元，上年结转结余55.12万元。\n";
    assert_eq!(read(text).figures.current_income, None);
}

#[test]
fn codes_of_classes_in_the_list_to_the_right_are_no_amounts() {
    let text = format!(
        "{HEAD}部门收支总体情况表\n单位：万元\n收 入 支 出\n项 目 预算数 功能分类 预算数\n一般公共预算 40.59 201 一般公共服务支出 30.59\n\
         政府性基金预算 205 教育支出\n事业收入 208 社会保障和就业支出 10.00\n小 计 40.59 小 计 40.59\n收 入 总 计 40.59 支 出 总 计 40.59\n"
    );
    let disclosure = read(&text);
    let facts = facts(&disclosure);
    assert!(!facts.iter().any(|fact| fact.ends_with(" 205") || fact.ends_with(" 208")), "{facts:#?}");
    assert_holds(&facts, &["function 208 total@all 10.00", "total expenditure_total total@all 40.59"]);
}

#[test]
fn the_fullest_table_of_the_three_public_expenses_states_them() {
    let text = format!(
        "{HEAD}“三公”经费及培训费明细表\n单位：万元\n序号\t培训名称\t金额\n1\t人事干部培训\t7.28\n2\t财务培训\t1.50\n\n\
         一般公共预算“三公”经费支出表\n单位：万元\n合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n\
         \t\t小计\t购置费\t运行费\t\n10.10\t\t9.10\t\t9.10\t1.00\n"
    );
    let total = read(&text).three_public[0].total.clone().map(|amount| amount.yuan.normalize().to_string());
    assert_eq!(total.as_deref(), Some("101000"));
}

#[test]
fn sides_below_each_other_may_have_the_head_of_their_amounts_beside_them() {
    let text = format!(
        "{HEAD}预算收支总表（单位：万元）\n收入\t金额（万元）\n一般公共预算拨款\t80.00\n收入合计\t80.00\n收入总计\t80.00\n\n\
         支出\t金额（万元）\n一般公共服务支出\t80.00\n支出合计\t80.00\n支出总计\t80.00\n"
    );
    assert_holds(
        &facts(&read(&text)),
        &["total income_total total@all 80.00", "total expenditure_total total@all 80.00"],
    );
}

#[test]
fn what_else_a_section_is_spent_on_is_its_item_99() {
    let text = format!(
        "{HEAD}部门支出总表\n单位：万元\n科目名称\t合计\t基本支出\t项目支出\n一般公共服务支出\t30.00\t20.00\t10.00\n\
         信访事务\t30.00\t20.00\t10.00\n行政运行\t20.00\t20.00\t\n其他信访事务支出\t10.00\t\t10.00\n合计\t30.00\t20.00\t10.00\n"
    );
    assert_holds(&facts(&read(&text)), &["function 2014099 project@all 10.00"]);
}

#[test]
fn a_loose_head_that_gives_two_columns_one_meaning_is_unreadable() {
    let text = format!(
        "{HEAD}一般公共预算支出表\n部门：甲县统计局 金额单位：万元\n科目编码 科目编码 科目名称 合计 基本支出 项目支出\n类 款 项 小计 人员经费 公用经费\n\
         工资福利支出 对个人和家庭的补助\n合计 988.44 811.60 615.25 142.48 53.87 176.84\n208 208 社会保障和就业支出 195.94 195.94 192.14 3.80\n\
         208 05 20805 行政事业单位养老支出 195.94 195.94 192.14 3.80\n208 05 01 2080501 行政单位离退休 47.79 47.79 43.99 3.80\n\
         208 05 05 2080505 机关事业单位基本养老保险缴费支出 74.86 74.86 74.86\n208 05 06 2080506 机关事业单位职业年金缴费支出 73.29 73.29 73.29\n\
         224 224 灾害防治及应急管理支出 792.50 615.66 423.11 142.48 50.07 176.84\n224 01 22401 应急管理事务 792.50 615.66 423.11 142.48 50.07 176.84\n\
         224 01 01 2240101 行政运行 546.64 546.64 367.49 142.48 36.67\n224 01 04 2240104 灾害风险防治 83.59 69.02 55.62 13.40 14.57\n\
         224 01 06 2240106 安全监管 64.07 64.07\n224 01 09 2240109 应急管理 98.20 98.20\n"
    );
    let total = |code: &str| {
        let functions = read(&text).functions;
        let row = functions.iter().find(|function| function.code == code);
        row.and_then(|row| row.total.as_ref()).map(|amount| amount.yuan.normalize().to_string())
    };
    for (code, yuan) in [("2240104", "835900"), ("224", "7925000")] {
        assert!(total(code).is_none_or(|total| total == yuan), "{code}: {:?}", total(code));
    }
}
