//! The pieces between the blanks of a line: what one blank tore apart is put together again.

use super::super::markup::is_blank;
use crate::vocabulary::LineWords;
use crate::vocabulary::text::{NUMERALS, fold, has_han, squeeze};

/// A run of text between blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// Where it begins and ends in its line, in characters.
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many of the characters before it are as wide as two.
    wide_before: usize,
}

/// How a program that keeps columns apart by blanks counts Chinese characters: some as one place, some as two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Characters,
    Widths,
}

impl<'a> Piece<'a> {
    /// The piece of `text` from here to the end of a later one.
    pub(super) fn up_to(self, last: &Piece<'a>, text: &'a str) -> Self {
        let from = self.text.as_ptr() as usize - text.as_ptr() as usize;
        let to = last.text.as_ptr() as usize - text.as_ptr() as usize + last.text.len();
        Piece { text: &text[from..to], end: last.end, ..self }
    }

    /// The places that the piece takes, end excluded.
    pub(super) fn span(&self, measure: Measure) -> (usize, usize) {
        match measure {
            Measure::Characters => (self.start, self.end),
            Measure::Widths => {
                let wide = self.text.chars().filter(|glyph| *glyph >= '\u{2e80}').count();
                (self.start + self.wide_before, self.end + self.wide_before + wide)
            }
        }
    }
}

/// The pieces of a line, and whether wide blanks part them.
pub(super) fn pieces(text: &str) -> (Vec<Piece<'_>>, bool) {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut at, mut wide) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let blank = rest.find(|glyph| !is_blank(glyph)).unwrap_or(rest.len());
        at += rest[..blank].chars().count();
        wide += rest[..blank].chars().filter(|glyph| *glyph >= '\u{2e80}').count();
        rest = &rest[blank..];
        let length = rest.find(is_blank).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(amount_before_name(&rest[..length]).unwrap_or(length));
        if !piece.is_empty() {
            let end = at + piece.chars().count();
            pieces.push(Piece { text: piece, start: at, end, wide_before: wide });
            wide += piece.chars().filter(|glyph| *glyph >= '\u{2e80}').count();
            at = end;
        }
        rest = after;
    }
    let is_spread = pieces.windows(2).any(|pair| pair[1].start > pair[0].end + 1);
    (joined(text, pieces, is_spread), is_spread)
}

/// True for an amount as tables print it: digits with a point, with thousands commas, or a zero.
pub(in crate::parse) fn is_number(text: &str) -> bool {
    let body = text.trim_start_matches(['-', '−', '(', '（']).trim_end_matches([')', '）', '%', '％']);
    body.starts_with(|first: char| fold(first).is_ascii_digit()) && is_part_of_number(body)
}

/// Where the name of the next list begins that stands close behind an amount: 47,483,458一、社会保障和就业支出.
fn amount_before_name(piece: &str) -> Option<usize> {
    let end = piece.find(|glyph: char| !glyph.is_ascii_digit() && glyph != '.' && glyph != ',')?;
    let (amount, name) = piece.split_at(end);
    let money = is_number(amount) && amount.contains(['.', ',']) && !amount.ends_with(['.', ',']);
    (money && begins_with_ordinal(name)).then_some(end)
}

/// True for 一、甲 and （一）甲.
pub(super) fn begins_with_ordinal(name: &str) -> bool {
    let in_brackets = name.strip_prefix(['（', '(']);
    let numeral = in_brackets.unwrap_or(name).trim_start_matches(|glyph| NUMERALS.contains(glyph));
    numeral.len() < in_brackets.unwrap_or(name).len()
        && numeral.starts_with(if in_brackets.is_some() { ['）', ')'] } else { ['、', '.'] })
}

/// Pieces that one blank tears apart become whole: glyphs that only spacing keeps apart (「收 入」), the digits of an
/// amount (`827. 29`) and, where wider blanks part the cells, words.
fn joined<'a>(text: &'a str, pieces: Vec<Piece<'a>>, is_spread: bool) -> Vec<Piece<'a>> {
    let mut joined: Vec<Piece<'a>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if belong_together(last, &piece, is_spread) => {
                *last = last.up_to(&piece, text);
            }
            _ => joined.push(piece),
        }
    }
    spaced_alike(text, joined)
}

/// Spaced words that no more blanks part than their own glyphs are one: 「收  入  总  计」.
fn spaced_alike<'a>(text: &'a str, pieces: Vec<Piece<'a>>) -> Vec<Piece<'a>> {
    let inner = |piece: &Piece<'_>| piece.text.chars().filter(|glyph| is_blank(*glyph)).count();
    let is_spaced = |piece: &Piece<'_>| {
        let glyphs = squeeze(piece.text);
        inner(piece) > 0 && LineWords::builtin().spaced.contains(&glyphs)
    };
    let mut alike: Vec<Piece<'a>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match alike.last_mut() {
            Some(last) if is_spaced(last) && is_spaced(&piece) && piece.start <= last.end + inner(last) => {
                *last = last.up_to(&piece, text);
            }
            _ => alike.push(piece),
        }
    }
    alike
}

fn belong_together(before: &Piece<'_>, after: &Piece<'_>, is_spread: bool) -> bool {
    let gap = after.start - before.end;
    let torn = is_part_of_number(before.text)
        && is_part_of_number(after.text)
        && (before.text.ends_with(['.', ',']) || after.text == ".");
    let words = is_spread && is_wide(before.text) && is_wide(after.text);
    let item = is_item_number(before.text) && after.text.starts_with(|first: char| first >= '\u{2e80}');
    gap == 1 && (torn || words || item)
        || gap <= 2
            && !(is_spread && are_cells(before, after))
            && is_glyph(after, 1)
            && (is_glyph(before, 2) || is_glyph(before, 5) && gap == last_gap(before))
        || is_spaced_word(before, after)
}

/// True for 类 and 款 beside each other. Where one blank parts all cells, the parts of a code are one cell.
pub(super) fn are_cells(before: &Piece<'_>, after: &Piece<'_>) -> bool {
    [before, after].iter().all(|piece| LineWords::builtin().cells.contains(&squeeze(piece.text)))
}

/// How many blanks stand before the last glyph of a piece.
fn last_gap(piece: &Piece<'_>) -> usize {
    piece.text.chars().rev().skip(1).take_while(|glyph| is_blank(*glyph)).count()
}

/// True for the number of an item in a list: 1. 一般公共预算.
pub(super) fn is_item_number(text: &str) -> bool {
    text.strip_suffix(['.', '．', '、'])
        .is_some_and(|digits| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// True for a short word whose two glyphs stand apart to fill their cell: 「项    目」. 类, 款 and 项 are cells.
fn is_spaced_word(before: &Piece<'_>, after: &Piece<'_>) -> bool {
    let (first, rest) = (squeeze(before.text), squeeze(after.text));
    LineWords::builtin().spaced.iter().any(|word| word.strip_prefix(first.as_str()) == Some(rest.as_str()))
}

fn is_part_of_number(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b' ');
    text.bytes().all(is_part) || text.chars().all(|glyph| u8::try_from(fold(glyph)).is_ok_and(is_part))
}

/// True for text without digits and Latin letters: 因公出国 (境)费 too.
pub(super) fn is_wide(text: &str) -> bool {
    let is_part = |glyph: char| is_blank(glyph) || glyph >= '\u{2e80}' || matches!(glyph, '(' | ')');
    text.chars().all(is_part) && has_han(text)
}

/// True for a piece of so many Chinese glyphs with blanks between them at the most.
fn is_glyph(piece: &Piece<'_>, most: usize) -> bool {
    let glyphs = piece.text.chars().filter(|glyph| !is_blank(*glyph));
    let spaced = piece.text.contains(is_blank) || piece.end == piece.start + 1;
    spaced && is_wide(piece.text) && glyphs.count() <= most
}
