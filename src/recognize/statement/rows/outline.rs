//! What a row is about, read from its words and codes wherever they stand before the amounts.

use compact_str::CompactString;

use crate::model::{Column, ColumnRole, Subject, SubjectKind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::{has_han, label_key, squeeze, without_ordinal};

/// The words and codes of a row (or of one list of it).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::recognize::statement) struct Outline {
    /// Codes in the order of their columns, blanks removed, parts of one code joined.
    pub(in crate::recognize::statement) codes: Vec<CompactString>,
    /// The code of a budget unit.
    pub(in crate::recognize::statement) unit_code: CompactString,
    /// Names in the order of their columns, blanks removed.
    pub(super) labels: Vec<CompactString>,
    /// The code of the total that the row states: 合计, 总计, 人员经费合计.
    pub(in crate::recognize::statement) total: Option<CompactString>,
}

impl Outline {
    /// The last name: that of the subject, when a unit's name stands before it.
    pub(super) fn label(&self) -> &str {
        self.labels.last().map_or("", CompactString::as_str)
    }
}

/// Reads the leading cells (text and role of their column) of a row.
pub(in crate::recognize::statement) fn outline<'cell>(
    vocabulary: &Vocabulary,
    cells: impl Iterator<Item = (&'cell str, &'cell Column)>,
) -> Outline {
    let mut outline = Outline::default();
    let mut joins = false;
    for (text, column) in cells {
        if text.is_empty()
            || matches!(column.role, ColumnRole::Amount { .. } | ColumnRole::LineNumber | ColumnRole::Number)
        {
            joins &= text.is_empty();
            continue;
        }
        let squeezed = squeeze(text);
        // An ordinal in a cell of its own (一、) is neither code nor name.
        if without_ordinal(&squeezed).is_empty() {
            continue;
        }
        if let Some((code, name)) = serial_and_name(text) {
            outline.codes.push(code.into());
            outline.labels.push(CompactString::from(squeeze(name)));
        } else if let Some((code, name)) = code_and_name(vocabulary, &squeezed) {
            outline.codes.push(code.into());
            outline.labels.push(name.into());
        } else if is_digits(&squeezed) {
            joins = push_code(&mut outline, &squeezed, &column.role, joins);
        } else if has_han(&squeezed) {
            let total = vocabulary.rows.total(&label_key(&squeezed)).cloned();
            outline.total = outline.total.or(total);
            // Types, units and targets stand in columns of text; they name the row only when nothing else does.
            if column.role != ColumnRole::Text {
                outline.labels.push(CompactString::from(squeezed));
            }
            joins = false;
        }
    }
    outline
}

/// A subject by its kind, code and printed label.
pub(super) fn subject(kind: SubjectKind, code: &str, printed: &str) -> Subject {
    Subject {
        kind,
        code: code.into(),
        label: CompactString::from(squeeze(without_ordinal(printed))),
        level: 0,
        parent: CompactString::default(),
        of_which: false,
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Adds a code, or joins it to the part before it: 201, 03, 01. Tells whether the next one may join.
fn push_code(outline: &mut Outline, digits: &str, role: &ColumnRole, joins: bool) -> bool {
    let economic = digits.len() == 5 && digits.starts_with('3');
    if *role == ColumnRole::UnitCode && !economic {
        outline.unit_code = digits.into();
        return false;
    }
    match outline.codes.last_mut().filter(|last| joins && matches!(last.len(), 3 | 5) && digits.len() == 2) {
        Some(last) => last.push_str(digits),
        None => outline.codes.push(digits.into()),
    }
    true
}

/// A project's serial number, of digits and capitals, before its name.
fn serial_and_name(text: &str) -> Option<(&str, &str)> {
    const SHORTEST_SERIAL: usize = 12;
    let (code, name) = text.trim().split_once(char::is_whitespace)?;
    let serial = code.len() >= SHORTEST_SERIAL
        && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && code.starts_with(|first: char| first.is_ascii_digit());
    (serial && has_han(name)).then_some((code, name.trim()))
}

/// A code and a name in one cell: 2010301-行政运行, [301]工资福利支出, 30101 基本工资. Without a mark between them the
/// code must be one of the books: 110指挥中心 is a name.
fn code_and_name<'text>(vocabulary: &Vocabulary, text: &'text str) -> Option<(&'text str, &'text str)> {
    let opened = text.starts_with(['[', '(']);
    let text = if opened { &text[1..] } else { text };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = text.split_at(digits);
    if !matches!(digits, 3 | 5 | 7) {
        return None;
    }
    let rest = if opened { rest.strip_prefix([']', ')'])? } else { rest };
    let name = rest.trim_start_matches(['-', '—', '－', '_', ':']);
    let marked = opened || name.len() < rest.len();
    (has_han(name) && !name.starts_with(|first: char| first.is_ascii_digit()) && (marked || in_books(vocabulary, code)))
        .then_some((code, name))
}

/// True for a code whose class is a functional or an economic one.
fn in_books(vocabulary: &Vocabulary, code: &str) -> bool {
    vocabulary.names.function_name(&code[..3]).is_some() || vocabulary.names.economic_name(&code[..3]).is_some()
}
