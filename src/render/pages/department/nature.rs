//! Spending of the newest disclosure by nature: basic expenditure with its two parts, and projects.

use super::scene::Scene;
use super::whole::{Whole, current_expenditure};
use crate::chart::Tone;
use crate::model::StatementKind;
use crate::render::elements::exhibit::{Exhibit, chart_text};
use crate::render::wording::number::{self, Rate};
use crate::render::wording::sentence::Item;

/// Basic expenditure against projects.
pub(super) fn nature(scene: Scene<'_>) -> Option<Exhibit> {
    let figures = &scene.published.disclosure.figures;
    let named = |key, amount| Some(Item { name: scene.word(key).to_owned(), value: scene.sourced(amount)? });
    let basic = named("nature.basic", &figures.basic);
    let project = named("nature.project", &figures.project);
    let personnel = named("nature.personnel", &figures.personnel);
    let operating = named("nature.operating", &figures.operating);
    let halves: Vec<Item> = [&basic, &project].into_iter().flatten().cloned().collect();
    let whole = Whole::new(current_expenditure(scene)?, &halves);
    if halves.is_empty() {
        return None;
    }
    let mut sentence = scene.sentences.parts(scene.word("nature.whole"), &whole.value, &halves);
    sentence.push(scene.sentences.project_share(project_rate(scene, scene.newest), earlier_project_rate(scene)));
    let chart_title = match whole.largest(&scene.renderer.words, &halves) {
        Some((name, share)) => scene.words("department.nature_title", &[("name", name), ("share", &share)]),
        None => scene.word("department.nature").to_owned(),
    };
    let subtitle = scene.words("department.nature_subtitle", &[("edition", &scene.edition())]);
    let text = chart_text(
        &scene.renderer.words,
        "nature",
        chart_title.clone(),
        subtitle,
        scene.published.title.clone(),
        sentence.text(),
    );
    let is_split = personnel.is_some() && operating.is_some();
    let split = if is_split { [personnel.clone(), operating.clone()] } else { [basic.clone(), None] };
    let tones = [Tone::PERSONNEL, Tone::OPERATING, Tone::PROJECT];
    let drawn = split.into_iter().chain([project.clone()]).zip(tones);
    let drawn: Vec<(Item, Tone)> = drawn.filter_map(|(item, tone)| Some((item?, tone))).collect();
    let rows = [(basic, ""), (personnel, "level-2"), (operating, "level-2"), (project, "")];
    let rows: Vec<(Item, &str)> = rows.into_iter().filter_map(|(item, class)| Some((item?, class))).collect();
    let split_note = is_split.then(|| scene.word("department.nature_note").to_owned());
    Some(Exhibit {
        id: "nature",
        heading: scene.word("department.nature").to_owned(),
        sentence,
        chart_title,
        chart: whole.chart(&scene.renderer.words, &text, &drawn),
        table: Some(whole.table(scene, "nature", scene.word("nature.whole"), &rows)),
        source: scene.source(&[StatementKind::Expenditure, StatementKind::GeneralBasic]),
        notes: [split_note, whole.note(scene)].into_iter().flatten().collect(),
        ..Exhibit::default()
    })
}

/// The share of the projects in what a disclosure spends.
fn project_rate(scene: Scene<'_>, disclosure: usize) -> Option<Rate> {
    let figures = &scene.renderer.site.disclosures[disclosure].disclosure.figures;
    let whole = figures.current_expenditure.as_ref().or(figures.expenditure_total.as_ref())?;
    let (basic, project) = (figures.basic.as_ref()?, figures.project.as_ref()?);
    let fits = basic.yuan + project.yuan <= whole.yuan + whole.quantum + basic.quantum;
    if fits { number::rate(project.into(), whole.into()) } else { None }
}

/// The same of the disclosure of the same kind one year before.
fn earlier_project_rate(scene: Scene<'_>) -> Option<(u16, Rate)> {
    let identity = &scene.published.disclosure.identity;
    let before = identity.year?.checked_sub(1)?;
    let index = *scene.department.disclosures.iter().find(|index| {
        let other = &scene.renderer.site.disclosures[**index].disclosure.identity;
        other.year == Some(before) && other.kind == identity.kind
    })?;
    Some((before, project_rate(scene, index)?))
}
