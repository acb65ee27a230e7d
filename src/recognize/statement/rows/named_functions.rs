//! Functions in tables that print their names and no codes: a class by its name, a section by its name in the class, an
//! item by its name in the section.

use compact_str::CompactString;

use super::outline::Outline;
use crate::vocabulary::Vocabulary;

/// True for a list without any code.
pub(super) fn are_names_only(outlines: &[Outline]) -> bool {
    outlines.iter().all(|outline| outline.codes.is_empty() && outline.unit_code.is_empty())
}

/// Under which class and section the rows stand that follow.
#[derive(Default)]
pub(super) struct NamedFunctions {
    class: CompactString,
    section: CompactString,
    /// A name that the books do not know may be a section: which one the rows below it belong to is unknown.
    lost: bool,
}

impl NamedFunctions {
    /// The code of the next row's function; `None` for names that the books do not know at this place.
    pub(super) fn code(&mut self, vocabulary: &Vocabulary, outline: &Outline) -> Option<CompactString> {
        if outline.total.is_some() || outline.labels.len() != 1 {
            return None;
        }
        let names = &vocabulary.names;
        let label = outline.label();
        // 其他支出 is a class, its section and its item.
        if let Some(class) = names.function_class(label).filter(|class| *class != self.class) {
            *self = NamedFunctions { class: class.into(), ..NamedFunctions::default() };
            return Some(self.class.clone());
        }
        if self.class.is_empty() {
            return None;
        }
        if let Some(item) = names.function_item_of(&self.section, label).filter(|_| !self.section.is_empty()) {
            return Some(item.into());
        }
        if let Some(other) = names.other_item_of(&self.section, label) {
            return Some(other.into());
        }
        if let Some(section) = names.function_section(&self.class, label) {
            (self.section, self.lost) = (section.into(), false);
            return Some(self.section.clone());
        }
        let lone = names.function_item(&self.class, "", label).filter(|_| self.section.is_empty() && !self.lost);
        (self.section, self.lost) = (CompactString::default(), lone.is_none());
        lone.map(CompactString::from)
    }
}
