//! The program as people run it: its commands, its files, its exit codes, its words.

#![allow(clippy::unwrap_used)]

mod commands;
mod errors;
mod identities;
mod inspect;
mod support;
mod vocabulary;
