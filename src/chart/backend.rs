//! The drawing backend: what plotters draws becomes SVG elements with classes instead of colours.
//!
//! Coordinates come in tenths of a pixel ([`SCALE`]). Texts stand on their baseline. Nothing can fail.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::ink::{Paint, Pattern, Role, SCALE};
use super::measure::{self, printable};

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Collects the elements of one picture.
#[derive(Debug)]
pub(super) struct SvgBackend {
    /// The elements so far.
    pub(super) body: String,
    /// The start of every id.
    id: String,
    width: u32,
    /// The patterns that elements refer to, by suffix.
    pub(super) patterns: BTreeMap<&'static str, &'static Pattern>,
}

impl SvgBackend {
    /// An empty picture `width` pixels wide; its height is settled when it is finished.
    pub(super) fn new(id: &str, width: u32) -> Self {
        let id = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
        SvgBackend { body: String::with_capacity(4096), id, width, patterns: BTreeMap::new() }
    }

    /// The start of every id, safe to print.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// A group with a title, which browsers show for its marks.
    pub(super) fn open_group(&mut self, title: &str) {
        self.body.push_str("<g><title>");
        escape(&mut self.body, title);
        self.body.push_str("</title>");
    }

    /// Ends the group.
    pub(super) fn close_group(&mut self) {
        self.body.push_str("</g>");
    }

    /// The class of a colour, and the pattern where the paint is one.
    fn paint(&mut self, color: BackendColor) {
        let (paint, class) = Paint::of(color.rgb);
        let _ = write!(self.body, " class=\"{class}\"");
        let Some(pattern) = paint.pattern() else { return };
        self.patterns.insert(pattern.suffix, pattern);
        let _ = write!(self.body, " fill=\"url(#{}-{})\"", self.id, pattern.suffix);
    }

    fn attribute(&mut self, name: &str, units: i32) {
        let _ = write!(self.body, " {name}=\"");
        write_pixels(&mut self.body, units);
        self.body.push('"');
    }
}

impl DrawingBackend for SvgBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        // The height is open: a picture grows downwards as its rows are laid out.
        (self.width * SCALE.unsigned_abs(), 1_000_000)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + SCALE, point.1 + SCALE), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, first: BackendCoord, second: BackendCoord, style: &S, _: bool) -> Drawn {
        let (left, top) = (first.0.min(second.0), first.1.min(second.1));
        self.body.push_str("<rect");
        self.paint(style.color());
        self.attribute("x", left);
        self.attribute("y", top);
        self.attribute("width", (first.0 - second.0).abs());
        self.attribute("height", (first.1 - second.1).abs());
        self.body.push_str("/>");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.body.push_str("<path");
        self.paint(style.color());
        self.body.push_str(" d=\"");
        for (index, (x, y)) in path.into_iter().enumerate() {
            self.body.push(if index == 0 { 'M' } else { 'L' });
            write_pixels(&mut self.body, x);
            self.body.push(' ');
            write_pixels(&mut self.body, y);
        }
        self.body.push_str("\"/>");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _: bool) -> Drawn {
        self.body.push_str("<circle");
        self.paint(style.color());
        self.attribute("cx", center.0);
        self.attribute("cy", center.1);
        self.attribute("r", i32::try_from(radius).unwrap_or(0));
        self.body.push_str("/>");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.draw_path(path, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, position: BackendCoord) -> Drawn {
        self.body.push_str("<text");
        let class = [Role::class_of(style.color().rgb), anchor_class(style.anchor().h_pos)];
        match class {
            ["", ""] => {}
            ["", one] | [one, ""] => drop(write!(self.body, " class=\"{one}\"")),
            [role, anchor] => drop(write!(self.body, " class=\"{role} {anchor}\"")),
        }
        self.attribute("x", position.0);
        self.attribute("y", position.1);
        self.body.push('>');
        escape(&mut self.body, text);
        self.body.push_str("</text>");
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        // Pixels of a text: far below the range of u32 and never negative.
        Ok((measure::width(text, style.size()).ceil() as u32, style.size().ceil() as u32))
    }
}

fn anchor_class(anchor: HPos) -> &'static str {
    match anchor {
        HPos::Left => "",
        HPos::Center => "mid",
        HPos::Right => "end",
    }
}

/// Tenths of a pixel as pixels, without a needless `.0`.
fn write_pixels(out: &mut String, units: i32) {
    let sign = if units < 0 { "-" } else { "" };
    let (whole, tenth) = (units.abs() / SCALE, units.abs() % SCALE);
    let _ = if tenth == 0 { write!(out, "{sign}{whole}") } else { write!(out, "{sign}{whole}.{tenth}") };
}

/// Text as the content of an element or of a quoted attribute.
pub(super) fn escape(out: &mut String, text: &str) {
    for character in text.chars().filter_map(printable) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
}
