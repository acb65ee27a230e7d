//! What a text must look like to be a date, an address, a slug.

/// `YYYY-MM-DD` of the calendar.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return false;
    }
    let (year, month, day): (u32, u32, u32) = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => (year, month, day),
        _ => return false,
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// An address with `http://` or `https://` and a host.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| !host.is_empty())
        && !text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control() || "\"<>\\".contains(character))
}

/// Lower-case ASCII words with hyphens between them.
pub fn is_slug(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(allowed) && !text.starts_with('-') && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_web_address};

    #[test]
    fn dates_and_addresses_are_checked() {
        for (text, good) in [("2024-02-29", true), ("2023-02-29", false), ("2024-4-1", false), ("2024-13-01", false)] {
            assert_eq!(is_date(text), good, "{text}");
        }
        for (text, good) in [("https://例.cn/a", true), ("http://", false), ("ftp://a", false), ("https://a\"b", false)]
        {
            assert_eq!(is_web_address(text), good, "{text}");
        }
    }
}
