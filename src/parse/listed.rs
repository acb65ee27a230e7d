//! Tables of which extraction wrote every cell on a line of its own, with no mark between cells or rows: the filled cells in
//! the order in which they are read.
//!
//! A row begins at a code or a name, its amounts follow. What each row holds is known, which of its cells were empty is not.

use std::ops::RangeInclusive;

use super::document::{Grid, GridCell, GridForm, GridRow};
use super::markup::cell_text;
use super::spaced::is_number;
use crate::read::Source;
use crate::vocabulary::LineWords;
use crate::vocabulary::text::{OF_WHICH, has_han};

/// Longer words are sentences rather than a cell.
const LONGEST_CELL: usize = 40;
/// Fewer amounts are no table.
const FEWEST_AMOUNTS: usize = 6;
/// No head has more cells.
const MOST_HEADS: usize = 40;
/// More empty lines never stand between two cells.
const MOST_BLANK: u32 = 2;

/// One cell.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    line: u32,
    /// Its number within its line, from 1.
    number: u16,
}

impl Token<'_> {
    fn is_number(&self) -> bool {
        is_number(self.text)
    }

    fn is_money(&self) -> bool {
        self.is_number() && self.text.contains(['.', ','])
    }

    fn is_digits(&self, lengths: &[usize]) -> bool {
        lengths.contains(&self.text.len()) && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The cells of a row, each with where it stands; a code is put together of its parts.
type Row<'a> = Vec<(String, Token<'a>)>;

/// The tables among lines of running text, in order.
pub(super) fn regions(source: &Source, first: u32, last: u32) -> Vec<RangeInclusive<u32>> {
    let mut regions = Vec::new();
    let mut line = first;
    while line <= last {
        let end = last_of_run(source, line, last);
        let tokens = end.map(|end| tokens(source, line..=end)).filter(|tokens| is_table(tokens));
        regions.extend(tokens.and_then(|tokens| lines(&tokens)));
        line = end.unwrap_or(line) + 1;
    }
    regions
}

/// The grid of a region.
pub(super) fn grid(source: &Source, region: RangeInclusive<u32>) -> Grid {
    let tokens = tokens(source, region);
    let body = first_of_body(&tokens);
    let head = head_rows(&tokens[..body]);
    let lists = head.iter().any(|row| row.iter().skip(1).any(|(text, _)| *text == row[0].0));
    let mut rows = body_rows(&tokens[body..]);
    if lists {
        rows = beside(rows);
    }
    Grid { form: GridForm::Listed, rows: head.into_iter().chain(rows).filter_map(grid_row).collect() }
}

/// Rows of two lists side by side: 一、财政拨款收入 beside 一、教育支出, 收入总计 beside 支出总计. Where one of the lists has items of
/// another kind, ordinals pair nothing any more.
fn beside(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let ordinal = |row: &Row<'_>| row[0].0.split_once('、').map(|(ordinal, _)| ordinal.to_owned());
    let is_total = |row: &Row<'_>| ordinal(row).is_none() && row[0].0.ends_with('计');
    let mut joined: Vec<Row<'_>> = Vec::new();
    let (mut open, mut in_step) = (false, true);
    for row in rows {
        let last = joined.last_mut().filter(|_| open);
        let paired = last.as_ref().is_some_and(|last| {
            in_step && ordinal(last).is_some() && ordinal(last) == ordinal(&row) || is_total(last) && is_total(&row)
        });
        in_step &= paired || last.is_none();
        match last.filter(|_| paired) {
            Some(last) => last.extend(row),
            None => joined.push(row),
        }
        open = !paired;
    }
    joined
}

/// The last line of the cells that begin at a line; `None` where it holds none.
fn last_of_run(source: &Source, first: u32, last: u32) -> Option<u32> {
    let mut end = None;
    for line in first..=last {
        if source.line(line).trim().is_empty() {
            if end.is_none_or(|end| line - end > MOST_BLANK) {
                break;
            }
            continue;
        }
        if cells(source.line(line)).is_empty() {
            break;
        }
        end = Some(line);
    }
    end
}

/// The cells of a line: one, or amounts and the name that stands close behind them. None for a sentence, a title, a label and
/// for a whole row.
fn cells(line: &str) -> Vec<&str> {
    let text = line.trim();
    let label = text.contains([':', '：']) && !text.starts_with(OF_WHICH);
    if text.contains(['。', '；', '，', '！', '…', '\t', '|']) || text.ends_with('表') || label {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut rest = text;
    while let Some(piece) = rest.split_whitespace().next().filter(|piece| is_number(piece) && !is_item(piece)) {
        cells.push(piece);
        rest = rest[piece.len()..].trim_start();
    }
    let mixed = rest.split_whitespace().any(|piece| is_number(piece) && !is_item(piece));
    if mixed || rest.chars().count() > LONGEST_CELL {
        return Vec::new();
    }
    cells.extend((!rest.is_empty()).then_some(rest));
    cells
}

/// True for the number of an item in a list: 1. 一般公共预算.
fn is_item(piece: &str) -> bool {
    piece.ends_with('.')
}

fn tokens(source: &Source, region: RangeInclusive<u32>) -> Vec<Token<'_>> {
    let of_line = |line: u32| {
        let cells = cells(source.line(line)).into_iter().zip(1..);
        cells.map(move |(text, number)| Token { text, line, number })
    };
    region.flat_map(of_line).collect()
}

/// True for cells most of which stand alone on their line, with enough amounts among them.
fn is_table(tokens: &[Token<'_>]) -> bool {
    let money = tokens.iter().filter(|token| token.is_money()).count();
    let alone = |at: &usize| {
        let line = tokens[*at].line;
        tokens[*at].is_money()
            && tokens.get(at + 1).is_none_or(|next| next.line != line)
            && at.checked_sub(1).is_none_or(|before| tokens[before].line != line)
    };
    let alone = (0..tokens.len()).filter(alone).count();
    money >= FEWEST_AMOUNTS && alone * 2 > money && tokens.iter().any(|token| has_han(token.text))
}

/// The lines of a table: from its heads to its last amount. Headings of the text may stand above and below.
fn lines(tokens: &[Token<'_>]) -> Option<RangeInclusive<u32>> {
    let first = tokens.get(first_of_body(tokens).saturating_sub(MOST_HEADS))?;
    let last = tokens.iter().rfind(|token| token.is_money())?;
    Some(first.line..=last.line)
}

/// Where the first row begins that has an amount: at its code or its name, or at the amount itself below the head.
fn first_of_body(tokens: &[Token<'_>]) -> usize {
    let Some(money) = tokens.iter().position(Token::is_money) else { return tokens.len() };
    let row = tokens[money..].iter().take_while(|token| token.is_number()).count();
    // A row of amounts alone stands below all heads.
    if money + row == tokens.len() {
        return money;
    }
    let Some(name) = tokens[..money].iter().rposition(|token| has_han(token.text)) else { return money };
    let codes = tokens[..name].iter().rev().take(3).take_while(|token| token.is_digits(&[2, 3, 5, 7])).count();
    name - codes
}

/// The lines of a head: the heads of groups above those of the columns, the levels of codes below them. What a page break
/// repeated goes.
fn head_rows<'a>(head: &[Token<'a>]) -> Vec<Row<'a>> {
    let words = LineWords::builtin();
    let is_code = |token: &Token<'_>| words.code_heads.iter().any(|end| token.text.ends_with(end.as_str()));
    let same = |at: usize, other: usize| head[at].text == head[other].text;
    let again = |at: &usize| (at + 1..head.len()).find(|other| same(*at, *other));
    let coded = (0..head.len()).find(|at| is_code(&head[*at]));
    let columns = coded.or_else(|| (0..head.len()).find(|at| again(at).is_some())).unwrap_or(0);
    let repeated = coded
        .and_then(|coded| again(&coded))
        .filter(|from| (*from..head.len()).all(|at| same(at, at + columns - from)));
    let end = repeated.unwrap_or(head.len());
    let levels = (columns..end).find(|at| words.levels.iter().any(|level| *level == head[*at].text)).unwrap_or(end);
    let row = |range: std::ops::Range<usize>| head[range].iter().map(|token| (token.text.to_owned(), *token)).collect();
    vec![row(0..columns), row(columns..levels), row(levels..end)]
}

/// The rows below the head.
fn body_rows<'a>(tokens: &[Token<'a>]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some(parts) = code_parts(&tokens[at..]) {
            let code = tokens[at..at + parts].iter().map(|part| part.text).collect();
            rows.push(vec![(code, *token)]);
            at += parts;
            continue;
        }
        let last = rows.last_mut();
        let open = last.filter(|row| {
            !has_han(token.text) || !row.iter().any(|(text, _)| has_han(text) || is_number(text) && text.contains('.'))
        });
        match open {
            Some(row) => row.push((token.text.to_owned(), *token)),
            None => rows.push(vec![(token.text.to_owned(), *token)]),
        }
        at += 1;
    }
    rows
}

/// How many cells are the parts of a code, 208, 05 and 01, that stands before a name.
fn code_parts(tokens: &[Token<'_>]) -> Option<usize> {
    let first = tokens.first()?;
    let code = first.is_digits(&[3, 5, 7]) && first.text.starts_with(['2', '3', '5']);
    let parts = 1 + tokens[1..].iter().take(2).take_while(|part| part.is_digits(&[2])).count();
    (code && tokens.get(parts).is_some_and(|name| has_han(name.text))).then_some(parts)
}

fn grid_row(cells: Row<'_>) -> Option<GridRow> {
    let line = cells.first()?.1.line;
    let cell = |(text, token): (String, Token<'_>)| GridCell {
        text: cell_text(&text),
        line: token.line,
        number: token.number,
    };
    Some(GridRow { line, cells: cells.into_iter().map(cell).collect() })
}

#[cfg(test)]
mod tests {
    use super::{grid, regions};
    use crate::read::Source;

    /// Each region as its rows, cells between bars.
    fn tables(text: &str) -> Vec<String> {
        let source = Source::plain("a.txt", text);
        let cells =
            |row: &crate::parse::GridRow| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
        let show = |region| grid(&source, region).rows.iter().map(cells).collect::<Vec<_>>().join(" / ");
        regions(&source, 1, source.line_count()).into_iter().map(show).collect()
    }

    #[test]
    fn codes_and_names_begin_rows() {
        let text = "支出预算总表\n单位：元\n项目\n支出预算\n功能分类科目编码\n功能分类科目名称\n合计\n基本支出\n项目支出\n类\n款\n项\n\
                    208\n社会保障和就业支出\n900.00\n700.00\n200.00\n208\n05\n01\n行政单位离退休\n900.00\n700.00 200.00\n\
                    合计\n900.00\n700.00\n200.00\n注：本表无其他数据。\n三公经费说明\n";
        let expected = "项目|支出预算 / 功能分类科目编码|功能分类科目名称|合计|基本支出|项目支出 / 类|款|项 / \
                        208|社会保障和就业支出|900.00|700.00|200.00 / 2080501|行政单位离退休|900.00|700.00|200.00 / \
                        合计|900.00|700.00|200.00";
        assert_eq!(tables(text), [expected]);
    }

    #[test]
    fn lists_side_by_side_are_told_by_their_ordinals() {
        let text = "收支预算总表\n单位：元\n收入\n支出\n项目\n预算数\n项目\n预算数\n一、财政拨款收入\n90.00 一、教育支出\n70.00\n\
                    1. 一般公共预算\n90.00\n二、卫生健康支出\n20.00\n二、事业收入\n三、住房保障支出\n0.00\n收入总计\n90.00\n支出总计\n90.00\n";
        let expected = "收入|支出 / 项目|预算数|项目|预算数 / 一、财政拨款收入|90.00|一、教育支出|70.00 / \
                        1. 一般公共预算|90.00 / 二、卫生健康支出|20.00 / 二、事业收入 / 三、住房保障支出|0.00 / \
                        收入总计|90.00|支出总计|90.00";
        assert_eq!(tables(text), [expected]);
    }

    #[test]
    fn sentences_contents_and_whole_rows_are_no_lists_of_cells() {
        let cases = [
            "一、概况\n二、职责\n1.5\n",
            "208 社会保障 9.00 7.00\n210 卫生健康 9.00 7.00\n212 城乡社区 9.00 7.00\n213 农林水 9.00 7.00\n",
            "收入预算\n12.50\n万元，支出预算\n12.50\n万元，其中\n3.00\n万元，\n4.00\n5.00\n6.00\n",
        ];
        for text in cases {
            assert_eq!(tables(text), Vec::<String>::new(), "{text}");
        }
    }
}
