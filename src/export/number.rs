//! Decimals as text.

use rust_decimal::Decimal;

/// An amount in yuan as the output contract writes it: plain digits with at least two decimals and never fewer than
/// the value needs, `30207800.00`. No exponent, no separators, `-` only before a negative value.
pub fn yuan_text(value: Decimal) -> String {
    let mut value = value.normalize();
    if value.scale() < 2 {
        value.rescale(2);
    }
    value.to_string()
}

/// A number that is no money (a rate, a tolerance): plain digits without superfluous zeros.
pub(super) fn plain_text(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use rust_decimal::Decimal;

    use super::{plain_text, yuan_text};

    #[test]
    fn yuan_keep_their_digits_and_have_two_decimals_at_least() {
        for (value, want) in [
            ("30207800", "30207800.00"),
            ("30207800.0000", "30207800.00"),
            ("65000.0", "65000.00"),
            ("0", "0.00"),
            ("-0", "0.00"),
            ("-1200.5", "-1200.50"),
            ("0.125", "0.125"),
            ("100000000000000", "100000000000000.00"),
        ] {
            assert_eq!(yuan_text(Decimal::from_str(value).unwrap()), want, "{value}");
        }
    }

    #[test]
    fn rates_have_no_superfluous_zeros() {
        assert_eq!(plain_text(Decimal::from_str("16.940").unwrap()), "16.94");
        assert_eq!(plain_text(Decimal::from_str("100").unwrap()), "100");
    }
}
