//! Rows as placement sees them: what each cell could be, found out once and not for every placement that is tried.

use rust_decimal::Decimal;

use crate::parse::GridRow;
use crate::recognize::number::read_number;
use crate::vocabulary::text::{has_han, squeeze};

/// What a cell could be.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::recognize::statement) struct MeasuredCell {
    /// Something is printed.
    pub(in crate::recognize::statement) filled: bool,
    /// The number that is printed.
    pub(in crate::recognize::statement) value: Option<Decimal>,
    /// The number is money rather than a count or a code.
    pub(in crate::recognize::statement) money: bool,
    /// Chinese words are printed.
    pub(in crate::recognize::statement) words: bool,
    /// So many words that they are a name, not a total's label.
    pub(in crate::recognize::statement) name: bool,
}

/// The cells of a row.
pub(in crate::recognize::statement) type MeasuredRow = Vec<MeasuredCell>;

/// Measures the rows of a fragment.
pub(in crate::recognize::statement) fn measure(rows: &[GridRow]) -> Vec<MeasuredRow> {
    rows.iter().map(|row| row.cells.iter().map(|cell| measure_cell(&cell.text)).collect()).collect()
}

fn measure_cell(text: &str) -> MeasuredCell {
    if text.is_empty() {
        return MeasuredCell::default();
    }
    let number = read_number(text);
    let words = has_han(text);
    let glyphs = || squeeze(text).chars().filter(|glyph| has_han(glyph.encode_utf8(&mut [0; 4]))).count();
    MeasuredCell {
        filled: true,
        money: number.as_ref().is_some_and(|number| number.money_like),
        value: number.map(|number| number.value),
        words,
        name: words && glyphs() > 2,
    }
}
