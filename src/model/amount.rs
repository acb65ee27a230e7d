//! Money: an exact decimal in yuan, with what was printed and where.

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The unit in which a table or a sentence states its amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Unit {
    /// 元
    Yuan,
    /// 千元
    ThousandYuan,
    /// 万元, the usual one
    #[default]
    TenThousandYuan,
    /// 亿元
    HundredMillionYuan,
}

impl Unit {
    /// How many yuan one of the unit is.
    pub fn yuan(self) -> Decimal {
        match self {
            Unit::Yuan => Decimal::ONE,
            Unit::ThousandYuan => Decimal::ONE_THOUSAND,
            Unit::TenThousandYuan => Decimal::from_parts(10_000, 0, 0, false, 0),
            Unit::HundredMillionYuan => Decimal::from_parts(100_000_000, 0, 0, false, 0),
        }
    }

    /// What an amount in yuan is in this unit.
    pub fn of(self, yuan: Decimal) -> Decimal {
        let zeros = match self {
            Unit::Yuan => 0,
            Unit::ThousandYuan => 3,
            Unit::TenThousandYuan => 4,
            Unit::HundredMillionYuan => 8,
        };
        // To move the point takes a tenth of what a division takes.
        let mut amount = yuan;
        match amount.set_scale(yuan.scale() + zeros) {
            Ok(()) => amount,
            Err(_) => yuan / self.yuan(),
        }
    }

    /// All units, the largest first: its name is that of a smaller one with more before it.
    pub const ALL: [Unit; 4] = [Unit::HundredMillionYuan, Unit::TenThousandYuan, Unit::ThousandYuan, Unit::Yuan];

    /// The unit as documents write it.
    pub fn label(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::ThousandYuan => "千元",
            Unit::TenThousandYuan => "万元",
            Unit::HundredMillionYuan => "亿元",
        }
    }
}

/// A plain number with separators between groups of three digits.
pub fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut grouped = String::with_capacity(plain.len() + whole.len() / 3);
    grouped.push_str(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(decimals) = decimals {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}

/// Where an amount stands in the sources of its disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// Index into [`crate::model::Disclosure::sources`].
    pub file: u16,
    /// The line, from 1.
    pub line: u32,
    /// The cell within its line, from 1; 0 for a place in running text.
    pub cell: u16,
}

/// How an amount came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// It stands in a table just so (blanks and separators aside).
    Printed,
    /// It stands in a sentence of the narrative.
    Narrative,
    /// The extraction damaged it; identities prove what it must be.
    Repaired {
        /// The text that stands there.
        from: CompactString,
        /// Why the value is right, for readers.
        proof: String,
    },
    /// It is printed nowhere and follows from other amounts.
    Derived {
        /// How, for readers: 「本年数 − 增加额」.
        rule: String,
        /// Where the amounts stand from which it follows.
        inputs: Vec<Place>,
    },
}

impl Origin {
    /// The word of the output contract: `printed`, `narrative`, `repaired` or `derived`.
    pub fn word(&self) -> &'static str {
        match self {
            Origin::Printed => "printed",
            Origin::Narrative => "narrative",
            Origin::Repaired { .. } => "repaired",
            Origin::Derived { .. } => "derived",
        }
    }
}

/// An exact amount of money and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The value in yuan.
    pub yuan: Decimal,
    /// The number as printed, without its unit; for a derived amount the value in [`Amount::unit`].
    pub printed: CompactString,
    /// The unit of the table, column or sentence.
    pub unit: Unit,
    /// One step of the last printed place, in yuan: 0.01 万元 is 100.
    pub quantum: Decimal,
    /// How it came to be.
    pub origin: Origin,
    /// Where it stands; for a derived amount the first of its inputs.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::Unit;

    #[test]
    fn amounts_are_the_same_in_every_unit() {
        let yuan: Decimal = "-1234567890.25".parse().unwrap();
        for (unit, expected) in [
            (Unit::Yuan, "-1234567890.25"),
            (Unit::ThousandYuan, "-1234567.89025"),
            (Unit::TenThousandYuan, "-123456.789025"),
            (Unit::HundredMillionYuan, "-12.3456789025"),
        ] {
            assert_eq!(unit.of(yuan).to_string(), expected);
            // More places than a decimal has: the last ones are rounded, as in any division.
            let smallest = Decimal::new(1, Decimal::MAX_SCALE);
            assert_eq!(unit.of(smallest), smallest / unit.yuan());
        }
    }
}
