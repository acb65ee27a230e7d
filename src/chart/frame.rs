//! Around the picture: the opening tag, the words for screen readers, the patterns; for files also headline, style and
//! background.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::Chart;
use super::backend::{SvgBackend, escape};
use super::canvas::WIDTH;
use super::ink::{Pattern, Role};
use super::input::ChartText;
use super::measure;

/// Free space around the picture in a file.
const PADDING: f64 = 20.0;

/// Both forms of a picture whose drawing ends at `height` pixels.
pub(super) fn assemble(text: &ChartText, drawing: &SvgBackend, height: f64) -> Chart {
    let height = height.ceil();
    let name = if text.source.is_empty() { text.title.clone() } else { format!("{} – {}", text.title, text.source) };
    let description = text.description.clone();
    Chart { name, description, inline: inline(text, drawing, height), file: file(text, drawing, height) }
}

fn inline(text: &ChartText, drawing: &SvgBackend, height: f64) -> String {
    let mut out = String::with_capacity(drawing.body.len() + 768);
    let _ = write!(out, "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\"");
    write_words(&mut out, text, drawing);
    write_patterns(&mut out, drawing);
    out.push_str(&drawing.body);
    out.push_str("</svg>");
    out
}

/// Role, title and description: from the middle of the opening tag on.
fn write_words(out: &mut String, text: &ChartText, drawing: &SvgBackend) {
    let id = drawing.id();
    let _ = write!(out, " role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">");
    escape(out, &text.title);
    let _ = write!(out, "</title><desc id=\"{id}-d\">");
    escape(out, &text.description);
    out.push_str("</desc>");
}

/// The patterns that the picture uses.
fn write_patterns(out: &mut String, drawing: &SvgBackend) {
    let id = drawing.id();
    for Pattern { suffix, class, tile, angle, strokes } in drawing.patterns.values() {
        let _ = write!(
            out,
            "<pattern id=\"{id}-{suffix}\" width=\"{tile}\" height=\"{tile}\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate({angle})\"><path class=\"{class}\" d=\"{strokes}\"/></pattern>"
        );
    }
}

fn file(text: &ChartText, drawing: &SvgBackend, height: f64) -> String {
    let lines = measure::wrap(&text.title, Role::Title.size(), WIDTH);
    let headline = lines.len() as f64 * Role::Title.line_height() + 4.0;
    let (left, top) = (-PADDING, -PADDING - headline);
    let (width, height) = (WIDTH + 2.0 * PADDING, height + headline + 2.0 * PADDING);
    let mut out = String::with_capacity(FILE_STYLE.len() + drawing.body.len() + 1024);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"{}\" width=\"{}\" height=\"{}\" \
         viewBox=\"{left} {top} {width} {height}\"",
        text.words.language,
        width * 2.0,
        height * 2.0
    );
    write_words(&mut out, text, drawing);
    let _ = write!(out, "<style>{}</style><g class=\"chart\">", *FILE_STYLE);
    write_patterns(&mut out, drawing);
    let _ = write!(out, "<rect class=\"sheet\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>");
    for (index, line) in lines.iter().enumerate() {
        let y = Role::Title.size() - headline + index as f64 * Role::Title.line_height();
        let _ = write!(out, "<text class=\"h\" x=\"0\" y=\"{y}\">");
        escape(&mut out, line);
        out.push_str("</text>");
    }
    out.push_str(&drawing.body);
    out.push_str("</g></svg>\n");
    out
}

/// The style of files: the light part of `static/chart.css`, with its variables filled in, because few programs that
/// open SVG files know variables.
static FILE_STYLE: LazyLock<String> = LazyLock::new(|| light_style(include_str!("../../static/chart.css")));

/// Everything up to the first `@media`: variables in `:root`, then rules.
fn light_style(sheet: &str) -> String {
    let mut light = without_comments(sheet.split("@media").next().unwrap_or(sheet));
    let mut variables = Vec::new();
    if let Some((root, rules)) = light.split_once('}') {
        let declarations = root.split_once('{').map_or("", |(_, declarations)| declarations);
        for (name, value) in declarations.split(';').filter_map(|declaration| declaration.split_once(':')) {
            variables.push((format!("var({})", name.trim()), value.trim().to_owned()));
        }
        light = rules.to_owned();
    }
    for (variable, value) in variables {
        light = light.replace(&variable, &value);
    }
    light.lines().map(str::trim).collect()
}

fn without_comments(sheet: &str) -> String {
    let mut kept = String::new();
    for piece in sheet.split("/*") {
        kept.push_str(piece.split_once("*/").map_or(piece, |(_, after)| after));
    }
    kept
}
