//! Exports: the site as data. In: the [`Site`]. Out: the files of the output contract under `data/`, with a data
//! package that describes every file and column, and `sitemap.xml` and `robots.txt` for search engines.
//!
//! A table is a list of columns, each with its name, its documentation and the function that fills it. The header,
//! the rows and the data dictionary come from that one list.

mod changes;
mod checks;
mod dictionary;
mod disclosures;
mod facts;
mod number;
mod package;
mod procurement;
mod projects;
mod repairs;
mod scores;
mod sitemap;
mod table;
mod three_public;
mod units;

use rayon::prelude::*;

pub use dictionary::{DataFile, Field, FieldKind, dictionary};
pub use number::yuan_text;
pub use table::guard;

use crate::assemble::{PublishedDisclosure, Site};
use crate::config::SiteConfig;
use crate::output::Output;
use table::Csv;

/// A file of the contract: its documentation and how it is made.
struct Export {
    file: DataFile,
    bytes: fn(&Site) -> Vec<u8>,
}

/// Writes `data/`, and `robots.txt` and (when the site's address is known) `sitemap.xml` at the root.
pub fn write(config: &SiteConfig, site: &Site, output: &dyn Output) {
    let sizes: Vec<usize> = exports()
        .par_iter()
        .map(|export| {
            let bytes = (export.bytes)(site);
            let size = bytes.len();
            output.write(export.file.path, bytes);
            size
        })
        .collect();
    output.write(disclosures::SCHEMA_PATH, disclosures::SCHEMA.as_bytes().to_vec());
    output.write("data/datapackage.json", package::bytes(config, &dictionary(), &sizes));
    output.write("robots.txt", sitemap::robots(config).into_bytes());
    if let Some(sitemap) = sitemap::sitemap(config, site) {
        output.write("sitemap.xml", sitemap.into_bytes());
    }
}

/// Every data file in the order of the dictionary.
fn exports() -> Vec<Export> {
    vec![
        Export { file: disclosures::file(), bytes: disclosures::bytes },
        csv::<facts::Facts>(),
        csv::<three_public::ThreePublicRows>(),
        csv::<projects::Projects>(),
        csv::<projects::Funding>(),
        csv::<projects::Indicators>(),
        csv::<procurement::Procurement>(),
        csv::<units::Units>(),
        csv::<changes::Changes>(),
        csv::<changes::Terms>(),
        Export { file: checks::findings_file(), bytes: checks::findings_bytes },
        csv::<checks::Checks>(),
        csv::<scores::Scores>(),
        csv::<repairs::Repairs>(),
    ]
}

/// The export of a table: its rows for every disclosure in the site's order, made in parallel.
fn csv<T: Csv>() -> Export {
    Export { file: table::file::<T>(), bytes: |site| table::bytes::<T>(&site.disclosures) }
}

/// A row of a table: the disclosure, the number of the thing within it (from 1) and the thing.
struct Row<'a, T> {
    of: &'a PublishedDisclosure,
    number: usize,
    item: T,
}

/// The rows of the things of one disclosure.
fn numbered<'a, T: 'a>(
    of: &'a PublishedDisclosure,
    items: impl IntoIterator<Item = T> + 'a,
) -> impl Iterator<Item = Row<'a, T>> + 'a {
    items.into_iter().enumerate().map(move |(index, item)| Row { of, number: index + 1, item })
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
