//! How words are compared: width, blanks, quotes, ordinals and look-alike glyphs do not matter.

use std::sync::LazyLock;

/// Half-width for full-width ASCII, simplified for traditional and misread glyphs; everything else as it is.
pub fn fold(character: char) -> char {
    match character {
        '\0'..='\u{7f}' => character,
        _ => match folds().get(character as usize) {
            Some('\0') | None => character,
            Some(folded) => *folded,
        },
    }
}

/// What each glyph of the basic plane folds to, by its number; a zero where it stays as it is. A table, because every
/// glyph of every document asks.
fn folds() -> &'static [char] {
    static FOLDS: LazyLock<Box<[char]>> = LazyLock::new(|| {
        let mut folds = vec!['\0'; 0x1_0000];
        let lines = include_str!("glyphs.txt").lines().filter(|line| !line.starts_with('#'));
        for pair in lines.flat_map(str::split_whitespace) {
            let mut glyphs = pair.chars();
            if let (Some(printed), Some(meant)) = (glyphs.next(), glyphs.next()) {
                folds[printed as usize] = meant;
            }
        }
        for wide in '\u{ff01}'..='\u{ff5e}' {
            folds[wide as usize] = char::from_u32(wide as u32 - 0xfee0).unwrap_or(wide);
        }
        folds['\u{3000}' as usize] = ' ';
        folds['\u{a0}' as usize] = ' ';
        folds.into_boxed_slice()
    });
    &FOLDS
}

/// What stands in [`squeezed`] for a glyph that goes: no character of the basic plane.
const GONE: char = char::MAX;

/// What each glyph of the basic plane becomes when text is squeezed, by its number: one look instead of three questions.
fn squeezed() -> &'static [char] {
    static SQUEEZED: LazyLock<Box<[char]>> = LazyLock::new(|| {
        let squeezed = |number: u32| {
            let folded = fold(char::from_u32(number).unwrap_or_default());
            if folded.is_whitespace() || is_quote(folded) { GONE } else { folded }
        };
        (0..0x1_0000).map(squeezed).collect()
    });
    &SQUEEZED
}

/// Folded text without blanks and quotes.
pub fn squeeze(text: &str) -> String {
    let table = squeezed();
    let mut squeezed = String::with_capacity(text.len());
    // Most glyphs stay: they are taken over in runs.
    let mut run = 0;
    for (at, character) in text.char_indices() {
        let known = table.get(character as usize).copied().unwrap_or(character);
        if known != character {
            squeezed.push_str(&text[run..at]);
            run = at + character.len_utf8();
            if known != GONE {
                squeezed.push(known);
            }
        }
    }
    squeezed.push_str(&text[run..]);
    squeezed
}

/// The glyphs of [`squeeze`], for those who need only a few of them.
pub fn squeezed_glyphs(text: &str) -> impl DoubleEndedIterator<Item = char> {
    let squeezed = squeezed();
    text.chars().filter_map(move |character| match squeezed.get(character as usize) {
        Some(&GONE) => None,
        known => Some(known.copied().unwrap_or(character)),
    })
}

/// What stands before a part of a whole.
pub const OF_WHICH: &str = "其中";

/// The figures of Chinese ordinals.
pub const NUMERALS: &str = "一二三四五六七八九十百";

/// The form in which heads and labels are compared: squeezed, without units in brackets, marks and brackets.
pub fn key(text: &str) -> String {
    let mut key = squeeze(text);
    key.truncate(without_unit(&key).len());
    if key.contains(is_mark) {
        key.retain(|character| !is_mark(character));
    }
    key
}

/// A label without what stands before its words: 一、 （二） 3. (4) ① 其中：
pub fn without_ordinal(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let next = ordinal_end(rest).map_or(rest, |end| rest[end..].trim_start());
        let next = without_lead(next).trim_start();
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
    }
}

fn without_lead(text: &str) -> &str {
    text.strip_prefix(OF_WHICH).map_or(text, |rest| rest.strip_prefix([':', '：']).unwrap_or(rest))
}

/// The form in which row labels are compared: without ordinal, then as [`key`].
pub fn label_key(text: &str) -> String {
    key(without_ordinal(text))
}

/// True for a label that says of itself that it is a part: 其中.
pub fn is_of_which(text: &str) -> bool {
    // Most labels are none and say so with their glyphs.
    if !text.chars().any(|character| fold(character) == '其') {
        return false;
    }
    let squeezed = squeeze(text);
    ordinal_end(&squeezed).map_or(squeezed.as_str(), |end| &squeezed[end..]).starts_with(OF_WHICH)
}

/// True for text with at least one Chinese character.
pub fn has_han(text: &str) -> bool {
    text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
}

/// The Chinese ordinal at the start of a label, as a number: 二十一、 is 21.
pub fn chinese_ordinal(text: &str) -> Option<u32> {
    let squeezed = squeeze(text);
    let inner = squeezed.trim_start_matches(['(', '第']);
    let numeral: String = inner.chars().take_while(|character| is_numeral(*character)).collect();
    let value = |glyph: char| NUMERALS.chars().take(9).position(|one| one == glyph).map(|at| at as u32 + 1);
    match numeral.split_once('十') {
        None => numeral.chars().next().and_then(value).filter(|_| numeral.chars().count() == 1),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { tens.chars().next().and_then(value)? };
            let ones = if ones.is_empty() { 0 } else { ones.chars().next().and_then(value)? };
            Some(tens * 10 + ones)
        }
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '〞' | '〝')
}

fn is_mark(character: char) -> bool {
    matches!(
        character,
        '(' | ')' | '[' | ']' | ':' | ',' | '、' | '.' | '。' | '*' | '《' | '》' | '-' | '—' | '·' | ';' | '_' | '|'
    )
}

/// Drops (万元), (单位:元) and the like.
fn without_unit(text: &str) -> &str {
    if !text.ends_with(')') {
        return text;
    }
    ["(单位:万元)", "(单位:元)", "(万元)", "(元)", "(亿元)", "(千元)"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
}

fn is_numeral(character: char) -> bool {
    matches!(character, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Where the ordinal at the start ends, in bytes.
fn ordinal_end(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let open = matches!(first, '(' | '（');
    let body = if open { first.len_utf8() } else { 0 };
    let mut end = body;
    let mut arabic = false;
    for character in text[body..].chars() {
        let digit = fold(character).is_ascii_digit();
        if !digit && !is_numeral(character) {
            break;
        }
        arabic |= digit;
        end += character.len_utf8();
    }
    if end == body {
        return ('①'..='⑳').contains(&first).then_some(first.len_utf8());
    }
    let mark = text[end..].chars().next()?;
    let fits = match mark {
        '、' => true,
        ')' | '）' => open || arabic,
        '.' | '．' => arabic && !text[end + mark.len_utf8()..].starts_with(|next: char| next.is_ascii_digit()),
        _ => false,
    };
    fits.then_some(end + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{chinese_ordinal, key, label_key, squeeze};

    #[test]
    fn comparison_ignores_what_does_not_matter() {
        let cases = [
            ("二十一、住房保障支出", "住房保障支出"),
            ("（二） 政府性基金预算拨款", "政府性基金预算拨款"),
            ("(二十四) 灾害防治及应急管理", "灾害防治及应急管理"),
            ("其中: 财政拨款", "财政拨款"),
            ("1.一般公共预算拨款", "一般公共预算拨款"),
            ("1、机关工资福利支出", "机关工资福利支出"),
            ("支 出 总 计", "支出总计"),
            ("項目", "项目"),
            ("1.5倍", "15倍"),
        ];
        for (label, expected) in cases {
            assert_eq!(label_key(label), expected, "{label}");
        }
        assert_eq!(key("因公出国(境)费"), "因公出国境费");
        assert_eq!(key("项目金额（万元）"), "项目金额");
        assert_eq!(squeeze("“三公”经费　合计"), "三公经费合计");
    }

    #[test]
    fn chinese_ordinals_are_numbers() {
        let cases = [
            ("一、甲", Some(1)),
            ("十、乙", Some(10)),
            ("二十九、丙", Some(29)),
            ("（三十）丁", Some(30)),
            ("甲", None),
        ];
        for (text, expected) in cases {
            assert_eq!(chinese_ordinal(text), expected, "{text}");
        }
    }
}
