//! Assembling: disclosures and their ledgers to a [`Site`], with everything already computed that a page needs.

mod site;

pub use site::{Department, PublishedDisclosure, RegionNode, Site};
