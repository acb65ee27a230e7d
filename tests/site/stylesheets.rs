//! Style sheets and scripts: what they load is in the site.

use crate::sites::{Site, check};

#[test]
fn style_sheets_and_scripts_load_nothing_from_elsewhere() {
    check(foreign_addresses);
}

fn foreign_addresses(site: &Site) -> Vec<String> {
    let files = ["css", "js", "svg"].into_iter().flat_map(|extension| site.with_extension(extension));
    let mut problems: Vec<String> = files.flat_map(|path| complaints(path, &site.text(path))).collect();
    for (path, page) in &site.pages {
        let inline = page.styles.iter().chain(page.scripts.iter().map(|(_, text)| text).filter(|text| !is_json(text)));
        problems.extend(inline.flat_map(|text| complaints(path, text)));
    }
    problems
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// Addresses of other hosts, and files that a style sheet would load. Names of XML vocabularies are no addresses.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let text = text.replace("http://www.w3.org/", "");
    let found = ["http://", "https://", "@import", "url(", "src=\"//"].into_iter();
    let in_sheet = |part: &&str| *part != "url(" || !text.contains("url(data:") && !text.contains("url(#");
    found.filter(|part| text.contains(part)).filter(in_sheet).map(|part| format!("{path}: {part}")).collect()
}

#[cfg(test)]
mod tests {
    use super::complaints;

    #[test]
    fn addresses_are_found() {
        assert_eq!(complaints("a.css", "a { background: url(https://example.org/x.png) }").len(), 2);
        assert_eq!(complaints("a.js", "const ns = 'http://www.w3.org/2000/svg';").len(), 0);
        assert_eq!(complaints("a.css", "@import 'b.css';").len(), 1);
    }
}
