//! `budgetsite search`: what a built site holds, from its own index.

use std::io;

use super::Exit;
use super::options::SearchOptions;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report;
use crate::search::{self, QueryError};

/// Searches.
pub(super) fn run(options: &SearchOptions) -> io::Result<Exit> {
    let folder = options.site.join("search");
    match search::query(&|path| std::fs::read(folder.join(path)).ok(), &options.query, options.limit) {
        Ok(answer) => {
            report::search(&options.query, &answer, &options.site, options.json)?;
            Ok(Exit::Fine)
        }
        Err(error) => report::problems(&[problem(options, &error)]).map(|()| Exit::Failure),
    }
}

fn problem(options: &SearchOptions, error: &QueryError) -> Diagnostic {
    let (site, again) = (options.site.display(), "重新运行 budgetsite build");
    let (message, hint) = match error {
        QueryError::Missing(file) if file == "manifest.json" => {
            (format!("{site} 里没有检索索引"), "先运行 budgetsite build，或用 --out 指明已生成的网站")
        }
        QueryError::Missing(file) => (format!("{site} 的检索索引缺少文件 {file}"), again),
        QueryError::Malformed(file, why) => (format!("{site} 的检索索引文件 {file} 无法读取：{why}"), again),
        QueryError::Version(version) => (format!("{site} 的检索索引是第 {version} 版，本程序不能读取"), again),
    };
    Diagnostic::anywhere(Severity::Error, "search-index", message).with_hint(hint)
}
