//! Frames: which column is which where the head does not tell, and tables that no frame fits.

use super::{HEAD, assert_holds, facts, read, unplaced};
use crate::model::{Phase, StatementState, ThreePublic};

fn three_public(text: &str) -> Vec<String> {
    let show = |row: &ThreePublic| {
        let part = |amount: &Option<crate::model::Amount>| {
            amount.as_ref().map_or("-".to_owned(), |amount| amount.printed.to_string())
        };
        let phase = if row.phase == Phase::Final { "final" } else { "budget" };
        let parts = [&row.total, &row.abroad, &row.vehicles, &row.vehicle_operation, &row.reception].map(part);
        format!("{} {phase} {}", row.year, parts.join(" "))
    };
    read(text).three_public.iter().map(show).collect()
}

/// 2023年预算数 and 2024年预算数 reach over the first columns of their blocks only: the sums tell the rest.
#[test]
fn blocks_of_two_years_are_told_by_their_sums() {
    let text = format!(
        "{HEAD}“三公”经费支出表\n单位：万元\n\t2023年预算数\t\t\t\t\t\t2024年预算数\t\t\n\
         合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n\
         \t\t小计\t购置费\t运行费\t\t\t\t小计\t购置费\t运行费\t\n\
         148.60\t96.00\t48.00\t18.00\t30.00\t4.60\t126.40\t92.00\t30.00\t0.00\t30.00\t4.40\n"
    );
    assert_eq!(
        three_public(&text),
        ["2023 budget 148.60 96.00 48.00 30.00 4.60", "2024 budget 126.40 92.00 30.00 30.00 4.40"]
    );
}

/// One blank between any two cells, and a head that was broken over lines of debris.
#[test]
fn blocks_of_budget_and_account_are_told_below_debris() {
    let text = "甲县统计局2024年度部门决算\n\n财政拨款“三公”经费支出决算表\n部门：甲县统计局 金额单位：万元\n预算数 决算数\n\
                公务用车购置及运行维护费 公务用车购置及运行维护费\n因公出国 公务用车 公务接待 因公出国 公务用车 公务接待\n\
                合计 公务用车 合计 公务用车\n（境）费 小计 运行维护 费 （境）费 小计 运行维护 费\n购置费 购置费\n费 费\n\
                1 2 3 4 5 6 7 8 9 10 11 12\n14.00 0.00 9.00 0.00 9.00 5.00 11.26 0.00 8.15 0.00 8.15 3.11\n";
    assert_eq!(three_public(text), ["2024 budget 14.00 0.00 9.00 9.00 5.00", "2024 final 11.26 0.00 8.15 8.15 3.11"]);
}

/// Without sums that hold, a column under no year is of no year.
#[test]
fn blocks_whose_sums_fail_give_no_amount_without_its_year() {
    let text = format!(
        "{HEAD}“三公”经费支出表\n单位：万元\n2023年预算数\t\t\t2024年预算数\n\
         因公出国（境）费\t公务接待费\t公务用车运行费\t因公出国（境）费\t公务接待费\t公务用车运行费\n\
         5.00\t2.00\t7.00\t6.00\t3.00\t8.00\n"
    );
    let told = three_public(&text);
    assert!(!told.iter().any(|row| row.contains("7.00") && row.starts_with("2024")), "{told:?}");
}

#[test]
fn a_budget_beside_an_account_is_a_budget() {
    let text = "甲县统计局2024年度部门决算\n\n收入支出决算总表\n单位：万元\n\
                收入\t\t\t支出\t\t\n项目\t预算数\t决算数\t项目\t预算数\t决算数\n\
                一、一般公共预算财政拨款收入\t9.00\t10.00\t一、教育支出\t9.00\t10.00\n\
                总计\t9.00\t10.00\t总计\t9.00\t10.00\n";
    let figures = read(text).figures;
    assert_eq!(figures.income_total.map(|amount| amount.printed.to_string()).as_deref(), Some("10.00"));
}

/// Whole yuan below a head are amounts and no head.
#[test]
fn whole_numbers_below_a_head_are_amounts() {
    let text = format!(
        "{HEAD}“三公”经费支出表\n单位：元\n合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n\
         \t\t小计\t公务用车购置费\t公务用车运行费\t\n42300\t\t35000\t\t35000\t7300\n"
    );
    assert_eq!(three_public(&text), ["2024 budget 42300 - 35000 35000 7300"]);
}

/// Where the sums of a frame fail row after row the amounts are nobody's, and the table says that it could not be read.
#[test]
fn a_table_in_which_every_sum_fails_gives_no_figures() {
    let row = |code: &str, total: &str| format!("{code}\t行政运行\t{total}\t33.00\t44.00\n");
    let table = ["2010301\t50.00", "2010302\t51.00", "2010303\t52.00", "2010304\t53.00"];
    let rows: String =
        table.iter().filter_map(|line| line.split_once('\t')).map(|(code, total)| row(code, total)).collect();
    let text = format!("{HEAD}支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{rows}");
    let disclosure = read(&text);
    assert_eq!(facts(&disclosure), Vec::<String>::new());
    assert_eq!(disclosure.statements[0].state, StatementState::Unreadable);
    assert_eq!(unplaced(&disclosure), 12);
    // One row that fails is the document's own mistake.
    let sound = text.replace("50.00", "77.00").replace("51.00", "77.00").replace("52.00", "77.00");
    assert_eq!(read(&sound).statements[0].state, StatementState::Read);
}

/// 一般公共预算财政拨款支出总计 is the total of that fund and not of all money.
#[test]
fn the_total_of_a_fund_is_not_the_total() {
    let text = format!("{HEAD}2024年支出总计30.00万元。2024年一般公共预算财政拨款支出总计20.00万元。\n");
    let total = |text: &str| read(text).figures.expenditure_total.map(|amount| amount.printed.to_string());
    assert_eq!(total(&text).as_deref(), Some("30.00"));
    let alone = format!("{HEAD}2024年一般公共预算财政拨款支出总计20.00万元。\n");
    assert_eq!(total(&alone), None);
}

/// Budget and account as rows, without a year.
#[test]
fn rows_may_be_phases() {
    let text = "甲县统计局2024年度部门决算\n\n“三公”经费及会议费支出决算表\n单位：万元\n\
                项目\t小计\t因公出国（境）费用\t公务接待费\t公务用车运行维护费\t会议费\n\
                预算数\t3.20\t\t1.20\t2.00\t3.00\n决算数\t2.85\t\t0.85\t2.00\t2.64\n";
    assert_eq!(three_public(text), ["2024 budget 3.20 - 2.00 2.00 1.20", "2024 final 2.85 - 2.00 2.00 0.85"]);
}

/// A second list with heads of its own does not make a head of the amounts above it.
#[test]
fn amounts_between_two_heads_are_amounts() {
    let text = "甲县统计局2024年度部门决算\n\n“三公”经费、会议费支出决算表\n单位：万元\n\
                合计\t因公出国（境）费\t公务用车购置及运行维护费\t公务接待费\n20.00\t0.00\t16.00\t4.00\n\
                相关统计数：\t\t\t\n项目\t统计数\t项目\t统计数\n国内公务接待批次（个）\t21\t国内公务接待人次（人）\t180\n";
    assert_eq!(three_public(text), ["2024 final 20.00 0.00 16.00 - 4.00"]);
}

#[test]
fn parts_in_a_sentence_are_of_the_phase_of_their_whole() {
    let text = "甲镇人民政府2024年度“三公”经费决算公开\n\n2024年“三公”经费预算为20万元，其中：公务接待费9万元，\
                公务用车运行维护费11万元。2024年“三公”经费支出合计9.07万元，较年初预算数减少10.93万元，其中：公务接待费1.07万元，\
                公务用车运行维护费8万元。\n";
    assert_eq!(three_public(text), ["2024 budget 20 - 11 11 9", "2024 final 9.07 - 8 8 1.07"]);
    assert_eq!(read(text).figures.expenditure_total, None);
}

/// 「教育支出年初预算数为…，决算数为…」
#[test]
fn classes_with_a_budget_before_the_account() {
    let text = "甲县某中学2024年度单位决算\n\n（一）教育支出年初预算数为90.00万元，决算数为95.00万元，完成年初预算的105.56%。\n";
    let disclosure = read(text);
    let told: Vec<_> = disclosure
        .functions
        .iter()
        .map(|function| function.total.as_ref().map(|total| total.printed.to_string()))
        .collect();
    assert_eq!(told, [Some("95.00".to_owned())]);
}

/// One blank between any two cells: nothing but what the sentences tell says which parts the total has.
#[test]
fn sentences_place_the_total_of_a_loose_table() {
    let text = "甲县统计局2024年度部门决算\n\n支出决算表\n部门：甲县统计局 金额单位：万元\n\
                项目 本年支出合计 基本支出 项目支出 上缴上级支出 经营支出\n科目代码 科目名称\n栏次 1 2 3 4 5\n\
                合计 100.00 60.00 40.00\n201 一般公共服务支出 75.00 60.00 15.00\n20103 政府办公厅（室）及相关机构事务 75.00 60.00 15.00\n\
                2010301 行政运行 60.00 60.00\n2010302 一般行政管理事务 15.00 15.00\n205 教育支出 25.00 25.00\n\
                20508 进修及培训 25.00 25.00\n2050803 培训支出 25.00 25.00\n\n\
                2024年度支出合计100.00万元，其中：基本支出60.00万元，项目支出40.00万元。\n";
    let disclosure = read(text);
    let spent = |code: &str| {
        let function = disclosure.functions.iter().find(|function| function.code == code)?;
        Some((function.basic.is_some(), function.project.as_ref()?.printed.to_string()))
    };
    assert_eq!(spent("2050803"), Some((false, "25.00".to_owned())));
    assert_eq!(spent("2010302"), Some((false, "15.00".to_owned())));
}

/// The unit's table lists more than the department's, and neither says whose it is: the title above does.
#[test]
fn tables_below_the_title_of_a_unit_are_the_units() {
    let table = |rows: &str| format!("支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{rows}\n");
    let own = table("\t合计\t9.00\t7.00\t2.00\n2010501\t行政运行\t9.00\t7.00\t2.00\n");
    let units =
        table("\t合计\t3.00\t3.00\t\n2010550\t事业运行\t2.00\t2.00\t\n2080505\t养老保险缴费支出\t1.00\t1.00\t\n");
    let text = format!("{HEAD}第二部分 预算表\n\n{own}第四部分 所属单位预算\n\n甲县普查中心2024年单位预算\n\n{units}");
    let disclosure = read(&text);
    let codes: Vec<&str> = disclosure.functions.iter().map(|function| function.code.as_str()).collect();
    assert_eq!(codes, ["201", "20105", "2010501"]);
}

/// Equal amounts could change places in every sum: the codes say who is paid and what is bought.
#[test]
fn codes_place_the_items_of_basic_expenditure_in_a_loose_table() {
    let text = format!(
        "{HEAD}一般公共预算基本支出表\n部门：甲县统计局 金额单位：万元\n科目编码 科目名称 合计 人员经费 公用经费\n\
         301 工资福利支出 9.00 9.00\n301 01 基本工资 6.00 6.00\n301 02 津贴补贴 3.00 3.00\n302 商品和服务支出 9.00 9.00\n\
         302 01 办公费 6.00 6.00\n302 02 印刷费 3.00 3.00\n合计 18.00 9.00 9.00\n"
    );
    assert_holds(
        &facts(&read(&text)),
        &[
            "economic_departmental 30101 basic.personnel@general_public 6.00",
            "economic_departmental 30201 basic.operating@general_public 6.00",
            "economic_departmental 302 basic.operating@general_public 9.00",
        ],
    );
}

/// A page that is one table: a caption of all, then the statements one below the other.
#[test]
fn a_caption_above_the_first_statement_of_a_grid_is_no_head() {
    let rows = [
        "2024年度单位决算报表",
        "收入支出决算总表",
        "部门：甲县统计局</td><td></td><td></td><td>单位：万元",
        "项目</td><td>决算数</td><td>项目</td><td>决算数",
        "一、财政拨款收入</td><td>9.00</td><td>一、教育支出</td><td>9.00",
        "本年收入合计</td><td>9.00</td><td>本年支出合计</td><td>9.00",
    ];
    let rows: String = rows.iter().map(|row| format!("<tr><td>{row}</td></tr>\n")).collect();
    let text = format!("<h1>甲县统计局2024年度部门决算</h1>\n<table>\n{rows}</table>\n");
    let figures = read(&text).figures;
    assert_eq!(figures.current_income.map(|amount| amount.printed.to_string()).as_deref(), Some("9.00"));
}

/// 本年拨款 stands one column too far to the right, and 财政拨款结转结余 is in pieces: such a head says nothing of columns,
/// and the known order of the statement does.
#[test]
fn pieces_of_a_broken_head_are_not_joined_column_by_column() {
    let text = format!(
        "{HEAD}项目支出预算表\n单位：万元\n\t\t\t\t\t本年拨款\t\t<b></b>\t<b>」</b> 政拨款结转结\t余\t财政专户管\t\n\
         类型\t项目名称\t项目单位\t合计\t一般公共预\t政府性基金\t国有资本经\t一般公共预\t政府性基金\t国有资本经\t理资金\t单位资金\n\
         \t\t\t\t算\t预算\t营预算\t算\t预算\t营预算\t<b>上</b> 贝立\t\n\
         \t\t\t60.00\t60.00\t\t\t\t\t\t\t\n\
         其他运转类\t网络维护经费\t某局\t40.00\t40.00\t\t\t\t\t\t\t\n\
         特定目标类\t大厅改造\t某局\t20.00\t20.00\t\t\t\t\t\t\t\n"
    );
    let facts = read(&text).facts;
    let natures = facts.iter().filter(|fact| fact.amount.printed == "40.00").map(|fact| fact.measure.nature.as_str());
    assert_eq!(natures.collect::<Vec<_>>(), ["total", "current"]);
}

/// The document ends before the department's own tables: what stands in a unit's section is the unit's all the same.
#[test]
fn the_section_of_a_unit_is_not_the_department() {
    let table = |owner: &str, amount: &str| {
        format!(
            "部门收支总表\n单位名称：{owner}\t\t\t单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n\
             一、一般公共预算拨款收入\t{amount}\t一、一般公共服务支出\t{amount}\n收入总计\t{amount}\t支出总计\t{amount}\n\n"
        )
    };
    let cut = format!("{HEAD}一、甲县普查中心2024年单位预算\n{}", table("甲县普查中心", "3.00"));
    let disclosure = read(&cut);
    assert_eq!(disclosure.identity.organization.as_deref(), Some("甲县统计局"));
    assert!(disclosure.figures.income_total.is_none(), "{:?}", facts(&disclosure));
    assert!(disclosure.diagnostics.iter().any(|doubt| doubt.code == "tables-of-units"));
    let whole = format!("{cut}二、甲县统计局2024年部门预算\n{}", table("甲县统计局", "9.00"));
    let total = read(&whole).figures.income_total.map(|amount| amount.printed.to_string());
    assert_eq!(total.as_deref(), Some("9.00"));
    // A document whose title names the unit's department and that has one section only is told by its labels.
    let own = format!("{HEAD}{}", table("甲县普查中心", "3.00"));
    assert_eq!(read(&own).identity.organization.as_deref(), Some("甲县普查中心"));
}

/// Where no head of an amount is known, a layout counts only when its sums hold.
#[test]
fn a_layout_without_proof_gives_no_figures() {
    let text = |total: &str| {
        format!(
            "{HEAD}“三公”经费支出表\n单位：万元\n三公经贾台汁\t困公出国（境）贾\t公务用车购直及运行贾\t\t\t公务接诗贾\n\
             \t\t小汁\t公务用车购直贾\t公务用车运彳贾\t\n{total}\t1.00\t3.00\t1.00\t2.00\t2.00\n"
        )
    };
    assert_eq!(three_public(&text("6.00")), ["2024 budget 6.00 1.00 3.00 2.00 2.00"]);
    let disclosure = read(&text("7.00"));
    assert!(disclosure.three_public.is_empty(), "{:?}", facts(&disclosure));
    assert_eq!(disclosure.statements[0].state, StatementState::Unreadable);
    assert!(disclosure.diagnostics.iter().any(|doubt| doubt.code == "unreadable-statement"));
}

/// Each part behind 其中 names its own budget behind its account.
#[test]
fn parts_that_name_their_budget_are_of_the_account_first() {
    let text = "甲县统计局2024年度部门决算\n\n2024年度“三公”经费支出2.05万元，年初预算为2.95万元。其中：因公出国（境）支出0万元，年初预算为0万元；\
                公务用车运行维护费支出0.10万元，年初预算为0.95万元；公务接待费支出1.95万元，年初预算为2.00万元。\n";
    assert_eq!(three_public(text), ["2024 budget 2.95 0 0.95 0.95 2.00", "2024 final 2.05 0 0.10 0.10 1.95"]);
}

/// 完成预算12.02万元 is the budget of the amount before it; the change behind it is that of the account.
#[test]
fn what_was_completed_is_a_budget_and_changes_speak_of_the_account() {
    let text = "甲省财政厅2023年度部门决算\n\n2023年度“三公”经费支出决算为62.07万元，完成预算84.82万元的73.2%，比上年决算数增加38.97万元，\
                增长168.7%。其中：公务接待费支出决算为22.59万元，完成预算43.20万元的52.3%，比上年决算数增加20.63万元。\n";
    let told = three_public(text);
    assert!(told.contains(&"2023 budget 84.82 - - - 43.20".to_owned()), "{told:?}");
    assert!(told.contains(&"2023 final 62.07 - - - 22.59".to_owned()), "{told:?}");
    assert!(told.iter().any(|row| row.starts_with("2022 final 23.10")), "{told:?}");
}

/// 收支总表 tells the classes, sentences tell the items below them.
#[test]
fn sentences_tell_the_items_below_the_classes_of_a_table() {
    let text = format!(
        "{HEAD}收支总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、财政拨款收入\t9.00\t一、社会保障和就业支出\t7.00\n\
         \t\t二、住房保障支出\t2.00\n收入总计\t9.00\t支出总计\t9.00\n\n\
         1.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）5.00万元，主要用于退休人员的支出。\n"
    );
    let functions = read(&text).functions;
    let total = |code: &str| {
        let function = functions.iter().find(|function| function.code == code);
        function.and_then(|function| function.total.as_ref()).map(|total| total.printed.to_string())
    };
    assert_eq!([total("208"), total("2080501")], ["7.00", "5.00"].map(|printed| Some(printed.to_owned())));
}
