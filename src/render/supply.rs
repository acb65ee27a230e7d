//! Where pages of the whole site come from: they are made, or taken over from an earlier build that made them of the same.

use serde::Serialize;

use super::page::Renderer;
use crate::output::Output;

/// Supplies pages.
pub trait PageSupply: Sync {
    /// Supplies a page with the files beside it, which `write` makes; it tells whether all went well.
    fn supply(&self, page: &PageBasis<'_>, write: &dyn Fn(&dyn Output) -> bool);
}

/// What decides about a page, beside the site's configuration, words and looks.
#[derive(Debug, Clone, Copy)]
pub struct PageBasis<'a> {
    /// Its address.
    pub url: &'a str,
    /// The department that it shows, an index of the site.
    pub department: Option<usize>,
    /// All else that it shows.
    pub values: &'a [u8],
}

/// Supplies one page that shows nothing but these values.
pub(super) fn supply(
    renderer: &Renderer<'_>,
    supply: &dyn PageSupply,
    url: &str,
    values: &impl Serialize,
    write: &(dyn Fn(&Renderer<'_>) + Sync),
) {
    supply_of(renderer, supply, PageBasis { url, department: None, values: &bytes(values) }, write);
}

/// The same for a page that shows a department too.
pub(super) fn supply_of(
    renderer: &Renderer<'_>,
    supply: &dyn PageSupply,
    page: PageBasis<'_>,
    write: &(dyn Fn(&Renderer<'_>) + Sync),
) {
    supply.supply(&page, &|output| {
        let own = renderer.of_site(renderer.site, output);
        write(&own);
        renderer.take_over(own)
    });
}

/// Values as bytes: the same bytes, the same values.
pub(super) fn bytes(values: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(values).expect("texts and numbers can be written as bytes")
}

/// Pages that are all made.
pub(super) struct AllMade<'o>(pub(super) &'o dyn Output);

impl PageSupply for AllMade<'_> {
    fn supply(&self, _page: &PageBasis<'_>, write: &dyn Fn(&dyn Output) -> bool) {
        write(self.0);
    }
}
