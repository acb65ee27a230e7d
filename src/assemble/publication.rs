//! URLs: every disclosure gets its page, every department and region theirs. Two disclosures of one department, year
//! and kind are revisions: the newest has the page, the older ones keep theirs behind it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::organization::{Group, main_file};
use super::region;
use super::site::{Department, PublishedDisclosure, Site};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::{Language, say};
use crate::model::{Disclosure, DisclosureLedger, Identity, Kind, Level};

/// A site with all URLs; what goes beyond one document is computed afterwards. Groups come in the order in which
/// departments are listed within their region.
pub(super) fn publish(
    language: &Language,
    groups: Vec<Group>,
    audited: Vec<(Disclosure, DisclosureLedger)>,
    problems: &mut Vec<Diagnostic>,
) -> Site {
    let mut site = Site { regions: region::tree(groups.iter().map(|group| &group.region)), ..Site::default() };
    let mut waiting: Vec<Option<(Disclosure, DisclosureLedger)>> = audited.into_iter().map(Some).collect();
    let mut groups: Vec<Group> = groups;
    groups.sort_by_cached_key(|group| region::find(&site.regions, &group.region));
    let mut by_slug: Vec<usize> = (0..groups.len()).collect();
    by_slug.sort_by(|left, right| groups[*left].slug.cmp(&groups[*right].slug));

    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for department in by_slug {
        let group = &groups[department];
        let taken = group.members.iter().filter_map(|index| waiting[*index].take());
        let mut disclosures: Vec<(Disclosure, DisclosureLedger)> = taken.collect();
        disclosures.sort_by(|(left, _), (right, _)| newest_first(left, right));
        members[department] = add_disclosures(language, &mut site, department, group, disclosures, problems);
    }
    for (index, (group, members)) in groups.into_iter().zip(members).enumerate() {
        let region_node = region::find(&site.regions, &group.region);
        if let Some(node) = region_node {
            region::add_department(&mut site.regions, node, index);
        }
        site.departments.push(department(group, region_node, members));
    }
    site
}

/// Newest year first, final account before budget, newest publication first, then by file.
fn newest_first(left: &Disclosure, right: &Disclosure) -> Ordering {
    let key = |disclosure: &Disclosure| (disclosure.identity.year, disclosure.identity.kind);
    let by_edition = key(right).cmp(&key(left));
    let by_date = right.identity.published.cmp(&left.identity.published);
    by_edition.then(by_date).then_with(|| main_file(left).cmp(main_file(right)))
}

/// Adds the disclosures of one department, newest first; returns the indices of those that were not replaced.
fn add_disclosures(
    language: &Language,
    site: &mut Site,
    department: usize,
    group: &Group,
    disclosures: Vec<(Disclosure, DisclosureLedger)>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut current = Vec::new();
    let mut editions: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for (disclosure, ledger) in disclosures {
        let name = edition_name(&disclosure.identity);
        let index = site.disclosures.len();
        let (first, count) = editions.entry(name.clone()).and_modify(|(_, count)| *count += 1).or_insert((index, 1));
        let id = format!("{}/{name}", group.slug);
        let newest_title = title(language, &group.name, &disclosure.identity);
        let (replaced_by, id, title) = match *count {
            1 => (None, id, newest_title),
            // Each is replaced by the one just before it; all of them follow one another.
            2 => (Some(index - 1), format!("{id}-2"), say!(language, "title.earlier", title: newest_title)),
            count => (
                Some(index - 1),
                format!("{id}-{count}"),
                say!(language, "title.earlier_number", title: newest_title, number: count - 1),
            ),
        };
        let url = format!("departments/{id}/");
        if replaced_by.is_some() {
            problems.push(duplicate(&site.disclosures[*first].disclosure, &disclosure, &url));
        } else {
            current.push(index);
        }
        site.disclosures.push(PublishedDisclosure {
            id,
            url,
            department,
            title,
            disclosure,
            ledger,
            replaced_by,
            economic: Vec::new(),
        });
    }
    current
}

/// `2024-budget`. What the document does not tell is said, so that its page has an address all the same.
fn edition_name(identity: &Identity) -> String {
    let year = identity.year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
    let kind = identity.kind.map_or("disclosure", Kind::word);
    format!("{year}-{kind}")
}

/// 「某局2025年部门预算」. The level is left out where the name says 本级 already.
fn title(language: &Language, name: &str, identity: &Identity) -> String {
    let level = language.get(match identity.level {
        Level::Department => "title.department",
        Level::Unit => "title.unit",
    });
    let kind = identity.kind.map(|kind| {
        language.get(match kind {
            Kind::Budget => "title.budget",
            Kind::Final => "title.final",
        })
    });
    match (identity.year, kind) {
        (Some(year), Some(kind)) => {
            say!(language, "title.dated", name: name, year: year, level: level, kind: kind)
        }
        (None, Some(kind)) => say!(language, "title.undated", name: name, level: level, kind: kind),
        (Some(year), None) => say!(language, "title.dated_unknown", name: name, year: year),
        (None, None) => say!(language, "title.unknown", name: name),
    }
}

fn duplicate(first: &Disclosure, second: &Disclosure, url: &str) -> Diagnostic {
    let message = "同一部门、年度和类型有两份公开文件，都要用同一个网址";
    let span = Span::file(main_file(second));
    Diagnostic::warning("disclosure-duplicate", message, span)
        .with_related(Span::file(main_file(first)), "这一份较新，使用该网址")
        .with_hint(format!(
            "较旧的一份放在 {url}；如果不是同一份文件的新旧版本，请在文件头部写明 organization、year、kind 或 slug"
        ))
}

fn department(group: Group, region_node: Option<usize>, disclosures: Vec<usize>) -> Department {
    Department {
        url: format!("departments/{}/", group.slug),
        slug: group.slug,
        name: group.name,
        other_names: group.other_names,
        region: group.region,
        region_node,
        disclosures,
        part_of: None,
        funding: Vec::new(),
        trend: Vec::new(),
        comparisons: Vec::new(),
        three_public: Vec::new(),
        movement: None,
        peer_group: None,
    }
}
