//! The list of all departments.

use tera::Context;

use crate::render::elements::{department_list, table_files};
use crate::render::page::{Page, Renderer};

/// Writes the list and its CSV file.
pub(super) fn write(renderer: &Renderer<'_>) {
    let url = "departments/";
    let words = &renderer.words;
    let all: Vec<usize> = (0..renderer.site.departments.len()).collect();
    let table = department_list::table(renderer, url, words.get("departments.caption").to_owned(), &all, true);
    let title = words.get("departments.title").to_owned();
    let mut context = Context::new();
    context.insert("downloads", &table_files::of_table(renderer, url, &title, ("departments", &table)));
    context.insert("table", &crate::render::elements::exhibit::shortened(words, table).html());
    context.insert("regions", &crate::render::pages::region::tree(renderer, None, url));
    let count = all.len().to_string();
    let description = words.fill("departments.description", &[("count", &count)]);
    let page = Page { url: url.to_owned(), title, description, section: "departments", ..Page::default() };
    renderer.page(&page, "departments.html", context);
}
