//! The builder: builds a site into memory, publishes it to the server, waits for a change, and builds again.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::output::PreviewOutput;
use super::problems::Problems;
use super::version::{Files, Version};
use super::watch::Watch;
use super::{Event, Newest, Tell};
use crate::build::{self, BuildReport, Cache, Memory, Pace, SiteFolder};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Run;

/// Builds one site over and over.
pub(super) struct Builder {
    folder: SiteFolder,
    newest: Newest,
    tell: Tell,
    /// The last site that could be built.
    good: Option<Arc<Files>>,
    /// What builds keep of departments that did not change.
    memory: Arc<Memory>,
    /// What the last build had to say.
    said: Vec<Diagnostic>,
}

impl Builder {
    /// Starts to build in a thread of its own and returns where the newest version is: none before the first.
    pub(super) fn start(folder: SiteFolder, tell: Tell) -> Newest {
        let newest = Newest::new(None);
        let memory = Arc::default();
        let builder = Builder { folder, newest: newest.clone(), tell, good: None, memory, said: Vec::new() };
        thread::spawn(move || builder.run());
        newest
    }

    fn run(mut self) {
        // Watching begins before the first build, so that a change during it is not missed.
        let mut watch = Watch::start(&self.folder).map_err(|error| self.trouble(&error)).ok();
        self.build(&[]);
        while let Some(changes) = watch.as_mut().and_then(Watch::wait) {
            match changes {
                Ok(changed) => self.build(&changed),
                Err(error) => self.trouble(&error),
            }
        }
    }

    fn build(&mut self, changed: &[String]) {
        let start = Instant::now();
        let (report, files) = build_safely(&self.folder, self.good.clone(), self.memory.clone());
        let run = Run { folder: &self.folder, built: &report, elapsed: start.elapsed() };
        let news: Vec<_> = report.diagnostics.iter().filter(|said| !self.said.contains(said)).cloned().collect();
        (self.tell)(&Event::Built { run, changed, news: &news });
        if let Some(files) = files {
            self.good = Some(Arc::new(files));
        }
        let version = Version::new(self.good.clone(), Problems::of(&self.folder, &report));
        self.said = report.diagnostics;
        self.newest.send_if_modified(|newest| {
            let is_new = newest.as_ref().is_none_or(|newest| newest.mark != version.mark);
            if is_new {
                *newest = Some(Arc::new(version));
            }
            is_new
        });
    }

    fn trouble(&self, error: &notify::Error) {
        let message = format!("无法察觉文件的变动：{error}");
        let problem = Diagnostic::anywhere(Severity::Warning, "serve-watch", message);
        (self.tell)(&Event::Trouble(&problem.with_hint("改动之后重新运行 budgetsite serve")));
    }
}

/// A build and its files; no files when nothing usable came out. A build that panics is a failed one, so that the
/// preview lives on.
fn build_safely(
    folder: &SiteFolder,
    previous: Option<Arc<Files>>,
    memory: Arc<Memory>,
) -> (BuildReport, Option<Files>) {
    let output = PreviewOutput::after(previous);
    let cache = Cache::in_memory(memory, folder);
    let build = || build::build_at(folder, &output, &Pace::default(), cache.as_ref());
    match panic::catch_unwind(AssertUnwindSafe(build)) {
        Ok(report) if report.misconfigured => (report, None),
        Ok(report) => (report, Some(output.into_files())),
        Err(_) => {
            let message = "程序内部出错，没有生成站点";
            let problem = Diagnostic::anywhere(Severity::Error, "serve-panic", message);
            let diagnostics = vec![problem.with_hint("终端里有出错的位置，请连同内容文件一起反馈")];
            (BuildReport { diagnostics, misconfigured: true, ..BuildReport::default() }, None)
        }
    }
}
