//! How cells of a workbook look.

/// Numbers with more decimals are shown with so many.
pub(super) const MOST_PLACES: usize = 6;

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Words.
    Plain,
    /// The line above the table.
    Caption,
    /// The name of a column.
    Head,
    /// A number with separators and so many decimals.
    Number {
        /// At most [`MOST_PLACES`].
        places: usize,
    },
}

impl Style {
    /// All of them, in the order in which the workbook lists them.
    pub(super) fn all() -> impl Iterator<Item = Style> {
        let numbers = (0..=MOST_PLACES).map(|places| Style::Number { places });
        [Style::Plain, Style::Caption, Style::Head].into_iter().chain(numbers)
    }

    /// Its place in the list.
    pub(super) fn index(self) -> usize {
        match self {
            Style::Plain => 0,
            Style::Caption => 1,
            Style::Head => 2,
            Style::Number { places } => 3 + places.min(MOST_PLACES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn every_look_has_its_place_in_the_list() {
        Style::all().enumerate().for_each(|(place, style)| assert_eq!(style.index(), place));
    }
}
