//! Markup inside cells and lines: tags and entities that extraction left behind.

use std::borrow::Cow;

use compact_str::CompactString;

/// A line without tags and entities and without the pipes around its only cell, for those who look at lines rather than
/// blocks.
pub fn plain_line(raw: &str) -> CompactString {
    cell_text(raw.trim_matches(|glyph| is_blank(glyph) || glyph == '|'))
}

/// The text of a cell without tags, entities, formulas and outer blanks.
pub(super) fn cell_text(raw: &str) -> CompactString {
    let trimmed = raw.trim_matches(is_blank);
    if stands_for_nothing(trimmed) {
        return CompactString::default();
    }
    CompactString::from(without_formulas(&without_markup(trimmed)).trim_matches(is_blank))
}

/// What programs that turn worksheets into text write for an empty cell, and for a column without a head.
fn stands_for_nothing(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'N' | b'n' | b'<') => matches!(text, "NaN" | "nan" | "NaT" | "None" | "none" | "null" | "NULL" | "<NA>"),
        Some(b'U') => text.strip_prefix("Unnamed:").is_some_and(|rest| {
            rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'_') || byte.is_ascii_alphabetic())
        }),
        _ => false,
    }
}

/// Numbers that text recognition wrote as formulas are numbers: `$8741.06$`, `$\mathbf{1 2 . 5 \%}$`.
pub(super) fn without_formulas(text: &str) -> Cow<'_, str> {
    if !text.contains('$') {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let formula = rest[at + 1..].find('$').map(|length| (length, number_in(&rest[at + 1..at + 1 + length])));
        clean.push_str(&rest[..at]);
        match formula {
            Some((length, Some(number))) => {
                clean.push_str(&number);
                rest = &rest[at + length + 2..];
            }
            _ => {
                clean.push('$');
                rest = &rest[at + 1..];
            }
        }
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

/// The number that a formula is, without the commands around it and the blanks between its digits.
fn number_in(formula: &str) -> Option<String> {
    const COMMANDS: [&str; 8] =
        ["\\mathbf", "\\mathrm", "\\bf", "\\rm", "\\textbf", "\\text", "\\boldsymbol", "\\mathsf"];
    let mut bare = formula.replace("\\%", "%").replace("\\,", "");
    for command in COMMANDS {
        bare = bare.replace(command, "");
    }
    bare.retain(|glyph| !is_blank(glyph) && !matches!(glyph, '{' | '}'));
    let is_part = |glyph: char| glyph.is_ascii_digit() || matches!(glyph, '.' | ',' | '-' | '%' | '(' | ')');
    (bare.bytes().any(|byte| byte.is_ascii_digit()) && bare.chars().all(is_part)).then_some(bare)
}

/// True for every kind of blank that documents use, the ideographic space included.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{200b}')
}

/// Removes tags such as `<b>`, Markdown's `**` and the common entities. Anything that is no tag stays.
fn without_markup(text: &str) -> Cow<'_, str> {
    // Two stars alone are the mark of a column that is not counted.
    if !text.contains(['<', '&', '*', '\\']) || text == "**" {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&', '*', '\\']) {
        clean.push_str(&rest[..at]);
        rest = &rest[at..];
        let (replacement, length) = markup_at(rest);
        clean.push_str(replacement);
        rest = &rest[length..];
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

/// What stands for the markup at the start of `rest`, and how many bytes it takes.
fn markup_at(rest: &str) -> (&str, usize) {
    const ENTITIES: [(&str, &str); 6] =
        [("&nbsp;", " "), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
    if let Some(tag) = tag_length(rest) {
        return ("", tag);
    }
    if rest.starts_with("**") {
        // A row of three and more is a mark of the document, such as a masked value.
        let stars = rest.bytes().take_while(|byte| *byte == b'*').count();
        return if stars == 2 { ("", 2) } else { (&rest[..stars], stars) };
    }
    if let Some((entity, character)) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity)) {
        return (character, entity.len());
    }
    // Converters escape what Markdown could take for markup: 1\\. 2\\-
    if let Some(escaped) = rest.strip_prefix('\\').filter(|after| after.starts_with(is_escaped)) {
        return (&escaped[..1], 2);
    }
    (&rest[..1], 1)
}

fn is_escaped(glyph: char) -> bool {
    matches!(glyph, '.' | '-' | '_' | '*' | '(' | ')' | '[' | ']' | '+' | '#' | '|' | '~')
}

/// The length of a tag at the start of `rest`: a name of letters, then anything up to `>`.
fn tag_length(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    if !name.starts_with(|character: char| character.is_ascii_alphabetic()) {
        return None;
    }
    inner.find('>').map(|end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::cell_text;

    #[test]
    fn tags_and_entities_go_and_the_rest_stays() {
        let cases = [
            ("<b>927.71</b>", "927.71"),
            ("16 <b>.</b> 53", "16 . 53"),
            ("<b></b>", ""),
            ("a < b", "a < b"),
            ("<3.5万元", "<3.5万元"),
            ("**0.00**万元", "0.00万元"),
            ("**", "**"),
            ("**4443.12**", "4443.12"),
            ("***", "***"),
            ("1\\. 因公出国\\(境\\)费", "1. 因公出国(境)费"),
            ("$8741.06$", "8741.06"),
            ("$\\mathbf { 1 , 2 3 4 . 5 }$", "1,234.5"),
            ("$12.5 \\%$", "12.5%"),
            ("US$ 5", "US$ 5"),
            ("NaN", ""),
            ("Unnamed: 3", ""),
            ("NaN级", "NaN级"),
            ("A&amp;B&nbsp;", "A&B"),
            ("　合 计　", "合 计"),
        ];
        for (raw, expected) in cases {
            assert_eq!(cell_text(raw), expected, "{raw}");
        }
    }
}
