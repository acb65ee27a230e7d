//! Pages whose content is fixed: search, 404; and the small pages that lead from old addresses to new ones.

use tera::{Context, Value};

use crate::diagnostic::{Diagnostic, Span};
use crate::render::page::{Page, Renderer};
use crate::render::wording::links;

/// Writes them.
pub(super) fn write(renderer: &Renderer<'_>) {
    write_search(renderer);
    write_about(renderer);
    write_missing(renderer);
    write_aliases(renderer);
}

/// The frame of the search page; `static/search.js` fills it.
fn write_search(renderer: &Renderer<'_>) {
    let title = renderer.words.get("search.title").to_owned();
    let description = renderer.words.get("search.label").to_owned();
    let page = Page { url: "search/".to_owned(), title, description, section: "search", ..Page::default() };
    let groups: [&[&str]; 5] =
        [&["search", "page"], &["search", "facet"], &["search", "type"], &["search", "range"], &["kind"]];
    let mut context = Context::new();
    context.insert_value("script_words", Value::safe_string(&renderer.words.json(&groups)));
    renderer.page(&page, "search.html", context);
}

/// Who publishes the site and what it holds. A site's own `pages/about.md` takes its place.
fn write_about(renderer: &Renderer<'_>) {
    if renderer.theme().pages.contains_key("about") {
        return;
    }
    let title = renderer.words.get("about.title").to_owned();
    let description = renderer.config.description.clone();
    let page = Page { url: "about/".to_owned(), title, description, section: "about", ..Page::default() };
    let mut context = Context::new();
    context.insert("coverage", &crate::render::pages::home::facts(renderer));
    renderer.page(&page, "about.html", context);
}

/// The page that a host shows for an unknown address. It may be shown at any depth, so it carries its own style, and a
/// few lines of script find the root.
fn write_missing(renderer: &Renderer<'_>) {
    let mut context = Context::new();
    let style = renderer.theme().files.get("site.css").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    // Inside <style> nothing but its end tag has to be kept away.
    let style = style.unwrap_or_default().replace("</", "<\\/");
    context.insert_value("style", Value::safe_string(&style));
    let title = renderer.words.get("missing.title").to_owned();
    let page =
        Page { url: "404.html".to_owned(), description: title.clone(), title, section: "missing", ..Page::default() };
    renderer.page(&page, "404.html", context);
}

/// A small page for every older address of a disclosure.
fn write_aliases(renderer: &Renderer<'_>) {
    let mut taken: Vec<String> = Vec::new();
    for (_, published) in renderer.site.current() {
        for alias in &published.disclosure.identity.aliases {
            let file = published.disclosure.sources.first().map_or("", |source| &source.path);
            let Some(url) = alias_url(alias).filter(|url| !taken.contains(url)) else {
                let message = format!("aliases 中的“{alias}”不能用作网址");
                let problem = Diagnostic::warning("alias-unusable", message, Span::file(file));
                renderer.report(problem.with_hint("只用小写字母、数字、连字符和 /，不与其他网页相同"));
                continue;
            };
            let mut context = Context::new();
            context.insert("target", &links::href(&url, &published.url));
            let title = published.title.clone();
            let page =
                Page { url: url.clone(), description: title.clone(), title, section: "moved", ..Page::default() };
            renderer.page(&page, "moved.html", context);
            taken.push(url);
        }
    }
}

/// An alias as the URL of a page. An older address of a disclosure may lie among the departments.
fn alias_url(alias: &str) -> Option<String> {
    let path = alias.trim_matches('/');
    let below_departments = path.strip_prefix("departments/").filter(|rest| rest.contains('/'));
    links::is_free(below_departments.unwrap_or(path)).then(|| format!("{path}/"))
}

#[cfg(test)]
mod tests {
    use super::alias_url;

    #[test]
    fn an_alias_never_leaves_the_site_and_never_covers_a_page() {
        for (alias, expected) in [
            ("old/page", Some("old/page/")),
            ("/old/", Some("old/")),
            ("../etc", None),
            ("a//b", None),
            ("", None),
            ("旧", None),
            ("data/x", None),
            ("three-public", None),
            ("departments/a", None),
            ("departments/a/2020-budget", Some("departments/a/2020-budget/")),
        ] {
            assert_eq!(alias_url(alias).as_deref(), expected, "{alias}");
        }
    }
}
