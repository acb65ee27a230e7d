//! 人员经费 and 公用经费 where the table of basic expenditure prints one amount per economic class and no more.

use rust_decimal::Decimal;

use crate::model::{Amount, Fact, Origin, StatementKind, SubjectKind};
use crate::recognize::identity::Period;
use crate::recognize::number::decimals;
use crate::recognize::statement::amounts::printed;
use crate::vocabulary::CodeNames;

/// The sum of the classes spent on persons.
pub(super) fn personnel(facts: &[Fact], period: Period) -> Option<Amount> {
    sum(facts, period, true)
}

/// The sum of the other classes.
pub(super) fn operating(facts: &[Fact], period: Period) -> Option<Amount> {
    sum(facts, period, false)
}

/// The classes of one statement, when all of them together are its printed total.
fn sum(facts: &[Fact], period: Period, persons: bool) -> Option<Amount> {
    let own = |fact: &&Fact| {
        fact.statement == Some(StatementKind::GeneralBasic)
            && fact.measure.nature == "basic"
            && matches!(fact.measure.fund.as_str(), "general_public" | "all")
            && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
    };
    let total = facts
        .iter()
        .filter(own)
        .find(|fact| (fact.subject.kind, fact.subject.code.as_str()) == (SubjectKind::Total, "total"))?;
    let classes: Vec<&Fact> = facts
        .iter()
        .filter(own)
        .filter(|fact| {
            fact.statement_index == total.statement_index
                && fact.measure.fund == total.measure.fund
                && class(fact).is_some_and(|code| code.len() == 3)
        })
        .collect();
    let whole: Decimal = classes.iter().map(|fact| fact.amount.yuan).sum();
    if classes.is_empty() || whole != total.amount.yuan {
        return None;
    }
    let of_kind = |fact: &&&Fact| class(fact).is_some_and(|code| CodeNames::is_personnel(code) == persons);
    let parts: Vec<&Amount> = classes.iter().filter(of_kind).map(|fact| &fact.amount).collect();
    let first = *parts.first()?;
    let yuan = parts.iter().map(|amount| amount.yuan).sum();
    let places = parts.iter().map(|amount| decimals(&amount.printed)).max().unwrap_or(2);
    let origin = Origin::Derived {
        rule: "经济分类各类之和".to_owned(),
        inputs: parts.iter().map(|amount| amount.place).collect(),
    };
    Some(Amount { yuan, printed: printed(yuan, first.unit, places), origin, ..first.clone() })
}

/// The departmental class of a fact's subject.
fn class(fact: &Fact) -> Option<&str> {
    let economic = matches!(fact.subject.kind, SubjectKind::EconomicDepartmental | SubjectKind::EconomicPair);
    fact.subject.code.split('/').next().filter(|_| economic)
}
