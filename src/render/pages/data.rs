//! The data page: every file of the output contract with its columns, from the dictionary that writes the files.

use serde::Serialize;
use tera::Context;

use crate::export::{DataFile, dictionary};
use crate::render::page::{Page, Renderer};
use crate::render::wording::links;

const URL: &str = "data/";

#[derive(Debug, Serialize)]
struct FileValues {
    id: String,
    name: &'static str,
    href: String,
    title: &'static str,
    about: &'static str,
    fields: Vec<FieldValues>,
}

#[derive(Debug, Serialize)]
struct FieldValues {
    name: &'static str,
    kind: String,
    about: &'static str,
    words: String,
}

/// Writes the page.
pub(super) fn write(renderer: &Renderer<'_>) {
    let words = &renderer.words;
    let dictionary = dictionary(words.language());
    let listed: Vec<(&str, &str)> = dictionary.iter().map(|file| (file.title, file.path)).collect();
    let files: Vec<FileValues> = dictionary.into_iter().map(|file| values(renderer, file)).collect();
    let mut context = Context::new();
    context.insert("files", &files);
    let page = Page {
        dataset: Some(crate::render::elements::dataset::of_site(renderer, URL, words.get("data.description"), &listed)),
        url: URL.to_owned(),
        title: words.get("data.title").to_owned(),
        description: words.get("data.description").to_owned(),
        section: "data",
        ..Page::default()
    };
    renderer.page(&page, "data.html", context);
}

fn values(renderer: &Renderer<'_>, file: DataFile) -> FileValues {
    let name = file.path.rsplit('/').next().unwrap_or(file.path);
    let fields = file.fields.into_iter().map(|field| FieldValues {
        name: field.name,
        kind: renderer.words.get(&format!("data.kind_{}", field.kind.word())).to_owned(),
        about: field.about,
        words: field.words.join(renderer.words.get("punctuation.list")),
    });
    FileValues {
        id: name.replace('.', "-"),
        name,
        href: links::href(URL, file.path),
        title: file.title,
        about: file.about,
        fields: fields.collect(),
    }
}
