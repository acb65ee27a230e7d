//! Changes that sentences state: 增加, 减少, 持平, against what, and why.

use std::ops::Range;

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::super::comparison::{base_year, comparison, without_comparison};
use super::super::subjects::Found;
use super::{Reader, State};
use crate::model::{Amount, Change, Fact, Origin, Unit};
use crate::recognize::number::read_number;
use crate::vocabulary::matching::holds;

impl Reader<'_> {
    /// 增加, 减少 right before the number: what stands before the word, and the sign.
    pub(super) fn direction<'lead>(&self, lead: &'lead str) -> Option<(&'lead str, Decimal)> {
        let words = &self.vocabulary.narrative;
        let lead = lead.trim_end_matches(['了', '约']);
        let ends = |list: &[String]| list.iter().find_map(|word| lead.strip_suffix(word.as_str()));
        ends(&words.up)
            .map(|rest| (rest, Decimal::ONE))
            .or_else(|| ends(&words.down).map(|rest| (rest, Decimal::NEGATIVE_ONE)))
    }

    pub(super) fn change(
        &self,
        state: &mut State,
        before: &str,
        lead: &str,
        range: Range<usize>,
        sign: Decimal,
        unit: &str,
    ) {
        let Some(number) = read_number(&self.compact.text[range.clone()]) else { return };
        let clause = before.trim_end_matches([',', '，', '、', '各']);
        let clause = without_comparison(self.clauses(), clause.rsplit([',', '，']).next().unwrap_or(clause));
        let named = self.subject(state, clause, true);
        let Some(found) = named.or_else(|| state.subject.clone()).filter(|found| !found.nothing) else { return };
        let mut amount = self.read_amount(&number.clean, number.value, unit, range.start);
        amount.yuan *= sign;
        if sign.is_sign_negative() {
            amount.printed = compact_str::format_compact!("-{}", amount.printed);
        }
        self.push_change(state, found, lead, Some(amount), range.start);
    }

    pub(super) fn push_change(
        &self,
        state: &mut State,
        found: Found,
        lead: &str,
        difference: Option<Amount>,
        at: usize,
    ) {
        let place = (self.place)(self.compact.original(at));
        let known = found.fact.or_else(|| self.latest(state, &found));
        // A reason belongs to the change right before it.
        state.waiting = vec![state.paragraph.found.changes.len()];
        let context = self.comparison_context(lead, at);
        state.paragraph.found.changes.push(Change {
            subject: found.word.clone(),
            fact: known,
            comparison: comparison(self.clauses(), &context),
            base_year: base_year(self.clauses(), &context),
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

    /// 「公务接待费…预算数与2023年持平」: a change of zero.
    pub(super) fn flat(&self, state: &mut State, before: &str, at: usize) {
        let clause = before.rsplit(['。', ';', '；', '!']).next().unwrap_or(before);
        let words = self.clauses();
        let year = base_year(words, clause).is_some() || holds(&words.last_year, clause);
        if !year || holds(&words.account_amounts, clause) {
            return;
        }
        let last = without_comparison(self.clauses(), clause);
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
    pub(super) fn reason(&self, text: &str, start: usize) -> Option<String> {
        let word = self.vocabulary.narrative.first_reason(text)?;
        let rest = text[word.end..].trim_start_matches([':', '：', ',', '，']);
        let begin = start + text.len() - rest.len();
        let end = rest.find(['。', ';', '；']).unwrap_or(rest.len());
        let reason = rest[..end].trim_end_matches([',', '，']);
        (reason.chars().count() >= 2).then(|| self.compact.printed(begin..begin + reason.len()))
    }
}
