//! Ranking: how well a record answers the words of a query.

use std::cmp::Ordering;

use super::normalize::normalize;
use super::record::RecordType;

/// How a record answers a query, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Its name is what was asked for.
    ExactName,
    /// Its name begins with it. The name of an organization begins with its region, which readers leave out: for
    /// departments and disclosures any place in the name counts.
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

/// The tier of a record for folded words, of which it holds those marked as its own: that of the worst of them.
pub(super) fn tier(kind: RecordType, name: &str, code: &str, words: &[String], own: &[bool]) -> Tier {
    let (name, code) = (normalize(name), normalize(code));
    if name == words.concat() {
        return Tier::ExactName;
    }
    let own = words.iter().zip(own).filter(|(_, own)| **own);
    own.map(|(word, _)| word_tier(kind, &name, &code, word)).max().unwrap_or(Tier::Text)
}

fn word_tier(kind: RecordType, name: &str, code: &str, word: &str) -> Tier {
    let organization = matches!(kind, RecordType::Department | RecordType::Disclosure);
    if name.starts_with(word) || organization && name.contains(word) {
        Tier::NamePrefix
    } else if code.contains(word) {
        Tier::Code
    } else if !name.contains(word) {
        Tier::Text
    } else {
        match kind {
            RecordType::Project => Tier::Project,
            RecordType::Term => Tier::Term,
            _ => Tier::Name,
        }
    }
}

/// Compares two amounts in yuan by size, without their signs; no amount is the smallest. Both are written by
/// [`crate::export::yuan_text`], so whole parts compare by length and digits, and decimals compare as text.
pub(super) fn by_size(left: &str, right: &str) -> Ordering {
    let parts = |yuan: &str| {
        let yuan = yuan.trim_start_matches('-');
        let (whole, decimals) = yuan.split_once('.').unwrap_or((yuan, ""));
        (whole.len(), whole.to_owned(), decimals.to_owned())
    };
    parts(left).cmp(&parts(right))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::{Tier, by_size, tier};
    use crate::search::RecordType;

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
            (RecordType::Paragraph, "说明", "", "接待", Tier::Text),
            (RecordType::Project, "“三公”经费", "", "三公 经费", Tier::ExactName),
            (RecordType::Project, "外网线路", "", "外网 租赁", Tier::Text),
        ] {
            let words: Vec<String> = query.split(' ').map(str::to_owned).collect();
            assert_eq!(tier(kind, name, code, &words, &vec![true; words.len()]), want, "{name} {query}");
        }
        assert_eq!(
            tier(RecordType::Project, "外网", "", &["某区".to_owned(), "外".to_owned()], &[false, true]),
            Tier::NamePrefix,
            "a word that only the context holds does not make the answer worse"
        );
    }

    #[test]
    fn amounts_compare_as_numbers_without_sign() {
        for (left, right, want) in [
            ("9.00", "10.00", Ordering::Less),
            ("-20.00", "10.00", Ordering::Greater),
            ("0.125", "0.12", Ordering::Greater),
            ("", "0.00", Ordering::Less),
            ("10.00", "10.00", Ordering::Equal),
        ] {
            assert_eq!(by_size(left, right), want, "{left} {right}");
        }
    }
}
