//! A sentence made of words and values: as HTML with a link behind every amount, or as plain text.

use crate::render::wording::escape::push_text;
use crate::render::wording::figure::Figure;
use crate::render::wording::words::Words;

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// An amount with its unit.
    Amount(Box<Figure>),
    /// A part that is a sentence itself.
    Phrase(Phrase),
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Piece::Text(text.to_owned())
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Piece::Text(text)
    }
}

impl From<Figure> for Piece {
    fn from(figure: Figure) -> Self {
        Piece::Amount(Box::new(figure))
    }
}

impl From<Phrase> for Piece {
    fn from(phrase: Phrase) -> Self {
        Piece::Phrase(phrase)
    }
}

/// A sentence or a part of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase {
    pieces: Vec<Piece>,
}

impl Phrase {
    /// The pattern of the interface language with its `{names}` replaced by pieces.
    pub fn fill(words: &Words, key: &str, values: Vec<(&str, Piece)>) -> Phrase {
        let mut phrase = Phrase::default();
        let mut rest = words.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            phrase.push(before);
            let Some((name, behind)) = after.split_once('}') else { break };
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => phrase.push(value.clone()),
                None => phrase.push(format!("{{{name}}}")),
            }
            rest = behind;
        }
        phrase.push(rest);
        phrase
    }

    /// Words alone.
    pub fn from_words(words: &str) -> Phrase {
        let mut phrase = Phrase::default();
        phrase.push(words);
        phrase
    }

    /// Adds a piece at the end.
    pub fn push(&mut self, piece: impl Into<Piece>) {
        match piece.into() {
            Piece::Text(text) if text.is_empty() => {}
            piece => self.pieces.push(piece),
        }
    }

    /// The pieces joined by a separator.
    pub fn join(parts: Vec<Phrase>, separator: &str) -> Phrase {
        let mut joined = Phrase::default();
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                joined.push(separator);
            }
            joined.push(part);
        }
        joined
    }

    /// True when it says nothing.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The sentence with links.
    pub fn html(&self) -> String {
        let mut html = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => push_text(&mut html, text),
                Piece::Amount(figure) => html.push_str(&figure.html_with_unit()),
                Piece::Phrase(phrase) => html.push_str(&phrase.html()),
            }
        }
        html
    }

    /// The sentence as text.
    pub fn text(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Amount(figure) => figure.plain_text(),
            Piece::Phrase(phrase) => phrase.text(),
        };
        self.pieces.iter().map(text).collect()
    }
}

/// A link as HTML.
pub fn link(text: &str, href: &str) -> String {
    let mut html = String::from("<a href=\"");
    crate::render::wording::escape::push_attribute(&mut html, href);
    html.push_str("\">");
    push_text(&mut html, text);
    html.push_str("</a>");
    html
}
