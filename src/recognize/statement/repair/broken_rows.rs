//! Rows that extraction broke over several lines: the name above, the amount below, the end of the name below that.
//!
//! Each list of a table is mended on its own, because its neighbours break elsewhere. Pieces are joined only where the
//! words prove it: the joined name is known, or the row has a code or an ordinal and no amount of its own.

use compact_str::CompactString;

use crate::model::{Cell, CellContent, Column, ColumnRole, Row, StatementKind};
use crate::recognize::number::read_number;
use crate::vocabulary::text::{has_han, label_key, squeeze, without_ordinal};
use crate::vocabulary::{Side, Vocabulary};

/// Joins the pieces of broken rows; rows of which nothing is left go.
pub(in crate::recognize::statement) fn join(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    columns: &[Column],
    rows: &mut Vec<Row>,
) {
    if !holds_lists_of_amounts(kind) {
        return;
    }
    let lanes = columns.last().map_or(0, |column| column.lane + 1);
    for lane in 0..lanes {
        let list = List::new(vocabulary, columns, lane);
        list.join(rows);
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
}

fn holds_lists_of_amounts(kind: StatementKind) -> bool {
    !matches!(
        kind,
        StatementKind::ThreePublic
            | StatementKind::Projects
            | StatementKind::DepartmentPerformance
            | StatementKind::ProjectPerformance
            | StatementKind::Procurement
            | StatementKind::Other
    )
}

/// What a list prints in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Nothing,
    /// Words, perhaps a code, no amount.
    Name,
    /// Amounts and no words.
    Amounts,
    Whole,
}

/// One of the lists side by side.
struct List<'table> {
    vocabulary: &'table Vocabulary,
    amounts: Vec<usize>,
    labels: Vec<usize>,
    codes: Vec<usize>,
    /// The columns of the lists to its left.
    before: Vec<usize>,
}

impl<'table> List<'table> {
    fn new(vocabulary: &'table Vocabulary, columns: &[Column], lane: u8) -> Self {
        let of = |fits: fn(&ColumnRole) -> bool| {
            (0..columns.len()).filter(|at| columns[*at].lane == lane && fits(&columns[*at].role)).collect()
        };
        List {
            vocabulary,
            amounts: of(|role| matches!(role, ColumnRole::Amount { .. })),
            labels: of(|role| matches!(role, ColumnRole::Label | ColumnRole::Unknown | ColumnRole::Text)),
            codes: of(|role| matches!(role, ColumnRole::Code | ColumnRole::UnitCode)),
            before: (0..columns.len()).filter(|at| columns[*at].lane < lane).collect(),
        }
    }

    fn join(&self, rows: &mut [Row]) {
        let proved = (1..rows.len()).any(|at| self.is_rest(rows, at - 1, at) && self.names_its_code(rows, at - 1, at));
        let mut above: Option<usize> = None;
        for at in 0..rows.len() {
            let piece = self.piece(&rows[at]);
            let joined = match (above, piece) {
                (_, Piece::Nothing) => continue,
                (Some(name), Piece::Amounts) => self.give_amounts(rows, name, at),
                (Some(name), Piece::Name) => self.give_end(rows, name, at),
                // One name that its code proves shows how this list breaks its names.
                (Some(name), Piece::Whole) if proved && name + 1 == at => self.give_rest(rows, name, at),
                _ => false,
            };
            if !joined {
                above = matches!(piece, Piece::Name | Piece::Whole).then_some(at);
            }
        }
    }

    fn piece(&self, row: &Row) -> Piece {
        let filled = |columns: &[usize]| columns.iter().any(|column| !row.cells[*column].text.is_empty());
        match (filled(&self.labels) || filled(&self.codes), filled(&self.amounts)) {
            (false, false) => Piece::Nothing,
            (true, false) => Piece::Name,
            (true, true) => Piece::Whole,
            (false, true) => Piece::Amounts,
        }
    }

    /// Amounts below a name without any: they are its own when the name surely names a row, alone or with its end that
    /// follows below the amounts.
    fn give_amounts(&self, rows: &mut [Row], name: usize, at: usize) -> bool {
        let below = rows[at + 1..].iter().position(|row| self.piece(row) != Piece::Nothing).map(|next| at + 1 + next);
        let end = below.filter(|below| self.piece(&rows[*below]) == Piece::Name && self.is_end(rows, name, *below));
        let label = self.label(&rows[name]);
        let sure = self.has_code(&rows[name]) || self.is_known(&label) || has_ordinal(&label) || end.is_some();
        if self.piece(&rows[name]) != Piece::Name || !sure || self.belongs_to_total(&rows[at]) {
            return false;
        }
        let numbers = self.amounts.iter().all(|column| {
            let text = &rows[at].cells[*column].text;
            text.is_empty() || read_number(text).is_some()
        });
        if numbers {
            for column in self.amounts.clone() {
                move_cell(rows, at, name, column);
            }
        }
        numbers
    }

    /// True for amounts of a total whose label stands in a list to the left: 公用经费合计 may be merged over lists.
    fn belongs_to_total(&self, row: &Row) -> bool {
        let last = self.before.iter().rev().map(|column| &row.cells[*column].text).find(|text| !text.is_empty());
        last.is_some_and(|text| self.vocabulary.rows.total(&label_key(text)).is_some())
    }

    /// The end of a name below its beginning, with the amounts of the row beside it.
    fn give_rest(&self, rows: &mut [Row], name: usize, at: usize) -> bool {
        if !self.is_rest(rows, name, at) {
            return false;
        }
        let (Some(target), end) = (self.label_column(&rows[name]), self.label(&rows[at])) else { return false };
        let joined = format!("{}{}", rows[name].cells[target].text.trim_end(), end.trim_start());
        rows[name].cells[target].text = CompactString::from(joined);
        for column in &self.labels {
            clear(&mut rows[at].cells[*column]);
        }
        for column in self.amounts.clone() {
            move_cell(rows, at, name, column);
        }
        true
    }

    /// True for a code and a name without amounts, and below it words without code or meaning of their own and amounts.
    fn is_rest(&self, rows: &[Row], name: usize, at: usize) -> bool {
        let end = self.label(&rows[at]);
        let key = label_key(&end);
        let total = self.vocabulary.rows.total(&key).is_some();
        self.piece(&rows[name]) == Piece::Name
            && self.piece(&rows[at]) == Piece::Whole
            && self.has_code(&rows[name])
            && self.label_column(&rows[name]).is_some()
            && !self.has_code(&rows[at])
            && !(key.is_empty() || total || self.is_known(&end) || has_ordinal(&end))
    }

    /// True when the name of a row and the words below it are the name of its code.
    fn names_its_code(&self, rows: &[Row], name: usize, at: usize) -> bool {
        let cells = self.codes.iter().map(|column| squeeze(&rows[name].cells[*column].text));
        let (code, names) = (cells.collect::<String>(), &self.vocabulary.names);
        let both = label_key(&format!("{}{}", self.label(&rows[name]), self.label(&rows[at])));
        let known = names.function_name(&code).or_else(|| names.economic_name(&code));
        known.is_some_and(|known| label_key(known) == both)
    }

    /// The end of a name that was broken.
    fn give_end(&self, rows: &mut [Row], name: usize, at: usize) -> bool {
        if !self.is_end(rows, name, at) {
            return false;
        }
        let end = self.label(&rows[at]);
        let Some(target) = self.label_column(&rows[name]) else { return false };
        let joined = format!("{}{}", rows[name].cells[target].text.trim_end(), end.trim_start());
        rows[name].cells[target].text = CompactString::from(joined);
        for column in &self.labels {
            clear(&mut rows[at].cells[*column]);
        }
        true
    }

    /// True when a row holds nothing but the end of the name above it: both together are known, the end alone is not.
    fn is_end(&self, rows: &[Row], name: usize, at: usize) -> bool {
        let (start, end) = (self.label(&rows[name]), self.label(&rows[at]));
        let short = end.chars().count() <= 8;
        let together = self.is_known(&format!("{start}{end}"));
        let alone = self.is_known(&end) || has_ordinal(&end) || self.has_code(&rows[at]) || !has_han(&end);
        let only = self.labels.iter().filter(|column| !rows[at].cells[**column].text.is_empty()).count() == 1;
        only && short && !alone && together
    }

    fn has_code(&self, row: &Row) -> bool {
        self.codes.iter().any(|column| !row.cells[*column].text.is_empty())
    }

    fn label_column(&self, row: &Row) -> Option<usize> {
        self.labels.iter().copied().find(|column| has_han(&row.cells[*column].text))
    }

    fn label(&self, row: &Row) -> CompactString {
        self.label_column(row).map(|column| row.cells[column].text.clone()).unwrap_or_default()
    }

    fn is_known(&self, label: &str) -> bool {
        let key = label_key(label);
        !key.is_empty()
            && (self.vocabulary.rows.of_label(&key, Side::Income).is_some()
                || self.vocabulary.rows.of_label(&key, Side::Expenditure).is_some()
                || self.vocabulary.names.function_class(label).is_some()
                || self.vocabulary.names.departmental_code(label).is_some())
    }
}

fn has_ordinal(label: &str) -> bool {
    without_ordinal(label).len() < squeeze(label).len().min(label.trim_start().len())
}

fn move_cell(rows: &mut [Row], from: usize, to: usize, column: usize) {
    if rows[from].cells[column].text.is_empty() {
        return;
    }
    rows[to].cells[column] = rows[from].cells[column].clone();
    clear(&mut rows[from].cells[column]);
}

fn clear(cell: &mut Cell) {
    cell.text = CompactString::default();
    cell.content = CellContent::Blank;
    cell.printed_cell = 0;
}
