//! Disclosures for tests, written as small tables.

use std::sync::Arc;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{
    Amount, Disclosure, Fact, Identity, Kind, Level, Measure, Origin, Phase, Place, SourceFile, StatementKind, Subject,
    SubjectKind, Unit,
};

/// A disclosure from a text like
///
/// ```text
/// # expenditure total@all basic@all project@all
/// total total: 30.00 20.00 10.00
/// function 2010301: 20.00 20.00 .
/// ```
///
/// A head names the statement (or `text`) and the columns, a row its subject and its amounts in 万元; a dot is an empty
/// cell, `!final` after a column sets its phase. The line of an amount is its line in the text.
pub(super) fn disclosure(kind: Kind, text: &str) -> Disclosure {
    let mut disclosure = empty(kind);
    let mut columns: Vec<(CompactString, CompactString, Phase)> = Vec::new();
    let mut statement = None;
    let mut unit = CompactString::default();
    let own = if kind == Kind::Final { Phase::Final } else { Phase::InitialBudget };
    for (line, row) in text.lines().enumerate() {
        let row = row.trim();
        if let Some(head) = row.strip_prefix("# ") {
            let mut words = head.split_whitespace();
            statement = words.next().and_then(StatementKind::from_word);
            unit.clear();
            columns = words.map(|word| column(word, own)).collect();
        } else if let Some((subject, amounts)) = row.split_once(": ") {
            let subject = self::subject(subject, &mut unit);
            for ((nature, fund, phase), (cell, amount)) in columns.iter().zip(amounts.split_whitespace().enumerate()) {
                if amount == "." {
                    continue;
                }
                let measure = Measure { nature: nature.clone(), fund: fund.clone(), phase: *phase, year: 2024 };
                let place = Place { file: 0, line: line as u32 + 1, cell: cell as u16 + 1 };
                let (subject, amount) = (subject.clone(), amount_at(amount, place));
                disclosure.facts.push(Fact { statement, statement_index: None, subject, measure, amount });
            }
        }
    }
    disclosure
}

fn column(word: &str, own: Phase) -> (CompactString, CompactString, Phase) {
    let (measure, phase) = match word.split_once('!') {
        Some((measure, "final")) => (measure, Phase::Final),
        Some((measure, _)) => (measure, Phase::AdjustedBudget),
        None => (word, own),
    };
    let (nature, fund) = measure.split_once('@').expect("nature@fund");
    (nature.into(), fund.into(), phase)
}

/// The subject of a row. Rows below a unit belong to it.
fn subject(words: &str, unit: &mut CompactString) -> Subject {
    let (kind, code) = words.split_once(' ').expect("kind and code");
    let of_which = kind == "part";
    let kind = match kind {
        "total" => SubjectKind::Total,
        "function" => SubjectKind::Function,
        "economic" => SubjectKind::EconomicDepartmental,
        "pair" => SubjectKind::EconomicPair,
        "unit" => SubjectKind::Unit,
        "income" | "part" => SubjectKind::IncomeItem,
        "three_public" => SubjectKind::ThreePublic,
        "project" => SubjectKind::Project,
        other => panic!("no kind of row: {other}"),
    };
    let mut parent = unit.clone();
    if kind == SubjectKind::Unit {
        *unit = code.into();
        parent.clear();
    }
    Subject { kind, code: code.into(), label: "".into(), level: 0, parent, of_which }
}

/// An amount as a table in 万元 prints it.
pub(super) fn amount_at(printed: &str, place: Place) -> Amount {
    let value: Decimal = printed.parse().expect("a number");
    let ten_thousand = Unit::TenThousandYuan.yuan();
    Amount {
        yuan: value * ten_thousand,
        printed: printed.into(),
        unit: Unit::TenThousandYuan,
        quantum: Decimal::new(1, value.scale()) * ten_thousand,
        origin: Origin::Printed,
        place,
    }
}

fn empty(kind: Kind) -> Disclosure {
    let file = SourceFile { path: Arc::from("a.txt"), text: Arc::from(""), hash: "".into(), encoding: "UTF-8" };
    Disclosure {
        sources: vec![file],
        identity: Identity { year: Some(2024), kind: Some(kind), level: Level::Department, ..Identity::default() },
        ..Disclosure::default()
    }
}

/// A budget in which every identity holds.
pub(super) const CLEAN_BUDGET: &str = include_str!("testing/clean_budget.txt");
