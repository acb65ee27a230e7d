//! Amounts of the page as HTML: the number with its unit, linked to its line, with its mark.

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::Amount;
use crate::render::page::Renderer;
use crate::render::wording::figure::Figures;
use crate::render::wording::words::Words;

/// Writes the amounts of one disclosure for its own page.
#[derive(Clone, Copy)]
pub(super) struct Money<'a> {
    /// The disclosure of the page.
    pub(super) published: &'a PublishedDisclosure,
    /// Its index on the site.
    index: usize,
    /// How the pages of the site show amounts.
    pub(super) figures: Figures<'a>,
    /// The interface language.
    pub(super) words: &'a Words,
}

impl<'a> Money<'a> {
    /// For the disclosure with this index.
    pub(super) fn new(renderer: &'a Renderer<'_>, index: usize) -> Self {
        let published = &renderer.site.disclosures[index];
        Money {
            published,
            index,
            figures: Figures::new(renderer.site, &renderer.words, &published.url),
            words: &renderer.words,
        }
    }

    /// An amount with its unit, its link and its mark.
    pub(super) fn html(self, amount: &Amount) -> String {
        self.figures.amount(self.index, amount).html_with_unit()
    }

    /// The number alone, for a table that states its unit.
    pub(super) fn number(self, amount: &Amount) -> String {
        self.figures.amount(self.index, amount).html()
    }

    /// An amount as text alone, for places where a link cannot stand.
    pub(super) fn text(self, amount: &Amount) -> String {
        self.figures.amount(self.index, amount).plain_text()
    }
}

/// A headline figure.
#[derive(Debug, Serialize)]
pub(super) struct MainFigure {
    label: String,
    html: String,
}

/// The headline figures that the document tells.
pub(super) fn main_figures(money: Money<'_>) -> Vec<MainFigure> {
    let named = money.published.disclosure.figures.named();
    let told = named.into_iter().filter_map(|(name, amount)| Some((name, amount.as_ref()?)));
    told.map(|(name, amount)| MainFigure {
        label: money.words.among("figure", name).to_owned(),
        html: money.html(amount),
    })
    .collect()
}
