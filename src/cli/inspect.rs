//! `budgetsite inspect`: what one file was read as, table by table.

use std::io;
use std::sync::Arc;

use super::Exit;
use super::options::InspectOptions;
use crate::diagnostic::{Diagnostic, Severity};
use crate::vocabulary::Vocabulary;
use crate::{parse, read, recognize, report};

/// Reads and recognizes the file.
pub(super) fn run(options: &InspectOptions) -> io::Result<Exit> {
    let read::ReadOutcome { sources, diagnostics, .. } = read::read_document(&options.file);
    report::problems(&diagnostics)?;
    let Some(source) = sources.into_iter().next() else { return Ok(Exit::Failure) };
    let own = match crate::build::words(&options.root) {
        Ok(own) => own,
        Err(problems) => {
            report::problems(&problems)?;
            return Ok(Exit::Usage);
        }
    };
    let vocabulary = own.as_ref().unwrap_or_else(|| Vocabulary::builtin());
    let disclosure = recognize::recognize(vocabulary, &parse::parse(&Arc::new(source)));
    let shown = report::Inspection { line: options.line, rows: options.rows };
    if options.line.is_some_and(|line| !shown.has_table(&disclosure, line)) {
        let message = format!("第 {} 行不在任何一张表里", options.line.unwrap_or_default());
        let hint = "去掉 --line 可以看到所有表的起止行";
        report::problems(&[Diagnostic::anywhere(Severity::Error, "inspect-line", message).with_hint(hint)])?;
        return Ok(Exit::Usage);
    }
    report::inspect(&disclosure, shown, options.json)?;
    Ok(Exit::Fine)
}
