//! The top of a department's page: name, sentence, reason, large figures, badges.

use rust_decimal::Decimal;
use serde::Serialize;

use super::scene::Scene;
use crate::assemble::{Absence, Sourced, absence, stated_change};
use crate::model::{Amount, StatementKind, SubjectKind, ThreePublicPart};
use crate::render::elements::check_counts::CheckCounts;
use crate::render::elements::exhibit::{Link, Reason};
use crate::render::wording::figure::Figure;
use crate::render::wording::number::{self, Movement};
use crate::render::wording::phrase::Phrase;

#[derive(Debug, Serialize)]
pub(super) struct HeadValues {
    name: String,
    other_names: String,
    edition: String,
    region: Option<Link>,
    part_of: Option<Link>,
    sentence: String,
    reason: Option<Reason>,
    cards: Vec<Card>,
    checks: CheckCounts,
    checks_href: String,
    disclosure: Link,
}

/// A large figure.
#[derive(Debug, Serialize)]
struct Card {
    label: String,
    /// The entry of the glossary with its explanation in short.
    term: Option<Term>,
    number: String,
    unit: String,
    href: Option<String>,
    title: String,
    mark: Option<String>,
    absent: bool,
    share: Option<String>,
    change: Option<Change>,
}

/// Where a word is explained.
#[derive(Debug, Serialize)]
struct Term {
    href: String,
    explanation: String,
}

/// How a large figure changed: an arrow and words, never the colour alone.
#[derive(Debug, Serialize)]
struct Change {
    class: &'static str,
    arrow: &'static str,
    text: String,
}

pub(super) fn values(scene: Scene<'_>, sentence: &Phrase) -> HeadValues {
    let (department, published) = (scene.department, scene.published);
    let link = |label: &str, url: &str| Link {
        label: label.to_owned(),
        href: crate::render::wording::links::href(&department.url, url),
    };
    HeadValues {
        name: department.name.clone(),
        other_names: department.other_names.join("、"),
        edition: scene.edition(),
        region: scene.region().map(|(name, url)| link(name, url)),
        part_of: scene.surroundings.part_of.as_ref().map(|(name, url)| link(name, url)),
        sentence: sentence.html(),
        reason: total_reason(scene),
        cards: cards(scene),
        checks: CheckCounts::new(&scene.renderer.words, published.ledger.counts),
        checks_href: crate::render::wording::links::href(&department.url, &format!("{}#findings", published.url)),
        disclosure: link(&published.title, &published.url),
    }
}

/// The card that a shared link shows: the name and three of the large figures.
pub(super) fn card_file(scene: Scene<'_>) -> Vec<u8> {
    let figure = |card: Card| {
        let change = card.change.map(|change| format!("{} {}", change.arrow, change.text).trim().to_owned());
        (card.label, format!("{}{}", card.number, card.unit), change.or(card.share).unwrap_or_default())
    };
    let mut cards = cards(scene);
    // Basic expenditure is what the projects leave of the total.
    cards.remove(1);
    let card = crate::chart::Card {
        site: scene.renderer.config.title.clone(),
        name: scene.department.name.clone(),
        edition: scene.edition(),
        figures: cards.into_iter().map(figure).collect(),
    };
    card.svg().into_bytes()
}

/// The reason that the document states for the change of its total.
fn total_reason(scene: Scene<'_>) -> Option<Reason> {
    let change = stated_change(&scene.published.disclosure, |subject| {
        subject.kind == SubjectKind::Total && subject.code.ends_with("_total")
    })?;
    scene.reason("", scene.newest, change)
}

fn cards(scene: Scene<'_>) -> Vec<Card> {
    const EXPENDITURE: &[StatementKind] = &[StatementKind::RevenueExpenditure, StatementKind::Expenditure];
    let figures = &scene.published.disclosure.figures;
    let whole = figures.current_expenditure.as_ref().or(figures.expenditure_total.as_ref());
    let halves: Decimal = [&figures.basic, &figures.project].into_iter().flatten().map(|half| half.yuan).sum();
    // Halves that are more than the whole make no shares of it.
    let whole = whole.filter(|whole| halves <= whole.yuan + whole.quantum);
    let disclosure = &scene.published.disclosure;
    let three_public = scene.department.three_public_total(disclosure).map(|total| total.amount.clone());
    let trend = &scene.department.trend;
    let total_before = before(scene, |year| {
        let kind = scene.published.disclosure.identity.kind;
        trend.iter().find(|point| point.year == year && Some(point.kind) == kind)?.expenditure.clone()
    });
    let three_public_before = before(scene, |year| {
        let row = scene.department.three_public_in(year, disclosure.identity.kind?)?;
        row.part(ThreePublicPart::Total).cloned()
    });
    vec![
        card(scene, "card.expenditure_total", &figures.expenditure_total, EXPENDITURE, None, total_before.as_ref()),
        card(scene, "card.basic", &figures.basic, EXPENDITURE, whole, None),
        card(scene, "card.project", &figures.project, EXPENDITURE, whole, None),
        card(
            scene,
            "card.three_public",
            &three_public,
            &[StatementKind::ThreePublic],
            None,
            three_public_before.as_ref(),
        ),
    ]
}

fn card(
    scene: Scene<'_>,
    key: &str,
    amount: &Option<Amount>,
    kinds: &[StatementKind],
    whole: Option<&Amount>,
    before: Option<&Sourced>,
) -> Card {
    let figure = headline(scene, amount, kinds);
    let share = amount
        .as_ref()
        .zip(whole)
        .and_then(|(amount, whole)| number::share(&scene.renderer.words, amount.into(), whole.into()));
    let label = scene.renderer.words.get(key);
    let term = scene.surroundings.terms.get(label).cloned();
    Card {
        label: label.to_owned(),
        term: term.map(|(href, explanation)| Term { href, explanation }),
        number: figure.text,
        unit: figure.unit,
        href: figure.href,
        title: figure.note,
        mark: figure.mark.map(|(_, word)| word),
        absent: figure.plain.is_none(),
        share: share.map(|share| scene.words("card.share", &[("share", &share)])),
        change: amount.as_ref().zip(before).map(|(now, before)| change(scene, now, &before.amount)),
    }
}

fn change(scene: Scene<'_>, now: &Amount, before: &Amount) -> Change {
    let (now, before) = (number::Known::from(now), number::Known::from(before));
    let told =
        |class, arrow, key: &str, rate: String| Change { class, arrow, text: scene.words(key, &[("rate", &rate)]) };
    match number::movement(now, before) {
        Movement::Level => told("level", "", "card.level", String::new()),
        Movement::FromZero => told("up", "▲", "card.from_zero", String::new()),
        Movement::By(rate) if now.yuan > before.yuan => {
            told("up", "▲", "card.up", rate.unsigned_text(&scene.renderer.words))
        }
        Movement::By(rate) => told("down", "▼", "card.down", rate.unsigned_text(&scene.renderer.words)),
    }
}

/// The amount as a headline, or why there is none.
fn headline(scene: Scene<'_>, amount: &Option<Amount>, kinds: &[StatementKind]) -> Figure {
    match amount {
        Some(amount) => scene.figures.headline(scene.newest, amount),
        None => scene.figures.absent(match absence(&scene.published.disclosure, kinds) {
            // An empty list of expenditure does not declare a total.
            Absence::DeclaredEmpty if !kinds.contains(&StatementKind::ThreePublic) => Absence::NotTold,
            absence => absence,
        }),
    }
}

/// A value of the year before.
fn before(scene: Scene<'_>, value: impl Fn(u16) -> Option<Sourced>) -> Option<Sourced> {
    value(scene.published.disclosure.identity.year?.checked_sub(1)?)
}
