//! Where a line of the source is shown on the disclosure's page, what the findings say about it, and what stands on it.
//!
//! In: a disclosure and its findings. Out: look-ups by file and line, and the two kinds of links between the
//! disclosure's page and its source pages. Built once per disclosure and shared by all its pages.

use rustc_hash::FxHashMap;

use crate::model::{BlockKind, Class, Disclosure, Finding, FindingSeverity, Place};
use crate::render::wording::escape::put;

/// What a source line became on the disclosure's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A row: indices of the statement and of the row.
    Row(usize, usize),
    /// The title of a statement.
    Title(usize),
    /// A block of the narrative with numbers that were understood.
    Block(usize),
}

impl Shown {
    /// The id of the element on the disclosure's page. Numbers in ids count from 1.
    pub fn anchor(self) -> String {
        match self {
            Shown::Row(statement, row) => format!("s{}-r{}", statement + 1, row + 1),
            Shown::Title(statement) => format!("s{}", statement + 1),
            Shown::Block(block) => format!("t{}", block + 1),
        }
    }
}

/// A finding that speaks of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Index into the findings of the disclosure.
    pub finding: usize,
    /// The cell within the line; 0 for the line as a whole.
    pub cell: u16,
    /// True for the place at fault, false for a place that it is compared with.
    pub at_fault: bool,
    /// True for what a note on the cell itself says already: a repaired or unplaced number.
    pub is_quiet: bool,
}

/// Look-ups by file and line of one disclosure.
#[derive(Debug)]
pub struct Places<'a> {
    lines: Vec<Vec<&'a str>>,
    shown: FxHashMap<(u16, u32), Shown>,
    marks: FxHashMap<(u16, u32), Vec<Mark>>,
}

impl<'a> Places<'a> {
    /// The look-ups for `disclosure` and its `findings`.
    pub fn new(disclosure: &'a Disclosure, findings: &[Finding]) -> Self {
        Places {
            lines: disclosure.sources.iter().map(|source| source.text.split('\n').collect()).collect(),
            shown: shown(disclosure),
            marks: marks(findings),
        }
    }

    /// The text of a line, from 1; empty when there is no such line.
    pub fn line(&self, file: u16, line: u32) -> &'a str {
        let lines = self.lines.get(usize::from(file));
        lines.and_then(|lines| lines.get((line as usize).checked_sub(1)?)).copied().unwrap_or_default()
    }

    /// All lines of a source. A last empty line after the last line end is none.
    pub fn lines(&self, file: u16) -> &[&'a str] {
        let lines = self.lines.get(usize::from(file)).map_or(&[][..], Vec::as_slice);
        lines.strip_suffix(&[""]).unwrap_or(lines)
    }

    /// What a line became.
    pub fn shown(&self, file: u16, line: u32) -> Option<Shown> {
        self.shown.get(&(file, line)).copied()
    }

    /// The findings that speak of a line.
    pub fn marks(&self, file: u16, line: u32) -> &[Mark] {
        self.marks.get(&(file, line)).map_or(&[], Vec::as_slice)
    }

    /// The finding whose cell at fault this is, unless the cell has a note of its own about it.
    pub fn fault(&self, place: Place) -> Option<usize> {
        let mut marks = self.marks(place.file, place.line).iter();
        marks.find(|mark| mark.at_fault && !mark.is_quiet && mark.cell == place.cell).map(|mark| mark.finding)
    }
}

/// Appends the address of a source line as seen from the disclosure's page: `source/index.html#L196`, `source/2/index.html#L8`.
pub fn push_source_link(buffer: &mut String, file: u16, line: u32) {
    match file {
        0 => put!(buffer, "source/index.html#L{line}"),
        file => put!(buffer, "source/{}/index.html#L{line}", u32::from(file) + 1),
    }
}

fn shown(disclosure: &Disclosure) -> FxHashMap<(u16, u32), Shown> {
    let mut shown = FxHashMap::default();
    for (index, block) in disclosure.blocks.iter().enumerate() {
        if !block.mentions.is_empty() && !matches!(block.kind, BlockKind::Statement(_)) {
            for line in block.lines.0..=block.lines.1 {
                shown.insert((block.file, line), Shown::Block(index));
            }
        }
    }
    for (index, statement) in disclosure.statements.iter().enumerate() {
        if statement.title_line > 0 {
            shown.insert((statement.file, statement.title_line), Shown::Title(index));
        }
        for (number, row) in statement.rows.iter().enumerate() {
            shown.insert((statement.file, row.line), Shown::Row(index, number));
            for cell in row.cells.iter().filter(|cell| cell.printed_cell > 0 && cell.line != row.line) {
                shown.insert((statement.file, cell.line), Shown::Row(index, number));
            }
        }
    }
    shown
}

/// True for a finding that tells only what extraction did to a cell: the table has a note on that cell.
pub fn is_quiet(finding: &Finding) -> bool {
    finding.class == Class::Extraction && finding.severity == FindingSeverity::Info
}

fn marks(findings: &[Finding]) -> FxHashMap<(u16, u32), Vec<Mark>> {
    let mut marks: FxHashMap<(u16, u32), Vec<Mark>> = FxHashMap::default();
    for (index, finding) in findings.iter().enumerate() {
        for (order, place) in finding.places.iter().enumerate() {
            let mark = Mark { finding: index, cell: place.cell, at_fault: order == 0, is_quiet: is_quiet(finding) };
            marks.entry((place.file, place.line)).or_default().push(mark);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::{Places, Shown, push_source_link};
    use crate::model::{Class, FindingSeverity, Place};
    use crate::render::samples::{disclosure, finding};

    #[test]
    fn lines_lead_to_rows_and_findings() {
        let disclosure = disclosure("项目 label|金额 amount", &["办公费|1.00", "合计|1.00"]);
        let fault = Place { file: 0, line: 3, cell: 2 };
        let findings = [finding("W-1", &[fault, Place { file: 0, line: 2, cell: 2 }])];
        let places = Places::new(&disclosure, &findings);
        assert_eq!(places.lines(0).len(), 3);
        assert_eq!((places.line(0, 2), places.line(0, 9), places.line(4, 1)), ("办公费\t1.00", "", ""));
        assert_eq!(places.shown(0, 2), Some(Shown::Row(0, 0)));
        assert_eq!(places.shown(0, 2).map(Shown::anchor).as_deref(), Some("s1-r1"));
        assert_eq!(places.fault(fault), Some(0));
        assert_eq!(places.fault(Place { file: 0, line: 2, cell: 2 }), None);
        assert_eq!(places.marks(0, 2).len(), 1);
        let mut repaired = finding("S-1", &[fault]);
        (repaired.class, repaired.severity) = (Class::Extraction, FindingSeverity::Info);
        assert_eq!(Places::new(&disclosure, &[repaired]).fault(fault), None);
    }

    #[test]
    fn the_first_file_has_the_short_address() {
        let mut links = String::new();
        push_source_link(&mut links, 0, 196);
        push_source_link(&mut links, 1, 8);
        assert_eq!(links, "source/index.html#L196source/2/index.html#L8");
    }
}
