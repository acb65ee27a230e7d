//! A small made-up site for the tests of exports and search: two departments, a budget read from two files and a final
//! account, with every kind of thing that is exported or indexed, and text that means harm.

use std::sync::Arc;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::assemble::{Department, PublishedDisclosure, RegionNode, Site};
use crate::model::*;

/// An amount in 万元 as printed on a line.
pub(crate) fn amount(printed: &str, line: u32, cell: u16) -> Amount {
    let value: Decimal = printed.replace(',', "").parse().unwrap();
    Amount {
        yuan: value * Unit::TenThousandYuan.yuan(),
        printed: printed.into(),
        unit: Unit::TenThousandYuan,
        quantum: Decimal::ONE_HUNDRED,
        origin: Origin::Printed,
        place: Place { file: 0, line, cell },
    }
}

pub(crate) fn site() -> Site {
    let mut site = Site {
        disclosures: vec![budget(), final_account()],
        departments: vec![
            department("jiaxian-daju", "甲县大数据局", vec![0]),
            department("jiaxian-wenju", "甲县文旅局", vec![1]),
        ],
        regions: vec![region("yisheng", "乙省", None), region("yisheng-jiaxian", "甲县", Some(0))],
        ..Site::default()
    };
    site.departments.iter_mut().for_each(|department| department.region_node = Some(1));
    site.regions[1].departments = vec![0, 1];
    site
}

fn region(slug: &str, name: &str, parent: Option<usize>) -> RegionNode {
    RegionNode { slug: slug.into(), name: name.into(), parent, ..RegionNode::default() }
}

fn department(slug: &str, name: &str, disclosures: Vec<usize>) -> Department {
    Department { slug: slug.into(), name: name.into(), disclosures, ..Department::default() }
}

fn identity(organization: &str, year: u16, kind: Kind) -> Identity {
    Identity {
        organization: Some(organization.into()),
        region: Region { province: Some("乙省".into()), city: None, district: Some("甲县".into()) },
        year: Some(year),
        kind: Some(kind),
        level: Level::Department,
        published: Some("2025-02-25".into()),
        approved: None,
        source_url: None,
        original: None,
        slug: None,
        aliases: Vec::new(),
    }
}

fn file(path: &str) -> SourceFile {
    SourceFile { path: path.into(), text: Arc::from(""), hash: CompactString::default(), encoding: "UTF-8" }
}

fn empty(identity: Identity, sources: Vec<SourceFile>) -> Disclosure {
    Disclosure { sources, identity, ..Disclosure::default() }
}

/// A disclosure on the site with nothing in its ledger.
pub(crate) fn published(id: &str, title: &str, department: usize, disclosure: Disclosure) -> PublishedDisclosure {
    PublishedDisclosure {
        id: id.into(),
        url: format!("departments/{id}/"),
        department,
        title: title.into(),
        disclosure,
        ledger: DisclosureLedger::default(),
        replaced_by: None,
        economic: Vec::new(),
    }
}

fn budget() -> PublishedDisclosure {
    let mut disclosure =
        empty(identity("甲县大数据局", 2025, Kind::Budget), vec![file("甲县/a.md"), file("甲县/b.md")]);
    disclosure.statements = vec![
        statement(StatementKind::GeneralExpenditure, "五、一般公共预算支出表", (20, 24), StatementState::Read),
        statement(StatementKind::GeneralBasic, "六、一般公共预算基本支出表", (30, 33), StatementState::Read),
        statement(StatementKind::Projects, "十二、项目支出表", (40, 44), StatementState::Read),
        statement(StatementKind::ThreePublic, "八、“三公”经费支出表", (50, 52), StatementState::Read),
    ];
    disclosure.statements[2].rows = vec![row(42), row(43)];
    disclosure.statements[1].rows = vec![row(31), row(32)];
    disclosure.statements[0].rows = vec![row(22)];
    disclosure.facts = vec![
        function_fact(),
        economic_fact("30101", "基本工资", "231.2", 31),
        economic_fact("30201", "办公费", "-1.50", 32),
    ];
    disclosure.figures.income_total = Some(amount("3,020.78", 12, 2));
    disclosure.figures.expenditure_total = Some(amount("3020.78", 12, 4));
    disclosure.functions = vec![FunctionFigures {
        code: "2012901".into(),
        name: "行政运行".into(),
        level: FunctionLevel::Item,
        total: Some(amount("749.17", 22, 4)),
        basic: None,
        project: None,
    }];
    disclosure.three_public = vec![three_public(2025, "5.43"), derived_three_public()];
    disclosure.projects = vec![
        project("410303220000000012345", "电子政务外网线路租赁", "400", 42),
        project("", "=HYPERLINK(\"http://x\")", "0.00", 43),
    ];
    disclosure.procurement = vec![procurement()];
    disclosure.units =
        vec![BudgetUnit {
            code: "113001".into(), name: "甲县大数据局（本级）".into(), total: None, place: at(15)
        }];
    disclosure.changes = vec![change()];
    disclosure.terms =
        vec![Term {
            name: "“三公”经费".into(), explanation: "指出国、用车、接待三项。".into(), place: at(90)
        }];
    disclosure.blocks = blocks();
    let mut published = published("jiaxian-daju/2025-budget", "甲县大数据局2025年部门预算", 0, disclosure);
    published.ledger = ledger();
    published
}

fn final_account() -> PublishedDisclosure {
    let mut disclosure = empty(identity("甲县文旅局", 2024, Kind::Final), vec![file("甲县/c.txt")]);
    let declared =
        StatementState::DeclaredEmpty { sentence: "无政府性基金，故本表无数据。".into(), line: 61 };
    disclosure.statements = vec![
        statement(StatementKind::Fund, "政府性基金收支表", (60, 62), declared),
        statement(StatementKind::ThreePublic, "三公经费表", (70, 72), StatementState::Unreadable),
    ];
    disclosure.three_public = vec![ThreePublic::new(2024, Phase::Final)];
    disclosure.functions = vec![FunctionFigures {
        code: "2012901".into(),
        name: "行政运行".into(),
        level: FunctionLevel::Item,
        total: Some(amount("12.3", 80, 4)),
        basic: Some(amount("12.3", 80, 5)),
        project: None,
    }];
    disclosure.projects = vec![project("", "政务外网维护", "30", 85)];
    published("jiaxian-wenju/2024-final", "甲县文旅局2024年部门决算", 1, disclosure)
}

fn at(line: u32) -> Place {
    Place { file: 0, line, cell: 1 }
}

fn statement(kind: StatementKind, title: &str, lines: (u32, u32), state: StatementState) -> Statement {
    Statement {
        kind,
        title: title.into(),
        file: 0,
        lines,
        title_line: lines.0 - 1,
        unit: UnitStatement { unit: Unit::TenThousandYuan, line: None },
        state,
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
        amounts: 10,
        placed: 9,
    }
}

fn row(line: u32) -> Row {
    Row { line, roles: vec![RowRole::Item], subjects: vec![None], cells: Vec::new(), unreadable: false }
}

fn fact(statement: StatementKind, index: u16, kind: SubjectKind, code: &str, label: &str, amount: Amount) -> Fact {
    Fact {
        statement: Some(statement),
        statement_index: Some(index),
        subject: Subject {
            kind,
            code: code.into(),
            label: label.into(),
            level: 3,
            parent: code[..3].into(),
            of_which: false,
        },
        measure: Measure {
            nature: "total".into(),
            fund: "general_public".into(),
            phase: Phase::InitialBudget,
            year: 2025,
        },
        amount,
    }
}

fn function_fact() -> Fact {
    let mut total = amount("749.17", 22, 4);
    total.origin = Origin::Repaired { from: "749. 1".into(), proof: "基本支出 + 项目支出 = 749.17".into() };
    fact(StatementKind::GeneralExpenditure, 0, SubjectKind::Function, "2012901", "行政运行", total)
}

fn economic_fact(code: &str, label: &str, printed: &str, line: u32) -> Fact {
    fact(StatementKind::GeneralBasic, 1, SubjectKind::EconomicDepartmental, code, label, amount(printed, line, 3))
}

fn three_public(year: u16, total: &str) -> ThreePublic {
    let mut row = ThreePublic::new(year, Phase::InitialBudget);
    row.total = Some(amount(total, 51, 1));
    row.abroad = Some(amount("0.00", 51, 2));
    row
}

fn derived_three_public() -> ThreePublic {
    let mut row = three_public(2024, "4.26");
    row.abroad = None;
    if let Some(total) = &mut row.total {
        total.origin = Origin::Derived { rule: "本年数 − 增加额".into(), inputs: vec![at(51), at(100)] };
    }
    row
}

fn project(code: &str, name: &str, total: &str, line: u32) -> Project {
    Project {
        code: code.into(),
        name: name.into(),
        category: "特定目标类".into(),
        unit: "甲县大数据局".into(),
        total: Some(amount(total, line, 4)),
        funding: vec![("general_public".into(), false, amount(total, line, 5))],
        indicators: vec![Indicator {
            kind: IndicatorKind::Output,
            name: "线路条数".into(),
            target: "≥120条".into(),
            place: at(line),
        }],
        place: at(line),
    }
}

fn procurement() -> ProcurementItem {
    ProcurementItem {
        function: "2012901".into(),
        unit: "甲县大数据局".into(),
        name: "台式计算机".into(),
        catalogue: "货物".into(),
        specification: "国产".into(),
        quantity: "12台".into(),
        amount: Some(amount("6.5", 95, 10)),
        place: at(95),
    }
}

fn change() -> Change {
    Change {
        subject: "“三公”经费".into(),
        fact: None,
        comparison: Comparison::PriorYear,
        base_year: Some(2024),
        difference: Some(amount("-1.17", 100, 0)),
        rate: Some("-27.460".parse().unwrap()),
        reason: Some("厉行节约".into()),
        place: Place { file: 1, line: 100, cell: 0 },
    }
}

fn blocks() -> Vec<Block> {
    let block =
        |kind, line, text: &str| Block { kind, file: 1, lines: (line, line), text: text.into(), mentions: Vec::new() };
    vec![
        block(BlockKind::Heading(1), 98, "七、“三公”经费支出情况说明"),
        block(
            BlockKind::Paragraph,
            100,
            "2025 年 ＡＢＣ 平台 \"三公\" 经费预算 3,020.78 万元，比上年减少 1.17 万元。<script>alert(1)</script>",
        ),
        block(BlockKind::Statement(0), 20, ""),
        Block { file: 0, ..block(BlockKind::Item, 90, "1.“三公”经费：指出国、用车、接待三项。") },
    ]
}

fn ledger() -> DisclosureLedger {
    let side = |label: &str, value: &str, line| Side {
        label: label.into(),
        value: value.parse().ok(),
        places: vec![at(line)],
    };
    DisclosureLedger {
        entries: vec![LedgerEntry {
            rule: "X-1".into(),
            outcome: Outcome::Fail,
            left: side("收支总表 收入总计", "30207800", 12),
            right: side("收入总表 合计", "30207700.00", 18),
            tolerance: Decimal::ZERO,
            subject: String::new(),
        }],
        findings: vec![Finding {
            id: "X-1-12-1".into(),
            rule: "X-1".into(),
            severity: FindingSeverity::Error,
            class: Class::Source,
            root: "A".into(),
            places: vec![at(12), Place { file: 1, line: 18, cell: 3 }],
            expected: "3020.78".into(),
            printed: "3020.77".into(),
            difference: "0.01".into(),
            message: "收入总计与收入表合计相差0.01万元".into(),
            waived: None,
        }],
        counts: LedgerCounts { pass: 3, rounding: 1, fail: 1, not_applicable: 2, unreadable: 0 },
        score: Default::default(),
    }
}
