//! HTML on its way to the browser: the reload script and what is wrong with the newest input are put in.

use super::problems::Problems;
use super::reload;
use super::version::Version;
use crate::render::wording::escape::put;

/// A page of the site with what the preview adds to it, at the end of its body.
pub(super) fn with_preview(page: &[u8], version: &Version) -> Vec<u8> {
    let end = page.windows(CLOSING.len()).rposition(|part| part.eq_ignore_ascii_case(CLOSING)).unwrap_or(page.len());
    let mut html = Vec::with_capacity(page.len() + version.problems.html.len() + 500);
    html.extend_from_slice(&page[..end]);
    html.extend_from_slice(addition(version).as_bytes());
    html.extend_from_slice(&page[end..]);
    html
}

const CLOSING: &[u8] = b"</body>";

/// The problems as a box over the page that can be closed, and the script.
fn addition(version: &Version) -> String {
    let mut html = String::new();
    let Problems { html: problems, summary, failed } = &version.problems;
    if !problems.is_empty() {
        let (open, behind) = if *failed { (" open", "，后面仍是上一次成功的站点") } else { ("", "") };
        put!(html, "<link rel=\"stylesheet\" href=\"{}\">\n", reload::STYLE);
        put!(
            html,
            "<details class=\"preview-box\" id=\"preview-problems\"{open}>\n<summary>{summary}{behind}</summary>\n"
        );
        put!(html, "<div class=\"preview-problems\">\n{problems}</div>\n</details>\n");
    }
    push_script(&mut html, version);
    html
}

/// A page of its own for the problems, while there is no site yet.
pub(super) fn of_problems(version: &Version) -> String {
    let Problems { html: problems, summary, .. } = &version.problems;
    let mut html = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    put!(html, "<title>{summary}</title>\n<link rel=\"stylesheet\" href=\"{}\">\n</head>\n", reload::STYLE);
    put!(html, "<body class=\"preview-page\">\n<main class=\"preview-problems\">\n<h1>{summary}</h1>\n");
    put!(html, "<p>改正并保存后，本页自动刷新。</p>\n{problems}</main>\n");
    push_script(&mut html, version);
    html.push_str("</body>\n</html>\n");
    html
}

fn push_script(html: &mut String, version: &Version) {
    put!(html, "<script src=\"{}\" data-version=\"{}\" defer></script>\n", reload::SCRIPT, version.mark);
}

#[cfg(test)]
mod tests {
    use super::{Problems, Version, with_preview};

    #[test]
    fn the_addition_stands_at_the_end_of_the_body() {
        let version = Version::new(None, Problems::default());
        for (page, before, after) in [
            ("<body>页面</body></html>", "<body>页面<script ", "</script>\n</body></html>"),
            ("<!-- </body> --></BODY>", "<!-- </body> --><script ", "</script>\n</BODY>"),
            ("没有结束标签", "没有结束标签<script ", "</script>\n"),
        ] {
            let html = String::from_utf8(with_preview(page.as_bytes(), &version)).unwrap();
            assert!(html.starts_with(before) && html.ends_with(after), "{html}");
        }
    }
}
