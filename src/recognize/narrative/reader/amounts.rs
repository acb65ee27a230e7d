//! Amounts that sentences state, with what they are about, of which phase and of which whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::comparison::ends_as_budget;
use super::super::subjects::{Found, is_whole, part_of};
use super::super::years;
use super::{Owner, Reader, State};
use crate::model::{Amount, Fact, Measure, Mention, Origin, Phase, Unit};
use crate::recognize::number::{decimals, read_number};
use crate::vocabulary::matching::holds;
use crate::vocabulary::text::OF_WHICH;

impl Reader<'_> {
    pub(super) fn amount(&self, state: &mut State, lead: &str, range: Range<usize>, unit: &str) {
        let Some(number) = read_number(&self.compact.text[range.clone()]) else { return };
        if let Some((before, sign)) = self.direction(lead) {
            self.change(state, before, lead, range, sign, unit);
            return;
        }
        state.lists_parts |= lead.contains(OF_WHICH);
        let phase = self.phase(state, lead);
        let stated = self.period.phase == Phase::Final && self.stated_phase(last_clause(lead)).is_some();
        if lead.contains(OF_WHICH) {
            state.owner = match (&state.subject, &state.unknown) {
                (Some(found), _) => Some(Owner::Known(found.clone())),
                (None, Some(words)) if !self.speaks_of_whole(words) => Some(Owner::Unknown),
                _ => None,
            };
        }
        // 2022年决算…万元 in the account of 2023 is last year's amount, not this year's.
        if years::is_another(self.clauses(), self.sentence(range.start), self.period.year) {
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
        if stated {
            self.say_again(state, &found, phase);
        }
        let fact = self.push_facts(state, &found, phase, amount, &range);
        state.assumed = (!stated && phase != self.period.phase).then_some(fact);
        // 完成预算12.02万元的100%,比上年增加3万元: the change is that of the account before it.
        if phase != self.period.phase && found.fact.is_some() && holds(&self.clauses().completed, last_clause(lead)) {
            return;
        }
        state.subject = Some(Found { fact: Some(fact), ..found.clone() });
        if is_whole(&found) {
            state.whole = Some(fact);
            state.fund = Some(found.fund);
        }
    }

    /// A part that names the phase of its second amount itself, 公务接待费支出2.05万元,年初预算为2万元, is not of the phase of its
    /// whole: its first amount is the document's own.
    fn say_again(&self, state: &mut State, found: &Found, phase: Phase) {
        let facts = &mut state.paragraph.found.facts;
        let assumed = state.assumed.take().filter(|fact| found.fact == Some(*fact));
        let Some(first) = assumed.and_then(|fact| facts.get_mut((fact - self.first) as usize..)) else { return };
        for fact in first.iter_mut().filter(|fact| fact.measure.phase == phase) {
            fact.measure.phase = self.period.phase;
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

    pub(super) fn read_amount(&self, clean: &str, value: Decimal, unit: &str, at: usize) -> Amount {
        let unit = Unit::ALL.into_iter().find(|one| one.label() == unit).unwrap_or(Unit::Yuan);
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

    /// True for words that only connect an amount to the subject before it: 支出决算为.
    fn only_connects(&self, lead: &str) -> bool {
        // 「…（款）行政运行（项）2023年预算数为」: the name before the amount is the subject already.
        let lead = lead.rsplit("(项)").next().unwrap_or(lead);
        let mut rest = lead.trim_start_matches([',', '，', '。', ';', ':']);
        let words = &self.vocabulary.narrative.subjects.connectors;
        let year = |text: &str| text.starts_with("20") && text.get(4..7) == Some("年");
        while year(rest) {
            rest = &rest["2024年".len()..];
        }
        while let Some(word) = words.iter().find(|word| rest.ends_with(word.as_str())) {
            rest = &rest[..rest.len() - word.len()];
        }
        rest.is_empty()
    }

    /// 年初预算, 全年预算, 决算; parts are of the phase of their whole, anything else of the document's own.
    fn phase(&self, state: &mut State, lead: &str) -> Phase {
        if self.period.phase != Phase::Final {
            return self.period.phase;
        }
        let clause = last_clause(lead);
        match self.stated_phase(clause) {
            Some(phase) => {
                // What a sentence only compares with is not what it speaks of.
                if !clause.contains(['比', '较']) && !holds(&self.clauses().completed, clause) {
                    state.stated = Some(phase);
                }
                phase
            }
            None => state.stated.filter(|_| state.lists_parts).unwrap_or(Phase::Final),
        }
    }

    /// The phase that a clause of an account names.
    fn stated_phase(&self, clause: &str) -> Option<Phase> {
        let words = self.clauses();
        if holds(&words.adjusted_budget, clause) {
            Some(Phase::AdjustedBudget)
        } else if holds(&words.initial_budget, clause) || ends_as_budget(words, clause) {
            Some(Phase::InitialBudget)
        } else {
            holds(&words.account, clause).then_some(Phase::Final)
        }
    }

    /// True for unknown words before an amount that speak of a whole rather than of an item: 2024年支出总额.
    fn speaks_of_whole(&self, words: &str) -> bool {
        let clause = words.rsplit(['。', ';', '；', ',', '，']).next().unwrap_or(words);
        holds(&self.clauses().wholes, clause)
    }
}

/// The words right before an amount, up to a comma.
fn last_clause(lead: &str) -> &str {
    lead.rsplit([',', '，', '。', ';']).next().unwrap_or(lead)
}
