//! Writes the search index of a content folder and nothing else, so that the index of a very large site can be measured:
//! `cargo run --release --example search_index -- CONTENT FOLDER`. Told are the time of each stage and, on Linux, the
//! peak of memory.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use budgetsite::build::{SiteFolder, build};
use budgetsite::output::Output;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let (Some(content), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: search_index CONTENT FOLDER".into());
    };
    for part in ["docs", "grams"] {
        fs::create_dir_all(folder.join("search").join(part))?;
    }
    let report = build(&SiteFolder::new(Path::new("."), Some(&content)), &OnlySearch(folder));
    for (stage, time) in &report.stages {
        say(&format!("{stage:?}: {:.1} s", time.as_secs_f64()))?;
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    say(status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("the peak of memory is not known"))?;
    Ok(())
}

/// Keeps the files of the index.
struct OnlySearch(PathBuf);

impl Output for OnlySearch {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        if path.starts_with("search/")
            && let Err(error) = fs::write(self.0.join(path), bytes)
        {
            panic!("{path} cannot be written: {error}");
        }
    }
}

fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}
