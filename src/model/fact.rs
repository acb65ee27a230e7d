//! A fact: one amount with what it is an amount of, independent of the template that printed it.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::identity::Phase;
use super::statement::StatementKind;

/// What kind of thing a row of a statement is about. Codes of different kinds never mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SubjectKind {
    /// The statement's total. The code tells which: `total`, `income_total`, `expenditure_total`, `current_income`,
    /// `current_expenditure`, `carried_in`, `carried_out`.
    Total,
    /// A functional code: 类 (3 digits), 款 (5) or 项 (7).
    Function,
    /// A departmental economic code: 3 or 5 digits, from 301.
    EconomicDepartmental,
    /// A governmental economic code: 3 or 5 digits, from 501.
    EconomicGovernmental,
    /// A pair of a departmental and a governmental economic code, `30101/50101`.
    EconomicPair,
    /// A budget unit, by its code, else by its name.
    Unit,
    /// An income item: `general_public`, `government_fund`, `state_capital`, `special_account`, `business`, …
    IncomeItem,
    /// One of the three public expenses, by the words of [`super::ThreePublicPart`].
    ThreePublic,
    /// A project, by its code, else by its name.
    Project,
    /// Anything else, by its label.
    Other,
}

impl SubjectKind {
    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            SubjectKind::Total => "total",
            SubjectKind::Function => "function",
            SubjectKind::EconomicDepartmental => "economic_departmental",
            SubjectKind::EconomicGovernmental => "economic_governmental",
            SubjectKind::EconomicPair => "economic_pair",
            SubjectKind::Unit => "unit",
            SubjectKind::IncomeItem => "income_item",
            SubjectKind::ThreePublic => "three_public",
            SubjectKind::Project => "project",
            SubjectKind::Other => "other",
        }
    }
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Which kind of thing.
    pub kind: SubjectKind,
    /// Its code; empty when it has none.
    pub code: CompactString,
    /// Its name as printed, blanks and ordinals removed.
    pub label: CompactString,
    /// 1 for 类 or a head, 2 for 款, 3 for 项; 0 for totals and where there is no hierarchy.
    pub level: u8,
    /// The code of the subject above; empty for none.
    pub parent: CompactString,
    /// An 其中 row or column: part of another one, never an addend.
    pub of_which: bool,
}

/// Which quantity a column states. The words are those of the output contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Measure {
    /// `total`, `current`, `carried_in`, `carried_out`, `basic`, `basic.personnel`, `basic.personnel.wages`,
    /// `basic.personnel.subsidies`, `basic.operating`, `basic.operating.goods`, `basic.operating.capital`, `project`,
    /// `project.operating`, `project.specific`, `upward`, `business_operation`, `subsidies_to_units`, `reserve`, …
    pub nature: CompactString,
    /// `all`, `appropriation`, `general_public`, `general_public.appropriation`, `government_fund`, `state_capital`,
    /// `special_account`, `business`, `business_operation`, `superior_subsidy`, `affiliated_remittance`, `other`,
    /// `unit_funds`, …
    pub fund: CompactString,
    /// Budget or final.
    pub phase: Phase,
    /// The fiscal year.
    pub year: u16,
}

/// One amount with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The statement's kind; `None` for a fact of the narrative.
    pub statement: Option<StatementKind>,
    /// Index into [`super::Disclosure::statements`], when it stands in one.
    pub statement_index: Option<u16>,
    /// What it is about.
    pub subject: Subject,
    /// Which quantity.
    pub measure: Measure,
    /// How much, and where it stands.
    pub amount: Amount,
}
