//! `budgetsite assemble`: shards into a site.

use std::io;

use super::Exit;
use super::options::AssembleOptions;
use super::publishing::{self, Wanted};
use crate::build::{self, Pace};
use crate::output::Output;

/// Joins and publishes.
pub(super) fn run(options: &AssembleOptions) -> io::Result<Exit> {
    let make = |output: &dyn Output, pace: &Pace| build::join_at(&options.folder, &options.shards, output, pace);
    let wanted =
        Wanted { folder: &options.folder, output: &options.output, inputs: None, before: None, is_whole: true };
    let threads = match publishing::threads(options.output.jobs) {
        Ok(threads) => threads,
        Err(exit) => return exit,
    };
    publishing::publish(&wanted, &threads, &make)
}
