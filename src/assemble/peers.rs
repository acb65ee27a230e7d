//! Who can be compared: departments with the same year, kind and level of disclosure in the smallest region that has
//! enough of them, else on the whole site where their regions are of the same rank.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::site::Site;
use crate::model::{Amount, Kind, Level, Region};

/// Fewer than this tell nothing about one of them.
const FEWEST: usize = 3;

/// Departments that can be compared with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerGroup {
    /// Index into [`Site::regions`]; `None` for departments of the whole site whose regions are of one rank.
    pub region: Option<usize>,
    /// The fiscal year.
    pub year: u16,
    /// Budget or final account.
    pub kind: Kind,
    /// Departments or single units.
    pub level: Level,
    /// Those that state their expenditure, the largest first: department and disclosure, as indices of the site.
    pub members: Vec<(usize, usize)>,
    /// The median of 支出总计 in yuan.
    pub median: Decimal,
    /// One step of the finest last place among the members, in yuan.
    pub quantum: Decimal,
}

impl PeerGroup {
    /// The place by expenditure of the member with this number, from 1 for the largest; equal amounts share a place.
    pub fn rank(&self, site: &Site, member: usize) -> usize {
        let yuan = |(_, disclosure): &(usize, usize)| expenditure(site, *disclosure).map(|amount| amount.yuan);
        let own = yuan(&self.members[member]);
        self.members.partition_point(|other| yuan(other) > own) + 1
    }
}

/// Region, or none and the rank of the department's own region; then year, kind and level.
type Key = (Option<usize>, u8, u16, Kind, Level);

/// All groups of at least three, and the index of the smallest one for every department that is in one. A department
/// is compared by its newest disclosure; a unit that a listed department contains is no peer of departments.
pub(super) fn groups(site: &Site) -> (Vec<PeerGroup>, Vec<Option<usize>>) {
    let mut members: BTreeMap<Key, Vec<(usize, usize)>> = BTreeMap::new();
    for department in 0..site.departments.len() {
        for key in keys(site, department) {
            members.entry(key).or_default().push((department, site.departments[department].disclosures[0]));
        }
    }
    members.retain(|_, members| members.len() >= FEWEST);
    let positions: BTreeMap<Key, usize> = members.keys().copied().zip(0..).collect();
    let group_of = |department| keys(site, department).into_iter().find_map(|key| positions.get(&key).copied());
    let of_departments = (0..site.departments.len()).map(group_of).collect();
    let groups = members.into_iter().map(|(key, members)| group(site, key, members)).collect();
    (groups, of_departments)
}

/// The groups that a department belongs to, the smallest region first; none for one that cannot be compared.
fn keys(site: &Site, department: usize) -> Vec<Key> {
    let told = || {
        let newest = *site.departments[department].disclosures.first()?;
        let identity = &site.disclosures[newest].disclosure.identity;
        expenditure(site, newest)?;
        Some((identity.year?, identity.kind?, identity.level))
    };
    let Some((year, kind, level)) = told() else { return Vec::new() };
    let mut keys = Vec::new();
    let mut region = site.departments[department].region_node;
    while let Some(node) = region {
        keys.push((Some(node), 0, year, kind, level));
        region = site.regions[node].parent;
    }
    keys.push((None, rank(&site.departments[department].region), year, kind, level));
    keys
}

fn group(site: &Site, (region, _, year, kind, level): Key, mut members: Vec<(usize, usize)>) -> PeerGroup {
    let amount = |member: &(usize, usize)| expenditure(site, member.1);
    members.sort_by_key(|member| std::cmp::Reverse(amount(member).map(|amount| amount.yuan)));
    let amounts: Vec<Decimal> = members.iter().filter_map(amount).map(|amount| amount.yuan).collect();
    let quantum = members.iter().filter_map(amount).map(|amount| amount.quantum).min().unwrap_or_default();
    PeerGroup { region, year, kind, level, median: median(&amounts), quantum, members }
}

/// 1 for a province, 2 for a city, 3 for a district, 0 for none.
fn rank(region: &Region) -> u8 {
    [&region.district, &region.city, &region.province]
        .iter()
        .zip([3, 2, 1])
        .find(|(part, _)| part.is_some())
        .map_or(0, |(_, rank)| rank)
}

/// The middle of sorted amounts, halfway between the two middle ones of an even number.
fn median(sorted: &[Decimal]) -> Decimal {
    let at = |index: usize| sorted.get(index).copied().unwrap_or_default();
    let middle = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { (at(middle.wrapping_sub(1)) + at(middle)) / Decimal::TWO } else { at(middle) }
}

fn expenditure(site: &Site, disclosure: usize) -> Option<&Amount> {
    site.disclosures[disclosure].disclosure.figures.expenditure_total.as_ref()
}
