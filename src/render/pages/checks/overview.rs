//! The overview: how all identities ended, by rule and by document, and the findings grouped by cause.

use serde::{Deserialize, Serialize};
use tera::Context;

use super::gathered::Finished;
use super::rule::{RuleRecord, outcome_heads, outcomes};
use crate::assemble::PublishedDisclosure;
use crate::model::{Class, Finding, FindingSeverity, Place};
use crate::render::elements::finding_card::{class_words, rule_url, severity_words};
use crate::render::page::{Page, Renderer};
use crate::render::pages::disclosure::by_cause;
use crate::render::wording::escape::visible;
use crate::render::wording::links;
use crate::render::wording::words::Words;

const URL: &str = "checks/";
/// How many lines an entry names.
const OPEN_LINES: usize = 3;
const SEVERITIES: [FindingSeverity; 3] = [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Info];
const CLASSES: [Class; 3] = [Class::Source, Class::Extraction, Class::Judgement];

#[derive(Debug, Serialize)]
struct RuleRow {
    code: String,
    name: &'static str,
    href: String,
    outcomes: Vec<u32>,
    findings: usize,
}

/// A document with its outcomes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DocumentRow {
    pub(super) title: String,
    pub(super) url: String,
    href: String,
    outcomes: Vec<u32>,
    findings: usize,
}

/// A row of the table of severities and classes.
#[derive(Debug, Serialize)]
struct SeverityRow {
    class: &'static str,
    sign: &'static str,
    label: String,
    counts: Vec<usize>,
    total: usize,
}

#[derive(Debug, Serialize)]
struct ClassHead {
    label: String,
    hint: String,
}

/// Findings of one cause in one document: the first of them and the others.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    disclosure: String,
    lead: GroupFinding,
    others: Vec<GroupFinding>,
}

#[derive(Debug, Serialize)]
struct GroupFinding {
    severity: &'static str,
    sign: &'static str,
    severity_label: String,
    class_label: String,
    rule: String,
    rule_name: &'static str,
    rule_href: String,
    message: String,
    href: String,
    /// The first few of its lines.
    lines: Vec<LineLink>,
    /// How many places it has in all.
    places: usize,
    waived: Option<String>,
}

#[derive(Debug, Serialize)]
struct LineLink {
    line: u32,
    href: String,
}

/// The groups that a finding of one severity leads.
#[derive(Debug, Serialize)]
struct Level<'g> {
    severity: &'static str,
    sign: &'static str,
    label: String,
    groups: Vec<&'g serde_json::Value>,
}

/// Writes the overview.
pub(super) fn write(renderer: &Renderer<'_>, finished: &Finished) {
    let totals = finished.totals;
    let mut context = Context::new();
    context.insert("outcomes", &outcome_heads(&renderer.words));
    context.insert("totals", &outcomes(totals));
    context.insert("performed", &(totals.pass + totals.rounding + totals.fail));
    context.insert("classes", &class_heads(&renderer.words));
    context.insert("severities", &severity_rows(renderer, finished));
    let rules = finished.rules.iter().map(|record| rule_row(&renderer.words, record));
    let (telling, quiet): (Vec<RuleRow>, Vec<RuleRow>) = rules.partition(|row| row.findings > 0);
    context.insert("rules", &telling);
    context.insert("quiet_rules", &quiet);
    context.insert("documents", &finished.documents);
    context.insert("documents_not_shown", &finished.documents_not_shown);
    context.insert("levels", &levels(renderer, finished));
    context.insert("not_shown", &(finished.group_count - finished.groups.len()));
    let page = Page {
        url: URL.to_owned(),
        title: renderer.words.get("navigation.checks").to_owned(),
        description: renderer.words.get("checks.lead").to_owned(),
        section: "checks",
        ..Page::default()
    };
    renderer.page(&page, "checks.html", context);
}

fn class_heads(words: &Words) -> Vec<ClassHead> {
    CLASSES.into_iter().map(|class| class_words(words, class)).map(|(label, hint)| ClassHead { label, hint }).collect()
}

fn severity_rows(renderer: &Renderer<'_>, finished: &Finished) -> Vec<SeverityRow> {
    let row = |severity: FindingSeverity| {
        let count = |class| finished.severities.get(&(severity, class)).copied().unwrap_or(0);
        let counts: Vec<usize> = CLASSES.into_iter().map(count).collect();
        let (sign, label) = severity_words(&renderer.words, severity);
        SeverityRow { class: severity.word(), sign, label, total: counts.iter().sum(), counts }
    };
    SEVERITIES.into_iter().map(row).collect()
}

/// The groups by the severity of their leads; a severity without any is left out.
fn levels<'g>(renderer: &Renderer<'_>, finished: &'g Finished) -> Vec<Level<'g>> {
    let level = |severity: FindingSeverity| {
        let (sign, label) = severity_words(&renderer.words, severity);
        let is_led = |group: &&serde_json::Value| group["lead"]["severity"] == severity.word();
        Level { severity: severity.word(), sign, label, groups: finished.groups.iter().filter(is_led).collect() }
    };
    SEVERITIES.into_iter().map(level).filter(|level| !level.groups.is_empty()).collect()
}

fn rule_row(words: &Words, record: &RuleRecord) -> RuleRow {
    RuleRow {
        code: record.code.clone(),
        name: words.rule_name(&record.code),
        href: links::href(URL, &rule_url(&record.code)),
        outcomes: outcomes(record.counts),
        findings: record.cards.count(),
    }
}

/// The row of a document.
pub(super) fn document_row(published: &PublishedDisclosure) -> DocumentRow {
    DocumentRow {
        title: visible(&published.title),
        url: published.url.clone(),
        href: links::href(URL, &format!("{}#findings", published.url)),
        outcomes: outcomes(published.ledger.counts),
        findings: published.ledger.findings.len(),
    }
}

/// The findings of a document by cause.
pub(super) fn groups(words: &Words, published: &PublishedDisclosure) -> Vec<Group> {
    let findings = &published.ledger.findings;
    let values = by_cause(findings).into_iter().filter_map(|group| {
        let mut findings = group.into_iter().map(|index| group_finding(words, published, index, &findings[index]));
        Some(Group { disclosure: visible(&published.title), lead: findings.next()?, others: findings.collect() })
    });
    values.collect()
}

fn group_finding(words: &Words, published: &PublishedDisclosure, index: usize, finding: &Finding) -> GroupFinding {
    let (sign, severity_label) = severity_words(words, finding.severity);
    let link = |place: &Place| LineLink { line: place.line, href: links::source_href(URL, published, *place) };
    GroupFinding {
        severity: finding.severity.word(),
        sign,
        severity_label,
        class_label: class_words(words, finding.class).0,
        rule: finding.rule.to_string(),
        rule_name: words.rule_name(&finding.rule),
        rule_href: links::href(URL, &rule_url(&finding.rule)),
        message: visible(&finding.message),
        href: links::href(URL, &format!("{}#f{}", published.url, index + 1)),
        lines: finding.places.iter().take(OPEN_LINES).map(link).collect(),
        places: finding.places.len(),
        waived: finding.waived.as_deref().map(visible),
    }
}

#[cfg(test)]
mod tests {
    use super::groups;
    use crate::model::{FindingSeverity, Place};
    use crate::render::samples::{disclosure, finding, published, words};

    #[test]
    fn findings_of_one_cause_stand_together_and_the_gravest_leads() {
        let at = |line| [Place { file: 0, line, cell: 2 }];
        let mut findings = vec![finding("A", &at(2)), finding("B", &at(2)), finding("C", &at(3))];
        findings[0].severity = FindingSeverity::Info;
        findings[0].root = "x".into();
        findings[1].severity = FindingSeverity::Warning;
        findings[1].root = "x".into();
        let published = published(disclosure("项目 label|金额", &["甲|1.00", "乙|2.00"]), findings);
        let groups = groups(&words(), &published);
        let rules: Vec<Vec<&str>> = groups
            .iter()
            .map(|group| std::iter::once(&group.lead).chain(&group.others).map(|one| one.rule.as_str()).collect())
            .collect();
        assert_eq!(rules, [vec!["C"], vec!["B", "A"]]);
        assert_eq!(groups[0].lead.href, "../departments/mou-ju/2024-budget/index.html#f3");
        assert_eq!(groups[0].lead.lines[0].href, "../departments/mou-ju/2024-budget/source/index.html#L3");
    }
}
