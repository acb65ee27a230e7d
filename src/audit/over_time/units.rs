//! Budget units over the years: one code, one name.

use super::{Gained, Pair, entry, finding, name};
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Outcome};
use crate::vocabulary::text::key;

/// One entry for each unit whose code both documents print.
pub(super) fn run(rule: &Rule, pair: Pair, gained: &mut Gained) {
    for unit in pair.own.units.iter().filter(|unit| !unit.code.is_empty()) {
        let Some(before) = pair.other.units.iter().find(|other| other.code == unit.code) else { continue };
        if key(&before.name) == key(&unit.name) {
            gained.entries.push(entry(rule, Outcome::Pass, &unit.code, unit.place));
            continue;
        }
        let message = say!(
            pair.language,
            "years.unit_name",
            code: unit.code,
            line: unit.place.line,
            name: unit.name,
            document: name(pair),
            other_line: before.place.line,
            other: before.name,
        );
        gained.entries.push(entry(rule, Outcome::Fail, &unit.code, unit.place));
        let (expected, printed) = (before.name.to_string(), unit.name.to_string());
        gained.findings.push(Finding { expected, printed, ..finding(rule, vec![unit.place], message) });
    }
}
