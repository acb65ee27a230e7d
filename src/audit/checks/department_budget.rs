//! The budget that the statement of the department's targets prints: its sources, its natures, the other statements.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::{number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Fact, Finding, Place, Statement, StatementKind, StatementState, SubjectKind, Unit};
use crate::vocabulary::text::squeeze;

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| pattern("^\\d+(?:,\\d{3})*(?:\\.\\d+)?$"));

/// An amount of the form, in yuan.
#[derive(Clone, Copy)]
struct Printed {
    yuan: Decimal,
    half_step: Decimal,
    unit: Unit,
    place: Place,
}

/// What the form prints.
#[derive(Default)]
struct Form {
    total: Option<Printed>,
    sources: Vec<Printed>,
    basic: Option<Printed>,
    project: Option<Printed>,
}

fn form(index: &Index) -> Option<Form> {
    let is_form = |statement: &&Statement| {
        statement.kind == StatementKind::DepartmentPerformance && statement.state != StatementState::AnnouncedMissing
    };
    let statement = index.disclosure.statements.iter().find(is_form)?;
    let mut form = Form::default();
    let mut in_thousands = None;
    for row in &statement.rows {
        let texts: Vec<String> = row.cells.iter().map(|cell| squeeze(&cell.text)).collect();
        let label: String = texts.concat();
        let Some(at) = texts.iter().rposition(|text| AMOUNT.is_match(text)) else { continue };
        let unit = if label.contains("万元") { Some(Unit::TenThousandYuan) } else { None };
        if label.contains("预算总额") || label.contains("预算资金总额") {
            in_thousands = unit;
        }
        let unit = in_thousands.or(unit).unwrap_or(statement.unit.unit);
        let cell = &row.cells[at];
        let place = Place { file: statement.file, line: cell.line, cell: cell.printed_cell };
        let Some(value) = number(&texts[at]) else { continue };
        let Some(yuan) = value.checked_mul(unit.yuan()) else { continue };
        let half_step = Decimal::new(5, value.scale() + 1) * unit.yuan();
        let printed = Printed { yuan, half_step, unit, place };
        if label.contains("预算总额") || label.contains("预算资金总额") {
            form.total.get_or_insert(printed);
        } else if label.contains("政府预算资金") || label.contains("财政专户管理资金") || label.contains("单位资金")
        {
            form.sources.push(printed);
        } else if label.contains("基本支出") {
            form.basic.get_or_insert(printed);
        } else if label.contains("项目支出") {
            form.project.get_or_insert(printed);
        }
    }
    Some(form)
}

/// One entry: the total is the sum of its sources.
pub(super) fn sources(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let Some(form) = form(index) else { return checked };
    let Some(total) = form.total.filter(|_| !form.sources.is_empty()) else { return checked };
    compare(rule, index, total, "check.department_sources", &form.sources, &mut checked);
    checked
}

/// One entry: the total is basic and project expenditure.
pub(super) fn natures(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let Some(form) = form(index) else { return checked };
    let (Some(total), Some(basic)) = (form.total, form.basic) else { return checked };
    let parts: Vec<Printed> = [Some(basic), form.project].into_iter().flatten().collect();
    compare(rule, index, total, "check.department_natures", &parts, &mut checked);
    checked
}

/// One entry for each figure of the form that a statement has.
pub(super) fn statements(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let Some(form) = form(index) else { return checked };
    let expenditure = |nature: &'static str| {
        move |fact: &Fact| {
            fact.statement == Some(StatementKind::Expenditure)
                && fact.subject.kind == SubjectKind::Total
                && fact.measure.nature == nature
        }
    };
    let summary = |fact: &Fact| {
        fact.statement == Some(StatementKind::RevenueExpenditure) && fact.subject.code == "expenditure_total"
    };
    against(rule, index, form.total, "check.department_total", summary, &mut checked);
    against(rule, index, form.basic, "check.department_basic", expenditure("basic"), &mut checked);
    against(rule, index, form.project, "check.department_project", expenditure("project"), &mut checked);
    checked
}

fn against(
    rule: &Rule,
    index: &Index,
    own: Option<Printed>,
    label: &'static str,
    is_wanted: impl Fn(&Fact) -> bool,
    checked: &mut Checked,
) {
    let facts = &index.disclosure.facts;
    let fact = facts.iter().enumerate().find(|(_, fact)| is_wanted(fact));
    let (Some(own), Some((number, fact))) = (own, fact) else { return };
    let amount = &fact.amount;
    let half_step = index.half_step(number as u32);
    let other = Printed { yuan: amount.yuan, half_step, unit: amount.unit, place: amount.place };
    compare(rule, index, own, label, &[other], checked);
}

fn compare(rule: &Rule, index: &Index, own: Printed, label: &'static str, parts: &[Printed], checked: &mut Checked) {
    let label = index.language.get(label);
    let sum: Decimal = parts.iter().map(|part| part.yuan).sum();
    let steps: Decimal = parts.iter().chain([&own]).map(|part| part.half_step).sum();
    let coarser = parts.iter().any(|part| part.half_step != own.half_step);
    let tolerance = if index.disclosure.rounding_note || coarser { steps } else { Decimal::ZERO };
    if (own.yuan - sum).abs() <= tolerance {
        return checked.pass(rule, label, own.place);
    }
    let show = |value: Decimal| wording::amount(value, own.unit, own.half_step);
    let said = |value: Decimal| format!("{}{}", wording::grouped(&show(value)), own.unit.label());
    let message = say!(
        index.language,
        "check.department_budget",
        own: said(own.yuan),
        line: own.place.line,
        label: label,
        sum: said(sum),
        difference: said((own.yuan - sum).abs()),
    );
    let places = std::iter::once(own.place).chain(parts.iter().map(|part| part.place)).collect();
    let (expected, printed, difference) = (show(sum), show(own.yuan), show((own.yuan - sum).abs()));
    checked.fail(rule, label, Finding { expected, printed, difference, ..finding(rule, places, message) });
}
