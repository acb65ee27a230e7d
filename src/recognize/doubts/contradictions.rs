//! Amounts that cannot be true together: a row is missing, was read twice or slipped from one statement into another.

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Disclosure, Fact, StatementKind, Subject, SubjectKind, ThreePublicPart};
use crate::parse::Document;
use crate::recognize::figures;
use crate::recognize::identity::Period;

/// All contradictions within the statements of a document.
pub(super) fn all(document: &Document, disclosure: &Disclosure) -> Vec<Diagnostic> {
    let warn = |contradiction: Contradiction| {
        let span = document.source.span(contradiction.line, 0, 0);
        let title = disclosure.statements.get(contradiction.statement as usize).map_or("", |one| one.title.as_str());
        Diagnostic::warning(contradiction.code, format!("「{title}」{}", contradiction.message), span)
            .with_hint("核对有没有缺行、重复的行，或属于别的表的行")
    };
    let gaps = gaps(disclosure).into_iter();
    gaps.chain(rival_totals(&disclosure.facts)).chain(beyond_spending(disclosure)).map(warn).collect()
}

/// What is wrong in a statement.
struct Contradiction {
    code: &'static str,
    /// Index of the statement.
    statement: u16,
    /// Where to look first.
    line: u32,
    message: String,
}

/// Spending by function that does not add up.
fn gaps(disclosure: &Disclosure) -> Vec<Contradiction> {
    let gaps = figures::gaps(&disclosure.facts, Period::of(&disclosure.identity)).into_iter();
    let contradiction = |gap: figures::Gap| Contradiction {
        code: "functions-do-not-add-up",
        statement: gap.statement,
        line: gap.total.place.line,
        message: format!(
            "各功能科目的{}相加为{}元，合计行为{}元",
            gap.nature,
            gap.classes.normalize(),
            gap.total.yuan.normalize()
        ),
    };
    gaps.map(contradiction).collect()
}

/// Totals of which one statement states several: a document has one of each.
fn rival_totals(facts: &[Fact]) -> Vec<Contradiction> {
    let mut first: FxHashMap<_, &Amount> = FxHashMap::default();
    let mut rivals = Vec::new();
    for fact in facts.iter().filter(|fact| is_single(&fact.subject) && fact.statement != Some(StatementKind::Other)) {
        let Some(statement) = fact.statement_index else { continue };
        let Subject { kind, code, label, .. } = &fact.subject;
        // Units may have a row each; other columns of a row may say the same of other things (政府采购).
        let label = if *kind == SubjectKind::Total { "" } else { label.as_str() };
        let known = *first.entry((statement, *kind, code, label, &fact.measure)).or_insert(&fact.amount);
        if known.yuan != fact.amount.yuan && known.place.line != fact.amount.place.line {
            let (first, second) = (known.yuan.normalize(), fact.amount.yuan.normalize());
            let (above, line) = (known.place.line, fact.amount.place.line);
            rivals.push(Contradiction {
                code: "rival-totals",
                statement,
                line,
                message: format!("第{above}行与第{line}行的合计不同：{first}元、{second}元"),
            });
        }
    }
    rivals
}

/// True for what a statement states once: its totals, and each part of the three public expenses.
fn is_single(subject: &Subject) -> bool {
    let part = || ThreePublicPart::ALL.iter().any(|part| part.word() == subject.code);
    !subject.of_which
        && match subject.kind {
            SubjectKind::Total => true,
            SubjectKind::ThreePublic => part(),
            _ => false,
        }
}

/// Three public expenses of more than the whole spending.
fn beyond_spending(disclosure: &Disclosure) -> Option<Contradiction> {
    let period = Period::of(&disclosure.identity);
    let spending = disclosure.figures.expenditure_total.as_ref()?;
    let own = disclosure.three_public.iter().filter(|row| row.year == period.year);
    let total = own.filter_map(|row| row.total.as_ref()).find(|total| total.yuan > spending.yuan)?;
    let statement = disclosure.statements.iter().position(|one| one.kind == StatementKind::ThreePublic)?;
    Some(Contradiction {
        code: "three-public-beyond-spending",
        statement: statement as u16,
        line: total.place.line,
        message: format!("三公经费{}元多于全部支出{}元", total.yuan.normalize(), spending.yuan.normalize()),
    })
}
