//! The site: departments over the years, their disclosures with URLs, and the regions they belong to.

use serde::{Deserialize, Serialize};

use super::{
    CodeItem, Comparison, Coverage, EconomicFigure, ExpenditureTotal, FundingSource, Movement, PeerGroup,
    ThreePublicTotal, ThreePublicYear, TrendPoint,
};
use super::{GlossaryTerm, Revision};
use crate::audit::Rules;
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Disclosure, DisclosureLedger, Kind, Phase, Region, ThreePublicPart};

/// An amount with the disclosure in whose sources its place lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced {
    /// Index into [`Site::disclosures`].
    pub disclosure: usize,
    /// How much.
    pub amount: Amount,
}

/// A disclosure with its place on the site.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PublishedDisclosure {
    /// `<department slug>/<year>-<kind>`, with `-2`, `-3` for older revisions.
    pub id: String,
    /// The page's URL relative to the root, with a slash at the end: `departments/<slug>/<year>-budget/`.
    pub url: String,
    /// Index into [`Site::departments`].
    pub department: usize,
    /// The page's title: 「某局2025年部门预算」.
    pub title: String,
    /// What was read.
    pub disclosure: Disclosure,
    /// How its identities ended.
    pub ledger: DisclosureLedger,
    /// Index of the newer revision that replaced this one.
    pub replaced_by: Option<usize>,
    /// Its basic expenditure by economic code.
    pub economic: Vec<EconomicFigure>,
}

/// A department over the years.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Department {
    /// ASCII, unique.
    pub slug: String,
    /// The page's URL relative to the root: `departments/<slug>/`.
    pub url: String,
    /// The name to show.
    pub name: String,
    /// Other names under which it disclosed.
    pub other_names: Vec<String>,
    /// Where it belongs.
    pub region: Region,
    /// Index into [`Site::regions`]; `None` when no region is known.
    pub region_node: Option<usize>,
    /// Indices into [`Site::disclosures`], newest year first, final accounts before budgets of one year,
    /// replaced revisions left out.
    pub disclosures: Vec<usize>,
    /// The department whose figures contain those of this one: it is named among that one's units.
    pub part_of: Option<usize>,
    /// Where the money of the newest disclosure comes from, in the order of its summary statement.
    pub funding: Vec<FundingSource>,
    /// Totals over the years, oldest first, budget before final account.
    pub trend: Vec<TrendPoint>,
    /// Budget against final account, newest year first, for each year that has both.
    pub comparisons: Vec<Comparison>,
    /// The three public expenses, oldest first, budget before final account.
    pub three_public: Vec<ThreePublicYear>,
    /// What moved between last year's total and the newest; `None` where that is not told.
    pub movement: Option<Movement>,
    /// Index into [`Site::peer_groups`]: with whom it can be compared.
    pub peer_group: Option<usize>,
}

impl Department {
    /// The total of the three public expenses in the year and kind of a disclosure.
    pub fn three_public_total(&self, disclosure: &Disclosure) -> Option<&Sourced> {
        self.three_public_in(disclosure.identity.year?, disclosure.identity.kind?)?.part(ThreePublicPart::Total)
    }

    /// The three public expenses of a year as budgeted or as spent. The initial budget is preferred to the adjusted one.
    pub fn three_public_in(&self, year: u16, kind: Kind) -> Option<&ThreePublicYear> {
        let of_kind = |row: &&ThreePublicYear| row.year == year && (row.phase == Phase::Final) == (kind == Kind::Final);
        self.three_public.iter().filter(of_kind).min_by_key(|row| row.phase)
    }
}

/// A region with departments of its own or below it.
#[derive(Debug, Clone, Default)]
pub struct RegionNode {
    /// ASCII, unique: `yangli-yangli-jiaqu`.
    pub slug: String,
    /// The page's URL relative to the root: `regions/<slug>/`.
    pub url: String,
    /// The region's own name: 甲区.
    pub name: String,
    /// All parts.
    pub region: Region,
    /// Index of the region above.
    pub parent: Option<usize>,
    /// Indices into [`Site::departments`], of this region itself.
    pub departments: Vec<usize>,
    /// Indices into [`Site::departments`], of this region and of all regions below it.
    pub all_departments: Vec<usize>,
    /// Expenditure of its departments, newest year first, final account before budget.
    pub totals: Vec<ExpenditureTotal>,
}

/// A project with its place on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedProject {
    /// Index into [`Site::disclosures`].
    pub disclosure: usize,
    /// Index into [`Disclosure::projects`].
    pub project: usize,
    /// Where it is told, relative to the root: `projects/<department slug>/#<year>-budget-3`.
    pub url: String,
}

/// Everything that is published.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// By slug of the department, then newest first.
    pub disclosures: Vec<PublishedDisclosure>,
    /// By region, then by name in pinyin order.
    pub departments: Vec<Department>,
    /// By slug; parents before children.
    pub regions: Vec<RegionNode>,
    /// All projects of disclosures that were not replaced, in the order of [`Site::disclosures`].
    pub projects: Vec<ListedProject>,
    /// The three public expenses of all departments, newest year first, final account before budget.
    pub three_public: Vec<ThreePublicTotal>,
    /// Departments that can be compared with each other.
    pub peer_groups: Vec<PeerGroup>,
    /// Functional and economic codes with their spending, by classification and code.
    pub codes: Vec<CodeItem>,
    /// Terms that documents explain, by pinyin.
    pub glossary: Vec<GlossaryTerm>,
    /// Versions that were replaced, with what changed.
    pub revisions: Vec<Revision>,
    /// How much there is.
    pub coverage: Coverage,
    /// Everything that any stage had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The rules that the disclosures were checked against.
    pub rules: &'static Rules,
}

impl RegionNode {
    /// The year and kind that most departments disclosed; the newest of these.
    pub fn main_total(&self) -> Option<&ExpenditureTotal> {
        // The last of several equal ones is taken, so the newest has to come last.
        self.totals.iter().rev().max_by_key(|total| total.included)
    }
}

impl Site {
    /// The year and phase for which most departments state their three public expenses; the newest of these.
    pub fn main_three_public(&self) -> Option<&ThreePublicTotal> {
        self.three_public.iter().rev().max_by_key(|total| total.parts[0].1)
    }

    /// The disclosures that no newer revision replaced, with their indices.
    pub fn current(&self) -> impl Iterator<Item = (usize, &PublishedDisclosure)> {
        self.disclosures.iter().enumerate().filter(|(_, disclosure)| disclosure.replaced_by.is_none())
    }

    /// The newest disclosure of a department.
    pub fn newest(&self, department: &Department) -> Option<&PublishedDisclosure> {
        department.disclosures.first().map(|index| &self.disclosures[*index])
    }
}
