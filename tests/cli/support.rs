//! A site in a temporary folder, and the real program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A site in a temporary folder.
pub(crate) struct TestSite {
    folder: tempfile::TempDir,
}

/// How the program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code.
    pub(crate) code: i32,
    /// What it printed as result.
    pub(crate) stdout: String,
    /// What it printed as messages.
    pub(crate) stderr: String,
}

impl TestSite {
    /// A site with the given files.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let site = TestSite { folder: tempfile::tempdir().unwrap() };
        for (path, bytes) in files {
            site.write(path, bytes);
        }
        site
    }

    /// Writes a file of the site.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    /// A place in the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The program, about to run in the folder.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_budgetsite"));
        program.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        program
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let output = self.program(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// What `check` says of reading the content, without the documents and the summary, and its exit code.
    pub(crate) fn check(&self) -> (String, i32) {
        let ended = self.run(&["check"]);
        assert_eq!(ended.stderr, "");
        let summary = ended.stdout.rfind("读取  ").or_else(|| ended.stdout.rfind("用时  ")).unwrap();
        let end = ended.stdout.find("══ ").unwrap_or(summary).min(summary);
        (ended.stdout[..end].trim_end().to_owned(), ended.code)
    }
}

/// Every file below a folder by path, with its bytes.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}
