//! Markdown of text pages to HTML. Raw HTML stays text; links may lead to pages, web addresses and mail only.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::render::wording::links;

/// The text of the first heading of the first level.
pub(in crate::render) fn title(markdown: &str) -> Option<String> {
    let mut events = parser(markdown).skip_while(|event| !matches!(event, Event::Start(tag) if is_title(tag)));
    events.next()?;
    let text: String = events
        .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    Some(text)
}

/// The page as HTML. A link that starts with `/` leads from the site's root, wherever the site stands.
pub(in crate::render) fn to_html(page_url: &str, markdown: &str) -> String {
    let mut joined = String::new();
    html::push_html(&mut joined, parser(markdown).map(|event| guard(page_url, event)));
    joined
}

fn parser(markdown: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(markdown, options)
}

fn is_title(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Heading { level: HeadingLevel::H1, .. })
}

fn guard<'text>(page_url: &str, event: Event<'text>) -> Event<'text> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        // A line break inside a Chinese paragraph is no blank.
        Event::SoftBreak => Event::Text(CowStr::Borrowed("\n")),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: address(page_url, dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: address(page_url, dest_url), title, id })
        }
        other => other,
    }
}

/// An address that a page may link; anything else leads to the page itself.
fn address<'text>(page_url: &str, address: CowStr<'text>) -> CowStr<'text> {
    if let Some(path) = address.strip_prefix('/').filter(|path| !path.starts_with('/')) {
        return links::href(page_url, path).into();
    }
    let scheme = address.find([':', '/', '?', '#']).filter(|at| address[*at..].starts_with(':'));
    match scheme.map(|at| address[..at].to_ascii_lowercase()) {
        None => address,
        Some(scheme) if ["http", "https", "mailto"].contains(&scheme.as_str()) => address,
        Some(_) => CowStr::Borrowed("#"),
    }
}

#[cfg(test)]
mod tests {
    use super::{title, to_html};

    #[test]
    fn text_pages_cannot_carry_code() {
        for (markdown, expected) in [
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("[x](javascript:alert)", "<p><a href=\"#\">x</a></p>\n"),
            ("[x](/checks/#a)", "<p><a href=\"../checks/index.html#a\">x</a></p>\n"),
            ("[x](https://e.org/)", "<p><a href=\"https://e.org/\">x</a></p>\n"),
            ("[x](//e.org/a)", "<p><a href=\"//e.org/a\">x</a></p>\n"),
        ] {
            assert_eq!(to_html("method/", markdown), expected, "{markdown}");
        }
        assert_eq!(title("文\n\n# 核对 `方法`\n\n# 二"), Some("核对 方法".to_owned()));
        assert_eq!(title("## 二"), None);
    }
}
