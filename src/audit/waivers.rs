//! Answers to findings, given in `site.toml` or in front matter: which finding each one answers, and which answer nothing.

use crate::config::Waiver;
use crate::diagnostic::Diagnostic;
use crate::model::{Disclosure, DisclosureLedger, Finding, Place};

/// True when a waiver speaks of a finding: its rule, its file, and its line or every line.
pub(super) fn answers(waiver: &Waiver, finding: &Finding, disclosure: &Disclosure) -> bool {
    let place_fits = |place: &Place| {
        let file = disclosure.sources.get(usize::from(place.file));
        file.is_some_and(|file| *file.path == *waiver.file) && (waiver.line == 0 || waiver.line == place.line)
    };
    waiver.rule == finding.rule && finding.places.iter().any(place_fits)
}

/// The answer as readers see it: 「单位表有笔误（2024-06-03）」.
pub(super) fn answer(waiver: &Waiver) -> String {
    let dates = match (waiver.date.as_str(), waiver.until.as_str()) {
        ("", "") => return waiver.reason.clone(),
        (date, "") => date.to_owned(),
        ("", until) => format!("至 {until}"),
        (date, until) => format!("{date}，至 {until}"),
    };
    format!("{}（{dates}）", waiver.reason)
}

/// Which of the answers answer a finding of these ledgers.
pub fn answered<'l>(
    waivers: &[Waiver],
    ledgers: impl Iterator<Item = (&'l Disclosure, &'l DisclosureLedger)>,
) -> Vec<bool> {
    let mut answered = vec![false; waivers.len()];
    for (disclosure, ledger) in ledgers {
        for (number, waiver) in waivers.iter().enumerate() {
            answered[number] |= ledger.findings.iter().any(|finding| answers(waiver, finding, disclosure));
        }
    }
    answered
}

/// The answers that answer no finding, and those whose last day is before `today` (`YYYY-MM-DD`).
pub fn stale_waivers(waivers: &[Waiver], answered: &[bool], today: &str) -> Vec<Diagnostic> {
    waivers.iter().zip(answered).filter_map(|(waiver, answered)| stale(waiver, *answered, today)).collect()
}

fn stale(waiver: &Waiver, matched: bool, today: &str) -> Option<Diagnostic> {
    let span = waiver.span.clone()?;
    if !matched {
        let line = if waiver.line == 0 { String::new() } else { format!("第{}行", waiver.line) };
        let message = format!("对 {}{line} 规则 {} 的说明没有对应的发现", waiver.file, waiver.rule);
        let hint = "文件或行号已变，或问题已改正：用 budgetsite check 查看现在的行号，或删去这条说明";
        return Some(Diagnostic::warning("waiver-unmatched", message, span).with_hint(hint));
    }
    let is_over = !waiver.until.is_empty() && waiver.until.as_str() < today;
    is_over.then(|| {
        let message = format!("对 {} 规则 {} 的说明已于 {} 到期", waiver.file, waiver.rule, waiver.until);
        Diagnostic::warning("waiver-expired", message, span).with_hint("改正文件并删去说明，或写明新的 `until`")
    })
}

#[cfg(test)]
mod tests {
    use super::{answer, answered, stale_waivers};
    use crate::audit::testing::{CLEAN_BUDGET, disclosure};
    use crate::audit::{Rules, audit};
    use crate::config::{AuditConfig, Waiver};
    use crate::diagnostic::Span;
    use crate::model::Kind;

    #[test]
    fn answers_say_when_they_were_given_and_for_how_long() {
        let waiver = |date: &str, until: &str| Waiver {
            reason: "笔误".to_owned(),
            date: date.to_owned(),
            until: until.to_owned(),
            ..Waiver::default()
        };
        assert_eq!(answer(&waiver("", "")), "笔误");
        assert_eq!(answer(&waiver("2024-06-03", "")), "笔误（2024-06-03）");
        assert_eq!(answer(&waiver("2024-06-03", "2024-12-31")), "笔误（2024-06-03，至 2024-12-31）");
    }

    #[test]
    fn answers_to_nothing_and_those_that_are_over_are_told() {
        let mut budget = disclosure(Kind::Budget, CLEAN_BUDGET);
        let reception = budget.facts.iter_mut().find(|fact| fact.subject.code == "reception").expect("reception");
        reception.amount.yuan += rust_decimal::Decimal::from(1_000);
        let line = reception.amount.place.line;
        let ledger = audit(Rules::builtin(), &AuditConfig::default(), &budget);
        let waiver = |line: u32, until: &str| Waiver {
            file: "a.txt".to_owned(),
            rule: "W-B8.1".to_owned(),
            line,
            reason: "笔误".to_owned(),
            until: until.to_owned(),
            span: Some(Span::file("site.toml")),
            ..Waiver::default()
        };
        let waivers = [waiver(line, ""), waiver(line, "2024-12-31"), waiver(0, "2025-01-02"), waiver(9_999, "")];
        let answered = answered(&waivers, std::iter::once((&budget, &ledger)));
        let said = stale_waivers(&waivers, &answered, "2025-01-01");
        let codes: Vec<&str> = said.iter().map(|said| said.code).collect();
        assert_eq!(codes, ["waiver-expired", "waiver-unmatched"], "{said:#?}");
    }
}
