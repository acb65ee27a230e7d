//! The program as people run it: its commands, its files, its exit codes, its words.

mod commands;
mod errors;
mod support;
