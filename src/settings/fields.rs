//! Taking checked values out of a [`Table`], with a diagnostic for everything that is wrong with them.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use super::explain::explain;
use super::nearest::nearest;
use super::table::{Entry, Syntax, Table, Value, ValueKind};
use crate::diagnostic::{Diagnostic, Span};

/// The diagnostic codes of one kind of settings.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    /// The text is no TOML or YAML.
    pub syntax: &'static str,
    /// A key that nothing reads.
    pub unknown_key: &'static str,
    /// A value of the wrong type or without a meaning.
    pub value: &'static str,
}

/// The file in which settings stand, and what is wrong with them so far.
#[derive(Debug)]
pub struct Sheet<'t> {
    file: Arc<str>,
    text: &'t str,
    base: usize,
    codes: Codes,
    problems: RefCell<Vec<Diagnostic>>,
}

impl<'t> Sheet<'t> {
    /// Settings that begin at byte `base` of the text of `file`.
    pub fn new(file: Arc<str>, text: &'t str, base: usize, codes: Codes) -> Self {
        Sheet { file, text, base, codes, problems: RefCell::default() }
    }

    /// Parses the next `length` bytes. Mistakes of the syntax leave an empty table.
    pub fn parse(&self, syntax: Syntax, length: usize) -> Table {
        syntax.parse(&self.text[self.base..self.base + length]).unwrap_or_else(|mistakes| {
            for (range, words) in mistakes {
                let message = format!("{}：{}", syntax.label(), explain(&words));
                let problem = Diagnostic::error(self.codes.syntax, message, self.span(&range));
                self.push(problem.with_hint(syntax.advice()));
            }
            Table::default()
        })
    }

    /// The place of a byte range of the settings.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::in_text(self.file.clone(), self.text, self.base + range.start..self.base + range.end)
    }

    /// Adds a diagnostic.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.problems.borrow_mut().push(diagnostic);
    }

    /// Everything that is wrong.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        self.problems.into_inner()
    }
}

/// The keys of one table, taken one by one. Dropping it without [`Fields::finish`] would hide unknown keys.
#[derive(Debug)]
#[must_use]
pub struct Fields<'s> {
    sheet: &'s Sheet<'s>,
    table: &'s Table,
    /// The place of the table itself: its key.
    place: Range<usize>,
    known: Vec<&'static str>,
}

impl<'s> Fields<'s> {
    /// The keys of the outermost table.
    pub fn new(sheet: &'s Sheet<'s>, table: &'s Table) -> Self {
        Fields { sheet, table, place: 0..0, known: Vec::new() }
    }

    /// Text without outer blanks.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        match &value.kind {
            ValueKind::Text(text) => Some(text.trim().to_owned()),
            _ => self.wrong_type(key, value, "文字，要加引号"),
        }
    }

    /// Text that must pass a check.
    pub fn checked_text(&mut self, key: &'static str, expected: &str, check: impl Fn(&str) -> bool) -> Option<String> {
        let text = self.text(key)?;
        if check(&text) {
            return Some(text);
        }
        self.wrong_value(key, &format!("`{key}` 的值“{text}”不可用"), &format!("应为{expected}"));
        None
    }

    /// One of several words, each with what it stands for.
    pub fn word<T: Clone>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(value.clone());
        }
        let list = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join("、");
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let guess = nearest(&text, &names).map(|word| format!("是否要写 \"{word}\"？")).unwrap_or_default();
        self.wrong_value(key, &format!("`{key}` 的值“{text}”不可用"), &format!("{guess}可用的值：{list}"));
        None
    }

    /// A whole number within limits; digits in quotes count too.
    pub fn number(&mut self, key: &'static str, limits: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let value = self.value(key)?;
        let number = match &value.kind {
            ValueKind::Integer(number) => *number,
            ValueKind::Text(text) if text.trim().parse::<i64>().is_ok() => text.trim().parse().ok()?,
            _ => return self.wrong_type(key, value, "整数"),
        };
        if limits.contains(&number) {
            return Some(number);
        }
        let hint = format!("应在 {} 与 {} 之间", limits.start(), limits.end());
        self.wrong_value(key, &format!("`{key}` 的值 {number} 不可用"), &hint);
        None
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let value = self.value(key)?;
        let ValueKind::List(items) = &value.kind else {
            return self.text(key).map(|text| vec![text]);
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.kind {
                ValueKind::Text(text) => texts.push(text.trim().to_owned()),
                _ => return self.wrong_type(key, item, "文字的列表"),
            }
        }
        Some(texts)
    }

    /// A table below this one.
    pub fn table(&mut self, key: &'static str) -> Option<Fields<'s>> {
        let entry = self.entry(key)?;
        match &entry.value.kind {
            ValueKind::Table(table) => Some(self.below(table, entry.key_range.clone())),
            _ => self.wrong_type(key, &entry.value, &format!("表，写作 [{key}]")),
        }
    }

    /// A list of tables, `[[key]]`.
    pub fn tables(&mut self, key: &'static str) -> Vec<Fields<'s>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let ValueKind::List(items) = &value.kind else {
            self.wrong_type::<()>(key, value, &format!("表的列表，每项写作 [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match &item.kind {
                ValueKind::Table(table) => tables.push(self.below(table, item.range.clone())),
                _ => drop(self.wrong_type::<()>(key, item, &format!("表的列表，每项写作 [[{key}]]"))),
            }
        }
        tables
    }

    /// The tables of a table whose keys the user chooses.
    pub fn named_tables(&mut self, key: &'static str) -> Vec<(String, Fields<'s>)> {
        let Some(names) = self.table(key) else { return Vec::new() };
        let mut tables = Vec::new();
        for entry in &names.table.entries {
            match &entry.value.kind {
                ValueKind::Table(table) => {
                    tables.push((entry.key.clone(), self.below(table, entry.key_range.clone())));
                }
                _ => drop(self.wrong_type::<()>(&entry.key, &entry.value, &format!("表，写作 [{key}.\"名称\"]"))),
            }
        }
        tables
    }

    /// The words of a table whose keys the user chooses, each out of `words`.
    pub fn named_words(&mut self, key: &'static str, words: &[&str]) -> Vec<(String, String)> {
        let Some(names) = self.table(key) else { return Vec::new() };
        let mut chosen = Vec::new();
        for entry in &names.table.entries {
            match &entry.value.kind {
                ValueKind::Text(text) if words.contains(&text.as_str()) => {
                    chosen.push((entry.key.clone(), text.clone()));
                }
                ValueKind::Text(text) => {
                    let message = format!("`{}` 的值“{text}”不可用", entry.key);
                    self.wrong(&entry.value.range, &message, &format!("可用的值：{}", words.join("、")));
                }
                _ => drop(self.wrong_type::<()>(&entry.key, &entry.value, "文字，要加引号")),
            }
        }
        chosen
    }

    /// The place of the table itself.
    pub fn span(&self) -> Span {
        self.sheet.span(&self.place)
    }

    /// Reports that a key must be there and is not, or is empty.
    pub fn missing(&self, key: &'static str, hint: &str) {
        let range = self.find(key).map_or(&self.place, |entry| &entry.value.range);
        self.wrong(range, &format!("缺少 `{key}`"), hint);
    }

    /// Reports a value whose meaning is wrong.
    pub fn wrong_value(&self, key: &str, message: &str, hint: &str) {
        let range = self.find(key).map_or(&self.place, |entry| &entry.value.range);
        self.wrong(range, message, hint);
    }

    /// Reports the keys that were never asked for.
    pub fn finish(self) {
        for entry in &self.table.entries {
            if self.known.contains(&entry.key.as_str()) {
                continue;
            }
            let guess = nearest(&entry.key, &self.known).map(|key| format!("是否要写 `{key}`？")).unwrap_or_default();
            let known = self.known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join("、");
            let span = self.sheet.span(&entry.key_range);
            let message = format!("未知的键 `{}`", entry.key);
            let hint = format!("{guess}可用的键：{known}");
            self.sheet.push(Diagnostic::error(self.sheet.codes.unknown_key, message, span).with_hint(hint));
        }
    }

    fn below(&self, table: &'s Table, place: Range<usize>) -> Fields<'s> {
        Fields { sheet: self.sheet, table, place, known: Vec::new() }
    }

    fn value(&mut self, key: &'static str) -> Option<&'s Value> {
        let value = &self.entry(key)?.value;
        (value.kind != ValueKind::Nothing).then_some(value)
    }

    fn entry(&mut self, key: &'static str) -> Option<&'s Entry> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.find(key)
    }

    fn find(&self, key: &str) -> Option<&'s Entry> {
        self.table.entries.iter().find(|entry| entry.key == key)
    }

    fn wrong_type<T>(&self, key: &str, value: &Value, expected: &str) -> Option<T> {
        let message = format!("`{key}` 的值类型不对：这里是{}", value.kind.label());
        self.wrong(&value.range, &message, &format!("应为{expected}"));
        None
    }

    fn wrong(&self, range: &Range<usize>, message: &str, hint: &str) {
        self.sheet.push(Diagnostic::error(self.sheet.codes.value, message, self.sheet.span(range)).with_hint(hint));
    }
}
