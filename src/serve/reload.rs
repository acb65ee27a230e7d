//! What tells the browser to reload: a stream of version marks, the script that listens, the style of problems.
//! All three are files of their own, so that a page's content security policy need not allow anything inline.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;

use super::Preview;
use super::content_type::content_type;

/// The stream of marks. No path of a site begins with `_`.
pub(super) const EVENTS: &str = "/_preview/events";
/// The script.
pub(super) const SCRIPT: &str = "/_preview/reload.js";
/// The style of problems.
pub(super) const STYLE: &str = "/_preview/problems.css";

/// Sends the mark of the newest version at once and after each change. A page that shows another one reloads itself;
/// so a change between the page and the stream is not missed.
pub(super) async fn events(State(Preview { newest, .. }): State<Preview>) -> impl IntoResponse {
    let marks = stream::unfold((newest.subscribe(), true), |(mut newest, first)| async move {
        if !first {
            newest.changed().await.ok()?;
        }
        let mark = newest.borrow_and_update().as_ref()?.mark.clone();
        Some((Ok::<_, Infallible>(Event::default().data(mark)), (newest, false)))
    });
    Sse::new(marks).keep_alive(KeepAlive::default())
}

/// The script that listens.
pub(super) async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, content_type(SCRIPT))], include_str!("reload.js"))
}

/// The style of problems.
pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, content_type(STYLE))], include_str!("problems.css"))
}
