//! A request → a file of the site.

use std::io;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};

use super::address::site_path;
use super::content_type::content_type;
use super::page;
use super::version::{File, Version};
use super::{Preview, Viewed};
use crate::diagnostic::reason;
use crate::spill::Spilled;

const HTML: &str = "text/html; charset=utf-8";

/// Answers with a file of the newest site, or with what stands in its way.
pub(super) async fn answer(State(Preview { newest, viewed }): State<Preview>, uri: Uri) -> Response {
    let Some(version) = newest.borrow().clone() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let Some(path) = site_path(uri.path()) else {
        return (StatusCode::FORBIDDEN, "不接受这样的路径\n").into_response();
    };
    if version.site.is_none() {
        return (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, HTML)], page::of_problems(&version))
            .into_response();
    }
    from_site(&path, &uri, &version, &viewed)
}

fn from_site(path: &str, uri: &Uri, version: &Version, viewed: &Viewed) -> Response {
    let index = |folder: &str| format!("{folder}index.html");
    let is_folder = path.is_empty() || path.ends_with('/');
    let name = if is_folder { index(path) } else { path.to_owned() };
    if let Some(found) = version.file(&name) {
        if content_type(&name) == HTML {
            viewed.note(name.clone());
        }
        return file(found, &name, StatusCode::OK, version);
    }
    if !is_folder && version.file(&index(&format!("{path}/"))).is_some() {
        return to_folder(uri);
    }
    match version.file(NOT_FOUND) {
        Some(found) => file(found, NOT_FOUND, StatusCode::NOT_FOUND, version),
        None => (StatusCode::NOT_FOUND, "没有这个页面\n").into_response(),
    }
}

/// The page for addresses that do not exist.
const NOT_FOUND: &str = "404.html";

fn file(file: &File, name: &str, status: StatusCode, version: &Version) -> Response {
    let kind = content_type(name);
    if file.bytes.len() > LARGE && kind != HTML {
        let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_LENGTH, file.bytes.len().to_string())];
        return (status, headers, Body::from_stream(portions(file.bytes.clone()))).into_response();
    }
    let bytes = match file.bytes.get() {
        Ok(bytes) if kind == HTML => page::with_preview(&bytes, version),
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("临时文件无法读出：{}\n", reason(&error));
            return (StatusCode::INTERNAL_SERVER_ERROR, message).into_response();
        }
    };
    (status, [(CONTENT_TYPE, kind)], bytes).into_response()
}

/// A file that is larger goes portion by portion, so that it need not be in memory as a whole.
const LARGE: usize = 1 << 20;

fn portions(bytes: Spilled) -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::unfold((bytes, 0), |(bytes, start)| async move {
        let end = bytes.len().min(start + LARGE);
        (start < end).then(|| (bytes.part(&(start..end)), (bytes, end)))
    })
}

/// A folder without its slash: relative links of its page would be wrong.
fn to_folder(uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("{}/{query}", uri.path()))]).into_response()
}
