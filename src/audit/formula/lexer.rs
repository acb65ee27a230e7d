//! The words and signs of a formula.

use compact_str::CompactString;

/// A word or sign with the character at which it begins, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) column: usize,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word or a number: letters, digits, `_`, `.` inside, `/` inside a pair of codes.
    Word(CompactString),
    /// `.` and the nature after it.
    Nature(CompactString),
    /// `@` and the fund after it.
    Fund(CompactString),
    /// One or two characters of punctuation.
    Sign(&'static str),
}

/// The signs, longer ones first.
const SIGNS: [&str; 13] = ["<=", ">=", "(", ")", "+", "-", "*", "/", "=", "?", "|", ">", ","];

/// Cuts a formula into tokens; the error names the column of a character that has no meaning.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let column = text[..at].chars().count() + 1;
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = token(&text[at..]).ok_or_else(|| format!("column {column}: '{first}' has no meaning"))?;
        tokens.push(Token { kind, column });
        at += length;
    }
    Ok(tokens)
}

/// The token at the start of a text and its length in bytes.
fn token(text: &str) -> Option<(TokenKind, usize)> {
    let first = text.chars().next()?;
    if first == '.' || first == '@' {
        let word = &text[1..1 + word_length(&text[1..])];
        let kind = if first == '.' { TokenKind::Nature(word.into()) } else { TokenKind::Fund(word.into()) };
        return (!word.is_empty()).then_some((kind, 1 + word.len()));
    }
    if first.is_ascii_alphanumeric() {
        let length = word_length(text);
        return Some((TokenKind::Word(text[..length].into()), length));
    }
    let sign = SIGNS.into_iter().find(|sign| text.starts_with(sign))?;
    Some((TokenKind::Sign(sign), sign.len()))
}

/// How long a word is: dots belong to it when a letter or digit follows.
fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let inside = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let mut at = 0;
    while inside(at) || (at > 0 && bytes.get(at) == Some(&b'.') && inside(at + 1)) {
        at += 1;
    }
    at
}
