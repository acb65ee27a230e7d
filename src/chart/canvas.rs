//! The sheet on which a picture grows from top to bottom: header, rows or panels, notes, source.
//!
//! Lengths are pixels of the picture as `f64`; they become tenths only where plotters takes over.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Rectangle};
use plotters_backend::text_anchor::HPos;

use super::Chart;
use super::backend::SvgBackend;
use super::frame;
use super::ink::{Paint, Role, SCALE};
use super::input::{ChartText, Mark, Value};
use super::measure;
use super::words::{ChartWords, fill};

/// The width of every picture. A phone of 360 pixels shows it in its own size; `static/chart.css` says how far it
/// may grow.
pub(super) const WIDTH: f64 = 360.0;

/// A mark of a value other than zero is never thinner than this.
pub(super) const THINNEST: f64 = 1.5;

/// No number may be wider.
const WIDEST_NUMBER: f64 = 170.0;

/// A part of the picture that maps values to places.
pub(super) type Plot = DrawingArea<SvgBackend, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A picture in the making.
pub(super) struct Canvas<'t> {
    text: &'t ChartText,
    backend: Rc<RefCell<SvgBackend>>,
    area: DrawingArea<SvgBackend, Shift>,
    /// Where the next thing goes: the bottom of everything so far.
    pub(super) y: f64,
    notes: Vec<Cow<'t, str>>,
}

impl<'t> Canvas<'t> {
    /// A sheet with the subtitle and the unit at its top.
    pub(super) fn new(text: &'t ChartText) -> Self {
        let backend = Rc::new(RefCell::new(SvgBackend::new(&text.id, WIDTH as u32)));
        let mut canvas = Canvas { text, area: DrawingArea::from(&backend), backend, y: 0.0, notes: Vec::new() };
        let unit = fill(&text.words.unit, "unit", &text.words.unit_name);
        let separator = &text.words.separator;
        let header = if text.subtitle.is_empty() { unit } else { format!("{}{separator}{unit}", text.subtitle) };
        canvas.paragraph(Role::Small, &header);
        canvas.y += 10.0;
        canvas
    }

    /// The words of the picture's language.
    pub(super) fn words(&self) -> &'t ChartWords {
        &self.text.words
    }

    /// What a pointer on a mark is told: 「项目支出：241.35万元」.
    pub(super) fn told(&self, name: &str, number: &str) -> String {
        format!("{name}{}{number}{}", self.words().colon, self.words().unit_name)
    }

    /// Writes one line; `baseline` is a place of its own, [`Canvas::y`] stays.
    pub(super) fn write(&self, role: Role, anchor: HPos, x: f64, baseline: f64, text: &str) {
        // The backend cannot fail, and nothing else holds it here: the same goes for every drawing below.
        let _ = self.area.draw_text(text, &role.style(anchor), (tenths(x), tenths(baseline)));
    }

    /// Writes lines over the full width and moves on.
    pub(super) fn paragraph(&mut self, role: Role, text: &str) {
        for line in measure::wrap(text, role.size(), WIDTH) {
            let baseline = self.y + role.size();
            self.write(role, HPos::Left, 0.0, baseline, line);
            self.y += role.line_height();
        }
    }

    /// Draws what `draw` draws as one group with a title.
    pub(super) fn titled(&self, title: &str, draw: impl FnOnce()) {
        self.backend.borrow_mut().open_group(title);
        draw();
        self.backend.borrow_mut().close_group();
    }

    /// Fills a rectangle.
    pub(super) fn rectangle(&self, x: Range<f64>, y: Range<f64>, paint: Paint) {
        let corners = [(tenths(x.start), tenths(y.start)), (tenths(x.end), tenths(y.end))];
        let _ = self.area.draw(&Rectangle::new(corners, paint.style()));
    }

    /// Draws a straight line.
    pub(super) fn rule(&self, from: (f64, f64), to: (f64, f64), paint: Paint) {
        let points = [from, to].map(|(x, y)| (tenths(x), tenths(y)));
        let _ = self.area.draw(&PathElement::new(points, paint.style()));
    }

    /// Draws a dot.
    pub(super) fn dot(&self, (x, y): (f64, f64), radius: f64, paint: Paint) {
        let _ = self.area.draw(&Circle::new((tenths(x), tenths(y)), tenths(radius), paint.style()));
    }

    /// A plot over a part of the sheet: `columns` from left to right, `values` from bottom to top.
    pub(super) fn plot(&self, x: Range<f64>, y: Range<f64>, columns: Range<f64>, values: Range<f64>) -> Plot {
        let across = tenths(x.start)..tenths(x.end);
        let upwards = tenths(y.end)..tenths(y.start);
        self.area.apply_coord_spec(Cartesian2d::new(columns, values, (across, upwards)))
    }

    /// The label of a value: as given, with an asterisk (explained below the picture) where it was repaired.
    pub(super) fn label(&mut self, value: &Value) -> String {
        let label = measure::fit(&value.label, Role::Number.size(), WIDEST_NUMBER);
        if value.mark == Mark::Repaired && value.amount.is_some() {
            self.note(&self.words().repaired);
            format!("＊{label}")
        } else {
            label.into_owned()
        }
    }

    /// The label with the word 推算 where it was derived, for places where nothing else says so.
    pub(super) fn number(&mut self, value: &Value) -> String {
        let label = self.label(value);
        if value.mark == Mark::Derived && value.amount.is_some() {
            format!("{} {label}", self.words().derived)
        } else {
            label
        }
    }

    /// Adds a line below the picture, once.
    pub(super) fn note(&mut self, note: impl Into<Cow<'t, str>>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Adds notes and source, and closes the picture.
    pub(super) fn finish(mut self) -> Chart {
        self.y += 8.0;
        for note in std::mem::take(&mut self.notes) {
            self.paragraph(Role::Small, &note);
        }
        if !self.text.source.is_empty() {
            self.paragraph(Role::Small, &fill(&self.words().source, "source", &self.text.source));
        }
        frame::assemble(self.text, &self.backend.borrow(), self.y + 2.0)
    }
}

/// Pixels as the whole numbers that plotters takes.
pub(super) fn tenths(pixels: f64) -> i32 {
    (pixels * f64::from(SCALE)).round() as i32
}

/// The place of a value on a plot, in pixels.
pub(super) fn place(plot: &Plot, column: f64, value: f64) -> (f64, f64) {
    let (x, y) = plot.map_coordinate(&(column, value));
    (f64::from(x) / f64::from(SCALE), f64::from(y) / f64::from(SCALE))
}
