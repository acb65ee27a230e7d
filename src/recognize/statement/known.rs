//! What a document tells of its totals elsewhere: in sentences, in statements that leave nothing open. A total row of which
//! only the filled cells are known is placed by it.

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{Column, ColumnRole, Disclosure, Fact, StatementKind, SubjectKind, Unit};
use crate::recognize::identity::Period;

/// What is known before a table is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'document> {
    pub(super) totals: &'document KnownTotals,
    /// The unit of the table's amounts, as far as a line states it.
    pub(super) unit: Unit,
    /// The fiscal year of the document.
    pub(super) year: u16,
}

/// Amounts in yuan by their measure.
type Parts = Vec<(CompactString, Decimal)>;

/// Totals whose parts are all known: what is not listed is nothing.
#[derive(Debug, Default)]
pub(in crate::recognize) struct KnownTotals {
    /// The expenditure by nature.
    natures: Option<Parts>,
    /// The income of the year by fund.
    funds: Option<Parts>,
    /// The three public expenses, as far as sentences tell them.
    three_public: Parts,
}

const NATURES: [&str; 5] = ["basic", "project", "upward", "business_operation", "subsidies_to_units"];
const APPROPRIATIONS: [&str; 3] = ["general_public", "government_fund", "state_capital"];
/// Sentences round to 0.01万元.
const ROUNDING: Decimal = Decimal::ONE_HUNDRED;

impl KnownTotals {
    /// What a first reading of the document found.
    pub(in crate::recognize) fn of(disclosure: &Disclosure, period: Period) -> Self {
        let own = |fact: &&Fact| (fact.measure.year, fact.measure.phase) == (period.year, period.phase);
        let total = |fact: &&Fact| fact.subject.kind == SubjectKind::Total && fact.subject.code == "total";
        let facts = || disclosure.facts.iter().filter(own).filter(|fact| !fact.subject.of_which);
        let natures_of = |statement: Option<StatementKind>, fund: &'static str| {
            let fits = move |fact: &&Fact| {
                fact.statement == statement
                    && fact.measure.fund == fund
                    && NATURES.contains(&fact.measure.nature.as_str())
            };
            let part = |fact: &Fact| (fact.measure.nature.clone(), fact.amount.yuan);
            firsts(facts().filter(total).filter(fits).map(part))
        };
        let spent = [&disclosure.figures.current_expenditure, &disclosure.figures.expenditure_total];
        let spent: Vec<Decimal> = spent.into_iter().flatten().map(|amount| amount.yuan).collect();
        let told = natures_of(None, "all");
        let printed = natures_of(Some(StatementKind::GeneralExpenditure), "general_public");
        let natures = [told, printed].into_iter().find(|parts| spent.iter().any(|total| add_up(parts, *total)));
        let items = facts().filter(|fact| {
            fact.statement == Some(StatementKind::RevenueExpenditure)
                && fact.subject.kind == SubjectKind::IncomeItem
                && fact.measure.nature == "current"
        });
        let funds = firsts(items.map(|fact| (fact.subject.code.clone(), fact.amount.yuan)));
        let figures = &disclosure.figures;
        // What is received in all is received this year where nothing was carried in.
        let whole = figures.income_total.as_ref().filter(|_| figures.carried_in.is_none());
        let received = figures.current_income.as_ref().or(whole).map(|amount| amount.yuan);
        // 财政拨款 above its own three funds is the whole of them.
        let inside = funds.iter().any(|(key, _)| key == "appropriation");
        let outer =
            funds.iter().filter(|(key, _)| !(inside && APPROPRIATIONS.contains(&key.as_str()))).cloned().collect();
        let funds = Some(funds).filter(|_| received.is_some_and(|total| add_up(&outer, total)));
        let told = facts().filter(|fact| fact.statement.is_none() && fact.subject.kind == SubjectKind::ThreePublic);
        let three_public = firsts(told.map(|fact| (fact.subject.code.clone(), fact.amount.yuan)));
        KnownTotals { natures, funds: funds.map(with_appropriation), three_public }
    }

    /// True when something is known.
    pub(in crate::recognize) fn tell(&self) -> bool {
        self.natures.is_some() || self.funds.is_some() || !self.three_public.is_empty()
    }

    /// True when the amounts of a total row are what is known of them, and something is.
    pub(super) fn agree(&self, columns: &[Column], amounts: &[Option<Decimal>], unit: Unit) -> bool {
        let of_three_public = columns.iter().any(is_reception);
        let mut known = columns.iter().zip(amounts).filter_map(|(column, amount)| {
            let expected = if of_three_public { self.expected_part(column) } else { self.expected(column) }?;
            Some((amount.unwrap_or_default() * unit.yuan() - expected).abs() <= ROUNDING)
        });
        let first = known.next();
        first == Some(true) && known.all(|agrees| agrees)
    }

    /// What a column of 三公 should hold.
    fn expected_part(&self, column: &Column) -> Option<Decimal> {
        let ColumnRole::Amount { nature, phase: None, year: None, of_which: false, .. } = &column.role else {
            return None;
        };
        self.three_public.iter().find(|(part, _)| part == nature).map(|(_, yuan)| *yuan)
    }

    /// What a column should hold.
    fn expected(&self, column: &Column) -> Option<Decimal> {
        let ColumnRole::Amount { nature, fund, of_which: false, .. } = &column.role else { return None };
        let of = |parts: &Option<Parts>, key: &str| {
            let parts = parts.as_ref()?;
            Some(parts.iter().find(|(own, _)| own == key).map_or(Decimal::ZERO, |(_, amount)| *amount))
        };
        match (nature.as_str(), fund.as_str()) {
            (nature, "all") if NATURES.contains(&nature) => of(&self.natures, nature),
            ("total" | "current", fund) if fund != "all" => of(&self.funds, fund),
            _ => None,
        }
    }
}

/// True for a column of 公务接待费: its table is that of 三公.
fn is_reception(column: &Column) -> bool {
    matches!(&column.role, ColumnRole::Amount { nature, .. } if nature == "reception")
}

/// The first amount of each measure.
fn firsts(found: impl Iterator<Item = (CompactString, Decimal)>) -> Parts {
    let mut parts = Parts::new();
    for (key, amount) in found {
        if parts.iter().all(|(known, _)| *known != key) {
            parts.push((key, amount));
        }
    }
    parts
}

fn add_up(parts: &Parts, total: Decimal) -> bool {
    !parts.is_empty() && (parts.iter().map(|(_, amount)| amount).sum::<Decimal>() - total).abs() <= ROUNDING
}

/// 财政拨款 is the sum of its three funds where it is not told itself.
fn with_appropriation(mut parts: Parts) -> Parts {
    if parts.iter().all(|(key, _)| key != "appropriation") {
        let sum =
            parts.iter().filter(|(key, _)| APPROPRIATIONS.contains(&key.as_str())).map(|(_, amount)| amount).sum();
        parts.push((CompactString::const_new("appropriation"), sum));
    }
    parts
}
