//! `budgetsite explain`: what a rule says, why, and how each disclosure stands to it.

use std::io;

use super::Exit;
use super::options::ExplainOptions;
use crate::build;
use crate::config;
use crate::report;

/// Explains a rule, or lists all.
pub(super) fn run(options: &ExplainOptions) -> io::Result<Exit> {
    let language = config::load(&options.root).0.language;
    let rules = match build::rules(&options.root, &language) {
        Ok(rules) => rules,
        Err(problems) => {
            report::problems(&problems)?;
            return Ok(Exit::Usage);
        }
    };
    let Some(rule) = options.code.as_deref().and_then(|code| rules.get(code)) else {
        report::rules(&language, rules)?;
        return Ok(Exit::Fine);
    };
    let Some(folder) = &options.ledger_of else {
        report::rule(&language, rule, None)?;
        return Ok(Exit::Fine);
    };
    let (built, site) = build::examine(folder);
    if site.is_none() {
        report::problems(&built.diagnostics)?;
        return Ok(Exit::Usage);
    }
    report::rule(&language, rule, site.as_ref())?;
    Ok(Exit::Fine)
}
