//! Words in the languages of the interface: patterns and the one way in which values get into them, what the stages before
//! the pages say, and Chinese words with their English ones. The words of the pages stand in `templates/language/`.

mod by_chinese;
mod words;

pub(crate) use by_chinese::{ByChinese, by_chinese, reading};
pub(crate) use words::{Language, say};

use std::fmt::{Display, Write as _};

/// The language of a site that names none, and of what no other language tells.
pub const DEFAULT: &str = "zh-CN";

/// A pattern with its places `{name}` replaced by values. A place for which there is no value stays as it is, so that a
/// gap is seen.
pub fn fill<V: Display + ?Sized>(pattern: &str, values: &[(&str, &V)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16 * values.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            rest = &rest[before.len()..];
            break;
        };
        // Writing to a string cannot fail.
        let _ = match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => write!(filled, "{value}"),
            None => write!(filled, "{{{name}}}"),
        };
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// The names of the places of a pattern, sorted: what tests compare between languages.
#[cfg(test)]
pub(crate) fn places(pattern: &str) -> std::collections::BTreeSet<&str> {
    pattern.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Display;

    use super::fill;

    #[test]
    fn places_are_filled_by_name() {
        let values: [(&str, &dyn Display); 3] = [("a", &1), ("b", &"二"), ("c", &"{a}")];
        for (pattern, filled) in [
            ("{b}之{a}。", "二之1。"),
            ("{c}", "{a}"),
            ("{other}{a}", "{other}1"),
            ("an open { bracket", "an open { bracket"),
            ("", ""),
        ] {
            assert_eq!(fill(pattern, &values), filled);
        }
    }
}
