//! Targets of indicators: a rate cannot exceed a hundred percent, a control rate is not a few percent.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::{number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Place, Row, StatementKind};
use crate::vocabulary::text::{squeeze, squeezed_glyphs};

static ABOVE: LazyLock<Regex> = LazyLock::new(|| pattern("^(>|≥|>=|大于|不低于|不少于)(\\d+(?:\\.\\d+)?)%$"));
static BELOW: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:<|≤|<=|小于|不超过|不高于)(\\d+(?:\\.\\d+)?)%$"));

/// Below this many percent a control rate asks to leave most of the budget unspent.
const LITTLE: i64 = 50;

/// One finding for each target above a hundred percent of something that ends there; one entry where there are targets.
pub(super) fn ranges(rule: &Rule, index: &Index) -> Checked {
    judged(rule, index, |rule, name, target, place| {
        let captures = ABOVE.captures(target)?;
        let ends_at_all = rule.phrases.iter().any(|word| name.contains(word.as_str()));
        let limit = number(&captures[2])?;
        let beyond =
            limit > Decimal::ONE_HUNDRED || (limit == Decimal::ONE_HUNDRED && matches!(&captures[1], ">" | "大于"));
        (ends_at_all && beyond).then(|| {
            let message = say!(index.language, "check.ranges", name: name, target: target, line: place.line);
            Finding {
                expected: "≤100%".to_owned(), printed: target.to_owned(), ..finding(rule, vec![place], message)
            }
        })
    })
}

/// One finding for each control rate with a target of a few percent; one entry where there are targets.
pub(super) fn control_rates(rule: &Rule, index: &Index) -> Checked {
    judged(rule, index, |rule, name, target, place| {
        if !rule.phrases.iter().all(|word| name.contains(word.as_str())) {
            return None;
        }
        let limit = number(&BELOW.captures(target)?[1])?;
        (limit < Decimal::from(LITTLE)).then(|| {
            let message = say!(index.language, "check.control_rates", name: name, target: target, line: place.line);
            Finding {
                expected: "≤100%".to_owned(), printed: target.to_owned(), ..finding(rule, vec![place], message)
            }
        })
    })
}

/// Judges every target of the performance statements, each line once.
fn judged(rule: &Rule, index: &Index, judge: impl Fn(&Rule, &str, &str, Place) -> Option<Finding>) -> Checked {
    let mut checked = Checked::default();
    let targets = targets(index);
    let mut seen: Vec<(u32, &str)> = Vec::new();
    for (name, target, place) in &targets {
        let own = (place.line, target.as_str());
        if let Some(found) = judge(rule, name, target, *place).filter(|_| !seen.contains(&own)) {
            seen.push(own);
            checked.fail(rule, name, found);
        }
    }
    if let Some((_, _, place)) = targets.first().filter(|_| checked.findings.is_empty()) {
        checked.pass(rule, "", *place);
    }
    checked
}

/// Names and targets: the indicators of projects, and cells with a target behind a cell of words.
fn targets(index: &Index) -> Vec<(String, String, Place)> {
    let projects = index.disclosure.projects.iter().flat_map(|project| &project.indicators);
    let mut targets: Vec<(String, String, Place)> =
        projects.map(|one| (squeeze(&one.name), squeeze(&one.target), one.place)).collect();
    let performance = index.disclosure.statements.iter().filter(|statement| {
        matches!(statement.kind, StatementKind::DepartmentPerformance | StatementKind::ProjectPerformance)
    });
    for statement in performance {
        let has_rate = |row: &&Row| row.cells.iter().any(|cell| cell.text.contains(['%', '％', '﹪']));
        for row in statement.rows.iter().filter(has_rate) {
            let words = row.cells.iter().filter(|cell| squeezed_glyphs(&cell.text).next().is_some());
            let words: Vec<&crate::model::Cell> = words.collect();
            let is_rate = |cell: &crate::model::Cell| squeezed_glyphs(&cell.text).next_back() == Some('%');
            for pair in words.windows(2) {
                let [name, target] = pair else { continue };
                if is_rate(target) && !is_rate(name) {
                    let place = Place { file: statement.file, line: target.line, cell: target.printed_cell };
                    targets.push((squeeze(&name.text), squeeze(&target.text), place));
                }
            }
        }
    }
    targets
}
