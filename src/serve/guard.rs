//! What every request must pass, and what every answer carries.

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, HOST, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const HEADERS: [(HeaderName, HeaderValue); 2] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
];

/// Lets requests to read pass that name this machine; nothing else gets an answer from the site. A page of another
/// site whose name was made to point at this machine would name that site.
pub(super) async fn guard(State(port): State<u16>, request: Request, next: Next) -> Response {
    let mut response = if !names_this_machine(request.uri(), request.headers(), port) {
        (StatusCode::FORBIDDEN, "这个预览只回答对本机地址的请求\n").into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response()
    } else {
        next.run(request).await
    };
    response.headers_mut().extend(HEADERS);
    response
}

/// True when the one `Host` header, and the address in the request line if there is one, name this machine and port.
fn names_this_machine(uri: &Uri, headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let authority = uri.authority().map(|authority| authority.as_str());
    host.to_str().is_ok_and(|host| is_this_machine(host, port)) && authority.is_none_or(|it| is_this_machine(it, port))
}

fn is_this_machine(host: &str, port: u16) -> bool {
    let host = host.to_ascii_lowercase();
    let name = match host.strip_suffix(&format!(":{port}")) {
        Some(name) => name,
        None if port == 80 => &host,
        None => return false,
    };
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::is_this_machine;

    #[test]
    fn only_this_machine_with_the_bound_port() {
        for host in ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LocalHost:8000"] {
            assert!(is_this_machine(host, 8000), "{host}");
        }
        for host in ["localhost", "localhost:8001", "evil.example:8000", "localhost.evil.example:8000", ""] {
            assert!(!is_this_machine(host, 8000), "{host}");
        }
        for host in ["user@localhost:8000", "127.0.0.1:18000", "localhost:8000:8000", "127.0.0.1.:8000"] {
            assert!(!is_this_machine(host, 8000), "{host}");
        }
        assert!(is_this_machine("localhost", 80) && is_this_machine("localhost:80", 80));
    }
}
