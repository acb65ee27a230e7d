//! Where does one stand among its peers? A dot for each on one scale, the own one on a lane above with its name, and a
//! line at the median.

use plotters_backend::text_anchor::HPos;
use rust_decimal::Decimal;

use super::Chart;
use super::canvas::{Canvas, Plot, WIDTH, place};
use super::extent::{Extent, float, ticks};
use super::ink::{Paint, Role};
use super::input::{Bar, ChartText, Value};
use super::made;
use super::measure;
use super::placing::{Area, Obstacles};
use super::words::fill;

const OWN_RADIUS: f64 = 5.5;
/// Between the plot and the edges of the sheet, so that no dot is cut.
const MARGIN: f64 = 6.0;
/// The dots of one place pile up to this many; what is more is said in a note.
const HIGHEST_PILE: usize = 12;
/// Up to this many dots lie exactly at their value.
const FEW: usize = 40;
/// With more dots than this their titles would weigh more than the page; the table beside the picture has the names.
const MOST_TITLES: usize = 60;

/// `own` among `peers` (without `own`), with the median of all of them as the caller computed it. Peers without an
/// amount have no dot and are counted in a note. `None` when `own`, the median or all peers are not told.
pub fn strip(text: &ChartText, own: &Bar, peers: &[Bar], median: &Value) -> Option<Chart> {
    let told = in_order(peers);
    let (own_amount, middle) = (own.value.amount?, median.amount?);
    if told.is_empty() {
        return None;
    }
    let extent = Extent::of(told.iter().map(|peer| &peer.value).chain([&own.value, median]))?;
    let mut canvas = Canvas::new(text);
    let plot = canvas.plot(MARGIN..WIDTH - MARGIN, 0.0..1.0, extent.range(), 0.0..1.0);

    own_lane(&mut canvas, own, across(&plot, own_amount));
    let top = canvas.y;
    dots(&mut canvas, &told, &plot);
    let x = across(&plot, middle);
    canvas.rule((x, top - 2.0), (x, canvas.y + 6.0), Paint::Median);
    canvas.y += 8.0;
    scale(&mut canvas, &plot, extent, (median, x), text.unit.yuan());
    let untold = peers.len() - told.len();
    if untold > 0 {
        canvas.paragraph(Role::Small, &fill(&text.words.untold, "count", untold));
    }
    Some(canvas.finish())
}

/// Peers with an amount, the smallest first.
fn in_order(peers: &[Bar]) -> Vec<&Bar> {
    let mut told: Vec<&Bar> = peers.iter().filter(|peer| peer.value.amount.is_some()).collect();
    told.sort_by_key(|peer| peer.value.amount);
    told
}

fn across(plot: &Plot, amount: Decimal) -> f64 {
    place(plot, float(amount), 0.0).0
}

/// The own name and number over the own dot.
fn own_lane(canvas: &mut Canvas, own: &Bar, x: f64) {
    let number = canvas.number(&own.value);
    let name = measure::shorten(&own.name, 60);
    let role = Role::MarkNumber;
    for line in measure::wrap(&format!("{name} {number}"), role.size(), WIDTH * 0.9) {
        let area = Area::around(x, 0.0, role.width(line), 1.0).within(0.0, WIDTH);
        canvas.write(role, HPos::Center, (area.left + area.right) / 2.0, canvas.y + role.size(), line);
        canvas.y += role.line_height();
    }
    let center = canvas.y + OWN_RADIUS + 1.0;
    dot(canvas, (x, center), OWN_RADIUS, Paint::Dot, Some((own, &number)));
    canvas.y = center + OWN_RADIUS + 3.0;
}

/// The peers in piles on a ground line.
fn dots(canvas: &mut Canvas, told: &[&Bar], plot: &Plot) {
    let radius = radius(told.len());
    // Many dots lie in columns: a pile that leans where neighbours differ by a hair would look like a pattern.
    let column = |x: f64| if told.len() > FEW { (x / (radius * 2.0)).round() * radius * 2.0 } else { x };
    let amounts = told.iter().filter_map(|peer| peer.value.amount);
    let piles = piles(amounts.map(|amount| column(across(plot, amount)).clamp(radius, WIDTH - radius)), radius);
    let levels = piles.iter().map(|(_, level)| level + 1).max().unwrap_or(1);
    let ground = canvas.y + levels as f64 * radius * 2.0 + 2.0;
    for (at, (peer, (x, level))) in told.iter().zip(&piles).enumerate() {
        if piles[..at].contains(&(*x, *level)) {
            canvas.note(&canvas.words().piled);
            continue;
        }
        let y = ground - 1.5 - radius - *level as f64 * radius * 2.0;
        let number = canvas.number(&peer.value);
        let told = (told.len() <= MOST_TITLES).then_some((*peer, number.as_str()));
        dot(canvas, (*x, y), radius - 0.7, Paint::Neutral, told);
    }
    canvas.rule((0.0, ground), (WIDTH, ground), Paint::Axis);
    canvas.y = ground;
}

fn radius(count: usize) -> f64 {
    match count {
        0..=FEW => 4.7,
        41..=150 => 3.2,
        _ => 2.2,
    }
}

/// Where each dot lies and how high on its pile. They come from left to right.
fn piles(places: impl Iterator<Item = f64>, radius: f64) -> Vec<(f64, usize)> {
    let mut last_of_level: Vec<f64> = Vec::new();
    let pile = |x: f64| {
        let free = last_of_level.iter().position(|last| x - last >= radius * 2.0);
        let level = free.unwrap_or(last_of_level.len()).min(HIGHEST_PILE - 1);
        match last_of_level.get_mut(level) {
            Some(last) => *last = x,
            None => last_of_level.push(x),
        }
        (x, level)
    };
    places.map(pile).collect()
}

fn dot(canvas: &Canvas, center: (f64, f64), radius: f64, paint: Paint, told: Option<(&Bar, &str)>) {
    let draw = || canvas.dot(center, radius, paint);
    match told {
        Some((bar, number)) => canvas.titled(&canvas.told(&bar.name, number), draw),
        None => draw(),
    }
}

/// The median under its line, and round values of the axis where they find room beside it.
fn scale(canvas: &mut Canvas, plot: &Plot, extent: Extent, (median, x): (&Value, f64), unit: Decimal) {
    let label = fill(&canvas.words().median, "value", canvas.number(median));
    let (role, height) = (Role::MarkNumber, Role::MarkNumber.size());
    let row = Area { left: 0.0, right: WIDTH, top: 0.0, bottom: height };
    let area = Area::around(x, height / 2.0, role.width(&label), height).within(0.0, WIDTH);
    let baseline = canvas.y + height;
    canvas.write(role, HPos::Center, (area.left + area.right) / 2.0, baseline, &label);
    let padded = Area { left: area.left - 8.0, right: area.right + 8.0, ..area };
    let mut obstacles = Obstacles { bounds: row, taken: vec![padded], line: Vec::new() };
    for tick in ticks(extent, unit) {
        let label = made::tick(tick);
        let spot = Area::around(across(plot, tick * unit), height / 2.0, Role::Small.width(&label), height);
        if let Some(spot) = obstacles.settle(&[spot.within(0.0, WIDTH)], true) {
            canvas.write(Role::Small, HPos::Center, (spot.left + spot.right) / 2.0, baseline, &label);
        }
    }
    canvas.y += role.line_height();
}
