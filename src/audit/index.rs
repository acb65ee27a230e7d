//! The facts of a disclosure, arranged for looking up: by statement, row and measure.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::checks::{Passage, passages};
use super::formula::SubjectPattern;
use super::measure::{Measure, Word};
use super::printed_row::RowReference;
use super::printing::{Context, EmptyCell, Printing, is_loose};
use super::rule::Rules;
use crate::language::Language;
use crate::model::{Disclosure, Fact, Kind, Phase, Statement, StatementKind};
use crate::vocabulary::CodeNames;

/// A figure of the document, printed or left empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Cell {
    Fact(u32),
    Empty(EmptyCell),
}

/// All facts of a disclosure.
#[derive(Debug)]
pub(super) struct Index<'d> {
    pub(super) disclosure: &'d Disclosure,
    /// In what is told of it.
    pub(super) language: &'static Language,
    /// The names of codes, those that the site adds among them.
    pub(super) names: &'d CodeNames,
    /// The phase and year of the disclosure.
    pub(super) main: Context,
    pub(super) printings: Vec<Printing>,
    by_kind: FxHashMap<Option<StatementKind>, Vec<usize>>,
    /// Nature and fund of each fact.
    measures: Vec<Measure>,
    /// For each fact, half a step of the last place that its statement prints.
    half_steps: Vec<Decimal>,
    /// Half a step of the last place that most amounts of statements print.
    pub(super) usual_half_step: Decimal,
    /// The narrative as checks search it.
    passages: OnceCell<Vec<Passage>>,
    /// Where the lines of each source begin and end, found when first asked for.
    lines: Vec<OnceCell<Vec<Range<usize>>>>,
    chosen: RefCell<ChosenRows>,
}

/// The numbers of the rows that a pattern chose in a printing for a row, by the places of all three in memory: the same
/// question is asked for every column and both sides of a rule.
type ChosenRows = FxHashMap<(usize, usize, usize), Rc<[usize]>>;

impl<'d> Index<'d> {
    pub(super) fn new(disclosure: &'d Disclosure, rules: &'d Rules) -> Self {
        let measures = measures(disclosure);
        let mut printings: Vec<Printing> = (0..disclosure.statements.len())
            .filter(|index| disclosure.statements[*index].kind != StatementKind::Other)
            .map(|index| Printing::of_statement(disclosure, &measures, index))
            .collect();
        let mut loose: BTreeMap<Option<StatementKind>, Vec<u32>> = BTreeMap::new();
        for (number, fact) in disclosure.facts.iter().enumerate().filter(|(_, fact)| is_loose(fact)) {
            loose.entry(fact.statement).or_default().push(number as u32);
        }
        let of_facts = |(kind, facts)| Printing::of_facts(disclosure, &measures, kind, facts);
        printings.extend(loose.into_iter().map(of_facts));
        let mut by_kind: FxHashMap<Option<StatementKind>, Vec<usize>> = FxHashMap::default();
        for (number, printing) in printings.iter().enumerate() {
            by_kind.entry(printing.kind).or_default().push(number);
        }
        let half_steps = half_steps(disclosure);
        let usual_half_step = self::usual_half_step(disclosure, &half_steps);
        Index {
            main: main_context(disclosure),
            disclosure,
            language: rules.language(),
            names: rules.names(),
            printings,
            by_kind,
            measures,
            half_steps,
            usual_half_step,
            passages: OnceCell::new(),
            lines: disclosure.sources.iter().map(|_| OnceCell::new()).collect(),
            chosen: RefCell::default(),
        }
    }

    /// The title of a statement as printed, else what its kind is called.
    pub(super) fn title<'t>(&self, statement: &'t Statement) -> &'t str
    where
        'd: 't,
    {
        match statement.title.as_str() {
            "" => self.language.label("statement", statement.kind.word()),
            title => title,
        }
    }

    /// The numbers of the rows that `choose` names in a printing for a pattern and the row to which it relates, if to any;
    /// it is asked once for all three. Without a pattern they are the rows about the row's subject.
    pub(super) fn chosen_rows(
        &self,
        printing: &Printing,
        pattern: Option<&SubjectPattern>,
        row: Option<&RowReference>,
        choose: impl FnOnce() -> Vec<usize>,
    ) -> Rc<[usize]> {
        let row = row.map_or(0, |row| std::ptr::from_ref(row).addr());
        let pattern = pattern.map_or(0, |pattern| std::ptr::from_ref(pattern).addr());
        let key = (std::ptr::from_ref(printing).addr(), pattern, row);
        if let Some(chosen) = self.chosen.borrow().get(&key) {
            return Rc::clone(chosen);
        }
        let chosen: Rc<[usize]> = choose().into();
        self.chosen.borrow_mut().insert(key, Rc::clone(&chosen));
        chosen
    }

    /// Budget or final account; where the document does not tell, by its amounts.
    pub(super) fn kind(&self) -> Kind {
        self.disclosure.identity.kind.unwrap_or(match self.main.phase {
            Phase::Final => Kind::Final,
            Phase::InitialBudget | Phase::AdjustedBudget => Kind::Budget,
        })
    }

    /// The printings of a statement kind (`None`: the narrative), in printed order.
    pub(super) fn of_kind(&self, kind: Option<StatementKind>) -> &[usize] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The narrative as checks search it, made when first asked for.
    pub(super) fn passages(&self) -> &[Passage] {
        self.passages.get_or_init(|| passages(self.disclosure))
    }

    /// The lines of a source from the first one on, each with its number.
    pub(super) fn lines_from(&self, file: u16, first: u32) -> impl Iterator<Item = (&'d str, u32)> {
        let text = self.disclosure.sources.get(usize::from(file)).map_or("", |source| &source.text);
        let lines = self.lines.get(usize::from(file)).map(|lines| lines.get_or_init(|| line_ranges(text)).as_slice());
        let before = first.saturating_sub(1);
        let lines = lines.and_then(|lines| lines.get(before as usize..)).unwrap_or_default();
        lines.iter().map(|line| &text[line.clone()]).zip(before + 1..)
    }

    /// The printing in which a cell stands.
    pub(super) fn printing_of(&self, cell: Cell) -> Option<usize> {
        let (kind, statement) = match cell {
            Cell::Fact(number) => {
                let fact = self.fact(number);
                (fact.statement, fact.statement_index.map(usize::from))
            }
            Cell::Empty(cell) => (Some(self.disclosure.statements[cell.statement].kind), Some(cell.statement)),
        };
        self.of_kind(kind).iter().copied().find(|number| self.printings[*number].statement == statement)
    }

    pub(super) fn fact(&self, number: u32) -> &'d Fact {
        &self.disclosure.facts[number as usize]
    }

    /// Nature and fund of a fact.
    pub(super) fn measure(&self, number: u32) -> Measure {
        self.measures[number as usize]
    }

    /// Phase and year of a fact.
    pub(super) fn context(&self, number: u32) -> Context {
        Context::of(self.fact(number))
    }

    /// Half a step of a fact's last printed place, in yuan.
    pub(super) fn half_step(&self, fact: u32) -> Decimal {
        self.half_steps[fact as usize]
    }
}

/// Where the lines of a text begin and end.
fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let start = |line: &str| line.as_ptr().addr() - text.as_ptr().addr();
    text.lines().map(|line| start(line)..start(line) + line.len()).collect()
}

/// Nature and fund of each fact.
fn measures(disclosure: &Disclosure) -> Vec<Measure> {
    let mut known: FxHashMap<&str, Word> = FxHashMap::default();
    let mut word = |text| *known.entry(text).or_insert_with(|| Word::of(text));
    let facts = disclosure.facts.iter();
    facts.map(|fact| (word(fact.measure.nature.as_str()), word(fact.measure.fund.as_str()))).collect()
}

/// Half a step for each fact. Trailing zeros are often left out (624 among 638.80): the finest step that a statement
/// prints in a unit holds for all its amounts in that unit.
fn half_steps(disclosure: &Disclosure) -> Vec<Decimal> {
    let group = |fact: &Fact| (fact.statement, fact.statement_index, fact.amount.unit);
    let mut finest = FxHashMap::default();
    for fact in &disclosure.facts {
        let step: &mut Decimal = finest.entry(group(fact)).or_insert(fact.amount.quantum);
        *step = (*step).min(fact.amount.quantum);
    }
    disclosure.facts.iter().map(|fact| finest[&group(fact)] / Decimal::TWO).collect()
}

/// The half step that most amounts of statements have.
fn usual_half_step(disclosure: &Disclosure, half_steps: &[Decimal]) -> Decimal {
    let mut counts: BTreeMap<Decimal, usize> = BTreeMap::new();
    for (fact, half_step) in disclosure.facts.iter().zip(half_steps) {
        *counts.entry(*half_step).or_default() += usize::from(fact.statement.is_some());
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(half_step, _)| half_step).unwrap_or_default()
}

/// The phase and year of most amounts in statements; the disclosure's own kind and year win where amounts have them.
fn main_context(disclosure: &Disclosure) -> Context {
    let own = disclosure.identity.kind.map(|kind| match kind {
        Kind::Budget => Phase::InitialBudget,
        Kind::Final => Phase::Final,
    });
    let mut counts: BTreeMap<Context, usize> = BTreeMap::new();
    for fact in disclosure.facts.iter().filter(|fact| fact.statement.is_some()) {
        *counts.entry(Context::of(fact)).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(context, count)| {
        (own == Some(context.phase) && disclosure.identity.year == Some(context.year), *count)
    });
    most.map_or(
        Context { phase: own.unwrap_or(Phase::InitialBudget), year: disclosure.identity.year.unwrap_or_default() },
        |(context, _)| context,
    )
}
