//! A built site as a browser and a program find it: every link leads somewhere, every page is sound HTML, every data
//! file can be read, and the same input gives the same bytes.
//!
//! Checked are the shipped `content/`, the disclosures beside the repository when they are there, and the folders that
//! the variable `BUDGETSITE_SITES` names (separated by `:`), as they were published.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod data;
mod determinism;
mod links;
mod page;
mod sites;
mod stylesheets;
mod validity;
