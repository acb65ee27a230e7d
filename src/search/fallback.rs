//! `search/fallback.js`: departments, disclosures, projects and codes in one script, for readers who open the site from
//! a folder: there a page may load a script, and may not fetch shards.

use super::json;
use super::manifest::{Departments, Disclosures, Manifest, Regions, Word};
use super::record::{Record, RecordType};
use serde::Serialize;

/// The script stays below this size, in bytes; what does not fit is left out, the last types first.
const LIMIT: usize = 400_000;

/// The types that it holds, the most wanted first.
const TYPES: [RecordType; 4] =
    [RecordType::Department, RecordType::Disclosure, RecordType::Project, RecordType::Function];

/// What the script sets: the dictionaries of the manifest and a document shard with the records' numbers.
#[derive(Serialize)]
struct Fallback<'a> {
    /// False when records of these types were left out.
    complete: bool,
    types: &'a [Word],
    kinds: &'a [Word],
    years: &'a [u16],
    regions: &'a Regions,
    departments: &'a Departments,
    disclosures: &'a Disclosures,
    records: Columns<'a>,
}

#[derive(Default, Serialize)]
struct Columns<'a> {
    id: Vec<u32>,
    #[serde(rename = "type")]
    kind: Vec<u8>,
    name: Vec<&'a str>,
    code: Vec<&'a str>,
    text: Vec<&'a str>,
    amount: Vec<&'a str>,
    yuan: Vec<&'a str>,
    url: Vec<&'a str>,
}

/// The script.
pub(super) fn script(manifest: &Manifest, records: &[&Record<'_>]) -> Vec<u8> {
    let (columns, complete) = columns(records);
    let fallback = Fallback {
        complete,
        types: &manifest.types,
        kinds: &manifest.kinds,
        years: &manifest.years,
        regions: &manifest.regions,
        departments: &manifest.departments,
        disclosures: &manifest.disclosures,
        records: columns,
    };
    [b"window.BUDGETSITE_SEARCH = ", json(&fallback).as_slice(), b";\n"].concat()
}

fn columns<'a>(records: &'a [&'a Record<'a>]) -> (Columns<'a>, bool) {
    let mut columns = Columns::default();
    let mut size = 0;
    for kind in TYPES {
        for (id, record) in records.iter().enumerate().filter(|(_, record)| record.kind == kind) {
            size += record.size();
            if size > LIMIT {
                return (columns, false);
            }
            columns.push(id as u32, record);
        }
    }
    (columns, true)
}

impl<'a> Columns<'a> {
    fn push(&mut self, id: u32, record: &'a Record<'a>) {
        self.id.push(id);
        self.kind.push(record.kind as u8);
        self.name.push(&record.name);
        self.code.push(&record.code);
        self.text.push(&record.text);
        self.amount.push(&record.amount);
        self.yuan.push(&record.yuan);
        self.url.push(&record.url);
    }
}
