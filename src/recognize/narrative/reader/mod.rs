//! Reads the sentences of one paragraph from left to right.

mod amounts;
mod changes;
mod shares;

use std::ops::Range;
use std::sync::LazyLock;

use compact_str::CompactString;
use regex::Regex;

use super::subjects::{self, Found, FunctionNames, named};
use super::{Compact, Narrative};
use crate::model::{Fact, Mention, Phase, Place, SubjectKind, Unit};
use crate::recognize::identity::Period;
use crate::vocabulary::{ClauseWords, NarrativeSubject, Vocabulary};

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
    /// The last amount, when nothing but its whole told its phase.
    assumed: Option<u32>,
    /// The phase of which the sentence spoke last.
    stated: Option<Phase>,
    /// True behind 其中: parts are of the phase of their whole.
    lists_parts: bool,
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
            let units = Unit::ALL.map(Unit::label).join("|");
            Regex::new(&format!("(\\d[\\d,]*(?:\\.\\d+)?)({units}|%)"))
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
                (state.owner, state.stated, state.lists_parts) = (None, None, false);
            }
            if let Some(reason) = self.reason(piece, at) {
                for waiting in std::mem::take(&mut state.waiting) {
                    state.paragraph.found.changes[waiting].reason = Some(reason.clone());
                }
            }
            at += piece.len();
        }
    }

    /// What the words before an amount (or a change) are about.
    fn subject(&self, state: &State, lead: &str, change: bool) -> Option<Found> {
        let in_list = !change && state.subject.as_ref().is_some_and(subjects::is_class);
        if let Some(found) = subjects::code(lead).or_else(|| subjects::class(self.vocabulary, lead, in_list)) {
            return Some(found);
        }
        let words = &self.vocabulary.narrative.subjects;
        let subject = words.before(lead, change)?;
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

    fn clauses(&self) -> &ClauseWords {
        &self.vocabulary.narrative.clauses
    }

    /// The sentence in which something stands, up to it; of one without an end the last part.
    fn sentence(&self, at: usize) -> &str {
        const LONGEST: usize = 6000;
        let text = &self.compact.text[..at];
        let reach = (at.saturating_sub(LONGEST)..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
        let start = text[reach..].rfind('。').map_or(reach, |stop| reach + stop + '。'.len_utf8());
        &text[start..]
    }
}
