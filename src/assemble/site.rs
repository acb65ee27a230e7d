//! The site: departments over the years, their disclosures with URLs, and the regions they belong to.

use crate::diagnostic::Diagnostic;
use crate::model::{Disclosure, DisclosureLedger, Region};

/// A disclosure with its place on the site.
#[derive(Debug, Clone)]
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
}

/// A department over the years.
#[derive(Debug, Clone)]
pub struct Department {
    /// ASCII, unique.
    pub slug: String,
    /// The name to show.
    pub name: String,
    /// Where it belongs.
    pub region: Region,
    /// Index into [`Site::regions`]; `None` when no region is known.
    pub region_node: Option<usize>,
    /// Indices into [`Site::disclosures`], newest year first, final accounts before budgets of one year,
    /// replaced revisions left out.
    pub disclosures: Vec<usize>,
}

/// A region with departments of its own or below it.
#[derive(Debug, Clone)]
pub struct RegionNode {
    /// ASCII, unique: `henan-luoyang-xigong`.
    pub slug: String,
    /// The region's own name: 西工区.
    pub name: String,
    /// All parts.
    pub region: Region,
    /// Index of the region above.
    pub parent: Option<usize>,
    /// Indices into [`Site::departments`], of this region itself.
    pub departments: Vec<usize>,
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
    /// Everything that any stage had to say.
    pub diagnostics: Vec<Diagnostic>,
}
