//! Exports: the site as data. In: the [`Site`]. Out: the files of the output contract under `data/`, with a data
//! package that describes every file and column, and `sitemap.xml` and `robots.txt` for search engines.
//!
//! A table is a list of columns, each with its name, its documentation and the function that fills it. The header,
//! the rows and the data dictionary come from that one list.

mod changes;
mod checks;
mod csv;
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
mod told;
mod units;
mod workbook;

use rayon::prelude::*;

pub use csv::push_line;
pub use dictionary::{DataFile, Field, FieldKind, dictionary};
pub use number::yuan_text;
pub use table::guard;
pub use workbook::{Sheet, SheetCell, workbook};

use crate::assemble::{PublishedDisclosure, Site};
use crate::config::SiteConfig;
use crate::output::Output;
use table::Csv;

/// A file of the contract: its documentation and how it is made.
struct Export {
    file: DataFile,
    form: Form,
    /// What some disclosures add to it.
    rows: fn(&Site) -> Vec<u8>,
}

/// How the rows of a file are put together.
enum Form {
    /// A header and lines.
    Csv,
    /// A list with a record on each line.
    Json,
}

/// What some disclosures add to each data file. The parts of all, in the site's order, make the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows(pub Vec<Vec<u8>>);

/// The rows of the disclosures of a site, in its order.
pub fn rows(site: &Site) -> Rows {
    Rows(exports().iter().map(|export| (export.rows)(site)).collect())
}

/// How many data files have rows.
pub fn row_files() -> usize {
    exports().len()
}

/// Writes `data/`, and `robots.txt` and (when the site's address is known) `sitemap.xml` at the root, for a site that
/// is held as a whole.
pub fn write(config: &SiteConfig, site: &Site, output: &dyn Output) {
    let Rows(rows) = rows(site);
    write_rows(config, site, &|file| Box::new(std::iter::once(rows[file].clone())), output);
}

/// The same for a site whose rows are kept elsewhere: `parts` gives those of a data file, by its number, in order.
pub fn write_rows<'p>(
    config: &SiteConfig,
    site: &Site,
    parts: &(dyn Fn(usize) -> Box<dyn Iterator<Item = Vec<u8>> + 'p> + Sync),
    output: &dyn Output,
) {
    let sizes: Vec<usize> = exports()
        .par_iter()
        .enumerate()
        .map(|(number, export)| {
            let mut size = 0;
            let pieces = export.pieces(parts(number));
            output.stream(export.file.path, &mut pieces.inspect(|piece| size += piece.len()));
            size
        })
        .collect();
    output.write(disclosures::SCHEMA_PATH, disclosures::SCHEMA.as_bytes().to_vec());
    output.write("data/datapackage.json", package::bytes(config, &dictionary(&config.language), &sizes));
    output.write("robots.txt", sitemap::robots(config).into_bytes());
    if let Some(sitemap) = sitemap::sitemap(config, site) {
        output.write("sitemap.xml", sitemap.into_bytes());
    }
}

impl Export {
    /// The whole file from the parts of its rows.
    fn pieces<'p>(&self, parts: impl Iterator<Item = Vec<u8>> + 'p) -> Box<dyn Iterator<Item = Vec<u8>> + 'p> {
        let names: Vec<&str> = self.file.fields.iter().map(|field| field.name).collect();
        let parts = parts.filter(|part| !part.is_empty());
        match self.form {
            Form::Csv => Box::new(std::iter::once(table::header(&names)).chain(parts)),
            Form::Json => Box::new(disclosures::json_list(parts)),
        }
    }
}

/// Every data file in the order of the dictionary.
fn exports() -> Vec<Export> {
    vec![
        Export { file: disclosures::file(), form: Form::Json, rows: disclosures::rows },
        csv::<facts::Facts>(),
        csv::<three_public::ThreePublicRows>(),
        csv::<projects::Projects>(),
        csv::<projects::Funding>(),
        csv::<projects::Indicators>(),
        csv::<procurement::Procurement>(),
        csv::<units::Units>(),
        csv::<changes::Changes>(),
        csv::<changes::Terms>(),
        csv::<told::Duties>(),
        csv::<told::Assets>(),
        csv::<told::Targets>(),
        Export { file: checks::findings_file(), form: Form::Json, rows: checks::finding_rows },
        csv::<checks::Checks>(),
        csv::<scores::Scores>(),
        csv::<repairs::Repairs>(),
    ]
}

/// The export of a table: its rows for every disclosure in the site's order, made in parallel.
fn csv<T: Csv>() -> Export {
    Export { file: table::file::<T>(), form: Form::Csv, rows: |site| table::rows::<T>(&site.disclosures) }
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
