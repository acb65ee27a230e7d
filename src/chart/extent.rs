//! From money to the range of an axis: the only place where an amount becomes a float.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::input::Value;

/// The range of an axis in yuan. It always holds zero and is never empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
}

impl Extent {
    /// From the smallest to the largest value; `None` when no value has an amount.
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v Value>) -> Option<Self> {
        let mut extent = None;
        for amount in values.filter_map(|value| value.amount) {
            let Extent { low, high } = extent.unwrap_or(Extent { low: Decimal::ZERO, high: Decimal::ZERO });
            extent = Some(Extent { low: low.min(amount), high: high.max(amount) });
        }
        extent
    }

    /// Whether all is zero: then there is nothing to see but labels, and a low plot will do.
    pub(super) fn is_flat(self) -> bool {
        self.low == self.high
    }

    /// The range in floats. Where all is zero it is 0..1: plotters maps no empty range.
    pub(super) fn range(self) -> std::ops::Range<f64> {
        let (low, high) = (float(self.low), float(self.high));
        if low < high { low..high } else { 0.0..1.0 }
    }
}

/// An amount as a position. Decimals are bounded, so it is finite (an infinite one would hang plotters).
pub(super) fn float(amount: Decimal) -> f64 {
    amount.to_f64().filter(|number| number.is_finite()).unwrap_or(0.0)
}

/// Round values from zero to the ends of an extent: 1, 2 or 5 times a power of ten apart, five at most on either side.
/// In units of `unit` yuan, with zero.
pub(super) fn ticks(extent: Extent, unit: Decimal) -> Vec<Decimal> {
    let (low, high) = (extent.low / unit, extent.high / unit);
    let Some(step) = tick_step(high.max(-low)) else { return vec![Decimal::ZERO] };
    let mut tick = (low / step).ceil() * step;
    let mut ticks = Vec::new();
    while tick <= high {
        ticks.push(tick.normalize());
        let Some(next) = tick.checked_add(step) else { break };
        tick = next;
    }
    ticks
}

/// The smallest round step of which four reach `reach`; `None` for zero.
fn tick_step(reach: Decimal) -> Option<Decimal> {
    let quarter = reach / Decimal::from(4);
    if quarter.is_zero() {
        return None;
    }
    let mut power = Decimal::ONE;
    while power > quarter {
        power = power.checked_div(Decimal::TEN).filter(|smaller| !smaller.is_zero())?;
    }
    while power.checked_mul(Decimal::TEN).is_some_and(|larger| larger <= quarter) {
        power *= Decimal::TEN;
    }
    [1, 2, 5, 10].into_iter().map(|times| power * Decimal::from(times)).find(|step| *step >= quarter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn round_ticks() {
        for (low, high, expected) in [
            ("0", "1074.61", "0 500 1000"),
            ("0", "8", "0 2 4 6 8"),
            ("0", "0.83", "0 0.5"),
            ("-30", "100", "0 50 100"),
            ("-100", "100", "-100 -50 0 50 100"),
            ("0", "0", "0"),
        ] {
            let extent = Extent { low: decimal(low), high: decimal(high) };
            let shown: Vec<String> = ticks(extent, Decimal::ONE).iter().map(ToString::to_string).collect();
            assert_eq!(shown.join(" "), expected, "{low}..{high}");
        }
    }

    #[test]
    fn ticks_are_few_even_at_the_ends_of_the_range_of_decimals() {
        for high in [Decimal::MAX, decimal("0.0000000000000000000000000001"), decimal("0.01")] {
            let count = ticks(Extent { low: Decimal::ZERO, high }, Decimal::ONE).len();
            assert!((1..=6).contains(&count), "{count} ticks up to {high}");
        }
    }
}
