//! The path of a request → the path of a file in the site.

use percent_encoding::percent_decode_str;

/// The path in the site, without the slash in front. `None` when no honest link asks so: a path that leaves the site,
/// that hides a separator, that names a hidden file, or that is no UTF-8.
pub(super) fn site_path(request: &str) -> Option<String> {
    let raw = request.strip_prefix('/')?;
    let path = percent_decode_str(raw).decode_utf8().ok()?;
    let hides_separator = path.matches('/').count() != raw.matches('/').count();
    if hides_separator || path.contains(|character: char| character == '\\' || character.is_control()) {
        return None;
    }
    let folder = path.strip_suffix('/').unwrap_or(&path);
    let is_wrong = |part: &str| part.is_empty() || part.starts_with('.');
    (path.is_empty() || !folder.split('/').any(is_wrong)).then(|| path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::site_path;

    #[test]
    fn a_path_is_decoded_once() {
        for (request, path) in [
            ("/", ""),
            ("/index.html", "index.html"),
            ("/departments/x/", "departments/x/"),
            ("/data/%E4%B8%89%E5%85%AC.csv", "data/三公.csv"),
            ("/a%252e%252e/b", "a%2e%2e/b"),
            ("/a..b", "a..b"),
        ] {
            assert_eq!(site_path(request).as_deref(), Some(path), "{request}");
        }
    }

    #[test]
    fn paths_that_leave_or_hide_are_refused() {
        for request in [
            "*",
            "",
            "//",
            "//example.org",
            "/a//b",
            "/..",
            "/../site.toml",
            "/a/../../x",
            "/%2e%2e/site.toml",
            "/a/.%2E/x",
            "/a%2fb",
            "/..%2fx",
            "/..%5cx",
            "/a\\..\\x",
            "/index.html%00",
            "/a%0d%0ab",
            "/.git/config",
            "/a/.htaccess",
            "/%2egit/config",
            "/./index.html",
            "/%ff",
        ] {
            assert_eq!(site_path(request), None, "{request}");
        }
    }
}
