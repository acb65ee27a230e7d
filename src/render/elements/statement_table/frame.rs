//! Which columns of a statement are shown, which are folded away, and which one names the rows of each lane.

use crate::model::{Cell, CellContent, Column, ColumnRole, Row, Statement, StatementKind};

/// Wide tables alone are worth folding: up to here every column fits or tells something by being empty.
const WIDE: usize = 8;

/// The columns of a table as shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Indices of the columns that are shown.
    pub(crate) shown: Vec<usize>,
    /// Indices of the columns that are blank in every row and not shown.
    pub(crate) folded: Vec<usize>,
    /// For each lane the column that names its rows, when it has one.
    pub(crate) names: Vec<Option<usize>>,
}

impl Frame {
    /// The frame of a statement.
    pub(crate) fn of(statement: &Statement) -> Self {
        let columns = &statement.columns;
        // A blank cell among the three public expenses is an answer that readers look for.
        let wide = columns.len() > WIDE && statement.kind != StatementKind::ThreePublic;
        let folds = |column: &usize| wide && is_blank(columns, &statement.rows, *column);
        let (folded, mut shown): (Vec<usize>, Vec<usize>) = (0..columns.len()).partition(folds);
        // Rows that could not be aligned may have more cells than the frame; none of them is dropped.
        let widest = statement.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        shown.extend(columns.len()..widest);
        let lanes = columns.iter().map(|column| usize::from(column.lane) + 1).max().unwrap_or(1);
        let names = (0..lanes).map(|lane| name_column(columns, &shown, lane)).collect();
        Frame { shown, folded, names }
    }

    /// True when the column is the first of a further lane.
    pub(crate) fn starts_lane(&self, columns: &[Column], position: usize) -> bool {
        position > 0 && lane(columns, self.shown[position]) != lane(columns, self.shown[position - 1])
    }
}

/// The lane of a column; cells beyond the frame belong to the last one.
pub(crate) fn lane(columns: &[Column], column: usize) -> usize {
    columns.get(column).or(columns.last()).map_or(0, |column| usize::from(column.lane))
}

fn is_blank(columns: &[Column], rows: &[Row], column: usize) -> bool {
    columns[column].role != ColumnRole::Label && rows.iter().all(|row| row.cells.get(column).is_none_or(is_blank_cell))
}

/// True when there is nothing to show. A derived amount stands in a cell where nothing is printed.
pub(crate) fn is_blank_cell(cell: &Cell) -> bool {
    cell.text.is_empty() && !matches!(cell.content, CellContent::Amount { .. } | CellContent::Unplaced)
}

/// The label column of a lane, else its first column that is neither money nor a number.
fn name_column(columns: &[Column], shown: &[usize], lane: usize) -> Option<usize> {
    let of_lane =
        || shown.iter().copied().filter(|index| columns.get(*index).is_some_and(|c| usize::from(c.lane) == lane));
    let with = |wanted: fn(&ColumnRole) -> bool| of_lane().find(|index| wanted(&columns[*index].role));
    with(|role| *role == ColumnRole::Label)
        .or_else(|| with(|role| matches!(role, ColumnRole::Text | ColumnRole::Unknown)))
        .or_else(|| with(|role| matches!(role, ColumnRole::Code | ColumnRole::UnitCode)))
}

#[cfg(test)]
mod tests {
    use super::Frame;
    use crate::model::StatementKind;
    use crate::render::samples::disclosure;

    const WIDE: &str = "类 code|名称 label|合计|基本|项目|甲|乙|丙|丁|戊";

    #[test]
    fn wide_tables_fold_columns_that_are_blank_throughout() {
        let mut statement = disclosure(WIDE, &["201|行政运行|1.00|1.00||||||"]).statements.remove(0);
        let frame = Frame::of(&statement);
        assert_eq!((frame.shown, frame.folded), (vec![0, 1, 2, 3], vec![4, 5, 6, 7, 8, 9]));
        assert_eq!(frame.names, [Some(1)]);
        statement.kind = StatementKind::ThreePublic;
        assert_eq!(Frame::of(&statement).folded, [0usize; 0]);
    }

    #[test]
    fn a_derived_cell_keeps_its_column() {
        let statement = disclosure(WIDE, &["201|行政运行|1.00||=0.00|||||"]).statements.remove(0);
        assert_eq!(Frame::of(&statement).shown, [0, 1, 2, 4]);
    }

    #[test]
    fn narrow_tables_show_every_column_and_each_lane_its_names() {
        let statement = disclosure("收入/项目 label|收入/金额|支出/项目 label 1|支出/金额 amount 1", &["甲|||"])
            .statements
            .remove(0);
        let frame = Frame::of(&statement);
        assert_eq!(frame.shown, [0, 1, 2, 3]);
        assert_eq!(frame.names, [Some(0), Some(2)]);
        let starts: Vec<bool> = (0..4).map(|at| frame.starts_lane(&statement.columns, at)).collect();
        assert_eq!(starts, [false, false, true, false]);
    }
}
