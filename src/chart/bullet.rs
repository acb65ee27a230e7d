//! Was the budget spent? Per item the final account as a bar within the frame of the budget.

use std::ops::Range;

use plotters_backend::text_anchor::HPos;
use rust_decimal::Decimal;

use super::Chart;
use super::canvas::{Canvas, THINNEST, WIDTH};
use super::extent::Extent;
use super::ink::{Paint, Role};
use super::input::{ChartText, Pair, Value};
use super::measure;
use super::rows::{mark_paint, position};
use super::words::{ChartWords, fill};

const FRAME_HEIGHT: f64 = 20.0;
const FILL_HEIGHT: f64 = 10.0;

/// Budget (frame) against final account (bar), with the completion as text; both numbers stand below. A side that is
/// not told has 「—」 and no mark. `None` when no item has an amount on either side.
pub fn budget_against_final(text: &ChartText, pairs: &[Pair]) -> Option<Chart> {
    let extent = Extent::of(pairs.iter().flat_map(|pair| [&pair.budget, &pair.final_]))?;
    let mut canvas = Canvas::new(text);
    key(&mut canvas);
    for pair in pairs {
        name(&mut canvas, pair);
        bullet(&mut canvas, pair, extent);
        numbers(&mut canvas, pair);
        canvas.y += 12.0;
    }
    Some(canvas.finish())
}

/// What frame and bar stand for.
fn key(canvas: &mut Canvas) {
    let (top, baseline) = (canvas.y, canvas.y + Role::Small.size());
    canvas.rectangle(1.0..25.0, top + 1.0..top + 15.0, Paint::Outline);
    canvas.write(Role::Small, HPos::Left, 32.0, baseline, &canvas.words().budget);
    canvas.rectangle(92.0..116.0, top + 4.0..top + 12.0, Paint::Fill(super::Tone::One));
    canvas.write(Role::Small, HPos::Left, 123.0, baseline, &canvas.words().final_account);
    canvas.y += 26.0;
}

/// The name, and the completion at the right end of its last line (on a line of its own where there is no room).
fn name(canvas: &mut Canvas, pair: &Pair) {
    let name = measure::shorten(&pair.name, 90);
    let completion = pair.completion.as_deref().map(|share| completion(canvas.words(), share));
    let mut end = 0.0;
    for line in measure::wrap(&name, Role::Name.size(), WIDTH) {
        canvas.write(Role::Name, HPos::Left, 0.0, canvas.y + Role::Name.size(), line);
        canvas.y += Role::Name.line_height();
        end = Role::Name.width(line);
    }
    if let Some(completion) = completion {
        if end + 12.0 + Role::Number.width(&completion) <= WIDTH {
            canvas.y -= Role::Name.line_height();
        }
        canvas.write(Role::Number, HPos::Right, WIDTH, canvas.y + Role::Name.size(), &completion);
        canvas.y += Role::Name.line_height();
    }
}

/// 「完成97.2%」; words (「预算为零，无法计算」) stand as they are.
fn completion(words: &ChartWords, share: &str) -> String {
    let is_rate = share.starts_with(|start: char| start.is_ascii_digit() || start == '-');
    let told = if is_rate { fill(&words.completed, "rate", share) } else { share.to_owned() };
    measure::fit(&told, Role::Number.size(), WIDTH * 0.9).into_owned()
}

fn bullet(canvas: &mut Canvas, pair: &Pair, extent: Extent) {
    if pair.budget.amount.is_none() && pair.final_.amount.is_none() {
        return;
    }
    let top = canvas.y + 3.0;
    let zero = position(canvas, extent, Decimal::ZERO);
    bar(canvas, &pair.budget, extent, top..top + FRAME_HEIGHT, Paint::Outline, &canvas.words().budget);
    let inset = (FRAME_HEIGHT - FILL_HEIGHT) / 2.0;
    let paint = mark_paint(canvas, &pair.final_);
    bar(canvas, &pair.final_, extent, top + inset..top + inset + FILL_HEIGHT, paint, &canvas.words().final_account);
    canvas.rule((zero, top - 2.0), (zero, top + FRAME_HEIGHT + 2.0), Paint::Axis);
    canvas.y = top + FRAME_HEIGHT + 2.0;
}

/// A mark from zero to the value; none for zero and for what is not told.
fn bar(canvas: &mut Canvas, value: &Value, extent: Extent, y: Range<f64>, paint: Paint, what: &str) {
    let Some(amount) = value.amount.filter(|amount| !amount.is_zero()) else { return };
    let zero = position(canvas, extent, Decimal::ZERO);
    let reach = (position(canvas, extent, amount) - zero).abs().max(THINNEST);
    let end = if amount.is_sign_negative() { zero - reach } else { zero + reach };
    let number = canvas.number(value);
    let title = canvas.told(what, &number);
    canvas.titled(&title, || canvas.rectangle(zero..end, y, paint));
}

/// Both numbers in words, on one line or on two.
fn numbers(canvas: &mut Canvas, pair: &Pair) {
    let words = canvas.words();
    let budget = fill(&words.budget_value, "value", canvas.number(&pair.budget));
    let spent = fill(&words.final_value, "value", canvas.number(&pair.final_));
    let both = format!("{spent}　{budget}");
    if Role::Small.width(&both) <= WIDTH {
        canvas.paragraph(Role::Small, &both);
    } else {
        canvas.paragraph(Role::Small, &spent);
        canvas.paragraph(Role::Small, &budget);
    }
}
