//! Departments made of their documents, or taken from the cache when nothing changed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::cache::Cache;
use super::clock::Clock;
use super::departments::{Done, Supplied, Supply, own_waivers};
use super::first::First;
use super::identify::{Identified, Set, disclosure};
use super::light::LightDepartment;
use super::shards::Shard;
use super::stored::{self, Noted, Pieces, Stored};
use super::{Counts, SiteFolder, Stage, count};
use crate::assemble::{self, Site};
use crate::audit;
use crate::config::{SiteConfig, Waiver};
use crate::diagnostic::Diagnostic;
use crate::export;
use crate::model::{Disclosure, DisclosureLedger};
use crate::output::Output;
use crate::render::{self, Renderer};
use crate::vocabulary::Vocabulary;
use crate::{read, recognize, search};

/// What working on departments takes.
pub(super) struct Workshop<'w> {
    pub(super) config: &'w SiteConfig,
    pub(super) vocabulary: &'w Vocabulary,
    pub(super) folder: &'w SiteFolder,
    pub(super) identified: &'w Identified,
    pub(super) sets: Sets<'w>,
    pub(super) renderer: &'w Renderer<'w>,
    pub(super) output: &'w dyn Output,
    pub(super) cache: Option<&'w Cache>,
    /// Where departments are kept for another machine.
    pub(super) shard: Option<&'w Shard<'w>>,
    /// Who waits for some departments.
    pub(super) first: Option<&'w First<'w>>,
}

impl<'w> Workshop<'w> {
    /// A workshop for identified documents, whose pages go to `output` and are kept nowhere else.
    pub(super) fn new(
        config: &'w SiteConfig,
        vocabulary: &'w Vocabulary,
        folder: &'w SiteFolder,
        identified: &'w Identified,
        renderer: &'w Renderer<'w>,
        output: &'w dyn Output,
    ) -> Self {
        let sets = by_path(&identified.sets);
        Workshop {
            config,
            vocabulary,
            folder,
            identified,
            sets,
            renderer,
            output,
            cache: None,
            shard: None,
            first: None,
        }
    }
}

/// The sets of documents by the path of the main one.
pub(super) type Sets<'s> = BTreeMap<&'s str, &'s Set>;

/// Finds sets by the path of their main document.
pub(super) fn by_path(sets: &[Set]) -> Sets<'_> {
    sets.iter().map(|set| (set.main(), set)).collect()
}

impl Supply for Workshop<'_> {
    fn department(&self, plan: &Site, range: &Range<usize>, clock: &Clock) -> Supplied {
        let waivers = &self.config.audit.waivers;
        let own: Vec<Waiver> = own_waivers(waivers, plan, range).map(|(_, waiver)| waiver.clone()).collect();
        let basis = self.cache.map(Cache::basis).or(self.shard.map(|shard| shard.basis));
        let Some(basis) = basis else {
            let (done, pieces, _) = made(self, plan, range, &own, clock, self.output);
            return Supplied { done, pieces, name: None, is_reused: false };
        };
        let key = stored::key(basis, &own, &self.sets, plan, range);
        let kept = clock.time(Stage::Read, || stored::recall(self.cache?, &key, self.output));
        let is_reused = kept.is_some();
        let (stored, mut pieces, is_planned) = kept.map_or_else(
            || {
                let noted = Noted::new(self.output);
                let (done, pieces, is_planned) = made(self, plan, range, &own, clock, &noted);
                (Stored::new(done, &pieces, noted.into_files()), pieces, is_planned)
            },
            |(stored, pieces)| (stored, pieces, true),
        );
        // A file that changed meanwhile is not what the name of the entry says.
        let is_named = is_planned && stored.is_whole();
        if is_named {
            if let Some(shard) = self.shard {
                shard.put(&key, &stored, &pieces);
            }
            if let Some(cache) = self.cache.filter(|_| !is_reused) {
                let held = pieces.all().and_then(|all| cache.put(&key, &stored, &all));
                // The entry has them, so that they need not be kept twice.
                pieces = held.and_then(|held| stored.pieces(held)).unwrap_or(pieces);
            }
        } else if let Some(shard) = self.shard {
            shard.put_nothing();
        }
        Supplied { done: stored.into_done(), pieces, name: is_named.then(|| key.name()), is_reused }
    }

    fn comes_first(&self, plan: &Site, range: &Range<usize>) -> bool {
        self.first.is_some_and(|first| first.wants(plan, range))
    }

    fn first_are_there(&self) {
        self.first.into_iter().for_each(|first| (first.written)());
    }
}

/// Reads, checks and writes a department; tells also whether its documents are those of the plan.
fn made(
    shop: &Workshop<'_>,
    plan: &Site,
    range: &Range<usize>,
    own: &[Waiver],
    clock: &Clock,
    output: &dyn Output,
) -> (Done, Pieces, bool) {
    let bodies = plan.disclosures[range.clone()].iter().map(|planned| body(shop, &planned.disclosure));
    let bodies: Vec<(Disclosure, bool)> = clock.time(Stage::Recognize, || bodies.collect());
    let is_planned = bodies.iter().all(|(_, is_planned)| *is_planned);
    let bodies = bodies.into_iter().map(|(body, _)| body).collect();
    let site = clock.time(Stage::Audit, || check(shop.config, plan, range.clone(), bodies));
    let (parts, mut problems) = clock.time(Stage::Render, || render::render_alone(shop.renderer, &site, output));
    problems.extend(offer_originals(&shop.folder.content, &site, output));
    let entries =
        clock.time(Stage::Search, || site.disclosures.iter().map(|one| search::entries(site.rules, one)).collect());
    let rows = clock.time(Stage::Export, || export::rows(&site));
    let mut counts = Counts::default();
    count::count(&mut counts, &site);
    let ledgers = site.disclosures.iter().map(|published| (&published.disclosure, &published.ledger));
    let answered = audit::answered(own, ledgers);
    let pieces = Pieces::new(&LightDepartment::new(site), rows, entries);
    (Done { parts, counts, problems, answered }, pieces, is_planned)
}

/// Reads and recognizes the documents of a planned disclosure again, in full; tells also whether they are still what was
/// planned. What can no longer be read stays a stub.
fn body(shop: &Workshop<'_>, stub: &Disclosure) -> (Disclosure, bool) {
    let Some(set) = stub.sources.first().and_then(|source| shop.sets.get(&*source.path)) else {
        return (stub.clone(), false);
    };
    let sources = set.documents.iter().filter_map(|number| shop.identified.content.read(*number).0);
    let read: Vec<Disclosure> = sources.map(|source| disclosure(shop.vocabulary, source)).collect();
    let hashes = read.iter().flat_map(|one| &one.sources).map(|source| &source.hash);
    let is_planned = hashes.eq(&set.hashes);
    let whole = if read.len() > 1 { recognize::merge(shop.vocabulary, read) } else { read };
    let whole = whole.into_iter().next().unwrap_or_else(|| stub.clone());
    // The plan holds for the whole build, whatever happens to the file meanwhile.
    (Disclosure { identity: stub.identity.clone(), ..whole }, is_planned)
}

/// Checks the disclosures of a department, each by itself and then against each other.
fn check(config: &SiteConfig, plan: &Site, range: Range<usize>, bodies: Vec<Disclosure>) -> Site {
    let rules = plan.rules;
    let audited = |disclosure: Disclosure| {
        let ledger = audit::audit(rules, &config.audit, &disclosure);
        (disclosure, ledger)
    };
    let audited: Vec<(Disclosure, DisclosureLedger)> = bodies.into_iter().map(audited).collect();
    let mut site = Site { rules, ..assemble::alone(plan, range, audited) };
    super::check_over_time(config, &mut site);
    site
}

/// Writes the originals that front matter offers for download beside the pages of their disclosures.
fn offer_originals(content: &Path, site: &Site, output: &dyn Output) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for published in &site.disclosures {
        let Disclosure { identity, sources, .. } = &published.disclosure;
        let (Some(name), Some(file)) = (&identity.original, identity.original_file()) else { continue };
        match read::read_original(content, sources.iter().map(|source| &*source.path), name) {
            Ok(bytes) => output.write(&format!("{}{file}", published.url), bytes),
            Err(problem) => problems.push(*problem),
        }
    }
    problems
}
