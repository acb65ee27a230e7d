//! Everything that follows from the statements and facts, whatever files they come from.

use super::identity::Period;
use super::{figures, particulars};
use crate::model::Disclosure;
use crate::vocabulary::Vocabulary;

/// Derives figures and particulars, anew when facts were added.
pub(super) fn derive(vocabulary: &Vocabulary, disclosure: &mut Disclosure) {
    figures::derive(vocabulary, Period::of(&disclosure.identity), disclosure);
    particulars::derive(vocabulary, disclosure);
}
