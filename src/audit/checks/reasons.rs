//! Reasons: a rise of the three public expenses is explained.

use rust_decimal::Decimal;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
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
        let rate = change.rate.map_or_else(String::new, |rate| format!("（{rate}%）"));
        let amount = wording::grouped(&difference.printed);
        let rise =
            format!("“三公”经费预算比上年增加{amount}{}{rate}（第{}行）", difference.unit.label(), change.place.line);
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
                let told = format!("{rise}，文件说明的原因：{reason}。");
                checked.pass(rule, "", change.place);
                let found = finding(rule, places, told);
                checked.findings.push(Finding { severity: FindingSeverity::Info, class: Class::Judgement, ..found });
                continue;
            }
            None => finding(rule, places, format!("{rise}，没有说明原因。")),
        };
        checked.fail(rule, "", found);
    }
    checked
}
