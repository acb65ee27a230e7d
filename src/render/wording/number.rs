//! Numbers as readers see them: 万元 with the source's own precision, 亿元 in headlines, shares, rates, points.
//!
//! In go amounts with their quantum (one step of the last printed place); out comes text. A percentage is computed
//! here and nowhere else, and it says 约 when the printed precision of its parts leaves the last digit open.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::assemble::Sum;
use crate::model::{Amount, Unit, grouped};
use crate::render::wording::words::Words;

/// A value with one step of its last known place, both in yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Known {
    /// The value.
    pub yuan: Decimal,
    /// One step of the last place; the value is known to half of it.
    pub quantum: Decimal,
}

impl From<&Amount> for Known {
    fn from(amount: &Amount) -> Self {
        Known { yuan: amount.yuan, quantum: amount.quantum }
    }
}

impl From<Sum> for Known {
    fn from(sum: Sum) -> Self {
        Known { yuan: sum.yuan, quantum: sum.quantum }
    }
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// 「1,074.61」
    pub number: String,
    /// 万元 or 亿元
    pub unit: Unit,
    /// True when the number is shorter than what is known.
    pub shortened: bool,
}

/// The value in 万元 with all its places and separators: 「1,074.61」.
pub fn ten_thousands(known: Known) -> String {
    grouped(&ten_thousands_plain(known))
}

/// The value in 万元 with all its places, for calculation: 「1074.61」.
pub fn ten_thousands_plain(known: Known) -> String {
    let unit = Unit::TenThousandYuan;
    let mut value = unit.of(known.yuan).normalize();
    let step = unit.of(known.quantum).normalize();
    if value.scale() < step.scale() {
        value.rescale(step.scale());
    }
    value.to_string()
}

/// The value for a headline: 亿元 with two places from one 亿元 on, 万元 with at most two places below.
pub fn headline(known: Known) -> Headline {
    let hundred_millions = Unit::HundredMillionYuan.yuan();
    if known.yuan.abs() >= hundred_millions {
        let exact = known.yuan / hundred_millions;
        let mut short = round(exact, 2);
        short.rescale(2);
        return Headline {
            number: grouped(&short.to_string()),
            unit: Unit::HundredMillionYuan,
            shortened: short != exact,
        };
    }
    let (number, shortened) = brief(known);
    Headline { number, unit: Unit::TenThousandYuan, shortened }
}

/// The value in 万元 for running text: all its places, but at most two. The second value tells whether that is less than
/// what is known.
pub fn brief(known: Known) -> (String, bool) {
    let unit = Unit::TenThousandYuan.yuan();
    let exact = known.yuan / unit;
    let short = round(exact, 2);
    let coarse = Known { yuan: short * unit, quantum: known.quantum.max(unit / Decimal::ONE_HUNDRED) };
    (ten_thousands(coarse), short != exact)
}

/// How much a part is of a whole, in percent with one place: 「77.5%」. `None` when the whole is zero.
pub fn share(words: &Words, part: Known, whole: Known) -> Option<String> {
    rate(part, whole).map(|rate| rate.text(words))
}

/// A ratio in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Rounded to one place.
    pub percent: Decimal,
    /// False when the parts are not known well enough for the last place.
    pub certain: bool,
}

impl Rate {
    /// 「77.5%」, 「约77.5%」.
    pub fn text(self, words: &Words) -> String {
        self.with_sign(words, "")
    }

    /// 「+16.9%」, 「-13.6%」, for tables of changes.
    pub fn signed_text(self, words: &Words) -> String {
        self.with_sign(words, if self.percent > Decimal::ZERO { "+" } else { "" })
    }

    /// 「77.5%」 of the rate without its sign, for sentences that say 增长 or 下降.
    pub fn unsigned_text(self, words: &Words) -> String {
        Rate { percent: self.percent.abs(), ..self }.text(words)
    }

    fn with_sign(self, words: &Words, sign: &str) -> String {
        let rate = format!("{sign}{}%", self.percent);
        if self.certain { rate } else { words.fill("number.about", &[("rate", &rate)]) }
    }
}

/// Part ÷ whole in percent. The last place is certain when it is the same over everything that the printed places of
/// both allow.
pub fn rate(part: Known, whole: Known) -> Option<Rate> {
    quotient(part.yuan, whole.yuan).map(|exact| {
        let half = |known: Known| known.quantum / Decimal::TWO;
        let bounds = [
            quotient(part.yuan - half(part), whole.yuan + half(whole)),
            quotient(part.yuan + half(part), whole.yuan - half(whole)),
        ];
        let mut percent = round(exact, 1);
        percent.rescale(1);
        // A part that is the whole is the whole, however coarsely both are printed; nothing is nothing.
        let whole_or_nothing = part == whole || part.yuan.is_zero();
        let certain =
            whole_or_nothing || bounds.iter().all(|bound| bound.map(|bound| round(bound, 1)) == Some(percent));
        Rate { percent, certain }
    })
}

/// How a value changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// Equal at the precision of both.
    Level,
    /// It was zero before: no rate can be told.
    FromZero,
    /// It grew or fell by this rate.
    By(Rate),
}

/// How a value changed from `before` to `now`.
pub fn movement(now: Known, before: Known) -> Movement {
    let step = now.quantum.max(before.quantum);
    let difference = difference(now, before);
    if difference.yuan.abs() < step / Decimal::TWO || difference.yuan.is_zero() {
        return Movement::Level;
    }
    match rate(difference, before).filter(|_| before.yuan > Decimal::ZERO) {
        Some(rate) => Movement::By(rate),
        None => Movement::FromZero,
    }
}

/// What `now` is more than `before`; negative for less. It is known as well as the coarser of both.
pub fn difference(now: Known, before: Known) -> Known {
    Known { yuan: now.yuan - before.yuan, quantum: now.quantum.max(before.quantum) }
}

/// The difference of two rates, without its sign: 「3.2个百分点」. `None` when they do not differ.
pub fn points(words: &Words, now: Rate, before: Rate) -> Option<String> {
    let difference = (now.percent - before.percent).abs();
    (!difference.is_zero()).then(|| words.fill("number.points", &[("points", &difference.to_string())]))
}

/// A count with separators: 「12,345」.
pub fn count(count: impl Into<u64>) -> String {
    grouped(&count.into().to_string())
}

fn quotient(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// How far parts may be from their whole through rounding alone: half a step for each part and for the whole.
pub fn rounding_tolerance(parts: &[Known]) -> Decimal {
    let step = parts.iter().map(|part| part.quantum).max().unwrap_or_default();
    step * Decimal::from(parts.len() as u64 + 1) / Decimal::TWO
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use crate::render::samples::words;

    use super::{Known, Movement, headline, movement, points, rate, share, ten_thousands};

    /// A value in 万元 as printed.
    fn known(printed: &str) -> Known {
        let value: Decimal = printed.parse().expect("a number");
        let unit = Decimal::from(10_000);
        Known { yuan: value * unit, quantum: Decimal::new(1, value.scale()) * unit }
    }

    #[test]
    fn amounts_keep_the_precision_of_their_source() {
        for (printed, expected) in
            [("3020.78", "3,020.78"), ("6.5", "6.5"), ("624", "624"), ("0.00", "0.00"), ("-1234.50", "-1,234.50")]
        {
            assert_eq!(ten_thousands(known(printed)), expected);
        }
        let yuan = |yuan: i64, step: &str| Known { yuan: yuan.into(), quantum: step.parse().expect("a number") };
        assert_eq!(ten_thousands(yuan(12_345_678, "1")), "1,234.5678");
        assert_eq!(ten_thousands(yuan(12_345_600, "0.01")), "1,234.560000");
        assert_eq!(ten_thousands(yuan(123_000_000, "1000000")), "12,300");
    }

    #[test]
    fn headlines_use_the_unit_that_reads_best() {
        let told = |printed: &str| {
            let headline = headline(known(printed));
            (headline.number, headline.unit.label(), headline.shortened)
        };
        assert_eq!(told("1074.61"), ("1,074.61".to_owned(), "万元", false));
        assert_eq!(told("832.3"), ("832.3".to_owned(), "万元", false));
        assert_eq!(told("9999.99"), ("9,999.99".to_owned(), "万元", false));
        assert_eq!(told("10000"), ("1.00".to_owned(), "亿元", false));
        assert_eq!(told("123456.78"), ("12.35".to_owned(), "亿元", true));
        assert_eq!(told("1234.567891"), ("1,234.57".to_owned(), "万元", true));
        assert_eq!(told("6641.000000"), ("6,641.00".to_owned(), "万元", false));
    }

    #[test]
    fn shares_say_when_their_last_digit_is_open() {
        for (part, whole, expected) in [
            ("833.26", "1074.61", Some("77.5%")),
            ("1.00", "3.00", Some("约33.3%")),
            ("100.00", "300.00", Some("33.3%")),
            ("5", "5", Some("100.0%")),
            ("0.00", "5.00", Some("0.0%")),
            ("0.1", "0.3", Some("约33.3%")),
            ("1.00", "0.00", None),
        ] {
            assert_eq!(share(&words(), known(part), known(whole)).as_deref(), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn changes_are_told_by_rate_only_where_there_is_one() {
        let by = |now: &str, before: &str| match movement(known(now), known(before)) {
            Movement::By(rate) => rate.text(&words()),
            other => format!("{other:?}"),
        };
        for (now, before, expected) in [
            ("1074.61", "918.97", "16.9%"),
            ("714.40", "827.29", "-13.6%"),
            ("5.00", "5.00", "Level"),
            ("5.0", "5.04", "Level"),
            ("5.00", "5.04", "约-0.8%"),
            ("5.00", "0.00", "FromZero"),
            ("0.00", "0.00", "Level"),
            ("0.00", "5.00", "-100.0%"),
        ] {
            assert_eq!(by(now, before), expected, "{before} → {now}");
        }
    }

    #[test]
    fn rates_differ_by_points() {
        let of = |part: &str| rate(known(part), known("1000.00")).expect("a whole");
        assert_eq!(points(&words(), of("225.00"), of("193.00")).as_deref(), Some("3.2个百分点"));
        assert_eq!(points(&words(), of("193.00"), of("193.00")), None);
    }
}
