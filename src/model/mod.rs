//! The shared model of a disclosure: what every stage after reading speaks of.
//!
//! No text cells, no HTML, no file handles: amounts with their place in the source, the statements they stand in,
//! and what the narrative says. Types here have no behaviour beyond what their fields imply.

mod amount;
mod disclosure;
mod fact;
mod figures;
mod identity;
mod ledger;
mod project;
mod score;
mod statement;
mod told;

pub use amount::{Amount, Origin, Place, Unit, grouped};
pub use disclosure::{Block, BlockKind, Change, Comparison, Disclosure, Mention, Share, SourceFile, Term, Vehicles};
pub use fact::{Fact, Measure, Subject, SubjectKind};
pub use figures::{Figures, FunctionFigures, FunctionLevel, ThreePublic, ThreePublicPart};
pub use identity::{Identity, Kind, Level, Phase, Region};
pub use ledger::{Class, DisclosureLedger, Finding, FindingSeverity, LedgerCounts, LedgerEntry, Outcome, Side};
pub use project::{Indicator, IndicatorKind, ProcurementItem, Project, Unit as BudgetUnit};
pub use score::{IndicatorState, Score, ScoreGroup, ScoreIndicator};
pub use statement::{
    Cell, CellContent, Column, ColumnRole, Row, RowRole, Statement, StatementKind, StatementState, UnitStatement,
};
pub use told::{Asset, Duty};
