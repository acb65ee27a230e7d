//! Reads the text of a cell as a number.
//!
//! In goes what is printed, out comes an exact decimal or nothing. Blanks inside, thousands commas, full-width digits
//! and brackets for negatives are how documents write; anything else is no number.

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::vocabulary::text::fold;

/// More digits than any budget has: a code, or damage.
const MOST_DIGITS: usize = 18;

/// A number as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value, in the unit of the cell.
    pub(super) value: Decimal,
    /// How it would be printed without damage: `827.29` for `827. 29`.
    pub(super) clean: CompactString,
    /// Printed with a point or thousands commas: money rather than a count.
    pub(super) money_like: bool,
    /// A blank between two digits with no point beside it: a point may be lost.
    pub(super) doubtful: bool,
    /// Followed by a percent sign.
    pub(super) percent: bool,
}

/// Reads a cell. Empty cells, dashes, codes of many digits and words are no numbers.
pub(super) fn read_number(text: &str) -> Option<Number> {
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    // Most cells are words or plainly printed numbers.
    if is_word(text) {
        return None;
    }
    read_plain(text).or_else(|| read_damaged(text))
}

/// True for text that begins with a Chinese word.
fn is_word(text: &str) -> bool {
    text.chars().next().is_some_and(|first| ('\u{4e00}'..='\u{9fff}').contains(&fold(first)))
}

/// Digits with at most one point and nothing else.
fn read_plain(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let (mut mantissa, mut digits, mut point) = (0_i64, 0, None);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                digits += 1;
            }
            b'.' if point.is_none() && at > 0 && at + 1 < bytes.len() => point = Some(at),
            _ => return None,
        }
    }
    if digits > MOST_DIGITS {
        return None;
    }
    let places = point.map_or(0, |point| bytes.len() - point - 1);
    let value = Decimal::new(mantissa, places as u32);
    Some(Number { value, clean: text.into(), money_like: point.is_some(), doubtful: false, percent: false })
}

fn read_damaged(text: &str) -> Option<Number> {
    let (body, doubtful) = without_blanks(text);
    let (body, percent) = body.strip_suffix('%').map_or((body.as_str(), false), |body| (body, true));
    let (body, negative) = sign(body);
    let clean = clean_digits(body)?;
    let value = Decimal::from_str_exact(&clean).ok()?;
    let money_like = body.contains(['.', ',']);
    let clean = if negative { CompactString::from(format!("-{clean}")) } else { CompactString::from(clean) };
    let value = if negative { -value } else { value };
    Some(Number { value, clean, money_like, doubtful, percent })
}

/// How many places are printed after the point.
pub(super) fn decimals(clean: &str) -> u32 {
    clean.split_once('.').map_or(0, |(_, places)| places.len() as u32)
}

/// Folds the width and drops blanks and the rules (`|`) that cut numbers; tells whether a blank stood between digits.
fn without_blanks(text: &str) -> (String, bool) {
    let mut body = String::with_capacity(text.len());
    let mut blank_after_digit = false;
    let mut doubtful = false;
    for character in text.chars().map(fold) {
        if character.is_whitespace() || character == '|' {
            blank_after_digit |= body.ends_with(|last: char| last.is_ascii_digit());
            continue;
        }
        doubtful |= blank_after_digit && character.is_ascii_digit() && !body.contains('.');
        blank_after_digit = false;
        body.push(character);
    }
    (body, doubtful)
}

fn sign(body: &str) -> (&str, bool) {
    if let Some(inner) = body.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        return (inner, true);
    }
    body.strip_prefix(['-', '−', '－', '–']).map_or((body, false), |inner| (inner, true))
}

/// Digits with at most one point, thousands commas removed. A single comma before exactly two last digits is a point
/// that was read as a comma.
fn clean_digits(body: &str) -> Option<String> {
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    let plain = body.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let (whole, places) = body.split_once('.').unwrap_or((body, ""));
    if !plain
        || digits == 0
        || digits > MOST_DIGITS
        || places.contains(['.', ','])
        || whole.is_empty()
        || body.ends_with('.')
    {
        return None;
    }
    if !whole.contains(',') {
        return Some(body.to_owned());
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let thousands = !groups[0].is_empty() && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if thousands {
        return Some(body.replace(',', ""));
    }
    (places.is_empty() && groups.len() == 2 && groups[1].len() == 2 && !groups[0].is_empty()).then(|| groups.join("."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::{read_damaged, read_number, read_plain};

    #[test]
    fn printed_numbers() {
        let cases = [
            ("1074.61", Some("1074.61")),
            ("2,445.8", Some("2445.8")),
            ("827. 29", Some("827.29")),
            ("72. 4 1", Some("72.41")),
            ("13.9 7", Some("13.97")),
            ("16 . 53", Some("16.53")),
            ("40,00", Some("40.00")),
            ("8, 00", Some("8.00")),
            ("1 50", Some("150")),
            ("０.３", Some("0.3")),
            ("267.8|0", Some("267.80")),
            ("(1,234.5)", Some("-1234.5")),
            ("-1.00", Some("-1.00")),
            ("9,616.338314", Some("9616.338314")),
            ("63%", Some("63")),
            ("0", Some("0")),
            ("624", Some("624")),
            ("", None),
            ("-", None),
            ("—", None),
            ("1_000", None),
            ("1e3", None),
            ("1.2.3", None),
            ("12.", None),
            ("1,23,456", None),
            ("410303220000000013422", None),
            ("合计", None),
            ("≥95%", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                read_number(text).map(|number| number.clean.to_string()),
                expected.map(str::to_owned),
                "{text:?}"
            );
        }
        assert!(read_number("1 50").is_some_and(|number| number.doubtful));
        assert!(read_number("827. 29").is_some_and(|number| !number.doubtful));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(cents in -10_i64.pow(15)..10_i64.pow(15), places in 0_u32..7) {
            let value = Decimal::new(cents, places);
            let number = read_number(&value.to_string());
            prop_assert_eq!(number.map(|number| number.value), Some(value));
        }

        #[test]
        fn plain_numbers_are_read_alike_either_way(text in "[0-9.]{1,20}") {
            if let Some(plain) = read_plain(&text) {
                let damaged = read_damaged(&text);
                prop_assert_eq!(damaged.as_ref(), Some(&plain));
                prop_assert_eq!(damaged.map(|number| number.value.to_string()), Some(plain.value.to_string()));
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC*") {
            let _ = read_number(&text);
        }

        #[test]
        fn blanks_and_commas_change_nothing(whole in 0_u64..10_u64.pow(12), cents in 0_u8..100) {
            let digits = whole.to_string();
            let grouped: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
            let plain = read_number(&format!("{whole}.{cents:02}")).map(|number| number.value);
            prop_assert_eq!(read_number(&format!(" {}. {cents:02}", grouped.join(","))).map(|number| number.value), plain);
        }
    }
}
