//! Tables of which only the filled cells are known: one blank between any two of them.

use super::{HEAD, assert_holds, facts, read};
use crate::model::{Phase, StatementState};

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

/// A total gives its classes their places, a class those of its items: 0.00 is printed where nothing was spent, and the
/// columns that templates print behind are empty.
#[test]
fn the_total_places_the_classes_and_a_class_its_items() {
    let head = "支出决算表\n单位：万元\n项目\n对附属单位补\n本年支出合计 基本支出 项目支出 上缴上级支出 经营支出\n\
                功能分类\n助支出\n科目名称\n科目编码\n";
    let with_zeros = format!(
        "{HEAD}{head}合计 100.00 70.00 30.00\n201 一般公共服务支出 20.00 0.00 20.00\n20105 统计信息事务 20.00 0.00 20.00\n\
         2010507 专项普查活动 20.00 0.00 20.00\n208 社会保障和就业支出 80.00 70.00 10.00\n\
         20805 行政事业单位养老支出 80.00 70.00 10.00\n2080501 行政单位离退休 70.00 70.00 0.00\n2080599 其他支出 10.00 0.00 10.00\n"
    );
    let expected = ["function 2010507 project@all 20.00", "function 2080501 basic@all 70.00"];
    assert_holds(&facts(&read(&with_zeros)), &expected);
    // 3.00 and 4.00 below 212 add up to its project alone, though 基本支出 of 201 would hold them too.
    let without = format!(
        "{HEAD}{head}合计 37.00 20.00 17.00\n201 一般公共服务支出 10.00 10.00\n20105 统计信息事务 10.00 10.00\n\
         2010504 信息事务 3.00 3.00\n2010506 统计管理 7.00 7.00\n212 城乡社区支出 27.00 10.00 17.00\n\
         21201 城乡社区管理事务 20.00 10.00 10.00\n2120104 城管执法 10.00 10.00\n2120106 工程建设管理 10.00 10.00\n\
         21203 城乡社区公共设施 7.00 7.00\n2120303 小城镇基础设施建设 3.00 3.00\n2120399 其他支出 4.00 4.00\n"
    );
    let facts = facts(&read(&without));
    assert_holds(&facts, &["function 212 project@all 17.00", "function 2120303 project@all 3.00"]);
    // Which of the two spends on the office nobody can tell.
    assert!(!facts.iter().any(|fact| fact.starts_with("function 2120104 basic@all")), "{facts:#?}");
}

/// 7.00 stands where 70.00 belongs: what is left of the total tells which amount of the class is misprinted, and its items
/// stand where they belong.
#[test]
fn a_misprinted_class_hides_no_other_row() {
    let text = format!(
        "{HEAD}支出决算表\n单位：万元\n科目编码 科目名称 本年支出合计 基本支出 项目支出 上缴上级支出 经营支出\n\
         合计 109.00 72.00 37.00\n201 一般公共服务支出 12.00 12.00\n20105 统计信息事务 12.00 12.00\n\
         2010504 信息事务 6.00 6.00\n2010505 专项统计业务 6.00 6.00\n208 社会保障和就业支出 2.00 2.00\n\
         20805 行政事业单位养老支出 2.00 2.00\n2080599 其他行政事业单位养老支出 2.00 2.00\n\
         212 城乡社区支出 95.00 7.00 25.00\n21201 城乡社区管理事务 95.00 7.00 25.00\n2120104 城管执法 64.00 64.00\n\
         2120106 工程建设管理 6.00 6.00\n2120107 市政公用行业市场监管 6.00 6.00\n2120199 其他城乡社区管理事务支出 19.00 19.00\n"
    );
    let facts = facts(&read(&text));
    assert_holds(
        &facts,
        &[
            "function 2010504 project@all 6.00",
            "function 2010505 project@all 6.00",
            "function 2080599 basic@all 2.00",
            "function 212 basic@all 7.00",
        ],
    );
    // Either of them may be the project.
    assert!(!facts.iter().any(|fact| fact.starts_with("function 2120106 basic@all")), "{facts:#?}");
}

/// Heads of several lines, each a piece of some cell: the rows say that two lists of codes, names and amounts stand side by side.
#[test]
fn the_rows_tell_that_lists_stand_side_by_side() {
    let text = format!(
        "{HEAD}一般公共预算财政拨款基本支出决算表\n单位：万元\n经济分\n经济分类 类\n科目名称 决算数 科目名称 决算数\n\
         科目编码 科目编\n码\n301 工资福利支出 9.50 302 商品和服务支出 3.00\n30101 基本工资 5.00 30201 办公费 2.00\n\
         30103 奖金 30203 咨询费\n机关事业单位基本养老保\n30108 4.50 30206 电费 1.00\n险缴费\n30302 退休费 30217 公务接待费\n\
         30310 个人农业生产补贴 30231 公务用车运行维护费 12.35\n人员经费合计 9.50 公用经费合计 15.35\n"
    );
    let read = read(&text);
    let placed: u32 = read.statements.iter().map(|statement| statement.amounts - statement.placed).sum();
    assert_eq!(placed, 0, "{:#?}", facts(&read));
    let figures = [&read.figures.personnel, &read.figures.operating];
    let printed = figures.map(|amount| amount.as_ref().map(|amount| amount.printed.to_string()));
    assert_eq!(printed, ["9.50", "15.35"].map(|printed| Some(printed.to_owned())));
}

/// 预算数 and 决算数 below every part, the heads in pieces on six lines: 因公出国 goes on in （境）费, 小计 is that of the vehicles.
#[test]
fn heads_in_pieces_tell_the_three_public_expenses() {
    let text = "甲街道办事处2024年度部门决算\n\n财政拨款“三公”经费支出决算表\n单位：万元\n财政拨款“三公”经费\n\
                公务用车购置及运行维护费\n因公出国\n合计 公务用车 公务用车 公务接待费\n（境）费 小计\n购置费 运行维护费\n\
                预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数\n\
                53.93 37.35 52.40 37.35 25.00 25.00 27.40 12.35 1.53 0.00\n注：本表反映部门本年度“三公”经费支出预决算情况。\n";
    let read = read(text);
    let row = read.three_public.iter().find(|row| row.phase == Phase::InitialBudget).expect("a budget");
    let printed = [&row.total, &row.vehicles, &row.vehicle_purchase, &row.vehicle_operation, &row.reception]
        .map(|amount| amount.as_ref().map(|amount| amount.printed.to_string()));
    assert_eq!(printed, ["53.93", "52.40", "25.00", "27.40", "1.53"].map(|printed| Some(printed.to_owned())));
}

/// Every cell on a line of its own.
#[test]
fn cells_on_lines_of_their_own_are_rows() {
    let text = format!(
        "{HEAD}支出预算总表\n单位：元\n项目\n支出预算\n功能分类科目编码\n功能分类科目名称\n合计\n基本支出\n项目支出\n类\n款\n项\n\
         201\n一般公共服务支出\n9,000.00\n7,000.00\n2,000.00\n201\n05\n统计信息事务\n9,000.00\n7,000.00\n2,000.00\n\
         201\n05\n01\n行政运行\n7,000.00\n7,000.00\n0.00\n201\n05\n05\n专项统计业务\n2,000.00\n0.00\n2,000.00\n\
         合计\n9,000.00\n7,000.00\n2,000.00\n"
    );
    let facts = facts(&read(&text));
    assert_holds(
        &facts,
        &[
            "function 2010501 basic@all 7000.00",
            "function 2010505 project@all 2000.00",
            "total total project@all 2000.00",
        ],
    );
}

/// Whose 小计 it is nobody can tell where heads of two levels are a list of words.
#[test]
fn heads_of_two_levels_on_lines_of_their_own_are_not_guessed() {
    let text = format!(
        "{HEAD}支出预算总表\n单位：万元\n科目编码\n科目名称\n合计\n基本支出\n项目支出\n小计\n人员经费\n公用经费\n小计\n特定目标类\n\
         2010501\n行政运行\n7.00\n7.00\n5.00\n2.00\n2010505\n专项统计业务\n2.00\n2.00\n2.00\n合计\n9.00\n7.00\n5.00\n2.00\n2.00\n2.00\n"
    );
    let read = read(&text);
    assert!(!facts(&read).iter().any(|fact| fact.starts_with("function")), "{:#?}", facts(&read));
    assert!(read.statements.iter().any(|statement| statement.state == StatementState::Unreadable));
}
