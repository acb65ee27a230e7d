//! Old pages are held together by tables: the whole content stands in one cell, its tables inside it. Such a frame is no
//! table of the document. A small table inside a cell of a larger one is a part of that cell.

use rustc_hash::FxHashSet;

/// A table that is not closed yet.
struct Open {
    start: usize,
    /// Cells of its own, and cells of the tables inside it.
    own: usize,
    inner: usize,
}

/// Where the tables begin that hold more cells of other tables than cells of their own.
pub(super) fn positions(text: &str) -> FxHashSet<usize> {
    let mut frames = FxHashSet::default();
    let mut open: Vec<Open> = Vec::new();
    for (at, _) in text.match_indices('<') {
        let tag = &text.as_bytes()[at + 1..];
        if names(tag, b"table") {
            open.push(Open { start: at, own: 0, inner: 0 });
        } else if names(tag, b"td") || names(tag, b"th") {
            open.iter_mut().last().into_iter().for_each(|table| table.own += 1);
        } else if names(tag, b"/table") {
            let Some(closed) = open.pop() else { continue };
            if closed.inner > closed.own {
                frames.insert(closed.start);
            }
            open.iter_mut().last().into_iter().for_each(|outer| outer.inner += closed.own + closed.inner);
        }
    }
    frames
}

/// True when a tag, without its bracket, begins with a name.
fn names(tag: &[u8], name: &[u8]) -> bool {
    let named = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    named && tag.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
}
