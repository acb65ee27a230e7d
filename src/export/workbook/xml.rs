//! Text inside of the XML of a workbook.

/// Appends text so that it stands in an element or in an attribute of a workbook as it is. What XML cannot hold stands as
/// `_x0001_`, which office programs read as that character.
pub(super) fn push_escaped(xml: &mut String, text: &str) {
    let mut done = 0;
    for (at, character) in text.char_indices() {
        let escaped = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' if !matches!(character, '\t' | '\n') => "",
            // What only looks like such a character is none.
            '_' if is_code(&text[at..]) => "_x005F_",
            _ => continue,
        };
        xml.push_str(&text[done..at]);
        xml.push_str(escaped);
        if escaped.is_empty() {
            xml.push_str(&format!("_x{:04X}_", u32::from(character)));
        }
        done = at + character.len_utf8();
    }
    xml.push_str(&text[done..]);
}

/// True when a text begins like `_x0001_`.
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[2..6].iter().all(u8::is_ascii_hexdigit) && bytes[6] == b'_'
}

/// Appends the name of a column: A to Z, then AA. `column` counts from 0.
pub(super) fn push_column(xml: &mut String, column: usize) {
    if column >= 26 {
        push_column(xml, column / 26 - 1);
    }
    xml.push(char::from(b'A' + (column % 26) as u8));
}

#[cfg(test)]
mod tests {
    use super::{push_column, push_escaped};

    #[test]
    fn text_stays_what_it_is() {
        for (text, expected) in [
            ("一般公共服务支出", "一般公共服务支出"),
            ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"),
            ("\u{1}x\t\n\r\u{ffff}", "_x0001_x\t\n_x000D__xFFFF_"),
            ("_x0041_", "_x005F_x0041_"),
            ("_x004_ _", "_x004_ _"),
            ("_x00表_", "_x00表_"),
        ] {
            let mut xml = String::new();
            push_escaped(&mut xml, text);
            assert_eq!(xml, expected);
        }
    }

    #[test]
    fn columns_have_letters() {
        for (column, expected) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            let mut name = String::new();
            push_column(&mut name, column);
            assert_eq!(name, expected);
        }
    }
}
