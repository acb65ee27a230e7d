//! An entry as text for a terminal: message, place, the line with a caret under the right characters, advice.

use annotate_snippets::{AnnotationKind, Element, Group, Level as Title, Origin, Renderer, Snippet};

use super::entry::{Entry, Level};
use super::visible::visible;
use crate::diagnostic::Span;

/// Renders an entry with colours; the stream takes them out where they are not wanted.
pub fn render(entry: &Entry) -> String {
    render_with(entry, &Renderer::styled())
}

/// Renders an entry without colours.
pub fn render_plain(entry: &Entry) -> String {
    render_with(entry, &Renderer::plain())
}

fn render_with(entry: &Entry, renderer: &Renderer) -> String {
    let title = match entry.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let title = title.with_name(entry.level.label()).primary_title(visible(&entry.message)).id(visible(&entry.code));
    let mut elements: Vec<Element<'_>> = Vec::new();
    elements.extend(entry.span.as_ref().map(|span| place(span, AnnotationKind::Primary, "")));
    elements.extend(entry.related.iter().map(|(span, label)| place(span, AnnotationKind::Context, label)));
    let advice = Title::HELP.with_name("建议");
    let Some(hint) = entry.hint.as_deref().map(visible) else {
        return renderer.render(&[Group::with_title(title).elements(elements)]);
    };
    if elements.is_empty() {
        let message = renderer.render(&[Group::with_title(title)]);
        return message + "\n" + &renderer.render(&[Group::with_title(advice.primary_title(hint))]);
    }
    elements.push(advice.message(hint).into());
    renderer.render(&[Group::with_title(title).elements(elements)])
}

/// The line of a span with the span marked, or only its place when there is no line to show.
fn place<'s>(span: &'s Span, kind: AnnotationKind, label: &'s str) -> Element<'s> {
    let Some(range) = marked(span) else {
        let mut origin = Origin::path(visible(&span.file));
        if span.line > 0 {
            origin = origin.line(span.line as usize).char_column(span.column.max(1) as usize);
        }
        return origin.into();
    };
    let mut annotation = kind.span(range);
    if !label.is_empty() {
        annotation = annotation.label(visible(label));
    }
    Snippet::source(visible(&span.text))
        .path(visible(&span.file))
        .line_start(span.line as usize)
        .annotation(annotation)
        .into()
}

/// The bytes of the span in its visible line: the whole line without its blanks when no column is given. `None` when
/// the span has no line, or lies in the part of an endless line that it does not carry.
fn marked(span: &Span) -> Option<std::ops::Range<usize>> {
    let line = visible(&span.text);
    if span.line == 0 || line.trim().is_empty() && span.column > 1 {
        return None;
    }
    if span.column == 0 {
        let start = line.len() - line.trim_start().len();
        return Some(start..line.trim_end().len().max(start));
    }
    let byte_of = |characters: usize| line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(characters);
    let first = span.column as usize - 1;
    let start = byte_of(first)?;
    let end = byte_of(first + span.length.max(1) as usize).unwrap_or(line.len());
    Some(start..end)
}
