//! A statement as recognized: the table in one frame of columns, whatever the page breaks did to it.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::amount::{Amount, Unit};
use super::fact::Subject;

/// The statutory statements. Budget and final accounts share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatementKind {
    /// 收支总表
    RevenueExpenditure,
    /// 收入总表
    Revenue,
    /// 支出总表
    Expenditure,
    /// 财政拨款收支总表
    Appropriation,
    /// 一般公共预算支出表
    GeneralExpenditure,
    /// 一般公共预算基本支出表
    GeneralBasic,
    /// 支出经济分类汇总表
    EconomicSummary,
    /// “三公”经费支出表
    ThreePublic,
    /// 政府性基金预算支出表
    Fund,
    /// 国有资本经营预算支出表
    StateCapital,
    /// 机构运转经费、机关运行经费表
    AgencyOperating,
    /// 项目支出表
    Projects,
    /// 部门整体绩效目标表
    DepartmentPerformance,
    /// 项目绩效目标表
    ProjectPerformance,
    /// 政府采购表
    Procurement,
    /// None of these: shown, searchable, its numbers unmapped.
    Other,
}

impl StatementKind {
    /// All kinds with an id of the contract, in the order in which documents print them.
    pub const ALL: [StatementKind; 15] = [
        StatementKind::RevenueExpenditure,
        StatementKind::Revenue,
        StatementKind::Expenditure,
        StatementKind::Appropriation,
        StatementKind::GeneralExpenditure,
        StatementKind::GeneralBasic,
        StatementKind::EconomicSummary,
        StatementKind::ThreePublic,
        StatementKind::Fund,
        StatementKind::StateCapital,
        StatementKind::AgencyOperating,
        StatementKind::Projects,
        StatementKind::DepartmentPerformance,
        StatementKind::ProjectPerformance,
        StatementKind::Procurement,
    ];

    /// The id of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            StatementKind::RevenueExpenditure => "revenue_expenditure",
            StatementKind::Revenue => "revenue",
            StatementKind::Expenditure => "expenditure",
            StatementKind::Appropriation => "appropriation",
            StatementKind::GeneralExpenditure => "general_expenditure",
            StatementKind::GeneralBasic => "general_basic",
            StatementKind::EconomicSummary => "economic_summary",
            StatementKind::ThreePublic => "three_public",
            StatementKind::Fund => "fund",
            StatementKind::StateCapital => "state_capital",
            StatementKind::AgencyOperating => "agency_operating",
            StatementKind::Projects => "projects",
            StatementKind::DepartmentPerformance => "department_performance",
            StatementKind::ProjectPerformance => "project_performance",
            StatementKind::Procurement => "procurement",
            StatementKind::Other => "other",
        }
    }

    /// The kind with an id.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// A short name for readers, for budget and final account alike.
    pub fn label(self) -> &'static str {
        match self {
            StatementKind::RevenueExpenditure => "收支总表",
            StatementKind::Revenue => "收入总表",
            StatementKind::Expenditure => "支出总表",
            StatementKind::Appropriation => "财政拨款收支总表",
            StatementKind::GeneralExpenditure => "一般公共预算支出表",
            StatementKind::GeneralBasic => "一般公共预算基本支出表",
            StatementKind::EconomicSummary => "支出经济分类汇总表",
            StatementKind::ThreePublic => "“三公”经费支出表",
            StatementKind::Fund => "政府性基金预算支出表",
            StatementKind::StateCapital => "国有资本经营预算支出表",
            StatementKind::AgencyOperating => "机构运转经费表",
            StatementKind::Projects => "项目支出表",
            StatementKind::DepartmentPerformance => "部门整体绩效目标表",
            StatementKind::ProjectPerformance => "项目绩效目标表",
            StatementKind::Procurement => "政府采购表",
            StatementKind::Other => "其他表格",
        }
    }
}

/// How far a statement could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatementState {
    /// Its rows were read.
    Read,
    /// The table is there and empty, and the document says so in this sentence, at this line.
    DeclaredEmpty {
        /// The document's own sentence.
        sentence: String,
        /// Its line.
        line: u32,
    },
    /// The table is there and has no amounts, and nothing says why.
    Empty,
    /// The contents list announces it and it is not there.
    AnnouncedMissing,
    /// The table is there and its columns could not be understood.
    Unreadable,
}

impl StatementState {
    /// The word of the output contract. A table without amounts and without a sentence counts as read.
    pub fn word(&self) -> &'static str {
        match self {
            StatementState::Read | StatementState::Empty => "read",
            StatementState::DeclaredEmpty { .. } => "declared_empty",
            StatementState::AnnouncedMissing => "announced_missing",
            StatementState::Unreadable => "unreadable",
        }
    }
}

/// The unit of a table and how we know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitStatement {
    /// The unit.
    pub unit: Unit,
    /// The line that states it; `None` when it was taken over from the rest of the document.
    pub line: Option<u32>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnRole {
    /// Part of a code: 类, 款, 项 or the whole.
    Code,
    /// The code of a budget unit.
    UnitCode,
    /// What the row is about.
    Label,
    /// 行次, 序号: never money.
    LineNumber,
    /// Amounts of this nature and fund.
    Amount {
        /// See [`super::Measure::nature`].
        nature: CompactString,
        /// See [`super::Measure::fund`].
        fund: CompactString,
        /// `budget.initial`, `budget.adjusted`, `final`, when the column itself tells.
        phase: Option<super::Phase>,
        /// The year, when the column itself tells.
        year: Option<u16>,
        /// An 其中 column: part of another one, never an addend.
        of_which: bool,
    },
    /// Numbers that are not money: quantities, shares.
    Number,
    /// Free text: specifications, indicators, remarks.
    Text,
    /// Not understood.
    Unknown,
}

/// A column of a statement's frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heads above it from the outermost to its own, cleaned for readers. Columns with equal first heads stand
    /// under one merged head.
    pub path: Vec<CompactString>,
    /// What its cells are.
    pub role: ColumnRole,
    /// Which of the lists side by side it belongs to, from 0.
    pub lane: u8,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellContent {
    /// Nothing. Not the same as zero.
    Blank,
    /// Words, codes, names.
    Text,
    /// A number that is no money: code, line number, quantity, indicator.
    Number,
    /// Money, understood. The index leads into [`super::Disclosure::facts`] where the amount has a meaning.
    Amount {
        /// The amount.
        amount: Box<Amount>,
        /// Its fact.
        fact: Option<u32>,
    },
    /// A number that should be money and could not be placed; shown as printed.
    Unplaced,
}

/// A cell of a row, in its column of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text as printed, tags and outer blanks removed.
    pub text: CompactString,
    /// What it holds.
    pub content: CellContent,
    /// The line it stands on.
    pub line: u32,
    /// The cell within its line as printed, from 1; 0 when nothing is printed for it.
    pub printed_cell: u16,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowRole {
    /// 合计, 总计
    Total,
    /// 本年收入合计, 小计, a department's row above its units
    Subtotal,
    /// An addend.
    Item,
    /// 其中: part of the row above, no addend.
    OfWhich,
    /// Words only: a continuation, an indicator, a section line.
    Text,
    /// A garbled second reading of the row before; shown, never added.
    Ghost,
}

/// A row of a statement, aligned to the frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The line of its first cell.
    pub line: u32,
    /// What it is, for each lane (one entry when there are no lanes).
    pub roles: Vec<RowRole>,
    /// What it is about, for each lane; `None` for an empty lane.
    pub subjects: Vec<Option<Subject>>,
    /// As many cells as the statement has columns.
    #[serde(skip)]
    pub cells: Vec<Cell>,
    /// True when its cells could not be aligned to the frame: they stand as printed and no amount is placed.
    pub unreadable: bool,
}

/// A recognized statement, or a plain table that is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Which one.
    pub kind: StatementKind,
    /// The title as printed, blanks tidied; empty when it has none.
    pub title: String,
    /// Index into [`super::Disclosure::sources`].
    pub file: u16,
    /// First and last line of the table, header included; the contents line when it is missing.
    pub lines: (u32, u32),
    /// The line of the title; 0 when it has none.
    pub title_line: u32,
    /// The unit of its amounts.
    pub unit: UnitStatement,
    /// How far it could be read.
    pub state: StatementState,
    /// The frame.
    #[serde(skip)]
    pub columns: Vec<Column>,
    /// The rows of all fragments.
    pub rows: Vec<Row>,
    /// Notes under the table, with their lines.
    pub notes: Vec<(u32, String)>,
    /// Numeric cells that should be money.
    pub amounts: u32,
    /// Those of them that were placed.
    pub placed: u32,
}
