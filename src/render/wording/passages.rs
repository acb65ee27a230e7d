//! Passages in another language: on a page that is not in Chinese, the words of documents are marked as Chinese, so that
//! they are read aloud and broken as such (WCAG 3.1.2).
//!
//! In: a whole page. Out: the page with `lang` on every element that holds Chinese words alone, and with a `span` around
//! those that stand among others. Scripts, styles, pictures and elements that may hold no markup stay as they are.

/// The mark.
const LANG: &str = " lang=\"zh-CN\"";

/// Elements whose content is left alone.
const CLOSED: [&str; 6] = ["script", "style", "svg", "title", "option", "textarea"];

/// Elements that hold nothing.
const VOID: [&str; 9] = ["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements that end where one of their kind begins.
const NEXT: [&str; 7] = ["td", "th", "tr", "li", "dt", "dd", "tbody"];

/// Marks the Chinese passages of a page.
pub(in crate::render) fn mark(html: &str) -> String {
    let mut marked = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    // Where the start tag that was written last ends, while nothing but text has followed it.
    let mut opened: Option<usize> = None;
    while let Some(start) = rest.find('<') {
        let (text, tag) = (&rest[..start], &rest[start..]);
        let (name, end) = (name(tag), end_of_tag(tag));
        push_text(&mut marked, text, opened.filter(|_| tag.starts_with("</") || NEXT.contains(&name)));
        let end = if CLOSED.contains(&name) { end_of_element(tag, name, end) } else { end };
        marked.push_str(&tag[..end]);
        let takes_mark = !name.is_empty() && !tag[..end].contains(" lang=");
        opened = (takes_mark && !CLOSED.contains(&name) && !VOID.contains(&name)).then_some(marked.len());
        rest = &tag[end..];
    }
    push_text(&mut marked, rest, None);
    marked
}

/// Writes text; `opened` is the end of the start tag of an element that holds this text alone.
fn push_text(marked: &mut String, text: &str, opened: Option<usize>) {
    let Some(first) = passage(text) else { return marked.push_str(text) };
    if let Some(end) = opened.filter(|_| first == (text.len() - text.trim_start().len(), text.trim_end().len())) {
        marked.insert_str(end - 1, LANG);
        return marked.push_str(text);
    }
    let mut rest = text;
    while let Some((start, end)) = passage(rest) {
        marked.push_str(&rest[..start]);
        marked.push_str("<span");
        marked.push_str(LANG);
        marked.push('>');
        marked.push_str(&rest[start..end]);
        marked.push_str("</span>");
        rest = &rest[end..];
    }
    marked.push_str(rest);
}

/// The first passage of a text: from a Chinese character to the last one before a Latin letter, an entity or the end.
fn passage(text: &str) -> Option<(usize, usize)> {
    // No byte of other scripts that pages have begins like those of Chinese characters.
    let start = text.char_indices().find(|(_, one)| is_chinese(*one))?.0;
    let ends = |one: char| one.is_ascii_alphabetic() || one == '&';
    let within = text[start..].char_indices().take_while(|(_, one)| !ends(*one));
    let last = within.filter(|(_, one)| is_chinese(*one)).last()?;
    Some((start, start + last.0 + last.1.len_utf8()))
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn name(tag: &str) -> &str {
    let name = &tag[1..];
    &name[..name.find(|one: char| !one.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

/// Behind the `>` of a tag; one within quotation marks is none.
fn end_of_tag(tag: &str) -> usize {
    if tag.starts_with("<!--") {
        return tag.find("-->").map_or(tag.len(), |at| at + 3);
    }
    let mut quoted = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quoted, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quoted = Some(byte),
            (Some(mark), byte) if mark == byte => quoted = None,
            _ => {}
        }
    }
    tag.len()
}

/// Behind the end tag of an element that starts here.
fn end_of_element(tag: &str, name: &str, start: usize) -> usize {
    let close = format!("</{name}>");
    tag[start..].find(&close).map_or(start, |at| start + at + close.len())
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn chinese_words_are_marked_where_they_stand() {
        for (page, marked) in [
            ("<p>Total</p>", "<p>Total</p>"),
            ("<td class=\"a>b\">合计</td>", "<td class=\"a>b\" lang=\"zh-CN\">合计</td>"),
            ("<th> 201 一般公共服务 </th>", "<th> 201 <span lang=\"zh-CN\">一般公共服务</span> </th>"),
            (
                "<p>Unit “甲局” and “乙局（本级）”.</p>",
                "<p>Unit “<span lang=\"zh-CN\">甲局</span>” and “<span lang=\"zh-CN\">乙局（本级</span>）”.</p>",
            ),
            ("<tr><td>甲<td>乙<tr>", "<tr><td lang=\"zh-CN\">甲<td lang=\"zh-CN\">乙<tr>"),
            ("<p>a<br>甲</p>", "<p>a<br><span lang=\"zh-CN\">甲</span></p>"),
            ("<b>甲<i>x</i></b>", "<b><span lang=\"zh-CN\">甲</span><i>x</i></b>"),
            (
                "<i lang=\"zh\">甲 &amp; 乙</i>",
                "<i lang=\"zh\"><span lang=\"zh-CN\">甲</span> &amp; <span lang=\"zh-CN\">乙</span></i>",
            ),
            ("<script>\"甲<\"</script>乙", "<script>\"甲<\"</script><span lang=\"zh-CN\">乙</span>"),
            (
                "<svg><text>甲</text></svg><!-- 甲 > --><p>乙",
                "<svg><text>甲</text></svg><!-- 甲 > --><p><span lang=\"zh-CN\">乙</span>",
            ),
        ] {
            assert_eq!(mark(page), marked);
        }
    }
}
