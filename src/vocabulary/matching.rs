//! Texts held against lists of words.

/// True when a text holds one of some words.
pub fn holds(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// True when a text ends with one of some words.
pub fn ends_with(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

/// A text without the first of some words at its end.
pub fn without_end<'text>(words: &[String], text: &'text str) -> &'text str {
    words.iter().find_map(|word| text.strip_suffix(word.as_str())).unwrap_or(text)
}
