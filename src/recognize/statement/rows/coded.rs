//! Rows named by codes, units or projects.

use compact_str::CompactString;

use super::last_total;
use super::named_functions::{self, NamedFunctions};
use super::outline::{Outline, outline, subject};
use super::relations;
use crate::model::{Column, ColumnRole, Row, RowRole, StatementKind, Subject, SubjectKind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::squeeze;

/// Gives every row of a list of codes its role and subject.
pub(super) fn assign(vocabulary: &Vocabulary, kind: StatementKind, columns: &[Column], rows: &mut [Row], lane: u8) {
    let mut parts = CodeParts::default();
    let mut broken = BrokenCode::default();
    let index = lane as usize;
    let mut first = true;
    let outlines: Vec<Outline> = rows
        .iter()
        .map(|row| {
            let cells = columns.iter().zip(&row.cells).filter(|(column, _)| column.lane == lane);
            outline(vocabulary, cells.map(|(column, cell)| (cell.text.as_str(), column)))
        })
        .collect();
    let mut names = (is_by_function(kind) && named_functions::are_names_only(&outlines)).then(NamedFunctions::default);
    for (row, mut outline) in rows.iter_mut().zip(outlines) {
        parts.complete(columns, row, lane, &mut outline);
        broken.complete(kind, &mut outline);
        if let Some(code) = names.as_mut().and_then(|names| names.code(vocabulary, &outline)) {
            outline.codes.push(code);
        }
        let has_amount = columns.iter().zip(&row.cells).any(|(column, cell)| {
            column.lane == lane && matches!(column.role, ColumnRole::Amount { .. }) && !cell.text.is_empty()
        });
        let Some((role, subject)) = coded_subject(vocabulary, kind, &outline, has_amount, first) else { continue };
        first = first && !has_amount;
        row.roles[index] = role;
        row.subjects[index] = Some(subject);
    }
    if is_by_function(kind) || kind == StatementKind::GeneralBasic {
        last_total::find(vocabulary, columns, rows, lane);
    }
    relations::settle(vocabulary, rows, index);
}

/// The subject of a row with codes, a unit, a project or a total. Rows of words alone have none.
fn coded_subject(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    outline: &Outline,
    has_amount: bool,
    first: bool,
) -> Option<(RowRole, Subject)> {
    let label = outline.label();
    if let Some(code) = &outline.total {
        let role = if code == "total" { RowRole::Total } else { RowRole::Subtotal };
        return Some((role, subject(SubjectKind::Total, code, label)));
    }
    if first && has_amount && is_whole(vocabulary, kind, outline) {
        return Some((RowRole::Total, subject(SubjectKind::Total, "total", label)));
    }
    let has_function =
        is_by_function(kind) && outline.codes.iter().any(|code| code.starts_with('2') && code.len() == 7);
    if let Some(economic) =
        economic_subject(&complete_codes(vocabulary, kind, outline), &outline.labels).filter(|_| !has_function)
    {
        return Some((RowRole::Item, economic));
    }
    if let Some(code) = outline.codes.iter().find(|code| is_function(vocabulary, kind, code, label)) {
        let mut function = subject(SubjectKind::Function, code, label);
        function.level = (code.len() as u8 - 1) / 2;
        function.parent = if code.len() == 3 { "" } else { &code[..code.len() - 2] }.into();
        return Some((RowRole::Item, function));
    }
    let unit_code = if outline.unit_code.is_empty() { outline.codes.first() } else { Some(&outline.unit_code) };
    if kind == StatementKind::ProjectPerformance && !has_amount {
        return None;
    }
    if let Some(code) = unit_code.filter(|code| code.len() <= 8) {
        let mut unit = subject(SubjectKind::Unit, code, label);
        unit.level = if code.len() <= 3 { 1 } else { 2 };
        return Some((if code.len() <= 3 { RowRole::Subtotal } else { RowRole::Item }, unit));
    }
    // An amount that nothing names is an amount of nothing known, but for the only row of 三公.
    let unnamed = kind != StatementKind::ThreePublic && unit_code.is_none() && label.is_empty();
    if unnamed || !has_amount && (unit_code.is_none() || label.is_empty()) {
        return None;
    }
    Some((RowRole::Item, named_subject(kind, outline, unit_code)))
}

/// True for statements whose rows are functions.
fn is_by_function(kind: StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Expenditure
            | StatementKind::GeneralExpenditure
            | StatementKind::Fund
            | StatementKind::StateCapital
    )
}

/// The first row of amounts may state the total without the word: with no label, or under the organization's name.
fn is_whole(vocabulary: &Vocabulary, kind: StatementKind, outline: &Outline) -> bool {
    let coded = is_by_function(kind) || matches!(kind, StatementKind::GeneralBasic | StatementKind::EconomicSummary);
    let uncoded = outline.codes.is_empty() && outline.unit_code.is_empty();
    let names_item = || vocabulary.names.is_function_or_class(outline.label());
    uncoded && (outline.labels.is_empty() || coded && outline.labels.len() == 1 && !names_item())
}

fn named_subject(kind: StatementKind, outline: &Outline, code: Option<&CompactString>) -> Subject {
    let subject_kind = match kind {
        StatementKind::Projects | StatementKind::ProjectPerformance => SubjectKind::Project,
        StatementKind::Revenue => SubjectKind::Unit,
        _ => SubjectKind::Other,
    };
    subject(subject_kind, code.map_or("", CompactString::as_str), outline.label())
}

/// Where extraction lost or damaged the departmental code beside a governmental one, the name tells it.
fn complete_codes(vocabulary: &Vocabulary, kind: StatementKind, outline: &Outline) -> Vec<CompactString> {
    let economic = matches!(kind, StatementKind::GeneralBasic | StatementKind::EconomicSummary);
    let governmental = outline.codes.iter().any(|code| code.starts_with('5') && code.len() == 5);
    let departmental = outline.codes.iter().any(|code| code.starts_with('3'));
    let named = outline.labels.first().and_then(|name| vocabulary.names.departmental_code(name));
    let uncoded = outline.codes.is_empty() && outline.unit_code.is_empty();
    match named.filter(|_| economic && (governmental && !departmental || uncoded)) {
        Some(code) => {
            let others = outline.codes.iter().filter(|code| code.starts_with('5')).cloned();
            std::iter::once(CompactString::from(code)).chain(others).collect()
        }
        None => outline.codes.clone(),
    }
}

fn economic_subject(codes: &[CompactString], labels: &[CompactString]) -> Option<Subject> {
    let position = |lead: char| codes.iter().position(|code| code.starts_with(lead) && matches!(code.len(), 3 | 5 | 7));
    let level = |code: &str| (code.len() as u8 - 1) / 2;
    let label = |position: usize| labels.get(position).or(labels.last()).map_or("", CompactString::as_str);
    let mut economic = match (position('3'), position('5')) {
        (Some(departmental), Some(governmental)) => {
            let pair = format!("{}/{}", codes[departmental], codes[governmental]);
            let mut economic = subject(SubjectKind::EconomicPair, &pair, label(departmental));
            economic.level = level(&codes[departmental]);
            economic
        }
        (Some(only), None) | (None, Some(only)) => {
            let departmental = codes[only].starts_with('3');
            let kind = if departmental { SubjectKind::EconomicDepartmental } else { SubjectKind::EconomicGovernmental };
            let mut economic = subject(kind, &codes[only], label(only));
            economic.level = level(&codes[only]);
            economic
        }
        (None, None) => return None,
    };
    economic.parent = economic.code.get(..3).filter(|head| *head != economic.code).unwrap_or("").into();
    Some(economic)
}

/// Functional codes begin with 2; a code of three digits is a class only under a class's name or in a table of codes.
fn is_function(vocabulary: &Vocabulary, kind: StatementKind, code: &str, label: &str) -> bool {
    let coded =
        !matches!(kind, StatementKind::Projects | StatementKind::AgencyOperating | StatementKind::EconomicSummary);
    code.starts_with('2')
        && match code.len() {
            5 | 7 => coded,
            3 => {
                vocabulary.names.function_name(code).is_some()
                    && (coded || vocabulary.names.function_class(label) == Some(code))
            }
            _ => false,
        }
}

/// A project's code of about 21 digits that was broken over two rows, the last digits beside the amounts.
#[derive(Default)]
struct BrokenCode {
    start: CompactString,
}

impl BrokenCode {
    fn complete(&mut self, kind: StatementKind, outline: &mut Outline) {
        if kind != StatementKind::ProjectPerformance {
            return;
        }
        match outline.codes.as_slice() {
            [rest] if rest.len() <= 2 => {
                outline.codes = if self.start.is_empty() {
                    Vec::new()
                } else {
                    vec![compact_str::format_compact!("{}{rest}", self.start)]
                };
                self.start = CompactString::default();
            }
            [code] if (17..=20).contains(&code.len()) => self.start = code.clone(),
            _ => self.start = CompactString::default(),
        }
    }
}

/// The parts of a code in three columns; parents may be printed only where they change.
#[derive(Default)]
struct CodeParts {
    parts: [CompactString; 3],
}

impl CodeParts {
    fn complete(&mut self, columns: &[Column], row: &Row, lane: u8, outline: &mut Outline) {
        let printed: Vec<String> = columns
            .iter()
            .zip(&row.cells)
            .filter(|(column, _)| column.lane == lane && column.role == ColumnRole::Code)
            .map(|(_, cell)| squeeze(&cell.text))
            .collect();
        let [class, section, item] = printed.as_slice() else { return };
        let short = |part: &String| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !printed.iter().all(short) || printed.iter().all(String::is_empty) {
            return;
        }
        if !class.is_empty() {
            self.parts = [class.into(), section.into(), item.into()];
        } else if !section.is_empty() {
            self.parts = [self.parts[0].clone(), section.into(), item.into()];
        } else {
            self.parts[2] = item.into();
        }
        // An item below a section that was lost belongs to no section that is known.
        if self.parts[1].is_empty() && !self.parts[2].is_empty() {
            outline.codes.clear();
            return;
        }
        outline.codes = vec![CompactString::from(self.parts.concat())];
    }
}
