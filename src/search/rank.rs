//! Ranking: how well a record answers the words of a query.

use super::gram::Field;
use super::kinds::RecordType;
use super::record::Fields;

/// How a record answers a query, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Its name is the only word of the query.
    ExactName,
    /// Its name begins with it. The name of an organization begins with its region, which readers leave out: for
    /// departments and disclosures any place in the name counts, and for departments the pinyin of the name.
    NamePrefix,
    /// It stands in its code.
    Code,
    /// It stands in the name of a project.
    Project,
    /// It stands in a term that a document explains.
    Term,
    /// It stands in another name.
    Name,
    /// It stands in its text or amount.
    Text,
}

impl Tier {
    /// All tiers, the best first.
    pub(super) const ALL: [Tier; 7] =
        [Tier::ExactName, Tier::NamePrefix, Tier::Code, Tier::Project, Tier::Term, Tier::Name, Tier::Text];

    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Tier::ExactName => "exact_name",
            Tier::NamePrefix => "name_prefix",
            Tier::Code => "code",
            Tier::Project => "project",
            Tier::Term => "term",
            Tier::Name => "name",
            Tier::Text => "text",
        }
    }
}

/// Tier and number: what comes first is the better answer.
pub(super) type Rank = (Tier, u32);

/// The tier of a record for folded words. `own` tells how each stands in the record's own fields ([`word_tier`]),
/// `context` whether its context holds it. It is the best tier at which each word stands in the own fields or in the
/// context, and one of them in the own fields; `None` when there is no such tier.
pub(super) fn tier(fields: &Fields, words: &[String], own: &[Option<Tier>], context: &[bool]) -> Option<Tier> {
    let best = own.iter().flatten().min()?;
    let elsewhere = || own.iter().zip(context).filter(|(_, context)| !**context).map(|(own, _)| *own);
    if elsewhere().any(|own| own.is_none()) {
        return None;
    }
    if let [word] = words
        && fields.name == *word
    {
        return Some(Tier::ExactName);
    }
    elsewhere().flatten().max().or(Some(*best))
}

/// How a folded word stands in a record's own fields; `None` when it does not. A single character is only looked for
/// where names begin, and in the names of departments.
pub(super) fn word_tier(kind: RecordType, fields: &Fields, word: &str) -> Option<Tier> {
    let named = fields.name.contains(word);
    if word.chars().nth(1).is_none() {
        return (fields.name.starts_with(word) || kind == RecordType::Department && named).then_some(Tier::NamePrefix);
    }
    let within = match kind.name_field() {
        Field::Organization => Tier::NamePrefix,
        Field::Project => Tier::Project,
        Field::Term => Tier::Term,
        _ => Tier::Name,
    };
    let text = || fields.text.contains(word);
    match () {
        () if fields.name.starts_with(word) || fields.alias.contains(word) => Some(Tier::NamePrefix),
        () if named && within == Tier::NamePrefix => Some(within),
        () if fields.code.contains(word) => Some(Tier::Code),
        () if named => Some(within),
        () => text().then_some(Tier::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tier, tier, word_tier};
    use crate::search::RecordType;
    use crate::search::record::Fields;

    fn tier_of(kind: RecordType, fields: &Fields, words: &[&str], context: &[bool]) -> Option<Tier> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let own: Vec<Option<Tier>> = words.iter().map(|word| word_tier(kind, fields, word)).collect();
        tier(fields, &words, &own, context)
    }

    #[test]
    fn names_come_before_codes_and_codes_before_text() {
        for (kind, name, code, query, want) in [
            (RecordType::Project, "政务外网", "", "政务外网", Tier::ExactName),
            (RecordType::Project, "政务外网租赁", "", "政务外网", Tier::NamePrefix),
            (RecordType::Department, "某区大数据局", "", "大数据局", Tier::NamePrefix),
            (RecordType::Function, "行政运行", "2012901", "2012", Tier::Code),
            (RecordType::Project, "电子政务外网", "", "外网", Tier::Project),
            (RecordType::Term, "机关运行经费", "", "运行", Tier::Term),
            (RecordType::Economic, "公务接待费", "30217", "接待", Tier::Name),
            (RecordType::Paragraph, "接待说明", "", "接待", Tier::Text),
            (RecordType::Project, "“三公”经费", "", "三公 经费", Tier::Project),
            (RecordType::Project, "外网线路租赁", "", "外网 租赁", Tier::Project),
        ] {
            let words: Vec<&str> = query.split(' ').collect();
            let fields = Fields::new(kind, [name, "", code, "", ""]);
            let got = tier_of(kind, &fields, &words, &vec![false; words.len()]);
            assert_eq!(got, Some(want), "{name} {query}");
        }
        let fields = Fields::new(RecordType::Department, ["甲区财政局", "jiaqucaizhengju\njqczj", "", "", ""]);
        assert_eq!(tier_of(RecordType::Department, &fields, &["czj"], &[false]), Some(Tier::NamePrefix));
    }

    #[test]
    fn a_word_that_the_context_holds_does_not_make_the_answer_worse() {
        let fields = Fields::new(RecordType::Project, ["外网线路", "", "", "2024年续租", ""]);
        for (words, context, want) in [
            (["2024", "外网"], [false, false], Some(Tier::Text)),
            (["2024", "外网"], [true, false], Some(Tier::NamePrefix)),
            (["某区", "外网"], [true, false], Some(Tier::NamePrefix)),
            (["某区", "外网"], [false, false], None),
            (["某区", "财政"], [true, true], None),
            (["2024", "外网"], [true, true], Some(Tier::NamePrefix)),
        ] {
            assert_eq!(tier_of(RecordType::Project, &fields, &words, &context), want, "{words:?} {context:?}");
        }
    }
}
