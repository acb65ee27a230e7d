//! `budgetsite build`: the site, or a region of it, into a folder.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rayon::ThreadPool;

use super::Exit;
use super::options::BuildOptions;
use super::publishing::{self, Wanted};
use crate::build::{self, Cache, Pace};
use crate::config;
use crate::output::Output;
use crate::publish;
use crate::read::{self, Stamps};
use crate::render::THEME_FOLDERS;
use crate::report;

/// Builds and publishes.
pub(super) fn run(options: &BuildOptions) -> io::Result<Exit> {
    let start = Instant::now();
    let BuildOptions { folder, output, full, region } = options;
    let threads = match publishing::threads(output.jobs) {
        Ok(threads) => threads,
        Err(exit) => return exit,
    };
    let kept = Cache::stamps_beside(&output.out).filter(|_| !*full);
    let stamps = Arc::new(kept.as_deref().map(Stamps::read).unwrap_or_default());
    let inputs = fingerprint(options, &threads, &stamps);
    if let Some(inputs) = inputs.as_deref().filter(|_| options.recalls())
        && let Some((last, summary)) = threads.install(|| publish::recall(&output.out, inputs))
    {
        // Without them the next build reads all files again.
        let _ = kept.map(|place| stamps.write(&place));
        let language = config::load(&folder.root).0.language;
        report::unchanged(&language, &last, &summary, &output.out, start.elapsed())?;
        return Ok(Exit::from_code(last.code));
    }
    let cache = if *full { None } else { Cache::beside(&output.out, folder, stamps) };
    let make = |output: &dyn Output, pace: &Pace| match region {
        Some(region) => build::build_region_at(folder, region, output, pace, cache.as_ref()),
        None => build::build_at(folder, output, pace, cache.as_ref(), None),
    };
    let before = cache.as_ref().and_then(Cache::site_before);
    publishing::publish(&Wanted { folder, output, inputs, before, is_whole: region.is_none() }, &threads, &make)
}

/// Everything on which the site and the report depend; `None` when something cannot be read, which the build will tell.
fn fingerprint(options: &BuildOptions, threads: &ThreadPool, stamps: &Stamps) -> Option<String> {
    let BuildOptions { folder, output, region, .. } = options;
    let root = |name| folder.root.join(name);
    let theme = THEME_FOLDERS.map(root);
    let config = root(config::FILE_NAME);
    let (vocabulary, rules) = (root(read::WORDS_FOLDER), root(read::RULES_FOLDER));
    let strict = OsStr::new(output.strict.map_or("", |severity| severity.word()));
    let region = OsStr::new(region.as_deref().unwrap_or(""));
    let words = [folder.root.as_os_str(), folder.content.as_os_str(), output.out.as_os_str(), strict, region];
    let places: Vec<&Path> =
        theme.iter().chain([&config, &vocabulary, &rules, &folder.content]).map(PathBuf::as_path).collect();
    threads.install(|| read::fingerprint(&folder.root, &places, &words, stamps)).ok()
}
