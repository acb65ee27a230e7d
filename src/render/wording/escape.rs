//! The one way in which foreign text gets into HTML: escaped, and with every invisible character made visible.
//!
//! Foreign text that is written straight into a page's buffer goes through [`push_text`] or [`push_attribute`];
//! markup and our own words and numbers go through [`put!`].

/// Appends formatted text to a `String`, as `write!` does, without a result to look at: writing to a string cannot fail.
macro_rules! put {
    ($buffer:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($buffer, $($format)*);
    }};
}
pub(crate) use put;

/// Appends `text` as the content of an element.
///
/// Control characters become their pictures (U+2400 …), so that nothing is lost and nothing acts. Characters that
/// reorder the text around them and characters that HTML forbids become U+FFFD. TAB and line feed stay.
pub fn push_text(buffer: &mut String, text: &str) {
    push(buffer, text, false);
}

/// Appends `text` as the value of an attribute that stands between double quotation marks.
pub fn push_attribute(buffer: &mut String, text: &str) {
    push(buffer, text, true);
}

/// The text as [`push_text`] writes it.
pub fn text(text: &str) -> String {
    let mut buffer = String::with_capacity(text.len());
    push_text(&mut buffer, text);
    buffer
}

/// The text with every invisible character made visible and nothing escaped, for values that a template escapes.
pub fn visible(text: &str) -> String {
    let mut buffer = String::with_capacity(text.len());
    copy(&mut buffer, text, |character| picture(character).map(Replacement::Picture));
    buffer
}

fn push(buffer: &mut String, text: &str, quotes: bool) {
    copy(buffer, text, |character| replacement(character, quotes));
}

/// Copies the runs that need no change in one piece; most text is one such run.
fn copy(buffer: &mut String, text: &str, replacement: impl Fn(char) -> Option<Replacement>) {
    let bytes = text.as_bytes();
    let (mut copied, mut at) = (0, 0);
    while let Some(next) = bytes[at..].iter().position(|byte| SUSPECT[usize::from(*byte)]) {
        at += next;
        // Suspects begin a character: no byte within one is among them.
        let Some(character) = text[at..].chars().next() else { break };
        let (start, end) = (at, at + character.len_utf8());
        at = end;
        let Some(replacement) = replacement(character) else { continue };
        buffer.push_str(&text[copied..start]);
        match replacement {
            Replacement::Entity(entity) => buffer.push_str(entity),
            Replacement::Picture(picture) => buffer.push(picture),
        }
        copied = end;
    }
    buffer.push_str(&text[copied..]);
}

/// The bytes with which a character begins that may need a replacement. Chinese words have none of them.
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        suspect[byte] = match byte as u8 {
            b'\t' | b'\n' => false,
            0..0x20 | b'&' | b'<' | b'>' | b'"' | 0x7f => true,
            // Two bytes (controls, U+061C), U+2000 and on, U+F000 and on, four bytes.
            0xc2..=0xdf | 0xe2 | 0xef..=0xff => true,
            _ => false,
        };
        byte += 1;
    }
    suspect
};

enum Replacement {
    Entity(&'static str),
    Picture(char),
}

fn replacement(character: char, quotes: bool) -> Option<Replacement> {
    Some(match character {
        '&' => Replacement::Entity("&amp;"),
        '<' => Replacement::Entity("&lt;"),
        '>' => Replacement::Entity("&gt;"),
        '"' if quotes => Replacement::Entity("&quot;"),
        _ => Replacement::Picture(picture(character)?),
    })
}

/// What stands for a character that must not reach a page; `None` for all others.
fn picture(character: char) -> Option<char> {
    match character {
        '\t' | '\n' => None,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        // Bidirectional embeddings, overrides and isolates would show amounts in another order.
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        // Line and paragraph separators, byte order marks, non-characters.
        '\u{2028}' | '\u{2029}' | '\u{feff}' => Some(char::REPLACEMENT_CHARACTER),
        '\u{fdd0}'..='\u{fdef}' => Some(char::REPLACEMENT_CHARACTER),
        _ if u32::from(character) & 0xfffe == 0xfffe => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{SUSPECT, push_attribute, push_text, replacement, text};

    fn attribute(value: &str) -> String {
        let mut buffer = String::new();
        push_attribute(&mut buffer, value);
        buffer
    }

    #[test]
    fn every_character_that_is_replaced_begins_with_a_suspect_byte() {
        for character in char::MIN..=char::MAX {
            let first = character.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(replacement(character, true).is_none() || SUSPECT[usize::from(first)], "{character:?}");
        }
    }

    #[test]
    fn foreign_text_cannot_act() {
        for (given, expected) in [
            ("办公费 13.56", "办公费 13.56"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("A&B &lt;", "A&amp;B &amp;lt;"),
            ("a\0b\u{1b}[31m\u{7f}", "a␀b␛[31m␡"),
            ("第一行\n第二行\t第三格", "第一行\n第二行\t第三格"),
            ("1\u{202e}23.4\u{2066}", "1\u{fffd}23.4\u{fffd}"),
            ("\u{feff}表\u{ffff}\u{1fffe}", "\u{fffd}表\u{fffd}\u{fffd}"),
            ("\r\n", "␍\n"),
        ] {
            assert_eq!(text(given), expected, "{given:?}");
        }
        assert_eq!(attribute("\" onclick=\"x"), "&quot; onclick=&quot;x");
        assert_eq!(text("说“三公” \"经费\""), "说“三公” \"经费\"");
    }

    proptest! {
        #[test]
        fn no_string_leaves_its_element_or_its_attribute(given in any::<String>()) {
            let mut content = String::new();
            push_text(&mut content, &given);
            prop_assert!(!content.contains(['<', '>']));
            let value = attribute(&given);
            prop_assert!(!value.contains(['<', '>', '"']));
            prop_assert!(!value.chars().any(|character| character.is_control() && !matches!(character, '\t' | '\n')));
            let read = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            prop_assert_eq!(read.chars().count(), given.chars().count());
        }
    }
}
