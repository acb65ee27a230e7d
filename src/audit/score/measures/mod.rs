//! What the indicators count, a file for each group of the score.

mod completeness;
mod consistency;
mod detail;
mod explanation;
mod texts;
mod timeliness;
mod usability;

use std::cell::LazyCell;

use serde::Deserialize;

use super::{Indicator, Measured};
use crate::audit::rule::Rules;
use crate::language::Language;
use crate::model::{Disclosure, DisclosureLedger, Kind, Place, Statement};

pub(super) use texts::Texts;

/// A measure, by its word in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Measure {
    Statements,
    Words,
    Terms,
    Units,
    Rule,
    Items,
    Economic,
    Projects,
    Targets,
    Vehicles,
    Reasons,
    Identities,
    UnitLines,
    Codes,
    Cells,
    Days,
}

/// What is measured, and in which language it is told.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub(super) disclosure: &'c Disclosure,
    pub(super) ledger: &'c DisclosureLedger,
    pub(super) rules: &'c Rules,
    pub(super) language: &'static Language,
}

impl Measure {
    /// Counts in a disclosure.
    ///
    /// `texts` are asked for by few.
    pub(super) fn count(
        self,
        indicator: &Indicator,
        case: Case<'_>,
        texts: &LazyCell<Texts, impl FnOnce() -> Texts>,
    ) -> Measured {
        let disclosure = case.disclosure;
        if indicator.final_only && disclosure.identity.kind != Some(Kind::Final) {
            return Measured::not_applicable(case.language.get("evidence.final_only"));
        }
        match self {
            Measure::Statements => completeness::statements(indicator, case),
            Measure::Words => completeness::words(indicator, case, texts),
            Measure::Terms => {
                let first = disclosure.terms.first();
                some(case, "evidence.terms", disclosure.terms.len(), first.map(|term| term.place))
            }
            Measure::Units => {
                let first = disclosure.units.first();
                some(case, "evidence.units", disclosure.units.len(), first.map(|unit| unit.place))
            }
            Measure::Rule => consistency::of_rules(indicator, case),
            Measure::Items => detail::items(case),
            Measure::Economic => detail::economic(case),
            Measure::Projects => detail::projects(case),
            Measure::Targets => detail::targets(case),
            Measure::Vehicles => detail::vehicles(case),
            Measure::Reasons => explanation::reasons(case),
            Measure::Identities => consistency::identities(case),
            Measure::UnitLines => usability::unit_lines(case),
            Measure::Codes => usability::codes(case),
            Measure::Cells => usability::cells(case),
            Measure::Days => timeliness::days(case),
        }
    }
}

/// One or more of something.
fn some(case: Case<'_>, key: &str, count: usize, place: Option<Place>) -> Measured {
    Measured::share(u64::from(count > 0), 1, case.language.say(key, &[("count", &count)]), place)
}

fn place_of(statement: &Statement) -> Place {
    Place { file: statement.file, line: statement.lines.0, cell: 0 }
}
