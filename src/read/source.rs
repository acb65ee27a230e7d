//! A source: one decoded content file with its front matter and its lines.

use std::sync::Arc;

use compact_str::CompactString;

use crate::config::Waiver;
use crate::diagnostic::{Span, clip};
use crate::model::Kind;

/// What the author states about a document before its text. Every field wins over what the text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The organization's name.
    pub organization: Option<String>,
    /// The region: province, city, district, as far as given.
    pub region: Vec<String>,
    /// The fiscal year.
    pub year: Option<u16>,
    /// Budget or final account.
    pub kind: Option<Kind>,
    /// 部门 or 单位.
    pub level: Option<String>,
    /// The date of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The date of the finance department's approval, `YYYY-MM-DD`.
    pub approved: Option<String>,
    /// Where the document was published.
    pub source_url: Option<String>,
    /// A file beside the source to offer for download.
    pub original: Option<String>,
    /// The slug of the department.
    pub slug: Option<String>,
    /// Older URLs that lead to the disclosure's page.
    pub aliases: Vec<String>,
    /// Answers to findings in the document.
    pub waivers: Vec<Waiver>,
}

/// One content file, decoded.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the content folder, `/` between the parts.
    pub path: Arc<str>,
    /// The whole text, front matter included, line ends as `\n`, without a byte order mark.
    pub text: Arc<str>,
    /// The first line after the front matter, from 1.
    pub body_line: u32,
    /// What the front matter says.
    pub front_matter: FrontMatter,
    /// BLAKE3 of the file's bytes, hexadecimal.
    pub hash: CompactString,
    /// `UTF-8` or `GB18030`.
    pub encoding: &'static str,
    /// Byte offset of each line's start.
    line_starts: Vec<u32>,
}

impl Source {
    /// A source from its decoded text. Texts are smaller than 4 GiB: reading refuses larger files.
    pub fn new(
        path: &str,
        text: String,
        body_line: u32,
        front_matter: FrontMatter,
        hash: &str,
        encoding: &'static str,
    ) -> Self {
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1))
            .collect();
        Source {
            path: Arc::from(path),
            text: Arc::from(text),
            body_line,
            front_matter,
            hash: CompactString::from(hash),
            encoding,
            line_starts,
        }
    }

    /// A source without front matter, for tests.
    pub fn plain(path: &str, text: &str) -> Self {
        Source::new(path, text.to_owned(), 1, FrontMatter::default(), "", "UTF-8")
    }

    /// How many lines the text has. A last line without an end counts, an empty one after it does not.
    pub fn line_count(&self) -> u32 {
        let starts = self.line_starts.len() as u32;
        if self.line_starts.last().is_some_and(|start| *start as usize == self.text.len()) {
            starts - 1
        } else {
            starts
        }
    }

    /// A line by its number from 1, without its end; empty beyond the last.
    pub fn line(&self, number: u32) -> &str {
        let Some(start) = number.checked_sub(1).and_then(|index| self.line_starts.get(index as usize)) else {
            return "";
        };
        let end = self.line_starts.get(number as usize).map_or(self.text.len(), |next| *next as usize - 1);
        &self.text[*start as usize..end.max(*start as usize)]
    }

    /// The number of the line in which a byte offset lies.
    pub fn line_of(&self, offset: usize) -> u32 {
        self.line_starts.partition_point(|start| *start as usize <= offset) as u32
    }

    /// The text from the first line after the front matter, with its byte offset.
    pub fn body(&self) -> (usize, &str) {
        let start = self.line_starts.get(self.body_line as usize - 1).map_or(self.text.len(), |start| *start as usize);
        (start, &self.text[start..])
    }

    /// A span in this source. `column` and `length` count characters.
    pub fn span(&self, line: u32, column: u32, length: u32) -> Span {
        Span { file: self.path.clone(), line, column, length, text: clip(self.line(line)) }
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn lines_are_found_by_number_and_offset() {
        let source = Source::plain("a.txt", "一\n二二\n\n四");
        assert_eq!(source.line_count(), 4);
        assert_eq!(
            (source.line(1), source.line(2), source.line(3), source.line(4), source.line(5)),
            ("一", "二二", "", "四", "")
        );
        assert_eq!(source.line_of(0), 1);
        assert_eq!(source.line_of(4), 2);
        assert_eq!(Source::plain("a.txt", "x\n").line_count(), 1);
        assert_eq!(source.line(0), "");
    }
}
