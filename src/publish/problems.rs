//! What publishing has to say.

use std::io;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity, reason};

/// How many failures to write are told one by one.
const TOLD_FAILURES: usize = 5;

pub(super) fn problem(code: &'static str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::anywhere(Severity::Error, code, message).with_hint(hint)
}

pub(super) fn not_ours(target: &Path) -> Diagnostic {
    let message = format!("{} 里有别的文件，不是本程序发布的站点，没有改动", target.display());
    problem("publish-not-ours", message, "换一个文件夹，或者用 --force 清空并替换它")
}

pub(super) fn no_access(place: &Path, error: &io::Error) -> Box<Diagnostic> {
    let message = format!("无法发布到 {}：{}", place.display(), reason(error));
    Box::new(problem("publish-failed", message, "已发布的站点没有改动；检查磁盘空间与文件夹的权限"))
}

pub(super) fn write_failures(failures: &[String]) -> Vec<Diagnostic> {
    let mut failures: Vec<&String> = failures.iter().collect();
    failures.sort();
    let hint = "已发布的站点没有改动；检查磁盘空间、文件夹的权限与页面的网址";
    let mut told: Vec<Diagnostic> = failures
        .iter()
        .take(TOLD_FAILURES)
        .map(|failure| problem("publish-write", format!("无法写入 {failure}"), hint))
        .collect();
    if failures.len() > TOLD_FAILURES {
        let message = format!("另有 {} 个文件无法写入", failures.len() - TOLD_FAILURES);
        told.push(problem("publish-write", message, hint));
    }
    told
}
