//! The one way to choose that makes every column add up.

use rust_decimal::Decimal;

use super::{Amounts, subtract};

/// More steps than this are not tried: then nothing is proved.
const MOST_STEPS: usize = 50_000;

/// For each row the index of its choice, when exactly one combination leaves nothing of `rest` in any column (up to
/// `tolerance`); `None` when there is none, or several, or too much to try.
pub(super) fn only_way(choices: &[Vec<&Amounts>], rest: Vec<Decimal>, tolerance: Decimal) -> Option<Vec<usize>> {
    let mut found = ways(choices, rest, tolerance)?;
    found.pop().filter(|_| found.is_empty())
}

/// The first two such combinations; `None` when there is too much to try.
pub(super) fn ways(choices: &[Vec<&Amounts>], rest: Vec<Decimal>, tolerance: Decimal) -> Option<Vec<Vec<usize>>> {
    let grows =
        choices.iter().flatten().flat_map(|amounts| amounts.iter()).flatten().all(|amount| !amount.is_sign_negative());
    // The largest amounts first: they leave the fewest ways open.
    let mut order: Vec<usize> = (0..choices.len()).collect();
    order.sort_by_key(|row| std::cmp::Reverse(largest(&choices[*row])));
    let mut search = Search { choices, order, tolerance, grows, steps: 0, found: Vec::new() };
    search.descend(0, rest, &mut vec![0; choices.len()]);
    (search.steps <= MOST_STEPS).then_some(search.found)
}

fn largest(choices: &[&Amounts]) -> Decimal {
    choices.iter().flat_map(|amounts| amounts.iter()).flatten().max().copied().unwrap_or_default()
}

struct Search<'a> {
    choices: &'a [Vec<&'a Amounts>],
    order: Vec<usize>,
    tolerance: Decimal,
    /// No amount is negative, so that a column which is exceeded stays so.
    grows: bool,
    steps: usize,
    found: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn descend(&mut self, depth: usize, rest: Vec<Decimal>, picks: &mut Vec<usize>) {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.found.len() > 1 {
            return;
        }
        if self.grows && rest.iter().any(|left| *left < -self.tolerance) {
            return;
        }
        let Some(row) = self.order.get(depth).copied() else {
            if rest.iter().all(|left| left.abs() <= self.tolerance) {
                self.found.push(picks.clone());
            }
            return;
        };
        for pick in 0..self.choices[row].len() {
            let mut left = rest.clone();
            subtract(&mut left, self.choices[row][pick]);
            picks[row] = pick;
            self.descend(depth + 1, left, picks);
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::Amounts;
    use super::only_way;

    fn amounts(values: &[&str]) -> Amounts {
        values.iter().map(|value| value.parse().ok()).collect()
    }

    fn check(choices: &[&[&[&str]]], total: &[&str], expected: Option<Vec<usize>>) {
        let owned: Vec<Vec<Amounts>> =
            choices.iter().map(|row| row.iter().map(|choice| amounts(choice)).collect()).collect();
        let borrowed: Vec<Vec<&Amounts>> = owned.iter().map(|row| row.iter().collect()).collect();
        let rest = amounts(total).into_iter().map(Option::unwrap_or_default).collect();
        assert_eq!(only_way(&borrowed, rest, Decimal::new(1, 2)), expected, "{choices:?}");
    }

    #[test]
    fn the_totals_choose_and_doubt_chooses_nothing() {
        let five: &[&[&str]] = &[&["5", ""], &["", "5"]];
        let seven: &[&[&str]] = &[&["7", ""], &["", "7"]];
        check(&[five, seven], &["5", "7"], Some(vec![0, 1]));
        check(&[five, seven], &["12", ""], Some(vec![0, 0]));
        check(&[five, five], &["5", "5"], None);
        check(&[five, seven], &["6", "6"], None);
        check(&[], &["", ""], Some(vec![]));
    }
}
