//! Where an organization is: the front matter, the divisions in its name, those of its projects' codes.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::model::Region;
use crate::parse::Document;
use crate::read::FrontMatter;
use crate::vocabulary::Vocabulary;

/// The region of the front matter, else of the divisions that the organization's name begins with, else of the
/// divisions that project codes begin with.
pub(super) fn region(
    vocabulary: &Vocabulary,
    front: &FrontMatter,
    organization: Option<&str>,
    document: &Document,
) -> Region {
    if !front.region.is_empty() {
        let part = |index: usize| front.region.get(index).map(CompactString::from);
        return Region { province: part(0), city: part(1), district: part(2) };
    }
    let divisions = &vocabulary.divisions;
    let project = project_division(document).map(|code| divisions.region_of_code(&code)).unwrap_or_default();
    let Some(named) = organization.and_then(|name| named_region(vocabulary, name)) else { return project };
    let same_district = named.district.is_none() || named.district == project.district;
    if named.city.is_none() && named.province.is_none() && same_district { project } else { named }
}

fn named_region(vocabulary: &Vocabulary, organization: &str) -> Option<Region> {
    let Vocabulary { divisions, identity, .. } = vocabulary;
    let leads = &identity.region_leads;
    let mut rest = leads.iter().fold(organization, |name, lead| name.trim_start_matches(lead.as_str()));
    let mut code: Option<&'static str> = None;
    let mut unresolved = None;
    while let Some((name, codes)) = divisions.at_start(rest) {
        let inside = |candidate: &&&'static str| {
            code.is_none_or(|parent: &str| candidate.starts_with(parent) && candidate.len() > parent.len())
        };
        let fitting: Vec<&&'static str> = codes.iter().filter(inside).collect();
        match fitting.as_slice() {
            [] => break,
            [only] => code = Some(**only),
            // Several divisions have the name: the shortest code when it is a city, else nobody knows.
            [first, ..] if first.len() < 6 => code = Some(**first),
            _ => {
                unresolved = Some(CompactString::from(name));
                break;
            }
        }
        rest = &rest[name.len()..];
    }
    match (code, unresolved) {
        (Some(code), _) => Some(divisions.region_of_code(code)),
        (None, Some(district)) => Some(Region { district: Some(district), ..Region::default() }),
        (None, None) => None,
    }
}

/// The first six digits that most project codes (division, year of entry, serial: 21 digits) share.
fn project_division(document: &Document) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for code in digit_runs(&document.source.text) {
        if matches!(code.len(), 20..=23) && code.as_bytes()[6] == b'2' {
            *counts.entry(&code[..6]).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code.to_owned())
}

/// The runs of digits that are whole words.
fn digit_runs(text: &str) -> impl Iterator<Item = &str> {
    let is_word = |glyph: char| glyph.is_alphanumeric() || glyph == '_';
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.as_bytes()[from..].iter().position(u8::is_ascii_digit)?;
            let rest = &text.as_bytes()[start..];
            let end = start + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
            from = end;
            let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
            if !before.is_some_and(is_word) && !after.is_some_and(is_word) {
                return Some(&text[start..end]);
            }
        }
    })
}
