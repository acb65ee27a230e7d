//! The `budgetsite` program: parse the arguments, run one command, tell the shell how it went.

use std::process::ExitCode;

fn main() -> ExitCode {
    budgetsite::cli::run(std::env::args_os()).into()
}
