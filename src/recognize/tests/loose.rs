//! Tables of which only the filled cells are known: one blank between any two of them.

use super::{HEAD, assert_holds, facts, read};

/// The heads of codes and names stand on lines of their own; the rows tell that two columns come before the amounts.
#[test]
fn the_rows_tell_how_many_columns_stand_before_the_amounts() {
    let text = format!(
        "{HEAD}支出预算总表\n单位：元\n项目 支出预算\n功能分类科目编码\n功能分类科目名称 合计 基本支出 项目支出\n类 款 项\n\
         201 一般公共服务支出 9,000 7,000 2,000\n201 05 统计信息事务 9,000 7,000 2,000\n201 05 01 行政运行 7,000 7,000\n\
         201 05 05 专项统计业务 2,000 2,000\n合计 9,000 7,000 2,000\n"
    );
    let facts = facts(&read(&text));
    assert_holds(
        &facts,
        &["function 2010501 basic@all 7000", "function 2010505 project@all 2000", "function 201 total@all 9000"],
    );
}

/// 行政运行 is basic expenditure by its definition, 一般行政管理事务 is none; columns that hardly any office fills stay empty.
#[test]
fn items_tell_what_they_are_spent_on_where_the_sums_agree() {
    let text = format!(
        "{HEAD}支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出 上缴上级支出 经营支出\n\
         2010501 行政运行 7.00 7.00\n2010502 一般行政管理事务 2.00 2.00\n2010505 专项统计业务 3.00 3.00\n合计 12.00 7.00 5.00\n"
    );
    let facts = facts(&read(&text));
    assert_holds(
        &facts,
        &["function 2010501 basic@all 7.00", "function 2010502 project@all 2.00", "function 2010505 project@all 3.00"],
    );
}

/// What the sums contradict is not placed by what a name says.
#[test]
fn no_name_places_what_the_sums_contradict() {
    let text = format!(
        "{HEAD}支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n2010501 行政运行 7.00 7.00\n\
         2010505 专项统计业务 3.00 3.00\n合计 10.00 4.00 6.00\n"
    );
    let facts = facts(&read(&text));
    assert!(!facts.iter().any(|fact| fact.starts_with("function 2010501 basic@all")), "{facts:#?}");
}

/// 公务接待费 before the vehicles: the line of the heads does not say so, the sums do.
#[test]
fn the_sums_tell_where_the_vehicles_stand() {
    let text = format!(
        "{HEAD}“三公”经费和机关运行经费预算表\n单位：万元\n“三公”经费预算数\n机关运行经费预算\n公务用车购置及运行费\n数\n\
         合计 因公出国(境)费 公务接待费\n小计 购置费 运行费\n9.50 0.00 0.50 9.00 6.00 3.00 40.20\n"
    );
    let read = read(&text);
    let row = &read.three_public[0];
    let printed = [&row.total, &row.vehicles, &row.vehicle_purchase, &row.reception]
        .map(|amount| amount.as_ref().map(|amount| amount.printed.to_string()));
    assert_eq!(printed, ["9.50", "9.00", "6.00", "0.50"].map(|printed| Some(printed.to_owned())));
    assert_eq!(read.figures.agency_operating.map(|amount| amount.printed.to_string()).as_deref(), Some("40.20"));
}

/// Heads that their cells broke over the lines above and below the others; no cell is empty, so the rows count the columns.
#[test]
fn heads_broken_around_their_line_are_columns_of_their_own() {
    let text = "甲县统计局2024年度部门决算\n\n支出决算表\n单位：万元\n项目\n对附属单位补助\n\
                本年支出合计 基本支出 项目支出 上缴上级支出 经营支出\n功能分类 支出\n科目名称\n科目编码\n\
                决算数 决算数 决算数 决算数 决算数 决算数\n类 款 项 合计 9.00 7.00 2.00 0.00 0.00 0.00\n\
                201 一般公共服务支出 9.00 7.00 2.00 0.00 0.00 0.00\n20105 统计信息事务 9.00 7.00 2.00 0.00 0.00 0.00\n\
                2010501 行政运行 7.00 7.00 0.00 0.00 0.00 0.00\n2010505 专项统计业务 2.00 0.00 2.00 0.00 0.00 0.00\n";
    let facts = facts(&read(text));
    assert_holds(
        &facts,
        &["function 201 total@all 9.00", "function 2010505 project@all 2.00", "total total basic@all 7.00"],
    );
}
