//! What stands around a table: its title, its unit, the sentence that says it is empty.

use crate::model::Unit;
use crate::vocabulary::text::{self, NUMERALS, squeeze};
use crate::vocabulary::{StatementRule, TableWords, Vocabulary};

/// Longer lines are sentences.
const LONGEST_TITLE: usize = 60;

/// A title found in a line or cell.
pub(super) struct Title<'vocabulary> {
    pub(super) text: String,
    pub(super) rule: Option<&'vocabulary StatementRule>,
}

/// Reads a line as the title of a table: it speaks of a 表 and is no sentence, note or contents line.
pub(super) fn read_title<'vocabulary>(vocabulary: &'vocabulary Vocabulary, line: &str) -> Option<Title<'vocabulary>> {
    if !line.chars().any(|character| text::fold(character) == '表') {
        return None;
    }
    let text = tidy(line);
    let squeezed = squeeze(&text);
    let sentence = squeezed.contains(['。', ';', '；']) || squeezed.ends_with(['，', ',', '、']);
    let words = &vocabulary.tables;
    let about = words.not_titles.iter().any(|word| squeezed.contains(word.as_str()));
    let note = words.begins_as_note(&squeezed);
    // Contents lists lead to their pages with dots.
    let contents = squeezed.contains("……") || squeezed.contains("....");
    if !squeezed.contains('表') || sentence || about || note || contents || text.chars().count() > LONGEST_TITLE {
        return None;
    }
    let rule = vocabulary.statements.of_title(&text);
    Some(Title { text, rule })
}

/// True for the number of a table in its set rather than its name: 公开03表, 附表7, 表一.
pub(super) fn is_number(words: &TableWords, title: &str) -> bool {
    let squeezed = squeeze(title);
    let leads = words.number_leads.iter();
    let bare = leads.fold(squeezed.as_str(), |bare, lead| bare.trim_start_matches(lead.as_str()));
    let bare = bare.trim_start_matches('附').trim_matches('表');
    bare.len() < squeezed.len()
        && bare.chars().all(|glyph| glyph.is_ascii_digit() || NUMERALS.contains(glyph) || "-—_()第".contains(glyph))
}

/// A title without Markdown and needless blanks.
pub(super) fn tidy(line: &str) -> String {
    let bare = line.trim().trim_start_matches(['#', '-', ' ']).replace("**", "");
    let mut tidy = String::with_capacity(bare.len());
    let mut characters = bare.trim().chars().peekable();
    while let Some(character) = characters.next() {
        let latin = |other: Option<char>| other.is_some_and(|other| other.is_ascii_alphanumeric());
        // A blank between Chinese glyphs is spacing, between Latin words it is a blank.
        if character.is_whitespace() && !(latin(tidy.chars().last()) && latin(characters.peek().copied())) {
            continue;
        }
        tidy.push(character);
    }
    tidy
}

/// The unit that a text states: 单位：万元, 金额单位:元, (单位/万元).
pub(in crate::recognize) fn read_unit(text: &str) -> Option<Unit> {
    if !text.chars().any(|character| text::fold(character) == '位') {
        return None;
    }
    let squeezed = squeeze(text);
    squeezed.match_indices("位").find_map(|(at, _)| {
        let rest = squeezed[at + "位".len()..].trim_start_matches([':', '/', '为', '是']);
        // 单位 without a mark is a budget unit: 单位名称.
        if rest.len() + "位".len() == squeezed.len() - at && !rest.starts_with(['万', '元', '千', '亿']) {
            return None;
        }
        unit_at_start(rest)
    })
}

/// The unit in brackets behind a head: 部门预算总额（万元）.
pub(in crate::recognize) fn read_bracketed_unit(text: &str) -> Option<Unit> {
    let squeezed = squeeze(text);
    let (_, inner) = squeezed.rsplit_once('(')?;
    unit_at_start(inner).filter(|unit| inner.trim_end_matches(')') == unit.label())
}

fn unit_at_start(text: &str) -> Option<Unit> {
    Unit::ALL.into_iter().find(|unit| text.starts_with(unit.label()))
}

#[cfg(test)]
mod tests {
    use super::{read_title, read_unit, tidy};
    use crate::model::Unit;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn titles_and_what_is_none() {
        let title =
            |line: &str| read_title(Vocabulary::builtin(), line).map(|title| (title.text, title.rule.is_some()));
        assert_eq!(title("# 2024 年部门收支预算表"), Some(("2024年部门收支预算表".to_owned(), true)));
        assert_eq!(title("公开 01 表"), Some(("公开01表".to_owned(), false)));
        assert_eq!(title("注：本表反映部门本年度的总收支。"), None);
        assert_eq!(title("依法向省人民代表大会提出议案。"), None);
        assert_eq!(tidy("## 财政拨款 收 支 预算表 BB 2"), "财政拨款收支预算表BB 2");
    }

    #[test]
    fn units_are_read_where_they_are_stated() {
        let cases = [
            ("单位：万元", Some(Unit::TenThousandYuan)),
            ("编制部门：某办公室 单位：元", Some(Unit::Yuan)),
            ("单位：/万元", Some(Unit::TenThousandYuan)),
            ("平位: 万元", Some(Unit::TenThousandYuan)),
            ("金额单位：万元", Some(Unit::TenThousandYuan)),
            ("单位名称：某单位", None),
            ("部门名称：元氏县单位", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read_unit(text), expected, "{text}");
        }
    }
}
