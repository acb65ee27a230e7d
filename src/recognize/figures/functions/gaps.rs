//! Codes that do not add up to what stands above them.

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::printed::{Printed, sources, stated};
use crate::model::{Amount, Fact, SubjectKind};
use crate::recognize::identity::Period;

/// The natures that are compared, by their position among the figures of a code.
const NATURES: [(usize, &str); 3] = [(0, "合计"), (1, "基本支出"), (2, "项目支出")];

/// Codes of a statement that do not add up to what stands above them.
pub(in crate::recognize) struct Gap {
    /// Index of the statement.
    pub(in crate::recognize) statement: u16,
    /// 合计, 基本支出, …
    pub(in crate::recognize) nature: &'static str,
    /// The code above them; empty where they are the classes and the total of the statement is meant.
    pub(in crate::recognize) above: CompactString,
    /// Their sum, in yuan.
    pub(in crate::recognize) sum: Decimal,
    /// What is printed above them.
    pub(in crate::recognize) total: Amount,
}

/// Where the spending by function of a document does not add up to the totals of the statements that it is taken from.
pub(in crate::recognize) fn gaps(facts: &[Fact], period: Period) -> Vec<Gap> {
    sources(facts, period).into_iter().flat_map(|statement| gaps_of(facts, statement, period)).collect()
}

fn gaps_of(facts: &[Fact], statement: u16, period: Period) -> Vec<Gap> {
    let printed = Printed::in_statements(facts, &[statement], period);
    let codes: Vec<(CompactString, [Option<Amount>; 3])> =
        printed.codes().into_iter().map(|code| (code.clone(), printed.figures(&code))).collect();
    let totals = stated(facts, &[statement], period, SubjectKind::Total);
    // Of the natures that do not add up the first one tells enough.
    let compare = |above: &str, level: usize, totals: [Vec<&Amount>; 3]| {
        NATURES.into_iter().find_map(|(part, nature)| {
            // What is below a code stands right behind it.
            let first = codes.partition_point(|(code, _)| code.as_str() <= above);
            let below = codes[first..].iter().take_while(|(code, _)| code.starts_with(above));
            let below = below.filter(|(code, _)| code.len() == level);
            let amounts: Vec<Decimal> = below.filter_map(|(_, figures)| Some(figures[part].as_ref()?.yuan)).collect();
            let sum: Decimal = amounts.iter().sum();
            let tail = |total: &Amount| total.quantum * Decimal::from(printed.len() + 1) / Decimal::TWO;
            let totals = &totals[part];
            let holds = totals.iter().any(|total| (total.yuan - sum).abs() <= tail(total));
            let total = totals.first().filter(|_| !holds && !amounts.is_empty())?;
            Some(Gap { statement, nature, above: above.into(), sum, total: (*total).clone() })
        })
    };
    let whole = NATURES.map(|(part, _)| {
        let whole = totals.iter().filter(|(at, fact)| *at == part && is_of_spending(&fact.subject.code));
        whole.map(|(_, fact)| &fact.amount).collect()
    });
    let whole = compare("", 3, whole);
    let above = codes.iter().filter(|(code, _)| printed.contains(code));
    let below = above.filter_map(|(code, figures)| {
        let own = figures.each_ref().map(|figure| figure.iter().collect());
        compare(code, code.len() + 2, own)
    });
    whole.into_iter().chain(below).collect()
}

/// True for the codes of totals of spending.
fn is_of_spending(total: &str) -> bool {
    matches!(total, "total" | "current_expenditure" | "expenditure_total")
}
