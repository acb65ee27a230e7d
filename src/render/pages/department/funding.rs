//! Where the money of the newest disclosure comes from.

use super::scene::Scene;
use super::whole::Whole;
use crate::chart::Tone;
use crate::model::StatementKind;
use crate::render::elements::exhibit::{Exhibit, chart_text};
use crate::render::wording::sentence::Item;

/// Income by source.
pub(super) fn funding(scene: Scene<'_>) -> Option<Exhibit> {
    let sources = scene.department.funding.iter().map(|source| {
        // What was carried over is no row of the list: the name is ours.
        let name = if source.code == "carried_in" { scene.word("figure.carried_in") } else { source.label.as_str() };
        let item = Item { name: name.to_owned(), value: source.value.clone() };
        (item, tone(&source.code))
    });
    let sources: Vec<(Item, Tone)> = sources.collect();
    let items: Vec<Item> = sources.iter().map(|(item, _)| item.clone()).collect();
    let whole = Whole::new(scene.sourced(&scene.published.disclosure.figures.income_total)?, &items);
    let mut drawn = sources;
    drawn.retain(|(item, _)| !item.value.amount.yuan.is_zero());
    if drawn.is_empty() {
        return None;
    }
    let sentence = scene.sentences.parts(scene.word("funding.whole"), &whole.value, &items);
    let chart_title = match whole.largest(&scene.renderer.words, &items) {
        Some((name, share)) => scene.words("department.funding_title", &[("name", name), ("share", &share)]),
        None => scene.word("department.funding").to_owned(),
    };
    let subtitle = scene.words("department.funding_subtitle", &[("edition", &scene.edition())]);
    let text = chart_text(
        &scene.renderer.words,
        "funding",
        chart_title.clone(),
        subtitle,
        scene.published.title.clone(),
        sentence.text(),
    );
    let rows: Vec<(Item, &str)> = items.into_iter().map(|item| (item, "")).collect();
    Some(Exhibit {
        id: "funding",
        heading: scene.word("department.funding").to_owned(),
        sentence,
        chart_title,
        chart: whole.chart(&scene.renderer.words, &text, &drawn),
        // One source is said in the sentence.
        table: (rows.len() > 1).then(|| whole.table(scene, "funding", scene.word("funding.whole"), &rows)),
        source: scene.source(&[StatementKind::RevenueExpenditure, StatementKind::Revenue]),
        notes: whole.note(scene).into_iter().collect(),
        ..Exhibit::default()
    })
}

/// The colour of a fund, the same on the whole site.
fn tone(fund: &str) -> Tone {
    match fund {
        "government_fund" => Tone::GOVERNMENT_FUND,
        "state_capital" => Tone::STATE_CAPITAL,
        "special_account" => Tone::SPECIAL_ACCOUNT,
        "carried_in" => Tone::CARRIED_IN,
        "general_public" | "appropriation" => Tone::GENERAL_PUBLIC,
        _ => Tone::UNIT_FUNDS,
    }
}
