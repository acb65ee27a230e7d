//! Figures: what the statements and the sentences of a disclosure come to.
//!
//! In: facts, whatever files they come from. Out: the headline figures, the spending by function and the three public
//! expenses of several years. Each is taken where documents print it best; what they do not print is derived and says of
//! what. In this order: `headline` (with `agreement` where two places differ, and `economic` where persons and office are
//! told by economic classes alone), `functions`, `three_public`.

mod agreement;
mod economic;
mod functions;
mod headline;
mod three_public;

pub(super) use functions::{Gap, gaps};

use crate::model::Disclosure;
use crate::recognize::identity::Period;
use crate::vocabulary::Vocabulary;

/// Fills in the figures of a disclosure.
pub(super) fn derive(vocabulary: &Vocabulary, period: Period, disclosure: &mut Disclosure) {
    disclosure.figures = headline::collect(disclosure, period);
    disclosure.functions = functions::collect(vocabulary, &disclosure.facts, period);
    disclosure.three_public = three_public::collect(disclosure, period);
}
