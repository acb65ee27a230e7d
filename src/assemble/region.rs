//! The tree of regions: province, city, district, as far as documents tell.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use super::pinyin;
use super::site::RegionNode;
use super::slugs::unique;
use crate::model::Region;

/// The regions with the parts above them filled in from each other: when one document says 某省某市某区 and another
/// only 某市某区, both mean the same place, unless the documents know two places of that name.
pub(super) fn complete(regions: &[Region]) -> Vec<Region> {
    let distinct: BTreeSet<&Region> = regions.iter().collect();
    let fuller = |region: &Region| {
        let candidates = distinct.iter().filter(|other| contains(other, region));
        let most = candidates.clone().map(|candidate| parts(candidate).len()).max()?;
        let mut fullest = candidates.filter(|candidate| parts(candidate).len() == most);
        let only = fullest.next()?;
        fullest.next().is_none().then(|| (*only).clone())
    };
    let completed: BTreeMap<&Region, Region> =
        distinct.iter().map(|region| (*region, fuller(region).unwrap_or_else(|| (*region).clone()))).collect();
    regions.iter().map(|region| completed[region].clone()).collect()
}

/// The nodes of all regions and of those above them, by slug, parents before children. Departments are added later.
pub(super) fn tree<'a>(regions: impl Iterator<Item = &'a Region>) -> Vec<RegionNode> {
    let mut all: Vec<Region> = regions.flat_map(ancestors).collect();
    all.sort_by_cached_key(|region| {
        let path = parts(region);
        path.into_iter().map(|part| (part_slug(&part), part)).collect::<Vec<_>>()
    });
    all.dedup();
    let mut taken = BTreeMap::new();
    let mut nodes: Vec<RegionNode> = Vec::with_capacity(all.len());
    for region in &all {
        let path = parts(region);
        let wanted = path.iter().map(|part| part_slug(part)).collect::<Vec<_>>().join("-");
        let slug = unique(&mut taken, &wanted);
        let above = ancestors(region).into_iter().rev().nth(1);
        nodes.push(RegionNode {
            url: format!("regions/{slug}/"),
            slug,
            name: path.last().map(ToString::to_string).unwrap_or_default(),
            region: region.clone(),
            parent: above.and_then(|above| all.iter().position(|other| *other == above)),
            departments: Vec::new(),
            all_departments: Vec::new(),
            totals: Vec::new(),
        });
    }
    nodes
}

/// The node of a region; `None` when nothing of it is known.
pub(super) fn find(nodes: &[RegionNode], region: &Region) -> Option<usize> {
    nodes.iter().position(|node| node.region == *region)
}

/// Adds a department to its region and to all regions above.
pub(super) fn add_department(nodes: &mut [RegionNode], region: usize, department: usize) {
    nodes[region].departments.push(department);
    let mut above = Some(region);
    while let Some(index) = above {
        nodes[index].all_departments.push(department);
        above = nodes[index].parent;
    }
}

/// The pinyin of a region's name without the word for its rank: 某某市 → `moumou`.
pub(super) fn part_slug(name: &str) -> String {
    const RANKS: [&str; 9] = ["特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "区", "县"];
    let bare = RANKS.iter().find_map(|rank| name.strip_suffix(rank)).filter(|bare| bare.chars().count() > 1);
    pinyin::slug(bare.unwrap_or(name))
}

/// The known parts of a region from the largest to the smallest.
fn parts(region: &Region) -> Vec<CompactString> {
    [&region.province, &region.city, &region.district].into_iter().flatten().cloned().collect()
}

/// The regions above a region and the region itself, from the largest to the smallest.
fn ancestors(region: &Region) -> Vec<Region> {
    let province = Region { province: region.province.clone(), ..Region::default() };
    let city = Region { district: None, ..region.clone() };
    let mut found: Vec<Region> =
        [province, city, region.clone()].into_iter().filter(|part| !parts(part).is_empty()).collect();
    found.dedup();
    found
}

/// True when the smallest part is the same and no other known part contradicts.
fn contains(fuller: &Region, region: &Region) -> bool {
    let pairs =
        [(&fuller.province, &region.province), (&fuller.city, &region.city), (&fuller.district, &region.district)];
    parts(fuller).last() == parts(region).last()
        && pairs.iter().all(|(full, part)| part.is_none() || full == part)
        && !parts(region).is_empty()
}

#[cfg(test)]
mod tests {
    use super::{complete, tree};
    use crate::model::Region;

    fn region(province: &str, city: &str, district: &str) -> Region {
        let part = |name: &str| (!name.is_empty()).then(|| name.into());
        Region { province: part(province), city: part(city), district: part(district) }
    }

    #[test]
    fn parents_stand_before_children_with_slugs_of_the_whole_path() {
        let regions = [region("甲省", "乙市", "朝阳区"), region("甲省", "乙市", ""), region("丙市", "", "朝阳区")];
        let nodes = tree(regions.iter());
        let told: Vec<_> = nodes.iter().map(|node| (node.slug.as_str(), node.name.as_str(), node.parent)).collect();
        let expected = [
            ("bingshi", "丙市", None),
            ("bingshi-chaoyang", "朝阳区", Some(0)),
            ("jiasheng", "甲省", None),
            ("jiasheng-yishi", "乙市", Some(2)),
            ("jiasheng-yishi-chaoyang", "朝阳区", Some(3)),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_part_that_is_left_out_is_filled_in_when_only_one_place_fits() {
        let whole = region("甲省", "乙市", "丙区");
        let short = region("", "乙市", "丙区");
        assert_eq!(complete(&[whole.clone(), short.clone()]), [whole.clone(), whole.clone()]);
        let other = region("丁省", "乙市", "丙区");
        assert_eq!(complete(&[whole.clone(), other.clone(), short.clone()])[2], short);
        assert_eq!(complete(&[Region::default(), whole])[0], Region::default());
    }
}
