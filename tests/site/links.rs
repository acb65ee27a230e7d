//! Every link leads to a file of the site, from a host and from a disk; nothing is loaded from elsewhere.

use percent_encoding::percent_decode_str;

use crate::page::{Element, Page};
use crate::sites::{Site, check};

#[test]
fn every_link_leads_to_a_file_and_a_place_in_it() {
    check(broken_links);
}

#[test]
fn nothing_is_loaded_from_another_host() {
    check(foreign_resources);
}

/// Where a link leads: the text of the link, and whether a browser loads it by itself.
struct Link<'p> {
    target: &'p str,
    loaded: bool,
}

fn links<'p>(element: &'p Element) -> Vec<Link<'p>> {
    let names_only = ["canonical", "license", "alternate"].contains(&element.get("rel"));
    let loaded = !names_only && !matches!(element.name.as_str(), "a" | "area" | "form" | "base");
    let mut links: Vec<Link<'p>> = ["href", "src", "action", "xlink:href", "poster", "data", "formaction"]
        .iter()
        .filter_map(|name| element.attributes.get(*name))
        .map(|target| Link { target, loaded })
        .collect();
    let candidates = element.get("srcset").split(',').filter_map(|part| part.split_whitespace().next());
    links.extend(candidates.map(|target| Link { target, loaded: true }));
    if element.get("http-equiv").eq_ignore_ascii_case("refresh") {
        let target = element.get("content").split_once("url=").map(|(_, target)| target.trim());
        links.extend(target.map(|target| Link { target, loaded: false }));
    }
    links
}

/// The scheme of an absolute address, or `//`.
fn scheme(target: &str) -> Option<&str> {
    if target.starts_with("//") {
        return Some("//");
    }
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

fn broken_links(site: &Site) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, page) in &site.pages {
        let internal = page.elements.iter().flat_map(links).filter(|link| scheme(link.target).is_none());
        for link in internal {
            if let Err(why) = resolve(site, path, page, link.target) {
                problems.push(format!("{path}: {:?} {why}", link.target));
            }
        }
    }
    problems
}

/// Follows a link without a host: the path of a file that exists, and a place in it that exists.
fn resolve(site: &Site, from: &str, page: &Page, target: &str) -> Result<(), &'static str> {
    let (address, place) = target.split_once('#').unwrap_or((target, ""));
    let file = address.split('?').next().unwrap_or(address);
    let decode = |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
    let (Ok(file), Ok(place)) = (decode(file), decode(place)) else { return Err("is no UTF-8") };
    if file.contains('\\') || file.starts_with('/') {
        return Err("is absolute");
    }
    let path = join(from, &file).ok_or("leaves the site")?;
    if !site.files.contains_key(&path) {
        return Err(if path.is_empty() || path.ends_with('/') { "names a folder" } else { "does not exist" });
    }
    let there = if path == from { Some(page) } else { site.pages.get(&path) };
    match there {
        _ if place.is_empty() => Ok(()),
        Some(there) if there.has_id(&place) => Ok(()),
        Some(_) => Err("names no place in the page"),
        None => Err("names a place in a file that has none"),
    }
}

/// The path of a file named from another one. A link without a path stays on its page.
fn join(from: &str, file: &str) -> Option<String> {
    if file.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn foreign_resources(site: &Site) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, page) in &site.pages {
        for element in &page.elements {
            for link in links(element) {
                let Some(scheme) = scheme(link.target) else { continue };
                let fine = match scheme {
                    "http" | "https" => !link.loaded,
                    "mailto" | "tel" => element.name == "a",
                    "data" => element.name == "img",
                    _ => false,
                };
                if !fine {
                    problems.push(format!("{path}: <{}> {:?}", element.name, link.target));
                }
            }
            for (name, value) in &element.attributes {
                if name.starts_with("on") || name == "style" && value.contains("url(") {
                    problems.push(format!("{path}: <{} {name}={value:?}>", element.name));
                }
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{Site, broken_links, foreign_resources, join};

    fn site(html: &str) -> Site {
        let files = [("a/index.html", html), ("index.html", "<p id=\"x\">"), ("data/三公.csv", "a\n")];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        Site::new("test".to_owned(), files.into())
    }

    #[test]
    fn good_links_are_not_complained_about() {
        for link in [
            "../index.html",
            "../index.html#x",
            "../index.html?q=1#x",
            "../data/%E4%B8%89%E5%85%AC.csv",
            "#here",
            "",
            "./index.html",
            "https://example.org/",
            "mailto:a@example.org",
        ] {
            let site = site(&format!("<a id=\"here\" href=\"{link}\">x</a>"));
            assert!(broken_links(&site).is_empty() && foreign_resources(&site).is_empty(), "{link}");
        }
    }

    #[test]
    fn bad_links_are_found() {
        for (link, why) in [
            ("../", "names a folder"),
            ("../missing.html", "does not exist"),
            ("../index.html#y", "names no place"),
            ("../data/%E4%B8%89%E5%85%AC.csv#y", "has none"),
            ("#there", "names no place"),
            ("/index.html", "is absolute"),
            ("../../x.html", "leaves the site"),
            ("..\\index.html", "is absolute"),
        ] {
            let problems = broken_links(&site(&format!("<a href=\"{link}\">x</a>")));
            assert!(problems.len() == 1 && problems[0].contains(why), "{link}: {problems:?}");
        }
        assert_eq!(broken_links(&site("<meta http-equiv=\"refresh\" content=\"0; url=../b/\">")).len(), 1);
        assert_eq!(broken_links(&site("<form action=\"search\"></form>")).len(), 1);
    }

    #[test]
    fn foreign_resources_are_found() {
        for html in [
            "<script src=\"https://example.org/a.js\"></script>",
            "<img src=\"//example.org/a.png\">",
            "<link rel=\"stylesheet\" href=\"http://example.org/a.css\">",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"file:///etc/passwd\">x</a>",
            "<img srcset=\"a.png 1x, https://example.org/b.png 2x\">",
            "<p onclick=\"x()\">",
            "<p style=\"background: url(x)\">",
        ] {
            assert_eq!(foreign_resources(&site(html)).len(), 1, "{html}");
        }
    }

    #[test]
    fn paths_are_joined_as_a_browser_does() {
        assert_eq!(join("a/b/index.html", "../c.csv").as_deref(), Some("a/c.csv"));
        assert_eq!(join("index.html", ""), Some("index.html".to_owned()));
        assert_eq!(join("index.html", "../x"), None);
    }
}
