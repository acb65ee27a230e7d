//! A built site as a browser and a program find it: every link leads somewhere, every page is sound HTML, every data
//! file can be read, and the same input gives the same bytes.
//!
//! Checked are the shipped `content/` and the disclosures beside the repository when they are there; or, instead of
//! them, the published folders that the variable `BUDGETSITE_SITES` names, with `:` between them.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod cache;
mod data;
mod determinism;
mod english;
mod golden;
mod links;
mod page;
mod shards;
mod sites;
mod stylesheets;
mod validity;
