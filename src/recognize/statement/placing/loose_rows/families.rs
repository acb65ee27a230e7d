//! Families: a row and the rows right below it, by their codes. What a class spends is what its parts spend, so a row that
//! has its place gives one to those below it, from the total down.

use rust_decimal::Decimal;

use super::items::{Items, Told, is_common};
use super::{Amounts, LooseRow, Standing, search};
use crate::recognize::statement::placing::fit::{Frame, Mapping};
use crate::vocabulary::Vocabulary;

/// Places the rows of every family whose first row is placed, when exactly one way to place them adds up to it.
pub(super) fn settle(
    vocabulary: &Vocabulary,
    frame: &Frame<'_>,
    rows: &[LooseRow<'_>],
    open: &[Vec<(Mapping, Amounts)>],
    chosen: &mut [Option<usize>],
) {
    let items = Items { vocabulary, frame, rows, open, settled: Vec::new(), unsettled: Vec::new() };
    let is_total = |index: usize| rows[index].standing == Standing::Total;
    let filled = |index: &usize| rows[*index].measured.iter().any(|cell| cell.money);
    let mut coded: Vec<usize> = (0..rows.len()).filter(filled).filter(|index| !is_total(*index)).collect();
    let count = coded.len();
    coded.retain(|index| is_code(&rows[*index].code));
    // A row without a code may be of any family.
    let total = (0..rows.len()).find(|index| is_total(*index)).filter(|_| coded.len() == count);
    let mut heads = coded.clone();
    heads.sort_by_key(|index| rows[*index].code.len());
    for head in total.into_iter().chain(heads) {
        let family = family(rows, &coded, (Some(head) != total).then(|| rows[head].code.as_str()));
        // Where the total itself is open, what templates print and hardly any office fills is taken for empty.
        let told: &[Told] = match chosen[head] {
            Some(_) => &[Told::CommonOnly, Told::ByName, Told::Nothing],
            None if Some(head) == total => &[Told::CommonOnly],
            None => &[],
        };
        let found = told.iter().find_map(|told| only_way(&items, *told, chosen, head, &family));
        found.into_iter().flatten().for_each(|(row, pick)| chosen[row] = Some(pick));
    }
}

/// True for a code of a classification.
fn is_code(code: &str) -> bool {
    code.len() >= 3 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// The rows right below the one with this code; without a code those below no other.
fn family(rows: &[LooseRow<'_>], coded: &[usize], head: Option<&str>) -> Vec<usize> {
    let below = |code: &str, head: &str| code.len() > head.len() && code.starts_with(head);
    let head = head.unwrap_or_default();
    let all = || coded.iter().copied().filter(|index| below(&rows[*index].code, head));
    let nearest = |index: &usize| !all().any(|other| below(&rows[*index].code, &rows[other].code));
    all().filter(nearest).collect()
}

/// The only way to place a row and those of its family so that they add up to it: rows and picks.
fn only_way(
    items: &Items<'_>,
    told: Told,
    chosen: &[Option<usize>],
    head: usize,
    family: &[usize],
) -> Option<Vec<(usize, usize)>> {
    if family.iter().all(|row| chosen[*row].is_some()) {
        return None;
    }
    let tolerance = items.frame.quantum * Decimal::from(family.len() + 1) / Decimal::TWO;
    let picks = |row: usize| match chosen[row] {
        Some(pick) => vec![pick],
        None => items.picks(told, row),
    };
    let readings = |row: usize| -> Vec<(usize, Amounts)> {
        let of_pick =
            |pick: usize| readings(items.frame, &items.open[row][pick].1).into_iter().map(move |one| (pick, one));
        picks(row).into_iter().flat_map(of_pick).collect()
    };
    let members: Vec<Vec<(usize, Amounts)>> = family.iter().map(|row| readings(*row)).collect();
    let choices: Vec<Vec<&Amounts>> =
        members.iter().map(|member| member.iter().map(|(_, one)| one).collect()).collect();
    let mut only: Option<Vec<(usize, usize)>> = None;
    for (pick, whole) in readings(head) {
        if told == Told::CommonOnly && !is_common(items.frame.columns, &whole) {
            continue;
        }
        let rest = whole.iter().map(|amount| amount.unwrap_or_default()).collect();
        for way in search::ways(&choices, rest, tolerance)? {
            let placed = family.iter().zip(&members).zip(way).map(|((row, member), at)| (*row, member[at].0));
            let placed: Vec<(usize, usize)> = placed.chain([(head, pick)]).collect();
            if only.as_ref().is_some_and(|known| *known != placed) {
                return None;
            }
            only = Some(placed);
        }
    }
    only
}

/// The amounts of a row as printed; where its parts are not what they add up to, one of them is misprinted, and each could be.
fn readings(frame: &Frame<'_>, amounts: &Amounts) -> Vec<Amounts> {
    let mut readings = vec![amounts.clone()];
    let filled = |column: &&usize| amounts[**column].is_some_and(|amount| !amount.is_zero());
    for sum in frame.sums.iter().filter(|sum| filled(&&sum.total)) {
        let parts: Vec<usize> = sum.parts.iter().filter(filled).copied().collect();
        let printed: Decimal = parts.iter().filter_map(|part| amounts[*part]).sum();
        let gap = amounts[sum.total].unwrap_or_default() - printed;
        if parts.len() > 1 && gap.abs() > frame.quantum * Decimal::from(parts.len() + 1) / Decimal::TWO {
            readings.extend(parts.iter().map(|part| {
                let mut other = amounts.clone();
                other[*part] = other[*part].map(|amount| amount + gap);
                other
            }));
        }
    }
    readings
}
