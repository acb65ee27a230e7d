//! Amounts as text: as printed, and exactly in the unit of their table.

use rust_decimal::Decimal;

use crate::model::grouped;
use crate::model::{Amount, Origin};

/// What a table shows: the printed number, or for a repaired or derived one the value in its unit.
pub fn shown(amount: &Amount) -> String {
    match amount.origin {
        Origin::Printed | Origin::Narrative if !amount.printed.is_empty() => amount.printed.to_string(),
        _ => in_its_unit(amount),
    }
}

/// The value in the unit of its table with as many decimals as that table prints: `3020.78`. A plain number.
pub fn in_its_unit(amount: &Amount) -> String {
    let value = amount.unit.of(amount.yuan);
    let step = amount.unit.of(amount.quantum).normalize();
    let mut value = value.normalize();
    if value.scale() < step.scale() {
        value.rescale(step.scale());
    }
    value.to_string()
}

/// The value in yuan with separators between groups of three digits: `30,207,800.00`.
pub fn in_yuan(yuan: Decimal) -> String {
    let mut value = yuan;
    if value.scale() < 2 {
        value.rescale(2);
    }
    grouped(&value.to_string())
}

#[cfg(test)]
mod tests {
    use super::{in_its_unit, in_yuan, shown};
    use crate::model::{Origin, Place};
    use crate::render::samples::amount;

    #[test]
    fn printed_amounts_stay_as_printed() {
        for printed in ["3,020.78", "6.5", "624", "0.00", "-1.5"] {
            assert_eq!(shown(&amount(printed, Origin::Printed, Place::default())), printed);
        }
    }

    #[test]
    fn repaired_and_derived_amounts_show_their_value_at_the_precision_of_the_table() {
        let mut repaired =
            amount("48.43", Origin::Repaired { from: "48. 4".into(), proof: String::new() }, Place::default());
        repaired.printed = "48. 4".into();
        assert_eq!(shown(&repaired), "48.43");
        repaired.yuan = rust_decimal::Decimal::from(480_000);
        assert_eq!(in_its_unit(&repaired), "48.00");
    }

    #[test]
    fn yuan_are_grouped() {
        for (yuan, expected) in
            [("30207800", "30,207,800.00"), ("0", "0.00"), ("-999.5", "-999.50"), ("1000", "1,000.00")]
        {
            assert_eq!(in_yuan(yuan.parse().expect("a number")), expected);
        }
    }
}
