//! A check as a Markdown report that can be handed to the department: by disclosure, one entry for each cause.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::entry::{Entry, Level};
use super::{Run, findings, visible};
use crate::assemble::Site;
use crate::audit::Rules;
use crate::model::{Class, Finding, FindingSeverity, LedgerCounts};

/// The report of a check.
pub(super) fn check(run: &Run<'_>, site: Option<&Site>) -> String {
    let mut text = "# 核对报告\n\n以下只列出数字、文字与核对规则，不作评价。“原文”为公开文件中彼此不一致之处，\
                    “提取”由文件转换为文本时产生，“存疑”需要人工判断。\n"
        .to_owned();
    let rules = site.map_or_else(Rules::builtin, |site| site.rules);
    problems(&mut text, &run.entries());
    let paths = run.paths();
    let found = site.map(|site| findings::with_entries(site, &paths)).unwrap_or_default();
    for published in site.iter().flat_map(|site| &site.disclosures) {
        let own: Vec<(&Finding, &Entry)> =
            found.iter().filter(|(id, ..)| *id == published.id).map(|(_, finding, entry)| (*finding, entry)).collect();
        let _ = write!(text, "\n## {}\n\n", plain(&published.title));
        for source in &published.disclosure.sources {
            let _ = writeln!(text, "- 文件：{}", code(&paths.of(&source.path)));
        }
        let _ = writeln!(text, "- {}", counted(&published.ledger.counts));
        if !own.is_empty() {
            let _ = writeln!(text, "- {}", told(&own));
        }
        if own.is_empty() {
            text.push_str("\n没有发现。\n");
        }
        causes(&mut text, rules, &own);
    }
    text
}

/// What reading had to say that must be put right first.
fn problems(text: &mut String, entries: &[Entry]) {
    let serious: Vec<&Entry> = entries.iter().filter(|entry| entry.level != Level::Note).collect();
    if serious.is_empty() {
        return;
    }
    text.push_str("\n## 读取\n\n");
    for entry in serious {
        let place =
            entry.span.as_ref().map_or_else(String::new, |span| format!("{}：", code(&at(&span.file, span.line))));
        let _ = writeln!(text, "- {place}{}", plain(&entry.message));
    }
}

fn counted(counts: &LedgerCounts) -> String {
    format!(
        "核对：一致 {}，尾差 {}，不一致 {}，不适用 {}，未能识别 {}",
        counts.pass, counts.rounding, counts.fail, counts.not_applicable, counts.unreadable
    )
}

/// 「发现：不一致 3，请核对 1，提示 8；其中已说明 1」
fn told(findings: &[(&Finding, &Entry)]) -> String {
    let count = |severity| findings.iter().filter(|(finding, _)| finding.severity == severity).count();
    let answered = findings.iter().filter(|(finding, _)| finding.waived.is_some()).count();
    let answered = if answered == 0 { String::new() } else { format!("；其中已说明 {answered}") };
    let [errors, warnings, hints] =
        [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Info].map(count);
    format!("发现：不一致 {errors}，请核对 {warnings}，提示 {hints}{answered}；同一原因的列在一起")
}

/// Findings of one cause under one number, the most serious cause first.
fn causes(text: &mut String, rules: &Rules, findings: &[(&Finding, &Entry)]) {
    let mut roots: Vec<&str> = Vec::new();
    for (finding, _) in findings {
        if !roots.contains(&finding.root.as_str()) {
            roots.push(&finding.root);
        }
    }
    let worst =
        |root: &str| findings.iter().filter(|(finding, _)| finding.root == root).map(|(one, _)| one.severity).min();
    roots.sort_by_key(|root| worst(root));
    for (number, root) in roots.into_iter().enumerate() {
        let members: Vec<&(&Finding, &Entry)> = findings.iter().filter(|(finding, _)| finding.root == root).collect();
        let Some((first, entry)) = members.iter().min_by_key(|(finding, _)| finding.severity) else { continue };
        let _ = write!(text, "\n### {}. {}\n\n", number + 1, heading(rules, first));
        if let Some(span) = &entry.span {
            let line = visible(span.text.trim());
            let _ = writeln!(
                text,
                "{}\n\n```text\n{}\n```\n",
                code(&at(&span.file, span.line)),
                line.replace("```", "'''")
            );
        }
        let figures =
            [(findings::wanted(first.class), &first.expected), ("原文为", &first.printed), ("相差", &first.difference)];
        let figures: Vec<String> = figures
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(word, value)| format!("{word} {}", plain(value)))
            .collect();
        if !figures.is_empty() {
            let _ = writeln!(text, "{}。\n", figures.join("，"));
        }
        let mut said = BTreeSet::new();
        for (finding, _) in members.iter().filter(|(finding, _)| said.insert((&finding.rule, &finding.message))) {
            let answer =
                finding.waived.as_ref().map_or_else(String::new, |reason| format!(" 已说明：{}", plain(reason)));
            let _ = writeln!(text, "- {}：{}{answer}", plain(&finding.rule), plain(&finding.message));
        }
    }
}

/// 「不一致（原文）：收支总表：收入总计＝支出总计」
fn heading(rules: &Rules, finding: &Finding) -> String {
    let severity = match finding.severity {
        FindingSeverity::Error => "不一致",
        FindingSeverity::Warning => "请核对",
        FindingSeverity::Info => "提示",
    };
    let class = match finding.class {
        Class::Source => "原文",
        Class::Extraction => "提取",
        Class::Judgement => "存疑",
    };
    let name = rules.get(&finding.rule).map_or("", |rule| rule.name.as_str());
    format!("{severity}（{class}）：{}", plain(name))
}

fn at(file: &str, line: u32) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}:{line}") }
}

/// Text from documents as a code span. A span may not hold the mark that ends it.
fn code(text: &str) -> String {
    format!("`{}`", visible(text).replace('`', "'"))
}

/// Text from documents that must not become markup.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for glyph in visible(text).chars() {
        match glyph {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                escaped.extend(['\\', glyph])
            }
            '\n' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{code, plain};

    #[test]
    fn text_of_documents_is_no_markup() {
        assert_eq!(plain("<b>合计*</b>\n[x](y)"), "\\<b\\>合计\\*\\</b\\> \\[x\\](y)");
        assert_eq!(code("a`b"), "`a'b`");
    }
}
