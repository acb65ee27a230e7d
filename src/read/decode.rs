//! Decoding: the bytes of a file to text with `\n` at the end of its lines.
//!
//! Tried in this order: byte order mark, strict UTF-8, strict GB18030 (the superset of GBK and GB2312 in which older
//! Chinese systems save). What is none of these is an error with its place; no byte is guessed.

use encoding_rs::{DecoderResult, GB18030};

use super::lookalikes;
use crate::diagnostic::{Diagnostic, Span};

/// A decoded file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// `UTF-8` or `GB18030`.
    pub(super) encoding: &'static str,
    /// What was done to understand it: the encoding that was detected, characters read as what the page shows.
    pub(super) notes: Vec<Diagnostic>,
}

/// Decodes the bytes of `path`.
///
/// # Errors
/// A diagnostic with byte offset, line and column of what cannot be text.
pub(super) fn decode(path: &str, bytes: &[u8]) -> Result<Decoded, Box<Diagnostic>> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = "文件的编码是 UTF-16，不能读取";
        return Err(Box::new(Diagnostic::error("read-encoding", message, Span::file(path)).with_hint(SAVE_AS_UTF8)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (text, encoding) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), "UTF-8"),
        Err(error) if is_damaged_utf8(bytes) => {
            return Err(Box::new(no_text(path, bytes, error.valid_up_to(), "UTF-8")));
        }
        Err(_) => (decode_gb18030(path, bytes)?, "GB18030"),
    };
    if let Some(at) = text.find('\0') {
        let message = format!("第 {at} 字节是空字符（NUL）：这不是文本文件，或文件已损坏");
        let span = Span::in_text(path, &text, at..at + 1);
        return Err(Box::new(Diagnostic::error("read-nul", message, span).with_hint("从原件重新导出文字")));
    }
    let note = (encoding == "GB18030").then(|| {
        let message = "文件不是 UTF-8，按 GB18030（GBK）读取";
        Diagnostic::note("read-gb18030", message, Span::file(path)).with_hint("如有乱码，将文件另存为 UTF-8")
    });
    let (text, lookalikes) = lookalikes::as_shown(path, normalize_line_ends(text));
    Ok(Decoded { text, encoding, notes: note.into_iter().chain(lookalikes).collect() })
}

const SAVE_AS_UTF8: &str = "用编辑器打开文件，另存为 UTF-8";

/// True when bytes that are not UTF-8 hold far more intact multi-byte characters than broken ones: then it is UTF-8
/// with damage. Chinese text in GB18030 nearly never looks like that, yet damaged UTF-8 often passes as GB18030.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut intact, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        intact += chunk.valid().chars().filter(|character| character.len_utf8() > 2).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    intact > 4 * broken
}

fn decode_gb18030(path: &str, bytes: &[u8]) -> Result<String, Box<Diagnostic>> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = String::with_capacity(capacity);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(wrong, after), read) => {
            let at = read.saturating_sub(usize::from(wrong) + usize::from(after));
            Err(Box::new(no_text(path, bytes, at, "UTF-8 或 GB18030")))
        }
        (DecoderResult::OutputFull, read) => Err(Box::new(no_text(path, bytes, read, "UTF-8 或 GB18030"))),
    }
}

/// The error for a byte that cannot be decoded. The line is shown as far as it can be.
fn no_text(path: &str, bytes: &[u8], at: usize, tried: &str) -> Diagnostic {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |before| before + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |after| at + after);
    let readable = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let before = readable(&bytes[start..at]);
    let line = format!("{before}\u{fffd}{}", String::from_utf8_lossy(&bytes[(at + 1).min(end)..end]));
    let mut span = Span::in_text(path, &line, before.len()..before.len() + 1);
    span.line = bytes[..start].iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
    let message = format!("第 {at} 字节（0x{:02X}）不能按 {tried} 解码", bytes.get(at).copied().unwrap_or(0));
    Diagnostic::error("read-encoding", message, span).with_hint(SAVE_AS_UTF8)
}

fn normalize_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn text(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode("a.txt", bytes).unwrap();
        assert_eq!(!decoded.notes.is_empty(), decoded.encoding == "GB18030");
        (decoded.text, decoded.encoding)
    }

    fn place(bytes: &[u8]) -> (&'static str, u32, u32) {
        let problem = decode("a.txt", bytes).unwrap_err();
        let span = problem.span.unwrap();
        (problem.code, span.line, span.column)
    }

    #[test]
    fn utf8_with_and_without_mark_and_gb18030_are_read() {
        assert_eq!(text("一\r\n二\r三\n".as_bytes()), ("一\n二\n三\n".to_owned(), "UTF-8"));
        assert_eq!(text(b"\xef\xbb\xbfabc"), ("abc".to_owned(), "UTF-8"));
        let (gbk, _, _) = encoding_rs::GB18030.encode("收入总计 3020.78 万元，㐀䶵");
        assert_eq!(text(&gbk), ("收入总计 3020.78 万元，㐀䶵".to_owned(), "GB18030"));
        assert_eq!(text(b""), (String::new(), "UTF-8"));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(place("第一行\n部门\0预算".as_bytes()), ("read-nul", 2, 3));
        assert_eq!(place(b"\xff\xfea\0"), ("read-encoding", 0, 0));
        let mut damaged = "部门预算公开\n收入总计支出总计".as_bytes().to_vec();
        damaged.truncate(damaged.len() - 1);
        assert_eq!(place(&damaged), ("read-encoding", 2, 8));
        assert_eq!(place(b"ab\ncd\xff\xff"), ("read-encoding", 2, 3));
    }

    #[test]
    fn every_byte_string_decodes_or_is_refused_without_panic() {
        proptest::proptest!(|(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200))| {
            let _ = decode("a.txt", &bytes);
        });
    }
}
