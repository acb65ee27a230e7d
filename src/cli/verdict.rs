//! How a build or a check ends: the exit code, and why a site is not published.

use super::Exit;
use crate::build::BuildReport;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::FindingSeverity;

/// The exit code of what was built or checked.
pub(super) fn exit(report: &BuildReport, refused: Option<&(Exit, Diagnostic)>) -> Exit {
    match refused {
        _ if report.misconfigured => Exit::Usage,
        _ if report.has_errors() => Exit::Failure,
        Some((exit, _)) => *exit,
        None => Exit::Fine,
    }
}

/// Why a site must not replace the published one, although it could be built: it has less content than its owner allows.
pub(super) fn too_few(report: &BuildReport) -> Option<(Exit, Diagnostic)> {
    let (found, wanted) = (report.counts.disclosures, report.config.build.minimum_disclosures);
    let message = format!("只有 {found} 份公开文件，少于 site.toml 要求的 {wanted} 份");
    let hint = "检查内容目录是否完整，或修改 [build] 的 minimum_disclosures";
    let lacks = !report.misconfigured && found < wanted;
    lacks.then(|| (Exit::Failure, refused("build-too-few", message, hint)))
}

/// Why what was built must not be published, although it could be: findings that the user does not allow. `strict` is
/// what was typed; without it `site.toml` decides.
pub(super) fn refusal(report: &BuildReport, strict: Option<FindingSeverity>) -> Option<(Exit, Diagnostic)> {
    if report.misconfigured {
        return None;
    }
    let level = strict.or(match report.config.build.strict.as_str() {
        "error" => Some(FindingSeverity::Error),
        "warning" => Some(FindingSeverity::Warning),
        _ => None,
    })?;
    let findings = report.findings_from(level);
    let message = format!("有 {findings} 项 {} 级或更重的核对发现", level.word());
    let hint = "改正内容，或在 site.toml 的 [[audit.waivers]] 里逐项说明理由";
    (findings > 0).then(|| (Exit::Findings, refused("build-strict", message, hint)))
}

/// Why a site without a single disclosure is not published: it would replace a good one by nothing.
pub(super) fn empty(report: &BuildReport) -> Option<(Exit, Diagnostic)> {
    let message = "内容目录里没有一份公开文件，没有发布";
    let hint = "检查 --content 和内容目录；已发布的站点没有改动";
    let none = !report.misconfigured && report.counts.disclosures == 0;
    none.then(|| (Exit::Failure, refused("build-empty", message.to_owned(), hint)))
}

fn refused(code: &'static str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::anywhere(Severity::Error, code, message).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::{Exit, empty, exit, refusal, too_few};
    use crate::build::BuildReport;
    use crate::diagnostic::{Diagnostic, Severity};
    use crate::model::FindingSeverity;

    /// A report with this many disclosures, and findings by severity.
    fn report(disclosures: usize, findings: [usize; 3]) -> BuildReport {
        let mut report = BuildReport::default();
        report.counts.disclosures = disclosures;
        report.counts.findings = findings;
        report
    }

    #[test]
    fn a_site_of_nothing_is_not_published() {
        assert_eq!(empty(&report(0, [0; 3])).map(|(exit, _)| exit), Some(Exit::Failure));
        assert_eq!(empty(&report(1, [0; 3])), None);
    }

    #[test]
    fn findings_fail_from_the_level_on_that_was_asked_for() {
        for (findings, strict, expected) in [
            ([1, 1, 1], None, Exit::Fine),
            ([0, 1, 1], Some(FindingSeverity::Error), Exit::Fine),
            ([1, 0, 0], Some(FindingSeverity::Error), Exit::Findings),
            ([0, 1, 0], Some(FindingSeverity::Warning), Exit::Findings),
            ([0, 0, 1], Some(FindingSeverity::Warning), Exit::Fine),
            ([0, 0, 1], Some(FindingSeverity::Info), Exit::Findings),
        ] {
            let report = report(1, findings);
            assert_eq!(exit(&report, refusal(&report, strict).as_ref()), expected, "{findings:?} {strict:?}");
        }
    }

    #[test]
    fn configuration_decides_when_nothing_was_typed_and_worse_problems_win() {
        let mut report = report(1, [0, 1, 0]);
        report.config.build.strict = "warning".to_owned();
        let ended = |report: &BuildReport| exit(report, refusal(report, None).as_ref());
        assert_eq!(ended(&report), Exit::Findings);
        assert_eq!(refusal(&report, Some(FindingSeverity::Error)), None);
        report.diagnostics.push(Diagnostic::anywhere(Severity::Error, "read-failed", "x"));
        assert_eq!(ended(&report), Exit::Failure);
        report.misconfigured = true;
        assert_eq!(ended(&report), Exit::Usage);
    }

    #[test]
    fn too_little_content_is_not_published() {
        let mut report = report(4, [0; 3]);
        report.config.build.minimum_disclosures = 5;
        assert_eq!(too_few(&report).map(|(exit, why)| (exit, why.code)), Some((Exit::Failure, "build-too-few")));
        report.counts.disclosures = 5;
        assert_eq!(too_few(&report), None);
    }
}
