//! The types of records.

use serde::{Deserialize, Serialize};

use super::gram::Field;

/// What a record is. The order is the order of the facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordType {
    /// A department.
    Department,
    /// A budget or final account.
    Disclosure,
    /// A statement.
    Statement,
    /// Spending on a functional code.
    Function,
    /// Spending on an economic code.
    Economic,
    /// One of the three public expenses.
    ThreePublic,
    /// A project.
    Project,
    /// A target of a project.
    Indicator,
    /// Something that is bought.
    Procurement,
    /// A budget unit.
    Unit,
    /// A term that a document explains.
    Term,
    /// A paragraph of the narrative.
    Paragraph,
    /// A row of a table that is no statutory statement, or of the free text of a performance table.
    Row,
    /// A finding of the audit.
    Finding,
}

impl RecordType {
    /// All types in facet order.
    pub const ALL: [RecordType; 14] = [
        RecordType::Department,
        RecordType::Disclosure,
        RecordType::Statement,
        RecordType::Function,
        RecordType::Economic,
        RecordType::ThreePublic,
        RecordType::Project,
        RecordType::Indicator,
        RecordType::Procurement,
        RecordType::Unit,
        RecordType::Term,
        RecordType::Paragraph,
        RecordType::Row,
        RecordType::Finding,
    ];

    /// The word of the index.
    pub fn word(self) -> &'static str {
        match self {
            RecordType::Department => "department",
            RecordType::Disclosure => "disclosure",
            RecordType::Statement => "statement",
            RecordType::Function => "function",
            RecordType::Economic => "economic",
            RecordType::ThreePublic => "three_public",
            RecordType::Project => "project",
            RecordType::Indicator => "indicator",
            RecordType::Procurement => "procurement",
            RecordType::Unit => "unit",
            RecordType::Term => "term",
            RecordType::Paragraph => "paragraph",
            RecordType::Row => "row",
            RecordType::Finding => "finding",
        }
    }

    /// The name that readers see.
    pub fn label(self) -> &'static str {
        match self {
            RecordType::Department => "部门",
            RecordType::Disclosure => "公开文件",
            RecordType::Statement => "报表",
            RecordType::Function => "功能分类",
            RecordType::Economic => "经济分类",
            RecordType::ThreePublic => "三公经费",
            RecordType::Project => "项目",
            RecordType::Indicator => "绩效指标",
            RecordType::Procurement => "政府采购",
            RecordType::Unit => "预算单位",
            RecordType::Term => "名词解释",
            RecordType::Paragraph => "文字说明",
            RecordType::Row => "其他表格内容",
            RecordType::Finding => "核对发现",
        }
    }

    /// The n-gram under which all records of the type are filed for the facet, none of a text.
    pub(super) fn facet(self) -> &'static str {
        const FACETS: [&str; 14] = ["@a", "@b", "@c", "@d", "@e", "@f", "@g", "@h", "@i", "@j", "@k", "@l", "@m", "@n"];
        FACETS[self as usize]
    }

    /// True when the name of a record is its own. Paragraphs and rows are headed with the name of what they stand in,
    /// findings with their whole sentence.
    pub(super) fn is_named(self) -> bool {
        !matches!(self, RecordType::Paragraph | RecordType::Row | RecordType::Finding)
    }

    /// The field of its name behind the beginning. Departments and disclosures have one of their own, for their names
    /// begin with the region, which readers leave out.
    pub(super) fn name_field(self) -> Field {
        match self {
            RecordType::Department | RecordType::Disclosure => Field::Organization,
            RecordType::Project => Field::Project,
            RecordType::Term => Field::Term,
            _ => Field::Name,
        }
    }
}
