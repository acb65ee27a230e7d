//! The same input gives the same bytes, in every run of the program and with any number of threads.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::sites::{files_below, repository};

#[test]
fn one_thread_and_eight_write_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let one = build(&folder.path().join("one"), "1");
    let eight = build(&folder.path().join("eight"), "8");
    assert!(one.len() > 50, "{} files", one.len());
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&eight));
    let differing: Vec<_> = one.iter().zip(&eight).filter(|(left, right)| left != right).map(|(l, _)| &l.0).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

/// Builds the shipped content with a number of threads and returns what was published.
fn build(out: &Path, threads: &str) -> Vec<(String, Vec<u8>)> {
    let ended = Command::new(env!("CARGO_BIN_EXE_budgetsite"))
        .args(["build", "--out"])
        .arg(out)
        .current_dir(repository())
        .env("RAYON_NUM_THREADS", threads)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    files_below(out).into_iter().collect()
}
