//! What marks and texts look like, as tokens: plotters carries them as colours, the backend turns them into classes of
//! `static/chart.css`, so that one picture serves light, dark, print and high contrast.

use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use super::input::Tone;

/// How many backend units one pixel of the picture is: plotters counts in whole numbers, the picture in tenths.
pub(super) const SCALE: i32 = 10;

/// What a shape is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// A filled mark.
    Fill(Tone),
    /// The texture over a filled mark of a tone: it tells the parts of a whole apart where colours do not.
    Texture(Tone),
    /// A filled mark of a derived value, in the first tone.
    Hatch,
    /// A bar that sums up what is not shown one by one.
    Neutral,
    /// What the parts leave of a whole.
    Rest,
    /// The frame of a budget that a final account fills.
    Outline,
    /// A series.
    Line,
    /// A series from or to a derived point.
    DashedLine,
    /// A point of a series.
    Dot,
    /// A derived point of a series.
    HollowDot,
    /// A bar of an increase.
    Up,
    /// A bar of a decrease.
    Down,
    /// The line at the middle of many values.
    Median,
    /// The zero line.
    Axis,
    /// A line of the grid.
    Grid,
}

const PAINTS: [(Paint, &str); 24] = [
    (Paint::Fill(Tone::One), "c1"),
    (Paint::Fill(Tone::Two), "c2"),
    (Paint::Fill(Tone::Three), "c3"),
    (Paint::Fill(Tone::Four), "c4"),
    (Paint::Fill(Tone::Five), "c5"),
    (Paint::Fill(Tone::Six), "c6"),
    (Paint::Texture(Tone::Two), "texture"),
    (Paint::Texture(Tone::Three), "texture"),
    (Paint::Texture(Tone::Four), "texture"),
    (Paint::Texture(Tone::Five), "texture"),
    (Paint::Texture(Tone::Six), "texture"),
    (Paint::Neutral, "c0"),
    (Paint::Hatch, "hatch"),
    (Paint::Rest, "rest"),
    (Paint::Outline, "outline"),
    (Paint::Line, "line"),
    (Paint::DashedLine, "line dash"),
    (Paint::Dot, "dot"),
    (Paint::HollowDot, "dot hollow"),
    (Paint::Up, "up"),
    (Paint::Down, "down"),
    (Paint::Median, "median"),
    (Paint::Axis, "axis"),
    (Paint::Grid, "grid"),
];

impl Paint {
    /// The style that tells plotters of this paint.
    pub(super) fn style(self) -> ShapeStyle {
        let index = PAINTS.iter().position(|(paint, _)| *paint == self).unwrap_or(0);
        ShapeStyle::from(RGBColor(0, 0, u8::try_from(index).unwrap_or(0))).filled()
    }

    /// The pattern that fills it, where it is more than a colour.
    pub(super) fn pattern(self) -> Option<&'static Pattern> {
        PATTERNS.iter().find(|(paint, _)| *paint == self).map(|(_, pattern)| pattern)
    }

    /// The paint of a colour made by [`Paint::style`], and its class.
    pub(super) fn of(color: (u8, u8, u8)) -> (Paint, &'static str) {
        PAINTS[usize::from(color.2).min(PAINTS.len() - 1)]
    }
}

/// A pattern that fills marks: a tile with strokes, turned by an angle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    /// The end of its id.
    pub(super) suffix: &'static str,
    /// The classes of its strokes.
    pub(super) class: &'static str,
    /// The sides of the tile in pixels.
    pub(super) tile: u32,
    /// In degrees.
    pub(super) angle: i32,
    /// The strokes as path data.
    pub(super) strokes: &'static str,
}

const PATTERNS: [(Paint, Pattern); 7] = [
    (Paint::Hatch, pattern("p", "hatching", 5, 45, "M1 0V5")),
    (Paint::Rest, pattern("r", "hatching resting", 5, 45, "M1 0V5")),
    (Paint::Texture(Tone::Two), pattern("2", "weave", 5, 135, "M1 0V5")),
    (Paint::Texture(Tone::Three), pattern("3", "weave points", 5, 45, "M2.5 2.5H2.6")),
    (Paint::Texture(Tone::Four), pattern("4", "weave", 6, 0, "M0 3H6")),
    (Paint::Texture(Tone::Five), pattern("5", "weave", 5, 0, "M2.5 0V5")),
    (Paint::Texture(Tone::Six), pattern("6", "weave", 6, 0, "M3 0V6M0 3H6")),
];

const fn pattern(suffix: &'static str, class: &'static str, tile: u32, angle: i32, strokes: &'static str) -> Pattern {
    Pattern { suffix, class, tile, angle, strokes }
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A name.
    Name,
    /// A number at the end of a row.
    Number,
    /// A number at a column or point.
    MarkNumber,
    /// Everything around: subtitle, periods, remarks, source.
    Small,
    /// The headline, in files only.
    Title,
}

const ROLES: [(Role, &str, f64); 5] = [
    (Role::Name, "", 14.0),
    (Role::Number, "n", 14.0),
    (Role::MarkNumber, "m", 13.0),
    (Role::Small, "s", 13.0),
    (Role::Title, "h", 17.0),
];

impl Role {
    fn index(self) -> usize {
        ROLES.iter().position(|(role, ..)| *role == self).unwrap_or(0)
    }

    /// The font size in pixels; `static/chart.css` has the same.
    pub(super) fn size(self) -> f64 {
        ROLES[self.index()].2
    }

    /// From one baseline to the next, in pixels.
    pub(super) fn line_height(self) -> f64 {
        (self.size() * 1.36).round()
    }

    /// The width of a text in this role, in pixels. Numbers are bold, which is a little wider.
    pub(super) fn width(self, text: &str) -> f64 {
        let bold = if matches!(self, Role::Number | Role::MarkNumber | Role::Title) { 1.03 } else { 1.0 };
        super::measure::width(text, self.size()) * bold
    }

    /// The class of a colour made by [`Role::style`].
    pub(super) fn class_of(color: (u8, u8, u8)) -> &'static str {
        ROLES[usize::from(color.2).min(ROLES.len() - 1)].1
    }

    /// The style that tells plotters of this role; the position of a text is its baseline.
    pub(super) fn style(self, anchor: HPos) -> TextStyle<'static> {
        let index = self.index();
        let font = FontDesc::new(FontFamily::SansSerif, ROLES[index].2 * f64::from(SCALE), FontStyle::Normal);
        let color = RGBColor(0, 0, u8::try_from(index).unwrap_or(0)).to_backend_color();
        TextStyle { font, color, pos: Pos::new(anchor, VPos::Bottom) }
    }
}
