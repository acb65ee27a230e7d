//! Small documents in the shapes that extraction leaves behind, and what must be read in them.

use std::sync::Arc;

use crate::model::{Disclosure, Fact, SubjectKind};
use crate::parse::parse;
use crate::read::Source;
use crate::vocabulary::Vocabulary;

mod damage;
mod frames;
mod layouts;
mod loose;
mod names;
mod variants;

fn read(text: &str) -> Disclosure {
    super::recognize(Vocabulary::builtin(), &parse(&Arc::new(Source::plain("2024-budget.txt", text))))
}

/// The facts of the tables: 「function 2010301 total@all 20.00」.
fn facts(disclosure: &Disclosure) -> Vec<String> {
    disclosure.facts.iter().filter(|fact| fact.statement.is_some()).map(fact_line).collect()
}

fn fact_line(fact: &Fact) -> String {
    let name = if fact.subject.code.is_empty() { &fact.subject.label } else { &fact.subject.code };
    let (nature, fund) = (&fact.measure.nature, &fact.measure.fund);
    format!("{} {name} {nature}@{fund} {}", fact.subject.kind.word(), fact.amount.printed)
}

#[track_caller]
fn assert_holds(facts: &[String], expected: &[&str]) {
    for one in expected {
        assert!(facts.iter().any(|fact| fact == one), "{one} is not among {facts:#?}");
    }
}

fn unplaced(disclosure: &Disclosure) -> u32 {
    disclosure.statements.iter().map(|statement| statement.amounts - statement.placed).sum()
}

const HEAD: &str = "甲县统计局2024年部门预算\n\n";

#[test]
fn names_broken_around_their_amounts_are_joined_list_by_list() {
    let text = format!(
        "{HEAD}收支预算总表\n单位：万元\n收入\t\t支出\t\n项目\t金额\t项目\t金额\n\
         一、一般公共预\t\t一、一般公共服务支出\t30.00\n\t80.00\t\t\n算\t\t八、社会保障和就业\t\n\t\t\t50.00\n\
         \t\t支出\t\n收入合计\t80.00\t支出合计\t80.00\n"
    );
    let disclosure = read(&text);
    assert_holds(
        &facts(&disclosure),
        &[
            "income_item general_public current@all 80.00",
            "function 201 total@all 30.00",
            "function 208 total@all 50.00",
            "total income_total total@all 80.00",
        ],
    );
    assert_eq!(unplaced(&disclosure), 0);
}

#[test]
fn a_name_without_an_amount_keeps_none_when_the_next_row_is_named() {
    let text = format!(
        "{HEAD}收支预算总表\n单位：万元\n收入\t\t支出\t\n项目\t金额\t项目\t金额\n\
         一、一般公共预算\t80.00\t一、一般公共服务支出\t\n\t\t八、社会保障和就业支出\t80.00\n收入合计\t80.00\t支出合计\t80.00\n"
    );
    let facts = facts(&read(&text));
    assert!(!facts.iter().any(|fact| fact.starts_with("function 201")), "{facts:#?}");
}

#[test]
fn amounts_beside_the_column_of_their_head_belong_to_it() {
    let text = format!(
        "{HEAD}一般公共预算支出预算表\n单位：万元\n科目编码\t科目名称\t\t金额\t\n\t合计\t\t60.00\t\n\
         2010301\t行政运行\t\t20.00\t\n2010302\t一般行政管理事务\t\t\t40.00\n"
    );
    let disclosure = read(&text);
    assert_holds(&facts(&disclosure), &["function 2010302 total@general_public 40.00"]);
    assert_eq!(unplaced(&disclosure), 0);
}

#[test]
fn a_lost_head_is_no_column_beside_another() {
    // Both columns are filled in the first row: the second is one of its own, whose head was lost.
    let text = format!(
        "{HEAD}部门支出总体情况表\n单位：万元\n科目编码\t科目名称\t基本支出\t\n2010301\t行政运行\t20.00\t5.00\n\
         2010302\t一般行政管理事务\t\t40.00\n"
    );
    let disclosure = read(&text);
    let facts = facts(&disclosure);
    assert!(!facts.iter().any(|fact| fact.ends_with("basic@all 40.00")), "{facts:#?}");
    assert_eq!(unplaced(&disclosure), 2);
}

#[test]
fn a_title_over_two_lines_names_the_whole_table() {
    let text = format!(
        "{HEAD}公开09表 一般公共预算“三公”经费、会议费、培训费\n支出预算表\n单位：万元\n\
         合计\t“三公”经费\t\t\t\t\t\t会议费\t培训费\n\t小计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t\t\n\
         \t\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\n50.00\t15.00\t2.00\t8.00\t5.00\t3.00\t5.00\t15.00\t20.00\n"
    );
    let disclosure = read(&text);
    let three = &disclosure.three_public[0];
    let printed = |amount: &Option<crate::model::Amount>| amount.as_ref().map(|amount| amount.printed.to_string());
    assert_eq!(printed(&three.total).as_deref(), Some("15.00"));
    assert_eq!(printed(&three.vehicle_operation).as_deref(), Some("3.00"));
    assert_eq!(printed(&three.reception).as_deref(), Some("5.00"));
}

#[test]
fn changes_between_years_are_no_amounts_of_a_year() {
    let text = format!(
        "{HEAD}财政拨款“三公”经费支出表\n单位：万元\n单位\t年度\t合计\t因公出国（境）费\t公务用车购置及运行费\t公务接待费\n\
         甲县统计局\t2023年\t5.00\t0.00\t3.00\t2.00\n\t2024年\t4.00\t0.00\t3.00\t1.00\n\t增减变化金额\t-1.00\t0.00\t0.00\t-1.00\n"
    );
    let disclosure = read(&text);
    let totals: Vec<(u16, String)> = disclosure
        .three_public
        .iter()
        .map(|row| (row.year, row.total.as_ref().map(|total| total.printed.to_string()).unwrap_or_default()))
        .collect();
    assert_eq!(totals, [(2023, "5.00".to_owned()), (2024, "4.00".to_owned())]);
    assert_eq!(unplaced(&disclosure), 0);
}

#[test]
fn groups_of_projects_are_told_by_their_sums() {
    let text = format!(
        "{HEAD}部门综合预算项目支出表\n单位：万元\n单位编码\t单位（项目）名称\t项目金额\n合计\t\t100.00\n\
         \t专用项目\t60.00\n\t办案补助\t40.00\n\t设备维护\t20.00\n\t通用项目\t40.00\n\t物业服务\t25.00\n\t安保服务\t15.00\n"
    );
    let names: Vec<String> = read(&text).projects.iter().map(|project| project.name.to_string()).collect();
    assert_eq!(names, ["办案补助", "设备维护", "物业服务", "安保服务"]);
}

const FORM: &str = "项目支出绩效自评表\n（2024年度）\n\n项目名称\t\t档案数字化\t\t\t\t\t\n\
    主管部门\t\t甲县统计局\t\t实施单位\t甲县统计局档案室\t\t\n\
    项目资金（万元）\t\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\n\
    \t\t年度资金总额：\t30.00\t32.00\t28.00\t10\t87.50%\n\t\t其中：财政拨款\t20.00\t20.00\t20.00\t--\t--\n\
    \t\t上年结转\t10.00\t12.00\t8.00\t--\t--\n绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\
    \t成本指标\t经济成本指标\t单页扫描成本\t≤0.5元\t0.4元\t20\t20\n\t产出指标\t数量指标\t扫描页数\t≥10000页\t12000页\t30\t30\n\n3\n\n\
    \t\t\t验收合格率\t≥98%\t99%\t10\n\t满意度指标\t服务对象满意度指标\t查档人员满意度\t≥95%\t96.5%\t10\n总分\t\t\t\t\t\t100\t97.5\n";

#[test]
fn a_form_gives_its_project_amounts_and_indicators() {
    let disclosure = read(&format!("{HEAD}{FORM}"));
    let project = &disclosure.projects[0];
    assert_eq!((project.name.as_str(), project.unit.as_str()), ("档案数字化", "甲县统计局档案室"));
    assert_eq!(project.total.as_ref().map(|total| total.printed.as_str()), Some("30.00"));
    let indicators: Vec<String> = project
        .indicators
        .iter()
        .map(|indicator| format!("{} {} {}", indicator.kind.label(), indicator.name, indicator.target))
        .collect();
    assert_eq!(
        indicators,
        [
            "成本指标 单页扫描成本 ≤0.5元",
            "产出指标 扫描页数 ≥10000页",
            "产出指标 验收合格率 ≥98%",
            "满意度指标 查档人员满意度 ≥95%",
        ]
    );
}

#[test]
fn in_a_form_only_money_is_money() {
    let disclosure = read(&format!("{HEAD}{FORM}"));
    let phases: Vec<String> = disclosure
        .facts
        .iter()
        .filter(|fact| fact.subject.kind == SubjectKind::Project)
        .map(|fact| format!("{} {} {}", fact.measure.phase.word(), fact_line(fact), fact.amount.yuan))
        .collect();
    assert_eq!(phases.len(), 9, "scores, rates and targets are no money: {phases:#?}");
    assert_eq!(phases[0], "budget.initial project 档案数字化 total@all 30.00 300000.00");
    assert_eq!(phases[8], "final project 档案数字化 carried_in@all 8.00 80000.00");
    assert_eq!(unplaced(&disclosure), 0);
}

#[test]
fn a_form_with_money_beside_unknown_words_says_so() {
    let text = FORM.replace("\t\t上年结转\t10.00", "\t\t神秘来源\t\t\t\t10.00");
    assert!(unplaced(&read(&format!("{HEAD}{text}"))) > 0);
}

#[test]
fn a_wide_table_torn_by_loose_lines_goes_on() {
    let row = |name: &str| format!("{name}\t7.50\t7.50\t\t目标\t产出指标\t数量指标\t{name}次数\t≥\t5\t次\n");
    let text = format!(
        "{HEAD}项目支出绩效目标表\n单位：万元\n项目名称\t项目总额\t财政资金\t其他资金\t绩效目标\t一级指标\t二级指标\t三级指标\t绩效指标性质\t本年绩效指标值\t绩效度量单位\n\
         {}\n与质量，保障机\n构自身正常运转\n。\n\n{}",
        row("设备购置"),
        row("物业服务")
    );
    let disclosure = read(&text);
    let shown: Vec<String> = disclosure
        .projects
        .iter()
        .map(|project| format!("{} {} {}", project.name, project.indicators[0].name, project.indicators[0].target))
        .collect();
    assert_eq!(shown, ["设备购置 设备购置次数 ≥5次", "物业服务 物业服务次数 ≥5次"]);
    assert_eq!(unplaced(&disclosure), 0);
}

#[test]
fn the_number_of_a_page_is_no_part_of_an_amount() {
    for page in ["24\n\n", "\n24\n\n", "\n- 24 -\n\n"] {
        let text = format!(
            "{HEAD}项目支出预算数为5,573万元。与上年预算相比增加40\n{page}万元，增长0.72%。主要原因是办案任务增加。\n"
        );
        let disclosure = read(&text);
        let difference = disclosure.changes.iter().find_map(|change| change.difference.as_ref());
        assert_eq!(difference.map(|amount| amount.printed.as_str()), Some("40"), "{page:?}");
    }
}

#[test]
fn parts_of_an_item_are_no_parts_of_the_whole() {
    let text = "某市中学2023年单位预算公开\n\n五、一般公共预算支出情况说明\n\n\
                2023年一般公共预算拨款支出703.44万元，其中：基本支出693.44万元，项目支出10.00万元，具体如下：\n\n\
                （一）教育支出580.61万元，其中：基本支出570.61万元，项目支出10.00万元。主要用于教学。\n\n\
                机构运行20.00万元，其中：基本支出20.00万元，项目支出0.00万元。\n\n\
                （二）社会保障和就业支出类科目55.77万元，占支出总预算7.9%。\n";
    let disclosure = read(text);
    let printed = |amount: &Option<crate::model::Amount>| amount.as_ref().map(|amount| amount.printed.to_string());
    assert_eq!(printed(&disclosure.figures.basic), Some("693.44".to_owned()));
    assert_eq!(printed(&disclosure.figures.project), Some("10.00".to_owned()));
    let functions: Vec<String> = disclosure
        .functions
        .iter()
        .map(|function| {
            let amounts =
                [&function.total, &function.basic, &function.project].map(|one| printed(one).unwrap_or_default());
            format!("{} {}", function.code, amounts.join(" "))
        })
        .collect();
    assert_eq!(functions, ["205 580.61 570.61 10.00", "208 55.77  "]);
}

#[test]
fn several_statements_in_one_grid_are_read_one_by_one() {
    let text = format!(
        "{HEAD}| 索引号 | 01 |\n| 发布机构 | 甲县统计局 |\n| 支出总表 | | |\n| 单位：万元 | | |\n\
         | 科目编码 | 科目名称 | 合计 |\n| 201 | 一般公共服务支出 | 30.00 |\n| 208 | 社会保障和就业支出 | 20.00 |\n\
         | 一般公共预算支出表 | | |\n| 单位：元 | | |\n| 科目编码 | 科目名称 | 合计 |\n| 201 | 一般公共服务支出 | 250000.00 |\n"
    );
    let disclosure = read(&text);
    assert_holds(&facts(&disclosure), &["function 201 total@all 30.00", "function 201 total@general_public 250000.00"]);
    assert_eq!(unplaced(&disclosure), 0);
}

#[test]
fn the_levels_of_codes_may_stand_beside_the_total() {
    let text = format!(
        "{HEAD}支出总表\n单位：万元\n项目\t\t\t\t本年支出合计\t基本支出\t项目支出\n功能分类科目编码\t\t\t科目名称\t\t\t\n\
         类\t款\t项\t合计\t50.00\t40.00\t10.00\n201\t\t\t一般公共服务支出\t50.00\t40.00\t10.00\n\n\
         2010301\t行政运行\t50.00\t40.00\t10.00\n"
    );
    let disclosure = read(&text);
    assert_holds(&facts(&disclosure), &["total total basic@all 40.00", "function 2010301 project@all 10.00"]);
}

#[test]
fn a_merged_total_keeps_its_amount() {
    let text = format!(
        "{HEAD}一般公共预算基本支出表\n单位：万元\n人员经费\t\t\t公用经费\t\t\t\t\t\n\
         科目编码\t科目名称\t金额\t科目编码\t科目名称\t金额\t科目编码\t科目名称\t金额\n\
         301\t工资福利支出\t9.00\t302\t商品和服务支出\t4.00\t310\t资本性支出\t\n\
         30101\t基本工资\t9.00\t30201\t办公费\t4.00\t31002\t办公设备购置\t\n\
         人员经费合计\t\t9.00\t公用经费合计\t\t\t\t\t4.00\n"
    );
    let disclosure = read(&text);
    let facts = facts(&disclosure);
    assert_holds(&facts, &["total total basic.operating@general_public 4.00"]);
    assert!(!facts.iter().any(|fact| fact.contains("31002")), "{facts:#?}");
}

#[test]
fn a_list_of_the_three_public_expenses_with_meetings_and_numbers_beside() {
    let text = format!(
        "{HEAD}机构运行信息表\n单位：万元\n项目\t年初预算数\t项目\t统计数\n一、“三公”经费支出\t—\t二、国有资产\t—\n\
         （一）支出合计\t5.00\t车辆数（辆）\t2\n1.因公出国（境）费\t\t采购支出\t3.00\n\
         2.公务用车购置及运行维护费\t3.00\t\t\n3.公务接待费\t2.00\t\t\n4.公务接待批次（个）\t9\t\t\n"
    );
    let disclosure = read(&text);
    let row = &disclosure.three_public[0];
    let printed = |amount: &Option<crate::model::Amount>| amount.as_ref().map(|amount| amount.printed.to_string());
    assert_eq!(printed(&row.total).as_deref(), Some("5.00"));
    assert_eq!(printed(&row.reception).as_deref(), Some("2.00"));
    assert!(!facts(&disclosure).iter().any(|fact| fact.ends_with(" 2") || fact.ends_with(" 9")));

    let wider = format!(
        "{HEAD}“三公”经费、会议费和培训费支出表\n单位：万元\n项目\t预算数\n合计\t6.00\n因公出国（境）费\t0.00\n\
         公务用车购置及运行费\t3.00\n公务接待费\t2.00\n会议费\t1.00\n"
    );
    assert!(read(&wider).three_public[0].total.is_none());
}

#[test]
fn the_budget_of_a_government_is_told_and_gives_no_figures() {
    let text = "甲县2024年政府预算公开\n\n一般公共预算收支平衡表\n单位：万元\n收入\t金额\t支出\t金额\n\
                收入总计\t66.00\t支出总计\t66.00\n收入总计66万元。\n";
    let disclosure = read(text);
    let codes: Vec<&str> = disclosure.diagnostics.iter().map(|one| one.code).collect();
    assert!(codes.contains(&"government-budget"), "{codes:?}");
    assert!(disclosure.figures.named().into_iter().all(|(_, figure)| figure.is_none()));
}

#[test]
fn heads_without_their_merged_cells_are_spread_by_the_sums() {
    let text = format!(
        "{HEAD}支出预算表\n单位：万元\n科目 | 合计 | 基本支出 | 项目支出 | |||\n编码 | 名称 | 小计 | 人员经费 | 公用经费 | ||\n\
         205 | 教育支出 | 9.00 | 7.00 | 4.00 | 3.00 | 2.00 |\n20502 | 普通教育 | 9.00 | 7.00 | 4.00 | 3.00 | 2.00 |\n"
    );
    assert_holds(
        &facts(&read(&text)),
        &[
            "function 205 total@all 9.00",
            "function 205 basic@all 7.00",
            "function 205 basic.personnel@all 4.00",
            "function 205 basic.operating@all 3.00",
            "function 205 project@all 2.00",
        ],
    );
}

#[test]
fn years_of_heads_and_the_row_of_column_numbers_are_no_amounts() {
    let text = "甲局2020年部门预算\n\n三公经费情况表\n单位：元\n项目\t本年年初预算数\t上年年初预算数\n栏次1\t2\t3\n\
                合计\t46000\t52000\n1.公务接待费\t16000\t20000\n2.公务用车购置及运行费\t30000\t32000\n";
    let disclosure = read(text);
    let totals: Vec<(u16, &str)> = disclosure
        .three_public
        .iter()
        .map(|row| (row.year, row.total.as_ref().map_or("", |total| total.printed.as_str())))
        .collect();
    assert_eq!(totals, [(2019, "52000"), (2020, "46000")]);
}

#[test]
fn a_total_whose_label_was_merged_over_code_and_name() {
    let text = format!(
        "{HEAD}支出预算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t9.00\t7.00\t2.00\n\
         205\t教育支出\t9.00\t7.00\t2.00\n20502\t普通教育\t9.00\t7.00\t2.00\n"
    );
    let disclosure = read(&text);
    assert_holds(&facts(&disclosure), &["total total total@all 9.00", "total total project@all 2.00"]);
    assert_eq!(unplaced(&disclosure), 0);
}
