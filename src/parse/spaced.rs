//! Grids from text in which nothing but blanks keeps the columns apart, as PDF extraction prints them.
//!
//! Where the blanks line up, they tell the columns and with them the empty cells. Where extraction left one blank
//! between any two cells, a row is the list of its filled cells; which column each belongs to is for the sums to say.

mod columns;
mod line;
mod piece;

use std::ops::RangeInclusive;

use super::document::{Grid, GridForm, GridRow};
use super::grid::part_levels;
use crate::read::Source;
use line::{Line, Shape};
pub(super) use piece::is_number;

/// Fewer rows with amounts than this are no table, unless they stand under a head of as many columns.
const FEWEST_ROWS: usize = 3;

/// How many lines of heads may stand above the first row with an amount.
const TALLEST_HEAD: usize = 8;

/// How many lines without an amount may stand between two rows with one: classes that were not spent on.
const LONGEST_GAP: usize = 30;

/// The lines of running text that are rows of tables, region by region, in order.
pub(super) fn regions(source: &Source, first: u32, last: u32) -> Vec<RangeInclusive<u32>> {
    let mut lines: Vec<Line<'_>> = (first..=last).map(|number| Line::new(number, source.line(number))).collect();
    mark_pages(&mut lines);
    let mut regions: Vec<RangeInclusive<u32>> = Vec::new();
    let mut from = 0;
    while let Some(start) = (from..lines.len()).find(|index| lines[*index].shape == Shape::Row) {
        let end = last_row(&lines, start);
        let head = first_of_head(&lines, from, start);
        let rows = lines[start..=end].iter().filter(|line| line.shape == Shape::Row).count();
        // What goes on behind the end of a page may be the last row alone.
        let goes_on =
            lines[head].starts_page && regions.last().is_some_and(|last| *last.end() + 3 >= lines[head].number);
        let headed = lines[head..start].iter().any(|line| line.pieces.len() >= FEWEST_ROWS)
            && lines[start..=end].iter().any(|line| line.shape == Shape::Row && line.pieces.len() >= FEWEST_ROWS);
        if (rows >= FEWEST_ROWS || headed || goes_on) && !is_contents_list(&lines[start..=end]) {
            regions.push(lines[head].number..=lines[end].number);
        }
        from = end + 1;
    }
    regions
}

/// The grid of a region.
pub(super) fn grid(source: &Source, region: RangeInclusive<u32>) -> Grid {
    let mut lines: Vec<Line<'_>> = region
        .map(|number| Line::new(number, source.line(number)))
        .filter(|line| !matches!(line.shape, Shape::Blank | Shape::PageNumber))
        .collect();
    line::mend_cut_amount(source, &mut lines);
    let (form, mut rows): (GridForm, Vec<GridRow>) = match columns::Columns::of(&lines) {
        Some(columns) => (GridForm::Spaced, lines.iter().map(|line| columns.row(line)).collect()),
        None => (GridForm::Loose, lines.iter().map(Line::row).collect()),
    };
    part_levels(&mut rows);
    Grid { form, rows }
}

/// A page begins behind the number of the one before, too.
fn mark_pages(lines: &mut [Line<'_>]) {
    let mut ended = false;
    for line in lines {
        line.starts_page |= ended && !matches!(line.shape, Shape::Blank | Shape::PageNumber);
        ended = line.shape == Shape::PageNumber || ended && line.shape == Shape::Blank;
    }
}

/// The last row with an amount that belongs to the table that begins at `start`.
fn last_row(lines: &[Line<'_>], start: usize) -> usize {
    let mut end = start;
    let mut blank = 0;
    for (index, line) in lines.iter().enumerate().skip(start + 1) {
        // Every page lines up its columns anew.
        if line.starts_page {
            break;
        }
        match line.shape {
            Shape::Row => (end, blank) = (index, 0),
            Shape::Words if index - end <= LONGEST_GAP => {}
            Shape::PageNumber => {}
            // One empty line stands where a cell was broken, two and more end a page and its table.
            Shape::Blank if blank == 0 => blank += 1,
            _ => break,
        }
    }
    end
}

/// The first line of the heads above the row at `start`, not above `from`.
fn first_of_head(lines: &[Line<'_>], from: usize, start: usize) -> usize {
    let above = lines[from..start].iter().rev().take(TALLEST_HEAD);
    let mut head = start;
    if lines[start].starts_page {
        return start;
    }
    for line in above.take_while(|line| line.shape == Shape::Words && !line.is_label()) {
        head -= 1;
        if line.starts_page {
            break;
        }
    }
    head
}

/// A table of contents: names, each before the number of its page.
fn is_contents_list(lines: &[Line<'_>]) -> bool {
    let mut rows = lines.iter().filter(|line| line.shape == Shape::Row);
    rows.all(|line| line.pieces.len() == 2 && line.pieces[1].text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{grid, regions};
    use crate::read::Source;

    /// Each region as its rows, cells between bars.
    fn tables(text: &str) -> Vec<String> {
        let source = Source::plain("a.txt", text);
        let show = |region| {
            let rows = grid(&source, region).rows;
            let cells = |row: &crate::parse::GridRow| {
                row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")
            };
            rows.iter().map(cells).collect::<Vec<_>>().join(" / ")
        };
        regions(&source, 1, source.line_count()).into_iter().map(show).collect()
    }

    #[test]
    fn blanks_that_line_up_are_columns() {
        let text = "表二 收入总表\n                 单位：万元\n\
                    科目名称        合计      基本支出    项目支出\n\
                    行政运行        551.60   551.60\n\
                    机关事务        14.00                14.00\n\
                    合计            565.60   551.60      14.00\n";
        let expected = "科目名称|合计|基本支出|项目支出 / 行政运行|551.60|551.60| / 机关事务|14.00||14.00 / 合计|565.60|551.60|14.00";
        assert_eq!(tables(text), [expected]);
    }

    #[test]
    fn empty_columns_have_their_head_and_torn_amounts_become_whole() {
        let text = "科目编码  科目名称                          合计      基本支出  项目支出  上缴上级支出  经营支出\n\
                    201       行政运行                          551. 60   551. 60\n\
                    205       机关事业单位基本养老 保险缴费     14.00               14.00\n\
                    合计                                        565.60    551.60    14.00\n";
        let expected = "科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出|经营支出 / 201|行政运行|551. 60|551. 60||| / \
                        205|机关事业单位基本养老 保险缴费|14.00||14.00|| / 合计||565.60|551.60|14.00||";
        assert_eq!(tables(text), [expected]);
    }

    #[test]
    fn every_page_has_columns_of_its_own() {
        let text = "合计      9.50     7.00     2.50\n甲        7.00     7.00\n乙        2.50              2.50\n\
                    \u{c}丙                 1.00               1.00\n丁                 2.00     2.00\n";
        let expected = ["合计|9.50|7.00|2.50 / 甲|7.00|7.00| / 乙|2.50||2.50", "丙|1.00||1.00 / 丁|2.00|2.00|"];
        assert_eq!(tables(text), expected);
    }

    #[test]
    fn spaced_words_are_one_cell_and_levels_of_a_code_are_three() {
        let text = "  收     入                           支     出\n\
                    收入                    80.00        支出                 80.00\n\
                    小       计             80.00        小       计          80.00\n\
                    收  入  总  计          80.00        支  出  总  计       80.00\n";
        assert_eq!(
            tables(text),
            ["收     入||支     出| / 收入|80.00|支出|80.00 / 小       计|80.00|小       计|80.00 / \
              收  入  总  计|80.00|支  出  总  计|80.00"]
        );
        let text = " 类  款  项  科目名称        合计\n\
                    208          社会保障      80.00\n      05      养老支出      80.00\n          05  养老保险      80.00\n";
        assert_eq!(
            tables(text),
            ["类|款|项|科目名称|合计 / 208|||社会保障|80.00 / |05||养老支出|80.00 / ||05|养老保险|80.00"]
        );
    }

    #[test]
    fn amounts_in_full_width_are_amounts() {
        let text = "科目名称        总计        拨款\n行政运行    ２８３．６２  ２８３．６２\n\
                    图书馆      １２４．３０\n合计        ４０７．９２  ２８３．６２\n";
        let expected = "科目名称|总计|拨款 / 行政运行|２８３．６２|２８３．６２ / 图书馆|１２４．３０| / 合计|４０７．９２|２８３．６２";
        assert_eq!(tables(text), [expected]);
    }

    #[test]
    fn an_amount_cut_by_a_line_of_its_table_is_whole() {
        let text = "科目名称    合计      基本支出  项目支出\n行政运行    484.30    267.80    116.50\n\
                    机关事务    267.8  0            267.80\n合计        752.10    267.80    384.30\n";
        assert_eq!(tables(text)[0].split(" / ").nth(2), Some("机关事务|267.8  0||267.80"));
    }

    #[test]
    fn the_lower_half_of_a_wide_head_is_no_column() {
        let lines = [
            "  合计    公务用车购置及运行维护费                      公务接待费",
            "                    小计              购置费     运行费",
            "  1.80                      0.00     0.00      1.50         0.30",
            "  2.56                      0.00     0.00      2.45         0.11",
            "  4.36                      0.00     0.00      3.95         0.41",
        ];
        assert_eq!(
            tables(&lines.join("\n"))[0].split(" / ").take(3).collect::<Vec<_>>(),
            ["合计|公务用车购置及运行维护费|||公务接待费", "|小计|购置费|运行费|", "1.80|0.00|0.00|1.50|0.30"]
        );
    }

    #[test]
    fn amounts_that_share_a_column_are_never_joined() {
        let row = "甲项目    12.00     34.00\n";
        let text = format!("{}乙项目    5 6.00    7.00\n", row.repeat(10));
        let told = tables(&text);
        assert!(told[0].ends_with("乙项目|5 / 6.00|7.00"), "{told:?}");
    }

    #[test]
    fn single_blanks_leave_the_filled_cells() {
        let text = "收支总表\n项目 预算数 项目 预算数\n一、财政拨款 9.50 一、一般公共服务支出 7.00\n\
                    二、外交支出\n本年收入合计 9.50 本年支出合计 9.50\n收入总计 9.50 支出总计 9.50\n";
        let expected = "项目|预算数|项目|预算数 / 一、财政拨款|9.50|一、一般公共服务支出|7.00 / 二、外交支出 / \
                        本年收入合计|9.50|本年支出合计|9.50 / 收入总计|9.50|支出总计|9.50";
        assert_eq!(tables(text), [expected]);
    }

    #[test]
    fn the_parts_of_a_code_are_one_cell() {
        let text = "支出总表\n科目编码 科目名称 合计\n208 社会保障和就业支出 9.50\n208 05 行政事业单位养老支出 9.50\n\
                    208 05 05 养老保险缴费支出 9.50\n";
        let expected = "科目编码|科目名称|合计 / 208|社会保障和就业支出|9.50 / 20805|行政事业单位养老支出|9.50 / 2080505|养老保险缴费支出|9.50";
        assert_eq!(tables(text), [expected]);
    }

    #[test]
    fn the_parts_of_a_code_in_the_next_list_are_one_cell() {
        let text = "基本支出表\n科目名称 决算数 科目名称 决算数\n301 工资福利支出 9.50 302 商品和服务支出 3.00\n\
                    301 03 奖金 302 03 咨询费\n301 01 基本工资 9.50 302 01 办公费 3.00\n";
        let expected = "科目名称|决算数|科目名称|决算数 / 301|工资福利支出|9.50|302|商品和服务支出|3.00 / \
                        30103|奖金|30203|咨询费 / 30101|基本工资|9.50|30201|办公费|3.00";
        assert_eq!(tables(text), [expected]);
    }

    /// Where a list on the left ends close before one on the right, nothing but the ordinal of a name parts them.
    #[test]
    fn a_name_close_behind_an_amount_is_a_cell_of_its_own() {
        let text = "收支总表\n项目 预算数 项目 预算数\n一、财政拨款收入 47,483一、教育支出 6,096\n\
                    1. 一般公共预算 47,483（二）卫生健康支出 1,439,040\n2. 政府性基金预算 三、城乡社区支出 33.50\n";
        let expected = "项目|预算数|项目|预算数 / 一、财政拨款收入|47,483|一、教育支出|6,096 / \
                        1. 一般公共预算|47,483|（二）卫生健康支出|1,439,040 / 2. 政府性基金预算|三、城乡社区支出|33.50";
        assert_eq!(tables(text), [expected]);
    }

    /// Names that begin like a measure are no measures of the number before them.
    #[test]
    fn names_behind_numbers_stay_in_the_table() {
        let text = "收支总表\n项目 行次 金额 项目 行次 金额\n本年收入合计 27 9.50 本年支出合计 58 9.00\n\
                    年初结转和结余 28 1.00 年末结转和结余 59 1.50\n奖金 29 项目支出 60\n总计 31 10.50 总计 62 10.50\n";
        assert_eq!(tables(text)[0].matches(" / ").count(), 4);
    }

    #[test]
    fn sentences_and_lists_are_no_tables() {
        let cases = [
            "2024 年收入总计 3020.78 万元，支出总计 3020.78 万元。\n与 2023 年相比增加 2072.39 万元，增长 218.52%。\n",
            "一、收入支出决算总表      3\n二、收入决算表      4\n三、支出决算表      5\n",
            "1. 某中心\n2. 某站\n3. 某所\n",
            "2024 年度\n2025 年度\n2026 年度\n",
        ];
        for text in cases {
            assert_eq!(tables(text), Vec::<String>::new(), "{text}");
        }
    }
}
