//! An entry as text for a terminal: message, place, the line with a caret under the right characters, advice.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level as Title, Origin, Renderer, Snippet};

use super::entry::{Entry, Level};
use super::language::Language;
use super::visible::visible;
use crate::diagnostic::Span;

/// Renders an entry with colours; the stream takes them out where they are not wanted.
pub(super) fn render(entry: &Entry, language: &Language) -> String {
    render_with(entry, language, &Renderer::styled())
}

fn render_with(entry: &Entry, language: &Language, renderer: &Renderer) -> String {
    let title = match entry.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let title =
        title.with_name(language.level(entry.level)).primary_title(visible(&entry.message)).id(visible(&entry.code));
    let mut elements = places(entry);
    if let Some(details) = entry.details.as_deref().filter(|_| !elements.is_empty()) {
        elements.push(Title::NOTE.with_name(language.details.as_str()).message(visible(details)).into());
    }
    let advice = Title::HELP.with_name(language.advice.as_str());
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

/// The lines of an entry with its places marked, those of one line together.
fn places(entry: &Entry) -> Vec<Element<'_>> {
    let first = entry.span.iter().map(|span| (span, AnnotationKind::Primary, ""));
    let others = entry.related.iter().map(|(span, label)| (span, AnnotationKind::Context, label.as_str()));
    let mut lines: Vec<(&Span, Vec<Annotation<'_>>)> = Vec::new();
    for (span, kind, label) in first.chain(others) {
        let mark = marked(span).map(|range| match label {
            "" => kind.span(range),
            label => kind.span(range).label(visible(label)),
        });
        match lines.iter_mut().find(|(line, marks)| same_line(line, span) && mark.is_some() && !marks.is_empty()) {
            Some((_, marks)) => marks.extend(mark),
            None => lines.push((span, mark.into_iter().collect())),
        }
    }
    lines.into_iter().map(|(span, marks)| line(span, marks)).collect()
}

fn same_line(left: &Span, right: &Span) -> bool {
    (&left.file, left.line) == (&right.file, right.line)
}

/// A line with its marks, or only its place when there is nothing to mark.
fn line<'s>(span: &'s Span, marks: Vec<Annotation<'s>>) -> Element<'s> {
    if !marks.is_empty() {
        let snippet = Snippet::source(visible(&span.text)).path(visible(&span.file)).line_start(span.line as usize);
        return snippet.annotations(marks).into();
    }
    let origin = Origin::path(visible(&span.file));
    match span.line {
        0 => origin.into(),
        number => origin.line(number as usize).char_column(span.column.max(1) as usize).into(),
    }
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
    use super::{Entry, Language, Level, Renderer, Span, render_with};

    fn entry(span: Option<Span>, related: Vec<(Span, String)>) -> Entry {
        let message = "基本支出与项目支出之和不等于合计".to_owned();
        let hint = Some("应为 326.50，原文为 326.60".to_owned());
        Entry { level: Level::Error, code: "B1".to_owned(), message, details: None, span, related, hint }
    }

    fn span(file: &str, line: u32, column: u32, length: u32, text: &str) -> Span {
        Span { file: file.into(), line, column, length, text: text.into() }
    }

    fn check(entry: &Entry, expected: &str) {
        let shown = render_with(entry, Language::of("zh-CN"), &Renderer::plain());
        assert_eq!(shown, expected.trim(), "\n{shown}\n");
    }

    #[test]
    fn the_caret_stands_under_the_figure_after_wide_characters_and_tabs() {
        let line = "２０１\t支出合计\t326.60\t80.00";
        let (total, project) = (span("a.txt", 196, 10, 6, line), span("a.txt", 196, 17, 5, line));
        let part = span("b.txt", 12, 0, 0, "  项目支出 80.00万元");
        check(
            &entry(Some(total), vec![(part, "另一处".to_owned()), (project, String::new())]),
            "
错误[B1]: 基本支出与项目支出之和不等于合计
   --> a.txt:196:10
    |
196 | ２０１    支出合计    326.60    80.00
    |                       ^^^^^^    -----
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
