//! What an amount in a sentence is about.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::model::{Fact, Subject, SubjectKind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::matching::{ends_with, without_end};

/// Functional codes by the names that statements print, with their class.
#[derive(Debug, Default)]
pub(super) struct FunctionNames {
    by_name: BTreeMap<CompactString, Vec<CompactString>>,
}

impl FunctionNames {
    /// The names in the statements' facts.
    pub(super) fn collect(facts: &[Fact]) -> Self {
        let mut names = FunctionNames::default();
        for subject in facts.iter().map(|fact| &fact.subject).filter(|subject| subject.kind == SubjectKind::Function) {
            let codes = names.by_name.entry(subject.label.clone()).or_default();
            if !codes.contains(&subject.code) {
                codes.push(subject.code.clone());
            }
        }
        names
    }

    /// The item with a name, of the class when several have it.
    fn item(&self, name: &str, class: Option<&str>) -> Option<&CompactString> {
        let items: Vec<&CompactString> = self.by_name.get(name)?.iter().filter(|code| code.len() == 7).collect();
        match items.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|code| class.is_some_and(|class| code.starts_with(class))).copied(),
        }
    }
}

/// What an amount is about.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) subjects: Vec<Subject>,
    pub(super) nature: CompactString,
    pub(super) fund: CompactString,
    pub(super) word: String,
    pub(super) fact: Option<u32>,
    /// True for a part that takes its fund from the whole before it.
    pub(super) part: bool,
    /// True for amounts that are about nothing we keep.
    pub(super) nothing: bool,
}

/// 「行政运行（2014001）1,373.32万元」
pub(super) fn code(lead: &str) -> Option<Found> {
    let inner = lead.strip_suffix(')')?;
    let (name, code) = inner.rsplit_once('(')?;
    let digits =
        code.starts_with('2') && matches!(code.len(), 3 | 5 | 7) && code.bytes().all(|byte| byte.is_ascii_digit());
    let name =
        name.rsplit(|glyph: char| glyph.is_ascii_digit() || matches!(glyph, '.' | ';' | '。' | ':' | '、')).next()?;
    digits.then(|| function(code, name))
}

/// 「一般公共服务（类）支出2266.1万元」, 「（一）教育支出类科目580万元」, 「1.教育支出580万元」. 其他支出 alone may be anything.
/// It is a class in a list of classes.
pub(super) fn class(vocabulary: &Vocabulary, lead: &str, in_list: bool) -> Option<Found> {
    let words = &vocabulary.narrative.functions;
    // 教育支出年初预算数为
    let lead = words.ends.iter().fold(lead, |lead, word| lead.strip_suffix(word.as_str()).unwrap_or(lead));
    let name = |text: &'_ str| text.rsplit([':', ';', '；', '。', ',', '，', '、', '.', ')']).next().map(str::to_owned);
    let marked = without_end(&words.spending, lead).strip_suffix("(类)").and_then(name);
    let other = |name: &str| words.others.iter().any(|word| name.starts_with(word.as_str()));
    let bare = || {
        let lead = without_end(&words.classes, lead);
        name(lead).filter(|name| ends_with(&words.spending, name) && (in_list || !other(name)))
    };
    let name = marked.or_else(bare)?;
    vocabulary.names.function_class(&name).map(|code| function(code, &name))
}

/// 「…支出（类）…（款）行政运行（项）。」
pub(super) fn item(vocabulary: &Vocabulary, functions: &FunctionNames, text: &str) -> Option<Found> {
    let path = &text[..text.rfind("(项)")?];
    let (section, name) = path.rsplit_once("(款)").unwrap_or(("", path));
    let name = name.rsplit([':', '。', '、']).next()?;
    let section = section.rsplit("(类)").next().unwrap_or_default();
    let section = section.rsplit(['.', '。', '、', ';', ':']).next().unwrap_or_default();
    let class = path.rsplit_once("(类)").and_then(|(class, _)| {
        let class = class.rsplit(['.', '。', '、', ';', ':']).next()?;
        vocabulary.names.function_class(class)
    });
    let printed = functions.item(name, class).map(CompactString::as_str);
    let in_books = || vocabulary.names.function_item(class?, section, name);
    printed.or_else(in_books).map(|code| function(code, name))
}

/// True for a functional class.
pub(super) fn is_class(found: &Found) -> bool {
    found.subjects.iter().any(|subject| subject.kind == SubjectKind::Function && subject.code.len() == 3)
}

/// True for an amount of which others can be shares.
pub(super) fn is_whole(found: &Found) -> bool {
    found.subjects.iter().all(|subject| match subject.kind {
        SubjectKind::Total => matches!(found.nature.as_str(), "total" | "basic") && !found.part,
        SubjectKind::ThreePublic => subject.code == "total",
        _ => false,
    })
}

/// The part of an owner of which a sentence tells: 「初中教育支出206万元，其中：基本支出206万元」 is no basic expenditure of all,
/// and a part of something that is neither an item nor a whole is about nothing we keep.
pub(super) fn part_of(owner: &Found, part: Found) -> Found {
    let function = |subject: &Subject| subject.kind == SubjectKind::Function;
    let aside = |subject: &Subject| matches!(subject.code.as_str(), "agency_operating" | "procurement");
    if owner.subjects.iter().any(function) {
        Found { subjects: owner.subjects.clone(), fund: owner.fund.clone(), word: owner.word.clone(), ..part }
    } else if owner.subjects.iter().any(aside) {
        Found { nothing: true, ..part }
    } else {
        part
    }
}

fn function(code: &str, name: &str) -> Found {
    let mut subject = named(SubjectKind::Function, code, name);
    subject.level = (code.len() as u8 - 1) / 2;
    subject.parent = if code.len() == 3 { "" } else { &code[..code.len() - 2] }.into();
    Found {
        subjects: vec![subject],
        nature: CompactString::const_new("total"),
        fund: CompactString::const_new("general_public"),
        word: name.to_owned(),
        fact: None,
        part: true,
        nothing: false,
    }
}

pub(super) fn named(kind: SubjectKind, code: &str, label: &str) -> Subject {
    Subject {
        kind,
        code: code.into(),
        label: label.into(),
        level: 0,
        parent: CompactString::default(),
        of_which: false,
    }
}
