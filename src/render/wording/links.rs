//! Links: from the URL of a page and the URL of a target, both relative to the site's root, to a relative link.
//!
//! Nothing on the site knows where the site stands: every link climbs with `..`, and every page is linked by its
//! `index.html`, so that any base path works and a folder opened from a disk too.

use std::fmt::Write as _;

use crate::assemble::PublishedDisclosure;
use crate::model::Place;

/// The way from a page to the root: empty for the root's own pages, `../` for each folder above the page.
pub fn root_prefix(page: &str) -> String {
    "../".repeat(page.matches('/').count())
}

/// The link from a page to a target. A target that ends in `/` (or is empty) is a page and gets its `index.html`;
/// `?query` and `#anchor` stay behind it.
pub fn href(page: &str, target: &str) -> String {
    let end = target.bytes().position(|byte| matches!(byte, b'?' | b'#'));
    let (path, tail) = target.split_at(end.unwrap_or(target.len()));
    let from = folder(page);
    if !tail.is_empty() && path == page {
        return tail.to_owned();
    }
    let shared = shared_folders(from, path);
    let folders = from[shared..].bytes().filter(|byte| *byte == b'/').count();
    let mut link = String::with_capacity(3 * folders + target.len() - shared + "index.html".len());
    (0..folders).for_each(|_| link.push_str("../"));
    link.push_str(&path[shared..]);
    if path.is_empty() || path.ends_with('/') {
        link.push_str("index.html");
    }
    link.push_str(tail);
    link
}

/// The file of a page: `departments/<slug>/index.html`.
pub fn file(page: &str) -> String {
    if page.is_empty() || page.ends_with('/') { format!("{page}index.html") } else { page.to_owned() }
}

/// The URL of the page with the text of a disclosure's source file: `…/source/` for the main one, `…/source/2/` for
/// the second.
pub fn source_url(disclosure: &PublishedDisclosure, file: u16) -> String {
    match file {
        0 => format!("{}source/", disclosure.url),
        _ => format!("{}source/{}/", disclosure.url, u32::from(file) + 1),
    }
}

/// The link from a page to a line of a disclosure's source.
pub fn source_href(page: &str, disclosure: &PublishedDisclosure, place: Place) -> String {
    let mut target = source_url(disclosure, place.file);
    // Writing to a string cannot fail.
    let _ = write!(target, "#L{}", place.line);
    href(page, &target)
}

/// The first folders of pages and files that the site writes itself.
const OWN: [&str; 16] = [
    "changes",
    "checks",
    "compare",
    "data",
    "departments",
    "economic",
    "feed.xml",
    "functions",
    "glossary",
    "index.html",
    "projects",
    "regions",
    "search",
    "static",
    "status",
    "three-public",
];

/// True for a path of lower-case ASCII names that covers nothing that the site writes itself.
pub fn is_free(path: &str) -> bool {
    let is_plain = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
        !part.is_empty() && part.bytes().all(plain)
    };
    path.split('/').all(is_plain) && !path.split('/').next().is_some_and(|first| OWN.contains(&first))
}

/// The folder in which a page lies, with the slash at its end.
fn folder(page: &str) -> &str {
    &page[..page.rfind('/').map_or(0, |slash| slash + 1)]
}

/// How many bytes of both paths are the same folders.
fn shared_folders(left: &str, right: &str) -> usize {
    let same = left.bytes().zip(right.bytes()).take_while(|(one, other)| one == other).count();
    left[..same].rfind('/').map_or(0, |slash| slash + 1)
}

#[cfg(test)]
mod tests {
    use super::{href, root_prefix};

    #[test]
    fn links_are_relative_and_name_the_file() {
        for (page, target, expected) in [
            ("", "", "index.html"),
            ("", "data/", "data/index.html"),
            ("data/", "", "../index.html"),
            ("data/", "data/facts.csv", "facts.csv"),
            ("departments/a/", "departments/b/", "../b/index.html"),
            ("departments/a/", "departments/a/2024-budget/", "2024-budget/index.html"),
            ("departments/ab/", "departments/a/", "../a/index.html"),
            ("departments/a/2024-budget/", "departments/a/2024-budget/source/#L12", "source/index.html#L12"),
            ("departments/a/2024-budget/source/", "departments/a/2024-budget/#s1", "../index.html#s1"),
            ("checks/", "checks/#x-1", "#x-1"),
            ("checks/", "checks/", "index.html"),
            ("404.html", "static/site.css", "static/site.css"),
            ("a/b/", "search/?q=1", "../../search/index.html?q=1"),
        ] {
            assert_eq!(href(page, target), expected, "{page:?} → {target:?}");
        }
        assert_eq!(
            (root_prefix(""), root_prefix("a/b/"), root_prefix("404.html")),
            ("".into(), "../../".into(), "".into())
        );
    }
}
