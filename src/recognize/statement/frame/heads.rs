//! What the heads of a table say for and against a known layout.

use super::columns;
use super::placed::Placed;
use crate::recognize::statement::head::HeadPath;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{has_han, key};

/// How many columns stand under a head that the vocabulary knows.
pub(super) fn known_heads(vocabulary: &Vocabulary, paths: &[HeadPath]) -> i64 {
    paths.iter().filter(|path| path.keys.iter().any(|key| vocabulary.columns.knows(key))).count() as i64
}

/// True when a known head stands above a column of the layout that is another.
pub(super) fn denies(vocabulary: &Vocabulary, layout: &Placed, paths: &[HeadPath]) -> bool {
    let Some(mapping) = layout.choices.first().and_then(|choice| choice.first()) else { return false };
    paths.iter().zip(mapping).filter_map(|(path, column)| Some((path, layout.columns.get((*column)?)?))).any(
        |(path, column)| {
            let mut known = path.keys.iter().filter(|key| vocabulary.columns.knows(key)).peekable();
            let fits = |key: &String| column.path.iter().any(|head| columns::agree(key, &self::key(head)));
            known.peek().is_some() && !known.any(fits)
        },
    )
}

/// How well the heads agree with the columns of a layout onto which the first fragment is placed.
pub(super) fn head_agreement(vocabulary: &Vocabulary, layout: &Placed, paths: &[HeadPath]) -> i64 {
    let columns = &layout.columns;
    let Some(mapping) = layout.choices.first().and_then(|choice| choice.first()) else { return 0 };
    let mut agreement = 0;
    for (path, column) in paths.iter().zip(mapping).filter_map(|(path, column)| Some((path, columns.get((*column)?)?)))
    {
        let (known, debris): (Vec<&String>, Vec<&String>) =
            path.keys.iter().partition(|key| vocabulary.columns.knows(key));
        let fits = |key: &&String| column.path.iter().any(|head| columns::agree(key, &self::key(head)));
        if !known.is_empty() {
            agreement += if known.iter().any(fits) { 1 } else { -4 };
        }
        // A layout that explains debris is likely; one that cannot explain a whole unknown head is not.
        for key in debris {
            let whole = key.chars().filter(|glyph| has_han(glyph.encode_utf8(&mut [0; 4]))).count() >= 6;
            agreement += if fits(&key) { 2 } else { -i64::from(whole) };
        }
    }
    agreement
}
