//! A line of running text as what it could be in a table.

use super::super::document::{GridCell, GridRow};
use super::super::join::is_page_number;
use super::super::markup::{cell_text, is_blank};
use super::piece::{Piece, are_cells, begins_with_ordinal, is_item_number, is_number, is_wide, pieces};
use crate::model::Unit;
use crate::read::Source;
use crate::vocabulary::LineWords;
use crate::vocabulary::text::{OF_WHICH, fold, has_han, squeeze};

/// Longer words are sentences rather than the cell of a table.
const LONGEST_CELL: usize = 40;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    /// The number of a page.
    PageNumber,
    /// Cells, one of them an amount.
    Row,
    /// Words without an amount that a table could hold: heads, a class that was not spent on.
    Words,
    /// A sentence, a title, a line that names organization or unit.
    Text,
}

/// A line with its pieces.
pub(super) struct Line<'a> {
    pub(super) number: u32,
    pub(super) shape: Shape,
    pub(super) pieces: Vec<Piece<'a>>,
    /// True when some of its blanks are wider than between words.
    pub(super) is_spread: bool,
    /// True behind a form feed.
    pub(super) starts_page: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(number: u32, text: &'a str) -> Self {
        let page = text.trim_start_matches('\u{c}');
        let starts_page = page.len() < text.len();
        let without_cells = |shape| Line { number, shape, pieces: Vec::new(), is_spread: false, starts_page };
        if page.chars().all(is_blank) {
            return without_cells(Shape::Blank);
        }
        if is_page_number(page) {
            return without_cells(Shape::PageNumber);
        }
        let (pieces, is_spread) = pieces(page);
        Line { number, shape: shape(page, &pieces), pieces, is_spread, starts_page }
    }

    /// The row of its filled cells.
    pub(super) fn row(&self) -> GridRow {
        let coded = self.pieces.first().is_some_and(|first| is_code(first.text));
        let mut cells: Vec<GridCell> = Vec::with_capacity(self.pieces.len());
        let mut words = false;
        let (mut at, mut number) = (0, 0);
        while let Some(piece) = self.pieces.get(at) {
            // A code in three columns: 208 05 05.
            let parts = code_parts(&self.pieces, at);
            number += 1;
            // The code of a class in the list to the right is part of its name: 政府性基金预算 205 教育支出.
            let name_of_class = !coded && at > 1 && names_class(&self.pieces[at - 1], piece);
            // Here a code is one cell, and so is its head: 类 款 项.
            let levels = at > 0 && are_cells(&self.pieces[at - 1], piece);
            // A name that its cell broke over lines.
            let goes_on = levels || name_of_class || coded && words && !is_number(piece.text);
            words = !cells.is_empty() && !is_number(piece.text);
            match cells.last_mut().filter(|_| goes_on) {
                Some(name) => name.text.push_str(&cell_text(piece.text)),
                None if parts > 1 => {
                    let code: String = self.pieces[at..at + parts].iter().map(|piece| piece.text).collect();
                    cells.push(cell(&code, self.number, number));
                }
                None => cells.push(cell(piece.text, self.number, number)),
            }
            at += parts;
        }
        GridRow { line: self.number, cells }
    }

    /// True for a line that names what the table is about rather than its columns: 部门：某局. 其中：教育收费 is a column.
    pub(super) fn is_label(&self) -> bool {
        self.pieces.iter().any(|piece| piece.text.contains([':', '：']) && !piece.text.starts_with(OF_WHICH))
    }
}

/// True for the code of a class of functions and its name.
fn names_class(code: &Piece<'_>, name: &Piece<'_>) -> bool {
    is_code(code.text)
        && code.text.chars().count() == 3
        && squeeze(code.text).starts_with('2')
        && has_han(name.text)
        && !begins_with_ordinal(name.text)
}

/// True for the code of a class, a section or an item.
fn is_code(text: &str) -> bool {
    matches!(text.chars().count(), 3 | 5 | 7) && text.chars().all(|glyph| fold(glyph).is_ascii_digit())
}

/// How many pieces from `at` on are the parts of one code. In a list further to the right a name stands behind them.
fn code_parts(pieces: &[Piece<'_>], at: usize) -> usize {
    let digits = |piece: &Piece<'_>, many: usize| {
        piece.text.len() == many && piece.text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(&pieces[at], 3) {
        return 1;
    }
    let parts = 1 + pieces[at + 1..].iter().take(2).take_while(|piece| digits(piece, 2)).count();
    let named = pieces.get(at + parts).is_some_and(|name| is_wide(name.text));
    if at == 0 || named { parts } else { 1 }
}

pub(super) fn cell(text: &str, line: u32, number: u16) -> GridCell {
    GridCell { text: cell_text(text), line, number }
}

/// The only amount of a table with one place less than all others has lost the last one to a line of the table: `267.8  0`.
pub(super) fn mend_cut_amount<'a>(source: &'a Source, lines: &mut [Line<'a>]) {
    const PLACES: usize = 2;
    const FEWEST: usize = 5;
    let places = |piece: &Piece<'_>| {
        piece.text.split_once('.').filter(|_| is_number(piece.text)).map(|(_, places)| places.len())
    };
    let mut whole = 0;
    let mut short = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        for (at, piece) in line.pieces.iter().enumerate() {
            match places(piece) {
                Some(PLACES) => whole += 1,
                Some(found) if found + 1 == PLACES => short.push((row, at)),
                Some(_) => return,
                None => {}
            }
        }
    }
    let [(row, at)] = short[..] else { return };
    let line = &mut lines[row];
    let Some(rest) = line.pieces.get(at + 1).copied() else { return };
    let piece = line.pieces[at];
    let is_digit = rest.text.len() == 1 && rest.text.bytes().all(|byte| byte.is_ascii_digit());
    if whole >= FEWEST && is_digit && rest.start <= piece.end + 2 {
        line.pieces[at] = piece.up_to(&rest, source.line(line.number));
        line.pieces.remove(at + 1);
    }
}

fn shape(text: &str, pieces: &[Piece<'_>]) -> Shape {
    if text.contains(['。', '；', '，', '！', '…']) || text.contains("....") || is_title(text) {
        return Shape::Text;
    }
    if pieces.iter().any(|piece| piece.text.chars().count() > LONGEST_CELL) || counts_something(pieces) {
        return Shape::Text;
    }
    let amounts = pieces.iter().filter(|piece| is_number(piece.text)).count();
    let money = pieces.iter().any(|piece| is_number(piece.text) && piece.text.contains(['.', ',']));
    let is_item = pieces.len() == 1 && pieces[0].text.split(is_blank).next().is_some_and(is_item_number);
    match amounts {
        _ if is_item => Shape::Text,
        0 => Shape::Words,
        1 if pieces.len() == 1 => Shape::Words,
        1 if !money && pieces.last().is_none_or(|last| !is_number(last.text)) => Shape::Words,
        _ => Shape::Row,
    }
}

/// A title or a unit stands above a table and is no row of it.
fn is_title(text: &str) -> bool {
    let squeezed: String = text.chars().filter(|glyph| !is_blank(*glyph)).collect();
    let whole = squeezed.split(['(', '（']).next().unwrap_or(&squeezed);
    whole.ends_with('表') || LineWords::builtin().units.iter().any(|unit| squeezed.contains(unit.as_str()))
}

/// True for running text with blanks around its numbers: 「2024 年收入总计 3020.78 万元」.
fn counts_something(pieces: &[Piece<'_>]) -> bool {
    let words = LineWords::builtin();
    pieces.windows(2).any(|pair| {
        let begins = |words: &[String]| words.iter().any(|word| pair[1].text.starts_with(word.as_str()));
        let money =
            Unit::ALL.iter().any(|unit| pair[1].text.starts_with(unit.label())) || pair[1].text.starts_with('%');
        let thing = begins(&words.things) && !begins(&words.not_things) && !pair[0].text.contains('.');
        is_number(pair[0].text) && (thing || money) && pair[1].start == pair[0].end + 1
    })
}
