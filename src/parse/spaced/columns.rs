//! Columns of a table from where its cells stand in their lines.

use std::cmp::Reverse;

use super::super::document::{GridCell, GridRow};
use super::line::{Line, Shape, cell};
use super::piece::{Measure, Piece, is_number};

/// Where each column lies, in places from the beginning of the line, end excluded.
pub(super) struct Columns {
    spans: Vec<(usize, usize)>,
    measure: Measure,
}

impl Columns {
    /// The columns of a table; `None` where its cells do not line up.
    pub(super) fn of(lines: &[Line<'_>]) -> Option<Self> {
        let rows: Vec<&Line<'_>> = lines.iter().filter(|line| line.shape == Shape::Row).collect();
        let spread = rows.iter().filter(|line| line.is_spread).count();
        if spread * 2 < rows.len() {
            return None;
        }
        let head: Vec<&Line<'_>> = lines.iter().take_while(|line| line.shape != Shape::Row).collect();
        let measured = [Measure::Widths, Measure::Characters].map(|measure| {
            let mut columns = Columns { spans: covered(&rows, measure), measure };
            let filled = columns.spans.len();
            let headed = head.iter().flat_map(|line| &line.pieces).filter(|piece| columns.is_over(piece)).count();
            (0..head.len()).for_each(|line| columns.add_empty(&head[..line], head[line]));
            let clear = rows.iter().filter(|line| columns.keeps_apart(line)).count();
            // The right measure keeps the cells of every row apart in the fewest columns, most of them below a head.
            ((clear, Reverse(filled), headed), columns)
        });
        let ((clear, ..), columns) = measured.into_iter().max_by_key(|(fit, _)| *fit)?;
        (clear * 10 >= rows.len() * 9).then_some(columns)
    }

    /// The row of a line with a cell for each column.
    pub(super) fn row(&self, line: &Line<'_>) -> GridRow {
        let empty = || GridCell { text: Default::default(), line: line.number, number: 0 };
        let mut cells: Vec<GridCell> = self.spans.iter().map(|_| empty()).collect();
        let whole = line.pieces.len() == cells.len();
        for ((index, piece), number) in line.pieces.iter().enumerate().zip(1..) {
            let own = cell(piece.text, line.number, number);
            let mut column = if whole { index } else { self.of_piece(piece) };
            // Wide glyphs shift a head to the left of its column.
            let is_head = !is_number(piece.text);
            if is_head && cells[column].number != 0 && cells.get(column + 1).is_some_and(|next| next.number == 0) {
                column += 1;
            }
            match &mut cells[column] {
                free if free.number == 0 => *free = own,
                // Two amounts in one column stay two: their digits are no third amount.
                taken if is_number(&taken.text) || is_number(&own.text) => {
                    taken.text.push_str(" / ");
                    taken.text.push_str(&own.text);
                }
                // A blank within words, or two heads above one column.
                taken => taken.text.push_str(&own.text),
            }
        }
        GridRow { line: line.number, cells }
    }

    /// Adds the columns in which nothing but their head stands. A head is shifted against its column at the most as
    /// far as wide glyphs reach; beyond that, or beside a column that has its head, it is one of its own.
    fn add_empty(&mut self, above: &[&Line<'_>], head: &Line<'_>) {
        const SHIFT: usize = 8;
        let mut headed: Vec<bool> = self
            .spans
            .iter()
            .map(|column| head.pieces.iter().any(|piece| self.distance(piece, *column) == 0))
            .collect();
        let mut empty = Vec::new();
        for (index, piece) in head.pieces.iter().enumerate() {
            let nearest = self.of_piece(piece);
            match self.distance(piece, self.spans[nearest]) {
                0 => {}
                _ if self.is_below(above, head, index, nearest) => headed[nearest] = true,
                1..=SHIFT if !headed[nearest] => headed[nearest] = true,
                _ => empty.push(piece.span(self.measure)),
            }
        }
        self.spans.extend(empty);
        self.spans.sort_unstable();
    }

    /// True for a head alone below one that reaches no column but that one: it is the lower half of it.
    fn is_below(&self, above: &[&Line<'_>], head: &Line<'_>, index: usize, column: usize) -> bool {
        let holds = |upper: &Piece<'_>, piece: &Piece<'_>| {
            let ((from, to), (start, end)) = (upper.span(self.measure), piece.span(self.measure));
            from <= start && end <= to
        };
        let reached = |upper: &Piece<'_>| {
            let own = (0..self.spans.len()).filter(|own| self.distance(upper, self.spans[*own]) == 0);
            own.eq([column])
        };
        let mut upper = above.iter().flat_map(|line| &line.pieces);
        upper.any(|upper| {
            let below = head.pieces.iter().filter(|piece| holds(upper, piece)).count();
            below == 1 && holds(upper, &head.pieces[index]) && reached(upper)
        })
    }

    /// True for a piece above some column.
    fn is_over(&self, piece: &Piece<'_>) -> bool {
        self.spans.iter().any(|column| self.distance(piece, *column) == 0)
    }

    /// True when no two cells of the line stand in one column.
    fn keeps_apart(&self, line: &Line<'_>) -> bool {
        line.pieces.windows(2).all(|pair| self.of_piece(&pair[0]) < self.of_piece(&pair[1]))
    }

    /// The column in which a piece stands: the first that it reaches, else the nearest.
    fn of_piece(&self, piece: &Piece<'_>) -> usize {
        let nearest = self.spans.iter().enumerate().min_by_key(|(_, column)| self.distance(piece, **column));
        nearest.map_or(0, |(index, _)| index)
    }

    /// How many places lie between a piece and a column; 0 where they overlap.
    fn distance(&self, piece: &Piece<'_>, (start, end): (usize, usize)) -> usize {
        let (from, to) = piece.span(self.measure);
        (start + 1).saturating_sub(to).max((from + 1).saturating_sub(end))
    }
}

/// The runs of places that some cell covers.
fn covered(rows: &[&Line<'_>], measure: Measure) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> =
        rows.iter().flat_map(|row| &row.pieces).map(|piece| piece.span(measure)).collect();
    spans.sort_unstable();
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (start, end) in spans {
        match columns.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => columns.push((start, end)),
        }
    }
    columns
}
