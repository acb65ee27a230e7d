//! Tests of the whole stage on small disclosures.

use rust_decimal::Decimal;

use super::samples::{amount, disclosure, increase, site};
use super::{Site, Sourced};
use crate::model::{Amount, BudgetUnit, Kind, Level, Origin, Phase, Place, Region, ThreePublic};

fn ids(site: &Site) -> Vec<&str> {
    site.disclosures.iter().map(|published| published.id.as_str()).collect()
}

fn departments(site: &Site) -> Vec<(&str, usize)> {
    site.departments.iter().map(|department| (department.name.as_str(), department.disclosures.len())).collect()
}

#[test]
fn disclosures_of_one_name_are_one_department_newest_first() {
    let site = site(
        "",
        vec![
            disclosure("a", "甲乙市财政局", 2023, Kind::Budget, 1),
            disclosure("b", "甲乙市财政局", 2024, Kind::Budget, 1),
            disclosure("c", "甲乙市财政局", 2024, Kind::Final, 1),
            disclosure("d", "甲乙市教育局", 2024, Kind::Final, 1),
        ],
    );
    assert_eq!(departments(&site), [("甲乙市财政局", 3), ("甲乙市教育局", 1)]);
    let expected = ["jiayi-caizhengju/2024-final", "jiayi-caizhengju/2024-budget", "jiayi-caizhengju/2023-budget"];
    assert_eq!(ids(&site)[..3], expected);
    assert_eq!(site.disclosures[0].title, "甲乙市财政局2024年部门决算");
    assert_eq!(site.disclosures[0].url, "departments/jiayi-caizhengju/2024-final/");
    assert_eq!(site.regions[0].all_departments, [0, 1]);
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    let documents = |order: [usize; 3]| {
        let all = [
            disclosure("a", "甲乙市财政局", 2024, Kind::Budget, 1),
            disclosure("b", "甲乙市财政局", 2024, Kind::Budget, 2),
            disclosure("c", "甲乙市审计局", 2024, Kind::Budget, 3),
        ];
        let site = site("", order.map(|index| all[index].clone()).to_vec());
        site.disclosures.iter().map(|one| (one.id.clone(), one.disclosure.sources[0].path.clone())).collect::<Vec<_>>()
    };
    assert_eq!(documents([0, 1, 2]), documents([2, 1, 0]));
}

#[test]
fn two_documents_for_one_page_are_revisions_and_both_are_named() {
    let mut newer = disclosure("z-new", "甲乙市财政局", 2024, Kind::Budget, 2);
    newer.identity.published = Some("2024-03-01".into());
    let mut older = disclosure("a-old", "甲乙市财政局", 2024, Kind::Budget, 1);
    older.identity.published = Some("2024-02-01".into());
    let site = site("", vec![older, newer]);
    assert_eq!(ids(&site), ["jiayi-caizhengju/2024-budget", "jiayi-caizhengju/2024-budget-2"]);
    assert_eq!(&*site.disclosures[0].disclosure.sources[0].path, "z-new");
    assert_eq!(site.disclosures[1].replaced_by, Some(0));
    assert_eq!(site.disclosures[1].title, format!("{}（较早版本）", site.disclosures[0].title));
    assert_eq!(site.departments[0].disclosures, [0]);
    assert_eq!(site.coverage.disclosures, 1);
    let problem = &site.diagnostics[0];
    assert_eq!((problem.code, problem.span.as_ref().map(|span| &*span.file)), ("disclosure-duplicate", Some("a-old")));
    assert_eq!(&*problem.related[0].0.file, "z-new");
}

#[test]
fn the_owner_renames_and_joins() {
    let documents = vec![
        disclosure("a", "甲乙市旧局", 2022, Kind::Budget, 1),
        disclosure("b", "甲乙市新局", 2024, Kind::Budget, 1),
        disclosure("c", "甲乙市审计局", 2024, Kind::Budget, 1),
    ];
    let joined = site("[departments.\"甲乙市新局\"]\nformerly = [\"甲乙市旧局\"]\nslug = \"xin\"", documents.clone());
    assert_eq!(departments(&joined), [("甲乙市审计局", 1), ("甲乙市新局", 2)]);
    assert_eq!(
        (joined.departments[1].slug.as_str(), &joined.departments[1].other_names[..]),
        ("xin", &["甲乙市旧局".to_owned()][..])
    );
    let by_slug = site("[departments.jiayi-shenjiju]\nname = \"审计局\"", documents.clone());
    assert!(departments(&by_slug).contains(&("审计局", 1)));
    let unknown = site("[departments.\"没有\"]\n", documents);
    assert_eq!(unknown.diagnostics[0].code, "department-unknown");
}

#[test]
fn a_unit_is_a_department_of_its_own_and_not_counted_twice() {
    let mut whole = disclosure("a", "甲乙市财政局", 2024, Kind::Budget, 10);
    whole.units =
        vec![BudgetUnit {
            code: "1".into(), name: "甲乙市国库中心".into(), total: None, place: Place::default()
        }];
    let mut own = disclosure("b", "甲乙市财政局", 2024, Kind::Budget, 6);
    own.identity.level = Level::Unit;
    let mut below = disclosure("c", "甲乙市国库中心", 2024, Kind::Budget, 4);
    below.identity.level = Level::Unit;
    let site = site("", vec![whole, own, below]);
    assert_eq!(departments(&site), [("甲乙市财政局", 1), ("甲乙市财政局（本级）", 1), ("甲乙市国库中心", 1)]);
    assert_eq!(site.departments.iter().map(|one| one.part_of).collect::<Vec<_>>(), [None, Some(0), Some(0)]);
    assert_eq!(site.departments[1].slug, "jiayi-caizhengju-benji");
    let total = &site.regions[0].totals[0];
    assert_eq!((total.sum.yuan, total.included, total.of), (Decimal::from(100_000), 1, 1));
}

#[test]
fn last_years_total_follows_from_the_stated_change_unless_a_document_tells_it() {
    let mut now = disclosure("b", "甲乙市财政局", 2024, Kind::Budget, 120);
    now.changes = vec![increase(20)];
    let derived = site("", vec![now.clone()]);
    let trend = &derived.departments[0].trend;
    assert_eq!(trend.iter().map(|point| point.year).collect::<Vec<_>>(), [2023, 2024]);
    let before = &trend[0].expenditure.as_ref().expect("a derived value").amount;
    assert_eq!((before.yuan, before.printed.as_str(), before.place.line), (Decimal::from(1_000_000), "100", 90));
    assert!(matches!(&before.origin, Origin::Derived { inputs, .. } if inputs.len() == 2));

    let told = site("", vec![now, disclosure("a", "甲乙市财政局", 2023, Kind::Budget, 99)]);
    let before = &told.departments[0].trend[0].expenditure.as_ref().expect("a printed value").amount;
    assert_eq!((before.yuan, &before.origin), (Decimal::from(990_000), &Origin::Printed));
}

#[test]
fn a_printed_value_of_the_three_public_expenses_replaces_a_derived_one() {
    let row = |year: u16, value: i64, origin: Origin| ThreePublic {
        total: Some(Amount { origin, ..amount(value) }),
        ..ThreePublic::new(year, Phase::InitialBudget)
    };
    let derived = Origin::Derived { rule: String::new(), inputs: Vec::new() };
    let mut now = disclosure("b", "甲乙市财政局", 2024, Kind::Budget, 1);
    now.three_public = vec![row(2023, 4, derived), row(2024, 5, Origin::Printed)];
    let mut before = disclosure("a", "甲乙市财政局", 2023, Kind::Budget, 1);
    before.three_public = vec![row(2023, 3, Origin::Printed)];
    let both = site("", vec![now.clone(), before]);
    let values = |site: &Site| -> Vec<Decimal> {
        let years = &site.departments[0].three_public;
        years.iter().filter_map(|year| Some(year.parts[0].as_ref()?.amount.yuan / Decimal::from(10_000))).collect()
    };
    assert_eq!(values(&both), [Decimal::from(3), Decimal::from(5)]);
    let one = site("", vec![now]);
    assert_eq!(values(&one), [Decimal::from(4), Decimal::from(5)]);
    assert_eq!(one.three_public.iter().map(|total| total.year).collect::<Vec<_>>(), [2024]);
}

#[test]
fn budget_and_final_account_of_one_year_are_compared() {
    let site = site(
        "",
        vec![
            disclosure("a", "甲乙市财政局", 2024, Kind::Budget, 100),
            disclosure("b", "甲乙市财政局", 2024, Kind::Final, 90),
            disclosure("c", "甲乙市财政局", 2023, Kind::Final, 80),
        ],
    );
    let comparisons = &site.departments[0].comparisons;
    assert_eq!(comparisons.iter().map(|one| (one.year, one.rows.len())).collect::<Vec<_>>(), [(2024, 3)]);
    let row = &comparisons[0].rows[0];
    let yuan = |side: &Option<Sourced>| side.as_ref().map(|side| side.amount.yuan / Decimal::from(10_000));
    assert_eq!((yuan(&row.budget), yuan(&row.final_account)), (Some(Decimal::from(100)), Some(Decimal::from(90))));
}

#[test]
fn a_document_that_tells_nothing_still_has_a_page() {
    let mut nameless = disclosure("文件/一.txt", "", 2024, Kind::Budget, 1);
    nameless.identity.organization = None;
    nameless.identity.region = Region::default();
    nameless.identity.year = None;
    nameless.identity.kind = None;
    let site = site("", vec![nameless]);
    assert_eq!(departments(&site), [("未识别的单位（文件/一.txt）", 1)]);
    assert!(site.disclosures[0].url.ends_with("/undated-disclosure/"), "{}", site.disclosures[0].url);
    assert!(site.disclosures[0].url.is_ascii());
}

/// Departments of one year by their expenditure in 万元.
fn neighbours(totals: &[(&str, i64)]) -> Site {
    let budgets = totals.iter().map(|(name, total)| disclosure(name, name, 2024, Kind::Budget, *total));
    site("", budgets.collect())
}

#[test]
fn peers_have_a_median_and_places_and_equal_amounts_share_one() {
    let site = neighbours(&[("甲局", 10), ("乙局", 40), ("丙局", 20), ("丁局", 20)]);
    let group = &site.peer_groups[site.departments[0].peer_group.expect("a group")];
    assert_eq!((group.members.len(), group.median), (4, Decimal::from(200_000)));
    let place = |name: &str| {
        let is_named = |(member, _): &(usize, usize)| site.departments[*member].name.contains(name);
        group.rank(&site, group.members.iter().position(is_named).expect("it is there"))
    };
    assert_eq!(["乙局", "丙局", "丁局", "甲局"].map(place), [1, 2, 2, 4]);
}

#[test]
fn two_departments_are_no_peers_and_other_kinds_neither() {
    let two = neighbours(&[("甲局", 10), ("乙局", 40)]);
    assert_eq!((two.peer_groups.len(), two.departments[0].peer_group), (0, None));
    let mixed = site(
        "",
        vec![
            disclosure("a", "甲局", 2024, Kind::Budget, 1),
            disclosure("b", "乙局", 2024, Kind::Final, 1),
            disclosure("c", "丙局", 2023, Kind::Budget, 1),
        ],
    );
    assert_eq!(mixed.peer_groups, []);
}

#[test]
fn a_movement_takes_last_years_document_before_this_years_words() {
    let budget = |file: &str, year, total, basic, project| {
        let mut told = disclosure(file, "甲局", year, Kind::Budget, total);
        told.figures.basic = Some(amount(basic));
        told.figures.project = Some(amount(project));
        told
    };
    let both = site("", vec![budget("a", 2024, 100, 60, 40), budget("b", 2025, 130, 70, 60)]);
    let movement = both.departments[0].movement.as_ref().expect("both years are told");
    let yuan = |value: &Sourced| value.amount.yuan / Decimal::from(10_000);
    let parts: Vec<_> =
        movement.parts.iter().map(|part| (part.nature.word(), yuan(&part.before), yuan(&part.now))).collect();
    assert_eq!(parts, [("basic", 60.into(), 70.into()), ("project", 40.into(), 60.into())]);
    assert_eq!((yuan(&movement.from), yuan(&movement.to)), (100.into(), 130.into()));

    let mut alone = budget("c", 2025, 130, 70, 60);
    alone.changes = vec![increase(30)];
    assert_eq!(site("", vec![alone.clone()]).departments[0].movement, None, "the total moved, its parts are not told");
    let mut project = alone.facts[0].clone();
    project.measure.nature = "project".into();
    project.amount = amount(60);
    alone.facts.push(project);
    alone.changes.push(crate::model::Change { fact: Some(1), ..increase(-5) });
    let stated = site("", vec![alone]);
    let movement = stated.departments[0].movement.as_ref().expect("the sentence tells the projects");
    assert_eq!(movement.parts.len(), 1);
    assert_eq!(yuan(&movement.parts[0].before), Decimal::from(65));
    assert!(matches!(movement.parts[0].before.amount.origin, Origin::Derived { .. }));
}

#[test]
fn parts_that_are_more_than_their_whole_are_no_movement() {
    let budget = |file: &str, year, total| {
        let mut told = disclosure(file, "甲局", year, Kind::Budget, total);
        let figures = &mut told.figures;
        (figures.personnel, figures.operating) = (Some(amount(80)), Some(amount(i64::from(year))));
        (figures.basic, figures.project) = (Some(amount(80)), Some(amount(20)));
        told
    };
    let parts = |totals: [i64; 2]| {
        let site = site("", vec![budget("a", 2024, totals[0]), budget("b", 2025, totals[1])]);
        let movement = site.departments[0].movement.clone();
        movement.map(|movement| movement.parts.iter().map(|part| part.nature.word()).collect::<Vec<_>>())
    };
    assert_eq!(parts([100, 100]), Some(vec!["basic", "project"]), "the finer parts are more than the total");
    assert_eq!(parts([90, 100]), None, "the coarser ones too");
    assert_eq!(parts([9000, 9000]), Some(vec!["personnel", "operating", "project"]));
}
