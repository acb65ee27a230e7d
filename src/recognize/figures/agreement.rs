//! Which of two places a figure is taken from where they differ.

use crate::model::Amount;

/// True for one amount printed twice: the difference is less than the coarser of the two prints.
fn agree(one: &Amount, other: &Amount) -> bool {
    (one.yuan - other.yuan).abs() < one.quantum.max(other.quantum)
}

/// What a table states of the year's spending, unless sentences state more: an account's total holds what is carried on too.
pub(super) fn with_carried(table: Option<Amount>, told: Option<Amount>) -> Option<Amount> {
    match (table, told) {
        (Some(table), Some(told)) if told.yuan > table.yuan && !agree(&table, &told) => Some(told),
        (table, told) => table.or(told),
    }
}

/// True unless two natures of the general public budget fall short of, or go beyond, all spending: other money is spent too.
pub(super) fn is_all(basic: Option<&Amount>, project: Option<&Amount>, spending: Option<&Amount>) -> bool {
    let Some(whole) = spending else { return true };
    let (Some(basic), Some(project)) = (basic, project) else { return true };
    // Each of the three is rounded.
    (basic.yuan + project.yuan - whole.yuan).abs() < whole.quantum.max(basic.quantum) * rust_decimal::Decimal::TWO
}

/// The income of the year, unless it is said to be all income while some of that was carried in.
pub(super) fn of_the_year(current: Option<Amount>, all: Option<&Amount>, carried: Option<&Amount>) -> Option<Amount> {
    let brought = carried.is_some_and(|carried| !carried.yuan.is_zero());
    current.filter(|current| !(brought && all.is_some_and(|all| all.yuan == current.yuan)))
}
