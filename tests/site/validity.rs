//! Every page is sound HTML that people with screen readers can find their way in.

use std::collections::BTreeSet;

use crate::page::{Element, Page};
use crate::sites::{Site, check};

#[test]
fn the_markup_is_sound() {
    check(|site| each(site, |page| page.mistakes.clone()));
}

#[test]
fn ids_are_unique_and_references_to_them_hold() {
    check(|site| each(site, id_problems));
}

#[test]
fn every_page_has_a_language_a_title_a_heading_and_a_main_part() {
    check(|site| each(site, frame_problems));
}

#[test]
fn no_two_pages_have_one_title() {
    check(|site| {
        let mut seen = BTreeSet::new();
        let pages = site.pages.iter().filter(|(_, page)| !page.is_redirect());
        let repeated = pages.filter(|(_, page)| !seen.insert(page.title.clone()));
        repeated.map(|(path, page)| format!("{path}: {}", page.title)).collect()
    });
}

#[test]
fn tables_and_pictures_are_named() {
    check(|site| each(site, name_problems));
}

fn each(site: &Site, find: fn(&Page) -> Vec<String>) -> Vec<String> {
    let problems = site.pages.iter().flat_map(|(path, page)| find(page).into_iter().map(move |said| (path, said)));
    problems.map(|(path, said)| format!("{path}: {said}")).collect()
}

fn id_problems(page: &Page) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut problems: Vec<String> = page
        .ids()
        .filter(|id| !known.insert(*id) || id.is_empty() || id.contains(char::is_whitespace))
        .map(|id| format!("id {id:?} is repeated or unusable"))
        .collect();
    for element in &page.elements {
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list"] {
            let missing = element.get(name).split_whitespace().filter(|id| !known.contains(id));
            problems.extend(missing.map(|id| format!("<{} {name}={id:?}> refers to nothing", element.name)));
        }
        for value in element.attributes.values().filter(|value| value.starts_with("url(#")) {
            let id = value.trim_start_matches("url(#").trim_end_matches(')');
            if !known.contains(id) {
                problems.push(format!("<{}> uses {value:?}, which is not there", element.name));
            }
        }
    }
    problems
}

fn frame_problems(page: &Page) -> Vec<String> {
    let mut problems = Vec::new();
    let mut expect = |holds: bool, said: &str| {
        if !holds {
            problems.push(said.to_owned());
        }
    };
    expect(page.doctype, "no <!DOCTYPE html>");
    expect(page.named("html").any(|html| !html.get("lang").is_empty()), "no language");
    expect(page.named("meta").any(|meta| meta.get("charset").eq_ignore_ascii_case("utf-8")), "no encoding");
    expect(!page.title.is_empty(), "no title");
    if !page.is_redirect() {
        expect(page.named("main").count() == 1, "not exactly one <main>");
        expect(page.named("h1").count() == 1, "not exactly one <h1>");
        expect(page.named("meta").any(|meta| meta.get("name") == "viewport"), "no viewport");
    }
    let levels: Vec<u32> = page.elements.iter().filter_map(heading_level).collect();
    for pair in levels.windows(2).filter(|pair| pair[1] > pair[0] + 1) {
        problems.push(format!("<h{}> follows <h{}>", pair[1], pair[0]));
    }
    problems
}

fn heading_level(element: &Element) -> Option<u32> {
    element.name.strip_prefix('h')?.parse().ok()
}

fn name_problems(page: &Page) -> Vec<String> {
    let mut problems = Vec::new();
    for element in &page.elements {
        let named = ["aria-label", "aria-labelledby", "title"].iter().any(|name| !element.get(name).is_empty());
        let hidden = element.get("aria-hidden") == "true";
        match element.name.as_str() {
            "img" if !element.attributes.contains_key("alt") => problems.push("an <img> has no alt".to_owned()),
            "svg" if !hidden && !named => problems.push("an <svg> has no name".to_owned()),
            "nav" | "iframe" if !named => problems.push(format!("a <{}> has no name", element.name)),
            "th" if !element.in_table_head && element.get("scope").is_empty() && element.get("id").is_empty() => {
                problems.push("a <th> beside data has no scope".to_owned());
            }
            _ => {}
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{Page, frame_problems, id_problems, name_problems};

    #[test]
    fn unsound_markup_is_found() {
        for (html, mistakes) in [
            ("<ul><li>a<li>b</ul><p>c<br>", 0),
            ("<table><tr><td>1<td>2<tr><td>3</table>", 0),
            ("<svg><path d=\"\"/></svg><script>if (a < b) {}</script>", 0),
            ("<div><span></div></span>", 2),
            ("<div>", 1),
            ("</div>", 1),
            ("<p a=\"1\" a=\"2\">", 1),
        ] {
            let page = Page::parse(html);
            assert_eq!(page.mistakes.len(), mistakes, "{html}: {:?}", page.mistakes);
        }
    }

    #[test]
    fn ids_are_compared() {
        assert_eq!(id_problems(&Page::parse("<p id=\"a\"><p id=\"b\" aria-labelledby=\"a b\">")).len(), 0);
        assert_eq!(id_problems(&Page::parse("<p id=\"a\"><p id=\"a\">")).len(), 1);
        assert_eq!(id_problems(&Page::parse("<p aria-describedby=\"x y\">")).len(), 2);
        assert_eq!(id_problems(&Page::parse("<rect fill=\"url(#hatch)\"/>")).len(), 1);
    }

    #[test]
    fn frames_are_complete() {
        let good = "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\">\
                    <title>t</title><main><h1>a</h1><h2>b</h2></main></html>";
        assert_eq!(frame_problems(&Page::parse(good)), [""; 0]);
        for part in
            ["<!DOCTYPE html>", " lang=\"zh-CN\"", " charset=\"utf-8\"", "<title>t</title>", " name=\"viewport\""]
        {
            assert_eq!(frame_problems(&Page::parse(&good.replace(part, ""))).len(), 1, "{part}");
        }
        assert_eq!(frame_problems(&Page::parse(&good.replace("h2>", "h3>"))), ["<h3> follows <h1>"]);
        assert_eq!(frame_problems(&Page::parse(&good.replace("h2>", "h1>"))).len(), 1);
    }

    #[test]
    fn names_are_asked_for() {
        let bad = "<img src=\"a\"><svg></svg><nav></nav><th>";
        assert_eq!(name_problems(&Page::parse(bad)).len(), 4);
        let good = "<img alt=\"\"><svg aria-hidden=\"true\"></svg><nav aria-label=\"a\"></nav><th scope=\"col\">";
        assert_eq!(name_problems(&Page::parse(good)).len(), 0);
    }
}
