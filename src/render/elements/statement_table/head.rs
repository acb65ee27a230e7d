//! The head of a table: the paths of the columns as rows of merged cells.

use super::frame::Frame;
use crate::model::{Column, ColumnRole, Statement};
use crate::render::wording::escape::{push_text, put};

/// A head with more levels, or with a sentence in it, would cover the rows if it stayed in sight.
const MOST_LEVELS: usize = 4;
const LONGEST_HEAD: usize = 30;

/// A cell of the head.
#[derive(Debug, PartialEq, Eq)]
struct HeadCell<'a> {
    text: &'a str,
    columns: usize,
    rows: usize,
    /// Position of its first column among the shown ones.
    position: usize,
}

/// Appends the `thead`; nothing when no column has a head.
pub(crate) fn write(buffer: &mut String, statement: &Statement, frame: &Frame) {
    let columns: Vec<&Column> = frame.shown.iter().filter_map(|index| statement.columns.get(*index)).collect();
    let rows = layout(&columns);
    if rows.is_empty() {
        return;
    }
    let tall = rows.len() > MOST_LEVELS || rows.iter().flatten().any(|cell| cell.text.chars().count() > LONGEST_HEAD);
    buffer.push_str(if tall { "<thead class=\"tall\">\n" } else { "<thead>\n" });
    for row in rows {
        buffer.push_str("<tr>");
        for cell in row {
            let class = class(statement, frame, &cell);
            write_cell(buffer, &cell, class);
        }
        buffer.push('\n');
    }
    buffer.push_str("<tbody>\n");
}

/// Equal heads of neighbours in one lane become one cell over them; a path that ends early reaches down to the last row.
fn layout<'a>(columns: &[&'a Column]) -> Vec<Vec<HeadCell<'a>>> {
    let depth = columns.iter().map(|column| column.path.len()).max().unwrap_or(0);
    (0..depth).map(|level| level_cells(columns, level, depth)).collect()
}

fn level_cells<'a>(columns: &[&'a Column], level: usize, depth: usize) -> Vec<HeadCell<'a>> {
    let mut cells = Vec::new();
    let mut position = 0;
    while let Some(column) = columns.get(position) {
        let width = match column.path.len() {
            length if length > level + 1 => merged(&columns[position..], level),
            _ => 1,
        };
        if column.path.len() > level {
            let rows = if column.path.len() == level + 1 { depth - level } else { 1 };
            cells.push(HeadCell { text: &column.path[level], columns: width, rows, position });
        } else if column.path.is_empty() && level == 0 {
            cells.push(HeadCell { text: "", columns: 1, rows: depth, position });
        }
        position += width;
    }
    cells
}

/// How many columns from the first on stand under its head of this level.
fn merged(columns: &[&Column], level: usize) -> usize {
    let first = columns[0];
    let joins = |column: &&&Column| {
        column.lane == first.lane && column.path.len() > level + 1 && column.path[..=level] == first.path[..=level]
    };
    columns.iter().take_while(joins).count()
}

/// The first cell of a further lane, the head of a naming column, a narrow column of codes.
fn class(statement: &Statement, frame: &Frame, cell: &HeadCell<'_>) -> &'static str {
    let column = frame.shown[cell.position];
    let names_rows = cell.columns == 1 && frame.names.contains(&Some(column));
    let is_code = cell.columns == 1 && statement.columns[column].role == ColumnRole::Code && !names_rows;
    match (frame.starts_lane(&statement.columns, cell.position), names_rows, is_code) {
        (false, false, false) => "",
        (true, false, false) => " class=\"l\"",
        (false, true, _) => " class=\"k\"",
        (true, true, _) => " class=\"k l\"",
        (false, false, true) => " class=\"n\"",
        (true, false, true) => " class=\"n l\"",
    }
}

fn write_cell(buffer: &mut String, cell: &HeadCell<'_>, class: &str) {
    let (tag, scope) = match (cell.text.is_empty(), cell.columns) {
        (true, _) => ("td", ""),
        (false, 1) => ("th", " scope=\"col\""),
        (false, _) => ("th", " scope=\"colgroup\""),
    };
    put!(buffer, "<{tag}{scope}{class}");
    if cell.columns > 1 {
        put!(buffer, " colspan=\"{}\"", cell.columns);
    }
    if cell.rows > 1 {
        put!(buffer, " rowspan=\"{}\"", cell.rows);
    }
    buffer.push('>');
    push_text(buffer, cell.text);
}

#[cfg(test)]
mod tests {
    use super::{HeadCell, layout};
    use crate::render::samples::disclosure;

    /// Each row of the head as `text columns×rows`.
    fn check(columns: &str, expected: &[&str]) {
        let statement = disclosure(columns, &[]).statements.remove(0);
        let columns: Vec<_> = statement.columns.iter().collect();
        let shown = |cell: &HeadCell<'_>| format!("{}{}×{}", cell.text, cell.columns, cell.rows);
        let rows: Vec<String> =
            layout(&columns).iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn heads_merge_over_neighbours_and_reach_down() {
        check("项目 label|金额", &["项目1×1 金额1×1"]);
        check(
            "名称 label|合计|基本/小计|基本/人员/工资|基本/人员/补助|项目",
            &["名称1×3 合计1×3 基本3×1 项目1×3", "小计1×2 人员2×1", "工资1×1 补助1×1"],
        );
    }

    #[test]
    fn equal_heads_of_two_lanes_stay_apart() {
        check(
            "项目/名称 label|项目/金额|项目/名称 label 1|项目/金额 amount 1",
            &["项目2×1 项目2×1", "名称1×1 金额1×1 名称1×1 金额1×1"],
        );
    }

    #[test]
    fn equal_leaves_are_columns_of_their_own() {
        check("预算/小计|预算/小计", &["预算2×1", "小计1×1 小计1×1"]);
        check("预算|预算/小计|预算/购置", &["预算1×2 预算2×1", "小计1×1 购置1×1"]);
    }

    #[test]
    fn a_column_without_a_head_keeps_its_place() {
        check(" label|金额/预算", &["1×2 金额1×1", "预算1×1"]);
        check(" label|", &[]);
    }
}
