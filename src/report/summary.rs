//! The summary of a build or a check in a few lines.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use super::language::{Language, fill_counts};
use super::{Run, visible};
use crate::build::{Counts, Stage};
use crate::diagnostic::Severity;
use crate::language::fill;
use crate::publish::PublishSummary;

/// How many rules are named.
const TOLD_RULES: usize = 6;

const NOT_PUBLISHED: &str = "没有发布，原有的站点没有改动";

/// What was read, checked and written, and how long it took.
pub(super) fn build(run: &Run<'_>, out: &Path, published: Option<&PublishSummary>) -> String {
    if run.built.misconfigured {
        return format!("写入  {NOT_PUBLISHED}\n{}", timings(run));
    }
    let written = published.map_or_else(|| NOT_PUBLISHED.to_owned(), |files| written(files, out));
    format!("{}写入  {written}\n{}", counts(run.language(), &run.built.counts), timings(run))
}

/// What the last build read and checked, and what is published, when nothing changed since.
pub(super) fn unchanged(counts: &str, files: &PublishSummary, out: &Path, elapsed: Duration) -> String {
    format!("{counts}写入  {}\n用时  {}：没有变动，没有重新生成", written(files, out), seconds(elapsed))
}

fn written(files: &PublishSummary, out: &Path) -> String {
    let total = files.written + files.unchanged;
    let mut text = format!("{} 个文件，{} → {}", total, size(files.bytes), out.display());
    let parts = [("新写或更新", files.written), ("未变", files.unchanged), ("删除", files.removed)];
    let parts = parts.into_iter().chain((files.kept > 0).then_some(("保留的其他文件", files.kept)));
    let parts: Vec<String> = parts.map(|(word, count)| format!("{word} {count}")).collect();
    let _ = write!(text, "（{}）", parts.join("，"));
    let heaviest = files.heaviest.iter().map(|(path, bytes)| format!("{} {}", visible(path), size(*bytes)));
    let heaviest: Vec<String> = heaviest.collect();
    if !heaviest.is_empty() {
        let _ = write!(text, "；最大的页面 {}", heaviest.join("、"));
    }
    text
}

/// What was read and checked, and how long it took.
pub(super) fn check(run: &Run<'_>) -> String {
    let counts = if run.built.misconfigured { String::new() } else { counts(run.language(), &run.built.counts) };
    format!("{counts}{}", timings(run))
}

/// What was read and checked for a preview, what is wrong, and how long it took.
pub(super) fn preview(run: &Run<'_>) -> String {
    let of = |severity| run.built.diagnostics.iter().filter(|said| said.severity == severity).count();
    let problems = match (of(Severity::Error), of(Severity::Warning)) {
        (0, 0) => String::new(),
        (errors, warnings) => format!("问题  错误 {errors}，警告 {warnings}\n"),
    };
    let outcome = if run.built.misconfigured { "没有重新生成，预览里可以看到错误\n" } else { "" };
    format!("{problems}{outcome}{}", check(run))
}

pub(super) fn counts(language: &Language, counts: &Counts) -> String {
    let (ledger, [errors, warnings, notes]) = (&counts.ledger, counts.findings);
    let read = fill::<dyn std::fmt::Display>(
        &language.read,
        &[("files", &counts.sources), ("size", &size(counts.bytes as u64))],
    );
    let quiet = counts.disclosures - counts.disclosures_with_findings;
    let recognized = fill::<dyn std::fmt::Display>(
        &language.recognized,
        &[
            ("disclosures", &counts.disclosures),
            ("statements", &counts.statements),
            ("facts", &counts.facts),
            ("quiet", &quiet),
            ("telling", &counts.disclosures_with_findings),
            ("failed", &counts.failed),
        ],
    );
    let found = fill::<dyn std::fmt::Display>(
        &language.found,
        &[("errors", &errors), ("warnings", &warnings), ("notes", &notes)],
    );
    let checked = fill_counts(&language.checked, ledger);
    format!("{read}\n{recognized}\n{checked}\n{found}{}\n", by_rule(language, counts))
}

/// The rules with most findings, the first ones first.
fn by_rule(language: &Language, counts: &Counts) -> String {
    let mut rules: Vec<(&str, usize)> =
        counts.findings_by_rule.iter().map(|(rule, count)| (rule.as_str(), *count)).collect();
    rules.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let told: Vec<String> = rules.iter().take(TOLD_RULES).map(|(rule, count)| format!("{rule} {count}")).collect();
    if told.is_empty() {
        return String::new();
    }
    let more = if rules.len() > TOLD_RULES {
        fill::<dyn std::fmt::Display>(&language.more_rules, &[("count", &rules.len())])
    } else {
        String::new()
    };
    fill::<dyn std::fmt::Display>(&language.by_rule, &[("rules", &told.join(&language.comma)), ("more", &more)])
}

fn timings(run: &Run<'_>) -> String {
    let stages: Vec<String> =
        run.built.stages.iter().map(|(stage, time)| format!("{} {}", label(*stage), seconds(*time))).collect();
    format!("用时  {}：{}", seconds(run.elapsed), stages.join("，"))
}

pub(super) fn label(stage: Stage) -> &'static str {
    match stage {
        Stage::Configure => "配置",
        Stage::Read => "读取",
        Stage::Recognize => "识别",
        Stage::Audit => "核对",
        Stage::Assemble => "汇集",
        Stage::Render => "页面",
        Stage::Search => "检索",
        Stage::Export => "数据",
        Stage::Publish => "写入",
    }
}

fn seconds(time: Duration) -> String {
    format!("{}.{:03} 秒", time.as_secs(), time.subsec_millis())
}

/// A number of bytes in the unit that fits, with one decimal from KB on.
fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => return format!("{bytes} B"),
        1024..1_048_576 => (1024, "KB"),
        _ => (1_048_576, "MB"),
    };
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}

#[cfg(test)]
mod tests {
    use super::{Counts, Language, by_rule, size};

    #[test]
    fn the_rules_with_most_findings_are_named() {
        let language = Language::of("zh-CN");
        let mut counts = Counts::default();
        assert_eq!(by_rule(language, &counts), "");
        for (rule, count) in [("B1", 2), ("A1", 2), ("C1", 9), ("D1", 1), ("E1", 1), ("F1", 1), ("G1", 1)] {
            counts.findings_by_rule.insert(rule.into(), count);
        }
        assert_eq!(by_rule(language, &counts), "（C1 9，A1 2，B1 2，D1 1，E1 1，F1 1 等 7 种）");
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, shown) in [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (1_048_576, "1.0 MB")] {
            assert_eq!(size(bytes), shown);
        }
    }
}
