//! Which disclosures belong to one department: by name, region and level, and by what the site's owner says.

use std::collections::{BTreeMap, BTreeSet};

use super::pinyin;
use super::slugs::unique;
use crate::config::{DepartmentConfig, SiteConfig};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::{Language, say};
use crate::model::{Disclosure, Level, Region};

/// Disclosures of one department, before it has a place on the site.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// The name to show.
    pub(super) name: String,
    /// All other names, in order of appearance.
    pub(super) other_names: Vec<String>,
    /// Where it belongs.
    pub(super) region: Region,
    /// The slug that was asked for, else the one made from region and name; not yet unique.
    pub(super) slug: String,
    /// Indices of the disclosures.
    pub(super) members: Vec<usize>,
}

/// The departments of the disclosures, by region and name. Each disclosure comes with its region, completed.
pub(super) fn group(
    config: &SiteConfig,
    disclosures: &[(&Disclosure, Region)],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let language = Language::of(&config.language);
    let mut natural: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (index, (disclosure, region)) in disclosures.iter().enumerate() {
        natural.entry(Key::of(disclosure, region)).or_default().push(index);
    }
    let mut groups: Vec<Group> =
        natural.into_values().map(|members| describe(language, members, disclosures, problems)).collect();
    tell_levels_apart(&mut groups, disclosures);
    for (key, department) in &config.departments {
        apply(key, department, &mut groups, problems);
    }
    make_slugs_unique(&mut groups);
    groups
}

/// A name as it is compared: without blanks, brackets in one form.
pub(super) fn comparable(name: &str) -> String {
    let same = |character| match character {
        '(' | '〔' | '[' | '［' => '（',
        ')' | '〕' | ']' | '］' => '）',
        other => other,
    };
    name.chars().filter(|character| !character.is_whitespace()).map(same).collect()
}

/// What makes a department without anyone's saying so.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    region: Region,
    level: Level,
    name: String,
}

impl Key {
    fn of(disclosure: &Disclosure, region: &Region) -> Key {
        let identity = &disclosure.identity;
        let name = match &identity.organization {
            Some(name) => comparable(name),
            // Nobody can tell whether two nameless documents are of one department.
            None => format!("\u{10ffff}{}", main_file(disclosure)),
        };
        Key { region: region.clone(), level: identity.level, name }
    }
}

/// The path of a disclosure's main file.
pub(super) fn main_file(disclosure: &Disclosure) -> &str {
    disclosure.sources.first().map_or("", |source| &source.path)
}

fn describe(
    language: &Language,
    members: Vec<usize>,
    disclosures: &[(&Disclosure, Region)],
    problems: &mut Vec<Diagnostic>,
) -> Group {
    let mut newest_first: Vec<&(&Disclosure, Region)> = members.iter().map(|index| &disclosures[*index]).collect();
    newest_first.sort_by_key(|(disclosure, _)| std::cmp::Reverse(disclosure.identity.year));
    let region = newest_first.first().map(|(_, region)| region.clone()).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for (disclosure, _) in &newest_first {
        let name = match &disclosure.identity.organization {
            Some(name) => name.to_string(),
            None => say!(language, "title.nobody", file: main_file(disclosure)),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let name = if names.is_empty() { String::new() } else { names.remove(0) };
    let asked = newest_first.iter().find_map(|(disclosure, _)| asked_slug(disclosure, problems));
    let slug = asked.unwrap_or_else(|| default_slug(&name, &region));
    Group { name, other_names: names, region, slug, members }
}

/// The slug of the front matter, in the form that URLs have.
fn asked_slug(disclosure: &Disclosure, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let asked = disclosure.identity.slug.as_deref()?;
    let slug = pinyin::slug(asked);
    if slug != asked {
        let message = format!("slug“{asked}”含有网址不用的字符，改为“{slug}”");
        let problem = Diagnostic::warning("slug-changed", message, Span::file(main_file(disclosure)));
        problems.push(problem.with_hint("slug 只用小写字母、数字和连字符"));
    }
    (!slug.is_empty()).then_some(slug)
}

/// A slug from the parts of the region that the name begins with and the rest of the name: 某某市某某区财政局 becomes
/// `moumou-moumou-caizhengju`. A name that begins with none of them gets all.
fn default_slug(name: &str, region: &Region) -> String {
    let known: Vec<&str> =
        [&region.province, &region.city, &region.district].into_iter().flatten().map(|part| part.as_str()).collect();
    let mut rest = name;
    let mut parts: Vec<String> = Vec::new();
    for part in &known {
        if let Some(behind) = rest.strip_prefix(part) {
            parts.push(super::region::part_slug(part));
            rest = behind;
        }
    }
    if parts.is_empty() {
        parts = known.iter().map(|part| super::region::part_slug(part)).collect();
    }
    parts.push(pinyin::slug(rest));
    let slug = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { format!("unit-{}", &blake3::hash(name.as_bytes()).to_hex()[..8]) } else { slug }
}

/// A unit of the same name as its department says that it is the unit.
fn tell_levels_apart(groups: &mut [Group], disclosures: &[(&Disclosure, Region)]) {
    let is_unit = |group: &Group| disclosures[group.members[0]].0.identity.level == Level::Unit;
    let departments: BTreeSet<(Region, String)> = groups
        .iter()
        .filter(|group| !is_unit(group))
        .map(|group| (group.region.clone(), comparable(&group.name)))
        .collect();
    for group in groups.iter_mut().filter(|group| is_unit(group)) {
        if departments.contains(&(group.region.clone(), comparable(&group.name))) {
            group.name.push_str("（本级）");
            group.slug.push_str("-benji");
        }
    }
}

/// Joins and renames what `site.toml` says. The key is a name or a slug.
fn apply(key: &str, department: &DepartmentConfig, groups: &mut Vec<Group>, problems: &mut Vec<Diagnostic>) {
    let names: Vec<String> = std::iter::once(key)
        .chain(department.name.as_deref())
        .chain(department.formerly.iter().map(String::as_str))
        .map(comparable)
        .collect();
    let is_meant = |group: &Group| {
        group.slug == key
            || names.contains(&comparable(&group.name))
            || group.other_names.iter().any(|name| names.contains(&comparable(name)))
    };
    let (meant, others): (Vec<Group>, Vec<Group>) = std::mem::take(groups).into_iter().partition(is_meant);
    *groups = others;
    let mut meant = meant.into_iter();
    // The group that the key itself names leads; former names follow.
    let Some(mut joined) = meant.next() else {
        let message = format!("[departments] 中的“{key}”没有对应的公开文件");
        problems.push(Diagnostic::warning("department-unknown", message, Span::file("site.toml")));
        return;
    };
    for mut group in meant {
        let leads = group.slug == key || comparable(&group.name) == comparable(key);
        if leads {
            std::mem::swap(&mut joined, &mut group);
        }
        joined.other_names.push(group.name);
        joined.other_names.extend(group.other_names);
        joined.members.extend(group.members);
    }
    if let Some(name) = &department.name
        && *name != joined.name
    {
        joined.other_names.insert(0, std::mem::replace(&mut joined.name, name.clone()));
    }
    if let Some(slug) = &department.slug {
        joined.slug = pinyin::slug(slug);
    }
    joined.members.sort_unstable();
    groups.push(joined);
}

fn make_slugs_unique(groups: &mut [Group]) {
    groups.sort_by_cached_key(|group| (group.region.clone(), pinyin::sort_key(&group.name), group.members.clone()));
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    for group in groups {
        group.slug = unique(&mut taken, &group.slug);
    }
}
