//! Quantities: where, which row, which column, which phase.

use compact_str::CompactString;

use super::Parser;
use crate::audit::formula::{
    CodePattern, Extent, KindWord, NatureWord, PhaseWord, PlaceWord, Quantity, RowRelation, SubjectPattern,
};
use crate::audit::measure::Word;
use crate::model::StatementKind;

/// The codes of total rows.
const TOTALS: [&str; 12] = [
    "total",
    "income_total",
    "expenditure_total",
    "current_income",
    "current_expenditure",
    "carried_in",
    "carried_out",
    "revenue_total",
    "spending_total",
    "agency_operating",
    "procurement",
    "targeted_projects",
];

impl Parser {
    pub(super) fn quantity(&mut self, place: &str) -> Result<Quantity, String> {
        let place = match place {
            "this" => PlaceWord::This,
            "text" => PlaceWord::Text,
            word => PlaceWord::Statement(
                StatementKind::from_word(word).ok_or_else(|| format!("'{word}' is no statement, this or text"))?,
            ),
        };
        self.open()?;
        let subject = self.subject()?;
        self.close()?;
        let nature = match self.dotted() {
            None => NatureWord::Leading,
            Some(word) if word == "column" => NatureWord::Column,
            Some(word) => NatureWord::Named(Word::of(&word)),
        };
        let fund = self.fund().map(|word| Word::of(&word));
        let phase = if self.take_word("in") { Some(self.phase()?) } else { None };
        Ok(Quantity { place, subject, nature, fund, phase })
    }

    pub(super) fn subject(&mut self) -> Result<&'static SubjectPattern, String> {
        self.pattern().map(SubjectPattern::kept)
    }

    fn pattern(&mut self) -> Result<SubjectPattern, String> {
        let word = self.word("a row")?;
        if word == "row" {
            return Ok(SubjectPattern::Row);
        }
        if TOTALS.contains(&word.as_str()) {
            return Ok(SubjectPattern::Total(word));
        }
        let kind = kind(&word).ok_or_else(|| format!("'{word}' is no kind of row"))?;
        let mut code = CodePattern(CompactString::default());
        let mut extent = Extent::All;
        let mut relation = None;
        while let Some(word) = self.any_word() {
            match word.as_str() {
                "top" => extent = Extent::Top,
                "leaf" => extent = Extent::Leaf,
                "part" => extent = Extent::Part,
                "within" => relation = Some(self.row(RowRelation::Within)?),
                "under" => relation = Some(self.row(RowRelation::Under)?),
                "of" => relation = Some(self.row(RowRelation::Of)?),
                _ => code = CodePattern(word),
            }
        }
        Ok(SubjectPattern::Kind { kind, code, extent, relation })
    }

    fn row(&mut self, relation: RowRelation) -> Result<RowRelation, String> {
        if self.take_word("row") { Ok(relation) } else { Err(self.expected("row")) }
    }

    fn phase(&mut self) -> Result<PhaseWord, String> {
        let word = self.word("a phase")?;
        match word.as_str() {
            "initial" => Ok(PhaseWord::Initial),
            "adjusted" => Ok(PhaseWord::Adjusted),
            "final" => Ok(PhaseWord::Final),
            "budget" => Ok(PhaseWord::Budget),
            _ => Err(format!("'{word}' is no phase: initial, adjusted, final or budget")),
        }
    }
}

/// The kind of rows that a word names.
fn kind(word: &str) -> Option<KindWord> {
    Some(match word {
        "function" => KindWord::Function,
        "class" => KindWord::Class,
        "section" => KindWord::Section,
        "item" => KindWord::Item,
        "departmental" => KindWord::Departmental,
        "governmental" => KindWord::Governmental,
        "unit" => KindWord::Unit,
        "income" => KindWord::Income,
        "three_public" => KindWord::ThreePublic,
        "project" => KindWord::Project,
        "other" => KindWord::Other,
        _ => return None,
    })
}
