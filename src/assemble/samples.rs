//! Small disclosures for the tests of assembling and of the overview pages.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Site, assemble};
use crate::model::{
    Amount, BudgetUnit, Change, Comparison, Disclosure, DisclosureLedger, Fact, Figures, FunctionFigures,
    FunctionLevel, Identity, Indicator, IndicatorKind, Kind, LedgerCounts, Level, Measure, Origin, Phase, Place,
    Project, Region, SourceFile, StatementKind, Subject, SubjectKind, ThreePublic, Unit,
};

/// A disclosure with one figure: its expenditure total in 万元.
pub(crate) fn disclosure(file: &str, name: &str, year: u16, kind: Kind, total: i64) -> Disclosure {
    let total = amount(total);
    Disclosure {
        sources: vec![SourceFile { path: Arc::from(file), text: Arc::from(""), hash: "".into(), encoding: "UTF-8" }],
        identity: Identity {
            organization: Some(name.into()),
            region: Region { province: None, city: Some("甲乙市".into()), district: None },
            year: Some(year),
            kind: Some(kind),
            level: Level::Department,
            ..Identity::default()
        },
        facts: vec![fact(SubjectKind::Total, "expenditure_total", year, total.clone())],
        figures: Figures { expenditure_total: Some(total), ..Figures::default() },
        ..Disclosure::default()
    }
}

/// An amount in whole 万元 on line 7.
pub(crate) fn amount(ten_thousands: i64) -> Amount {
    Amount {
        yuan: Decimal::from(ten_thousands * 10_000),
        printed: ten_thousands.to_string().into(),
        unit: Unit::TenThousandYuan,
        quantum: Decimal::from(10_000),
        origin: Origin::Printed,
        place: Place { file: 0, line: 7, cell: 2 },
    }
}

/// A fact of no statement.
pub(crate) fn fact(kind: SubjectKind, code: &str, year: u16, amount: Amount) -> Fact {
    let subject = Subject { kind, code: code.into(), label: code.into(), level: 0, parent: "".into(), of_which: false };
    let measure = Measure { nature: "total".into(), fund: "all".into(), phase: Phase::InitialBudget, year };
    Fact { statement: None, statement_index: None, subject, measure, amount }
}

/// A stated increase of the first fact, on line 90.
pub(crate) fn increase(ten_thousands: i64) -> Change {
    Change {
        subject: "支出总计".to_owned(),
        fact: Some(0),
        comparison: Comparison::PriorYear,
        base_year: None,
        difference: Some(Amount { place: Place { file: 0, line: 90, cell: 0 }, ..amount(ten_thousands) }),
        rate: None,
        reason: None,
        place: Place { file: 0, line: 90, cell: 0 },
    }
}

/// A site of disclosures under a configuration in TOML.
pub(crate) fn site(config: &str, disclosures: Vec<Disclosure>) -> Site {
    let (config, problems) = crate::config::parse(config);
    assert_eq!(problems, []);
    let counts = LedgerCounts { pass: 1542, rounding: 2, fail: 1, not_applicable: 4, unreadable: 3 };
    let ledger = || DisclosureLedger { counts, ..DisclosureLedger::default() };
    assemble(&config, disclosures.into_iter().map(|disclosure| (disclosure, ledger())).collect())
}

/// A disclosure that tells everything that overview pages show. Hostile characters stand in its names.
pub(crate) fn rich(file: &str, name: &str, year: u16, kind: Kind) -> Disclosure {
    let at = |printed: &str, line: u32| decimal(printed, line);
    let mut told = disclosure(file, name, year, kind, 0);
    let total = at("1074.61", 5);
    told.identity.published = Some("2025-02-25".into());
    told.figures = Figures {
        income_total: Some(total.clone()),
        expenditure_total: Some(total.clone()),
        current_income: Some(total.clone()),
        current_expenditure: Some(total.clone()),
        basic: Some(at("833.26", 6)),
        project: Some(at("241.35", 6)),
        personnel: Some(at("781.35", 8)),
        operating: Some(at("51.91", 8)),
        ..Figures::default()
    };
    told.facts = vec![
        fact(SubjectKind::Total, "expenditure_total", year, total.clone()),
        fact(SubjectKind::ThreePublic, "total", year, at("5.43", 9)),
        Fact {
            statement: Some(StatementKind::RevenueExpenditure),
            ..fact(SubjectKind::IncomeItem, "general_public", year, total)
        },
    ];
    let difference = |fact: u32, printed: &str, reason: &str| Change {
        fact: Some(fact),
        difference: Some(at(printed, 90)),
        reason: Some(reason.to_owned()),
        ..increase(0)
    };
    told.changes =
        vec![difference(0, "155.64", "因机构改革，人员<增加>。"), difference(1, "1.17", "公务用车由3辆变为4辆。")];
    told.functions = [
        ("201", "一般公共服务支出", "789.12"),
        ("208", "社会保障和就业支出", "180.00"),
        ("210", "卫生健康支出", "105.49"),
    ]
    .into_iter()
    .flat_map(|(code, name, value)| {
        let (total, basic, project) = (Some(at(value, 20)), Some(at(value, 20)), Some(at("0.00", 20)));
        let class = FunctionFigures {
            code: code.into(),
            name: name.into(),
            level: FunctionLevel::Class,
            total,
            basic,
            project,
        };
        let item = FunctionFigures {
            code: format!("{code}0101").into(),
            name: "行政运行".into(),
            level: FunctionLevel::Item,
            ..class.clone()
        };
        [class, item]
    })
    .collect();
    let phase = if kind == Kind::Final { Phase::Final } else { Phase::InitialBudget };
    let derived = Amount {
        origin: Origin::Derived { rule: "本年数－增加额".to_owned(), inputs: Vec::new() },
        ..at("4.26", 90)
    };
    told.three_public = vec![
        ThreePublic { total: Some(derived), ..ThreePublic::new(year - 1, phase) },
        ThreePublic {
            total: Some(at("5.43", 9)),
            abroad: Some(at("0.00", 9)),
            vehicles: Some(at("4.60", 9)),
            vehicle_purchase: Some(at("0.00", 9)),
            vehicle_operation: Some(at("4.60", 9)),
            reception: Some(at("0.83", 9)),
            ..ThreePublic::new(year, phase)
        },
    ];
    told.projects = (1..=12).map(|number| project(number, at(&format!("{number}.50"), 30 + number))).collect();
    told.units = vec![BudgetUnit {
        code: "102001".into(),
        name: name.into(),
        total: Some(at("1074.61", 40)),
        place: Place { file: 0, line: 40, cell: 2 },
    }];
    told
}

fn project(number: u32, total: Amount) -> Project {
    let place = Place { file: 0, line: 30 + number, cell: 1 };
    let indicator =
        |kind, name: &str, target: &str| Indicator { kind, name: name.into(), target: target.into(), place };
    Project {
        code: format!("4103030000000000000{number:02}").into(),
        name: format!("第{number}个项目 <b>&\"").into(),
        category: "特定目标类".into(),
        unit: "办公室".into(),
        funding: vec![("general_public".into(), false, total.clone()), ("government_fund".into(), true, amount(0))],
        total: Some(total),
        indicators: vec![
            indicator(IndicatorKind::Output, "印制册数", "≥500册"),
            indicator(IndicatorKind::Output, "合格率", "=100%"),
            indicator(IndicatorKind::Satisfaction, "满意度", "≥95%"),
        ],
        place,
    }
}

/// An amount in 万元 as printed, on a line.
pub(crate) fn decimal(printed: &str, line: u32) -> Amount {
    let value: Decimal = printed.parse().expect("a number in a sample");
    Amount {
        yuan: value * Unit::TenThousandYuan.yuan(),
        printed: printed.into(),
        quantum: Decimal::new(1, value.scale()) * Unit::TenThousandYuan.yuan(),
        place: Place { file: 0, line, cell: 2 },
        ..amount(0)
    }
}
