//! Documents that lost a cell or their end: what is left says what it said before, or nothing.

use super::{HEAD, assert_holds, facts, read, unplaced};
use crate::model::{Phase, ThreePublicPart};

/// The amounts of a year's three public expenses as printed, part by part.
fn three_public(text: &str, year: u16, phase: Phase) -> Vec<String> {
    let disclosure = read(text);
    let row = disclosure.three_public.iter().find(|row| row.year == year && row.phase == phase);
    let part = |part| row.and_then(|row| row.part(part).as_ref()).map(|amount| amount.printed.to_string());
    ThreePublicPart::ALL.map(|one| part(one).unwrap_or_default()).to_vec()
}

#[test]
fn a_total_that_lost_its_parts_stays_the_total() {
    let text = format!("{HEAD}支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t119.33");
    let facts = facts(&read(&text));
    assert_eq!(facts, ["total total total@all 119.33"]);
}

#[test]
fn column_numbers_of_which_one_is_lost_are_no_amounts() {
    let text = format!(
        "{HEAD}“三公”经费支出决算表\n单位：万元\n预算数\t\t\t\t\t\t决算数\t\t\t\t\t\n\
         合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n\
         \t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t\n\
         1\t\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n\
         9.50\t0.00\t8.50\t0.00\t8.50\t1.00\t7.82\t0.00\t7.32\t0.00\t7.32\t0.50\n"
    );
    assert_eq!(three_public(&text, 2024, Phase::Final)[0], "7.82");
}

#[test]
fn a_head_that_one_block_lost_stands_at_the_place_of_the_other() {
    let text = format!(
        "{HEAD}“三公”经费支出决算表\n单位：万元\n预算数\t\t\t\t\t\t决算数\t\t\t\t\t\n\
         合计\t\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n\
         \t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t\n\
         12.50\t3.00\t8.50\t0.00\t8.50\t1.00\t7.92\t0.10\t7.32\t0.00\t7.32\t0.50\n"
    );
    assert_eq!(three_public(&text, 2024, Phase::Final), ["7.92", "0.10", "7.32", "0.00", "7.32", "0.50"]);
}

#[test]
fn other_expenses_in_the_table_of_the_three_are_no_total() {
    let text =
        format!("{HEAD}财政拨款安排的行政经费及“三公”经费预算表\n单位：万元\n项目\t2024年预算\n行政经费\t133.00\n");
    assert_eq!(three_public(&text, 2024, Phase::InitialBudget)[0], "");
}

/// Of a class no amount is told, and its items need not be all.
#[test]
fn items_of_sentences_add_up_to_a_class_only_where_the_whole_is_told() {
    let item = |name: &str, amount: &str| format!("{name}（项）2024年预算数为{amount}万元。\n\n");
    let items = item("住房保障支出（类）住房改革支出（款）住房公积金", "30.00")
        + &item("住房保障支出（类）住房改革支出（款）购房补贴", "12.00");
    let classes = |text: &str| {
        let functions = read(text).functions.into_iter().filter(|function| function.code.len() < 7);
        functions.filter_map(|function| Some(function.total?.printed.to_string())).collect::<Vec<_>>()
    };
    assert!(classes(&format!("{HEAD}{items}")).is_empty());
    let whole = "2024年一般公共预算支出42.00万元，具体情况如下：\n\n";
    assert_eq!(classes(&format!("{HEAD}{whole}{items}")), ["42.00", "42.00"]);
}

/// A row of another statement that slipped into this one, or a row that a page break repeats.
#[test]
fn a_class_that_is_printed_twice_counts_once() {
    let text = format!(
        "{HEAD}支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t42.00\t42.00\t\n\
         221\t住房保障支出\t42.00\t42.00\t\n22102\t住房改革支出\t42.00\t42.00\t\n221\t住房保障支出\t42.00\t42.00\t\n\
         2210201\t住房公积金\t42.00\t42.00\t\n"
    );
    let class = read(&text).functions.into_iter().find(|function| function.code == "221");
    assert_eq!(class.and_then(|class| class.total).map(|total| total.printed.to_string()).as_deref(), Some("42.00"));
}

/// The columns of funds beside 合计 are its parts.
#[test]
fn a_column_of_one_fund_is_no_second_total_of_a_function() {
    for title in ["一般公共预算支出表", "部门支出总表"] {
        let text = format!(
            "{HEAD}{title}\n单位：万元\n科目编码\t科目名称\t合计\t一般公共预算\t政府性基金预算\n\t合计\t42.00\t30.00\t12.00\n\
             205\t教育支出\t30.00\t30.00\t\n212\t城乡社区支出\t12.00\t\t12.00\n"
        );
        let functions = read(&text).functions;
        let totals: Vec<String> =
            functions.iter().filter_map(|function| Some(function.total.as_ref()?.printed.to_string())).collect();
        assert_eq!(totals, ["30.00", "12.00"], "{title}");
    }
}

#[test]
fn the_total_that_every_page_repeats_is_no_second_reading_of_the_row_above() {
    let head = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t42.00\t30.00\t12.00\n";
    let text = format!(
        "{HEAD}支出总表\n单位：万元\n{head}205\t教育支出\t30.00\t20.00\t10.00\n\n{head}221\t住房保障支出\t12.00\t10.00\t2.00\n"
    );
    let names: Vec<String> = read(&text).functions.into_iter().map(|function| function.name.to_string()).collect();
    assert_eq!(names, ["教育支出", "住房保障支出"]);
}

/// A row of another table above the table's own total: what the items add up to is the total.
#[test]
fn the_total_of_another_table_is_nobodys() {
    let text = format!(
        "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\
         \t合计\t18.60\t12.60\t6.00\n\t合计\t30.00\t20.00\t10.00\n201\t一般公共服务支出\t30.00\t20.00\t10.00\n\
         20105\t统计信息事务\t30.00\t20.00\t10.00\n2010501\t行政运行\t20.00\t20.00\t\n2010502\t一般行政管理事务\t10.00\t\t10.00\n"
    );
    let disclosure = read(&text);
    let figure = |amount: &Option<crate::model::Amount>| amount.as_ref().map(|amount| amount.printed.to_string());
    assert_eq!(figure(&disclosure.figures.basic).as_deref(), Some("20.00"));
    assert_eq!(figure(&disclosure.figures.project).as_deref(), Some("10.00"));
    assert_eq!(unplaced(&disclosure), 3);
}

/// A head of another table among the rows: the head of this one ended above its items.
#[test]
fn a_head_among_the_rows_of_a_list_does_not_swallow_them() {
    let text = format!(
        "{HEAD}收支预算总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n\
         一、一般公共预算拨款收入\t20.00\t一、一般公共服务支出\t20.00\n科目名称\t合计\t基本支出\t项目支出\n\
         二、事业收入\t10.00\t二、教育支出\t10.00\n收入总计\t30.00\t支出总计\t30.00\n"
    );
    assert_holds(
        &facts(&read(&text)),
        &["function 201 total@all 20.00", "function 205 total@all 10.00", "total expenditure_total total@all 30.00"],
    );
}

/// Two blocks of the same parts and no word of which year or phase they are: nobody knows which one is the account.
#[test]
fn blocks_of_which_none_has_a_name_give_no_amounts() {
    let text = "甲县统计局2024年度部门决算\n\n财政拨款“三公”经费支出决算表\n单位：万元\n\
         合计\t因公出国（境）费\t公务用车运行费\t公务接待费\t合计\t因公出国（境）费\t公务用车运行费\t公务接待费\n\
         4.50\t0.00\t4.30\t0.20\t4.35\t0.00\t4.20\t0.15\n";
    let disclosure = read(text);
    assert!(disclosure.three_public.is_empty(), "{:?}", facts(&disclosure));
    assert!(disclosure.diagnostics.iter().any(|doubt| doubt.code == "unreadable-statement"));
}

/// The head 合计 was lost, and other heads stand to the right of the amounts: nothing moves below them.
#[test]
fn amounts_below_a_lost_head_move_below_no_other() {
    let text = format!(
        "{HEAD}部门支出总表\n单位：千元\n科目编码\t科目名称\t\t基本支出\t项目支出\t事业单位经营支出\t上缴上级支出\n\
         201\t一般公共服务支出\t10,928.4\t7,125.5\t3,802.9\t\t\n20113\t商贸事务\t10,928.4\t7,125.5\t3,802.9\t\t\n\
         2011301\t行政运行\t7,125.5\t7,125.5\t\t\t\n2011308\t招商引资\t3,802.9\t\t3,802.9\t\t\n"
    );
    let disclosure = read(&text);
    let facts = facts(&disclosure);
    assert_holds(&facts, &["function 2011301 basic@all 7125.5", "function 2011308 project@all 3802.9"]);
    assert!(!facts.iter().any(|fact| fact.contains("basic@all 10928.4") || fact.contains("business")), "{facts:#?}");
}

/// The codes of the doubts that a document leaves.
fn doubts(text: &str) -> Vec<&'static str> {
    read(text).diagnostics.iter().map(|doubt| doubt.code).collect()
}

#[test]
fn a_row_that_a_list_lost_is_told() {
    let head = format!(
        "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t42.00\t30.00\t12.00\n"
    );
    let kept = "2050201\t学前教育\t30.00\t20.00\t10.00\n";
    let lost = "2210201\t住房公积金\t12.00\t10.00\t2.00\n";
    assert!(doubts(&format!("{head}{kept}{lost}")).is_empty());
    assert_eq!(doubts(&format!("{head}{kept}")), ["functions-do-not-add-up"]);
    // A row that stands in the list twice: more is spent than there is.
    assert_eq!(doubts(&format!("{head}{kept}{lost}{lost}")), ["functions-do-not-add-up", "parts-beyond-whole"]);
}

#[test]
fn items_that_are_not_what_their_class_says_are_told() {
    let rows = |basic: &str| {
        format!(
            "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t42.00\t30.00\t12.00\n\
             205\t教育支出\t42.00\t{basic}\t12.00\n2050201\t学前教育\t42.00\t30.00\t12.00\n"
        )
    };
    assert!(doubts(&rows("30.00")).is_empty());
    assert_eq!(doubts(&rows("42.00")), ["functions-do-not-add-up", "functions-do-not-add-up", "parts-beyond-whole"]);
}

#[test]
fn rows_of_one_statement_that_both_say_they_are_the_total_are_told() {
    let table = "一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n\
                 301\t工资福利支出\t30.00\t30.00\t\n302\t商品和服务支出\t12.00\t\t12.00\n";
    let total = |amounts: &str| format!("\t合计\t{amounts}\n");
    let sound = total("42.00\t30.00\t12.00");
    assert!(doubts(&format!("{HEAD}{table}{sound}{sound}")).is_empty());
    assert!(doubts(&format!("{HEAD}{table}{sound}{}", total("0.00\t0.00\t0.00"))).contains(&"rival-totals"));
}

/// Amounts in yuan below a head in 万元.
#[test]
fn three_public_expenses_beyond_the_whole_spending_are_told() {
    let text = |total: &str| {
        format!(
            "{HEAD}收支总表\n单位：万元\n项目\t预算数\t项目\t预算数\n收入总计\t30.00\t支出总计\t30.00\n\n\
             “三公”经费预算表\n单位：万元\n合计\t因公出国（境）费\t公务接待费\t公务用车购置及运行费\n{total}\t0.00\t{total}\t0.00\n"
        )
    };
    assert!(!doubts(&text("3.00")).contains(&"parts-beyond-whole"));
    assert!(doubts(&text("30000.00")).contains(&"parts-beyond-whole"));
}

/// Below the lost head stand the amounts of 基本支出; those to the right of it add up under other heads too.
#[test]
fn amounts_beside_a_lost_head_stay_below_their_own() {
    let text = format!(
        "{HEAD}部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t\t项目支出\t事业单位经营支出\t上缴上级支出\n\
         205\t教育支出\t1,846.03\t1,750.29\t95.74\t\t\n20502\t普通教育\t1,846.03\t1,750.29\t95.74\t\t\n\
         2050202\t小学教育\t1,846.03\t1,750.29\t95.74\t\t\n208\t社会保障和就业支出\t88.42\t88.42\t\t\t\n"
    );
    let disclosure = read(&text);
    assert_holds(&facts(&disclosure), &["function 2050202 total@all 1846.03", "function 2050202 project@all 95.74"]);
    assert!(!facts(&disclosure).iter().any(|fact| fact.contains("1750.29") && fact.contains("project")));
}

#[test]
fn an_item_whose_section_was_lost_has_no_code_of_a_section() {
    let text = format!(
        "{HEAD}支出总表\n单位：万元\n科目编码\t\t\t科目名称\t合计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n\
         208\t\t\t社会保障和就业支出\t132.60\t132.60\t\n\t\t\t行政事业单位养老支出\t132.60\t132.60\t\n\
         \t\t05\t机关事业单位基本养老保险缴费支出\t88.40\t88.40\t\n\t\t06\t机关事业单位职业年金缴费支出\t44.20\t44.20\t\n"
    );
    let functions = read(&text).functions;
    let section = functions.iter().find(|function| function.code == "20805").and_then(|section| section.total.as_ref());
    assert_ne!(section.map(|total| total.printed.as_str()), Some("88.40"));
}

/// The head 预算数 above the first of two blocks was lost: both look like the account.
#[test]
fn two_amounts_of_one_expense_are_told() {
    let text = |budget: &str| {
        format!(
            "甲县统计局2024年度部门决算\n\n“三公”经费支出决算表\n单位：万元\n{budget}\t\t\t\t\t\t决算数\t\t\t\t\t\n\
             合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n\
             \t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t\n\
             9.50\t0.00\t8.50\t0.00\t8.50\t1.00\t7.82\t0.00\t7.32\t0.00\t7.32\t0.50\n"
        )
    };
    assert!(doubts(&text("预算数")).is_empty());
    assert!(doubts(&text("")).contains(&"rival-totals"));
}
