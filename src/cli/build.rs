//! `budgetsite build`: the site into a folder.

use std::io;
use std::time::Instant;

use super::options::BuildOptions;
use super::{Exit, verdict};
use crate::build::{self, BuildReport, Pace, Stage};
use crate::diagnostic::Diagnostic;
use crate::publish::{Publication, PublishSummary};
use crate::report::{self, Run};

/// Builds and publishes.
pub(super) fn run(options: &BuildOptions) -> io::Result<Exit> {
    let start = Instant::now();
    let threads = match rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build() {
        Ok(threads) => threads,
        Err(error) => return super::wrong_use(&format!("不能使用 {} 个线程：{error}", options.jobs), None),
    };
    let publication = match Publication::begin(&options.out, options.force) {
        Ok(publication) => publication,
        Err(problem) => return report::problems(&[*problem]).map(|()| Exit::Failure),
    };
    let pace = Pace::default();
    let mut built =
        report::progress(&pace, || threads.install(|| build::build_at(&options.folder, &publication, &pace)));
    let refused = verdict::refusal(&built, options.strict).or_else(|| verdict::empty(&built));
    let published = publish(publication, &mut built, refused.is_some());
    let exit = verdict::exit(&built, refused.as_ref());
    built.diagnostics.extend(refused.map(|(_, why)| why));
    let run = Run { folder: &options.folder, built: &built, elapsed: start.elapsed() };
    report::build(&run, &options.out, published.as_ref(), options.format)?;
    Ok(exit)
}

/// Publishes what was built, unless it is not to be; what went wrong joins the diagnostics.
fn publish(publication: Publication, built: &mut BuildReport, refused: bool) -> Option<PublishSummary> {
    if built.misconfigured || refused {
        return None;
    }
    let published: Result<PublishSummary, Vec<Diagnostic>> = built.timed(Stage::Publish, || publication.finish());
    published.map_err(|problems| built.diagnostics.extend(problems)).ok()
}
