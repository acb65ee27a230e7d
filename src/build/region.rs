//! The departments of one region as a shard.

use std::ops::Range;

use compact_str::CompactString;

use super::departments::work_on_all;
use super::identify::{self, Identified};
use super::key::Basis;
use super::pace::Counted;
use super::shards::{Documents, Shard};
use super::whole::{plan, tell};
use super::workshop::Workshop;
use super::{BuildReport, Cache, Pace, SiteFolder, Stage, prepare};
use crate::assemble::{self, Site};
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::Output;
use crate::read::Stamps;
use crate::render::Renderer;
use crate::vocabulary::{Divisions, Vocabulary};

/// The region of departments of which no region is known.
const NONE: &str = "none";

/// Writes the departments of a region, and of all regions in it, as a shard: their own pages, and what
/// [`join_at`](super::join_at) needs to make the pages of the whole site. `region` is a code of an administrative
/// division (`41`, `4103`, `410305`), the name of a region in addresses (`luoyang-xigong`), or `none` for departments
/// without a region.
///
/// All documents of the content folder are identified, for the address of a department depends on the others.
pub fn build_region_at(
    folder: &SiteFolder,
    region: &str,
    output: &dyn Output,
    pace: &Pace,
    cache: Option<&Cache>,
) -> BuildReport {
    let mut report = BuildReport::default();
    let Some((own, rules, theme)) = prepare(folder, &mut report) else { return report };
    let vocabulary = own.as_ref().unwrap_or_else(|| Vocabulary::builtin());
    let mut config = report.config.clone();
    let Some(basis) = Basis::of(folder, &Stamps::default()) else {
        report.stop(vec![unreadable_basis()]);
        return report;
    };
    let output: &dyn Output = &Counted { output, pace };
    pace.begin(Stage::Read, 0);
    let identified = report.timed(Stage::Read, || identify::identify(vocabulary, &folder.content, cache));
    let mut site = plan(&mut config, rules, &identified.sets, &mut report);
    let ranges = match departments(&vocabulary.divisions, &site, region) {
        Ok(departments) => ranges(&site, &departments),
        Err(problem) => {
            report.stop(vec![*problem]);
            return report;
        }
    };
    let nothing = Site { rules, ..Site::default() };
    let renderer = Renderer::new(&config, &theme, &nothing, output);
    let shard = Shard::new(basis, output);
    let workshop = Workshop::new(&config, vocabulary, folder, &identified, &renderer, output);
    let workshop = Workshop { cache, shard: Some(&shard), ..workshop };
    pace.begin(Stage::Recognize, ranges.iter().map(Range::len).sum());
    let documents = documents(basis, &identified, &site, &ranges);
    report.counts.sources = documents.sets.iter().map(|set| set.paths.len()).sum();
    report.counts.bytes = documents.sets.iter().map(|set| set.bytes).sum();
    let worked = work_on_all(&workshop, ranges, &mut site, &config.audit.waivers, pace, &mut report);
    let mut said = shard.finish(&documents);
    said.extend(renderer.into_diagnostics());
    report.misconfigured |= said.iter().any(|said| said.severity == Severity::Error);
    report.diagnostics.extend(said);
    report.diagnostics.extend(cache.and_then(Cache::finish));
    site.diagnostics.extend(identified.diagnostics);
    report.content_files = identified.content.files(&site.diagnostics);
    // Answers to findings of other regions answer nothing here.
    config.audit.waivers.clear();
    tell(&config, site, &worked.answered, &mut report);
    report
}

/// The departments of a region and of all regions in it, by index.
fn departments(divisions: &Divisions, site: &Site, wanted: &str) -> Result<Vec<usize>, Box<Diagnostic>> {
    let known = divisions.region_of_code(wanted);
    let is_code = known.province.is_some() && wanted.bytes().all(|byte| byte.is_ascii_digit());
    let node = site.regions.iter().find(|node| node.slug == wanted || is_code && node.region == known);
    let departments: Vec<usize> = match node {
        Some(node) => node.all_departments.clone(),
        None if wanted == NONE => {
            (0..site.departments.len()).filter(|index| site.departments[*index].region_node.is_none()).collect()
        }
        None => Vec::new(),
    };
    if departments.is_empty() { Err(Box::new(no_region(site, wanted))) } else { Ok(departments) }
}

fn ranges(site: &Site, departments: &[usize]) -> Vec<Range<usize>> {
    let all = assemble::ranges(site);
    departments.iter().map(|index| all[*index].clone()).collect()
}

fn documents(basis: Basis, identified: &Identified, site: &Site, ranges: &[Range<usize>]) -> Documents {
    let planned = ranges.iter().flat_map(|range| &site.disclosures[range.clone()]);
    let mains = planned.filter_map(|planned| Some(&*planned.disclosure.sources.first()?.path));
    let mains: std::collections::BTreeSet<&str> = mains.collect();
    let (sets, others): (Vec<_>, Vec<_>) = identified.sets.iter().partition(|set| mains.contains(set.main()));
    Documents {
        basis: basis.name(),
        sets: sets.into_iter().cloned().collect(),
        elsewhere: others.into_iter().map(|set| set.main().into()).collect(),
        diagnostics: identified.diagnostics.clone(),
        files: identified
            .content
            .files(&identified.diagnostics)
            .iter()
            .map(|file| CompactString::from(&**file))
            .collect(),
    }
}

fn no_region(site: &Site, wanted: &str) -> Diagnostic {
    let known: Vec<&str> = site.regions.iter().map(|node| node.slug.as_str()).collect();
    let message = match wanted {
        NONE => "所有部门的地区都已识别，不需要 none 这个片区".to_owned(),
        _ => format!("没有部门属于地区“{wanted}”"),
    };
    let hint = format!("写行政区划代码，或网址里的地区名；内容里有：{}；没有地区的部门写 none", known.join("、"));
    Diagnostic::anywhere(Severity::Error, "region-unknown", message).with_hint(hint)
}

fn unreadable_basis() -> Diagnostic {
    let message = "站点的设置、模板或词表有文件读不出来";
    Diagnostic::anywhere(Severity::Error, "region-basis", message).with_hint("检查站点目录里文件的权限")
}
