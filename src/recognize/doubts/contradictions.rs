//! Amounts that cannot be true together: a row is missing, was read twice or slipped from one statement into another.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::model::{
    Amount, Disclosure, FunctionLevel, Statement, StatementKind, Subject, SubjectKind, ThreePublicPart,
};
use crate::parse::Document;
use crate::recognize::figures;
use crate::recognize::identity::Period;
use crate::recognize::number::decimals;
use crate::recognize::statement::amounts::printed;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::squeeze;

/// All contradictions within the statements of a document.
pub(super) fn all(vocabulary: &Vocabulary, document: &Document, disclosure: &Disclosure) -> Vec<Diagnostic> {
    let warn = |contradiction: Contradiction| {
        let span = document.source.span(contradiction.line, 0, 0);
        Diagnostic::warning(contradiction.code, contradiction.message, span)
            .with_hint("核对有没有缺行、重复的行，或属于别的表的行")
    };
    let gaps = gaps(disclosure).into_iter();
    gaps.chain(rival_totals(vocabulary, disclosure)).chain(beyond_whole(disclosure)).map(warn).collect()
}

/// What is wrong in a statement.
struct Contradiction {
    code: &'static str,
    /// Where to look first.
    line: u32,
    message: String,
}

/// Spending by function that does not add up.
fn gaps(disclosure: &Disclosure) -> Vec<Contradiction> {
    let gaps = figures::gaps(&disclosure.facts, Period::of(&disclosure.identity)).into_iter();
    let contradiction = |gap: figures::Gap| {
        let title = title(disclosure, gap.statement);
        let (nature, sum, total) = (gap.nature, told(gap.sum, &gap.total), told(gap.total.yuan, &gap.total));
        let message = match gap.above.as_str() {
            "" => format!("「{title}」中，各功能科目的{nature}相加为{sum}，合计行的是{total}"),
            code => format!("「{title}」中，{code}下级科目的{nature}相加为{sum}，它自己的是{total}"),
        };
        Contradiction { code: "functions-do-not-add-up", line: gap.total.place.line, message }
    };
    gaps.map(contradiction).collect()
}

/// Totals of which one statement states several: a document has one of each.
fn rival_totals(vocabulary: &Vocabulary, disclosure: &Disclosure) -> Vec<Contradiction> {
    let mut first: FxHashMap<_, &Amount> = FxHashMap::default();
    let mut rivals = Vec::new();
    let stated = disclosure.facts.iter().filter(|fact| fact.statement != Some(StatementKind::Other));
    for fact in stated.filter(|fact| is_single(&fact.subject)) {
        let Some(statement) = fact.statement_index else { continue };
        let Subject { kind, code, label, .. } = &fact.subject;
        let total = *kind == SubjectKind::Total;
        // Units may have a row each; a row that is a year's is nobody's.
        let unnamed = total || vocabulary.tables.year_and_phase(&squeeze(label), fact.measure.year).is_some();
        let label = if unnamed { "" } else { label.as_str() };
        let known = *first.entry((statement, *kind, code, label, &fact.measure)).or_insert(&fact.amount);
        let (above, line) = (known.place.line, fact.amount.place.line);
        // Other columns of a row may say the same of other things: 政府采购 of several kinds.
        if known.yuan != fact.amount.yuan && !(total && above == line) {
            let (first, second) = (told(known.yuan, known), told(fact.amount.yuan, &fact.amount));
            let title = title(disclosure, statement);
            let message = format!("「{title}」中，同一金额在第{above}行是{first}，在第{line}行是{second}");
            rivals.push(Contradiction { code: "rival-totals", line, message });
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

/// Parts that are more than their whole: expenses of more than the whole spending, basic and project expenditure of a class of
/// more than its total.
fn beyond_whole(disclosure: &Disclosure) -> Vec<Contradiction> {
    let beyond = |part: &Amount, parts: Decimal, whole: &Amount, message: &dyn Fn(&str, String, String) -> String| {
        let message = message(title_around(disclosure, part)?, told(parts, part), told(whole.yuan, whole));
        let contradiction = Contradiction { code: "parts-beyond-whole", line: part.place.line, message };
        Some(contradiction).filter(|_| parts - whole.yuan > tail(whole))
    };
    let classes = || disclosure.functions.iter().filter(|function| function.level == FunctionLevel::Class);
    let spending = disclosure.figures.expenditure_total.as_ref();
    let own_year = Period::of(&disclosure.identity).year;
    let expenses = disclosure.three_public.iter().filter(|row| row.year == own_year).filter_map(|row| {
        let total = row.total.as_ref()?;
        beyond(total, total.yuan, spending?, &|title, parts, whole| {
            format!("「{title}」中，“三公”经费{parts}，多于全部支出{whole}")
        })
    });
    let totals: Vec<&Amount> = classes().filter_map(|class| class.total.as_ref()).collect();
    let by_function = totals.first().and_then(|first| {
        let sum = totals.iter().map(|total| total.yuan).sum();
        beyond(first, sum, spending?, &|title, parts, whole| {
            format!("「{title}」中，各功能科目相加为{parts}，多于全部支出{whole}")
        })
    });
    let of_class = classes().filter_map(|class| {
        let (total, basic, project) = (class.total.as_ref()?, class.basic.as_ref()?, class.project.as_ref()?);
        let code = &class.code;
        let message = |title: &str, parts: String, whole: String| {
            format!("「{title}」中，{code}的基本支出与项目支出相加为{parts}，多于合计{whole}")
        };
        beyond(basic, basic.yuan + project.yuan, total, &message)
    });
    expenses.chain(by_function).chain(of_class).collect()
}

/// The title of a statement, by its index.
fn title(disclosure: &Disclosure, statement: u16) -> &str {
    disclosure.statements.get(statement as usize).map_or("", |one| one.title.as_str())
}

/// The title of the statement that holds an amount, by its line; amounts of sentences stand in none.
fn title_around<'disclosure>(disclosure: &'disclosure Disclosure, amount: &Amount) -> Option<&'disclosure str> {
    let (file, line) = (amount.place.file, amount.place.line);
    let holds = |one: &&Statement| one.file == file && (one.lines.0..=one.lines.1).contains(&line);
    disclosure.statements.iter().find(holds).map(|one| one.title.as_str())
}

/// An amount in the unit and with the places of another one: 907.95万元.
fn told(yuan: Decimal, like: &Amount) -> String {
    format!("{}{}", printed(yuan, like.unit, decimals(&like.printed)), like.unit.label())
}

/// What rounding may add to a handful of parts.
fn tail(whole: &Amount) -> Decimal {
    whole.quantum * Decimal::TEN
}
