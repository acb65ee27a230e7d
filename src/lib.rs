//! `budgetsite` turns a folder of Chinese government budget and final-account disclosures into a portal of plain files.
//!
//! The modules are the stages of one pipeline; read them in this order:
//!
//! ```text
//! read → parse → recognize → audit → assemble → render, chart, search, export → publish
//! ```
//!
//! Each stage is a function from one type to the next and knows only the types of the stage before it.
//! Only [`read`] and [`publish`] touch the disk, but for temporary files without a name; only [`report`] prints.
//! ARCHITECTURE.md tells the rest.

pub mod assemble;
pub mod audit;
pub mod build;
pub mod chart;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod export;
pub mod language;
pub mod model;
pub mod output;
pub mod parse;
pub mod publish;
pub mod read;
pub mod recognize;
pub mod render;
pub mod report;
pub mod search;
pub mod serve;
pub mod settings;
mod spill;
pub mod vocabulary;
