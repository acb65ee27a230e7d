//! Collecting: departments and disclosures to their pages and records.

use std::collections::BTreeSet;

use super::anchors::{Anchors, row_anchor, source_line, statement_anchor};
use super::kinds::RecordType;
use super::normalize::normalize;
use super::record::{Page, Record};
use crate::assemble::{Department, PublishedDisclosure, Site, sort_key};
use crate::language::{Language, say};
use crate::model::{
    Amount, Block, BlockKind, CellContent, Disclosure, Finding, FunctionLevel, Phase, Row, Statement, StatementKind,
    StatementState, SubjectKind, ThreePublicPart, grouped,
};

/// The page of a department.
pub(super) fn department_page(site: &Site, department: &Department) -> Page {
    let names = std::iter::once(department.name.as_str()).chain(region_names(site, department));
    Page {
        url: format!("departments/{}/", department.slug),
        department: department.name.clone(),
        region: department.region_node,
        year: None,
        kind: None,
        context: names.map(normalize).collect::<Vec<_>>().join("\n"),
    }
}

/// The page of a disclosure.
pub(super) fn disclosure_page(site: &Site, published: &PublishedDisclosure) -> Page {
    let identity = &published.disclosure.identity;
    let owner = site.departments.get(published.department).map(|owner| department_page(site, owner));
    Page { url: published.url.clone(), year: identity.year, kind: identity.kind, ..owner.unwrap_or_default() }
}

/// The record of a department.
pub(super) fn department(site: &Site, department: &Department) -> Record {
    let text = region_names(site, department).concat();
    let alias = aliases(department);
    let record = record(RecordType::Department, &department.name, "", &text, None, "");
    Record { alias: alias.into(), ..record }
}

/// Pinyin, initials and the other names of a department.
fn aliases(department: &Department) -> String {
    let key = sort_key(&department.name);
    let sounds = key.split('\0').next().unwrap_or_default();
    let syllables = || sounds.split(' ').filter(|syllable| *syllable != "~");
    let initials = syllables().filter_map(|syllable| syllable.get(..1)).collect();
    let mut aliases = vec![syllables().collect::<String>(), initials];
    aliases.extend(department.other_names.iter().map(|name| name.replace('\n', " ")));
    aliases.join("\n")
}

/// The names of the regions to which a department belongs, the widest first.
pub(super) fn region_names<'a>(site: &'a Site, department: &Department) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut node = department.region_node;
    while let Some(region) = node.and_then(|index| site.regions.get(index)) {
        names.push(region.name.as_str());
        node = region.parent;
    }
    names.reverse();
    names
}

/// The records of a disclosure in the language of its site; the first one is the disclosure itself.
pub(super) fn records(language: &Language, published: &PublishedDisclosure) -> Vec<Record> {
    let disclosure = &published.disclosure;
    let anchors = Anchors::new(disclosure);
    let mut records = vec![disclosure_record(published)];
    records.extend(statements(language, disclosure));
    records.extend(functions(language, disclosure, &anchors));
    records.extend(economic_items(language, disclosure, &anchors));
    records.extend(three_public(language, disclosure, &anchors));
    records.extend(projects(language, disclosure, &anchors));
    records.extend(procurement(disclosure, &anchors));
    records.extend(units(disclosure, &anchors));
    records.extend(terms(disclosure));
    records.extend(paragraphs(disclosure));
    records.extend(table_rows(language, disclosure));
    records.extend(published.ledger.findings.iter().enumerate().map(|one| finding(language, one)));
    records
}

fn record(kind: RecordType, name: &str, code: &str, text: &str, amount: Option<&Amount>, url: &str) -> Record {
    Record {
        kind,
        name: name.into(),
        code: code.into(),
        text: text.into(),
        alias: "".into(),
        amount: amount.map(amount_text).unwrap_or_default().into(),
        yuan: amount.map(|amount| amount.yuan),
        url: url.into(),
        page: 0,
    }
}

/// An amount as readers see it: as printed, with separators and unit.
fn amount_text(amount: &Amount) -> String {
    let printed = amount.printed.as_str();
    let plain = printed.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    format!("{}{}", if plain { grouped(printed) } else { printed.to_owned() }, amount.unit.label())
}

fn disclosure_record(published: &PublishedDisclosure) -> Record {
    let organization = published.disclosure.identity.organization.as_deref().unwrap_or_default();
    let total = published.disclosure.figures.expenditure_total.as_ref();
    record(RecordType::Disclosure, &published.title, "", organization, total, "")
}

fn statements(language: &Language, disclosure: &Disclosure) -> impl Iterator<Item = Record> {
    disclosure.statements.iter().enumerate().map(|(index, statement)| {
        let kind = language.label("statement", statement.kind.word());
        let text = words([kind, state_words(language, &statement.state)]);
        record(RecordType::Statement, statement_name(language, statement), "", &text, None, &statement_anchor(index))
    })
}

fn statement_name<'s>(language: &'s Language, statement: &'s Statement) -> &'s str {
    if statement.title.is_empty() { language.label("statement", statement.kind.word()) } else { &statement.title }
}

fn state_words<'s>(language: &'s Language, state: &'s StatementState) -> &'s str {
    match state {
        StatementState::DeclaredEmpty { sentence, .. } => sentence,
        StatementState::AnnouncedMissing => language.get("search.announced"),
        StatementState::Unreadable => language.get("search.unreadable"),
        StatementState::Read | StatementState::Empty => "",
    }
}

fn functions(language: &Language, disclosure: &Disclosure, anchors: &Anchors) -> impl Iterator<Item = Record> {
    disclosure.functions.iter().filter_map(|function| {
        let shown = [&function.total, &function.basic, &function.project].into_iter().flatten().next()?;
        let text = say!(language, "search.function", level: language.label("level", level_word(function.level)));
        let url = anchors.place(shown.place);
        Some(record(RecordType::Function, &function.name, &function.code, &text, function.total.as_ref(), &url))
    })
}

/// The rows of the statements by economic classification. A row's first amount is its total.
fn economic_items(language: &Language, disclosure: &Disclosure, anchors: &Anchors) -> impl Iterator<Item = Record> {
    let mut seen = BTreeSet::new();
    disclosure.facts.iter().filter_map(move |fact| {
        let kind = fact.subject.kind;
        let economic =
            [SubjectKind::EconomicDepartmental, SubjectKind::EconomicGovernmental, SubjectKind::EconomicPair];
        let place = fact.amount.place;
        if !economic.contains(&kind) || !seen.insert((place.file, place.line, &fact.subject.code)) {
            return None;
        }
        let statement = fact.statement.map_or("", |kind| language.label("statement", kind.word()));
        let url = anchors.place(place);
        let subject = &fact.subject;
        Some(record(RecordType::Economic, &subject.label, &subject.code, statement, Some(&fact.amount), &url))
    })
}

/// The three public expenses of the disclosure's own year.
fn three_public(language: &Language, disclosure: &Disclosure, anchors: &Anchors) -> impl Iterator<Item = Record> {
    let own = disclosure.three_public.iter().filter(|row| disclosure.identity.year.is_none_or(|year| year == row.year));
    own.flat_map(|row| ThreePublicPart::ALL.map(|part| (row, part))).filter_map(|(row, part)| {
        let amount = row.part(part).as_ref()?;
        let key = if row.phase == Phase::Final { "search.year_final" } else { "search.year_budget" };
        let text = language.say(key, &[("year", &row.year)]);
        let name = language.label("three_public", part.word());
        let record = record(RecordType::ThreePublic, name, "", &text, Some(amount), &anchors.place(amount.place));
        // Whatever the site calls it, readers of the documents look for the Chinese words.
        let alias = if name == part.label() { "" } else { part.label() };
        Some(Record { alias: alias.into(), ..record })
    })
}

fn projects(language: &Language, disclosure: &Disclosure, anchors: &Anchors) -> impl Iterator<Item = Record> {
    disclosure.projects.iter().flat_map(|project| {
        let text = words([project.category.as_str(), project.unit.as_str()]);
        let url = anchors.place(project.place);
        let total = project.total.as_ref();
        let own = record(RecordType::Project, &project.name, &project.code, &text, total, &url);
        let targets = project.indicators.iter().map(|indicator| {
            let text = words([
                language.label("target", indicator.kind.word()),
                indicator.target.as_str(),
                project.name.as_str(),
            ]);
            let url = anchors.place(indicator.place);
            record(RecordType::Indicator, &indicator.name, "", &text, None, &url)
        });
        std::iter::once(own).chain(targets)
    })
}

fn procurement(disclosure: &Disclosure, anchors: &Anchors) -> impl Iterator<Item = Record> {
    disclosure.procurement.iter().map(|item| {
        let text = words([&item.catalogue, &item.specification, &item.quantity, &item.unit].map(|text| text.as_str()));
        let url = anchors.place(item.place);
        record(RecordType::Procurement, &item.name, &item.function, &text, item.amount.as_ref(), &url)
    })
}

fn units(disclosure: &Disclosure, anchors: &Anchors) -> impl Iterator<Item = Record> {
    disclosure.units.iter().map(|unit| {
        let url = anchors.place(unit.place);
        record(RecordType::Unit, &unit.name, &unit.code, "", unit.total.as_ref(), &url)
    })
}

fn terms(disclosure: &Disclosure) -> impl Iterator<Item = Record> {
    disclosure.terms.iter().enumerate().map(|(index, term)| {
        record(RecordType::Term, &term.name, "", &term.explanation, None, &format!("#term{}", index + 1))
    })
}

/// Paragraphs and list items, each named by the heading above it. The explanations of terms are records already.
fn paragraphs(disclosure: &Disclosure) -> impl Iterator<Item = Record> {
    let mut heading = "";
    disclosure.blocks.iter().filter_map(move |block| {
        match block.kind {
            BlockKind::Heading(_) => heading = &block.text,
            BlockKind::Paragraph | BlockKind::Item if !block.text.is_empty() && !explains(disclosure, block) => {
                let url = source_line(block.file, block.lines.0);
                return Some(record(RecordType::Paragraph, heading, "", &block.text, None, &url));
            }
            _ => {}
        }
        None
    })
}

fn explains(disclosure: &Disclosure, block: &Block) -> bool {
    disclosure.terms.iter().any(|term| {
        term.place.file == block.file && term.place.line == block.lines.0 && block.text.ends_with(&term.explanation)
    })
}

/// The rows whose words are in no other record: those of tables that are no statutory statement, and the free text of
/// the department's performance table.
fn table_rows(language: &Language, disclosure: &Disclosure) -> impl Iterator<Item = Record> {
    let free = |kind| matches!(kind, StatementKind::Other | StatementKind::DepartmentPerformance);
    let statements = disclosure.statements.iter().enumerate().filter(move |(_, statement)| free(statement.kind));
    statements.flat_map(move |(index, statement)| {
        let with_words = |row: &&Row| row.cells.iter().any(|cell| cell.content == CellContent::Text);
        let rows = statement.rows.iter().enumerate().filter(move |(_, row)| with_words(row));
        rows.map(move |(number, row)| {
            let cells = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
            let text = cells.collect::<Vec<_>>().join(" ");
            record(RecordType::Row, statement_name(language, statement), "", &text, None, &row_anchor(index, number))
        })
    })
}

fn finding(language: &Language, (index, finding): (usize, &Finding)) -> Record {
    let parts = [
        ("search.expected", &finding.expected),
        ("search.printed", &finding.printed),
        ("search.difference", &finding.difference),
    ];
    let told = parts.iter().filter(|(_, value)| !value.is_empty());
    let text = told.map(|(key, value)| language.say(key, &[("value", value)])).collect::<Vec<_>>();
    let text = text.join(language.get("search.separator"));
    record(RecordType::Finding, &finding.message, &finding.rule, &text, None, &format!("#f{}", index + 1))
}

fn level_word(level: FunctionLevel) -> &'static str {
    match level {
        FunctionLevel::Class => "class",
        FunctionLevel::Section => "section",
        FunctionLevel::Item => "item",
    }
}

/// Texts with a dot between them, empty ones left out.
fn words<const N: usize>(texts: [&str; N]) -> String {
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
