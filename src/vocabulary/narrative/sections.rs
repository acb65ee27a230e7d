//! Words of the text's sections: duties, terms, units, vehicles and equipment.

use super::assets::AssetWords;
use super::file::File;

/// Headings, and the words of lists below them.
#[derive(Debug)]
pub struct SectionWords {
    /// Headings above the duties of an organization.
    pub duties: Vec<String>,
    /// Headings that stand behind them.
    pub duties_end: Vec<String>,
    /// Words between the heading and the first duty on its line.
    pub duties_about: Vec<String>,
    /// The heading above explained terms.
    pub terms: Vec<String>,
    /// What begins behind them.
    pub terms_end: Vec<String>,
    /// Words of a line above a list of units, or before it in a sentence.
    pub unit_lists: Vec<String>,
    /// Heads of the column of names in a table of units.
    pub unit_heads: Vec<String>,
    /// What stands before the number of all vehicles.
    pub vehicle_counts: Vec<String>,
    /// Vehicles and equipment.
    pub assets: AssetWords,
}

impl SectionWords {
    pub(super) fn new(file: File) -> Self {
        SectionWords {
            duties: file.duties,
            duties_end: file.duties_end,
            duties_about: file.duties_about,
            terms: file.terms,
            terms_end: file.terms_end,
            unit_lists: file.unit_lists,
            unit_heads: file.unit_heads,
            vehicle_counts: file.vehicle_counts,
            assets: AssetWords::new(file.asset, file.not_held, &file.measures),
        }
    }
}
