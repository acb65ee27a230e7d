//! The amounts of a form: in a block with heads of its own, or each beside its word.

use compact_str::CompactString;

use super::layout::{self, filled, is_money, is_number};
use crate::model::{ColumnRole, Measure, Phase, Row, Statement, StatementKind, Subject, SubjectKind, Unit};
use crate::recognize::identity::Period;
use crate::recognize::statement::frame;
use crate::recognize::statement::head::HeadPath;
use crate::recognize::tables::title;
use crate::vocabulary::text::{has_han, key, label_key, squeeze};
use crate::vocabulary::{FormWords, Vocabulary};

/// A number of a form that is money.
pub(super) struct Found {
    pub(super) row: usize,
    pub(super) column: usize,
    /// The unit that the form states near it.
    pub(super) unit: Option<Unit>,
    /// `None` for money without a word that says what it is.
    pub(super) meaning: Option<(Subject, Measure)>,
}

/// A head inside the form: what stands below it.
#[derive(Clone)]
struct Head {
    column: usize,
    /// `None` for what is no money: 分值, 执行率, 得分.
    measure: Option<(CompactString, CompactString, Option<Phase>)>,
}

/// Finds the money of a form, in reading order.
pub(super) fn read(vocabulary: &Vocabulary, statement: &Statement, period: Period) -> Vec<Found> {
    let words = &vocabulary.forms;
    let mut found = Vec::new();
    let mut heads: Vec<Head> = Vec::new();
    let mut unit = None;
    let mut project = CompactString::default();
    let mut in_indicators = false;
    for (index, row) in statement.rows.iter().enumerate() {
        let cells = filled(row);
        let texts: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
        if let Some(name) = layout::project_name(words, row) {
            project = name.into();
            in_indicators = false;
            heads.clear();
        }
        if let Some(stated) = texts.iter().find_map(|text| title::read_bracketed_unit(text)) {
            unit = Some(stated);
        }
        if layout::is_indicator_head(words, &texts) {
            in_indicators = true;
            heads.clear();
        } else if let Some(inner) = block_heads(vocabulary, statement.kind, &heads, &cells) {
            in_indicators = false;
            heads = inner;
        } else if !in_indicators {
            let about = subject(words, statement.kind, &project, row);
            for (column, measure) in measured_cells(words, &heads, &cells) {
                let meaning = measure.map(|(nature, fund, phase)| {
                    let phase = phase.unwrap_or(period.phase);
                    (about.clone(), Measure { nature, fund, phase, year: period.year })
                });
                found.push(Found { row: index, column, unit, meaning });
            }
        }
    }
    found
}

/// A row of heads inside the form: 年初预算数 | 全年执行数 | 分值, possibly below another one.
fn block_heads(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    above: &[Head],
    cells: &[(usize, &str)],
) -> Option<Vec<Head>> {
    if cells.iter().any(|(_, text)| is_number(text)) {
        return None;
    }
    let heads: Vec<Head> = cells
        .iter()
        .filter_map(|(column, text)| {
            let outer = above.iter().rev().find(|head| head.column <= *column);
            Some(Head { column: *column, measure: head_measure(vocabulary, kind, outer, text)? })
        })
        .collect();
    let money = heads.iter().filter(|head| head.measure.is_some()).count();
    if !(money >= 2 || money == 1 && heads.len() >= 2) {
        return None;
    }
    // Heads of the row above that have none below them keep their columns.
    let spanned = |at: usize| {
        let end = above.get(at + 1).map_or(usize::MAX, |next| next.column);
        heads.iter().any(|head| (above[at].column..end).contains(&head.column))
    };
    let kept = (0..above.len()).filter(|at| !spanned(*at)).map(|at| above[at].clone());
    let mut all: Vec<Head> = kept.chain(heads.iter().cloned()).collect();
    all.sort_by_key(|head| head.column);
    Some(all)
}

/// What a head says: money of a measure, something that is no money, or (`None`) nothing known.
#[allow(clippy::option_option, reason = "known to be no money differs from unknown")]
fn head_measure(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    outer: Option<&Head>,
    text: &str,
) -> Option<Option<(CompactString, CompactString, Option<Phase>)>> {
    let words = &vocabulary.forms;
    let key = key(text);
    if words.is_not_money(&key) {
        return Some(None);
    }
    if key.chars().count() > 14 {
        return None;
    }
    if let Some(phase) = words.phase(&key) {
        return Some(Some(("total".into(), "all".into(), Some(phase))));
    }
    let outer = outer.and_then(|head| head.measure.as_ref());
    if let Some((nature, fund)) = words.fund(&key) {
        let fund = match outer {
            Some((_, outer, _)) if fund == "all" => outer.clone(),
            _ => fund.clone(),
        };
        return Some(Some((nature.clone(), fund, None)));
    }
    let path = HeadPath { heads: vec![CompactString::from(text)], keys: vec![key] };
    match frame::head_role(vocabulary, kind, &path) {
        ColumnRole::Amount { nature, fund, phase, .. } => {
            let fund = outer.filter(|_| fund == "all").map_or(fund, |(_, fund, _)| fund.clone());
            Some(Some((nature, fund, phase)))
        }
        _ => None,
    }
}

type CellMeasure = (usize, Option<(CompactString, CompactString, Option<Phase>)>);

/// The cells of a row that are money, each with its measure when a head or a word tells it.
fn measured_cells(words: &FormWords, heads: &[Head], cells: &[(usize, &str)]) -> Vec<CellMeasure> {
    let numbers: Vec<usize> =
        (0..cells.len()).filter(|index| is_number(cells[*index].1) && !is_code(cells[*index].1)).collect();
    let aligned = |index: usize| heads.iter().find(|head| head.column == cells[index].0);
    let all_aligned = numbers.iter().all(|index| aligned(*index).is_some());
    let mut measured = Vec::new();
    for (order, index) in numbers.iter().copied().enumerate() {
        // Where cells were lost, the order of numbers and heads tells when there are as many of both.
        let head = if all_aligned {
            aligned(index)
        } else if numbers.len() == heads.len() {
            heads.get(order)
        } else {
            None
        };
        let label = cells[..index].iter().rev().map(|(_, text)| *text).find(|text| has_han(text));
        let beside = label.and_then(|label| words.fund(&label_key(label)));
        let column = cells[index].0;
        match (head, beside) {
            (Some(Head { measure: None, .. }), _) => {}
            (Some(Head { measure: Some((nature, fund, phase)), .. }), beside) => {
                let (own_nature, own_fund) = beside.unzip();
                let nature = own_nature.filter(|own| *own != "total").unwrap_or(nature).clone();
                let fund = own_fund.filter(|own| *own != "all").unwrap_or(fund).clone();
                measured.push((column, Some((nature, fund, *phase))));
            }
            (None, Some((nature, fund))) => measured.push((column, Some((nature.clone(), fund.clone(), None)))),
            (None, None) if is_money(cells[index].1) => measured.push((column, None)),
            (None, None) => {}
        }
    }
    measured
}

/// Codes of units and projects are long and whole.
fn is_code(text: &str) -> bool {
    let squeezed = squeeze(text);
    squeezed.len() >= 6 && squeezed.bytes().all(|byte| byte.is_ascii_digit())
}

/// Amounts of a project's form are the project's; those of a department's form are its total, or a task's.
fn subject(words: &FormWords, kind: StatementKind, project: &CompactString, row: &Row) -> Subject {
    let cells = filled(row);
    let number = cells.iter().position(|(_, text)| is_number(text)).unwrap_or(cells.len());
    let labels: Vec<&str> = cells[..number].iter().map(|(_, text)| *text).filter(|text| has_han(text)).collect();
    let label = labels.last().map(|text| label_key(text)).unwrap_or_default();
    let funds = labels.is_empty() || labels.iter().any(|text| layout::is_fund_word(words, &label_key(text)));
    let (kind, code, label) = match kind {
        StatementKind::ProjectPerformance => (SubjectKind::Project, "", project.clone()),
        _ if funds => (SubjectKind::Total, "total", CompactString::from(label)),
        // A task of the department: its name stands first, what it is after it.
        _ => {
            (SubjectKind::Other, "", CompactString::from(labels.first().map(|text| squeeze(text)).unwrap_or_default()))
        }
    };
    Subject { kind, code: code.into(), label, level: 0, parent: CompactString::default(), of_which: false }
}
