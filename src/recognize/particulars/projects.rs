//! Projects: the rows of the project table, with codes and targets from the performance table.

use compact_str::CompactString;

use super::indicators;
use crate::model::{
    Amount, ColumnRole, Disclosure, Indicator, IndicatorKind, Place, Project, Row, RowRole, Statement, StatementKind,
    SubjectKind,
};
use crate::recognize::form;
use crate::recognize::statement::amounts::amount_of;
use crate::vocabulary::FormWords;
use crate::vocabulary::text::{key, squeeze};

/// Collects the projects in the order of the project table; without one, those of the performance table.
pub(super) fn collect(words: &FormWords, disclosure: &Disclosure) -> Vec<Project> {
    let mut projects: Vec<Project> = disclosure
        .of_kind(StatementKind::Projects)
        .flat_map(|(_, statement)| statement.rows.iter().filter_map(move |row| listed(words, statement, row)))
        .collect();
    let listed = projects.len();
    for (_, statement) in disclosure.of_kind(StatementKind::ProjectPerformance) {
        let targets =
            if form::was_form(statement) { form::projects(words, statement) } else { targets(words, statement) };
        for target in targets {
            match best_match(&projects[..listed], &target) {
                Some(index) => adopt(&mut projects[index], target),
                None if listed == 0 => projects.push(target),
                None => {}
            }
        }
    }
    projects
}

/// A row of the project table.
fn listed(words: &FormWords, statement: &Statement, row: &Row) -> Option<Project> {
    let subject = row.subjects.iter().flatten().next().filter(|subject| subject.kind == SubjectKind::Project)?;
    if row.roles.first() != Some(&RowRole::Item) {
        return None;
    }
    let text = |known: &[String]| {
        let column = statement.columns.iter().position(|column| {
            column.role == ColumnRole::Text && column.path.last().is_some_and(|head| known.contains(&key(head)))
        });
        column.map(|column| CompactString::from(squeeze(&row.cells[column].text))).unwrap_or_default()
    };
    Some(Project {
        code: subject.code.clone(),
        name: subject.label.clone(),
        category: text(&words.project_columns.category),
        unit: text(&words.project_columns.unit),
        total: total(statement, row),
        funding: funding(statement, row),
        indicators: Vec::new(),
        place: Place { file: statement.file, line: row.line, cell: 0 },
    })
}

fn total(statement: &Statement, row: &Row) -> Option<Amount> {
    let amounts =
        || statement.columns.iter().zip(&row.cells).filter_map(|(column, cell)| Some((column, amount_of(cell)?)));
    let whole = amounts().find(|(column, _)| matches!(&column.role, ColumnRole::Amount { nature, fund, .. } if nature == "total" && fund == "all"));
    whole.or_else(|| amounts().next()).map(|(_, amount)| amount.clone())
}

fn funding(statement: &Statement, row: &Row) -> Vec<(CompactString, bool, Amount)> {
    let columns = statement.columns.iter().zip(&row.cells);
    columns
        .filter_map(|(column, cell)| match &column.role {
            ColumnRole::Amount { nature, fund, of_which: false, .. } if fund != "all" => {
                Some((fund.clone(), nature == "carried_in", amount_of(cell)?.clone()))
            }
            _ => None,
        })
        .filter(|(_, _, amount)| !amount.yuan.is_zero())
        .collect()
}

/// The projects of a performance table with their targets.
fn targets(words: &FormWords, statement: &Statement) -> Vec<Project> {
    let pairs = indicators::pairs(words, &statement.columns);
    let mut list = form::IndicatorList::of_columns(words, &statement.columns);
    let centred = list.is_none() && is_centred(words, statement);
    let mut projects: Vec<Project> = Vec::new();
    // By pair of columns the indicator of the last project that stands there last: the next row may go on with it.
    let mut latest: Vec<Option<usize>> = vec![None; pairs.len()];
    // Rows above a project's own row, where its cells are centred over them.
    let mut ahead: Vec<Indicator> = Vec::new();
    let mut ahead_name = CompactString::default();
    for row in &statement.rows {
        let subject = row.subjects.iter().flatten().next();
        let own = subject.filter(|subject| subject.kind == SubjectKind::Project && total(statement, row).is_some());
        let name = row_name(statement, row).filter(|_| subject.is_none_or(|subject| subject.kind != SubjectKind::Unit));
        let rests =
            indicators::rests(&row.cells, &pairs).filter(|_| list.is_none() && own.is_none() && ahead.is_empty());
        if let (Some(rests), Some(project)) = (rests, projects.last_mut())
            && rests.iter().all(|(pair, ..)| latest[*pair].is_some())
        {
            for (pair, name, target) in rests {
                if let Some(indicator) = latest[pair].and_then(|at| project.indicators.get_mut(at)) {
                    indicators::complete(words, indicator, name, target);
                }
            }
            project.name.push_str(&name.unwrap_or_default());
            continue;
        }
        let found: Vec<(usize, Indicator)> = match &mut list {
            Some(list) => list.indicator(statement, row).map(|indicator| (0, indicator)).into_iter().collect(),
            None => indicators::of_row(statement, &row.cells, &pairs),
        };
        if let Some(subject) = own {
            projects.push(Project {
                code: subject.code.clone(),
                name: compact_str::format_compact!("{}{}", std::mem::take(&mut ahead_name), subject.label),
                category: CompactString::default(),
                unit: CompactString::default(),
                total: total(statement, row),
                funding: funding(statement, row),
                indicators: std::mem::take(&mut ahead),
                place: Place { file: statement.file, line: row.line, cell: 0 },
            });
            latest.fill(None);
        }
        let begins = found.iter().any(|(_, indicator)| indicator.kind == IndicatorKind::Cost)
            && found.iter().any(|(_, indicator)| indicator.kind == IndicatorKind::Satisfaction);
        match projects.last_mut() {
            Some(project) if own.is_some() || !(centred && (begins || !ahead.is_empty())) => {
                for (pair, indicator) in found {
                    if let Some(latest) = latest.get_mut(pair) {
                        *latest = Some(project.indicators.len());
                    }
                    project.indicators.push(indicator);
                }
                if own.is_none() {
                    project.name.push_str(&name.unwrap_or_default());
                }
            }
            _ => {
                ahead.extend(found.into_iter().map(|(_, indicator)| indicator));
                ahead_name.push_str(&name.unwrap_or_default());
            }
        }
    }
    projects
}

fn row_name(statement: &Statement, row: &Row) -> Option<CompactString> {
    let label = statement.columns.iter().position(|column| column.role == ColumnRole::Label)?;
    Some(CompactString::from(squeeze(&row.cells[label].text)))
}

/// True when indicators stand above the first project's own row.
fn is_centred(words: &FormWords, statement: &Statement) -> bool {
    let pairs = indicators::pairs(words, &statement.columns);
    let first = statement.rows.iter().position(|row| {
        row.subjects.iter().flatten().any(|subject| subject.kind == SubjectKind::Project)
            && total(statement, row).is_some()
    });
    first.is_some_and(|first| {
        statement.rows[..first].iter().any(|row| !indicators::of_row(statement, &row.cells, &pairs).is_empty())
    })
}

/// The listed project with the same amount whose name has most in common; one without targets yet goes before.
fn best_match(projects: &[Project], target: &Project) -> Option<usize> {
    let yuan = |project: &Project| project.total.as_ref().map(|total| total.yuan);
    let common = |project: &Project| target.name.chars().filter(|glyph| project.name.contains(*glyph)).count();
    (0..projects.len()).filter(|index| yuan(&projects[*index]) == yuan(target) && yuan(target).is_some()).max_by_key(
        |index| {
            (
                projects[*index].indicators.is_empty() && projects[*index].code.is_empty(),
                common(&projects[*index]),
                std::cmp::Reverse(*index),
            )
        },
    )
}

fn adopt(project: &mut Project, target: Project) {
    // A name that was cut in the project table is completed where the other table has it whole.
    if target.name.len() > project.name.len() && target.name.ends_with(project.name.as_str()) {
        project.name = target.name;
    }
    if project.code.is_empty() {
        project.code = target.code;
    }
    project.indicators.extend(target.indicators);
}
