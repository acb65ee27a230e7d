//! Reads the sentences of one paragraph from left to right.

use std::ops::Range;
use std::sync::LazyLock;

use compact_str::CompactString;
use regex::Regex;
use rust_decimal::Decimal;

use super::comparison::{base_year, comparison, ends_as_budget, without_comparison};
use super::subjects::{self, Found, FunctionNames, is_whole, named, part_of};
use super::{Compact, Narrative, years};
use crate::model::{Amount, Change, Fact, Measure, Mention, Origin, Phase, Place, Share, SubjectKind, Unit};
use crate::recognize::facts::Period;
use crate::recognize::number::{decimals, read_number};
use crate::vocabulary::{NarrativeSubject, Vocabulary};

/// What one paragraph states.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) found: Narrative,
    pub(super) mentions: Vec<Mention>,
}

/// Reads a paragraph. Its facts will stand behind the earlier ones.
pub(super) fn read(
    vocabulary: &Vocabulary,
    period: Period,
    functions: &FunctionNames,
    compact: &Compact<'_>,
    earlier: &[Fact],
    place: &dyn Fn(usize) -> Place,
) -> Paragraph {
    let first = earlier.len() as u32;
    let reader = Reader { vocabulary, period, functions, compact, earlier, first, place };
    reader.run()
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    period: Period,
    functions: &'a FunctionNames,
    compact: &'a Compact<'a>,
    earlier: &'a [Fact],
    first: u32,
    place: &'a dyn Fn(usize) -> Place,
}

/// Where the reading stands.
#[derive(Default)]
struct State {
    paragraph: Paragraph,
    /// What the last amount was about.
    subject: Option<Found>,
    /// The fund of the whole whose parts are listed.
    fund: Option<CompactString>,
    /// The last amount of which others can be shares.
    whole: Option<u32>,
    /// Changes that wait for their reason.
    waiting: Vec<usize>,
    /// The words before the last amount, when nobody knows what they are about.
    unknown: Option<String>,
    /// Behind 其中: what the parts that follow are parts of.
    owner: Option<Owner>,
}

/// What the parts behind 其中 are parts of.
#[derive(Clone)]
enum Owner {
    Known(Found),
    /// An item that nobody knows: its parts are about nothing we keep.
    Unknown,
}

impl Reader<'_> {
    fn run(&self) -> Paragraph {
        static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("(\\d[\\d,]*(?:\\.\\d+)?)(亿元|万元|千元|元|%)")
                .unwrap_or_else(|error| panic!("a fixed pattern is damaged: {error}"))
        });
        let text = &self.compact.text;
        let mut state = State::default();
        let mut from = 0;
        for captures in NUMBER.captures_iter(text) {
            let (Some(number), Some(unit)) = (captures.get(1), captures.get(2)) else { continue };
            self.words(&mut state, from..number.start());
            let lead = &text[self.sentence_start(from, number.start())..number.start()];
            match unit.as_str() {
                "%" => self.percent(&mut state, lead, number.range()),
                unit => self.amount(&mut state, lead, number.range(), unit),
            }
            from = unit.end();
        }
        self.words(&mut state, from..text.len());
        state.paragraph
    }

    /// Where the words before a number begin: behind the last number or the last full stop.
    fn sentence_start(&self, from: usize, to: usize) -> usize {
        let stop = self.compact.text[from..to].rfind(['。', ';', '；']);
        stop.map_or(from, |at| from + at + self.compact.text[from + at..].chars().next().map_or(1, char::len_utf8))
    }

    fn amount(&self, state: &mut State, lead: &str, range: Range<usize>, unit: &str) {
        let Some(number) = read_number(&self.compact.text[range.clone()]) else { return };
        if let Some((before, sign)) = self.direction(lead) {
            self.change(state, before, lead, range, sign, unit);
            return;
        }
        let phase = self.phase(lead);
        if lead.contains("其中") {
            state.owner = match (&state.subject, &state.unknown) {
                (Some(found), _) => Some(Owner::Known(found.clone())),
                (None, Some(words)) if !speaks_of_whole(words) => Some(Owner::Unknown),
                _ => None,
            };
        }
        // 2022年决算…万元 in the account of 2023 is last year's amount, not this year's.
        if years::is_another(self.sentence(range.start), self.period.year) {
            state.subject = None;
            return;
        }
        state.unknown = None;
        if let Some(found) = self.subject(state, lead, false) {
            state.subject = Some(self.owned(state, found));
        } else if !self.only_connects(lead) {
            state.subject = None;
            state.unknown = Some(lead.to_owned());
        }
        let Some(found) = state.subject.clone().filter(|found| !found.nothing) else { return };
        let amount = self.read_amount(&number.clean, number.value, unit, range.start);
        let fact = self.push_facts(state, &found, phase, amount, &range);
        state.subject = Some(Found { fact: Some(fact), ..found.clone() });
        if is_whole(&found) {
            state.whole = Some(fact);
            state.fund = Some(found.fund);
        }
    }

    /// 基本支出 and 项目支出 behind 其中 belong to what stands before it.
    fn owned(&self, state: &State, found: Found) -> Found {
        let nature = found.part && matches!(found.nature.as_str(), "basic" | "project");
        match state.owner.as_ref().filter(|_| nature) {
            Some(Owner::Known(owner)) => part_of(owner, found),
            Some(Owner::Unknown) => Found { nothing: true, ..found },
            None => found,
        }
    }

    fn read_amount(&self, clean: &str, value: Decimal, unit: &str, at: usize) -> Amount {
        let unit = [Unit::HundredMillionYuan, Unit::TenThousandYuan, Unit::ThousandYuan]
            .into_iter()
            .find(|one| one.label() == unit)
            .unwrap_or(Unit::Yuan);
        Amount {
            yuan: value * unit.yuan(),
            printed: clean.into(),
            unit,
            quantum: unit.yuan() * Decimal::new(1, decimals(clean)),
            origin: Origin::Narrative,
            place: (self.place)(self.compact.original(at)),
        }
    }

    fn push_facts(&self, state: &mut State, found: &Found, phase: Phase, amount: Amount, range: &Range<usize>) -> u32 {
        let index = self.first + state.paragraph.found.facts.len() as u32;
        for subject in &found.subjects {
            let measure =
                Measure { nature: found.nature.clone(), fund: found.fund.clone(), phase, year: self.period.year };
            state.paragraph.found.facts.push(Fact {
                statement: None,
                statement_index: None,
                subject: subject.clone(),
                measure,
                amount: amount.clone(),
            });
        }
        let original = (self.compact.original(range.start) as u32, self.compact.original(range.end) as u32);
        state.paragraph.mentions.push(Mention { range: original, fact: index });
        index
    }

    /// 增加, 减少 right before the number: what stands before the word, and the sign.
    fn direction<'lead>(&self, lead: &'lead str) -> Option<(&'lead str, Decimal)> {
        let words = &self.vocabulary.narrative;
        let lead = lead.trim_end_matches(['了', '约']);
        let ends = |list: &[String]| list.iter().find_map(|word| lead.strip_suffix(word.as_str()));
        ends(&words.up)
            .map(|rest| (rest, Decimal::ONE))
            .or_else(|| ends(&words.down).map(|rest| (rest, Decimal::NEGATIVE_ONE)))
    }

    fn change(&self, state: &mut State, before: &str, lead: &str, range: Range<usize>, sign: Decimal, unit: &str) {
        let Some(number) = read_number(&self.compact.text[range.clone()]) else { return };
        let clause = before.trim_end_matches([',', '，', '、', '各']);
        let clause = without_comparison(clause.rsplit([',', '，']).next().unwrap_or(clause));
        let named = self.subject(state, clause, true);
        let Some(found) = named.or_else(|| state.subject.clone()).filter(|found| !found.nothing) else { return };
        let mut amount = self.read_amount(&number.clean, number.value, unit, range.start);
        amount.yuan *= sign;
        if sign.is_sign_negative() {
            amount.printed = compact_str::format_compact!("-{}", amount.printed);
        }
        self.push_change(state, found, lead, Some(amount), range.start);
    }

    fn push_change(&self, state: &mut State, found: Found, lead: &str, difference: Option<Amount>, at: usize) {
        let place = (self.place)(self.compact.original(at));
        let known = found.fact.or_else(|| self.latest(state, &found));
        // A reason belongs to the change right before it.
        state.waiting = vec![state.paragraph.found.changes.len()];
        let context = self.comparison_context(lead, at);
        state.paragraph.found.changes.push(Change {
            subject: found.word.clone(),
            fact: known,
            comparison: comparison(&context),
            base_year: base_year(&context),
            difference,
            rate: None,
            reason: None,
            place,
        });
        state.subject = Some(Found { fact: known, ..found });
    }

    /// The fact of this paragraph that a change of the same subject is about.
    fn latest(&self, state: &State, found: &Found) -> Option<u32> {
        let same = |fact: &Fact| {
            found
                .subjects
                .iter()
                .any(|subject| (subject.kind, &subject.code) == (fact.subject.kind, &fact.subject.code))
                && (fact.measure.nature == found.nature && fact.measure.fund == found.fund)
        };
        let position = state.paragraph.found.facts.iter().rposition(same)?;
        Some(self.first + position as u32)
    }

    /// The words that say against what: those of the lead, else of the sentence before it.
    fn comparison_context(&self, lead: &str, at: usize) -> String {
        if lead.contains(['比', '较', '与']) {
            return lead.to_owned();
        }
        self.sentence(at).to_owned()
    }

    fn percent(&self, state: &mut State, lead: &str, range: Range<usize>) {
        let Some(number) = read_number(&self.compact.text[range.clone()]) else { return };
        if let Some((_, sign)) = self.direction(lead) {
            let last = state.waiting.last().copied().or_else(|| state.paragraph.found.changes.len().checked_sub(1));
            match last
                .and_then(|last| state.paragraph.found.changes.get_mut(last))
                .filter(|change| change.rate.is_none())
            {
                Some(change) => change.rate = Some(number.value * sign),
                None => {
                    if let Some(found) = state.subject.clone().filter(|found| !found.nothing) {
                        self.push_change(state, found, lead, None, range.start);
                        if let Some(change) = state.paragraph.found.changes.last_mut() {
                            change.rate = Some(number.value * sign);
                        }
                    }
                }
            }
            return;
        }
        let share = lead
            .rsplit([',', '，'])
            .next()
            .is_some_and(|clause| clause.starts_with('占') && clause.len() <= "占支出合计的".len());
        let part = state.subject.as_ref().and_then(|found| found.fact);
        let whole = state.whole.or_else(|| self.three_public_total(state));
        if let (true, Some(part), Some(whole)) = (share, part, whole.filter(|whole| Some(*whole) != part)) {
            let place = (self.place)(self.compact.original(range.start));
            state.paragraph.found.shares.push(Share { part, whole, percent: number.value, place });
        }
    }

    /// Shares of 三公 parts are shares of the total, which an earlier paragraph states.
    fn three_public_total(&self, state: &State) -> Option<u32> {
        let part = state.subject.as_ref()?;
        if part.subjects.iter().any(|subject| subject.kind != SubjectKind::ThreePublic) {
            return None;
        }
        let total = |fact: &Fact| {
            fact.statement.is_none()
                && (fact.subject.kind, fact.subject.code.as_str()) == (SubjectKind::ThreePublic, "total")
                && fact.measure.phase == self.period.phase
        };
        self.earlier.iter().rposition(total).map(|index| index as u32)
    }

    /// The words between two numbers: no change, reasons, the end of a sentence.
    fn words(&self, state: &mut State, range: Range<usize>) {
        let text = &self.compact.text[range.clone()];
        if text.contains("(项)") {
            state.subject = subjects::item(self.vocabulary, self.functions, text);
        }
        let mut at = range.start;
        for piece in text.split_inclusive(['。', ';', '；']) {
            if let Some(flat) = self.vocabulary.narrative.first_flat(piece) {
                self.flat(state, &piece[..flat], at + flat);
            }
            if piece.ends_with('。') {
                state.owner = None;
            }
            if let Some(reason) = self.reason(piece, at) {
                for waiting in std::mem::take(&mut state.waiting) {
                    state.paragraph.found.changes[waiting].reason = Some(reason.clone());
                }
            }
            at += piece.len();
        }
    }

    /// 「公务接待费…预算数与2023年持平」: a change of zero.
    fn flat(&self, state: &mut State, before: &str, at: usize) {
        let clause = before.rsplit(['。', ';', '；', '!']).next().unwrap_or(before);
        let year = base_year(clause).is_some() || clause.contains("上年") || clause.contains("去年");
        if !year || clause.contains("决算数") {
            return;
        }
        let last = without_comparison(clause);
        let named = self.subject(state, last.rsplit([',', '，']).next().unwrap_or(last), true);
        let Some(found) = named.or_else(|| state.subject.clone()).filter(|found| !found.nothing) else { return };
        let known = found.fact.or_else(|| self.latest(state, &found));
        let unit = known
            .and_then(|fact| state.paragraph.found.facts.get((fact - self.first) as usize))
            .map_or(Unit::TenThousandYuan, |fact| fact.amount.unit);
        let zero = Amount {
            yuan: Decimal::ZERO,
            printed: CompactString::const_new("0"),
            unit,
            quantum: unit.yuan() * Decimal::new(1, 2),
            origin: Origin::Narrative,
            place: (self.place)(self.compact.original(at)),
        };
        self.push_change(state, found, clause, Some(zero), at);
    }

    /// The reason in a sentence that begins at `start`, as printed.
    fn reason(&self, text: &str, start: usize) -> Option<String> {
        let word = self.vocabulary.narrative.first_reason(text)?;
        let rest = text[word.end..].trim_start_matches([':', '：', ',', '，']);
        let begin = start + text.len() - rest.len();
        let end = rest.find(['。', ';', '；']).unwrap_or(rest.len());
        let reason = rest[..end].trim_end_matches([',', '，']);
        (reason.chars().count() >= 2).then(|| self.compact.printed(begin..begin + reason.len()))
    }

    /// What the words before an amount (or a change) are about.
    fn subject(&self, state: &State, lead: &str, change: bool) -> Option<Found> {
        if let Some(found) = subjects::code(lead).or_else(|| subjects::class(self.vocabulary, lead)) {
            return Some(found);
        }
        let words = &self.vocabulary.narrative;
        let subject = words.subject_before(lead, change)?;
        let mut found = self.found(state, subject);
        if let Some(fund) = words.fund_of_total(lead, subject) {
            found.fund = fund.clone();
        }
        Some(found)
    }

    fn found(&self, state: &State, subject: &NarrativeSubject) -> Found {
        let fund = if subject.inherit_fund { state.fund.clone() } else { None };
        let subjects =
            subject.codes.iter().map(|code| named(subject.kind.unwrap_or(SubjectKind::Other), code, &subject.word));
        Found {
            subjects: subjects.collect(),
            nature: subject.nature.clone(),
            fund: fund.unwrap_or_else(|| subject.fund.clone()),
            word: subject.word.clone(),
            fact: None,
            part: subject.inherit_fund,
            nothing: subject.kind.is_none(),
        }
    }

    /// The sentence in which something stands, up to it; of one without an end the last part.
    fn sentence(&self, at: usize) -> &str {
        const LONGEST: usize = 6000;
        let text = &self.compact.text[..at];
        let reach = (at.saturating_sub(LONGEST)..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
        let start = text[reach..].rfind('。').map_or(reach, |stop| reach + stop + '。'.len_utf8());
        &text[start..]
    }

    /// True for words that only connect an amount to the subject before it: 支出决算为.
    fn only_connects(&self, lead: &str) -> bool {
        // 「…（款）行政运行（项）2023年预算数为」: the name before the amount is the subject already.
        let lead = lead.rsplit("(项)").next().unwrap_or(lead);
        let mut rest = lead.trim_start_matches([',', '，', '。', ';', ':']);
        let words = &self.vocabulary.narrative.connectors;
        let year = |text: &str| text.starts_with("20") && text.get(4..7) == Some("年");
        while year(rest) {
            rest = &rest["2024年".len()..];
        }
        while let Some(word) = words.iter().find(|word| rest.ends_with(word.as_str())) {
            rest = &rest[..rest.len() - word.len()];
        }
        rest.is_empty()
    }

    /// 年初预算, 全年预算, 决算; anything else is the document's own phase.
    fn phase(&self, lead: &str) -> Phase {
        let clause = lead.rsplit([',', '，', '。', ';']).next().unwrap_or(lead);
        if self.period.phase != Phase::Final {
            self.period.phase
        } else if clause.contains("全年预算") || clause.contains("调整预算") {
            Phase::AdjustedBudget
        } else if clause.contains("年初预算") || ends_as_budget(clause) {
            Phase::InitialBudget
        } else {
            Phase::Final
        }
    }
}

/// True for unknown words before an amount that speak of a whole rather than of an item: 2024年支出总额.
fn speaks_of_whole(words: &str) -> bool {
    let clause = words.rsplit(['。', ';', '；', ',', '，']).next().unwrap_or(words);
    ["总", "合计", "共计", "预算拨款", "财政拨款", "本年", "全年", "本部门", "本单位"]
        .iter()
        .any(|word| clause.contains(word))
}
