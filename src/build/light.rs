//! The light form of a department as bytes: so it waits for the whole site, outside of memory and in one piece. As values
//! it would be held for the whole build, in thousands of small blocks between those of the documents that come and go.

use serde::{Deserialize, Serialize};

use crate::assemble::{Department, PublishedDisclosure, Revision, Site};
use crate::diagnostic::Diagnostic;

/// A department with its disclosures as the pages of the whole site need them.
#[derive(Serialize, Deserialize)]
pub(super) struct LightDepartment {
    departments: Vec<Department>,
    disclosures: Vec<PublishedDisclosure>,
    revisions: Vec<Revision>,
    diagnostics: Vec<Diagnostic>,
}

impl LightDepartment {
    /// Takes a department whose own pages, rows and search entries are written.
    pub(super) fn new(site: Site) -> Self {
        let Site { departments, mut disclosures, revisions, mut diagnostics, .. } = site;
        for published in &mut disclosures {
            diagnostics.append(&mut published.disclosure.diagnostics);
            published.lighten();
        }
        LightDepartment { departments, disclosures, revisions, diagnostics }
    }

    /// The department as bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("texts, numbers and lists of known length have a binary form")
    }

    /// The department that these bytes are; `None` when they are damaged.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// The department as a site of its own.
    pub(super) fn into_site(self) -> Site {
        let LightDepartment { departments, disclosures, revisions, diagnostics } = self;
        Site { departments, disclosures, revisions, diagnostics, ..Site::default() }
    }
}
