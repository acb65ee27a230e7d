//! Each check of the text over small documents: what it finds, and what it leaves alone.

use std::sync::Arc;

use crate::audit::{Rules, audit};
use crate::config::AuditConfig;
use crate::model::Kind;
use crate::read::Source;
use crate::vocabulary::Vocabulary;
use crate::{parse, recognize};

/// The rules that find something in a document of 甲区政务服务局.
fn found(title: &str, text: &str) -> Vec<String> {
    let text = format!("# {title}\n\n## 第一部分 概况\n\n甲区政务服务局负责全区政务服务。\n\n{text}\n");
    let source = Arc::new(Source::plain("样例省/样例市/甲区/政务服务局/2024.md", &text));
    let mut disclosure = recognize::recognize(Vocabulary::builtin(), &parse::parse(&source));
    disclosure.identity.kind = Some(if title.ends_with("预算") { Kind::Budget } else { Kind::Final });
    disclosure.identity.region.district = Some("甲区".into());
    let ledger = audit(Rules::builtin(), &AuditConfig::default(), &disclosure);
    ledger.findings.iter().map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn sentences_of_final_accounts_are_checked() {
    for (rule, wrong, right) in [
        (
            "T-SCORE",
            "部门整体绩效自评得分93.38分。\n\n我单位整体自评得分为87.50分。",
            "部门整体绩效自评得分93.38分。\n\n我单位整体自评得分为93.38分。",
        ),
        ("T-GRADE", "整体自评得分为87.50分，评价等级为“一般”。", "整体自评得分为87.50分，评价等级为“良”。"),
        (
            "T-CONTRA",
            "本部门未开展绩效评价工作。\n\n实际开展绩效自评20个项目。",
            "本部门未开展绩效评价工作。\n\n实际开展绩效自评0个项目。",
        ),
        ("T-COUNT", "8个二级指标。二级指标从投入、产出7个方面评价。", "8个二级指标。二级指标从投入、产出8个方面评价。"),
        ("T-LEVEL", "按照我县的要求。", "按照省、市、县的要求。"),
        ("T-PHASE", "本部门部门预算包括本级预算。", "本部门部门决算包括本级决算。"),
        ("T-TYPO", "2024年府性基金支出决算。", "2024年政府性基金支出决算。"),
        (
            "N-14",
            "期末共有车辆3辆，其中：机要通信用车1辆、其他用车1辆（其他用车是1辆面包车）。",
            "期末共有车辆2辆，其中：机要通信用车1辆、其他用车1辆（其他用车是1辆面包车）。",
        ),
        (
            "N-14c",
            "公务接待费全年预算为0.30万元，支出决算为0.11万元。决算数与预算数无差异。",
            "公务接待费全年预算为0.30万元，支出决算为0.11万元。决算数小于预算数。",
        ),
        (
            "N-9b",
            "公务接待费全年预算为0.30万元，支出决算为0.11万元。共接待国内来访团组0个、来宾0人次。",
            "公务接待费全年预算为0.30万元，支出决算为0.11万元。共接待国内来访团组2个、来宾9人次。",
        ),
        (
            "N-PC",
            "公务接待费全年预算为0.30万元，支出决算为0.11万元，完成全年预算的63%。",
            "公务接待费全年预算为0.30万元，支出决算为0.11万元，完成全年预算的37%。",
        ),
        (
            "N-P0",
            "因公出国费支出决算0.00万元，完成全年预算的100.00%。",
            "因公出国费支出决算10.00万元，完成全年预算的100.00%。",
        ),
        (
            "N-3c",
            "支出合计30万元，其中：基本支出10万元；项目支出10万元；其他支出10万元。",
            "支出合计30万元，其中：基本支出10万元；项目支出20万元；其他支出0万元。",
        ),
        (
            "S-EMPTYSEC",
            "## 2.产出情况\n\n### (1)情况分析\n\n## 3.有关建议\n\n加强管理。",
            "## 2.产出情况\n\n### (1)情况分析\n\n已完成。",
        ),
    ] {
        let title = "甲区政务服务局2024年部门决算";
        assert!(found(title, wrong).iter().any(|code| code == rule), "{rule} finds nothing in {wrong}");
        assert!(!found(title, right).iter().any(|code| code == rule), "{rule} finds something in {right}");
    }
}

#[test]
fn changes_of_budgets_add_up_and_are_explained() {
    let title = "甲区政务服务局2024年部门预算";
    let text = |total: &str, reason: &str| {
        format!(
            "“三公”经费支出预算为5.00万元，比2023年增加{total}万元{reason}。\n\n因公出国（境）费0.00万元，与2023年持平。\n\n\
             公务用车购置及运行费4.00万元，比2023年增加1.00万元。\n\n公务接待费1.00万元，比2023年增加0.50万元。"
        )
    };
    let has = |text: &str, rule: &str| found(title, text).iter().any(|code| code == rule);
    assert!(!has(&text("1.50", "，主要原因是车辆增加"), "N-Y2"));
    assert!(has(&text("1.70", "，主要原因是车辆增加"), "N-Y2"));
    assert!(has(&text("1.50", ""), "C-2"));
    assert!(has("# 二、部门构成\n\n单位决算包括本级决算。", "T-PHASE-B"));
}

/// A table behind its title, its cells parted by blanks; `-` is an empty cell.
fn table(title: &str, rows: &[&str]) -> String {
    let row =
        |row: &&str| row.split(' ').map(|cell| if cell == "-" { "" } else { cell }).collect::<Vec<_>>().join("\t");
    format!("{title}\n单位：万元\n{}\n\n", rows.iter().map(row).collect::<Vec<_>>().join("\n"))
}

#[test]
fn tables_of_budgets_are_checked_against_each_other_and_the_text() {
    let title = "甲区政务服务局2024年部门预算";
    let projects = table(
        "部门项目支出预算表",
        &[
            "项目名称 项目单位 合计 一般公共预算",
            "合计 - 30.00 30.00",
            "年鉴编纂经费 甲区政务服务局 20.00 20.00",
            "网络维护 甲区政务服务局 10.00 10.00",
        ],
    );
    let chosen = |name: &str| format!("{projects}选定{name}等1个项目作为部门重点绩效目标项目。");
    let units = |code: &str| {
        table(
            "部门收入预算表",
            &["单位代码 单位名称 合计 一般公共预算", "- 合计 30.00 30.00", "605001 甲区政务服务局 30.00 30.00"],
        ) + &table(
            "部门支出预算表",
            &[
                "单位代码 单位名称 合计 基本支出 项目支出",
                "- 合计 30.00 20.00 10.00",
                &format!("{code} 甲区政务服务局 30.00 20.00 10.00"),
            ],
        )
    };
    let equipment = |goods: &str, capital: &str| {
        let goods = format!("2010301 甲区政务服务局 {goods} 货物 - 台 2 3.00");
        table(
            "部门支出预算表",
            &[
                "科目编码 科目名称 合计 工资福利支出 资本性支出",
                "- 合计 30.00 30.00 0.00",
                "2010301 行政运行 30.00 30.00 0.00",
            ],
        )
        .replace("0.00\n\n", &format!("{capital}\n\n"))
            + &table(
                "政府采购预算表",
                &["科目编码 单位名称 采购项目 采购目录 规格 计量单位 采购数量 金额", "- - 合计 - - - - 3.00", &goods],
            )
    };
    let twins = |second: &str| {
        table(
            "财政拨款支出预算表（部门经济分类科目）",
            &[
                "科目编码 科目名称 总计 合计 一般公共预算",
                "- 合计 60.00 60.00 60.00",
                "30101 基本工资 30.00 30.00 30.00",
                "30102 津贴补贴 20.00 20.00 20.00",
                &format!("30103 奖金 10.00 {second} 10.00"),
            ],
        )
    };
    let funds = |section: &str| {
        table("政府性基金预算支出表", &["科目编码 科目名称 合计 基本支出 项目支出", "- 合计 0.00 0.00 0.00"])
            + &table("国有资本经营预算支出表", &["科目编码 科目名称 合计 基本支出 项目支出", "- 合计 0.00 0.00 0.00"])
            + "八、政府性基金预算支出情况说明\n\n没有支出。\n\n"
            + section
    };
    let targeted = |amount: &str| format!("{projects}全面实施绩效目标管理，涉及预算拨款{amount}万元，共2个项目。");
    for (rule, wrong, right) in [
        ("N-13b", targeted("31.00"), targeted("30.00")),
        ("T-NAME-P", chosen("《年鉴》编纂印制"), chosen("年鉴编纂")),
        ("S-CODE-U", units("605"), units("605001")),
        ("N-17b", equipment("电脑", "0.00"), equipment("印刷", "0.00")),
        ("S-TWIN", twins("11.00"), twins("10.00")),
        ("S-SECTION", funds(""), funds("九、国有资本经营预算支出情况说明\n\n没有支出。")),
    ] {
        assert!(found(title, &wrong).iter().any(|code| code == rule), "{rule} finds nothing in {wrong}");
        assert!(!found(title, &right).iter().any(|code| code == rule), "{rule} finds something in {right}");
    }
}
