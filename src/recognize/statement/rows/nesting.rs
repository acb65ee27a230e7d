//! Lists in which groups stand before their members without any code that says so: 专用项目, then its projects. The sums
//! tell, and only when they tell the whole list.

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{Column, ColumnRole, Row, RowRole, StatementKind, SubjectKind};
use crate::recognize::statement::amounts::amount_of;

/// Makes sub-totals of the projects that are sums of those below them, when the remaining ones add up to the total and
/// all of them do not.
pub(in crate::recognize::statement) fn find_groups(kind: StatementKind, columns: &[Column], rows: &mut [Row]) {
    if kind != StatementKind::Projects {
        return;
    }
    let Some(column) = columns.iter().position(|column| matches!(column.role, ColumnRole::Amount { .. })) else {
        return;
    };
    let yuan = |row: &Row| amount_of(&row.cells[column]).map(|amount| amount.yuan);
    let is_project = |row: &Row| row.subjects[0].as_ref().is_some_and(|subject| subject.kind == SubjectKind::Project);
    let total = rows.iter().find(|row| row.roles[0] == RowRole::Total).and_then(yuan);
    let members: Vec<(usize, Decimal)> = (0..rows.len())
        .filter(|at| rows[*at].roles[0] == RowRole::Item && is_project(&rows[*at]))
        .filter_map(|at| Some((at, yuan(&rows[at])?)))
        .collect();
    let quantum = rows.iter().filter_map(|row| amount_of(&row.cells[column])).map(|amount| amount.quantum).max();
    let quantum = quantum.unwrap_or_default();
    let sum = |members: &[(usize, Decimal)]| members.iter().map(|(_, yuan)| yuan).sum::<Decimal>();
    if total == Some(sum(&members)) {
        return;
    }
    let (tops, mut groups) = nested(&members);
    let first = members.first().map(|(at, _)| *at);
    // Without a total row the first one is it when everything below adds up to it.
    let whole =
        total.is_none() && (tops.len() == 1 && tops.first().map(|(at, _)| *at) == first || is_total(&members, quantum));
    if total == Some(sum(&tops)) || whole {
        groups.retain(|at| !whole || Some(*at) != first);
        for at in groups {
            rows[at].roles[0] = RowRole::Subtotal;
            // A group is no project: sums over projects leave it out.
            rows[at].subjects[0].iter_mut().for_each(|subject| subject.kind = SubjectKind::Other);
        }
    }
    if let Some(first) = first.filter(|_| whole) {
        rows[first].roles[0] = RowRole::Total;
        if let Some(subject) = &mut rows[first].subjects[0] {
            subject.kind = SubjectKind::Total;
            subject.code = CompactString::const_new("total");
        }
    }
}

/// True when the first of at least three members is the sum of the others but for rounding.
fn is_total(members: &[(usize, Decimal)], quantum: Decimal) -> bool {
    let Some(((_, total), rest)) = members.split_first().filter(|(_, rest)| rest.len() > 1) else { return false };
    let tolerance = quantum * Decimal::from(members.len()) / Decimal::TWO;
    (total - rest.iter().map(|(_, yuan)| yuan).sum::<Decimal>()).abs() <= tolerance
}

/// The members that belong to no group, and the rows that are groups, found from the end of the list.
fn nested(members: &[(usize, Decimal)]) -> (Vec<(usize, Decimal)>, Vec<usize>) {
    // The tops of what lies below, the nearest last.
    let mut tops: Vec<(usize, Decimal)> = Vec::new();
    let mut groups = Vec::new();
    for (at, yuan) in members.iter().rev() {
        let mut sum = Decimal::ZERO;
        let held = tops.iter().rev().position(|(_, part)| {
            sum += *part;
            sum == *yuan
        });
        // One row of the same amount is more often another project than a group of one.
        if let Some(last) = held.filter(|last| *last > 0 && !yuan.is_zero()) {
            tops.truncate(tops.len() - last - 1);
            groups.push(*at);
        }
        tops.push((*at, *yuan));
    }
    (tops, groups)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::nested;

    #[test]
    fn groups_are_sums_of_what_follows() {
        let amounts = [280, 221, 131, 90, 59, 9, 50, 626, 155, 25, 15, 115, 471, 55, 416];
        let members: Vec<(usize, Decimal)> = (0..).zip(amounts.map(Decimal::from)).collect();
        let (tops, mut groups) = nested(&members);
        groups.sort_unstable();
        assert_eq!(tops.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [7, 0]);
        assert_eq!(groups, [0, 1, 4, 7, 8, 12]);
    }

    #[test]
    fn equal_neighbours_are_no_group() {
        let members: Vec<(usize, Decimal)> = (0..).zip([5, 5, 3].map(Decimal::from)).collect();
        assert_eq!(nested(&members).1, Vec::<usize>::new());
    }
}
