//! What changed between two values, as cells of a table.

use rust_decimal::Decimal;

use crate::assemble::Sourced;
use crate::render::elements::table::Cell;
use crate::render::wording::figure::Figures;
use crate::render::wording::number::{self, Known, Movement};

impl Figures<'_> {
    /// The change of a value and its rate, as two cells. Blank where there is nothing to compare with.
    pub fn change_cells(self, now: Option<&Sourced>, before: Option<&Sourced>) -> [Cell; 2] {
        let (Some(now), Some(before)) = (now, before) else { return [Cell::Blank, Cell::Blank] };
        let (now, before) = (Known::from(&now.amount), Known::from(&before.amount));
        let difference = number::difference(now, before);
        let mut figure = self.sum(difference);
        if difference.yuan > Decimal::ZERO {
            figure.text.insert(0, '+');
        }
        let rate = match number::movement(now, before) {
            Movement::Level => self.words.get("column.level").to_owned(),
            Movement::FromZero => self.words.get("column.from_zero").to_owned(),
            Movement::By(rate) => rate.signed_text(self.words),
        };
        [Cell::Amount(figure), Cell::Number(rate)]
    }
}
