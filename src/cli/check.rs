//! `budgetsite check`: what is wrong with the content, without building the site.

use std::io;
use std::time::Instant;

use super::options::CheckOptions;
use super::{Exit, verdict};
use crate::build;
use crate::model::Finding;
use crate::report::{self, Run};

/// Checks the content.
pub(super) fn run(options: &CheckOptions) -> io::Result<Exit> {
    let start = Instant::now();
    let (mut built, mut site) = build::examine(&options.folder);
    if let Some(site) = &mut site {
        build::keep_findings(&mut built, site, |finding| is_wanted(options, finding));
    }
    let refused = verdict::too_few(&built).or_else(|| verdict::refusal(&built, options.strict));
    let exit = verdict::exit(&built, refused.as_ref());
    built.diagnostics.extend(refused.map(|(_, why)| why));
    let run = Run { folder: &options.folder, built: &built, elapsed: start.elapsed() };
    report::check(&run, site.as_ref(), options.format)?;
    Ok(exit)
}

fn is_wanted(options: &CheckOptions, finding: &Finding) -> bool {
    let rule = options.rules.is_empty() || options.rules.iter().any(|code| *code == *finding.rule);
    rule && finding.severity <= options.severity
}
