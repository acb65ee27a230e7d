//! `site.toml` to a [`SiteConfig`], with every mistake in it.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::{
    AuditConfig, BuildConfig, ChangeColors, DepartmentConfig, Display, Government, Publisher, SiteConfig, waivers,
};
use crate::diagnostic::{Diagnostic, Span, reason, sort};
use crate::language::DEFAULT;
use crate::settings::{Codes, Fields, Sheet, Syntax, is_slug, is_web_address};

/// The name of the configuration in the root of a site.
pub const FILE_NAME: &str = "site.toml";

const CODES: Codes = Codes { syntax: "config-syntax", unknown_key: "config-unknown-key", value: "config-value" };

/// Loads the configuration of the site in `root`. Without a file it is the default one, and a note says so.
/// With an error among the diagnostics the configuration must not be used to build.
pub fn load(root: &Path) -> (SiteConfig, Vec<Diagnostic>) {
    match std::fs::read(root.join(FILE_NAME)) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => parse(&text.replace("\r\n", "\n")),
            Err(_) => failed("config-encoding", "site.toml 不是 UTF-8", "用编辑器打开文件，另存为 UTF-8"),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let message = "没有 site.toml，使用默认配置";
            let note = Diagnostic::note("config-missing", message, Span::file(FILE_NAME));
            (SiteConfig::default(), vec![note.with_hint("budgetsite init 会新建一个带说明的 site.toml")])
        }
        Err(error) => failed("config-failed", &format!("site.toml 无法读取：{}", reason(&error)), "检查文件的权限"),
    }
}

fn failed(code: &'static str, message: &str, hint: &str) -> (SiteConfig, Vec<Diagnostic>) {
    (SiteConfig::default(), vec![Diagnostic::error(code, message, Span::file(FILE_NAME)).with_hint(hint)])
}

/// Parses the text of a `site.toml`: the configuration as far as it is right, and every mistake in order of display.
pub fn parse(text: &str) -> (SiteConfig, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let sheet = Sheet::new(Arc::from(FILE_NAME), text, 0, CODES);
    let table = sheet.parse(Syntax::Toml, text.len());
    let config = site(Fields::new(&sheet, &table));
    let mut problems = sheet.into_problems();
    sort(&mut problems);
    (config, problems)
}

fn site(mut fields: Fields<'_>) -> SiteConfig {
    // Which languages there are depends on the files of the site; what is no language is told when they are read.
    let language = fields.checked_text("language", "语言代码，如 \"zh-CN\"、\"en\"", is_language);
    let default = SiteConfig::in_language(language.as_deref().unwrap_or(DEFAULT));
    let config = SiteConfig {
        title: fields.checked_text("title", "站点名称，不能为空", |title| !title.is_empty()).unwrap_or(default.title),
        description: fields.text("description").unwrap_or(default.description),
        base_url: web_address(&mut fields, "base_url"),
        language: default.language,
        publisher: fields.table("publisher").map(publisher).unwrap_or_default(),
        government: fields.table("government").map(government),
        display: fields.table("display").map(display).unwrap_or_default(),
        departments: fields
            .named_tables("departments")
            .into_iter()
            .map(|(name, fields)| (name, department(fields)))
            .collect(),
        audit: fields.table("audit").map(audit).unwrap_or_default(),
        build: fields.table("build").map(build).unwrap_or_default(),
    };
    fields.finish();
    config
}

/// A code of a language: letters and digits, with hyphens between them.
fn is_language(code: &str) -> bool {
    code.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// An address, or nothing when it is left empty.
fn web_address(fields: &mut Fields<'_>, key: &'static str) -> String {
    let expected = "以 http:// 或 https:// 开头的网址，或留空";
    fields.checked_text(key, expected, |url| url.is_empty() || is_web_address(url)).unwrap_or_default()
}

fn publisher(mut fields: Fields<'_>) -> Publisher {
    let publisher = Publisher {
        name: fields.text("name").unwrap_or_default(),
        url: web_address(&mut fields, "url"),
        contact: fields.text("contact").unwrap_or_default(),
    };
    fields.finish();
    publisher
}

/// The tags of 国办发〔2017〕47号: a site that declares itself governmental must state all but the operator.
fn government(mut fields: Fields<'_>) -> Government {
    let mut required = |key: &'static str| {
        let text = fields.text(key).unwrap_or_default();
        if text.is_empty() {
            fields.missing(key, "写了 [government] 的站点必须填写此项；不是政府网站，则删去整个 [government]");
        }
        text
    };
    let government = Government {
        site_name: required("site_name"),
        site_domain: required("site_domain"),
        site_id_code: required("site_id_code"),
        organizer: required("organizer"),
        icp: required("icp"),
        police: required("police"),
        contact: required("contact"),
        operator: fields.text("operator").unwrap_or_default(),
    };
    if !government.site_id_code.is_empty() && !is_site_id_code(&government.site_id_code) {
        let message = format!("`site_id_code` 的值“{}”不可用", government.site_id_code);
        fields.wrong_value("site_id_code", &message, "网站标识码应为 10 位数字，或 bm 加 8 位数字");
    }
    fields.finish();
    government
}

fn is_site_id_code(code: &str) -> bool {
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(code, 10) || code.strip_prefix("bm").is_some_and(|rest| digits(rest, 8))
}

fn display(mut fields: Fields<'_>) -> Display {
    let colors = [("neutral", ChangeColors::Neutral), ("cn", ChangeColors::Cn), ("west", ChangeColors::West)];
    let display = Display { change_colors: fields.word("change_colors", &colors).unwrap_or_default() };
    fields.finish();
    display
}

fn department(mut fields: Fields<'_>) -> DepartmentConfig {
    let department = DepartmentConfig {
        name: fields.checked_text("name", "部门名称，不能为空", |name| !name.is_empty()),
        slug: fields.checked_text("slug", "小写英文字母、数字与连字符，如 \"qu-caizheng-ju\"", is_slug),
        formerly: fields.texts("formerly").unwrap_or_default(),
    };
    fields.finish();
    department
}

fn audit(mut fields: Fields<'_>) -> AuditConfig {
    let audit = AuditConfig {
        severity: fields.named_words("severity", &["error", "warning", "info", "off"]).into_iter().collect(),
        waivers: waivers(&mut fields, None),
    };
    fields.finish();
    audit
}

fn build(mut fields: Fields<'_>) -> BuildConfig {
    let levels = [("error", "error"), ("warning", "warning"), ("", "")];
    let build = BuildConfig {
        strict: fields.word("strict", &levels).unwrap_or_default().to_owned(),
        minimum_disclosures: fields
            .number("minimum_disclosures", 0..=i64::from(u32::MAX))
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(0),
    };
    fields.finish();
    build
}
