//! Recognizing: a document to a disclosure.

mod align;
mod amounts;
mod facts;
mod frame;
mod ghosts;
mod header;
mod number;
mod outline;
mod placement;
mod repair;
mod statement;
mod subjects;
mod sums;
mod tables;
mod title;

use crate::model::{Fact, Phase, Statement, Unit};
use crate::parse::Document;
use crate::vocabulary::Vocabulary;

/// Debug
pub fn statements(vocabulary: &Vocabulary, document: &Document) -> (Vec<Statement>, Vec<Fact>) {
    let tables = tables::gather(vocabulary, document);
    let mut facts = Vec::new();
    let period = facts::Period { year: 2024, phase: Phase::InitialBudget };
    let statements = tables
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let inherited = statement::Inherited { file: 0, unit: Unit::TenThousandYuan, period, index: index as u16 };
            statement::recognize(vocabulary, table, inherited, &mut facts)
        })
        .collect();
    (statements, facts)
}
