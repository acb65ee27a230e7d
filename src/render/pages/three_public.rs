//! The three public expenses of all departments: totals, departments by amount and by change, reasons, declared zeros.

use rust_decimal::Decimal;
use serde::Serialize;
use tera::Context;

use crate::assemble::{
    Absence, Department, PublishedDisclosure, Sum, ThreePublicTotal, ThreePublicYear, absence, stated_change,
};
use crate::chart::{self, Part, Tone};
use crate::model::{StatementKind, Subject, SubjectKind, ThreePublicPart};
use crate::render::elements::exhibit::{Exhibit, Link, Reason, chart_text};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::elements::table_files;
use crate::render::page::{Page, Renderer};
use crate::render::wording::figure::Figures;
use crate::render::wording::phrase::Phrase;
use crate::render::wording::sentence::Sentences;
use crate::render::wording::{links, number};

/// The four parts that add up to the total.
const PARTS: [ThreePublicPart; 4] = [
    ThreePublicPart::Abroad,
    ThreePublicPart::VehiclePurchase,
    ThreePublicPart::VehicleOperation,
    ThreePublicPart::Reception,
];
const URL: &str = "three-public/";

/// Writes the page.
pub(super) fn write(renderer: &Renderer<'_>) {
    let words = &renderer.words;
    let sentence = renderer.site.main_three_public().map(|total| sentence(renderer, URL, total)).unwrap_or_default();
    let title = words.get("three_public.title").to_owned();
    let ranked = crate::render::elements::three_public_ranking::exhibits(renderer);
    let asked: Vec<Exhibit> = totals(renderer).into_iter().chain(ranked).chain([departments(renderer)]).collect();
    let (exhibits, downloads) = table_files::publish(renderer, URL, &title, asked);
    let mut context = Context::new();
    context.insert("downloads", &downloads);
    context.insert("sentence", &sentence.html());
    context.insert("exhibits", &exhibits);
    context.insert("reasons", &reasons(renderer));
    context.insert("declared", &declared(renderer));
    let description = if sentence.is_empty() { title.clone() } else { sentence.text() };
    let page = Page { url: URL.to_owned(), title, description, section: "three-public", ..Page::default() };
    renderer.page(&page, "three_public.html", context);
}

/// 「2025年预算：1个部门的“三公”经费合计5.43万元，…」
pub(super) fn sentence(renderer: &Renderer<'_>, page: &str, total: &ThreePublicTotal) -> Phrase {
    let figures = Figures::new(renderer.site, &renderer.words, page);
    let sentences = Sentences { words: &renderer.words, figures };
    let (sum, count) = total.parts[0];
    let told = PARTS.map(|part| (part, part_of(total, part)));
    let rest = told.iter().map(|(_, (sum, _))| sum.yuan).sum::<Decimal>() - sum.yuan;
    // Not every document tells every part: parts that do not make up the total are left to the table.
    let told = told.into_iter().filter(|(_, (_, count))| *count > 0 && rest.abs() <= sum.quantum);
    let parts = told.map(|(part, (sum, _))| {
        let amount = figures.sum(sum.into());
        let values = vec![
            ("name", renderer.words.among("three_public_part", part.word()).into()),
            ("amount", amount.into()),
            ("share", "".into()),
        ];
        Phrase::fill(&renderer.words, "sentence.part", values)
    });
    let parts = Phrase::join(parts.collect(), renderer.words.get("sentence.and"));
    let key = if parts.is_empty() { "three_public.sentence_total" } else { "three_public.sentence" };
    let values = vec![
        ("year", total.year.to_string().into()),
        ("kind", sentences.phase(total.phase).into()),
        ("count", count.to_string().into()),
        ("of", total.of.to_string().into()),
        ("amount", figures.sum(sum.into()).into()),
        ("parts", parts.into()),
    ];
    Phrase::fill(&renderer.words, key, values)
}

fn part_of(total: &ThreePublicTotal, part: ThreePublicPart) -> (Sum, usize) {
    ThreePublicPart::ALL.iter().position(|other| *other == part).map(|index| total.parts[index]).unwrap_or_default()
}

/// Sums by year and phase; the one that covers most departments is drawn.
fn totals(renderer: &Renderer<'_>) -> Option<Exhibit> {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, URL);
    let sentences = Sentences { words, figures };
    let main = renderer.site.main_three_public()?;
    let period = |total: &ThreePublicTotal| {
        words.fill("department.period", &[("year", &total.year.to_string()), ("kind", sentences.phase(total.phase))])
    };
    let whole = main.parts[0].0;
    let tones = [Tone::Four, Tone::Two, Tone::One, Tone::Three];
    let part = |(part, tone): (&ThreePublicPart, Tone)| {
        let (sum, _) = part_of(main, *part);
        let value = chart::Value::printed(sum.yuan, number::brief(sum.into()).0);
        Part {
            name: renderer.words.among("three_public_part", part.word()).to_owned(),
            value,
            share: number::share(words, sum.into(), whole.into()),
            tone,
        }
    };
    let parts: Vec<Part> = PARTS.iter().zip(tones).map(part).collect();
    let title = words.fill("three_public.totals_title", &[("period", &period(main))]);
    let coverage =
        words.fill("region.coverage", &[("included", &main.parts[0].1.to_string()), ("of", &main.of.to_string())]);
    let text = chart_text(
        &renderer.words,
        "totals",
        title.clone(),
        period(main),
        coverage,
        sentence(renderer, URL, main).text(),
    );
    let whole_value = chart::Value::printed(whole.yuan, number::brief(whole.into()).0);
    let row = |total: &ThreePublicTotal| {
        let amounts = total.parts.iter().map(|(sum, count)| match count {
            0 => Cell::Amount(figures.absent(Absence::NotTold)),
            _ => Cell::Amount(figures.sum((*sum).into())),
        });
        let count = words
            .fill("region.coverage", &[("included", &total.parts[0].1.to_string()), ("of", &total.of.to_string())]);
        Row::new(std::iter::once(Cell::Text(period(total))).chain(amounts).chain([Cell::Text(count)]).collect())
    };
    let mut columns = vec![Column::short(words.get("column.year"))];
    columns
        .extend(ThreePublicPart::ALL.iter().map(|part| Column::amounts(words.get(&format!("part.{}", part.word())))));
    columns.push(Column::short(words.get("column.coverage")));
    Some(Exhibit {
        id: "totals",
        heading: words.get("three_public.totals").to_owned(),
        chart_title: title,
        chart: chart::structure(&text, &parts, &whole_value, whole.quantum),
        table: Some(Table {
            id: "totals-table".to_owned(),
            caption: words.get("three_public.totals_caption").to_owned(),
            columns,
            rows: renderer.site.three_public.iter().map(row).collect(),
            sortable: false,
        }),
        notes: vec![words.get("three_public.totals_note").to_owned()],
        ..Exhibit::default()
    })
}

/// The newest disclosure of each department, with the change on the year before.
fn departments(renderer: &Renderer<'_>) -> Exhibit {
    let words = &renderer.words;
    let mut rows: Vec<(Option<Decimal>, Row)> = renderer
        .site
        .departments
        .iter()
        .filter_map(|department| Some((department, renderer.site.newest(department)?)))
        .map(|(department, published)| {
            let total = department.three_public_total(&published.disclosure).map(|total| total.amount.yuan);
            (total, row(renderer, department, published))
        })
        .collect();
    rows.sort_by_key(|(total, _)| std::cmp::Reverse(*total));
    let mut columns = vec![Column::words(words.get("column.department")), Column::short(words.get("column.edition"))];
    columns
        .extend(ThreePublicPart::ALL.iter().map(|part| Column::amounts(words.get(&format!("part.{}", part.word())))));
    columns.push(Column::amounts(words.get("column.change")));
    columns.push(Column::numbers(words.get("column.change_rate")));
    Exhibit {
        id: "departments",
        heading: words.get("three_public.departments").to_owned(),
        table: Some(Table {
            id: "departments-table".to_owned(),
            caption: words.get("three_public.departments_caption").to_owned(),
            columns,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            sortable: true,
        }),
        ..Exhibit::default()
    }
}

fn row(renderer: &Renderer<'_>, department: &Department, published: &PublishedDisclosure) -> Row {
    let figures = Figures::new(renderer.site, &renderer.words, URL);
    let identity = &published.disclosure.identity;
    let year = identity.year.zip(identity.kind).and_then(|(year, kind)| department.three_public_in(year, kind));
    let before = identity.year.and_then(|year| year.checked_sub(1)).zip(identity.kind);
    let before = before.and_then(|(year, kind)| department.three_public_in(year, kind));
    let state = absence(&published.disclosure, &[StatementKind::ThreePublic]);
    let edition =
        department.disclosures.first().map(|index| crate::render::elements::department_list::edition(renderer, *index));
    let mut cells = vec![
        Cell::Link { text: department.name.clone(), href: links::href(URL, &department.url) },
        Cell::Link { text: edition.unwrap_or_default(), href: links::href(URL, &published.url) },
    ];
    let part = |year: Option<&ThreePublicYear>, part| year.and_then(|year| year.part(part)).cloned();
    cells.extend(
        ThreePublicPart::ALL.iter().map(|one| Cell::Amount(figures.or_absent(part(year, *one).as_ref(), state))),
    );
    let (now, before) = (part(year, ThreePublicPart::Total), part(before, ThreePublicPart::Total));
    cells.extend(figures.change_cells(now.as_ref(), before.as_ref()));
    Row::new(cells)
}

/// A department with the reasons that it states.
#[derive(Debug, Serialize)]
struct DepartmentReasons {
    department: Link,
    reasons: Vec<Reason>,
}

/// The reasons that the newest disclosures state, by department.
fn reasons(renderer: &Renderer<'_>) -> Vec<DepartmentReasons> {
    let of_department = |department: &Department| {
        let published = renderer.site.newest(department)?;
        let mut reasons: Vec<Reason> =
            ThreePublicPart::ALL.iter().filter_map(|part| reason(renderer, published, *part)).collect();
        reasons.dedup_by(|later, earlier| later.text == earlier.text);
        let link = Link { label: department.name.clone(), href: links::href(URL, &department.url) };
        (!reasons.is_empty()).then_some(DepartmentReasons { department: link, reasons })
    };
    renderer.site.departments.iter().filter_map(of_department).collect()
}

/// The reason that a disclosure states for the change of a part.
fn reason(renderer: &Renderer<'_>, published: &PublishedDisclosure, part: ThreePublicPart) -> Option<Reason> {
    let is_part = |subject: &Subject| subject.kind == SubjectKind::ThreePublic && subject.code == part.word();
    let change = stated_change(&published.disclosure, is_part)?;
    Reason::new(&renderer.words, URL, renderer.words.among("three_public_part", part.word()), published, change)
}

/// Disclosures that declare the statement empty, or a total of zero.
fn declared(renderer: &Renderer<'_>) -> Vec<Link> {
    let is_zero = |published: &PublishedDisclosure, department: &Department| {
        let total = department.three_public_total(&published.disclosure);
        total.is_some_and(|total| total.amount.yuan.is_zero())
            || (total.is_none()
                && absence(&published.disclosure, &[StatementKind::ThreePublic]) == Absence::DeclaredEmpty)
    };
    let newest = renderer.site.departments.iter().filter_map(|one| Some((one, renderer.site.newest(one)?)));
    newest
        .filter(|(department, published)| is_zero(published, department))
        .map(|(_, published)| Link { label: published.title.clone(), href: links::href(URL, &published.url) })
        .collect()
}
