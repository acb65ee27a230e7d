//! The `budgetsite` program: parse the arguments, run one command, tell the shell how it went.

use std::process::ExitCode;

/// Documents become many small texts on many threads; the system's allocator takes a fifth of a build's time for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    budgetsite::cli::run(std::env::args_os()).into()
}
