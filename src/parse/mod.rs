//! Parsing: a [`Source`] to a [`Document`] of headings, paragraphs, list items and grids.
//!
//! Parsing never fails. Tables are taken from the raw lines before Markdown sees them, because Markdown turns a line
//! that begins with a TAB into code and drops empty last cells.

mod comma;
mod document;
mod grid;
mod html;
mod join;
mod listed;
mod markup;
mod prose;
mod ruled;
mod spaced;
mod stacked;

use std::sync::Arc;

pub use document::{Block, BlockKind, Document, Grid, GridCell, GridForm, GridRow};
pub use markup::plain_line;

use crate::read::Source;

/// Splits a source into its blocks in reading order.
pub fn parse(source: &Arc<Source>) -> Document {
    let mut blocks = Vec::new();
    if html::is_html(source) {
        html::parse(source, source.body_line, source.line_count(), &mut blocks);
    } else {
        parse_lines(source, &mut blocks);
    }
    Document { source: source.clone(), blocks: join::over_page_breaks(blocks), diagnostics: Vec::new() }
}

/// What a line of a text or Markdown source belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Blank,
    Tab,
    Pipe,
    HtmlTable,
    Prose,
}

fn parse_lines(source: &Source, blocks: &mut Vec<Block>) {
    let last = source.line_count();
    let mut line = source.body_line;
    while line <= last {
        let drawn = || ruled::table(source, line, last).or_else(|| comma::table(source, line, last));
        if let Some((grid, end)) = stacked::table(source, line, last).or_else(drawn) {
            push_grid(grid, source, blocks);
            line = end + 1;
            continue;
        }
        let kind = line_kind(source.line(line));
        let end = region_end(source, line, last, kind);
        match kind {
            LineKind::Blank => {}
            LineKind::Tab => push_grid(grid::tab(source, line, end), source, blocks),
            LineKind::Pipe => push_grid(grid::pipe(source, line, end), source, blocks),
            LineKind::HtmlTable => html::parse(source, line, end, blocks),
            LineKind::Prose => parse_text(source, line, end, blocks),
        }
        line = end + 1;
    }
}

/// Running text, with tables of which every cell stands on a line of its own.
fn parse_text(source: &Source, first: u32, last: u32, blocks: &mut Vec<Block>) {
    let mut line = first;
    for region in listed::regions(source, first, last) {
        if line < *region.start() {
            parse_spaced(source, line, region.start() - 1, blocks);
        }
        line = region.end() + 1;
        push_grid(listed::grid(source, region), source, blocks);
    }
    if line <= last {
        parse_spaced(source, line, last, blocks);
    }
}

/// Running text, with tables whose columns nothing but blanks keep apart.
fn parse_spaced(source: &Source, first: u32, last: u32, blocks: &mut Vec<Block>) {
    let mut line = first;
    for region in spaced::regions(source, first, last) {
        if line < *region.start() {
            prose::parse(source, line, region.start() - 1, blocks);
        }
        line = region.end() + 1;
        push_grid(spaced::grid(source, region), source, blocks);
    }
    if line <= last {
        prose::parse(source, line, last, blocks);
    }
}

fn line_kind(line: &str) -> LineKind {
    if line.trim().is_empty() {
        // A line of TABs alone is a row whose cells are all empty.
        return if line.contains('\t') { LineKind::Tab } else { LineKind::Blank };
    }
    if line.contains('\t') {
        return LineKind::Tab;
    }
    let trimmed = line.trim_start();
    // Converters of web pages leave out the first pipe.
    let spare = || trimmed.trim_end().ends_with("||") || is_delimiter(trimmed);
    if trimmed.match_indices('|').nth(1).is_some() && (trimmed.starts_with('|') || trimmed.contains(" | ") || spare()) {
        return LineKind::Pipe;
    }
    if trimmed.starts_with('<') && begins_table(trimmed) {
        return LineKind::HtmlTable;
    }
    LineKind::Prose
}

/// True for the line below a Markdown head: `---|---|`.
fn is_delimiter(line: &str) -> bool {
    line.contains("---") && line.bytes().all(|byte| matches!(byte, b'-' | b'|' | b':' | b' '))
}

/// True for a line that begins with a table, also inside the tags of a whole page: `<html><body><table>`.
fn begins_table(line: &str) -> bool {
    let mut rest = line;
    while let Some(tag) = rest.strip_prefix('<') {
        if tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("table")) {
            return true;
        }
        let wrapper = ["html", "body", "div", "center", "p"].iter().any(|name| {
            tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && tag[name.len()..].starts_with([' ', '>'])
        });
        let Some(end) = tag.find('>').filter(|_| wrapper) else { return false };
        rest = tag[end + 1..].trim_start();
    }
    false
}

/// The last line of the region that begins at `start`.
fn region_end(source: &Source, start: u32, last: u32, kind: LineKind) -> u32 {
    let continues = |line: u32| match kind {
        _ if ruled::is_rule(source.line(line)) || stacked::begins(source, line, last) => false,
        LineKind::Prose if comma::begins(source, line, last) => false,
        LineKind::HtmlTable => !source.line(line - 1).to_ascii_lowercase().contains("</table>"),
        // Prose runs over blank lines up to the next table: Markdown needs them to tell paragraphs apart.
        LineKind::Prose => matches!(line_kind(source.line(line)), LineKind::Prose | LineKind::Blank),
        _ => line_kind(source.line(line)) == kind,
    };
    (start + 1..=last).find(|line| !continues(*line)).map_or(last, |line| line - 1)
}

/// A grid of one row with one filled cell is a stray TAB in running text.
fn push_grid(grid: Grid, source: &Source, blocks: &mut Vec<Block>) {
    let (Some(first), Some(last)) = (grid.rows.first(), grid.rows.last()) else { return };
    let lines = (first.line, last.line);
    let filled = grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty()).count();
    match filled {
        0 => {}
        1 if grid.rows.len() == 1 => prose::parse(source, lines.0, lines.1, blocks),
        _ => blocks.push(Block { kind: BlockKind::Grid(grid), lines, text: String::new(), line_offsets: Vec::new() }),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{BlockKind, parse};
    use crate::read::Source;

    fn outline(text: &str) -> Vec<String> {
        parse(&Arc::new(Source::plain("a.md", text)))
            .blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading(depth) => format!("h{depth} {} {}", block.lines.0, block.text),
                BlockKind::Paragraph => format!("p {} {}", block.lines.0, block.text),
                BlockKind::Item => format!("i {} {}", block.lines.0, block.text),
                BlockKind::Grid(grid) => {
                    let rows: Vec<String> = grid
                        .rows
                        .iter()
                        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"))
                        .collect();
                    format!("g {} {}", block.lines.0, rows.join(" / "))
                }
            })
            .collect()
    }

    #[test]
    fn blocks_of_each_form() {
        let cases: &[(&str, &[&str])] = &[
            ("# 目 录\n\n一、甲\n二、乙\n", &["h1 1 目 录", "p 3 一、甲", "p 4 二、乙"]),
            ("- 一、主要职责\n- 二、构成\n", &["i 1 一、主要职责", "i 2 二、构成"]),
            ("收入\t\t支出\t\n项目\t金额\t项目\t金额\n", &["g 1 收入||支出| / 项目|金额|项目|金额"]),
            ("\t合计\t1.00\t\n\n\t甲\t1.00\t\n", &["g 1 |合计|1.00|", "g 3 |甲|1.00|"]),
            ("| 甲 | 1 |\n| --- | --- |\n| 乙 | |\n", &["g 1 甲|1 / 乙|"]),
            ("项目 | 金额 |\n | 1 |\n乙 | |\n", &["g 1 项目|金额 / |1 / 乙|"]),
            // The title of a table is the only cell of its first row.
            ("支出总表 | ||\n---|---|---|\n甲 | 1 | 2 |\n乙 | |3 |\n", &["g 1 支出总表|| / 甲|1|2 / 乙||3"]),
            ("合计\t16 <b>.</b> 53\t<b>927.71</b>\n", &["g 1 合计|16 . 53|927.71"]),
            (
                "<table><tr><td rowspan=\"2\">甲</td><td colspan=2>乙</td></tr>\n<tr><td>1</td><td>2</td></tr></table>\n",
                &["g 1 甲|乙| / |1|2"],
            ),
            (
                "某局2025年对项目支出\n\n全面实施管理，共3个项目。\n\n下一段，没有完\n\n（一）标题",
                &["p 1 某局2025年对项目支出全面实施管理，共3个项目。", "p 5 下一段，没有完", "p 7 （一）标题"],
            ),
            // Every cell on its own line: the row that ends in pipes tells how wide they are.
            (
                "单位:万元\n收入 |\n支出 | ||\n项目 |\n金额 |\n项目 |\n金额 |\n一、拨款 |\n3.10 |\n|\n|\n\n完\n",
                &["p 1 单位:万元", "g 2 收入|支出|| / 项目|金额|项目|金额 / 一、拨款|3.10||", "p 13 完"],
            ),
            (
                "收入 |\n金额 |\n支出 |\n金额 |\n合计 |\n7 |\n合计 |\n7 |\n甲 |\n7 |\n|\n|\n",
                &["g 1 收入|金额|支出|金额 / 合计|7|合计|7 / 甲|7||"],
            ),
            // A lone pipe closes a row, and stands for an empty cell.
            (
                "支出总表 |\n|\n编码 |\n名称 |\n合计 |\n项目 |\n|\n合计 |\n|\n3.10 |\n1.10 |\n|\n201 |\n甲 |\n2.00 |\n|\n|\n\
                 202 |\n乙 |\n1.10 |\n1.10 |\n|\n",
                &["g 1 支出总表 / 编码|名称|合计|项目 / 合计||3.10|1.10 / 201|甲|2.00| / 202|乙|1.10|1.10"],
            ),
            // The pipes of a merged cell on the next line; another table of another width behind it.
            (
                "表1 |\n|||\n收入 |\n支出 |\n||\n项目 |\n金额 |\n项目 |\n金额 |\n合计 |\n7 |\n合计 |\n7 |\n\
                 表2 |\n||\n编码 |\n名称 |\n合计 |\n201 |\n甲 |\n7 |\n|\n合计 |\n7 |\n",
                &[
                    "g 1 表1||| / 收入|支出|| / 项目|金额|项目|金额 / 合计|7|合计|7",
                    "g 14 表2|| / 编码|名称|合计 / 201|甲|7 / |合计|7",
                ],
            ),
            // Two columns under a number and a title.
            (
                "表7 |\n|\n三公经费预算表 |\n|\n项目 |\n预算 |\n三公经费 |\n5.40 |\n公务接待费 |\n5.40 |\n",
                &["g 1 表7| / 三公经费预算表| / 项目|预算 / 三公经费|5.40 / 公务接待费|5.40"],
            ),
            // Rules of a word processor, cells of several lines.
            (
                "收支总表\n\n+----------+------+\n| 项目     | 金额 |\n+==========+======+\n| 一、社会 | 3.10 |\n| 保障支出 |      |\n\
                 +----------+------+\n| 合计     | 3.10 |\n+----------+------+\n",
                &["p 1 收支总表", "g 4 项目|金额 / 一、社会保障支出|3.10 / 合计|3.10"],
            ),
            // Boxes, with a rule below the head only.
            (
                "┌────┬────┐\n│项目│金额│\n├────┼────┤\n│甲  │1.10│\n│乙  │2.00│\n│丙  │2.00│\n│合计│5.10│\n└────┴────┘\n",
                &["g 2 项目|金额 / 甲|1.10 / 乙|2.00 / 丙|2.00 / 合计|5.10"],
            ),
            // A worksheet with commas between its cells; a sentence with commas is none.
            (
                "支出总表,,,\n编码,名称,合计,项目\n201,\"甲\",\"1,106.40\",\n,合计,\"1,106.40\",\n\n其中,甲,乙,丙。\n",
                &["g 1 支出总表||| / 编码|名称|合计|项目 / 201|甲|1,106.40| / |合计|1,106.40|", "p 6 其中,甲,乙,丙。"],
            ),
            // The commas of thousands part no cells.
            (
                "支出总表\n科目编码 科目名称 合计\n208 抚恤 1,294,000\n210 医疗 1,439,040\n221 住房 2,649,730\n",
                &[
                    "p 1 支出总表",
                    "g 2 科目编码|科目名称|合计 / 208|抚恤|1,294,000 / 210|医疗|1,439,040 / 221|住房|2,649,730",
                ],
            ),
            // Empty cells of a program that reads worksheets; merged cells said again; a head of two lines in one.
            ("| 某院 | Unnamed: 1 |\n| --- | --- |\n| 合计 | NaN |\n", &["g 1 某院| / 合计|"]),
            ("| 表一 | 表一 | 表一 |\n|---|---|---|\n| 甲 | 1 | 1 |\n", &["g 1 表一|| / 甲|1|1"]),
            (
                "| 编码.编码 | 预算数.合计 | 预算数.接待 |\n|---|---|---|\n| 201 | 1 | 1 |\n",
                &["g 1 编码|预算数| / |合计|接待 / 201|1|1"],
            ),
            // The page of an OCR tool: the table inside the tags of a page of its own.
            (
                "支出总表\n\n<html><body><table><tr><td>合计</td><td>1</td></tr></table></body></html>\n",
                &["p 1 支出总表", "g 3 合计|1"],
            ),
            // Tables inside the table that holds a page together.
            (
                "<html><table><tr><td>首页</td></tr><tr><td><p>表一</p><table><tr><td>甲</td><td>1</td></tr>\
                 <tr><td>乙</td><td>2</td></tr></table></td></tr></table></html>\n",
                &["p 1 首页", "p 1 表一", "g 1 甲|1 / 乙|2"],
            ),
            ("收入总计$1234.5$万元，增长$1 2 . 5 \\%$。\n", &["p 1 收入总计1234.5万元，增长12.5%。"]),
            ("增长**12**万元\n", &["p 1 增长12万元"]),
            ("    四个空格开头的段落。\n", &["p 1 四个空格开头的段落。"]),
        ];
        for (text, expected) in cases {
            assert_eq!(outline(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn offsets_in_joined_paragraphs_lead_to_lines() {
        let document = parse(&Arc::new(Source::plain("a.txt", "其中，运行维护费\n\n4.60万元，增加。\n")));
        let block = &document.blocks[0];
        assert_eq!(block.text, "其中，运行维护费4.60万元，增加。");
        assert_eq!(block.line_at(block.text.find("4.60").unwrap_or(0)), 3);
        assert_eq!(block.line_at(0), 1);
    }
}
