//! What a document was read as: who and when, then table by table the columns as measures, the cells that were repaired
//! with their proof, and those that found no place. This is how a person adds a template.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::visible::visible;
use crate::model::{CellContent, Column, ColumnRole, Disclosure, Origin, Row, RowRole, Statement, Subject};

/// What of a document is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inspection {
    /// Only the table that holds this line.
    pub line: Option<u32>,
    /// Every row, not only the columns and the doubtful cells.
    pub rows: bool,
}

impl Inspection {
    /// True when a line belongs to a table of the document.
    pub fn has_table(self, disclosure: &Disclosure, line: u32) -> bool {
        disclosure.statements.iter().any(|statement| holds(statement, line))
    }

    /// For people.
    pub(super) fn plain(self, disclosure: &Disclosure) -> String {
        let mut out = if self.line.is_some() { String::new() } else { head(disclosure) };
        for statement in self.statements(disclosure) {
            out.push('\n');
            out.push_str(&table(statement, self.rows));
        }
        visible(&out).into_owned()
    }

    /// For programs.
    pub(super) fn json(self, disclosure: &Disclosure) -> String {
        let identity = &disclosure.identity;
        let statements: Vec<Value> =
            self.statements(disclosure).map(|statement| statement_value(statement, self.rows)).collect();
        let (seen, placed) = accounted(&disclosure.statements);
        let value = json!({
            "source": *disclosure.sources[0].path, "organization": identity.organization, "year": identity.year,
            "kind": identity.kind.map(|kind| kind.word()), "amounts": seen, "placed": placed, "statements": statements,
        });
        format!("{value:#}")
    }

    fn statements(self, disclosure: &Disclosure) -> impl Iterator<Item = &Statement> {
        disclosure.statements.iter().filter(move |statement| self.line.is_none_or(|line| holds(statement, line)))
    }
}

fn holds(statement: &Statement, line: u32) -> bool {
    (statement.lines.0.min(statement.title_line.max(1))..=statement.lines.1).contains(&line)
}

fn head(disclosure: &Disclosure) -> String {
    let identity = &disclosure.identity;
    let region = &identity.region;
    let region: String =
        [&region.province, &region.city, &region.district].into_iter().flatten().map(|name| name.as_str()).collect();
    let known = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "未能识别".to_owned());
    let (seen, placed) = accounted(&disclosure.statements);
    let kind = identity.kind.map(|kind| kind.word().to_owned());
    format!(
        "文件  {}\n单位  {}\n地区  {}\n年度  {}\n种类  {}\n金额  {seen} 个，归位 {placed} 个，未归位 {} 个\n事实  {} 条，项目 {} 个，采购 {} 项，名词 {} 个\n",
        disclosure.sources[0].path,
        known(identity.organization.as_ref().map(ToString::to_string)),
        known(Some(region)),
        known(identity.year.map(|year| year.to_string())),
        known(kind),
        seen - placed,
        disclosure.facts.len(),
        disclosure.projects.len(),
        disclosure.procurement.len(),
        disclosure.terms.len(),
    )
}

/// Numbers that should be money, and those of them that were placed.
fn accounted(statements: &[Statement]) -> (u32, u32) {
    statements.iter().fold((0, 0), |(seen, placed), statement| (seen + statement.amounts, placed + statement.placed))
}

fn table(statement: &Statement, rows: bool) -> String {
    let mut out = format!(
        "── 第 {}–{} 行  {}（{}，{}）  单位：{}{}  金额 {}/{}\n",
        statement.lines.0,
        statement.lines.1,
        if statement.title.is_empty() { "无标题" } else { &statement.title },
        statement.kind.word(),
        statement.state.word(),
        statement.unit.unit.label(),
        statement.unit.line.map_or("（推定）".to_owned(), |line| format!("（第 {line} 行）")),
        statement.placed,
        statement.amounts,
    );
    for (column, number) in statement.columns.iter().zip(1..) {
        _ = writeln!(out, "   列 {number:>2}  {}  ← {}", role(column), column.path.join(" / "));
    }
    if rows {
        statement.rows.iter().for_each(|row| out.push_str(&row_line(row)));
    }
    for doubt in doubts(statement) {
        _ = writeln!(out, "   {} 第 {} 行第 {} 格  {}", doubt.kind.label(), doubt.line, doubt.cell, doubt.text);
    }
    out
}

/// A column in the words of the vocabulary.
fn role(column: &Column) -> String {
    match &column.role {
        ColumnRole::Amount { nature, fund, phase, year, of_which } => {
            let phase = phase.map(|phase| format!(" {}", phase.word())).unwrap_or_default();
            let year = year.map(|year| format!(" {year}")).unwrap_or_default();
            format!("{nature}@{fund}{phase}{year}{}", if *of_which { " *" } else { "" })
        }
        role => role_word(role).to_owned(),
    }
}

fn role_word(role: &ColumnRole) -> &'static str {
    match role {
        ColumnRole::Code => "code",
        ColumnRole::UnitCode => "unit_code",
        ColumnRole::Label => "label",
        ColumnRole::LineNumber => "line_number",
        ColumnRole::Amount { .. } => "amount",
        ColumnRole::Number => "number",
        ColumnRole::Text => "text",
        ColumnRole::Unknown => "unknown",
    }
}

fn row_line(row: &Row) -> String {
    let subjects: Vec<String> =
        row.subjects.iter().zip(&row.roles).map(|(subject, role)| about(subject, *role)).collect();
    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    format!("   行 {}  {}  │ {}\n", row.line, subjects.join(" ｜ "), cells.join(" | "))
}

fn about(subject: &Option<Subject>, role: RowRole) -> String {
    let role = match role {
        RowRole::Total => "合计",
        RowRole::Subtotal => "小计",
        RowRole::Item => "项",
        RowRole::OfWhich => "其中",
        RowRole::Text => return "文字".to_owned(),
        RowRole::Ghost => "重影",
    };
    let subject = subject.as_ref().map(|subject| format!(" {} {}", subject.kind.word(), subject.code));
    format!("{role}{}", subject.unwrap_or_default())
}

/// Why a cell deserves a look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DoubtKind {
    Repaired,
    Derived,
    Unplaced,
}

impl DoubtKind {
    fn label(self) -> &'static str {
        match self {
            DoubtKind::Repaired => "修复",
            DoubtKind::Derived => "推算",
            DoubtKind::Unplaced => "未归位",
        }
    }

    fn word(self) -> &'static str {
        match self {
            DoubtKind::Repaired => "repaired",
            DoubtKind::Derived => "derived",
            DoubtKind::Unplaced => "unplaced",
        }
    }
}

struct Doubt {
    kind: DoubtKind,
    line: u32,
    cell: u16,
    text: String,
}

/// The cells that were repaired, derived or not placed, in reading order.
fn doubts(statement: &Statement) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (row, cell) in statement.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell))) {
        let (kind, text) = match &cell.content {
            CellContent::Unplaced => (DoubtKind::Unplaced, cell.text.to_string()),
            CellContent::Amount { fact: None, .. }
                if cell.printed_cell > 0 && row.roles.first() != Some(&RowRole::Ghost) =>
            {
                (DoubtKind::Unplaced, cell.text.to_string())
            }
            CellContent::Amount { amount, .. } => match &amount.origin {
                Origin::Repaired { from, proof } => {
                    (DoubtKind::Repaired, format!("“{from}” → {}：{proof}", amount.printed))
                }
                Origin::Derived { rule, .. } => (DoubtKind::Derived, format!("{}（{rule}）", amount.printed)),
                _ => continue,
            },
            _ => continue,
        };
        doubts.push(Doubt { kind, line: cell.line, cell: cell.printed_cell, text });
    }
    doubts
}

fn statement_value(statement: &Statement, rows: bool) -> Value {
    let columns: Vec<Value> = statement
        .columns
        .iter()
        .map(|column| json!({ "path": column.path, "role": role_word(&column.role), "measure": role(column), "lane": column.lane }))
        .collect();
    let doubts: Vec<Value> = doubts(statement)
        .into_iter()
        .map(|doubt| json!({ "kind": doubt.kind.word(), "line": doubt.line, "cell": doubt.cell, "text": doubt.text }))
        .collect();
    let mut value = json!({
        "kind": statement.kind.word(), "title": statement.title, "lines": [statement.lines.0, statement.lines.1],
        "state": statement.state.word(), "unit": statement.unit.unit.label(), "unit_line": statement.unit.line,
        "amounts": statement.amounts, "placed": statement.placed, "columns": columns, "cells": doubts,
    });
    if rows {
        value["rows"] = statement.rows.iter().map(row_value).collect();
    }
    value
}

fn row_value(row: &Row) -> Value {
    let subjects: Vec<Value> = row
        .subjects
        .iter()
        .zip(&row.roles)
        .map(|(subject, role)| match subject {
            Some(subject) => json!({
                "role": about(&None, *role), "kind": subject.kind.word(), "code": subject.code, "label": subject.label,
            }),
            None => Value::Null,
        })
        .collect();
    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    json!({ "line": row.line, "subjects": subjects, "cells": cells })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Inspection;
    use crate::model::Disclosure;
    use crate::read::Source;
    use crate::vocabulary::Vocabulary;
    use crate::{parse, recognize};

    const DOCUMENT: &str = "甲县统计局2025年部门预算\n\n部门支出总体情况表\n单位：万元\n\
        科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t30.00\t20.00\t10.00\n\
        2010501\t行政运行\t20.00\t20.00\t\n2010502\t一般行政\u{1b}管理事务\t10.00\t\t10.00\n\t\t\t\t\t7.77\n";

    fn disclosure() -> Disclosure {
        let source = Source::plain("甲县.txt", DOCUMENT);
        recognize::recognize(Vocabulary::builtin(), &parse::parse(&Arc::new(source)))
    }

    #[test]
    fn people_see_columns_as_measures_and_cells_without_a_place() {
        let shown = Inspection { line: None, rows: true }.plain(&disclosure());
        insta::assert_snapshot!(shown);
        assert!(!shown.contains('\u{1b}'));
    }

    #[test]
    fn programs_see_the_same() {
        let shown: serde_json::Value =
            serde_json::from_str(&Inspection { line: Some(5), rows: true }.json(&disclosure())).unwrap();
        let statement = &shown["statements"][0];
        assert_eq!(statement["columns"][2]["measure"], "total@all");
        assert_eq!((&statement["amounts"], &statement["placed"]), (&8.into(), &7.into()));
        assert_eq!(statement["cells"][0]["kind"], "unplaced");
        assert_eq!(statement["rows"][1]["subjects"][0]["code"], "2010501");
        assert!(!Inspection::default().has_table(&disclosure(), 1));
    }
}
