//! `budgetsite init`: a new site with one small made-up disclosure, which builds at once.

use std::fs;
use std::io;
use std::path::Path;

use super::Exit;
use crate::diagnostic::{Diagnostic, Severity, reason};
use crate::report;

/// The files of a new site.
const FILES: [(&str, &str); 4] = [
    ("site.toml", include_str!("site/site.toml")),
    ("README.md", include_str!("site/README.md")),
    (".gitignore", "/public\n/.public.*\n"),
    ("content/样例省/样例市/甲区/政务服务局/2025-预算.md", include_str!("site/2025-budget.md")),
];

/// Makes a site in a folder that does not exist yet or is empty.
pub(super) fn run(folder: &Path) -> io::Result<Exit> {
    let failed = |error: io::Error| {
        let message = format!("无法在 {} 新建站点：{}", folder.display(), reason(&error));
        report::problems(&[Diagnostic::anywhere(Severity::Error, "init-failed", message)]).map(|()| Exit::Failure)
    };
    match is_free(folder) {
        Ok(true) => {}
        Ok(false) => {
            let message = format!("{} 不是空的，没有改动", folder.display());
            let problem = Diagnostic::anywhere(Severity::Error, "init-not-empty", message);
            report::problems(&[problem.with_hint("换一个不存在的或空的目录")])?;
            return Ok(Exit::Usage);
        }
        Err(error) => return failed(error),
    }
    if let Err(error) = write_files(folder) {
        return failed(error);
    }
    let root = folder.display();
    report::text(&format!("新建了站点 {root}，内容在 {root}/content\n预览：budgetsite serve --root {root} --open"))?;
    Ok(Exit::Fine)
}

fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn write_files(folder: &Path) -> io::Result<()> {
    for (path, text) in FILES {
        let place = folder.join(path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(place, text)?;
    }
    Ok(())
}
