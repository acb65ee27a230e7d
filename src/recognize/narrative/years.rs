//! Of which year a sentence speaks when it states an amount.

use crate::vocabulary::ClauseWords;
use crate::vocabulary::matching::holds;

/// True when the last year before an amount, in its sentence, is another than the document's own. 「2021年收入合计…，
/// 支出合计…」 in a document of 2022 speaks of 2021 to its end. Years of comparisons, dates and balances count for nothing.
pub(super) fn is_another(words: &ClauseWords, sentence: &str, own: u16) -> bool {
    spoken_of(words, sentence, own).is_some_and(|year| year != own) && own > 0
}

fn spoken_of(words: &ClauseWords, sentence: &str, own: u16) -> Option<u16> {
    let figures = sentence.match_indices('年').filter_map(|(at, _)| {
        let start = at.checked_sub(4)?;
        let year: u16 = sentence.get(start..at)?.parse().ok().filter(|year| (2000..2100).contains(year))?;
        Some((start, at + '年'.len_utf8(), year))
    });
    let last_year = words.last_year.iter().flat_map(|word| sentence.match_indices(word.as_str()));
    let told = last_year.map(|(at, word)| (at, at + word.len(), own.saturating_sub(1)));
    let spoken = figures.chain(told).filter(|(start, end, _)| !is_aside(words, &sentence[..*start], &sentence[*end..]));
    spoken.max_by_key(|(start, ..)| *start).map(|(_, _, year)| year)
}

/// True for a year that the sentence only compares with, a date, and the year from which a balance is carried over.
fn is_aside(words: &ClauseWords, before: &str, after: &str) -> bool {
    let compared = before.ends_with(['比', '较', '与', '同', '和', '(', '〔', '[', '至', '从', '自', '为']);
    let after = after.trim_start_matches('度');
    let clause = after.split([',', '，', '。', ';', '；']).next().unwrap_or(after);
    let date = after.starts_with(|next: char| next.is_ascii_digit());
    compared || date || holds(&words.balances, clause)
}

#[cfg(test)]
mod tests {
    use super::is_another;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn a_sentence_about_another_year() {
        let cases = [
            ("2021年收入合计3万元,支出合计", true),
            ("2022年收入合计", false),
            ("收入合计", false),
            ("与2021年相比,收入合计", false),
            ("2022年收入合计3万元,比上年增加1万元,支出合计", false),
            ("2021年决算数为3万元,2022年预算数为", false),
            ("截至2021年12月31日,共有房屋", false),
            ("2021年度结转资金", false),
            ("上年预算数为", true),
            ("上年结转", false),
        ];
        let words = &Vocabulary::builtin().narrative.clauses;
        for (sentence, another) in cases {
            assert_eq!(is_another(words, sentence, 2022), another, "{sentence}");
        }
    }
}
