//! `site.toml`: what the owner of a site decides.

mod load;
#[cfg(test)]
mod tests;
mod waiver;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Span;
use crate::language::{DEFAULT, Language};

pub use load::{FILE_NAME, load, parse};
pub use waiver::waivers;

/// The configuration of a site. Every field has a default: an empty `site.toml` is a valid one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteConfig {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The address it will have, for sitemap, canonical links and feeds; empty to leave them out.
    pub base_url: String,
    /// `zh-CN` or `en`.
    pub language: String,
    /// Who publishes the site.
    pub publisher: Publisher,
    /// The page tags and footer of a government site; absent for any other site.
    pub government: Option<Government>,
    /// How figures are shown.
    pub display: Display,
    /// Departments over the years, by name or slug.
    pub departments: BTreeMap<String, DepartmentConfig>,
    /// What the audit reports.
    pub audit: AuditConfig,
    /// What makes a build fail.
    pub build: BuildConfig,
}

impl Default for SiteConfig {
    fn default() -> Self {
        SiteConfig::in_language(DEFAULT)
    }
}

impl SiteConfig {
    /// A site in a language of which nothing else is told.
    pub fn in_language(code: &str) -> Self {
        let language = Language::of(code);
        SiteConfig {
            title: language.get("site.title").to_owned(),
            description: language.get("site.description").to_owned(),
            base_url: String::new(),
            language: code.to_owned(),
            publisher: Publisher::default(),
            government: None,
            display: Display::default(),
            departments: BTreeMap::new(),
            audit: AuditConfig::default(),
            build: BuildConfig::default(),
        }
    }
}

/// Who publishes the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// A web address.
    pub url: String,
    /// How to reach them.
    pub contact: String,
}

/// What a government site must state (国办发〔2017〕47号, annex).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Government {
    /// SiteName
    pub site_name: String,
    /// SiteDomain
    pub site_domain: String,
    /// SiteIDCode, 网站标识码: 10 digits, or `bm` and 8 digits
    pub site_id_code: String,
    /// 主办单位
    pub organizer: String,
    /// 承办单位
    pub operator: String,
    /// ICP备案号
    pub icp: String,
    /// 公安备案号
    pub police: String,
    /// 联系方式
    pub contact: String,
}

/// How changes are coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChangeColors {
    /// Blue for up, orange for down.
    #[default]
    Neutral,
    /// Red for up, green for down, as mainland readers know it from markets.
    Cn,
    /// Green for up, red for down.
    West,
}

/// How figures are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Display {
    /// The colours of changes.
    pub change_colors: ChangeColors,
}

/// A department over the years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DepartmentConfig {
    /// The name to show.
    pub name: Option<String>,
    /// The slug of its URL.
    pub slug: Option<String>,
    /// Older names under which it disclosed.
    pub formerly: Vec<String>,
}

/// What the audit reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditConfig {
    /// Severity by rule: `error`, `warning`, `info` or `off`.
    pub severity: BTreeMap<String, String>,
    /// Findings that were answered.
    pub waivers: Vec<Waiver>,
}

/// An answer to a finding. It is published beside the finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The content file, relative to the content folder.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// The line; 0 for every line.
    pub line: u32,
    /// The answer that readers see.
    pub reason: String,
    /// When it was given, `YYYY-MM-DD`.
    pub date: String,
    /// The last day for which it was given, `YYYY-MM-DD`; empty for good. After it the answer still shows, and who checks
    /// is told.
    pub until: String,
    /// Where it is written.
    pub span: Option<Span>,
}

/// What makes a build fail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildConfig {
    /// Fail on findings of this severity or worse: `error`, `warning`; empty for never.
    pub strict: String,
    /// Refuse to replace a site when fewer disclosures than this were read.
    pub minimum_disclosures: usize,
}
