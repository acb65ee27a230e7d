//! The builder: builds a site out of everybody's sight, hands it to the server, waits for a change, and builds again.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::output::PreviewOutput;
use super::problems::Problems;
use super::version::{Files, Version};
use super::watch::{Changed, Watch};
use super::{Event, Newest, Preview, Tell, Viewed};
use crate::build::{self, BuildReport, Cache, First, Pace, Scratch, SiteFolder};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Run;

/// Builds one site over and over.
pub(super) struct Builder {
    folder: SiteFolder,
    newest: Newest,
    viewed: Viewed,
    tell: Tell,
    /// The last site that could be built.
    good: Option<Arc<Files>>,
    /// What builds keep of departments that did not change.
    scratch: Arc<Scratch>,
    /// What the last build had to say.
    said: Vec<Diagnostic>,
}

impl Builder {
    /// Starts to build in a thread of its own and returns where the newest version is: none before the first.
    pub(super) fn start(folder: SiteFolder, tell: Tell) -> Preview {
        let (newest, viewed, scratch) = (Newest::new(None), Viewed::default(), Arc::default());
        let preview = Preview { newest: newest.clone(), viewed: viewed.clone() };
        let builder = Builder { folder, newest, viewed, tell, good: None, scratch, said: Vec::new() };
        thread::spawn(move || builder.run());
        preview
    }

    fn run(mut self) {
        // Watching begins before the first build, so that a change during it is not missed.
        let mut watch = Watch::start(&self.folder).map_err(|error| self.trouble(&error)).ok();
        self.build(&Changed::default());
        while let Some(changes) = watch.as_mut().and_then(Watch::wait) {
            match changes {
                Ok(changed) => self.build(&changed),
                Err(error) => self.trouble(&error),
            }
        }
    }

    fn build(&mut self, changed: &Changed) {
        let start = Instant::now();
        let (report, files) = self.build_safely(changed);
        let run = Run { folder: &self.folder, built: &report, elapsed: start.elapsed() };
        let news: Vec<_> = report.diagnostics.iter().filter(|said| !self.said.contains(said)).cloned().collect();
        (self.tell)(&Event::Built { run, changed: &changed.names, news: &news });
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

    /// A build and its files; no files when nothing usable came out. A build that panics is a failed one, so that the
    /// preview lives on.
    fn build_safely(&self, changed: &Changed) -> (BuildReport, Option<Files>) {
        let output = PreviewOutput::after(self.good.clone());
        let cache = Cache::in_scratch(self.scratch.clone(), &self.folder);
        let written = || self.show_ahead(output.news());
        let first = First { documents: &changed.documents, page: &self.viewed.page(), written: &written };
        let build = || build::build_at(&self.folder, &output, &Pace::default(), cache.as_ref(), Some(&first));
        match panic::catch_unwind(AssertUnwindSafe(build)) {
            Ok(report) if report.misconfigured => (report, None),
            Ok(mut report) => {
                let (files, problems) = output.into_files();
                report.diagnostics.extend(problems);
                (report, Some(files))
            }
            Err(_) => {
                let message = "程序内部出错，没有生成站点";
                let problem = Diagnostic::anywhere(Severity::Error, "serve-panic", message);
                let diagnostics = vec![problem.with_hint("终端里有出错的位置，请连同内容文件一起反馈")];
                (BuildReport { diagnostics, misconfigured: true, ..BuildReport::default() }, None)
            }
        }
    }

    /// Shows files of the site that is being built, over the last one.
    fn show_ahead(&self, files: Files) {
        let ahead = |last: &Version| last.site.is_some() && !files.is_empty();
        self.newest.send_if_modified(|newest| {
            let Some(last) = newest.as_ref().filter(|last| ahead(last)) else { return false };
            *newest = Some(Arc::new(last.ahead(files.clone())));
            true
        });
    }
}
