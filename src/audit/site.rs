//! Rules that a site adds: files of the form of `identities/` in its folder of that name.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Mutex;

use super::rule::{Rule, Rules, Wrong, site_rules};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::Language;
use crate::vocabulary::{SiteWords, Vocabulary};

/// A file of rules that a site adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRules {
    /// Where it stands, as the user knows it: `identities/ours.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What a site adds to the rules: its own, and names of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteKnowledge {
    /// Files of rules.
    pub rules: Vec<SiteRules>,
    /// Files of words, of which those with names of codes count.
    pub words: Vec<SiteWords>,
}

/// The shipped rules with those of a site, for a language of the interface. Rules live as long as the program; a preview
/// that is built again asks for the same ones.
///
/// # Errors
/// Every mistake, with its place.
pub fn rules_of_site(mut own: SiteKnowledge, language: &str) -> Result<&'static Rules, Vec<Diagnostic>> {
    static KNOWN: Mutex<Vec<(SiteKnowledge, &'static Rules)>> = Mutex::new(Vec::new());
    own.words.retain(SiteWords::names_codes);
    if own == SiteKnowledge::default() {
        return Ok(Rules::builtin_in(language));
    }
    let code = Language::of(language).code;
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((_, rules)) = known.iter().find(|(texts, rules)| *texts == own && rules.language().code == code) {
        return Ok(rules);
    }
    let rules: &'static Rules = Box::leak(Box::new(read(&own, code)?));
    known.push((own, rules));
    Ok(rules)
}

fn read(own: &SiteKnowledge, language: &str) -> Result<Rules, Vec<Diagnostic>> {
    let files = &own.rules;
    let (mut rules, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        match site_rules(file) {
            Ok(read) => rules.extend(read),
            Err(wrong) => problems.push(problem(file, &wrong)),
        }
    }
    problems.extend(twice(files, &rules));
    let words = if own.words.is_empty() { None } else { Some(Vocabulary::with_site(&own.words)?) };
    let names = words.map(|vocabulary| vocabulary.names);
    if problems.is_empty() { Ok(Rules::with(rules, language).with_names(names)) } else { Err(problems) }
}

/// A code means one rule: those of a site may not take one that is known.
fn twice(files: &[SiteRules], own: &[Rule]) -> Vec<Diagnostic> {
    let mut known: BTreeSet<&str> = Rules::builtin().all().iter().map(|rule| rule.code.as_str()).collect();
    let again = own.iter().filter(|rule| !known.insert(&rule.code));
    let said = again.filter_map(|rule| {
        let file = files.iter().find(|file| file.path == rule.file)?;
        let wrong =
            Wrong { code: rule.code.clone(), message: "编号已有别的规则使用".to_owned(), ..Wrong::default() };
        Some(problem(file, &wrong))
    });
    said.collect()
}

fn problem(file: &SiteRules, wrong: &Wrong) -> Diagnostic {
    let range = wrong.range.clone().unwrap_or_else(|| place(&file.text, wrong));
    let rule = if wrong.code.is_empty() { String::new() } else { format!("{} ", wrong.code) };
    let span = Span::in_text(file.path.as_str(), &file.text, range);
    Diagnostic::error("identity", format!("核对规则 {rule}写法有误：{}", wrong.message), span)
        .with_hint("写法见 docs/identities.md；budgetsite explain 列出已有的规则")
}

/// Where the value at fault stands: behind the code of its rule. A message that begins with a column points into it.
fn place(text: &str, wrong: &Wrong) -> Range<usize> {
    let quoted = |word: &str| ['"', '\''].map(|mark| format!("{mark}{word}{mark}"));
    let find = |from: usize, word: &str| {
        quoted(word).iter().filter_map(|word| text[from..].find(word.as_str())).min().map(|at| from + at + 1)
    };
    let code = find(0, &wrong.code).unwrap_or_default();
    if wrong.written.is_empty() {
        return code..code + wrong.code.len();
    }
    let Some(start) = find(code, &wrong.written) else { return code..code + wrong.code.len() };
    let column = wrong.message.strip_prefix("column ").and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
    match column {
        Some(column) => {
            let skipped: usize = wrong.written.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
            start + skipped..start + skipped + 1
        }
        None => start..start + wrong.written.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::{SiteKnowledge, SiteRules, rules_of_site};
    use crate::audit::audit;
    use crate::audit::testing::{CLEAN_BUDGET, disclosure};
    use crate::config::AuditConfig;
    use crate::model::{Kind, Outcome};
    use crate::vocabulary::SiteWords;

    fn own(rules: &[SiteRules]) -> SiteKnowledge {
        SiteKnowledge { rules: rules.to_vec(), words: Vec::new() }
    }

    fn file(keys: &str) -> SiteRules {
        let text = format!(
            "[[rule]]\ncode = \"A-1\"\nname = \"甲\"\nsentence = \"乙。\"\nreason = \"丙。\"\nseverity = \"error\"\n{keys}\n"
        );
        SiteRules { path: "identities/ours.toml".to_owned(), text }
    }

    /// 30298 under the name of 30201 is noticed where the site's words say what 30298 is.
    #[test]
    fn the_audit_knows_the_names_of_codes_that_a_site_adds() {
        let text = "甲局2024年部门预算\n\n一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n\
                    \t合计\t3.00\t\t3.00\n302\t商品和服务支出\t3.00\t\t3.00\n30201\t办公费\t1.00\t\t1.00\n30298\t办公费\t2.00\t\t2.00\n";
        let source = crate::read::Source::plain("2024-budget.txt", text);
        let document = crate::parse::parse(&std::sync::Arc::new(source));
        let read = crate::recognize::recognize(crate::vocabulary::Vocabulary::builtin(), &document);
        let words = SiteWords {
            path: "vocabulary/economic.toml".to_owned(),
            text: "[departmental]\n30298 = \"公园管养费\"\n".to_owned(),
        };
        let told = |words: Vec<SiteWords>| {
            let rules = rules_of_site(SiteKnowledge { rules: Vec::new(), words }, "zh-CN").expect("sound words");
            let ledger = audit(rules, &AuditConfig::default(), &read);
            ledger.findings.iter().filter(|finding| finding.rule == "S-CODE").count()
        };
        assert_eq!((told(Vec::new()), told(vec![words])), (0, 1));
    }

    #[test]
    fn a_rule_of_a_site_runs_beside_the_shipped_ones() {
        let files = [file("formula = [\"expenditure(total).basic <= revenue(total)\"]")];
        let rules = rules_of_site(own(&files), "zh-CN").expect("a sound rule");
        assert!(std::ptr::eq(rules, rules_of_site(own(&files), "zh-CN").expect("the same")), "asked twice, made once");
        let rule = rules.get("A-1").expect("the rule");
        assert_eq!((rule.file.as_str(), rule.name_in("en")), ("identities/ours.toml", "甲"));
        let ledger = audit(rules, &AuditConfig::default(), &disclosure(Kind::Budget, CLEAN_BUDGET));
        assert!(ledger.entries.iter().any(|entry| entry.rule == "A-1" && entry.outcome == Outcome::Pass));
        assert!(ledger.entries.iter().any(|entry| entry.rule == "W-B1.1"));
    }

    #[test]
    fn mistakes_are_told_at_their_place() {
        let said = |keys: &str| {
            let problems = rules_of_site(own(&[file(keys)]), "zh-CN").err().unwrap_or_default();
            let told = problems.iter().filter_map(|said| said.span.as_ref()).map(|span| (span.line, span.column));
            told.collect::<Vec<_>>()
        };
        assert_eq!(said("formula = [\"1 = \"]"), [(7, 17)]);
        assert_eq!(said("formula = [\"1 = 1\"]\nclass = \"fault\""), [(8, 10)]);
        assert_eq!(said("formula = [\"1 = 1\"]\nstatements = [\"revenues\"]"), [(8, 16)]);
        assert_eq!(said(""), [(2, 9)]);
        assert_eq!(said("formla = []"), [(7, 1)]);
        let taken = SiteRules { text: file("formula = [\"1 = 1\"]").text.replace("A-1", "X-4"), ..file("") };
        assert_eq!(rules_of_site(own(&[taken]), "zh-CN").err().unwrap_or_default().len(), 1);
    }
}
