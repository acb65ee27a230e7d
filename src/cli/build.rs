//! `budgetsite build`: the site into a folder.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::ThreadPool;

use super::options::BuildOptions;
use super::{Exit, verdict};
use crate::build::{self, BuildReport, Cache, Pace, Stage};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::publish::{self, LastBuild, Publication, PublishSummary};
use crate::read;
use crate::render::THEME_FOLDERS;
use crate::report::{self, Run};

/// Builds and publishes.
pub(super) fn run(options: &BuildOptions) -> io::Result<Exit> {
    let start = Instant::now();
    let threads = match rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build() {
        Ok(threads) => threads,
        Err(error) => return super::wrong_use(&format!("不能使用 {} 个线程：{error}", options.jobs), None),
    };
    let inputs = fingerprint(options, &threads);
    if let Some(inputs) = inputs.as_deref().filter(|_| options.recalls())
        && let Some((last, summary)) = threads.install(|| publish::recall(&options.out, inputs))
    {
        report::unchanged(&last, &summary, &options.out, start.elapsed())?;
        return Ok(Exit::from_code(last.code));
    }
    let publication = match Publication::begin(&options.out, options.force) {
        Ok(publication) => publication,
        Err(problem) => return report::problems(&[*problem]).map(|()| Exit::Failure),
    };
    let pace = Pace::default();
    let cache = if options.full { None } else { Cache::beside(&options.out, &options.folder) };
    let mut built = report::progress(&pace, || {
        threads.install(|| build::build_at(&options.folder, &publication, &pace, cache.as_ref()))
    });
    let refused = verdict::refusal(&built, options.strict).or_else(|| verdict::empty(&built));
    let published = finish(publication, &mut built, refused.is_some());
    let exit = verdict::exit(&built, refused.as_ref());
    built.diagnostics.extend(refused.map(|(_, why)| why));
    let run = Run { folder: &options.folder, built: &built, elapsed: start.elapsed() };
    report::build(&run, &options.out, published.as_ref(), options.format)?;
    if let Some(inputs) = inputs.filter(|_| published.is_some()) {
        let (messages, counts) = report::last_words(&run);
        // What cannot be kept is made again by the next build.
        let _ = publish::remember(&options.out, LastBuild { inputs, messages, counts, code: exit as u8 });
    }
    Ok(exit)
}

/// Everything on which the site and the report depend; `None` when something cannot be read, which the build will tell.
fn fingerprint(options: &BuildOptions, threads: &ThreadPool) -> Option<String> {
    let BuildOptions { folder, out, strict, .. } = options;
    let root = |name| folder.root.join(name);
    let theme = THEME_FOLDERS.map(root);
    let config = root(config::FILE_NAME);
    let (vocabulary, rules) = (root(read::WORDS_FOLDER), root(read::RULES_FOLDER));
    let strict = strict.map_or("", |severity| severity.word());
    let words = [folder.root.as_os_str(), folder.content.as_os_str(), out.as_os_str(), OsStr::new(strict)];
    let places: Vec<&Path> =
        theme.iter().chain([&config, &vocabulary, &rules, &folder.content]).map(PathBuf::as_path).collect();
    threads.install(|| read::fingerprint(&folder.root, &places, &words)).ok()
}

/// Publishes what was built, unless it is not to be; what went wrong joins the diagnostics.
fn finish(publication: Publication, built: &mut BuildReport, refused: bool) -> Option<PublishSummary> {
    if built.misconfigured || refused {
        return None;
    }
    let published: Result<PublishSummary, Vec<Diagnostic>> = built.timed(Stage::Publish, || publication.finish());
    published.map_err(|problems| built.diagnostics.extend(problems)).ok()
}
