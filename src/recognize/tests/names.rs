//! Tables that print names and no codes, heads that look like rows and rows that look like heads.

use super::{HEAD, assert_holds, facts, read};
use crate::model::ThreePublicPart;

#[test]
fn functions_of_a_table_of_names_are_known_by_class_section_and_item() {
    let text = format!(
        "{HEAD}一般公共预算支出表\n单位：万元\n功能分类科目\t合计\t基本支出\t项目支出\n\
         一般公共服务支出\t30.00\t20.00\t10.00\n政府办公厅（室）及相关机构事务\t30.00\t20.00\t10.00\n\
         行政运行\t20.00\t20.00\t\n一般行政管理事务\t10.00\t\t10.00\n\
         住房保障支出\t5.00\t5.00\t\n住房改革支出\t5.00\t5.00\t\n住房公积金\t5.00\t5.00\t\n合计\t35.00\t25.00\t10.00\n"
    );
    let disclosure = read(&text);
    assert_holds(
        &facts(&disclosure),
        &[
            "function 201 basic@general_public 20.00",
            "function 2010301 basic@general_public 20.00",
            "function 2010302 project@general_public 10.00",
            "function 2210201 total@general_public 5.00",
            "total total total@general_public 35.00",
        ],
    );
}

/// 行政运行 stands in many sections: below a section that nobody knows it has no code.
#[test]
fn items_below_an_unknown_section_have_no_code() {
    let text = format!(
        "{HEAD}一般公共预算支出表\n单位：万元\n功能分类科目\t合计\t基本支出\t项目支出\n\
         一般公共服务支出\t30.00\t30.00\t\n政府办公厅（室）及相关机构事务\t20.00\t20.00\t\n行政运行\t20.00\t20.00\t\n\
         某新设事务\t10.00\t10.00\t\n行政运行\t10.00\t10.00\t\n合计\t30.00\t30.00\t\n"
    );
    let items: Vec<String> = facts(&read(&text)).into_iter().filter(|fact| fact.contains("2010301 total")).collect();
    assert_eq!(items, ["function 2010301 total@general_public 20.00"]);
}

/// A class in the first row is no total of the table.
#[test]
fn the_first_function_of_a_table_is_not_its_total() {
    let text = format!(
        "{HEAD}一般公共预算支出表\n单位：万元\n功能分类科目\t合计\t基本支出\t项目支出\n\
         一般公共服务支出\t30.00\t20.00\t10.00\n住房保障支出\t5.00\t5.00\t\n"
    );
    assert!(!facts(&read(&text)).iter().any(|fact| fact.starts_with("total")));
}

#[test]
fn a_row_of_parts_in_whole_numbers_is_no_head() {
    let text = format!(
        "{HEAD}“三公”经费预算表\n单位：千元\n行次\t项目\t2023年预算数\t2024年预算数\n\
         1\t“三公”经费合计\t640\t585\n2\t一、公务接待费\t40\t35\n3\t二、公务用车购置及运行维护费\t600\t550\n"
    );
    let row = read(&text).three_public.into_iter().find(|row| row.year == 2024);
    let total = row.and_then(|row| row.part(ThreePublicPart::Total).as_ref().map(|amount| amount.printed.to_string()));
    assert_eq!(total.as_deref(), Some("585"));
}

/// 上年结转 stands in every list of the statement, without an amount: that is no head.
#[test]
fn a_row_of_empty_items_in_four_lists_is_no_head() {
    let text = format!(
        "{HEAD}收支总表\n单位：万元\n收入\t\t支出\t\t\t\t\t\n\
         项目\t预算\t按功能分类\t预算\t按部门经济分类\t预算\t按政府经济分类\t预算\n\
         一、一般公共预算拨款收入\t35.00\t一、一般公共服务支出\t35.00\t一、基本支出\t35.00\t一、机关工资福利支出\t35.00\n\
         本年收入合计\t35.00\t本年支出合计\t35.00\t本年支出合计\t35.00\t本年支出合计\t35.00\n\
         上年结转结余\t\t年终结转结余\t\t年终结转结余\t\t年终结转结余\t\n\
         收入总计\t35.00\t支出总计\t35.00\t支出总计\t35.00\t支出总计\t35.00\n"
    );
    assert_holds(
        &facts(&read(&text)),
        &["total income_total total@all 35.00", "function 201 total@all 35.00", "total current_income total@all 35.00"],
    );
}

#[test]
fn names_of_targets_that_were_broken_over_two_lines_are_whole() {
    let text = format!(
        "{HEAD}部门整体绩效目标表\n部门名称：甲县统计局\t\t\t\n年度履职目标\t完成普查\t\t\n\
         一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t普查对象登记完\t≥95%\n\t\t成率\t\n\
         \t质量指标\t数据合格率\t≥98%\n\t\t群众满意度\t\n"
    );
    let targets: Vec<_> =
        read(&text).targets.into_iter().map(|target| format!("{} {}", target.name, target.target)).collect();
    assert_eq!(targets, ["普查对象登记完成率 ≥95%", "数据合格率 ≥98%", "群众满意度 "]);
}

#[test]
fn rests_of_texts_beside_targets_are_no_targets() {
    let text = format!(
        "{HEAD}部门整体绩效目标表\n部门名称：甲县统计局\t\t\t\t\n年度履职目标\t完成普查\t\t\t\n\
         一级指标\t二级指标\t三级指标\t指标值\t指标值说明\n产出指标\t数量指标\t普查指标排\t前17\t按照全省\n\t\t名\t10070\t的通报\n\
         \t\t\t\t部门是否按要求公开了全部信息；\n\t\t是否及时公开了全部信息。\t\n\t实现\t\t\n\
         \t质量指标\t数据合格率\t≥98%\t\n"
    );
    let targets: Vec<_> =
        read(&text).targets.into_iter().map(|target| format!("{} {}", target.name, target.target)).collect();
    assert_eq!(targets, ["普查指标排名 前17", "数据合格率 ≥98%"]);
}

/// A page broke names and values in the columns of four groups.
#[test]
fn targets_beside_projects_that_were_broken_over_two_rows_are_whole() {
    let text = format!(
        "{HEAD}部门预算项目绩效目标表\n单位：万元\n\
         单位编码（项目编码）\t项目单位（项目名称）\t项目金额\t绩效目标\t\t\t\t\t\t\t\n\
         \t\t资金总额\t成本指标\t\t产出指标\t\t效益指标\t\t满意度指标\t\n\
         \t\t\t三级指标\t指标值\t三级指标\t指标值\t三级指标\t指标值\t三级指标\t指标值\n\
         410303240000000000001\t大厅改\t35.00\t总成本\t≤35万元\t改造面积\t≥1500\t提升大厅整\t效果明\t群众满意\t≥96%\n\n\
         \t造项目\t\t\t\t\tm²\t体环境\t显\t度\t\n\
         \t\t\t\t\t改造质量\t符合标\t\t\t\t\n\t\t\t\t\t准\t\t\t\t\t\n"
    );
    let projects = read(&text).projects;
    assert_eq!(projects.iter().map(|project| project.name.as_str()).collect::<Vec<_>>(), ["大厅改造项目"]);
    let targets: Vec<_> =
        projects[0].indicators.iter().map(|target| format!("{} {}", target.name, target.target)).collect();
    assert_eq!(
        targets,
        ["总成本 ≤35万元", "改造面积 ≥1500m²", "提升大厅整体环境 效果明显", "群众满意度 ≥96%", "改造质量 符合标准"]
    );
}

/// Extraction moved names and values by one cell: a value that is words slipped into the column of the next names.
#[test]
fn targets_that_slipped_by_one_cell_keep_their_values() {
    let text = format!(
        "{HEAD}部门预算项目绩效目标表\n单位：万元\n\
         单位编码（项目编码）\t项目单位（项目名称）\t项目金额\t绩效目标\t\t\t\t\t\t\t\n\
         \t\t资金总额\t成本指标\t\t产出指标\t\t效益指标\t\t满意度指标\t\n\
         \t\t\t三级指标\t指标值\t三级指标\t指标值\t三级指标\t指标值\t三级指标\t指标值\n\
         410303240000000000001\t大厅改造\t35.00\t总成本\t≤35万元\t改造面积\t≥15平方米\t\t\t群众满意度\t≥96%\n\
         \t\t\t\t避免安全事故发生\t避免\t\t\t\t\t\n\t\t\t\t应急演练\t≥2次\t\t\t\t\t\n\
         \t\t\t\t培训次数\t≥4次\t带动就业人数\t30人\t\t\t\n"
    );
    let projects = read(&text).projects;
    let targets: Vec<_> =
        projects[0].indicators.iter().map(|target| format!("{} {}", target.name, target.target)).collect();
    assert_eq!(
        targets,
        [
            "总成本 ≤35万元",
            "改造面积 ≥15平方米",
            "群众满意度 ≥96%",
            "避免安全事故发生 避免",
            "应急演练 ≥2次",
            "培训次数 ≥4次",
            "带动就业人数 30人"
        ]
    );
}
