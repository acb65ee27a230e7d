//! Percentages: the rate of a change, the share of a part.

use std::ops::Range;

use super::{Reader, State};
use crate::model::{Fact, Share, SubjectKind};
use crate::recognize::number::read_number;

impl Reader<'_> {
    pub(super) fn percent(&self, state: &mut State, lead: &str, range: Range<usize>) {
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
        /// 占支出合计的
        const LONGEST: usize = 6;
        let share = lead
            .rsplit([',', '，'])
            .next()
            .is_some_and(|clause| clause.starts_with('占') && clause.chars().count() <= LONGEST);
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
}
