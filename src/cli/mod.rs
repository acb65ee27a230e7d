//! The command line: what was typed → checked [`options`] → one command → an exit code.

mod assemble;
mod build;
mod check;
mod explain;
mod init;
mod inspect;
mod options;
mod publishing;
mod search;
mod serve;
mod typed;
mod verdict;

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report;

use options::Options;
use typed::NoCommand;

/// How a command ended, as the shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Fine = 0,
    /// There are findings that the user does not allow.
    Findings = 1,
    /// The arguments, the configuration or the templates are wrong.
    Usage = 2,
    /// Something could not be read or written.
    Failure = 3,
}

impl Exit {
    /// The exit of a code; any other code is a failure.
    fn from_code(code: u8) -> Self {
        [Exit::Fine, Exit::Findings, Exit::Usage].into_iter().find(|exit| *exit as u8 == code).unwrap_or(Exit::Failure)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Runs the command that the arguments (the program's name first) ask for. That nobody reads the output any more is
/// no failure.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    match perform(arguments) {
        Ok(exit) => exit,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Fine,
        Err(_) => Exit::Failure,
    }
}

fn perform(arguments: impl IntoIterator<Item = OsString>) -> io::Result<Exit> {
    let checked = match typed::parse(arguments) {
        Ok(typed) => options::check(typed),
        Err(NoCommand::Text(text)) => return report::text(&text).map(|()| Exit::Fine),
        Err(NoCommand::Wrong(message, hint)) => return wrong_use(&message, hint.as_deref()),
    };
    match checked {
        Ok(Options::Build(options)) => build::run(&options),
        Ok(Options::Assemble(options)) => assemble::run(&options),
        Ok(Options::Check(options)) => check::run(&options),
        Ok(Options::Explain(options)) => explain::run(&options),
        Ok(Options::Init(folder)) => init::run(&folder),
        Ok(Options::Inspect(options)) => inspect::run(&options),
        Ok(Options::Search(options)) => search::run(&options),
        Ok(Options::Serve(options)) => serve::run(&options),
        Err((message, hint)) => wrong_use(&message, Some(hint)),
    }
}

fn wrong_use(message: &str, hint: Option<&str>) -> io::Result<Exit> {
    let mut problem = Diagnostic::anywhere(Severity::Error, "usage", message);
    problem.hint = hint.map(ToOwned::to_owned);
    report::problems(&[problem])?;
    Ok(Exit::Usage)
}
