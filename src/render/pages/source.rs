//! The text of a source file as a page: numbered lines with anchors, and the way back from a line to what it became.
//!
//! In: a disclosure and its look-ups by place. Out: one page per source file, `source/` for the main one, `source/2/`
//! for the second. Each line is one list item with the id `L<number>`; a TAB is an element of its own, so that it is
//! seen, wraps, and is still a TAB when the text is copied.

use serde::Serialize;
use tera::{Context, Value};

use crate::assemble::PublishedDisclosure;
use crate::model::SourceFile;
use crate::render::elements::finding_card::{row_label, statement_label};
use crate::render::elements::statement_table::name;
use crate::render::page::{Page, Renderer};
use crate::render::wording::escape::{push_attribute, push_text, put, visible};
use crate::render::wording::links;
use crate::render::wording::places::{Mark, Places, Shown};
use crate::render::wording::words::Words;

/// Writes the pages of all source files of a disclosure.
pub(super) fn write(renderer: &Renderer<'_>, places: &Places<'_>, index: usize) {
    let published = &renderer.site.disclosures[index];
    for (file, source) in (0..).zip(&published.disclosure.sources) {
        let url = links::source_url(published, file);
        let mut context = Context::new();
        context.insert("document", &document(&url, published, source, places.lines(file).len()));
        context.insert("files", &files(&url, published));
        context.insert("statements", &statements(&renderer.words, published, file));
        let to_disclosure = links::href(&url, &published.url);
        context.insert_value(
            "lines",
            Value::safe_string(&lines(&renderer.words, published, places, file, &to_disclosure)),
        );
        let department = &renderer.site.departments[published.department];
        let page = Page {
            title: renderer.words.fill("source.title", &[("file", &visible(file_name(source)))]),
            description: renderer.words.fill("source.description", &[("title", &published.title)]),
            section: "departments",
            above: vec![
                (department.name.clone(), department.url.clone()),
                (published.title.clone(), published.url.clone()),
            ],
            url,
            ..Page::default()
        };
        renderer.page(&page, "source.html", context);
    }
}

#[derive(Serialize)]
struct DocumentValues {
    title: String,
    href: String,
    path: String,
    hash: String,
    encoding: &'static str,
    lines: usize,
}

#[derive(Serialize)]
struct Link {
    label: String,
    href: String,
    current: bool,
}

fn document(page: &str, published: &PublishedDisclosure, source: &SourceFile, lines: usize) -> DocumentValues {
    DocumentValues {
        title: visible(&published.title),
        href: links::href(page, &published.url),
        path: visible(&source.path),
        hash: source.hash.to_string(),
        encoding: source.encoding,
        lines,
    }
}

/// The files of the disclosure, when there are several.
fn files(page: &str, published: &PublishedDisclosure) -> Vec<Link> {
    let files = (0..).zip(&published.disclosure.sources).map(|(file, source)| {
        let url = links::source_url(published, file);
        Link { label: visible(file_name(source)), href: links::href(page, &url), current: url == page }
    });
    let files: Vec<Link> = files.collect();
    if files.len() > 1 { files } else { Vec::new() }
}

/// Where each statement begins in this file.
fn statements(words: &Words, published: &PublishedDisclosure, file: u16) -> Vec<Link> {
    let statements = (1..).zip(&published.disclosure.statements);
    let here = statements.filter(|(_, statement)| statement.file == file && statement.lines.0 > 0);
    here.map(|(number, statement): (usize, _)| {
        let line = if statement.title_line > 0 { statement.title_line } else { statement.lines.0 };
        let label = words
            .fill("place.statement", &[("number", &number.to_string()), ("name", &visible(name(words, statement)))]);
        Link { label, href: format!("#L{line}"), current: false }
    })
    .collect()
}

fn file_name(source: &SourceFile) -> &str {
    source.path.rsplit('/').next().unwrap_or(&source.path)
}

fn lines(
    words: &Words,
    published: &PublishedDisclosure,
    places: &Places<'_>,
    file: u16,
    to_disclosure: &str,
) -> String {
    let texts = places.lines(file);
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut buffer = String::with_capacity(2 * bytes + 64 * texts.len());
    // Hundreds of lines are rows of a dozen statements.
    let statements = 0..published.disclosure.statements.len();
    let labels: Vec<String> = statements.map(|index| statement_label(words, published, index)).collect();
    let mut above = None;
    for (number, text) in (1..).zip(texts) {
        let marks = places.marks(file, number);
        put!(buffer, "<li id=\"L{number}\">");
        write_line(&mut buffer, text, marks);
        let shown = places.shown(file, number);
        // A paragraph over several lines needs one link.
        if let Some(shown) = shown.filter(|shown| above != Some(*shown)) {
            write_shown(&mut buffer, words, &labels, shown, to_disclosure);
        }
        above = shown;
        write_marks(&mut buffer, words, published, marks, to_disclosure);
        buffer.push('\n');
    }
    buffer
}

/// The text of a line; the cells at fault are marked.
fn write_line(buffer: &mut String, text: &str, marks: &[Mark]) {
    let faulty = |cell: u16| marks.iter().any(|mark| mark.at_fault && mark.cell == cell);
    let is_row = text.contains('\t');
    // Blank cells at the end of a row take one separator: they would fill lines of their own on a phone.
    let filled = text.trim_end_matches('\t');
    for (number, cell) in (1..).zip(filled.split('\t')) {
        if number > 1 {
            buffer.push_str("<i>\t</i>");
        }
        if is_row && !cell.is_empty() && faulty(number) {
            buffer.push_str("<mark>");
            push_text(buffer, cell);
            buffer.push_str("</mark>");
        } else {
            push_text(buffer, cell);
        }
    }
    if filled.len() < text.len() {
        put!(buffer, "<i>{}</i>", &text[filled.len()..]);
    }
}

/// The link to where a line is shown; `labels` are the words for each statement.
fn write_shown(buffer: &mut String, words: &Words, labels: &[String], shown: Shown, to_disclosure: &str) {
    put!(buffer, " <a class=\"b\" href=\"{to_disclosure}#{}\" title=\"", shown.anchor());
    match shown {
        Shown::Row(index, row) => push_attribute(buffer, &row_label(words, &labels[index], row)),
        Shown::Title(index) => push_attribute(buffer, &labels[index]),
        Shown::Block(_) => push_attribute(buffer, words.get("disclosure.narrative")),
    }
    let words = match shown {
        Shown::Row(index, row) => {
            words.fill("source.row", &[("statement", &(index + 1).to_string()), ("row", &(row + 1).to_string())])
        }
        Shown::Title(index) => words.fill("source.table", &[("statement", &(index + 1).to_string())]),
        Shown::Block(_) => words.get("source.text").to_owned(),
    };
    put!(buffer, "\">{words}</a>");
}

fn write_marks(
    buffer: &mut String,
    words: &Words,
    published: &PublishedDisclosure,
    marks: &[Mark],
    to_disclosure: &str,
) {
    for (order, mark) in marks.iter().enumerate() {
        let seen = marks[..order].iter().any(|earlier| earlier.finding == mark.finding);
        let Some(finding) = published.ledger.findings.get(mark.finding).filter(|_| !seen) else { continue };
        let is_at_fault = mark.at_fault && !mark.is_quiet;
        let class = if is_at_fault { "f" } else { "f other" };
        put!(buffer, " <a class=\"{class}\" href=\"{to_disclosure}#f{}\"", mark.finding + 1);
        // A sum has dozens of lines: its sentence stands at the one that is at fault.
        if is_at_fault {
            buffer.push_str(" title=\"");
            push_attribute(buffer, &finding.message);
            buffer.push('"');
        }
        put!(buffer, ">{} ", words.fill("finding.number", &[("number", &(mark.finding + 1).to_string())]));
        push_text(buffer, &finding.rule);
        buffer.push_str("</a>");
    }
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::model::{Disclosure, Place};
    use crate::render::samples::{disclosure, empty, finding, published, words};
    use crate::render::wording::places::Places;

    fn html(disclosure: Disclosure) -> Vec<String> {
        let fault = Place { file: 0, line: 3, cell: 2 };
        let findings = vec![finding("W-1", &[fault, Place { file: 0, line: 2, cell: 2 }, fault])];
        let published = published(disclosure, findings);
        let places = Places::new(&published.disclosure, &published.ledger.findings);
        lines(&words(), &published, &places, 0, "../index.html").lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_lead_back_to_rows_and_findings() {
        assert_eq!(
            html(disclosure("项目 label|金额|备注 text|说明 text", &["办公费|1.00||", "合计|2.00|注|"])),
            [
                "<li id=\"L1\">项目<i>\t</i>金额<i>\t</i>备注<i>\t</i>说明",
                "<li id=\"L2\">办公费<i>\t</i>1.00<i>\t\t</i> \
                 <a class=\"b\" href=\"../index.html#s1-r1\" title=\"表1 支出总表，第1行\">表1 第1行</a> \
                 <a class=\"f other\" href=\"../index.html#f1\">核1 W-1</a>",
                "<li id=\"L3\">合计<i>\t</i><mark>2.00</mark><i>\t</i>注<i>\t</i> \
                 <a class=\"b\" href=\"../index.html#s1-r2\" title=\"表1 支出总表，第2行\">表1 第2行</a> \
                 <a class=\"f\" href=\"../index.html#f1\" title=\"合计与各行之和相差1.00万元。\">核1 W-1</a>",
            ]
        );
    }

    #[test]
    fn hostile_lines_stay_text_and_every_line_has_its_item() {
        let lines = html(empty("<li id=\"L9\">\n\n\u{1b}[2J\ta\u{202e}b\n", Vec::new()));
        assert_eq!(lines[0], "<li id=\"L1\">&lt;li id=\"L9\"&gt;");
        assert_eq!(lines[1], "<li id=\"L2\"> <a class=\"f other\" href=\"../index.html#f1\">核1 W-1</a>");
        assert!(lines[2].starts_with("<li id=\"L3\">␛[2J<i>\t</i><mark>a\u{fffd}b</mark>"), "{}", lines[2]);
        assert_eq!(lines.len(), 3);
    }
}
