//! Whether changes are explained.

use rust_decimal::Decimal;

use super::Case;
use crate::audit::score::Measured;
use crate::language::say;

/// A change beyond this many percent should have a reason.
const TELLING_RATE: i64 = 5;

pub(super) fn reasons(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let telling = disclosure
        .changes
        .iter()
        .filter(|change| change.rate.is_some_and(|rate| rate.abs() > Decimal::from(TELLING_RATE)));
    let (mut with, mut all, mut place) = (0_u64, 0_u64, None);
    for change in telling {
        all += 1;
        if change.reason.is_some() {
            with += 1;
        } else {
            place = place.or(Some(change.place));
        }
    }
    if all == 0 {
        return Measured::not_applicable(case.language.get("evidence.no_changes"));
    }
    Measured::share(with, all, say!(case.language, "evidence.reasons", all: all, with: with), place)
}
