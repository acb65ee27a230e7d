//! Ranking: how well a record answers the words of a query.

use super::kinds::RecordType;
use super::record::Fields;

/// How a record answers a query, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Its name is what was asked for.
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

/// The tier of a word that stands in a name, not where it begins.
pub(super) fn name_tier(kind: RecordType) -> Tier {
    match kind {
        RecordType::Department | RecordType::Disclosure => Tier::NamePrefix,
        RecordType::Project => Tier::Project,
        RecordType::Term => Tier::Term,
        _ => Tier::Name,
    }
}

/// The tier of a record for folded words, of which it holds those marked as its own: that of the worst of them.
pub(super) fn tier(kind: RecordType, fields: &Fields, words: &[String], own: &[bool]) -> Tier {
    if fields.name == words.concat() {
        return Tier::ExactName;
    }
    let own = words.iter().zip(own).filter(|(_, own)| **own);
    own.map(|(word, _)| word_tier(kind, fields, word)).max().unwrap_or(Tier::Text)
}

fn word_tier(kind: RecordType, fields: &Fields, word: &str) -> Tier {
    let (named, aliased) = (fields.name.contains(word), fields.alias.contains(word));
    if fields.name.starts_with(word) || aliased || named && kind.is_organization() {
        Tier::NamePrefix
    } else if fields.code.contains(word) {
        Tier::Code
    } else if named {
        name_tier(kind)
    } else {
        Tier::Text
    }
}

#[cfg(test)]
mod tests {
    use super::{Tier, tier};
    use crate::search::RecordType;
    use crate::search::record::Fields;

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
            (RecordType::Project, "“三公”经费", "", "三公 经费", Tier::ExactName),
            (RecordType::Project, "外网线路", "", "外网 租赁", Tier::Text),
        ] {
            let words: Vec<String> = query.split(' ').map(str::to_owned).collect();
            let fields = Fields::new(kind, [name, "", code, "", ""]);
            assert_eq!(tier(kind, &fields, &words, &vec![true; words.len()]), want, "{name} {query}");
        }
        let fields = Fields::new(RecordType::Project, ["外网", "", "", "", ""]);
        assert_eq!(
            tier(RecordType::Project, &fields, &["某区".to_owned(), "外".to_owned()], &[false, true]),
            Tier::NamePrefix,
            "a word that only the context holds does not make the answer worse"
        );
        let fields = Fields::new(RecordType::Department, ["甲区财政局", "jiaqucaizhengju\njqczj", "", "", ""]);
        assert_eq!(tier(RecordType::Department, &fields, &["czj".to_owned()], &[true]), Tier::NamePrefix);
    }
}
