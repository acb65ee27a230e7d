//! Whether it was published in time.

use super::Case;
use crate::audit::score::Measured;
use crate::language::say;

/// 预算法: within twenty days after approval.
const DAYS: i64 = 20;

pub(super) fn days(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let identity = &disclosure.identity;
    let day = |date: &Option<compact_str::CompactString>| date.as_deref().and_then(day_number);
    let (Some(approved), Some(published)) = (day(&identity.approved), day(&identity.published)) else {
        return Measured::not_applicable(case.language.get("evidence.no_dates"));
    };
    let days = published - approved;
    let in_time = (0..=DAYS).contains(&days);
    Measured::share(u64::from(in_time), 1, say!(case.language, "evidence.days", days: days), None)
}

/// Days since the year 0 of a date `YYYY-MM-DD`; `None` for a date that is known less exactly.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    // The calendar counts from March, so that the day that some years have more comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_between_dates_are_counted() {
        let between = |from: &str, to: &str| day_number(to).zip(day_number(from)).map(|(to, from)| to - from);
        assert_eq!(between("2024-02-20", "2024-03-11"), Some(20));
        assert_eq!(between("2023-12-31", "2024-01-01"), Some(1));
        assert_eq!(between("2023-02-20", "2023-03-11"), Some(19));
        assert_eq!(day_number("2024-02"), None);
    }
}
