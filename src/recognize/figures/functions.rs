//! Spending by functional code, with the levels that the document does not print.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{Amount, Fact, FunctionFigures, FunctionLevel, Origin, StatementKind, SubjectKind};
use crate::recognize::identity::Period;
use crate::recognize::number::decimals;
use crate::recognize::statement::amounts::printed;
use crate::recognize::statement::sums;
use crate::vocabulary::Vocabulary;

/// The statements that state spending by function, the most complete first; those of one line add up.
const SOURCES: [&[StatementKind]; 3] = [
    &[StatementKind::Expenditure],
    &[StatementKind::GeneralExpenditure, StatementKind::Fund, StatementKind::StateCapital],
    &[StatementKind::RevenueExpenditure],
];

/// The natures that are collected.
const NATURES: [&str; 5] = ["total", "basic", "project", "basic.personnel", "basic.operating"];

/// The amounts of one code by nature.
#[derive(Default, Clone)]
struct Entry {
    amounts: [Vec<Amount>; 5],
}

impl Entry {
    /// Total, basic and project amounts. Where a document prints 人员经费 and 公用经费 only, 基本支出 is their sum.
    fn figures(&self) -> [Option<Amount>; 3] {
        let [total, basic, project, personnel, operating] = self.amounts.clone();
        let basic = sum(basic, SAME_CODE).or_else(|| total_of([personnel, operating].concat(), "人员经费＋公用经费"));
        [sum(total, SAME_CODE), basic, sum(project, SAME_CODE)]
    }
}

const SAME_CODE: &str = "同一科目各行之和";

/// Collects spending by code, in the order of the codes.
pub(super) fn collect(vocabulary: &Vocabulary, facts: &[Fact], period: Period) -> Vec<FunctionFigures> {
    let tables = entries(facts, &sources(facts, period), period);
    let of_text = tables.is_empty();
    let printed = if of_text { told(facts, period) } else { tables };
    let names = all_names(facts);
    let codes = with_parents(&printed);
    codes
        .into_iter()
        .filter_map(|code| {
            let level = FunctionLevel::of(&code)?;
            let is_printed = printed.contains_key(&code);
            // Sentences may leave out items: their sum is a class only where something says that it is whole.
            if of_text && !is_printed && !is_whole(&printed, facts, period, &code) {
                return None;
            }
            let [total, basic, project] = of_code(&printed, &code);
            let total = total.map(|total| if is_printed { total } else { as_printed(facts, &code, total) });
            let name =
                names.get(&code).cloned().or_else(|| vocabulary.names.function_name(&code).map(CompactString::from));
            Some(FunctionFigures { level, name: name.unwrap_or_default(), total, basic, project, code })
        })
        .collect()
}

/// The statements, by their index, that state the spending by function of a document.
pub(super) fn sources(facts: &[Fact], period: Period) -> Vec<u16> {
    let of_kinds = |kinds: &[StatementKind]| kinds.iter().filter_map(|kind| fullest(facts, *kind)).collect::<Vec<_>>();
    let telling = |statements: &Vec<u16>| !stated(facts, statements, period, SubjectKind::Function).is_empty();
    SOURCES.iter().map(|kinds| of_kinds(kinds)).find(telling).unwrap_or_default()
}

/// The amounts of a document's own year and phase in some of its statements, by code; each row counts once.
fn entries(facts: &[Fact], statements: &[u16], period: Period) -> BTreeMap<CompactString, Entry> {
    let mut entries: BTreeMap<CompactString, Entry> = BTreeMap::new();
    let stated = stated(facts, statements, period, SubjectKind::Function);
    for (at, (part, fact)) in stated.iter().enumerate() {
        if !is_within_row(&stated, at) {
            entries.entry(fact.subject.code.clone()).or_default().amounts[*part].push(fact.amount.clone());
        }
    }
    entries
}

/// What statements state of subjects of a kind in the document's own year and phase, with the position of the nature.
fn stated<'facts>(
    facts: &'facts [Fact],
    statements: &[u16],
    period: Period,
    kind: SubjectKind,
) -> Vec<(usize, &'facts Fact)> {
    // 上年执行数 beside 本年预算数 is another year's spending.
    let own = |fact: &&Fact| (fact.measure.year, fact.measure.phase) == (period.year, period.phase);
    facts
        .iter()
        .filter(own)
        .filter(|fact| fact.statement_index.is_some_and(|index| statements.contains(&index)))
        .filter(|fact| !fact.subject.of_which && fact.subject.kind == kind)
        .filter_map(|fact| Some((NATURES.iter().position(|nature| fact.measure.nature == *nature)?, fact)))
        .collect()
}

/// Codes of a statement that do not add up to what stands above them.
pub(in crate::recognize) struct Gap {
    /// Index of the statement.
    pub(in crate::recognize) statement: u16,
    /// 合计, 基本支出, …
    pub(in crate::recognize) nature: &'static str,
    /// The code above them; empty where they are the classes and the total of the statement is meant.
    pub(in crate::recognize) above: CompactString,
    /// Their sum, in yuan.
    pub(in crate::recognize) classes: Decimal,
    /// What is printed above them.
    pub(in crate::recognize) total: Amount,
}

/// Where the spending by function of a disclosure does not add up to the totals of the statements that it is taken from.
pub(in crate::recognize) fn gaps(facts: &[Fact], period: Period) -> Vec<Gap> {
    sources(facts, period).into_iter().flat_map(|statement| gaps_of(facts, statement, period)).collect()
}

fn gaps_of(facts: &[Fact], statement: u16, period: Period) -> Vec<Gap> {
    let printed = entries(facts, &[statement], period);
    let codes = with_parents(&printed);
    let figures: BTreeMap<&str, [Option<Amount>; 3]> =
        codes.iter().map(|code| (code.as_str(), of_code(&printed, code))).collect();
    let totals = stated(facts, &[statement], period, SubjectKind::Total);
    let totals: Vec<&(usize, &Fact)> =
        totals.iter().enumerate().filter(|(at, _)| !is_within_row(&totals, *at)).map(|(_, total)| total).collect();
    let of_part = |(part, nature): (usize, &'static str)| {
        let sum_of = |below: &[&str]| {
            let amounts = below.iter().filter_map(|code| Some(figures[code][part].as_ref()?.yuan));
            amounts.fold(None, |sum, yuan| Some(sum.unwrap_or(Decimal::ZERO) + yuan))
        };
        let gap = |above: &str, totals: &[&Amount], below: &[&str]| {
            let classes = sum_of(below)?;
            let tail = |total: &Amount| total.quantum * Decimal::from(printed.len() + 1) / Decimal::TWO;
            let holds = totals.iter().any(|total| (total.yuan - classes).abs() <= tail(total));
            let total = totals.first().filter(|_| !holds)?;
            Some(Gap { statement, nature, above: above.into(), classes, total: (*total).clone() })
        };
        let classes: Vec<&str> = codes.iter().map(CompactString::as_str).filter(|code| code.len() == 3).collect();
        let whole = totals.iter().filter(|(at, fact)| *at == part && is_of_spending(&fact.subject.code));
        let whole: Vec<&Amount> = whole.map(|(_, fact)| &fact.amount).collect();
        let below = |above: &CompactString| {
            let below = codes.iter().map(CompactString::as_str);
            let below = below.filter(|code| code.len() == above.len() + 2 && code.starts_with(above.as_str()));
            let total = figures[above.as_str()][part].as_ref().filter(|_| printed.contains_key(above))?;
            gap(above, &[total], &below.collect::<Vec<_>>())
        };
        gap("", &whole, &classes).into_iter().chain(codes.iter().filter_map(below)).collect::<Vec<_>>()
    };
    [(0, "合计"), (1, "基本支出"), (2, "项目支出")].into_iter().flat_map(of_part).collect()
}

/// True for the codes of totals of spending.
fn is_of_spending(total: &str) -> bool {
    matches!(total, "total" | "current_expenditure" | "expenditure_total")
}

/// True for an amount that its row states in another column already: as a part of a wider fund, or once more.
fn is_within_row(stated: &[(usize, &Fact)], at: usize) -> bool {
    let (part, fact) = stated[at];
    let place = |fact: &Fact| (fact.statement_index, fact.amount.place.file, fact.amount.place.line);
    let in_row = |(_, other): &&(usize, &Fact)| other.subject.code == fact.subject.code && place(other) == place(fact);
    // The amounts of a row stand side by side, its cells in order.
    let before = stated[..at].iter().rev().take_while(in_row);
    let before = before.take_while(|(_, other)| other.amount.place.cell < fact.amount.place.cell);
    let behind = stated[at + 1..].iter().take_while(in_row);
    let behind = behind.take_while(|(_, other)| other.amount.place.cell > fact.amount.place.cell);
    let wider = |other: &Fact| {
        other.measure.fund != fact.measure.fund && sums::fund_contains(&other.measure.fund, &fact.measure.fund)
    };
    let same = |other: &Fact| other.measure.fund == fact.measure.fund && other.amount.yuan == fact.amount.yuan;
    before.clone().chain(behind).any(|(other_part, other)| *other_part == part && wider(other))
        || before.into_iter().any(|(other_part, other)| *other_part == part && same(other))
}

/// What the sentences say of functions, for documents without tables. What is said twice counts once.
fn told(facts: &[Fact], period: Period) -> BTreeMap<CompactString, Entry> {
    let mut entries: BTreeMap<CompactString, Entry> = BTreeMap::new();
    let said = |fact: &&Fact| {
        fact.statement.is_none()
            && fact.subject.kind == SubjectKind::Function
            && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
    };
    for fact in facts.iter().filter(said) {
        let Some(part) = NATURES.iter().position(|nature| fact.measure.nature == *nature) else { continue };
        let amounts = &mut entries.entry(fact.subject.code.clone()).or_default().amounts[part];
        if amounts.is_empty() {
            amounts.push(fact.amount.clone());
        }
    }
    entries
}

/// The statement of a kind with the most functional amounts: some documents print the same figures in two.
fn fullest(facts: &[Fact], kind: StatementKind) -> Option<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.statement == Some(kind) && fact.subject.kind == SubjectKind::Function) {
        *counts.entry(fact.statement_index?).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(index, _)| index)
}

/// Names that any statement prints for a code, the most frequent one.
fn all_names(facts: &[Fact]) -> BTreeMap<CompactString, CompactString> {
    let mut counts: BTreeMap<CompactString, BTreeMap<CompactString, usize>> = BTreeMap::new();
    for subject in facts.iter().map(|fact| &fact.subject).filter(|subject| subject.kind == SubjectKind::Function) {
        if !subject.label.is_empty() {
            *counts.entry(subject.code.clone()).or_default().entry(subject.label.clone()).or_default() += 1;
        }
    }
    let most = |names: BTreeMap<CompactString, usize>| {
        names.into_iter().rev().max_by_key(|(_, count)| *count).map(|(name, _)| name)
    };
    counts.into_iter().filter_map(|(code, names)| Some((code, most(names)?))).collect()
}

fn with_parents(printed: &BTreeMap<CompactString, Entry>) -> std::collections::BTreeSet<CompactString> {
    let mut codes = std::collections::BTreeSet::new();
    for code in printed.keys() {
        codes.extend([3, 5, 7].into_iter().filter_map(|length| code.get(..length)).map(CompactString::from));
    }
    codes
}

/// Total, basic and project amounts of a code: as printed, else the sum of what is printed below it.
fn of_code(printed: &BTreeMap<CompactString, Entry>, code: &str) -> [Option<Amount>; 3] {
    match printed.get(code) {
        Some(entry) => once(printed, code, entry).figures(),
        None => derived(printed, code),
    }
}

/// The sum of what is printed directly below a code that is not printed itself.
fn derived(printed: &BTreeMap<CompactString, Entry>, code: &str) -> [Option<Amount>; 3] {
    let below: Vec<(&CompactString, &Entry)> =
        printed.iter().filter(|(other, _)| other.len() > code.len() && other.starts_with(code)).collect();
    // Where a level between is printed, its rows stand for what is below them.
    let direct = |candidate: &CompactString| {
        !below.iter().any(|(other, _)| other.len() < candidate.len() && candidate.starts_with(other.as_str()))
    };
    let entries: Vec<&Entry> = below.iter().filter(|(other, _)| direct(other)).map(|(_, entry)| *entry).collect();
    std::array::from_fn(|part| {
        let amounts: Vec<Amount> = entries.iter().filter_map(|entry| entry.figures()[part].clone()).collect();
        total_of(amounts, "下级科目之和")
    })
}

/// An entry whose row was read twice, with the same amount: the codes above and below tell that it counts once.
fn once(printed: &BTreeMap<CompactString, Entry>, code: &str, entry: &Entry) -> Entry {
    let total = &entry.amounts[0];
    let Some(first) = total.first().filter(|first| total.len() > 1 && total.iter().all(|one| one.yuan == first.yuan))
    else {
        return entry.clone();
    };
    let below = derived(printed, code)[0].as_ref().is_some_and(|sum| sum.yuan == first.yuan);
    let above = || {
        let parent = code.get(..code.len().checked_sub(2)?)?;
        let whole = printed.get(parent)?.figures()[0].as_ref()?.yuan;
        let all = derived(printed, parent)[0].as_ref()?.yuan;
        let repeated = first.yuan * Decimal::from(total.len() - 1);
        Some(whole == all - repeated && !repeated.is_zero())
    };
    if !below && !above().unwrap_or(false) {
        return entry.clone();
    }
    let mut once = entry.clone();
    once.amounts.iter_mut().for_each(|amounts| amounts.truncate(1));
    once
}

/// True when the items that sentences tell below a code are all there are: they add up to the class, or all items to the
/// whole spending.
fn is_whole(printed: &BTreeMap<CompactString, Entry>, facts: &[Fact], period: Period, code: &str) -> bool {
    let sum = |below: &str| -> Decimal {
        let items = printed.iter().filter(|(item, _)| item.len() == 7 && item.starts_with(below));
        items.filter_map(|(_, entry)| entry.figures()[0].clone()).map(|amount| amount.yuan).sum()
    };
    let class = printed.get(&code[..3]).and_then(|entry| entry.figures()[0].clone());
    if let Some(class) = class {
        return class.yuan == sum(&code[..3]);
    }
    let all = sum("");
    facts.iter().any(|fact| {
        fact.subject.kind == SubjectKind::Total
            && fact.measure.nature == "total"
            && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
            && fact.amount.yuan == all
    })
}

/// A class that 收支总表 prints with the same amount is printed, not derived.
fn as_printed(facts: &[Fact], code: &str, derived: Amount) -> Amount {
    let same = |fact: &&Fact| {
        fact.statement == Some(StatementKind::RevenueExpenditure)
            && (fact.subject.kind, fact.subject.code.as_str()) == (SubjectKind::Function, code)
            && fact.measure.nature == "total"
            && fact.amount.yuan == derived.yuan
    };
    facts.iter().find(same).map_or(derived.clone(), |fact| fact.amount.clone())
}

/// One printed amount is itself; several are their sum.
fn sum(mut amounts: Vec<Amount>, rule: &str) -> Option<Amount> {
    if amounts.len() == 1 { amounts.pop() } else { total_of(amounts, rule) }
}

fn total_of(amounts: Vec<Amount>, rule: &str) -> Option<Amount> {
    let first = amounts.first()?;
    let yuan: Decimal = amounts.iter().map(|amount| amount.yuan).sum();
    let places = amounts.iter().map(|amount| decimals(&amount.printed)).max().unwrap_or(2);
    let origin = Origin::Derived { rule: rule.to_owned(), inputs: amounts.iter().map(|amount| amount.place).collect() };
    Some(Amount { yuan, printed: printed(yuan, first.unit, places), origin, ..first.clone() })
}
