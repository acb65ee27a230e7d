//! What a document says does not depend on how it prints it: the same document in another form has the same figures.
//!
//! Every form is one that documents have: another way to keep cells apart, other widths and glyphs, pages that end in the
//! middle of a table, names broken over lines, sides below each other. A form changes the rows of tables and leaves the
//! sentences; the figures must be those of the document as it is.

use std::collections::BTreeMap;
use std::path::Path;

use super::read;
use super::silence::figures;

/// Documents of four layouts whose tables have TABs between their cells, from the repository's root.
const DOCUMENTS: [&str; 4] = [
    "tests/reading/inner_mongolia_banner_final.txt",
    "tests/reading/gansu_county_final.txt",
    "tests/reading/ministry_budget.txt",
    "tests/reading/hunan_prefecture_budget.txt",
];

/// Rows of one table, cell by cell.
type Rows = Vec<Vec<String>>;

#[test]
fn other_marks_between_cells_change_no_figure() {
    hold("pipes", pipes);
    hold("html", html);
    hold("blanks", blanks);
    hold("rows without their last empty cells", |rows| lines(rows.into_iter().map(without_end)));
}

#[test]
fn other_glyphs_change_no_figure() {
    hold("full width", |rows| lines(each_cell(rows, full_width)));
    hold("traditional characters", |rows| lines(each_cell(rows, traditional)));
    hold("spaced words", |rows| lines(each_cell(rows, spaced)));
    hold("thousands commas", |rows| lines(each_cell(rows, with_commas)));
}

#[test]
fn pages_change_no_figure() {
    hold("pages with a running head", |rows| {
        pages(rows, "\n12\n\n某某自治州某某自治县某某街道办事处农业技术推广中心部门预算\n")
    });
    hold("pages with nothing between", |rows| pages(rows, ""));
    hold("empty rows", |rows| {
        let width = rows[0].len();
        let with_empty = rows.chunks(5).flat_map(|some| some.iter().cloned().chain([vec![String::new(); width]]));
        lines(with_empty)
    });
}

#[test]
fn names_and_codes_in_other_cells_change_no_figure() {
    hold("code and name in one cell", |rows| lines(with_code_in_name(rows, "-")));
    hold("names broken before their amounts", |rows| lines(broken_names(rows)));
    hold("the total at the end", |rows| lines(total_last(rows)));
    hold("a total without its word", |rows| lines(unnamed_total(total_last(rows))));
}

#[test]
fn sides_below_each_other_change_no_figure() {
    hold("income above expenditure", sides);
}

/// Every document in another form has the figures that it has as it is.
fn hold(name: &str, form: impl Fn(Rows) -> String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut changed = 0;
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(root.join(document)).expect("a document in UTF-8");
        let other = in_form(&text, &form);
        changed += usize::from(other != in_form(&text, lines));
        let (want, have) = (figures(&read(&text)), figures(&read(&other)));
        let differs = want.iter().filter(|(figure, yuan)| have.get(*figure) != Some(*yuan));
        let differs: BTreeMap<_, _> = differs.map(|(figure, yuan)| (figure, (yuan, have.get(figure)))).collect();
        assert!(differs.is_empty(), "{document}, {name}: {differs:#?}\n{other}");
    }
    assert!(changed > 0, "{name} changes no document");
}

/// A document with its tables in another form. What stands between the parts of a table that pages cut stays.
fn in_form(text: &str, form: impl Fn(Rows) -> String) -> String {
    let mut other = String::new();
    let mut rows: Rows = Vec::new();
    for line in text.lines().chain([""]) {
        let cells: Vec<String> = line.split('\t').map(|cell| cell.trim_matches(' ').to_owned()).collect();
        // The organization and the unit stand above their table.
        if cells.len() > 1 && !line.contains("单位：") {
            rows.push(cells);
            continue;
        }
        if !rows.is_empty() {
            let width = rows.iter().map(Vec::len).max().unwrap_or(0);
            rows.iter_mut().for_each(|row| row.resize(width, String::new()));
            other += &form(std::mem::take(&mut rows));
        }
        other += &cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join("    ");
        other.push('\n');
    }
    other
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    rows.into_iter().map(|row| row.join("\t") + "\n").collect()
}

fn each_cell(rows: Rows, change: impl Fn(&str) -> String) -> Rows {
    rows.into_iter().map(|row| row.iter().map(|cell| change(cell)).collect()).collect()
}

fn pipes(rows: Rows) -> String {
    let row = |row: &Vec<String>| format!("| {} |\n", row.join(" | "));
    let rule = format!("|{}\n", "---|".repeat(rows[0].len()));
    format!("\n{}{rule}{}\n", row(&rows[0]), rows[1..].iter().map(row).collect::<String>())
}

fn html(rows: Rows) -> String {
    let row = |row: &Vec<String>| format!("<tr><td>{}</td></tr>\n", row.join("</td><td>"));
    format!("<table>\n{}</table>\n", rows.iter().map(row).collect::<String>())
}

/// Columns kept apart by blanks: words begin below each other, amounts end below each other.
fn blanks(rows: Rows) -> String {
    let wide = |text: &str| text.chars().map(|glyph| if glyph >= '\u{2e80}' { 2 } else { 1 }).sum::<usize>();
    let width = |column: usize| rows.iter().map(|row| wide(&row[column])).max().unwrap_or(0).max(2);
    let cell = |(column, text): (usize, &String)| {
        let fill = " ".repeat(width(column) - wide(text));
        if is_amount(text) { format!("{fill}{text}  ") } else { format!("{text}{fill}  ") }
    };
    let row = |row: &Vec<String>| row.iter().enumerate().map(cell).collect::<String>().trim_end().to_owned() + "\n";
    rows.iter().map(row).collect()
}

fn without_end(mut row: Vec<String>) -> Vec<String> {
    while row.len() > 2 && row.last().is_some_and(String::is_empty) {
        row.pop();
    }
    row
}

/// Digits with a point.
fn is_amount(cell: &str) -> bool {
    cell.contains('.') && cell.bytes().all(|byte| byte.is_ascii_digit() || b".,-".contains(&byte))
}

/// A class, a section or an item of functions.
fn is_code(cell: &str) -> bool {
    cell.starts_with('2') && matches!(cell.len(), 3 | 5 | 7) && cell.bytes().all(|byte| byte.is_ascii_digit())
}

fn full_width(cell: &str) -> String {
    let wide = |glyph: char| match glyph {
        '0'..='9' | '.' | ',' | '(' | ')' => char::from_u32(u32::from(glyph) + 0xfee0).unwrap_or(glyph),
        _ => glyph,
    };
    cell.chars().map(wide).collect()
}

/// The first glyph that means each, of the list that the program has; numerals count the rows of some tables.
fn traditional(cell: &str) -> String {
    let list = include_str!("../../src/vocabulary/glyphs.txt");
    let pairs = list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let mut printed: BTreeMap<char, char> = BTreeMap::new();
    for pair in pairs {
        let mut glyphs = pair.chars();
        if let (Some(one), Some(meant)) = (glyphs.next(), glyphs.next())
            && !"一二三四五六七八九十".contains(meant)
        {
            printed.entry(meant).or_insert(one);
        }
    }
    cell.chars().map(|glyph| printed.get(&glyph).copied().unwrap_or(glyph)).collect()
}

fn with_commas(cell: &str) -> String {
    let Some((whole, places)) = cell.split_once('.').filter(|_| is_amount(cell)) else { return cell.to_owned() };
    let digits = whole.replace(',', "");
    let parted = digits.char_indices().flat_map(|(at, digit)| {
        let comma = at > 0 && (digits.len() - at) % 3 == 0 && !digits.starts_with('-');
        comma.then_some(',').into_iter().chain([digit])
    });
    format!("{}.{places}", parted.collect::<String>())
}

fn spaced(cell: &str) -> String {
    let short = cell.chars().count() == 2 && cell.chars().all(|glyph| glyph >= '\u{4e00}');
    if short { cell.chars().map(String::from).collect::<Vec<_>>().join("    ") } else { cell.to_owned() }
}

/// Tables of more rows than a page holds, with what stands between two pages.
fn pages(rows: Rows, between: &str) -> String {
    const PAGE: usize = 9;
    rows.chunks(PAGE).map(|page| lines(page.iter().cloned())).collect::<Vec<_>>().join(&format!("{between}\n"))
}

/// The first column of codes that has names right of it.
fn coded(rows: &Rows) -> Option<usize> {
    let named = |row: &Vec<String>, column: usize| row[column + 1].starts_with(|glyph| glyph >= '\u{4e00}');
    let is_coded = |column: &usize| {
        let mut coded = rows.iter().filter(|row| is_code(&row[*column])).peekable();
        coded.peek().is_some() && coded.all(|row| named(row, *column))
    };
    (0..rows[0].len().min(3) - 1).find(is_coded)
}

fn with_code_in_name(rows: Rows, mark: &str) -> Rows {
    let Some(column) = coded(&rows) else { return rows };
    let joined = |mut row: Vec<String>| {
        let code = row.remove(column);
        let name = &mut row[column];
        *name = match (code.as_str(), name.as_str()) {
            (code, name) if is_code(code) => format!("{code}{mark}{name}"),
            ("科目编码" | "科目代码" | "功能分类科目编码", _) => "科目编码及名称".to_owned(),
            ("", name) => name.to_owned(),
            (code, _) => code.to_owned(),
        };
        row
    };
    rows.into_iter().map(joined).collect()
}

/// Long names go on in the next line, and the amounts stand there.
fn broken_names(rows: Rows) -> Rows {
    let Some(column) = coded(&rows) else { return rows };
    let broken = |row: Vec<String>| {
        let name: Vec<char> = row[column + 1].chars().collect();
        if !is_code(&row[column]) || name.len() < 10 {
            return vec![row];
        }
        let (mut above, mut below) = (vec![String::new(); row.len()], row.clone());
        above[column].clone_from(&row[column]);
        above[column + 1] = name[..7].iter().collect();
        below[column] = String::new();
        below[column + 1] = name[7..].iter().collect();
        vec![above, below]
    };
    rows.into_iter().flat_map(broken).collect()
}

/// The total of a list of codes behind its items.
fn total_last(mut rows: Rows) -> Rows {
    let total = rows
        .iter()
        .position(|row| row.iter().take(4).any(|cell| cell == "合计") && row.iter().any(|cell| is_amount(cell)));
    if let (Some(total), Some(_)) = (total, coded(&rows)) {
        let row = rows.remove(total);
        rows.push(row);
    }
    rows
}

fn unnamed_total(mut rows: Rows) -> Rows {
    if coded(&rows).is_some()
        && let Some(last) = rows.last_mut()
    {
        last.iter_mut().filter(|cell| *cell == "合计").for_each(String::clear);
    }
    rows
}

/// 收入 | 支出 side by side as two tables.
fn sides(rows: Rows) -> String {
    let (Some(0), Some(half)) =
        (rows[0].iter().position(|cell| cell == "收入"), rows[0].iter().position(|cell| cell == "支出"))
    else {
        return lines(rows);
    };
    let side = |from: usize, to: usize| {
        let named = |row: &Vec<String>| row.iter().any(|cell| cell.chars().any(|glyph| glyph >= '\u{4e00}'));
        lines(rows.iter().map(|row| row[from..to].to_vec()).filter(named))
    };
    format!("{}\n{}", side(0, half), side(half, rows[0].len()))
}
