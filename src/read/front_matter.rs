//! Front matter: what the author states about a document before its text, in TOML between `+++` lines or in YAML
//! between `---` lines, at the very top of the file.

use std::sync::Arc;

use super::FrontMatter;
use crate::config;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::Kind;
use crate::settings::{Codes, Fields, Sheet, Syntax, is_date, is_slug, is_web_address};

const CODES: Codes =
    Codes { syntax: "front-matter-syntax", unknown_key: "front-matter-unknown-key", value: "front-matter-value" };

/// Parses the front matter of a text: what it says, the first line after it, and everything that is wrong with it.
/// What is right counts even when something else is wrong. `beside` tells whether a file lies beside the document.
pub(super) fn parse(path: &str, text: &str, beside: &dyn Fn(&str) -> bool) -> (FrontMatter, u32, Vec<Diagnostic>) {
    let Some((syntax, fence)) = opening(text) else { return (FrontMatter::default(), 1, Vec::new()) };
    let start = line_length(text);
    let Some((end, body_line)) = closing(text, start, fence) else {
        let problem = unclosed(path, text, syntax, fence, start);
        return (FrontMatter::default(), 1, problem.into_iter().collect());
    };
    let sheet = Sheet::new(Arc::from(path), text, start, CODES);
    let table = sheet.parse(syntax, end - start);
    let front_matter = take(path, Fields::new(&sheet, &table), beside);
    (front_matter, body_line, sheet.into_problems())
}

fn opening(text: &str) -> Option<(Syntax, &'static str)> {
    match text[..line_length(text)].trim_end() {
        "+++" => Some((Syntax::Toml, "+++")),
        "---" => Some((Syntax::Yaml, "---")),
        _ => None,
    }
}

/// The length of the first line with its end.
fn line_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}

/// The byte offset of the closing fence and the number of the line after it.
fn closing(text: &str, start: usize, fence: &str) -> Option<(usize, u32)> {
    let mut at = start;
    for (index, line) in text[start..].split_inclusive('\n').enumerate() {
        if line.trim_end() == fence {
            return Some((at, index as u32 + 3));
        }
        at += line.len();
    }
    None
}

/// An opening fence without a closing one. A `---` before ordinary text is a rule, and nothing is wrong.
fn unclosed(path: &str, text: &str, syntax: Syntax, fence: &str, start: usize) -> Option<Diagnostic> {
    let next = text[start..].lines().next().unwrap_or("");
    let is_key = |line: &str| line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && key.is_ascii());
    if syntax == Syntax::Yaml && !is_key(next) {
        return None;
    }
    let message = format!("前置信息没有结束：缺少单独一行的 {fence}");
    let span = Span::in_text(path, text, 0..fence.len());
    let hint = format!("在最后一个键之后另起一行写 {fence}");
    Some(Diagnostic::error(CODES.syntax, message, span).with_hint(hint))
}

fn take(path: &str, mut fields: Fields<'_>, beside: &dyn Fn(&str) -> bool) -> FrontMatter {
    let kinds = [("budget", Kind::Budget), ("final", Kind::Final), ("预算", Kind::Budget), ("决算", Kind::Final)];
    let levels = [("部门", "部门".to_owned()), ("单位", "单位".to_owned())];
    let front_matter = FrontMatter {
        organization: fields.checked_text("organization", "单位名称，不能为空", |name| !name.is_empty()),
        region: region(&mut fields),
        year: fields.number("year", 1949..=2999).and_then(|year| u16::try_from(year).ok()),
        kind: fields.word("kind", &kinds),
        level: fields.word("level", &levels),
        published: fields.checked_text("published", "日期，如 \"2024-02-01\"", is_date),
        approved: fields.checked_text("approved", "日期，如 \"2024-02-01\"", is_date),
        source_url: fields.checked_text("source_url", "以 http:// 或 https:// 开头的网址", is_web_address),
        original: fields.checked_text(
            "original",
            "与正文在同一文件夹里（或其下）的文件名，且文件存在",
            |name| is_path_below(name) && beside(name),
        ),
        slug: fields.checked_text("slug", "小写英文字母、数字与连字符，如 \"qu-caizheng-ju\"", is_slug),
        aliases: aliases(&mut fields),
        waivers: config::waivers(&mut fields, Some(path)),
    };
    fields.finish();
    front_matter
}

/// `"省/市/区"` or `["省", "市", "区"]`.
fn region(fields: &mut Fields<'_>) -> Vec<String> {
    let parts: Vec<String> = fields
        .texts("region")
        .unwrap_or_default()
        .iter()
        .flat_map(|text| text.split('/'))
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 3 {
        fields.wrong_value("region", "`region` 多于三级", "应为省、市、区（县）三级以内，如 \"某省/某市/某区\"");
        return Vec::new();
    }
    parts
}

fn aliases(fields: &mut Fields<'_>) -> Vec<String> {
    let (good, bad): (Vec<String>, Vec<String>) =
        fields.texts("aliases").unwrap_or_default().into_iter().partition(|alias| is_site_path(alias));
    for alias in bad {
        let hint = "应为站内的旧网址，只含英文字母、数字、连字符、点与斜线，如 \"old/2024-budget/\"";
        fields.wrong_value("aliases", &format!("`aliases` 的值“{alias}”不可用"), hint);
    }
    good
}

/// A path that cannot leave its folder.
fn is_path_below(text: &str) -> bool {
    let part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    !text.is_empty() && text.split('/').all(part)
}

fn is_site_path(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte);
    text.bytes().all(allowed) && is_path_below(text.trim_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::{FrontMatter, parse};
    use crate::model::Kind;

    fn check(text: &str, expected: &[&str]) -> (FrontMatter, u32) {
        let (front_matter, body_line, problems) = parse("a.md", text, &|name| name == "a.pdf");
        let said: Vec<String> = problems
            .iter()
            .map(|said| {
                let span = said.span.as_ref().unwrap();
                format!("{} {}:{}+{}", said.code, span.line, span.column, span.length)
            })
            .collect();
        assert_eq!(said, expected, "{text}\n{problems:#?}");
        (front_matter, body_line)
    }

    #[test]
    fn toml_and_yaml_say_the_same() {
        let toml = "+++\norganization = \"样例局\"\nregion = \"甲省/乙市/丙区\"\nyear = 2024\nkind = \"budget\"\n\
                    published = 2024-02-29\noriginal = \"a.pdf\"\naliases = [\"old/1.html\"]\n+++\n正文";
        let yaml = "---\norganization: 样例局\nregion: [甲省, 乙市, 丙区]\nyear: 2024\nkind: 预算\n\
                    published: 2024-02-29\noriginal: a.pdf\naliases:\n  - old/1.html\n---\n正文";
        let (front_matter, body_line) = check(toml, &[]);
        assert_eq!((front_matter.year, front_matter.kind, body_line), (Some(2024), Some(Kind::Budget), 10));
        assert_eq!(front_matter.region, ["甲省", "乙市", "丙区"]);
        assert_eq!(front_matter.published.as_deref(), Some("2024-02-29"));
        assert_eq!(check(yaml, &[]), (front_matter, 11));
    }

    #[test]
    fn answers_to_findings_speak_of_their_own_file() {
        let toml =
            "+++\nyear = 2024\n[[waivers]]\nrule = \"X-4\"\nline = 12\nreason = \"笔误\"\ndate = 2024-06-01\n+++\n";
        let yaml =
            "---\nyear: 2024\nwaivers:\n  - rule: X-4\n    line: 12\n    reason: 笔误\n    date: 2024-06-01\n---\n";
        for text in [toml, yaml] {
            let waivers = check(text, &[]).0.waivers;
            let [waiver] = waivers.as_slice() else { panic!("{waivers:?}") };
            let told = (waiver.file.as_str(), waiver.rule.as_str(), waiver.line, waiver.date.as_str());
            assert_eq!(told, ("a.md", "X-4", 12, "2024-06-01"));
        }
        check(
            "+++\n[[waivers]]\nrule = \"X-4\"\nfile = \"b.md\"\n+++\n",
            &["front-matter-value 2:1+11", "front-matter-unknown-key 4:1+4"],
        );
    }

    #[test]
    fn every_mistake_is_found_at_its_place_and_the_rest_counts() {
        let mistakes = "+++\nyaer = 2024\nkind = \"预祘\"\npublished = \"2023-02-29\"\nyear = 24\nslug = \"a/b\"\n\
                        region = \"a/b/c/d\"\noriginal = \"../a.pdf\"\naliases = \"/../x\"\nlevel = 1\n\
                        source_url = \"javascript:alert(1)\"\norganization = \"局\"\n+++\n";
        let expected = [
            "front-matter-value 7:10+9",
            "front-matter-value 5:8+2",
            "front-matter-value 3:8+4",
            "front-matter-value 10:9+1",
            "front-matter-value 4:13+12",
            "front-matter-value 11:14+21",
            "front-matter-value 8:12+10",
            "front-matter-value 6:8+5",
            "front-matter-value 9:11+7",
            "front-matter-unknown-key 2:1+4",
        ];
        assert_eq!(check(mistakes, &expected).0.organization.as_deref(), Some("局"));
    }

    #[test]
    fn broken_syntax_points_at_the_character() {
        check("+++\n年份 = 2024\n+++\n", &["front-matter-syntax 2:1+2"]);
        check("+++\norganization = “样例局”\n+++\n", &["front-matter-syntax 2:16+5"]);
        check("+++\nyear = 2024\nyear = 2025\n+++\n", &["front-matter-syntax 3:1+4"]);
        check("---\nyear: 2024\nyear: 2025\n---\n", &["front-matter-syntax 3:1+4"]);
        check("---\norganization: [样例局\n---\n", &["front-matter-syntax 2:15+1"]);
        check("---\n只是一句话\n---\n", &["front-matter-syntax 2:1+5"]);
    }

    #[test]
    fn fences_that_are_none_are_text() {
        assert_eq!(check("+++\nyear = 2024\n", &["front-matter-syntax 1:1+3"]).1, 1);
        assert_eq!(check("---\nyear: 2024\n", &["front-matter-syntax 1:1+3"]).1, 1);
        assert_eq!(check("---\n\n正文\n", &[]).1, 1);
        assert_eq!(check("正文\n+++\nyear = 1\n+++\n", &[]).1, 1);
        assert_eq!(check("+++\n+++\n正文", &[]).1, 3);
        assert_eq!(check("---\n---\n正文", &[]).1, 3);
        assert_eq!(check("", &[]).1, 1);
    }
}
