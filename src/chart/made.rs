//! Numbers that a picture makes itself: sums of a tail, remainders, round values of an axis. They look like the numbers
//! of the pages, with separators and with as many decimals as what they come from.

use rust_decimal::Decimal;

use super::input::{Mark, Value};
use crate::model::{Unit, grouped};

/// A value that follows from others, as precise as the most precise of their labels.
pub(super) fn derived<'l>(yuan: Decimal, unit: Unit, labels: impl IntoIterator<Item = &'l str>) -> Value {
    Value { amount: Some(yuan), label: label(yuan, unit, places(labels)), mark: Mark::Derived }
}

/// An amount in a unit, rounded to a number of decimals.
pub(super) fn label(yuan: Decimal, unit: Unit, places: usize) -> String {
    grouped(&format!("{:.places$}", yuan / unit.yuan()))
}

/// The same with a sign in any case, for changes.
pub(super) fn signed_label(yuan: Decimal, unit: Unit, places: usize) -> String {
    let sign = if yuan > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", label(yuan, unit, places))
}

/// A round value of an axis.
pub(super) fn tick(value: Decimal) -> String {
    grouped(&value.to_string())
}

/// How many digits stand after the point of the most precise of several printed numbers.
pub(super) fn places<'l>(labels: impl IntoIterator<Item = &'l str>) -> usize {
    let decimals = |label: &'l str| label.split_once('.').map_or("", |(_, decimals)| decimals);
    let count = |decimals: &str| decimals.chars().take_while(char::is_ascii_digit).count();
    labels.into_iter().map(|label| count(decimals(label))).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_precise_as_what_they_come_from() {
        let yuan = |ten_thousands: &str| ten_thousands.parse::<Decimal>().expect("a number") * Decimal::from(10_000);
        for (amount, labels, expected) in [
            ("1234.5", &["1", "2.50"][..], "1,234.50"),
            ("-29.5", &["20", "—", "90.5"], "-29.5"),
            ("12345678", &["无法读取"], "12,345,678"),
        ] {
            let value = derived(yuan(amount), Unit::TenThousandYuan, labels.iter().copied());
            assert_eq!(value.label, expected);
        }
        assert_eq!(signed_label(yuan("1000"), Unit::TenThousandYuan, 1), "+1,000.0");
        assert_eq!(signed_label(yuan("-0.5"), Unit::TenThousandYuan, 1), "-0.5");
    }
}
