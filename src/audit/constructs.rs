//! Each construct of the formula language over small disclosures.

use super::rule::Rules;
use super::testing::disclosure;
use super::{audit, testing};
use crate::config::AuditConfig;
use crate::model::{
    Change, Comparison, Disclosure, Kind, Outcome, Place, Statement, StatementKind, StatementState, Unit, UnitStatement,
};

/// One rule with some keys.
fn rule(keys: &str) -> Rules {
    let text = format!(
        "[[rule]]\ncode = \"A-1\"\nname = \"n\"\nsentence = \"s。\"\nreason = \"r。\"\nseverity = \"error\"\n{keys}"
    );
    Rules::parse(&[("a.toml", &text)]).unwrap_or_else(|error| panic!("{error}"))
}

/// How the evaluations of a rule end: outcome and both sides in 万元.
fn ends(keys: &str, disclosure: &Disclosure) -> Vec<String> {
    let ledger = audit(&rule(keys), &AuditConfig::default(), disclosure);
    let shown = |value: Option<rust_decimal::Decimal>| {
        value.map_or("–".to_owned(), |value| (value / Unit::TenThousandYuan.yuan()).normalize().to_string())
    };
    let entries = ledger.entries.iter();
    entries
        .map(|entry| format!("{:?} {} {}", entry.outcome, shown(entry.left.value), shown(entry.right.value)))
        .collect()
}

fn formula(formula: &str, text: &str) -> Vec<String> {
    ends(&format!("formula = ['{formula}']"), &disclosure(Kind::Budget, text))
}

/// A statement of functions on all levels, with units.
const SPENDING: &str = "
    # expenditure total@all basic@all basic.personnel@all basic.operating@all project@all
    total total: 30.00 20.00 15.00 5.00 10.00
    unit 102: 30.00 20.00 15.00 5.00 10.00
    unit 102001: 18.00 18.00 13.00 5.00 .
    function 201: 30.00 20.00 15.00 5.00 10.00
    function 20103: 30.00 20.00 15.00 5.00 10.00
    function 2010301: 20.00 20.00 15.00 5.00 .
    function 2010302: 10.00 . . . 10.00
    unit 102002: 12.00 2.00 2.00 . 10.00";

#[test]
fn a_column_that_is_not_printed_is_split_into_its_parts() {
    let rule = "general_basic(total).basic.personnel = \
        general_expenditure(total).basic.personnel | parts(general_expenditure(total).basic.personnel)";
    let text = |personnel: &str| {
        format!(
            "# general_expenditure total@general_public basic.personnel.wages@general_public \
             basic.personnel.subsidies@general_public basic.operating.goods@general_public
             total total: 30.00 20.00 5.00 5.00
             # general_basic basic@general_public basic.personnel@general_public
             total total: 30.00 {personnel}"
        )
    };
    assert_eq!(formula(rule, &text("25.00")), ["Pass 25 25"]);
    assert_eq!(formula(rule, &text("24.00")), ["Fail 24 25"]);
}

#[test]
fn sums_take_the_rows_that_they_name() {
    for (sum, comes_to) in [
        ("sum(expenditure(class).total)", "30"),
        ("sum(expenditure(item).project)", "10"),
        ("sum(expenditure(function top).total)", "30"),
        ("sum(expenditure(function leaf).total)", "30"),
        ("sum(expenditure(function).total)", "90"),
        ("sum(expenditure(item xxxxx01).total)", "20"),
        ("sum(expenditure(unit top).total)", "30"),
        ("sum(expenditure(unit leaf).total)", "30"),
        ("parts(expenditure(total).basic)", "20"),
        ("count(expenditure(item))", "0.0002"),
    ] {
        assert_eq!(formula(&format!("{sum} > 0"), SPENDING), [format!("Pass {comes_to} 0")], "{sum}");
    }
}

#[test]
fn rows_and_columns_run_through_the_statement() {
    let by_row = "statements = ['expenditure']\neach = ['row']\nrows = ['class', 'section']\n";
    let spending = disclosure(Kind::Budget, SPENDING);
    assert_eq!(
        ends(&format!("{by_row}formula = ['this(row).total = sum(this(item under row).total)']"), &spending),
        ["Pass 30 30", "Pass 30 30"]
    );
    let by_column = "statements = ['expenditure']\neach = ['column']\n";
    assert_eq!(
        ends(&format!("{by_column}formula = ['this(total).column = sum(this(item).column)']"), &spending),
        ["Pass 30 30", "Pass 20 20", "Pass 15 15", "Pass 5 5", "Pass 10 10"]
    );
    let of_unit = "statements = ['expenditure']\neach = ['row']\nrows = ['unit leaf']\n";
    assert_eq!(
        ends(&format!("{of_unit}formula = ['this(row).basic = sum(this(item of row).basic)']"), &spending),
        ["Fail 18 20"]
    );
}

#[test]
fn what_the_template_leaves_out_is_not_applicable() {
    for (identity, end) in [
        ("expenditure(total).total = fund(total).total", "NotApplicable – –"),
        ("expenditure(total).total = expenditure(total).basic + fund(total).total?", "Fail 30 20"),
        ("expenditure(total).upward = 1", "NotApplicable – –"),
        ("expenditure(total).total = expenditure(total).upward? + expenditure(total).basic", "Fail 30 20"),
        ("expenditure(total).total = fund(total).total | expenditure(unit 102).total", "Pass 30 30"),
        ("parts(expenditure(total).project) = 1", "NotApplicable – –"),
        ("expenditure(total).basic = 1 or expenditure(total).basic = 20 * 10000", "Pass 20 20"),
    ] {
        assert_eq!(formula(identity, SPENDING), [end], "{identity}");
    }
}

#[test]
fn an_empty_cell_counts_as_zero_beside_a_printed_one() {
    let rows = "statements = ['expenditure']\neach = ['row']\nrows = ['item']\n";
    let spending = disclosure(Kind::Budget, SPENDING);
    assert_eq!(
        ends(&format!("{rows}formula = ['this(row).total = this(row).basic + this(row).project']"), &spending),
        ["Pass 20 20", "Pass 10 10"]
    );
    // Two empty cells say nothing.
    assert_eq!(
        ends(&format!("{rows}formula = ['this(row).project = this(row).upward']"), &spending),
        ["NotApplicable – –"]
    );
}

#[test]
fn sources_are_the_funds_below_the_named_one() {
    let revenue = "
        # revenue current@all current@appropriation current@general_public current@government_fund current@other
        total total: 10.00 9.00 6.00 3.00 1.00";
    for (identity, end) in [
        ("revenue(total).current@all = sources(revenue(total).current@all)", "Pass 10 10"),
        ("revenue(total).current@appropriation = sources(revenue(total).current@appropriation)", "Pass 9 9"),
        ("revenue(total).current@general_public = sources(revenue(total).current@general_public)", "NotApplicable – –"),
        ("revenue(total) = 10 * 10000", "Pass 10 10"),
    ] {
        assert_eq!(formula(identity, revenue), [end], "{identity}");
    }
}

#[test]
fn phases_are_kept_apart_and_can_be_named() {
    let text = "
        # three_public total@all!adjusted total@all!final
        three_public total: 1.80 2.56
        three_public reception: 0.30 0.11";
    let account = disclosure(Kind::Final, text);
    let limit = "statements = ['three_public']\neach = ['row']\nrows = ['three_public']\ntolerance = 'exact'\n\
                 formula = ['this(row) in final <= this(row) in budget']";
    assert_eq!(ends(limit, &account), ["Fail 2.56 1.8", "Pass 0.11 0.3"]);
    let own = "statements = ['three_public']\nformula = ['this(three_public total) >= this(three_public reception)']";
    assert_eq!(ends(own, &account), ["Pass 1.8 0.3", "Pass 2.56 0.11"]);
}

#[test]
fn tolerance_follows_the_class_of_the_rule() {
    let tail = "
        # expenditure total@all
        total total: 10.00
        function 201: 3.33
        function 208: 3.33
        function 210: 3.33
        # fund total@all
        total total: 10.0049
        # text total@all
        total total: 10.01";
    for (keys, end) in [
        ("formula = ['expenditure(total) = sum(expenditure(class))']", "Rounding 10 9.99"),
        ("tolerance = 'exact'\nformula = ['expenditure(total) = sum(expenditure(class))']", "Fail 10 9.99"),
        // A coarser unit rounds the same amount.
        ("tolerance = 'exact'\nformula = ['expenditure(total) = fund(total)']", "Pass 10 10.0049"),
        ("tolerance = 'exact'\nformula = ['expenditure(total) = text(total)']", "Fail 10 10.01"),
    ] {
        assert_eq!(ends(keys, &disclosure(Kind::Budget, tail)), [end], "{keys}");
    }
}

#[test]
fn stated_rates_may_differ_by_what_rounding_allows() {
    let keys =
        "tolerance = 'percent'\neach = ['change']\nformula = ['rate = 100 * (difference / (value - difference))']";
    for (difference, rate, end) in [
        ("2072.39", "218.52", Outcome::Pass),
        ("2072.39", "218.53", Outcome::Fail),
        ("2072.39", "219", Outcome::Pass),
        // The base is zero: there is no rate.
        ("3020.78", "100", Outcome::NotApplicable),
    ] {
        let mut budget = disclosure(Kind::Budget, "# text total@all\ntotal income_total: 3020.78");
        budget.changes.push(Change {
            subject: "收支总计".to_owned(),
            fact: Some(0),
            comparison: Comparison::PriorYear,
            base_year: Some(2023),
            difference: Some(testing::amount_at(difference, Place { file: 0, line: 2, cell: 0 })),
            rate: Some(rate.parse().expect("a rate")),
            reason: None,
            place: Place { file: 0, line: 2, cell: 0 },
        });
        let text = std::sync::Arc::from("\n收入总计3020.78万元，增加2072.39万元。增加3020.78万元。\n");
        budget.sources[0].text = text;
        let ledger = audit(&rule(keys), &AuditConfig::default(), &budget);
        assert_eq!(ledger.entries[0].outcome, end, "{difference} {rate}");
    }
}

#[test]
fn conditions_decide_whether_a_rule_speaks() {
    let keys = |condition: &str| format!("when = ['{condition}']\nformula = ['expenditure(total).basic = 1']");
    let spending = disclosure(Kind::Budget, SPENDING);
    assert_eq!(ends(&keys("expenditure(total).total = 30 * 10000"), &spending), ["Fail 20 0.0001"]);
    assert_eq!(ends(&keys("expenditure(total).total = 1"), &spending), ["NotApplicable – –"]);
    assert_eq!(ends(&keys("fund(total)? = 0"), &spending), ["Fail 20 0.0001"]);
}

#[test]
fn a_statement_that_could_not_be_read_proves_nothing() {
    let mut budget = disclosure(Kind::Budget, SPENDING);
    let statement = |state| Statement {
        kind: StatementKind::Fund,
        title: String::new(),
        file: 0,
        lines: (1, 2),
        title_line: 0,
        unit: UnitStatement { unit: Unit::TenThousandYuan, line: None },
        state,
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
        amounts: 0,
        placed: 0,
    };
    let keys = "formula = ['expenditure(total).total = fund(total).total']";
    budget.statements = vec![statement(StatementState::Unreadable)];
    assert_eq!(ends(keys, &budget), ["Unreadable 30 –"]);
    let sentence = "故本表无数据".to_owned();
    budget.statements = vec![statement(StatementState::DeclaredEmpty { sentence, line: 3 })];
    assert_eq!(ends(keys, &budget), ["NotApplicable – –"]);
}
