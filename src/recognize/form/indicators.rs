//! The projects of forms with their indicators.

use compact_str::CompactString;

use super::layout::{self, filled};
use crate::model::{Column, Disclosure, Indicator, IndicatorKind, Place, Project, Row, Statement, StatementKind};
use crate::recognize::statement::amounts::amount_of;
use crate::vocabulary::FormWords;
use crate::vocabulary::text::{has_han, key, squeeze};

/// The projects that the forms of a statement are about, in order, each with its indicators.
pub(in crate::recognize) fn projects(words: &FormWords, statement: &Statement) -> Vec<Project> {
    let mut projects: Vec<Project> = Vec::new();
    if statement.kind != StatementKind::ProjectPerformance {
        return projects;
    }
    let mut list: Option<List<'_>> = None;
    for row in &statement.rows {
        if let Some(name) = layout::project_name(words, row) {
            projects.push(blank(statement, row, &name));
            list = None;
        }
        let Some(project) = projects.last_mut() else { continue };
        let texts: Vec<&str> = filled(row).iter().map(|(_, text)| *text).collect();
        if layout::is_indicator_head(words, &texts) {
            list = Some(List::new(words, row));
        } else if let Some(list) = &mut list {
            list.add(statement, row, &mut project.indicators);
        } else {
            // What the project is worth: the amount beside 资金总额, else the first of the form.
            project.total = project.total.take().or_else(|| row.cells.iter().find_map(amount_of).cloned());
            if let Some(unit) = layout::unit_name(words, row).filter(|_| project.unit.is_empty()) {
                project.unit = unit.into();
            }
        }
    }
    projects
}

/// The targets of the department as a whole.
pub(in crate::recognize) fn targets(words: &FormWords, disclosure: &Disclosure) -> Vec<Indicator> {
    let performance = |statement: &&Statement| statement.kind == StatementKind::DepartmentPerformance;
    disclosure.statements.iter().filter(performance).flat_map(|statement| targets_of(words, statement)).collect()
}

/// The indicators below the heads of a form, or in the columns of a table.
fn targets_of(words: &FormWords, statement: &Statement) -> Vec<Indicator> {
    let mut list = List::of_columns(words, &statement.columns);
    let mut targets = Vec::new();
    for row in &statement.rows {
        let texts: Vec<&str> = filled(row).iter().map(|(_, text)| *text).collect();
        if layout::is_indicator_head(words, &texts) {
            list = Some(List::new(words, row));
        } else if let Some(list) = &mut list {
            list.add(statement, row, &mut targets);
        }
    }
    targets
}

fn blank(statement: &Statement, row: &Row, name: &str) -> Project {
    Project {
        code: CompactString::default(),
        name: name.into(),
        category: CompactString::default(),
        unit: CompactString::default(),
        total: None,
        funding: Vec::new(),
        indicators: Vec::new(),
        place: Place { file: statement.file, line: row.line, cell: 0 },
    }
}

/// A list of indicators: its columns, and the group that a row takes over from the one above.
pub(in crate::recognize) struct List<'words> {
    words: &'words FormWords,
    name: Option<usize>,
    target: Option<usize>,
    /// How many cells its head has; rows with another number lost some. `None` where rows are aligned already.
    width: Option<usize>,
    /// The column before which nothing belongs to an indicator.
    first: usize,
    group: IndicatorKind,
}

impl<'words> List<'words> {
    fn new(words: &'words FormWords, row: &Row) -> Self {
        let heads: Vec<(usize, String)> = filled(row).iter().map(|(at, text)| (*at, key(text))).collect();
        List::of_heads(words, &heads, Some(printed_width(row)))
    }

    /// The list in the columns of a table, one indicator a row; `None` for other tables.
    pub(in crate::recognize) fn of_columns(words: &'words FormWords, columns: &[Column]) -> Option<Self> {
        let head = |column: &Column| column.path.last().map(|head| key(head)).unwrap_or_default();
        let heads: Vec<(usize, String)> = columns.iter().map(head).enumerate().collect();
        let once =
            |known: &[String]| known.iter().any(|word| heads.iter().filter(|(_, head)| head == word).count() == 1);
        let listed = once(&words.indicator_first) && once(&words.indicator_third);
        listed.then(|| List::of_heads(words, &heads, None))
    }

    fn of_heads(words: &'words FormWords, heads: &[(usize, String)], width: Option<usize>) -> Self {
        let column = |known: &[String]| {
            known.iter().find_map(|word| heads.iter().find(|(_, head)| head == word).map(|(at, _)| *at))
        };
        List {
            words,
            name: column(&words.indicator_name),
            target: column(&words.indicator_target),
            width,
            first: column(&words.indicator_first).unwrap_or(0),
            group: IndicatorKind::Other,
        }
    }

    /// Adds the indicator of a row. A row of words alone goes on with the name, or with the name and the target, of the
    /// indicator above it: its cell was broken over two lines.
    pub(in crate::recognize) fn add(&mut self, statement: &Statement, row: &Row, indicators: &mut Vec<Indicator>) {
        if let Some(above) = indicators.last_mut().filter(|above| !above.target.is_empty())
            && let Some(rest) = self.rest_of_name(row, &above.name)
        {
            above.name.push_str(&rest);
            return;
        }
        indicators.extend(self.indicator(statement, row));
    }

    /// What a row holds when it holds nothing but the end of a broken name: the words before it stop too early. No name is
    /// a single glyph, whatever debris stands beside it.
    fn rest_of_name(&self, row: &Row, before: &str) -> Option<String> {
        /// Longer words are a name of their own.
        const LONGEST: usize = 6;
        let cells = filled(row);
        let whole = self.width.is_none_or(|width| printed_width(row) == width);
        let glyph = cells.iter().find(|(at, text)| Some(*at) == self.name && squeeze(text).chars().count() == 1);
        if let Some((_, text)) = glyph.filter(|(_, text)| whole && has_han(text)) {
            return Some(squeeze(text));
        }
        let [(at, text)] = cells.as_slice() else { return None };
        let rest = squeeze(text);
        let short = has_han(text) && rest.chars().count() <= LONGEST;
        let broken = !self.words.ends_as_indicator(before) && self.words.ends_as_indicator(&rest);
        (whole && Some(*at) == self.name && short && broken && self.words.level(&key(text)).is_none()).then_some(rest)
    }

    /// The indicator of a row.
    pub(in crate::recognize) fn indicator(&mut self, statement: &Statement, row: &Row) -> Option<Indicator> {
        let mut cells = filled(row);
        let whole = self.width.is_none_or(|width| printed_width(row) == width);
        if whole {
            cells.retain(|(at, _)| *at >= self.first);
        }
        let mut rest = cells.as_slice();
        for _ in 0..3 {
            let Some(((at, text), after)) = rest.split_first() else { break };
            let Some(level) = self.words.level(&key(text)).filter(|_| !(whole && Some(*at) == self.name)) else {
                break;
            };
            if let Some(group) = level {
                self.group = group;
            }
            rest = after;
        }
        // Where the columns hold, they tell; after a page break only the order does.
        let in_column = |column: Option<usize>| rest.iter().find(|(at, _)| whole && Some(*at) == column).copied();
        let (name, target) = match (in_column(self.name), in_column(self.target)) {
            (Some(name), target) if has_han(name.1) => (name, target.or_else(|| after(rest, name.0))),
            _ => (*rest.first().filter(|(_, text)| has_han(text))?, rest.get(1).copied()),
        };
        // What stands behind the column of values explains them; a row without a value that lost some of its cells holds
        // the rest of a longer text.
        let explains = whole && self.target.is_some_and(|target| name.0 > target);
        let rest_of_text = !whole && target.is_none() && !self.words.ends_as_indicator(&squeeze(name.1));
        if explains || rest_of_text || self.words.is_sum(&key(name.1)) {
            return None;
        }
        let target = target.map(|target| whole_target(self.words, rest, target)).unwrap_or_default();
        let cell = &row.cells[name.0];
        let place = Place { file: statement.file, line: cell.line, cell: cell.printed_cell };
        Some(Indicator { kind: self.group, name: squeeze(name.1).into(), target: target.into(), place })
    }
}

/// How many cells are printed for a row.
fn printed_width(row: &Row) -> usize {
    row.cells.iter().filter(|cell| cell.printed_cell > 0).count()
}

fn after<'row>(cells: &[(usize, &'row str)], column: usize) -> Option<(usize, &'row str)> {
    cells.iter().find(|(at, _)| *at > column).copied()
}

/// The target with its sign before it and its unit behind it, when they stand in cells of their own: ≥ | 95 | %.
fn whole_target(words: &FormWords, cells: &[(usize, &str)], target: (usize, &str)) -> String {
    let wordy = |text: &str| words.is_wordy_target(&squeeze(text));
    let is_sign =
        |text: &str| wordy(text) || matches!(squeeze(text).as_str(), "≥" | "≤" | "＝" | "=" | ">" | "<" | "≦" | "≧");
    let at = cells.iter().position(|cell| cell.0 == target.0).unwrap_or(0);
    let sign = at.checked_sub(1).map(|before| cells[before].1).filter(|text| is_sign(text) && !wordy(text));
    let (sign, value) = match (sign, is_sign(target.1)) {
        (None, true) => (Some(target.1).filter(|text| !wordy(text)), cells.get(at + 1)),
        (sign, _) => (sign, cells.get(at)),
    };
    let Some((column, value)) = value else { return String::new() };
    let behind = cells.iter().find(|(at, _)| at > column).map(|(_, text)| squeeze(text));
    let bare = value.chars().all(|glyph| glyph.is_ascii_digit() || glyph == '.');
    let unit = behind.filter(|text| {
        sign.is_some() && bare && text.chars().count() <= 5 && !text.chars().all(|glyph| glyph.is_ascii_digit())
    });
    format!("{}{}{}", sign.map(squeeze).unwrap_or_default(), squeeze(value), unit.unwrap_or_default())
}
