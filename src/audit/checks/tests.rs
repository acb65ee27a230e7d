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
