//! Mends what extraction broke, where identities prove the value, and says so.

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{Amount, Cell, CellContent, Column, ColumnRole, Origin, Place, Row, RowRole, SubjectKind};
use crate::recognize::number::{decimals, read_number};
use crate::recognize::statement::amounts::{self, Context, amount_of};
use crate::recognize::statement::sums::ColumnSum;
use crate::vocabulary::text::has_han;

/// A cell whose amount was taken out of merged text.
pub(in crate::recognize::statement) struct Split {
    row: usize,
    column: usize,
    from: CompactString,
}

/// Takes label and amount apart where extraction merged neighbouring cells: 「20.78 支出总计 3020.78」.
pub(in crate::recognize::statement) fn split_merged_cells(columns: &[Column], rows: &mut [Row]) -> Vec<Split> {
    let mut splits = Vec::new();
    for (row, cells) in rows.iter_mut().map(|row| &mut row.cells).enumerate() {
        for column in 0..columns.len() {
            let from = cells[column].text.clone();
            if !has_han(&from) {
                continue;
            }
            let split = match &columns[column].role {
                ColumnRole::Amount { .. } => split_amount(columns, cells, column),
                ColumnRole::Label => split_label(columns, cells, column),
                _ => None,
            };
            splits.extend(split.map(|column| Split { row, column, from }));
        }
    }
    splits
}

/// An amount's cell holds the amount and the label that follows it. Tells where the amount stands now.
fn split_amount(columns: &[Column], cells: &mut [Cell], column: usize) -> Option<usize> {
    let text = cells[column].text.clone();
    let (_, number, after) = around_number(&text)?;
    let next = (column + 1..columns.len()).find(|next| columns[*next].role == ColumnRole::Label);
    if let Some(next) = next.filter(|next| cells[*next].text.is_empty() && has_han(after)) {
        cells[next] = Cell { text: CompactString::from(after.trim()), ..cells[column].clone() };
    }
    cells[column].text = number.into();
    Some(column)
}

/// A label's cell holds its amount too, and remains of the cell before it.
fn split_label(columns: &[Column], cells: &mut [Cell], column: usize) -> Option<usize> {
    let text = cells[column].text.clone();
    let target = column + 1;
    let amount = matches!(columns.get(target)?.role, ColumnRole::Amount { .. });
    let (before, number) = trailing_number(&text).filter(|_| amount && cells[target].text.is_empty())?;
    let label = before.trim_start_matches(|glyph: char| glyph.is_ascii_digit() || matches!(glyph, '.' | ',' | ' '));
    cells[target] = Cell { text: number.into(), ..cells[column].clone() };
    cells[column].text = CompactString::from(label.trim());
    Some(target)
}

/// Says of amounts out of merged cells where they come from.
pub(in crate::recognize::statement) fn mark_splits(splits: &[Split], rows: &mut [Row]) {
    for Split { row, column, from } in splits {
        if let CellContent::Amount { amount, .. } = &mut rows[*row].cells[*column].content {
            let proof = "与相邻的名称印在同一单元格，拆分后归入本列".to_owned();
            amount.origin = Origin::Repaired { from: from.clone(), proof };
        }
    }
}

/// The money in a text, with what stands before and after it.
fn around_number(text: &str) -> Option<(&str, &str, &str)> {
    let is_part = |glyph: char| glyph.is_ascii_digit() || matches!(glyph, '.' | ',');
    let mut from = 0;
    while let Some(start) = text[from..].find(|glyph: char| glyph.is_ascii_digit()).map(|at| at + from) {
        let end = text[start..].find(|glyph| !is_part(glyph)).map_or(text.len(), |at| at + start);
        if read_number(&text[start..end]).is_some_and(|number| number.money_like) {
            return Some((&text[..start], &text[start..end], &text[end..]));
        }
        from = end;
    }
    None
}

fn trailing_number(text: &str) -> Option<(&str, &str)> {
    let start = text.rfind(|glyph: char| !(glyph.is_ascii_digit() || matches!(glyph, '.' | ',')))?;
    let start = start + text[start..].chars().next().map_or(0, char::len_utf8);
    read_number(&text[start..]).filter(|number| number.money_like).map(|_| (&text[..start], &text[start..]))
}

/// Restores totals whose last digits were lost at a line break: 48.4 beside parts that sum to 48.43.
pub(in crate::recognize::statement) fn restore_cut_digits(columns: &[Column], sums: &[ColumnSum], rows: &mut [Row]) {
    for row in rows {
        for sum in sums {
            let values = amounts::yuan(row);
            let Some(total) = amount_of(&row.cells[sum.total]).cloned() else { continue };
            let parts: Decimal = sum.parts.iter().filter_map(|part| values[*part]).sum();
            if parts == total.yuan || parts.is_zero() {
                continue;
            }
            let places =
                sum.parts.iter().filter_map(|part| amount_of(&row.cells[*part])).map(|part| decimals(&part.printed));
            let whole = amounts::printed(parts, total.unit, places.max().unwrap_or(2));
            if !is_cut(&total.printed, &whole) {
                continue;
            }
            let heads = |index: usize| columns[index].path.last().cloned().unwrap_or_default();
            let addends: Vec<String> = sum
                .parts
                .iter()
                .filter(|part| values[**part].is_some())
                .map(|part| {
                    format!("{} {}", heads(*part), amount_of(&row.cells[*part]).map_or("", |part| &part.printed))
                })
                .collect();
            let proof = format!("末位数字在换行处丢失；{} ＝ {}", heads(sum.total), addends.join(" ＋ "));
            let origin = Origin::Repaired { from: row.cells[sum.total].text.clone(), proof };
            set_amount(&mut row.cells[sum.total], Amount { yuan: parts, printed: whole, origin, ..total });
        }
    }
}

/// True when `printed` is `whole` with some last places missing.
fn is_cut(printed: &str, whole: &str) -> bool {
    let lost = whole.len().saturating_sub(printed.len());
    printed.contains('.') && whole.starts_with(printed) && (1..=2).contains(&lost)
}

/// Puts an amount that slipped into the row of column numbers back onto the first row, when the sums of its list then
/// come out.
pub(in crate::recognize::statement) fn return_strays(
    context: Context,
    strays: &[(usize, Cell)],
    columns: &[Column],
    rows: &mut [Row],
) {
    for (column, cell) in strays {
        let lane = columns[*column].lane as usize;
        let Some(number) = read_number(&cell.text) else { continue };
        let mut amount = amounts::amount(context, cell, &number);
        let free = rows
            .first()
            .is_some_and(|row| row.cells[*column].content == CellContent::Blank && row.subjects[lane].is_some());
        let Some(sum) = list_gap(rows, *column, lane).filter(|gap| free && *gap == amount.yuan) else { continue };
        let proof = format!(
            "印在栏次行；归入首行后，本列各项之和与合计一致（相差 {} 消除）",
            amounts::printed(sum, context.unit, decimals(&amount.printed))
        );
        amount.origin = Origin::Repaired { from: cell.text.clone(), proof };
        if let Some(row) = rows.first_mut() {
            row.cells[*column].line = cell.line;
            row.cells[*column].printed_cell = cell.printed_cell;
            row.cells[*column].text = cell.text.clone();
            set_amount(&mut row.cells[*column], amount);
        }
    }
}

/// Gives a number beyond the last head to the list whose label stands before it without an amount:
/// 「公用经费合计 … 269.14」.
pub(in crate::recognize::statement) fn adopt_trailing_numbers(columns: &[Column], rows: &mut [Row]) {
    // A column that another row fills beside the same amounts is one of its own, whose head was lost.
    let filled: Vec<Vec<bool>> =
        rows.iter().map(|row| row.cells.iter().map(|cell| !cell.text.is_empty()).collect()).collect();
    let apart = |index: usize, target: usize| !filled.iter().any(|row| row[index] && row[target]);
    for row in rows {
        for index in 0..columns.len() {
            if columns[index].role != ColumnRole::Unknown
                || !columns[index].path.is_empty()
                || row.cells[index].text.is_empty()
            {
                continue;
            }
            let before = (0..index).rev().find(|before| !row.cells[*before].text.is_empty());
            let Some(label) = before.filter(|before| has_han(&row.cells[*before].text)) else { continue };
            let target = (label..index).find(|target| {
                columns[*target].lane == columns[label].lane
                    && matches!(columns[*target].role, ColumnRole::Amount { .. })
            });
            if let Some(target) = target.filter(|target| row.cells[*target].text.is_empty() && apart(index, *target)) {
                row.cells.swap(target, index);
            }
        }
    }
}

/// By how much the items of a list fall short of its current total.
fn list_gap(rows: &[Row], column: usize, lane: usize) -> Option<Decimal> {
    let mut items = Decimal::ZERO;
    for row in rows {
        let (Some(subject), role) = (&row.subjects[lane], row.roles[lane]) else { continue };
        let amount = amount_of(&row.cells[column]);
        if subject.kind == SubjectKind::Total && role != RowRole::OfWhich {
            return amount.map(|total| total.yuan - items);
        }
        if role == RowRole::Item {
            items += amount.map_or(Decimal::ZERO, |amount| amount.yuan);
        }
    }
    None
}

/// Fills sub-totals that were left blank although their parts are printed.
pub(in crate::recognize::statement) fn derive_blank_totals(columns: &[Column], sums: &[ColumnSum], rows: &mut [Row]) {
    // Lower sums first: a total may need a sub-total that is blank itself.
    // Of two columns that say the same nobody knows which one the sum belongs to.
    let same = |one: &Column, other: &Column| one.lane == other.lane && one.role == other.role;
    let once = |column: usize| columns.iter().filter(|other| same(&columns[column], other)).count() == 1;
    for sum in sums.iter().rev().filter(|sum| once(sum.total)) {
        for row in rows.iter_mut() {
            let parts: Vec<Amount> =
                sum.parts.iter().filter_map(|part| amount_of(&row.cells[*part])).cloned().collect();
            let blank = row.cells[sum.total].content == CellContent::Blank;
            let Some(first) = parts
                .first()
                .filter(|_| blank && row.roles.iter().any(|role| !matches!(role, RowRole::Ghost | RowRole::Text)))
            else {
                continue;
            };
            let yuan: Decimal = parts.iter().map(|part| part.yuan).sum();
            let places = parts.iter().map(|part| decimals(&part.printed)).max().unwrap_or(2);
            let names: Vec<&str> =
                sum.parts.iter().filter_map(|part| columns[*part].path.last()).map(CompactString::as_str).collect();
            let origin =
                Origin::Derived { rule: names.join("＋"), inputs: parts.iter().map(|part| part.place).collect() };
            let amount = Amount { yuan, printed: amounts::printed(yuan, first.unit, places), origin, ..first.clone() };
            set_amount(&mut row.cells[sum.total], Amount { place: Place { cell: 0, ..first.place }, ..amount });
        }
    }
}

fn set_amount(cell: &mut Cell, amount: Amount) {
    cell.content = CellContent::Amount { amount: Box::new(amount), fact: None };
}
