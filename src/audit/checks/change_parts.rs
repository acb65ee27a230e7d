//! Changes that the text states of a total and of all its parts: the parts add up to the total.

use rust_decimal::Decimal;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Amount, Change, Comparison, Finding, Place, SubjectKind};

/// One entry for each total of which all parts have a stated change.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let three_public =
        |code: &'static str| difference(index, move |kind, own, _| kind == SubjectKind::ThreePublic && own == code);
    let basic =
        |nature: &'static str| difference(index, move |kind, _, own| kind == SubjectKind::Total && own == nature);
    let both = |left: Option<Vec<Amount>>, right: Option<Vec<Amount>>| Some([left?, right?].concat());
    let vehicles = three_public("vehicles")
        .map(|one| vec![one])
        .or_else(|| Some(vec![three_public("vehicle_purchase")?, three_public("vehicle_operation")?]));
    let others =
        three_public("abroad").zip(three_public("reception")).map(|(abroad, reception)| vec![abroad, reception]);
    compare(
        rule,
        index,
        "check.change_parts_three_public",
        three_public("total"),
        both(vehicles, others),
        &mut checked,
    );
    let parts =
        basic("basic.personnel").zip(basic("basic.operating")).map(|(personnel, operating)| vec![personnel, operating]);
    compare(rule, index, "check.change_parts_basic", basic("basic"), parts, &mut checked);
    checked
}

/// The stated change against last year of the first quantity that fits: its kind, code and nature.
fn difference(index: &Index, fits: impl Fn(SubjectKind, &str, &str) -> bool) -> Option<Amount> {
    let is_wanted = |change: &&Change| {
        let fact = change.fact.map(|fact| index.fact(fact));
        let known = fact.is_some_and(|fact| fits(fact.subject.kind, &fact.subject.code, &fact.measure.nature));
        known && change.comparison == Comparison::PriorYear && change.difference.is_some()
    };
    index.disclosure.changes.iter().find(is_wanted).and_then(|change| change.difference.clone())
}

fn compare(
    rule: &Rule,
    index: &Index,
    subject: &'static str,
    total: Option<Amount>,
    parts: Option<Vec<Amount>>,
    checked: &mut Checked,
) {
    let (Some(total), Some(parts)) = (total, parts) else { return };
    let subject = index.language.get(subject);
    let sum: Decimal = parts.iter().map(|part| part.yuan).sum();
    let steps: Decimal = parts.iter().chain([&total]).map(|amount| amount.quantum / Decimal::TWO).sum();
    let tolerance = if index.disclosure.rounding_note { steps } else { Decimal::ZERO };
    if (total.yuan - sum).abs() <= tolerance {
        return checked.pass(rule, subject, total.place);
    }
    let show = |value: Decimal| wording::amount(value, total.unit, total.quantum / Decimal::TWO);
    let said = |value: Decimal| format!("{}{}", wording::grouped(&show(value)), total.unit.label());
    let message = say!(
        index.language,
        "check.change_parts",
        subject: subject,
        total: said(total.yuan),
        line: total.place.line,
        sum: said(sum),
        lines: index.language.list(parts.iter().map(|part| part.place.line.to_string())),
        difference: said((total.yuan - sum).abs()),
    );
    let places: Vec<Place> = std::iter::once(total.place).chain(parts.iter().map(|part| part.place)).collect();
    let (expected, printed, difference) = (show(sum), show(total.yuan), show((total.yuan - sum).abs()));
    checked.fail(rule, subject, Finding { expected, printed, difference, ..finding(rule, places, message) });
}
