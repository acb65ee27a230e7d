//! A request → a file of the site.

use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::Newest;
use super::address::site_path;
use super::content_type::content_type;
use super::page;
use super::version::{Files, Version};

const HTML: &str = "text/html; charset=utf-8";

/// Answers with a file of the newest site, or with what stands in its way.
pub(super) async fn answer(State(newest): State<Newest>, uri: Uri) -> Response {
    let Some(version) = newest.borrow().clone() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let Some(path) = site_path(uri.path()) else {
        return (StatusCode::FORBIDDEN, "不接受这样的路径\n").into_response();
    };
    match &version.site {
        Some(files) => from_site(files, &path, &uri, &version),
        None => {
            (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, HTML)], page::of_problems(&version)).into_response()
        }
    }
}

fn from_site(files: &Files, path: &str, uri: &Uri, version: &Version) -> Response {
    let index = |folder: &str| format!("{folder}index.html");
    let is_folder = path.is_empty() || path.ends_with('/');
    let name = if is_folder { index(path) } else { path.to_owned() };
    if files.contains_key(&name) {
        return file(files, &name, StatusCode::OK, version);
    }
    if !is_folder && files.contains_key(&index(&format!("{path}/"))) {
        return to_folder(uri);
    }
    if files.contains_key(NOT_FOUND) {
        return file(files, NOT_FOUND, StatusCode::NOT_FOUND, version);
    }
    (StatusCode::NOT_FOUND, "没有这个页面\n").into_response()
}

/// The page for addresses that do not exist.
const NOT_FOUND: &str = "404.html";

fn file(files: &Files, name: &str, status: StatusCode, version: &Version) -> Response {
    let bytes = files.get(name).map(|file| file.bytes.clone()).unwrap_or_default();
    let kind = content_type(name);
    match kind {
        HTML => (status, [(CONTENT_TYPE, kind)], page::with_preview(&bytes, version)).into_response(),
        _ => (status, [(CONTENT_TYPE, kind)], bytes).into_response(),
    }
}

/// A folder without its slash: relative links of its page would be wrong.
fn to_folder(uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("{}/{query}", uri.path()))]).into_response()
}
