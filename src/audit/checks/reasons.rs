//! Reasons: a rise of the three public expenses is explained.

use rust_decimal::Decimal;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Class, Comparison, Finding, FindingSeverity, Kind, SubjectKind};

/// One entry for each stated rise of the total of the three public expenses of a budget. An explained rise is told too.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    if index.disclosure.identity.kind == Some(Kind::Final) {
        return checked;
    }
    let rises = index.disclosure.changes.iter().filter(|change| change.comparison == Comparison::PriorYear);
    for change in rises {
        let Some(difference) = change.difference.as_ref().filter(|amount| amount.yuan > Decimal::ZERO) else {
            continue;
        };
        let is_total = change
            .fact
            .map(|fact| &index.fact(fact).subject)
            .is_some_and(|subject| (subject.kind, subject.code.as_str()) == (SubjectKind::ThreePublic, "total"));
        if !is_total {
            continue;
        }
        let rate = change.rate.map_or_else(String::new, |rate| say!(index.language, "check.reasons_rate", rate: rate));
        let amount = format!("{}{}", wording::grouped(&difference.printed), difference.unit.label());
        let line = change.place.line;
        let places = vec![change.place];
        // The reason may stand beside the part that rises.
        let parts = index.disclosure.changes.iter().filter(|part| {
            let kind = part.fact.map(|fact| index.fact(fact).subject.kind);
            kind == Some(SubjectKind::ThreePublic)
                && part.difference.as_ref().is_some_and(|amount| amount.yuan > Decimal::ZERO)
        });
        let reason = change.reason.as_ref().or_else(|| parts.into_iter().find_map(|part| part.reason.as_ref()));
        let found = match reason {
            Some(reason) => {
                let told = say!(
                    index.language,
                    "check.reasons_told",
                    amount: amount,
                    rate: rate,
                    line: line,
                    reason: reason,
                );
                checked.pass(rule, "", change.place);
                let found = finding(rule, places, told);
                checked.findings.push(Finding { severity: FindingSeverity::Info, class: Class::Judgement, ..found });
                continue;
            }
            None => {
                let told = say!(index.language, "check.reasons_untold", amount: amount, rate: rate, line: line);
                finding(rule, places, told)
            }
        };
        checked.fail(rule, "", found);
    }
    checked
}
