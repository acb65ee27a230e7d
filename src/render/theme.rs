//! The theme: templates, static files, text pages and the interface language. The built-in ones are part of the
//! program; a site's own `templates/`, `static/` and `pages/` replace them one by one or add to them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::builtin;
use super::folder::read_folder;
use super::wording::glossary::Explanations;
use super::wording::links;
use super::wording::words::Words;
use crate::diagnostic::{Diagnostic, Span};
use crate::language::DEFAULT;

/// The folders of a site that its theme is read from: templates, static files, text pages.
pub const THEME_FOLDERS: [&str; 3] = ["templates", "static", "pages"];

/// Everything of the pages' looks, ready to render.
#[derive(Clone)]
pub struct Theme {
    /// All templates.
    pub(super) tera: Tera,
    /// Text of each template by name, so that a mistake can be shown with its line.
    pub(super) sources: BTreeMap<String, TemplateSource>,
    /// Static files by path below `static/`.
    pub(super) files: BTreeMap<String, Cow<'static, [u8]>>,
    /// Text pages in Markdown by name.
    pub(super) pages: BTreeMap<String, Cow<'static, str>>,
    /// Interface languages by code, such as `zh-CN`.
    pub(super) languages: BTreeMap<String, Words>,
    /// The site's own explanations of terms by language.
    pub(super) explanations: BTreeMap<String, Explanations>,
}

/// The text of a template and the file that a user would open to change it.
#[derive(Debug, Clone)]
pub(super) struct TemplateSource {
    /// `templates/base.html`
    pub(super) file: Arc<str>,
    /// The whole text.
    pub(super) text: Cow<'static, str>,
}

impl Theme {
    /// The built-in theme with what the folder of a site puts over it. Everything that is wrong in the site's own
    /// files is reported at once.
    pub fn load(site_root: Option<&Path>) -> Result<Theme, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let own = |folder: &str| match site_root {
            Some(root) => read_folder(root, folder, &mut problems),
            None => BTreeMap::new(),
        };
        let [templates, files, pages] = THEME_FOLDERS.map(own);

        let mut sources = builtin_sources();
        let mut languages = builtin::TEMPLATES
            .iter()
            .fold(BTreeMap::new(), |languages, (name, text)| add_language(languages, name, text, &mut problems));
        let mut explanations = builtin::TEMPLATES
            .iter()
            .fold(BTreeMap::new(), |all, (name, text)| add_explanations(all, name, text, &mut problems));
        for (name, bytes) in templates {
            let Some(text) = utf8("templates", &name, bytes, &mut problems) else { continue };
            if name.starts_with(LANGUAGE_FOLDER) {
                languages = add_language(languages, &name, &text, &mut problems);
            } else if name.starts_with(GLOSSARY_FOLDER) {
                explanations = add_explanations(explanations, &name, &text, &mut problems);
            } else {
                let file = Arc::from(format!("templates/{name}"));
                sources.insert(name, TemplateSource { file, text: Cow::Owned(text) });
            }
        }
        let tera = compile(&sources, &mut problems);

        let mut theme =
            Theme { tera, sources, files: builtin_files(), pages: builtin_pages(), languages, explanations };
        theme.files.extend(files.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))));
        for (name, bytes) in pages {
            let Some(stem) = name.strip_suffix(".md") else { continue };
            if !links::is_free(stem) {
                let message = format!("pages/{name} 的文件名不能用作网址");
                let problem = Diagnostic::error("page-name", message, Span::file(format!("pages/{name}")));
                problems.push(problem.with_hint("只用小写字母、数字和连字符，不与站点自己的网页相同"));
            } else if let Some(text) = utf8("pages", &name, bytes, &mut problems) {
                theme.pages.insert(stem.to_owned(), Cow::Owned(text));
            }
        }
        if problems.is_empty() { Ok(theme) } else { Err(problems) }
    }

    /// The text pages by name. One that the site does not bring itself is in its language where the program has it so.
    pub(super) fn texts(&self, language: &str) -> BTreeMap<&str, &str> {
        let in_language = |name: &str, text: &str| {
            let is_builtin = builtin::PAGES.iter().any(|(known, own)| *known == name && *own == text);
            let mut others = builtin::PAGES_IN_LANGUAGES.iter();
            let found = others.find(|(other, known, _)| is_builtin && *other == language && *known == name);
            found.map(|(.., text)| *text)
        };
        let pages = self.pages.iter();
        pages.map(|(name, text)| (name.as_str(), in_language(name, text).unwrap_or(text))).collect()
    }

    /// The site's own explanations of terms in a language, else in the default one.
    pub(super) fn explanations(&self, language: &str) -> &Explanations {
        static NONE: Explanations = Explanations::none();
        self.explanations.get(language).or_else(|| self.explanations.get(DEFAULT)).unwrap_or(&NONE)
    }

    /// The words of a language, else those of the default one with a warning.
    pub(super) fn words(&self, language: &str) -> (Words, Option<Diagnostic>) {
        if let Some(words) = self.languages.get(language) {
            return (words.clone(), None);
        }
        let known: Vec<&str> = self.languages.keys().map(String::as_str).collect();
        let message = format!("没有界面语言“{language}”，改用{DEFAULT}");
        let hint = format!("site.toml 的 language 可以是：{}", known.join("、"));
        let problem = Diagnostic::warning("language-unknown", message, Span::file("site.toml")).with_hint(hint);
        (self.languages.get(DEFAULT).cloned().unwrap_or_default(), Some(problem))
    }
}

/// Where language files lie among the templates.
const LANGUAGE_FOLDER: &str = "language/";
/// Where explanations of terms lie among the templates.
const GLOSSARY_FOLDER: &str = "glossary/";

fn builtin_sources() -> BTreeMap<String, TemplateSource> {
    let templates = builtin::TEMPLATES.iter().filter(|(name, _)| name.ends_with(".html"));
    templates
        .map(|(name, text)| {
            let source = TemplateSource { file: Arc::from(format!("templates/{name}")), text: Cow::Borrowed(*text) };
            ((*name).to_owned(), source)
        })
        .collect()
}

fn builtin_files() -> BTreeMap<String, Cow<'static, [u8]>> {
    builtin::STATIC_FILES.iter().map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes))).collect()
}

fn builtin_pages() -> BTreeMap<String, Cow<'static, str>> {
    builtin::PAGES.iter().map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text))).collect()
}

/// Adds a language file; its words go over those that are there already.
fn add_language(
    mut languages: BTreeMap<String, Words>,
    name: &str,
    text: &str,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Words> {
    let Some(language) = name.strip_prefix(LANGUAGE_FOLDER).and_then(|name| name.strip_suffix(".toml")) else {
        return languages;
    };
    // What a language that a site adds does not say is said in the default one, which is read first.
    let base = languages.get(DEFAULT).cloned().unwrap_or_default();
    match Words::parse(&format!("templates/{name}"), text) {
        Ok(words) => languages.entry(language.to_owned()).or_insert(base).put_over(words),
        Err(problem) => problems.push(*problem),
    }
    languages
}

/// Adds a file of explanations; its terms go over those that are there already.
fn add_explanations(
    mut all: BTreeMap<String, Explanations>,
    name: &str,
    text: &str,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Explanations> {
    let Some(language) = name.strip_prefix(GLOSSARY_FOLDER).and_then(|name| name.strip_suffix(".toml")) else {
        return all;
    };
    match Explanations::parse(&format!("templates/{name}"), text) {
        Ok(explanations) => all.entry(language.to_owned()).or_default().put_over(explanations),
        Err(problem) => problems.push(*problem),
    }
    all
}

/// Compiles all templates. A template with a mistake is reported and left out, so that one run finds all mistakes.
fn compile(sources: &BTreeMap<String, TemplateSource>, problems: &mut Vec<Diagnostic>) -> Tera {
    let mut remaining: BTreeMap<&str, &str> =
        sources.iter().map(|(name, source)| (name.as_str(), source.text.as_ref())).collect();
    loop {
        let mut tera = Tera::new();
        tera.register_filter("fill", super::wording::words::fill_filter);
        let Err(error) = tera.add_raw_templates(remaining.iter().map(|(name, text)| (*name, *text))) else {
            return tera;
        };
        problems.push(template_problem(&error, sources));
        let culprit = template_name(&error).filter(|name| remaining.remove(name.as_str()).is_some());
        if culprit.is_none() {
            return Tera::new();
        }
    }
}

/// A template's mistake as a diagnostic at its place.
pub(super) fn template_problem(error: &tera::Error, sources: &BTreeMap<String, TemplateSource>) -> Diagnostic {
    const CODE: &str = "template-error";
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        let file = template_name(error).and_then(|name| sources.get(&name)).map(|source| source.file.clone());
        return Diagnostic::error(CODE, error.to_string(), Span::file(file.unwrap_or_else(|| Arc::from("templates"))));
    };
    let source = sources.get(report.filename());
    let (line, column) = (report.span().start_line as u32, report.span().start_col as u32 + 1);
    let length = match report.span().end_line == report.span().start_line {
        true => report.span().end_col.saturating_sub(report.span().start_col).max(1) as u32,
        false => 1,
    };
    let text = source.and_then(|source| source.text.lines().nth(report.span().start_line.saturating_sub(1)));
    let span = Span {
        file: source.map_or_else(|| Arc::from(report.filename()), |source| source.file.clone()),
        line,
        column,
        length,
        text: Arc::from(text.unwrap_or("")),
    };
    Diagnostic::error(CODE, format!("模板有误：{}", report.message()), span)
}

/// The name of the template in which an error lies.
fn template_name(error: &tera::Error) -> Option<String> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report.filename().to_owned()),
        ErrorKind::MissingParent { current, .. } => Some(current.clone()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
        ErrorKind::TemplateNotFound(name) => Some(name.clone()),
        _ => None,
    }
}

fn utf8(folder: &str, name: &str, bytes: Vec<u8>, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let text = String::from_utf8(bytes).ok();
    if text.is_none() {
        let span = Span::file(format!("{folder}/{name}"));
        let problem = Diagnostic::error("file-encoding", "文件不是 UTF-8 编码", span);
        problems.push(problem.with_hint("请另存为 UTF-8 编码"));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::Theme;
    use crate::diagnostic::Diagnostic;

    /// A theme over a folder with these files.
    fn load(files: &[(&str, &str)]) -> Result<Theme, Vec<Diagnostic>> {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Theme::load(Some(folder.path()))
    }

    fn problems(files: &[(&str, &str)]) -> Vec<(String, u32, u32)> {
        let problems = load(files).err().unwrap_or_default();
        let place = |problem: Diagnostic| problem.span.map(|span| (span.file.to_string(), span.line, span.column));
        problems.into_iter().filter_map(place).collect()
    }

    #[test]
    fn a_site_replaces_files_one_by_one_and_adds_its_own() {
        let theme = load(&[
            ("templates/text.html", "{% extends \"base.html\" %}{% block main %}新{% endblock main %}"),
            ("templates/language/zh-CN.toml", "[search]\nsubmit = \"查\""),
            ("static/site.css", "body{}"),
            ("static/own.css", "p{}"),
            ("static/.hidden", "x"),
            ("pages/about.md", "# 关于"),
        ])
        .expect("a theme");
        assert!(theme.sources["text.html"].text.contains('新'));
        assert!(theme.sources.contains_key("home.html"));
        let (words, problem) = theme.words("zh-CN");
        assert_eq!((words.get("search.submit"), words.get("search.title"), problem), ("查", "检索", None));
        assert_eq!(theme.files["site.css"].as_ref(), b"body{}");
        assert!(theme.files.contains_key("own.css") && !theme.files.contains_key(".hidden"));
        assert_eq!(theme.pages.keys().collect::<Vec<_>>(), ["about", "guide", "method"]);
    }

    #[test]
    fn every_mistake_is_found_in_one_run_with_its_place() {
        let found = problems(&[
            ("templates/home.html", "一\n{% if %}"),
            ("templates/text.html", "{{ a"),
            ("templates/language/zh-CN.toml", "[search\n"),
            ("pages/数据.md", "# 数据"),
            ("pages/data.md", "# 数据"),
        ]);
        let files: Vec<&str> = found.iter().map(|(file, ..)| file.as_str()).collect();
        let expected = [
            "templates/language/zh-CN.toml",
            "templates/home.html",
            "templates/text.html",
            "pages/data.md",
            "pages/数据.md",
        ];
        assert_eq!(files, expected);
        assert_eq!(&found[1].1, &2);
    }

    #[test]
    fn an_unknown_language_is_told_and_the_default_one_used() {
        let theme = load(&[]).expect("a theme");
        let (words, problem) = theme.words("xx");
        assert_eq!(words.get("search.title"), "检索");
        assert_eq!(problem.map(|problem| problem.code), Some("language-unknown"));
    }
}
