//! The head of a loose table of 三公 in one row: no blank tells which of its heads stands above which, and a template may
//! print the vehicles before or behind 公务接待费. The order in which heads of one line stand is kept; where the vehicles
//! stand among them is tried in every way, and the sums of the amounts decide.

use compact_str::CompactString;

use super::{HeadPath, is_column_numbers};
use crate::model::StatementKind;
use crate::parse::GridRow;
use crate::vocabulary::text::{key, squeeze};
use crate::vocabulary::{TableWords, Vocabulary};

/// What one head names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// 合计, or 三公经费.
    Total,
    /// 小计.
    Sum,
    Abroad,
    Vehicles,
    Purchase,
    Operation,
    Reception,
    /// 会议费, 培训费, 机关运行经费.
    Beside,
    /// A year or a phase.
    Period,
}

/// A head that is known, with its line and its place there.
#[derive(Debug, Clone)]
struct Head {
    names: Names,
    text: CompactString,
    line: usize,
    at: usize,
    /// Its pieces stand on lines of their own: where they stand tells nothing.
    torn: bool,
}

impl Head {
    /// True when the head surely stands before another.
    fn is_before(&self, other: &Head) -> bool {
        !self.torn && !other.torn && (self.line, self.at) < (other.line, other.at)
    }
}

/// The ways in which the columns may stand below the heads; none where the parts are not all named.
pub(in crate::recognize::statement) fn orders(vocabulary: &Vocabulary, head: &[GridRow]) -> Vec<Vec<HeadPath>> {
    let heads = heads(vocabulary, head);
    let of = |names: Names| heads.iter().filter(move |head| head.names == names);
    let (Some(abroad), Some(reception)) = (of(Names::Abroad).next(), of(Names::Reception).next()) else {
        return Vec::new();
    };
    let blocks = of(Names::Abroad).count();
    if of(Names::Reception).count() != blocks || of(Names::Total).count() < blocks {
        return Vec::new();
    }
    let periods: Vec<&Head> = of(Names::Period).collect();
    let mut beside: Vec<&Head> = of(Names::Beside).collect();
    if beside.len().is_multiple_of(blocks) && blocks > 1 {
        beside.truncate(beside.len() / blocks);
    }
    let mut groups = [vec![abroad.text.as_str()], vec![reception.text.as_str()]];
    if reception.is_before(abroad) {
        groups.swap(0, 1);
    }
    let vehicles = vehicles(&vocabulary.tables, &heads);
    let mut orders = Vec::new();
    for (place, vehicles) in
        places(&heads, abroad, reception).into_iter().flat_map(|place| vehicles.iter().map(move |way| (place, way)))
    {
        let mut parts: Vec<Vec<CompactString>> =
            groups.iter().map(|part| part.iter().map(|text| CompactString::from(*text)).collect()).collect();
        parts.splice(place..place, vehicles.iter().cloned());
        orders.push(parts);
    }
    orders.iter().flat_map(|parts| blocks_of(&vocabulary.tables, &heads, parts, &beside, &periods, blocks)).collect()
}

/// The columns of every block, with its total first; beside it what is no part.
fn blocks_of(
    words: &TableWords,
    heads: &[Head],
    parts: &[Vec<CompactString>],
    beside: &[&Head],
    periods: &[&Head],
    blocks: usize,
) -> Vec<Vec<HeadPath>> {
    let text = |head: &&Head| vec![head.text.clone()];
    let own_total = heads.iter().find(|head| head.names == Names::Total).map(|head| head.text.clone());
    let total = vec![own_total.unwrap_or_default()];
    let plain: Vec<Vec<CompactString>> =
        std::iter::once(total.clone()).chain(parts.to_vec()).chain(beside.iter().map(text)).collect();
    let mut ways = vec![plain];
    // 合计 of everything before that of the three.
    if !beside.is_empty() {
        let three = vec![CompactString::from(words.three_public_heads.first().map_or("", String::as_str))];
        ways.push(std::iter::once(total).chain([three]).chain(parts.to_vec()).chain(beside.iter().map(text)).collect());
    }
    let under = |period: Option<&&Head>, column: &Vec<CompactString>| {
        let heads: Vec<CompactString> =
            period.map(|head| head.text.clone()).into_iter().chain(column.clone()).collect();
        HeadPath { keys: heads.iter().map(|head| key(head)).collect(), heads }
    };
    let told = |way: &Vec<Vec<CompactString>>| -> Option<Vec<HeadPath>> {
        if periods.len() == blocks || periods.is_empty() && blocks == 1 {
            let block = |at: usize| way.iter().map(move |column| under(periods.get(at), column));
            return Some((0..blocks).flat_map(block).collect());
        }
        // 预算数 and 决算数 below every part.
        let twice = periods.len().is_multiple_of(way.len()) && blocks == 1;
        let phases = periods.len().checked_div(way.len()).filter(|_| twice)?;
        Some(way.iter().flat_map(|column| (0..phases).map(move |at| under(periods.get(at), column))).collect())
    };
    ways.iter().filter_map(told).collect()
}

/// The columns of the vehicles: their sum, where a head names it, and the two parts in the order of their heads. A 小计 on
/// another line may be theirs: both ways.
fn vehicles(words: &TableWords, heads: &[Head]) -> Vec<Vec<Vec<CompactString>>> {
    let first = |names: Names| heads.iter().find(|head| head.names == names);
    let whole = first(Names::Vehicles).map(|head| head.text.clone());
    let whole =
        || whole.clone().unwrap_or(CompactString::from(words.three_public_heads.get(1).map_or("", String::as_str)));
    let (Some(purchase), Some(operation)) = (first(Names::Purchase), first(Names::Operation)) else {
        return vec![vec![vec![whole()]]];
    };
    let mut parts = [purchase, operation];
    if operation.is_before(purchase) {
        parts.swap(0, 1);
    }
    let summed = heads.iter().any(|head| {
        head.line == purchase.line && matches!(head.names, Names::Sum | Names::Total) && head.at < parts[0].at
    });
    let elsewhere = heads.iter().any(|head| head.names == Names::Sum);
    let sum = || vec![whole(), CompactString::from(words.subtotals.first().map_or("", String::as_str))];
    let way = |summed: bool| {
        summed.then(sum).into_iter().chain(parts.iter().map(|part| vec![whole(), part.text.clone()])).collect()
    };
    if summed || !elsewhere { vec![way(summed)] } else { vec![way(true), way(false)] }
}

/// How many of 出国 and 接待 stand before the vehicles: as their heads say where all stand on one line, else anything.
fn places(heads: &[Head], abroad: &Head, reception: &Head) -> Vec<usize> {
    let on_line = |names: Names| heads.iter().find(|head| head.names == names && head.line == abroad.line);
    match on_line(Names::Vehicles).or_else(|| on_line(Names::Operation)) {
        Some(vehicles) if reception.line == abroad.line => {
            vec![[abroad, reception].iter().filter(|head| head.at < vehicles.at).count()]
        }
        _ => vec![1, 0, 2],
    }
}

/// The heads that are known, line by line. A head that its cell broke over lines is known by both pieces together.
fn heads(vocabulary: &Vocabulary, head: &[GridRow]) -> Vec<Head> {
    let lines: Vec<Vec<String>> = head
        .iter()
        .filter(|row| !is_column_numbers(&vocabulary.tables, row))
        .map(|row| row.cells.iter().map(|cell| squeeze(&cell.text)).filter(|text| !text.is_empty()).collect())
        .collect();
    let mut heads = Vec::new();
    for (line, texts) in lines.iter().enumerate() {
        for (at, text) in texts.iter().enumerate() {
            let pieces = lines[line + 1..].iter().take(2).filter(|next| texts.len() == 1 && next.len() == 1);
            let whole = pieces.map(|next| format!("{text}{}", next[0]));
            let known = |text: String| Some((names(vocabulary, &key(&text))?, text));
            let found = whole.filter(|whole| vocabulary.columns.knows(&key(whole))).find_map(known);
            // A piece that says nothing by itself goes on in a piece of another line that says nothing either.
            let rest = || {
                let alone = |piece: &&String| names(vocabulary, &key(piece)).is_none();
                let rests = lines[line + 1..].iter().take(3).flatten().filter(alone);
                rests.map(|rest| format!("{text}{rest}")).find(|whole| vocabulary.columns.knows(&key(whole)))
            };
            let found = found.or_else(|| known(text.clone()));
            let torn = found.is_none();
            if let Some((names, text)) = found.or_else(|| rest().and_then(known)) {
                heads.push(Head { names, text: CompactString::from(text), line, at, torn });
            }
        }
    }
    heads
}

fn names(vocabulary: &Vocabulary, key: &str) -> Option<Names> {
    if vocabulary.tables.subtotals.iter().any(|sum| sum == key) {
        return Some(Names::Sum);
    }
    if vocabulary.rows.total(key).is_some() {
        return Some(Names::Total);
    }
    let meaning = vocabulary.columns.of_head(key, StatementKind::ThreePublic)?;
    match meaning.part.as_str() {
        "total" => Some(Names::Total),
        "abroad" => Some(Names::Abroad),
        "vehicles" => Some(Names::Vehicles),
        "vehicle_purchase" => Some(Names::Purchase),
        "vehicle_operation" => Some(Names::Operation),
        "reception" => Some(Names::Reception),
        "meeting" | "training" | "agency_operating" => Some(Names::Beside),
        _ if meaning.phase.is_some() || meaning.year.is_some() || key.contains("20") => Some(Names::Period),
        _ => None,
    }
}
