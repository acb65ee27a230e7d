//! Text pages: the theme's Markdown files, each a page of its own.

use rayon::prelude::*;
use tera::{Context, Value};

use crate::render::page::{Page, Renderer};
use crate::render::wording::markdown;

/// Writes all text pages.
pub(super) fn write(renderer: &Renderer<'_>) {
    renderer.theme().texts(&renderer.config.language).into_par_iter().for_each(|(name, text)| {
        let url = format!("{name}/");
        let mut context = Context::new();
        context.insert_value("html", Value::safe_string(&markdown::to_html(&url, text)));
        let title = markdown::title(text).unwrap_or_else(|| name.to_owned());
        let section = if name == "method" { "method" } else { "text" };
        let page = Page { url, description: title.clone(), title, section, ..Page::default() };
        renderer.page(&page, "text.html", context);
    });
}
