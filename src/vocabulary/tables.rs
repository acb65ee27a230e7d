//! Words in and around tables that are no titles, heads or labels of their own.

use serde::Deserialize;

use super::phases::{self, PhaseEntry};
use super::site::{WrongWord, unknown};
use super::text::squeeze;
use crate::model::Phase;

/// The words around tables, in their heads and in their rows, squeezed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableWords {
    /// Words of lines that speak of a table and are no title.
    pub not_titles: Vec<String>,
    /// Words before the number of a table.
    pub number_leads: Vec<String>,
    notes: Vec<String>,
    empty: Vec<String>,
    rounding: Vec<String>,
    /// How cells above the heads begin that name organization or unit.
    pub captions: Vec<String>,
    /// How those end that name the year.
    pub caption_ends: Vec<String>,
    /// How a cell begins that states the unit alone.
    pub units: Vec<String>,
    /// How totals of a list of income begin.
    pub income_leads: Vec<String>,
    /// How totals of a list of expenditure begin.
    pub expenditure_leads: Vec<String>,
    /// Levels of a code.
    pub levels: Vec<String>,
    column_numbers: Vec<String>,
    /// Words before a head in its cell.
    pub before_heads: Vec<String>,
    /// Words behind a head in its cell.
    pub behind_heads: Vec<String>,
    /// The heads of codes and names of a table whose rows begin with a code.
    pub coded_heads: Vec<String>,
    /// The heads of codes and names of a table whose rows are units.
    pub unit_heads: Vec<String>,
    /// Groups of heads of codes and names.
    pub leading_groups: Vec<String>,
    leading_parts: Vec<String>,
    leading_ends: Vec<String>,
    /// Heads behind which none stands.
    pub last_heads: Vec<String>,
    /// The heads of 三公 as a whole and of the vehicles, where a template prints none.
    pub three_public_heads: Vec<String>,
    /// Sums that do not say of what.
    pub subtotals: Vec<String>,
    phase_marks: Vec<String>,
    budgets: Vec<String>,
    /// Measures of things that are counted.
    pub counted: Vec<String>,
    other_expense_ends: Vec<String>,
    three_public: Vec<String>,
    this_year: Vec<String>,
    last_year: Vec<String>,
    phase_leads: Vec<String>,
    phase_ends: Vec<String>,
    changes: Vec<String>,
    phase: Vec<PhaseEntry>,
}

impl TableWords {
    /// True for a group of heads that stands above codes and names.
    pub fn leads(&self, key: &str) -> bool {
        self.leading_groups.iter().any(|group| group == key) || self.leading_parts.iter().any(|part| key.contains(part))
    }

    /// True for a head that is not known and ends as those of codes and names do.
    pub fn ends_as_leading(&self, key: &str) -> bool {
        self.leading_ends.iter().any(|end| key.ends_with(end))
    }

    pub(super) fn load(texts: &[String]) -> Self {
        let mut words: TableWords = super::merged("tables.toml", texts);
        let lists = [
            &mut words.not_titles,
            &mut words.number_leads,
            &mut words.notes,
            &mut words.empty,
            &mut words.rounding,
            &mut words.captions,
            &mut words.caption_ends,
            &mut words.units,
            &mut words.income_leads,
            &mut words.expenditure_leads,
            &mut words.levels,
            &mut words.column_numbers,
            &mut words.before_heads,
            &mut words.behind_heads,
            &mut words.subtotals,
            &mut words.phase_marks,
            &mut words.budgets,
            &mut words.counted,
            &mut words.other_expense_ends,
            &mut words.three_public,
            &mut words.this_year,
            &mut words.last_year,
            &mut words.phase_leads,
            &mut words.phase_ends,
            &mut words.changes,
        ];
        let phases = words.phase.iter_mut().map(|entry| &mut entry.words);
        lists.into_iter().chain(phases).flatten().for_each(|word| *word = squeeze(word));
        words
    }

    /// The first word in a field that does not take it.
    pub(super) fn wrong_word(&self) -> Option<WrongWord> {
        unknown("phase", self.phase.iter().map(|entry| entry.phase.as_str()), &phases::WORDS)
    }

    /// True for a line that begins as notes do, with a colon or without.
    pub fn begins_as_note(&self, squeezed: &str) -> bool {
        self.notes.iter().any(|lead| squeezed.starts_with(lead.trim_end_matches(':')))
    }

    /// True for a note under a table rather than the beginning of something else.
    pub fn is_note(&self, squeezed: &str) -> bool {
        self.notes.iter().any(|lead| squeezed.starts_with(lead.as_str()))
            || self.declares_empty(squeezed)
            || self.warns_of_rounding(squeezed)
    }

    /// True for a sentence that says why a table is empty.
    pub fn declares_empty(&self, squeezed: &str) -> bool {
        holds(&self.empty, squeezed)
    }

    /// True for a note that warns of rounding.
    pub fn warns_of_rounding(&self, squeezed: &str) -> bool {
        holds(&self.rounding, squeezed)
    }

    /// What stands behind the head of a row of column numbers in its cell.
    pub fn behind_column_numbers<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        self.column_numbers.iter().find_map(|word| squeezed.strip_prefix(word.as_str()))
    }

    /// True for the heads above a column of budgets (as [`super::text::key`]), the outermost first.
    pub fn says_budget(&self, heads: &[String]) -> bool {
        let last = heads.iter().rev().find(|head| holds(&self.phase_marks, head));
        last.is_some_and(|head| self.budgets.iter().any(|end| head.ends_with(end.as_str())))
    }

    /// True for a label beside the three public expenses that names another expense.
    pub fn is_other_expense(&self, squeezed: &str) -> bool {
        self.other_expense_ends.iter().any(|end| squeezed.ends_with(end.as_str()))
            && !holds(&self.three_public, squeezed)
    }

    /// True for a row of changes between years.
    pub fn is_change(&self, squeezed: &str) -> bool {
        holds(&self.changes, squeezed)
    }

    /// The year and phase of a row of a document of the year `own`: 2025年, 2025年度, 2025年预算数, 上年预算数, 决算数.
    pub fn year_and_phase(&self, squeezed: &str, own: u16) -> Option<(u16, Option<Phase>)> {
        let figures = || squeezed.split_once('年').filter(|(year, _)| year.len() == 4 && year.starts_with("20"));
        let behind = |words: &[String]| words.iter().find_map(|word| squeezed.strip_prefix(word.as_str()));
        let (year, rest) = match (figures(), behind(&self.last_year), behind(&self.this_year)) {
            (Some((year, rest)), ..) => (year.parse().ok()?, rest),
            (None, Some(rest), _) => (own.checked_sub(1)?, rest),
            (None, None, rest) => (own, rest.unwrap_or(squeezed)),
        };
        let lead = |rest, word: &String| str::trim_start_matches(rest, word.as_str());
        let end = |rest, word: &String| str::trim_end_matches(rest, word.as_str());
        let bare = self.phase_ends.iter().fold(self.phase_leads.iter().fold(rest, lead), end);
        if bare.is_empty() && rest.len() < squeezed.len() {
            return Some((year, None));
        }
        let phase = self.phase.iter().find(|entry| entry.words.iter().any(|word| word == bare))?;
        Some((year, Some(phases::from_word(&phase.phase)?)))
    }
}

fn holds(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}
