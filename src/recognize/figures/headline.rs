//! The headline figures: for each, the places where documents print it, the best first.

use super::agreement::{is_all, of_the_year, with_carried};
use super::economic;
use crate::model::{Amount, Disclosure, Fact, Figures, Origin, Phase, StatementKind, SubjectKind};
use crate::recognize::identity::Period;
use crate::recognize::number::decimals;
use crate::recognize::statement::amounts::printed;

/// Where a figure may stand: statement (`None` for the narrative), subject, nature, fund.
type Source = (Option<StatementKind>, SubjectKind, &'static str, &'static str, &'static str);

/// Collects the figures of a disclosure.
pub(super) fn collect(disclosure: &Disclosure, period: Period) -> Figures {
    use StatementKind::{
        AgencyOperating, EconomicSummary, Expenditure, GeneralBasic, GeneralExpenditure, Revenue, RevenueExpenditure,
        ThreePublic,
    };
    use SubjectKind::{IncomeItem, Total};
    let pick = |sources: &[Source]| sources.iter().find_map(|source| find(&disclosure.facts, period, *source)).cloned();
    let balance = |code| (Some(RevenueExpenditure), Total, code, "total", "all");
    let spending = |nature| (Some(Expenditure), Total, "total", nature, "all");
    // 收入总表 or 支出总表 as a list of named items.
    let listed = |statement, code| (Some(statement), Total, code, "total", "all");
    let told = |code, nature| (None, Total, code, nature, "all");
    let parts = |statement| {
        let part = |nature| {
            pick(&[
                (Some(statement), Total, "total", nature, "all"),
                (Some(statement), Total, "total", nature, "general_public"),
            ])
        };
        Some(add(part("basic.personnel")?, part("basic.operating")?))
    };
    // 支出经济分类表 gives 人员经费 and 公用经费 as parts of the basic expenditure that is itself a part.
    let in_summary = |nature: &str| {
        let fits = |fact: &&Fact| {
            fact.statement == Some(EconomicSummary)
                && (fact.subject.kind, fact.subject.code.as_str()) == (Total, "total")
                && fact.measure.nature == nature
                && matches!(fact.measure.fund.as_str(), "all" | "general_public")
                && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
        };
        disclosure.facts.iter().find(fits).map(|fact| fact.amount.clone())
    };
    // 收入合计 beside 收入总计 is that of the year in an account; alone it may be either.
    let beside_whole = |whole, year| {
        let both = period.phase == Phase::Final && pick(&[told(whole, "total")]).is_some();
        pick(&[told(year, "total")]).filter(|_| both)
    };
    let income_total = pick(&[
        balance("income_total"),
        (Some(Revenue), Total, "total", "total", "all"),
        listed(Revenue, "income_total"),
        told("income_total", "total"),
        told("revenue_total", "total"),
    ]);
    let expenditure_total = pick(&[balance("expenditure_total")]).or_else(|| {
        let table = pick(&[spending("total"), listed(Expenditure, "expenditure_total")]);
        let sentence = pick(&[told("expenditure_total", "total")]);
        let stated = if period.phase == Phase::Final { with_carried(table, sentence) } else { table.or(sentence) };
        stated.or_else(|| pick(&[told("spending_total", "total")]))
    });
    let carried_in = pick(&[
        balance("carried_in"),
        (Some(Revenue), Total, "total", "carried_in", "all"),
        told("carried_in", "total"),
    ]);
    // Of the general public budget alone, where that is all there is.
    let of_budget = |nature| {
        pick(&[
            (Some(GeneralExpenditure), Total, "total", nature, "general_public"),
            (None, Total, "total", nature, "general_public"),
        ])
    };
    let whole_budget = is_all(of_budget("basic").as_ref(), of_budget("project").as_ref(), expenditure_total.as_ref());
    let of_budget = |nature| of_budget(nature).filter(|_| whole_budget);
    let told_current = pick(&[told("current_income", "total")]);
    Figures {
        current_income: pick(&[
            balance("current_income"),
            (Some(Revenue), Total, "total", "current", "all"),
            listed(Revenue, "current_income"),
        ])
        .or_else(|| of_the_year(told_current, income_total.as_ref(), carried_in.as_ref()))
        .or_else(|| beside_whole("income_total", "revenue_total")),
        income_total,
        expenditure_total,
        current_expenditure: pick(&[
            balance("current_expenditure"),
            spending("total"),
            listed(Expenditure, "current_expenditure"),
            told("current_expenditure", "total"),
        ])
        .or_else(|| beside_whole("expenditure_total", "spending_total")),
        carried_in,
        carried_out: pick(&[balance("carried_out"), told("carried_out", "total")]),
        basic: pick(&[
            spending("basic"),
            (Some(RevenueExpenditure), IncomeItem, "basic", "current", "all"),
            (Some(Expenditure), IncomeItem, "basic", "current", "all"),
            told("total", "basic"),
        ])
        .or_else(|| of_budget("basic"))
        .or_else(|| parts(Expenditure))
        .or_else(|| parts(GeneralExpenditure)),
        project: pick(&[
            spending("project"),
            (Some(RevenueExpenditure), IncomeItem, "project", "current", "all"),
            (Some(Expenditure), IncomeItem, "project", "current", "all"),
            told("total", "project"),
        ])
        .or_else(|| of_budget("project")),
        personnel: pick(&[
            (Some(GeneralBasic), Total, "total", "basic.personnel", "general_public"),
            spending("basic.personnel"),
            (Some(GeneralExpenditure), Total, "total", "basic.personnel", "general_public"),
            (None, Total, "total", "basic.personnel", "general_public"),
        ])
        .or_else(|| economic::personnel(&disclosure.facts, period))
        .or_else(|| in_summary("basic.personnel")),
        operating: pick(&[
            (Some(GeneralBasic), Total, "total", "basic.operating", "general_public"),
            spending("basic.operating"),
            (Some(GeneralExpenditure), Total, "total", "basic.operating", "general_public"),
            (None, Total, "total", "basic.operating", "general_public"),
        ])
        .or_else(|| economic::operating(&disclosure.facts, period))
        .or_else(|| in_summary("basic.operating")),
        agency_operating: pick(&[
            (Some(AgencyOperating), Total, "total", "total", "all"),
            (Some(ThreePublic), SubjectKind::ThreePublic, "agency_operating", "total", "all"),
            told("agency_operating", "total"),
        ]),
    }
}

/// 基本支出 where a document prints 人员经费 and 公用经费 only.
fn add(personnel: Amount, operating: Amount) -> Amount {
    let yuan = personnel.yuan + operating.yuan;
    let places = decimals(&personnel.printed).max(decimals(&operating.printed));
    let origin = Origin::Derived {
        rule: "人员经费＋公用经费".to_owned(),
        inputs: vec![personnel.place, operating.place],
    };
    Amount { yuan, printed: printed(yuan, personnel.unit, places), origin, ..personnel }
}

/// The first fact at a place, of the document's own year and phase.
fn find(facts: &[Fact], period: Period, (statement, kind, code, nature, fund): Source) -> Option<&Amount> {
    facts
        .iter()
        .find(|fact| {
            fact.statement == statement
                && fact.subject.kind == kind
                && !fact.subject.of_which
                && fact.subject.code == code
                && fact.measure.nature == nature
                && fact.measure.fund == fund
                && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
        })
        .map(|fact| &fact.amount)
}
