//! Making text from documents harmless for a terminal.

use std::borrow::Cow;

/// The text with every character replaced that a terminal would obey instead of show: control characters, and the
/// marks that change the direction of writing. Each becomes one visible character, so that columns stay right.
/// Line ends and TABs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| picture(character) == character) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(picture).collect())
}

fn picture(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => '\u{fffd}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        for (text, shown) in [
            ("收入\t3020.78", "收入\t3020.78"),
            ("\u{1b}[2J清屏\u{7}", "␛[2J清屏␇"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\u{202e}b\r", "a\u{fffd}b␍"),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(visible(text).chars().count(), text.chars().count());
        }
    }
}
