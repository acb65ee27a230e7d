//! Ranges of amounts: one of the facets, and the first measure by which hits of one year are ordered.

use rust_decimal::Decimal;

use super::manifest::Range;

/// The ranges, the largest amounts first: word, label, and the least amount in yuan.
const RANGES: [(&str, &str, i64); 5] = [
    ("100m", "1亿元以上", 100_000_000),
    ("10m", "1000万元至1亿元", 10_000_000),
    ("1m", "100万元至1000万元", 1_000_000),
    ("100k", "10万元至100万元", 100_000),
    ("less", "不足10万元", 0),
];

/// The range of an amount, by its size without the sign; the last one is for records without an amount.
pub(super) fn range(yuan: Option<Decimal>) -> u8 {
    let position = yuan.and_then(|yuan| RANGES.iter().position(|(_, _, least)| yuan.abs() >= Decimal::from(*least)));
    position.unwrap_or(RANGES.len()) as u8
}

/// The ranges in order. A range begins where an amount has a digit more.
pub(super) fn ranges() -> Vec<Range> {
    let range = |(id, label, least): &(&str, &str, i64)| Range {
        id: (*id).to_owned(),
        label: (*label).to_owned(),
        digits: least.checked_ilog10().unwrap_or(0) + 1,
    };
    let none = Range { id: "none".to_owned(), label: "没有金额".to_owned(), digits: 0 };
    RANGES.iter().map(range).chain([none]).collect()
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn amounts_fall_into_ranges_by_size() {
        for (yuan, want) in
            [("100000000", 0), ("-99999999.99", 1), ("1000000", 2), ("100000", 3), ("99999.99", 4), ("0", 4)]
        {
            assert_eq!(range(Some(yuan.parse().unwrap())), want, "{yuan}");
        }
        assert_eq!(range(None), 5);
    }
}
