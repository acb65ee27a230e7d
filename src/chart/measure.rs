//! How wide a text will be, and where it may break. No font is read: the picture must not depend on the fonts of the
//! machine that builds it, and the reader's system chooses its own.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// The width of `text` in pixels at a font size.
///
/// One em per CJK glyph and a generous share of it for the others: of the system fonts the widest (PingFang digits are
/// 0.6 em) must not overflow what was reserved.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().filter_map(printable).map(em).sum::<f64>() * size
}

/// The character to print for one of a document: line breaks become spaces; control characters, which no SVG file may
/// hold, and marks that turn the writing direction are dropped.
pub(super) fn printable(character: char) -> Option<char> {
    match character {
        '\t' | '\n' | '\r' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{fffe}' | '\u{ffff}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

fn em(character: char) -> f64 {
    match character {
        ' ' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | 'i' | 'j' | 'l' => 0.35,
        '(' | ')' | '[' | ']' | '-' | '/' | 'f' | 't' | 'r' | 'I' => 0.45,
        '%' | '@' | 'm' | 'w' | 'M' | 'W' => 0.95,
        'A'..='Z' | '&' | '<' | '>' | '+' | '=' | '~' | '#' => 0.72,
        ' '..='~' => 0.6,
        _ => match character.width_cjk() {
            Some(0) => 0.0,
            Some(1) => 0.6,
            _ => 1.0,
        },
    }
}

/// The text in lines that are no wider than `width`. A line ends where the text has a joint if that costs little room,
/// never within a number or a Latin word (unless the word alone is too wide), never before closing punctuation.
pub(super) fn wrap(text: &str, size: f64, width: f64) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while let Some(end) = line_end(rest, size, width) {
        lines.push(rest[..end].trim_end());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest);
    }
    lines
}

/// Where the first line of `text` ends; `None` when all of it fits.
fn line_end(text: &str, size: f64, width: f64) -> Option<usize> {
    let (mut used, mut before) = (0.0, None::<char>);
    let (mut joint, mut allowed) = (0, 0);
    for (at, character) in text.char_indices() {
        if let Some(before) = before
            && may_break(before, character)
        {
            allowed = at;
            if is_joint(before, character) && used >= width * 0.6 {
                joint = at;
            }
        }
        used += printable(character).map_or(0.0, em) * size;
        if used > width && at > 0 {
            return Some([joint, allowed, at].into_iter().find(|end| *end > 0).unwrap_or(at));
        }
        before = Some(character);
    }
    None
}

fn may_break(before: char, after: char) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '-' | '_');
    let inseparable = word(before) && word(after);
    !(inseparable || is_opening(before) || is_closing(after))
}

/// Between the parts of a long name: before a parenthesis, after a comma.
fn is_joint(before: char, after: char) -> bool {
    is_opening(after) || is_closing(before) || before == ' '
}

fn is_opening(character: char) -> bool {
    matches!(character, '（' | '(' | '“' | '‘' | '《' | '〈' | '「' | '『' | '〔' | '【' | '[')
}

fn is_closing(character: char) -> bool {
    matches!(
        character,
        '）' | ')'
            | '”'
            | '’'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '〕'
            | '】'
            | ']'
            | '、'
            | '，'
            | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '％'
            | '…'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '%'
    )
}

/// A text of at most `limit` characters: the middle goes, because names differ at their ends.
pub(super) fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= limit {
        return Cow::Borrowed(text);
    }
    let (head, tail) = (limit * 2 / 3, limit - limit * 2 / 3 - 1);
    let mut short: String = text.chars().take(head).collect();
    short.push('…');
    short.extend(text.chars().skip(count - tail));
    Cow::Owned(short)
}

/// A text no wider than `width`, for places where nothing can wrap: numbers, which are short unless a file is odd.
pub(super) fn fit(text: &str, size: f64, width: f64) -> Cow<'_, str> {
    if self::width(text, size) <= width {
        return Cow::Borrowed(text);
    }
    let limits = (2..=48).rev();
    limits.map(|limit| shorten(text, limit)).find(|short| self::width(short, size) <= width).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        for (text, ems) in
            [("", 0.0), ("预算", 2.0), ("“三公”", 4.0), ("12", 1.2), ("0.70", 2.15), ("a\u{202e}\u{1}", 0.6)]
        {
            assert!((width(text, 10.0) - ems * 10.0).abs() < 1e-9, "{text:?} is {}", width(text, 10.0));
        }
    }

    #[test]
    fn lines() {
        for (text, ems, expected) in [
            ("一般公共服务支出", 8.0, vec!["一般公共服务支出"]),
            ("一般公共服务支出", 5.0, vec!["一般公共服", "务支出"]),
            ("公务用车购置（境）费", 8.0, vec!["公务用车购置", "（境）费"]),
            ("社会保障、就业与卫生", 7.0, vec!["社会保障、", "就业与卫生"]),
            ("一二三四（五）", 6.0, vec!["一二三四", "（五）"]),
            ("项目2024001号", 4.0, vec!["项目", "202400", "1号"]),
            ("预算1074.61万元", 5.0, vec!["预算", "1074.61万", "元"]),
            ("", 6.0, vec![""]),
        ] {
            assert_eq!(wrap(text, 10.0, ems * 10.0), expected, "{text}");
        }
    }

    #[test]
    fn shortened_names_keep_both_ends() {
        assert_eq!(shorten("甲乙丙丁", 4), "甲乙丙丁");
        assert_eq!(shorten("甲乙丙丁戊己庚（本级）", 8), "甲乙丙丁戊…级）");
        assert_eq!(fit("甲乙丙丁戊己庚（本级）", 10.0, 80.0), "甲乙丙丁戊…级）");
        assert_eq!(fit("1074.61", 10.0, 80.0), "1074.61");
    }
}
