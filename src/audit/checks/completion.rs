//! Completion rates: final account ÷ budget; a budget of zero has none.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::prose::{number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

/// 「年初预算为1.80万元，支出决算为2.56万元，完成年初预算的142%」
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "预算数?为([\\d,]+(?:\\.\\d+)?)万元,(?:支出)?决算数?为([\\d,]+(?:\\.\\d+)?)万元,(?:完成|为|占)[^,。%\\d]{0,10}预算数?的(\\d+(?:\\.\\d+)?)%",
    )
});
/// 「决算0.00万元，完成全年预算的100.00%」
static OF_NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    pattern("[^\\d.,]0(?:\\.0+)?万元,(?:支出决算为0(?:\\.0+)?万元,)?完成[^,。%\\d]{0,6}预算数?的(100(?:\\.0+)?%)")
});

/// One entry for each sentence with both amounts and the rate.
pub(super) fn rates(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for passage in index.passages() {
        for captures in RATE.captures_iter(&passage.text) {
            let Some((low, exact, high)) = range(&captures) else { continue };
            let place = passage.place(index, &format!("{}%", &captures[3]));
            let Some(printed) = number(&captures[3]) else { continue };
            let half = Decimal::new(5, printed.scale() + 1);
            if printed + half >= low && printed - half <= high {
                checked.pass(rule, "", place);
                continue;
            }
            let exact = exact.round_dp(printed.scale().max(2));
            let message = say!(
                index.language,
                "check.completion",
                line: place.line,
                printed: printed,
                budget: &captures[1],
                spent: &captures[2],
                exact: exact,
            );
            let found = finding(rule, vec![place], message);
            let (expected, difference) = (format!("{exact}%"), format!("{}%", (exact - printed).abs()));
            checked.fail(rule, "", Finding { expected, printed: format!("{printed}%"), difference, ..found });
        }
    }
    checked
}

/// The least, the exact and the greatest rate that the rounding of both amounts allows.
fn range(captures: &Captures) -> Option<(Decimal, Decimal, Decimal)> {
    let (budget, spent) = (number(&captures[1])?, number(&captures[2])?);
    let half = |value: Decimal| if value.is_zero() { value } else { Decimal::new(5, value.scale() + 1) };
    let percent = |part: Decimal, whole: Decimal| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
    let least = percent(spent - half(spent), budget + half(budget))?;
    let most = percent(spent + half(spent), budget - half(budget))?;
    Some((least, percent(spent, budget)?, most))
}

/// One entry for each rate of a budget of zero.
pub(super) fn of_nothing(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for passage in index.passages() {
        for captures in OF_NOTHING.captures_iter(&passage.text) {
            let place = passage.place(index, captures[0].get(1..).unwrap_or_default());
            let message = say!(index.language, "check.completion_of_nothing", line: place.line, printed: &captures[1]);
            let found = finding(rule, vec![place], message);
            let expected = index.language.get("check.not_applicable").to_owned();
            checked.fail(rule, "", Finding { expected, printed: captures[1].to_owned(), ..found });
        }
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::{OF_NOTHING, RATE, range};

    #[test]
    fn rates_are_read_with_both_amounts() {
        let text = "全年预算为1.80万元,支出决算为2.56万元,完成全年预算的142%。";
        let captures = RATE.captures(text).expect("a rate");
        let (low, exact, high) = range(&captures).expect("a range");
        assert!(low < exact && exact < high);
        assert_eq!(exact.round_dp(2).to_string(), "142.22");
        assert!(OF_NOTHING.is_match("出国费支出决算0.00万元,完成全年预算的100.00%"));
        assert!(!OF_NOTHING.is_match("支出决算10.00万元,完成全年预算的100.00%"));
    }
}
