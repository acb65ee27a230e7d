//! `budgetsite serve`: the site in a browser, built again after every change.

use std::io;

use super::Exit;
use crate::report;
use crate::serve::{self, ServeOptions};

/// Serves until the user ends it.
pub(super) fn run(options: &ServeOptions) -> io::Result<Exit> {
    // A preview whose terminal is gone goes on: the browser still wants it.
    match serve::serve(options, |event| drop(report::preview(event))) {
        Ok(()) => Ok(Exit::Fine),
        Err(problem) => report::problems(&[*problem]).map(|()| Exit::Failure),
    }
}
