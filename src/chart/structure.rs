//! How is it split? One proportional bar and a labelled row per part, guarded: a picture of parts of a whole is drawn
//! only where the parts are parts of that whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Chart;
use super::canvas::{Canvas, WIDTH};
use super::extent::float;
use super::ink::{Paint, Role};
use super::input::{Bar, ChartText, Part, Value};
use super::made;
use super::ranking::ranking_with_note;
use super::rows::{self, Numbers, Row};
use super::words::ChartWords;

/// More parts than this cannot be told apart.
const MOST: usize = 6;
const BAR_HEIGHT: f64 = 30.0;
/// Between neighbours, so that they are apart in grey print too.
const GAP: f64 = 2.0;
/// The smallest part that is not zero stays visible.
const NARROWEST: f64 = 2.5;
const SWATCH: f64 = 12.0;

/// How a whole is split: one proportional bar with a labelled row per part, in the given order (at most six parts).
///
/// Where part-to-whole would mislead (a negative part, no total, parts that exceed the total by more than `tolerance`
/// yuan, more than six parts) the parts become the bars of a [`ranking`](super::ranking()), which says why. What the
/// parts leave of the total is drawn as an explicit hatched part 「未列明细」. `None` when no part has an amount.
pub fn structure(text: &ChartText, parts: &[Part], total: &Value, tolerance: Decimal) -> Option<Chart> {
    if parts.iter().all(|part| part.value.amount.is_none()) {
        return None;
    }
    let rest = match whole(&text.words, parts, total, tolerance) {
        Ok(rest) => (!rest.is_zero()).then(|| {
            let labels = parts.iter().map(|part| part.value.label.as_str()).chain([total.label.as_str()]);
            made::derived(rest, text.unit, labels)
        }),
        Err(reason) => return ranking_with_note(text, &bars(parts, false), reason),
    };
    if parts.len() <= MOST {
        return Some(draw(text, parts, total, rest.as_ref()));
    }
    let mut bars = bars(parts, true);
    bars.extend(rest.map(|value| Bar { name: text.words.rest.clone(), value, share: None, note: None }));
    ranking_with_note(text, &bars, None)
}

/// What the parts leave of the total (zero within the tolerance), or why they are no parts of it.
fn whole<'w>(
    words: &'w ChartWords,
    parts: &[Part],
    total: &Value,
    tolerance: Decimal,
) -> Result<Decimal, Option<&'w str>> {
    let Some(total) = total.amount else { return Err(Some(&words.no_total)) };
    let mut sum = Decimal::ZERO;
    for amount in parts.iter().filter_map(|part| part.value.amount) {
        if amount < Decimal::ZERO {
            return Err(Some(&words.negative));
        }
        sum = sum.checked_add(amount).ok_or(None)?;
    }
    let rest = total.checked_sub(sum).ok_or(None)?;
    if rest < -tolerance {
        Err(Some(&words.exceeding))
    } else if total <= Decimal::ZERO {
        Err(None)
    } else {
        Ok(if rest <= tolerance { Decimal::ZERO } else { rest })
    }
}

/// The parts as bars; shares stand only where there is a whole.
fn bars(parts: &[Part], shares: bool) -> Vec<Bar> {
    let share = |part: &Part| part.share.clone().filter(|_| shares);
    let bar = |part: &Part| Bar { name: part.name.clone(), value: part.value.clone(), share: share(part), note: None };
    parts.iter().map(bar).collect()
}

fn draw(text: &ChartText, parts: &[Part], total: &Value, rest: Option<&Value>) -> Chart {
    let mut paints: Vec<Paint> = parts.iter().map(|part| Paint::Fill(part.tone)).collect();
    let mut rows: Vec<Row> =
        parts.iter().map(|part| Row::new(&part.name, &part.value, part.share.as_deref())).collect();
    if let Some(rest) = rest {
        paints.push(Paint::Rest);
        rows.push(Row::new(&text.words.rest, rest, None));
    }
    let mut canvas = Canvas::new(text);
    let numbers = Numbers::of(&rows);
    stack(&mut canvas, &rows, &paints);
    for (row, paint) in rows.iter().zip(&paints) {
        legend_row(&mut canvas, row, *paint, numbers);
    }
    canvas.rule((0.0, canvas.y - 1.0), (WIDTH, canvas.y - 1.0), Paint::Grid);
    canvas.y += 4.0;
    rows::heading(&mut canvas, &Row::new(&text.words.total, total, None), numbers, SWATCH + 8.0);
    canvas.finish()
}

/// The proportional bar.
fn stack(canvas: &mut Canvas, rows: &[Row], paints: &[Paint]) {
    let (top, bottom) = (canvas.y, canvas.y + BAR_HEIGHT);
    let widths = widths(rows);
    let mut x = 0.0;
    for ((row, paint), width) in rows.iter().zip(paints).zip(widths).filter(|(_, width)| *width > 0.0) {
        let number = canvas.number(row.value);
        let separator = &canvas.words().separator;
        let share = row.share.map_or(String::new(), |share| format!("{separator}{share}"));
        let title = format!("{}{share}", canvas.told(&row.name, &number));
        canvas.titled(&title, || textured(canvas, x..x + width, top..bottom, *paint));
        x += width + GAP;
    }
    canvas.y = bottom + 12.0;
}

/// A rectangle with the texture of its tone.
fn textured(canvas: &Canvas, x: Range<f64>, y: Range<f64>, paint: Paint) {
    canvas.rectangle(x.clone(), y.clone(), paint);
    if let Paint::Fill(tone) = paint
        && Paint::Texture(tone).pattern().is_some()
    {
        canvas.rectangle(x, y, Paint::Texture(tone));
    }
}

/// In proportion, but none too narrow to be seen: what the narrow ones get, the widest gives.
fn widths(rows: &[Row]) -> Vec<f64> {
    let amounts: Vec<f64> = rows.iter().map(|row| row.value.amount.map_or(0.0, float)).collect();
    let (sum, drawn) = (amounts.iter().sum::<f64>(), amounts.iter().filter(|amount| **amount > 0.0).count());
    let room = WIDTH - GAP * drawn.saturating_sub(1) as f64;
    let wanted = |amount: f64| if amount > 0.0 { (amount / sum * room).max(NARROWEST) } else { 0.0 };
    let mut widths: Vec<f64> = amounts.into_iter().map(wanted).collect();
    let excess = widths.iter().sum::<f64>() - room;
    if let Some(widest) = widths.iter_mut().max_by(|one, other| one.total_cmp(other)) {
        *widest -= excess;
    }
    widths
}

/// A swatch and the row that it stands for.
fn legend_row(canvas: &mut Canvas, row: &Row, paint: Paint, numbers: Numbers) {
    let top = canvas.y + Role::Name.size() - SWATCH + 1.0;
    if row.value.amount.is_some() {
        textured(canvas, 0.0..SWATCH, top..top + SWATCH, paint);
    }
    rows::heading(canvas, row, numbers, SWATCH + 8.0);
    canvas.y += 5.0;
}
