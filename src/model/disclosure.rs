//! One disclosure: everything that was read in the documents of one organization, year and kind.

use std::sync::Arc;

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::amount::{Amount, Place};
use super::fact::Fact;
use super::figures::{Figures, FunctionFigures, ThreePublic};
use super::identity::Identity;
use super::project::{Indicator, ProcurementItem, Project, Unit};
use super::statement::{Statement, StatementKind};
use super::told::{Asset, Duty};
use crate::diagnostic::Diagnostic;

/// A file that the disclosure was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Relative to the content folder, `/` between the parts.
    #[serde(with = "crate::diagnostic::shared_text")]
    pub path: Arc<str>,
    /// The whole decoded text, for the source page.
    #[serde(skip)]
    pub text: Arc<str>,
    /// BLAKE3 of the file's bytes, hexadecimal.
    pub hash: CompactString,
    /// The encoding it was decoded from, as readers see it: `UTF-8`, `GB18030`.
    #[serde(skip)]
    pub encoding: &'static str,
}

/// What a block of the narrative is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of this depth, from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item.
    Item,
    /// The place of a statement: index into [`Disclosure::statements`].
    Statement(u16),
}

/// A number in the narrative that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Byte range of the number in [`Block::text`].
    pub range: (u32, u32),
    /// Index into [`Disclosure::facts`].
    pub fact: u32,
}

/// A block of the document in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Index into [`Disclosure::sources`].
    pub file: u16,
    /// First and last line.
    pub lines: (u32, u32),
    /// Its text without markup, page breaks joined; empty for a statement.
    pub text: String,
    /// The numbers in it that became facts.
    pub mentions: Vec<Mention>,
}

/// Against what a change is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Comparison {
    /// 上年预算 for a budget, 上年决算 for a final account
    PriorYear,
    /// 上年执行数
    PriorYearExecution,
    /// 年初预算
    InitialBudget,
    /// 全年（调整）预算
    AdjustedBudget,
}

/// A change that the narrative states, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What changed, in the document's words: 收支总计, 公务接待费.
    pub subject: String,
    /// Index of the fact whose value changed.
    pub fact: Option<u32>,
    /// Against what.
    pub comparison: Comparison,
    /// The year compared with, when stated.
    pub base_year: Option<u16>,
    /// The change in yuan, negative for a decrease; 0 when the document says that nothing changed.
    pub difference: Option<Amount>,
    /// The rate in percent as printed, negative for a decrease.
    pub rate: Option<Decimal>,
    /// The stated reason.
    pub reason: Option<String>,
    /// Where the sentence stands.
    pub place: Place,
}

/// A share that the narrative states: 「其中：基本支出265.60万元，占8.79%」.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Index of the fact that is the part.
    pub part: u32,
    /// Index of the fact that is the whole: the last total that the paragraph states before it.
    pub whole: u32,
    /// The share in percent as printed.
    pub percent: Decimal,
    /// Where it stands.
    pub place: Place,
}

/// A term that the document explains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The term.
    pub name: CompactString,
    /// The document's explanation.
    pub explanation: String,
    /// Where it stands.
    pub place: Place,
}

/// A number of vehicles that the document states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicles {
    /// How many.
    pub count: u32,
    /// Where it stands.
    pub place: Place,
}

/// Everything read in the documents of one organization, year and kind. As data it is kept as far as the pages of its
/// department and of the whole site need it, see [`crate::assemble::PublishedDisclosure::lighten`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The files, the main one (with the statements) first.
    pub sources: Vec<SourceFile>,
    /// Who, where, which year, which kind.
    pub identity: Identity,
    /// The document in reading order.
    #[serde(skip)]
    pub blocks: Vec<Block>,
    /// The statements in the order in which they are printed; announced and missing ones last.
    pub statements: Vec<Statement>,
    /// Every amount with a meaning.
    pub facts: Vec<Fact>,
    /// The headline figures.
    pub figures: Figures,
    /// Spending by functional code, by code.
    pub functions: Vec<FunctionFigures>,
    /// The three public expenses by year and phase, last year's derived points included.
    pub three_public: Vec<ThreePublic>,
    /// Projects in the order of the project table.
    pub projects: Vec<Project>,
    /// Procurement items.
    #[serde(skip)]
    pub procurement: Vec<ProcurementItem>,
    /// Budget units under the department.
    pub units: Vec<Unit>,
    /// Changes that the narrative states.
    pub changes: Vec<Change>,
    /// Shares that the narrative states.
    #[serde(skip)]
    pub shares: Vec<Share>,
    /// 名词解释
    pub terms: Vec<Term>,
    /// Stated numbers of vehicles.
    #[serde(skip)]
    pub vehicles: Vec<Vehicles>,
    /// Vehicles and equipment that the organization holds.
    #[serde(skip)]
    pub assets: Vec<Asset>,
    /// 主要职责
    #[serde(skip)]
    pub duties: Vec<Duty>,
    /// The targets of the department as a whole.
    #[serde(skip)]
    pub targets: Vec<Indicator>,
    /// True when the document says that its figures may show rounding tails.
    pub rounding_note: bool,
    /// What could not be read or was assumed.
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
}

impl Disclosure {
    /// The amount of a fact by index.
    pub fn amount(&self, fact: u32) -> Option<&Amount> {
        self.facts.get(fact as usize).map(|fact| &fact.amount)
    }

    /// The statements of a kind with their indices.
    pub fn of_kind(&self, kind: StatementKind) -> impl Iterator<Item = (u16, &Statement)> {
        (0..).zip(&self.statements).filter(move |(_, statement)| statement.kind == kind)
    }
}
