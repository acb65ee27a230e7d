//! Reading folders with everything in them that goes wrong.

use std::fs;
use std::os::unix::fs::symlink;

use super::{ReadOutcome, read_content, read_file};

/// A content folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    folder
}

fn paths(outcome: &ReadOutcome) -> Vec<&str> {
    outcome.sources.iter().map(|source| &*source.path).collect()
}

/// Code and file of each diagnostic.
fn said(outcome: &ReadOutcome) -> Vec<(&str, String)> {
    let file = |span: &crate::diagnostic::Span| span.file.to_string();
    outcome.diagnostics.iter().map(|said| (said.code, said.span.as_ref().map(file).unwrap_or_default())).collect()
}

#[test]
fn documents_are_read_in_order_and_other_files_are_counted() {
    let folder = folder(&[
        ("b/2024.txt", "决算".as_bytes()),
        ("a.md", b"+++\noriginal = \"a.pdf\"\n+++\ntext"),
        ("a.pdf", b"%PDF"),
        ("b/t.HTML", b"<p>x"),
        ("b/x.xlsx", b"PK"),
        ("b/README.md", b"# about"),
        (".git/config.txt", b"hidden"),
        (".hidden.md", b"hidden"),
    ]);
    let outcome = read_content(folder.path());
    assert_eq!(paths(&outcome), ["a.md", "b/2024.txt", "b/t.HTML"]);
    assert_eq!(said(&outcome), [("read-other-files", String::new())]);
    assert_eq!(outcome.diagnostics[0].message, "有 1 个文件不是正文，没有读取：.xlsx 1 个");
    assert_eq!(outcome.sources[0].body(), (27, "text"));
    assert_eq!(outcome.sources[1].hash, blake3::hash("决算".as_bytes()).to_hex().as_str());
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let folder = folder(&[
        ("empty.txt", b""),
        ("only.md", b"+++\nyear = 2024\n+++\n\n"),
        ("good.txt", b"ok"),
        ("nul.txt", b"a\0b"),
        ("odd.txt", b"\xff\xff"),
    ]);
    let outcome = read_content(folder.path());
    assert_eq!(paths(&outcome), ["good.txt", "only.md"]);
    assert_eq!(outcome.files.len(), 5);
    let expected = [("read-empty", "empty.txt"), ("read-nul", "nul.txt"), ("read-encoding", "odd.txt")];
    let expected: Vec<_> = expected.into_iter().chain([("read-empty", "only.md")]).collect();
    let said = said(&outcome);
    assert_eq!(said.iter().map(|(code, file)| (*code, file.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn links_inside_are_followed_and_others_are_refused() {
    let outside = folder(&[("secret.txt", b"secret")]);
    let folder = folder(&[("real/a.txt", b"a")]);
    let link = |target: &std::path::Path, name: &str| symlink(target, folder.path().join(name)).unwrap();
    link(&folder.path().join("real/a.txt"), "link.txt");
    link(outside.path(), "out");
    link(&outside.path().join("secret.txt"), "secret.txt");
    link(folder.path(), "real/up");
    link(std::path::Path::new("nowhere"), "broken.txt");
    let outcome = read_content(folder.path());
    assert_eq!(paths(&outcome), ["link.txt", "real/a.txt"]);
    let expected = [
        ("read-failed", "broken.txt"),
        ("read-link-outside", "out"),
        ("read-link-loop", "real/up"),
        ("read-link-outside", "secret.txt"),
    ];
    assert_eq!(said(&outcome), expected.map(|(code, file)| (code, file.to_owned())));
}

#[test]
fn what_is_no_regular_file_or_too_large_is_refused() {
    let folder = folder(&[("large.txt", &[b'x'; 2048])]);
    let code = |largest| {
        let (source, said) = read_file("large.txt", &folder.path().join("large.txt"), largest);
        (source.is_some(), said.first().map(|said| said.code))
    };
    assert_eq!(code(2048), (true, None));
    assert_eq!(code(2047), (false, Some("read-too-large")));
    let pipe = folder.path().join("pipe.txt");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).unwrap();
    assert_eq!(said(&read_content(folder.path())), [("read-not-a-file", "pipe.txt".to_owned())]);
}

#[test]
fn a_missing_folder_and_a_file_in_its_place_are_errors() {
    let folder = folder(&[("file", b"x")]);
    for name in ["nothing", "file"] {
        let outcome = read_content(&folder.path().join(name));
        assert_eq!(outcome.diagnostics.iter().map(|said| said.code).collect::<Vec<_>>(), ["read-no-content"]);
    }
}
