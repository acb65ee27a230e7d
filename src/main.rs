//! The `budgetsite` program: parse the arguments, run one command, tell the shell how it went.

fn main() {}
