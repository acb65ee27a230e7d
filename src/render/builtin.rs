//! The files that are part of the program. A new template or static file is added here by one line.

/// Templates and language files by name below `templates/`.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("about.html", include_str!("../../templates/about.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("404.html", include_str!("../../templates/404.html")),
    ("changes.html", include_str!("../../templates/changes.html")),
    ("check_counts.html", include_str!("../../templates/check_counts.html")),
    ("code.html", include_str!("../../templates/code.html")),
    ("codes.html", include_str!("../../templates/codes.html")),
    ("compare.html", include_str!("../../templates/compare.html")),
    ("data.html", include_str!("../../templates/data.html")),
    ("department.html", include_str!("../../templates/department.html")),
    ("department_projects.html", include_str!("../../templates/department_projects.html")),
    ("departments.html", include_str!("../../templates/departments.html")),
    ("embed.html", include_str!("../../templates/embed.html")),
    ("exhibit.html", include_str!("../../templates/exhibit.html")),
    ("glossary.html", include_str!("../../templates/glossary.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("matrix.html", include_str!("../../templates/matrix.html")),
    ("moved.html", include_str!("../../templates/moved.html")),
    ("projects.html", include_str!("../../templates/projects.html")),
    ("region.html", include_str!("../../templates/region.html")),
    ("regions.html", include_str!("../../templates/regions.html")),
    ("search.html", include_str!("../../templates/search.html")),
    ("status.html", include_str!("../../templates/status.html")),
    ("targets.html", include_str!("../../templates/targets.html")),
    ("take.html", include_str!("../../templates/take.html")),
    ("three_public.html", include_str!("../../templates/three_public.html")),
    ("text.html", include_str!("../../templates/text.html")),
    ("disclosure.html", include_str!("../../templates/disclosure.html")),
    ("finding.html", include_str!("../../templates/finding.html")),
    ("source.html", include_str!("../../templates/source.html")),
    ("checks.html", include_str!("../../templates/checks.html")),
    ("rule.html", include_str!("../../templates/rule.html")),
    ("glossary/en.toml", include_str!("../../templates/glossary/en.toml")),
    ("glossary/zh-CN.toml", include_str!("../../templates/glossary/zh-CN.toml")),
    ("language/en.toml", include_str!("../../templates/language/en.toml")),
    ("language/zh-CN.toml", include_str!("../../templates/language/zh-CN.toml")),
];

/// Text pages by name: `pages/<name>.md` becomes `/<name>/`.
pub(super) const PAGES: &[(&str, &str)] = &[
    ("guide", include_str!("../../templates/pages/guide.md")),
    ("method", include_str!("../../templates/pages/method.md")),
];

/// The same pages in other languages: language, name, text.
pub(super) const PAGES_IN_LANGUAGES: &[(&str, &str, &str)] = &[
    ("en", "guide", include_str!("../../templates/pages/en/guide.md")),
    ("en", "method", include_str!("../../templates/pages/en/method.md")),
];

/// Static files by name below `static/`.
pub(super) const STATIC_FILES: &[(&str, &[u8])] = &[
    ("chart.css", include_bytes!("../../static/chart.css")),
    ("compare.js", include_bytes!("../../static/compare.js")),
    ("embed.css", include_bytes!("../../static/embed.css")),
    ("search-candidates.js", include_bytes!("../../static/search-candidates.js")),
    ("search-engine.js", include_bytes!("../../static/search-engine.js")),
    ("search-text.js", include_bytes!("../../static/search-text.js")),
    ("search.css", include_bytes!("../../static/search.css")),
    ("search.js", include_bytes!("../../static/search.js")),
    ("site.css", include_bytes!("../../static/site.css")),
    ("tables.css", include_bytes!("../../static/tables.css")),
    ("site.js", include_bytes!("../../static/site.js")),
    ("theme.js", include_bytes!("../../static/theme.js")),
    ("icon.svg", include_bytes!("../../static/icon.svg")),
];
