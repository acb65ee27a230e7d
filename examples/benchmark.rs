//! Measures whole builds: `cargo build --release && cargo run --release --example benchmark -- FOLDER 100 1000`.
//!
//! For each number of made-up documents: a build into an empty folder, two after one document changed (the second has a
//! site before the published one to work with), and one after nothing changed. Told are wall time, processor time, peak
//! memory, bytes read and written, and the floor: how long one thread takes to read the same bytes and to write as many
//! into as many files. FOLDER should lie in memory: disks swing tenfold. Linux only, for it reads `/proc`.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

#[path = "../benches/corpus/mod.rs"]
mod corpus;

/// Clock ticks of `/proc` in a second.
const TICKS: f64 = 100.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: benchmark FOLDER COUNT…")?);
    say("documents | changed | wall s |  CPU s | peak MiB | MB in | MB out | floor s | ratio")?;
    for count in arguments {
        let count: usize = count.parse()?;
        let (root, content, out) = (folder.join("root"), folder.join("content"), folder.join("public"));
        for old in [&root, &content, &out] {
            fs::remove_dir_all(old).or_else(|error| if old.exists() { Err(error) } else { Ok(()) })?;
        }
        fs::create_dir_all(&root)?;
        let read = corpus::write(count, &content)?;
        let documents: Vec<PathBuf> = files(&content).collect();
        let changed = documents.get(documents.len() / 2).ok_or("no documents")?;
        let mut floor = None;
        for build in ["all", "one", "one", "none"] {
            if build == "one" {
                fs::OpenOptions::new().append(true).open(changed)?.write_all(b"\n")?;
            }
            let spent = run(&root, &content, &out)?;
            let (written, wall) = (size(&out)?, spent.wall.as_secs_f64());
            // Measured behind the whole build and told beside each.
            let floor = match floor {
                Some(known) => known,
                None => *floor.insert(lowest(&content, &out, &folder.join("floor"))?.as_secs_f64()),
            };
            say(&format!(
                "{count:>9} | {build:<7} | {wall:>6.2} | {:>6.2} | {:>8} | {:>5.1} | {:>6.1} | {floor:>7.3} | {:>5.1}",
                spent.processor,
                spent.memory / 1024,
                read as f64 / 1e6,
                written as f64 / 1e6,
                wall / floor,
            ))?;
        }
    }
    Ok(())
}

fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}

/// What a build took: memory in KiB.
struct Spent {
    wall: Duration,
    processor: f64,
    memory: u64,
}

fn run(root: &Path, content: &Path, out: &Path) -> Result<Spent, Box<dyn Error>> {
    let program = std::env::current_exe()?.ancestors().nth(2).ok_or("no target folder")?.join("budgetsite");
    let before = children_seconds()?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(["build", "--root"])
        .arg(root)
        .arg("--content")
        .arg(content)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut memory = 0;
    while child.try_wait()?.is_none() {
        memory = memory.max(peak(&child).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(Spent { wall: start.elapsed(), processor: children_seconds()? - before, memory })
}

/// The largest resident size of a process so far, in KiB.
fn peak(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The processor time of all ended children, in seconds.
fn children_seconds() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/stat")?;
    // The name of the process stands in brackets and may hold blanks.
    let fields: Vec<&str> = status.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((ticks(13) + ticks(14)) / TICKS)
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path)
}

fn size(folder: &Path) -> std::io::Result<u64> {
    files(folder).map(|file| Ok(file.metadata()?.len())).sum()
}

/// How long it takes to read every content file and to write a site of as many files and bytes, all of one length.
fn lowest(content: &Path, out: &Path, folder: &Path) -> std::io::Result<Duration> {
    fs::create_dir_all(folder)?;
    let count = files(out).count().max(1);
    let page = vec![b' '; size(out)? as usize / count];
    let start = Instant::now();
    for file in files(content) {
        fs::read(file)?;
    }
    let mut spent = start.elapsed();
    for first in (0..count).step_by(1000) {
        let start = Instant::now();
        for number in first..count.min(first + 1000) {
            fs::write(folder.join(number.to_string()), &page)?;
        }
        spent += start.elapsed();
        // A second site of ten thousand documents does not fit beside the first one.
        fs::remove_dir_all(folder)?;
        fs::create_dir(folder)?;
    }
    fs::remove_dir_all(folder)?;
    Ok(spent)
}
