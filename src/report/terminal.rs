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

#[cfg(test)]
mod tests {
    use super::{Entry, Level, Span, render_plain};

    fn entry(span: Option<Span>, related: Vec<(Span, String)>) -> Entry {
        let message = "基本支出与项目支出之和不等于合计".to_owned();
        let hint = Some("应为 326.50，原文为 326.60".to_owned());
        Entry { level: Level::Error, code: "B1".to_owned(), message, span, related, hint }
    }

    fn span(file: &str, line: u32, column: u32, length: u32, text: &str) -> Span {
        Span { file: file.into(), line, column, length, text: text.into() }
    }

    fn check(entry: &Entry, expected: &str) {
        let shown = render_plain(entry);
        assert_eq!(shown, expected.trim(), "\n{shown}\n");
    }

    #[test]
    fn the_caret_stands_under_the_figure_after_wide_characters_and_tabs() {
        let total = span("a.txt", 196, 10, 6, "２０１\t支出合计\t326.60\t80.00");
        let part = span("b.txt", 12, 0, 0, "  项目支出 80.00万元");
        check(
            &entry(Some(total), vec![(part, "另一处".to_owned())]),
            "
错误[B1]: 基本支出与项目支出之和不等于合计
   --> a.txt:196:10
    |
196 | ２０１    支出合计    326.60    80.00
    |                       ^^^^^^
    |
   ::: b.txt:12:3
    |
 12 |   项目支出 80.00万元
    |   ------------------ 另一处
    |
    = 建议: 应为 326.50，原文为 326.60",
        );
    }

    #[test]
    fn what_has_no_line_is_shown_by_its_place_alone() {
        let message = "错误[B1]: 基本支出与项目支出之和不等于合计\n";
        let advice = "建议: 应为 326.50，原文为 326.60";
        check(&entry(None, Vec::new()), &format!("{message}{advice}"));
        for (span, place) in [
            (span("a.txt", 0, 0, 0, ""), "a.txt"),
            (span("a.txt", 7, 5000, 3, "收入"), "a.txt:7:5000"),
            (span("a.txt", 7, 2, 1, ""), "a.txt:7:2"),
        ] {
            check(&entry(Some(span), Vec::new()), &format!("{message}--> {place}\n = {advice}"));
        }
    }
}
