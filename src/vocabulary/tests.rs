//! The built-in words contradict one another nowhere: no alias stands for two things, none is out of reach. And what a
//! site adds is read, wins, and is refused with its place when it is wrong.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::text::{key, label_key, squeeze};
use super::{FILE_NAMES, SiteWords, Vocabulary};

fn builtin(name: &str) -> Table {
    let text = match name {
        "statements.toml" => include_str!("statements.toml"),
        "columns.toml" => include_str!("columns.toml"),
        "rows.toml" => include_str!("rows.toml"),
        "tables.toml" => include_str!("tables.toml"),
        "functions.toml" => include_str!("functions.toml"),
        "economic.toml" => include_str!("economic.toml"),
        "narrative.toml" => include_str!("narrative.toml"),
        "forms.toml" => include_str!("forms.toml"),
        "identity.toml" => include_str!("identity.toml"),
        other => panic!("no such file: {other}"),
    };
    text.parse().unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn entries<'table>(table: &'table Table, name: &str) -> &'table [Value] {
    table.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn words(entry: &Value, field: &str) -> Vec<String> {
    let list = entry.get(field).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

fn word<'entry>(entry: &'entry Value, field: &str) -> &'entry str {
    entry.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Aliases by the form in which they are compared, within the scope in which they compete.
#[derive(Default)]
struct Aliases {
    seen: BTreeMap<(String, String), String>,
    faults: Vec<String>,
}

impl Aliases {
    fn add(&mut self, scope: &str, compared: String, printed: &str) {
        if compared.is_empty() {
            self.faults.push(format!("{scope}: {printed:?} is compared as nothing and is never found"));
        }
        if let Some(other) = self.seen.insert((scope.to_owned(), compared), printed.to_owned()) {
            self.faults.push(format!("{scope}: {printed:?} stands there twice, first as {other:?}"));
        }
    }

    fn check(self) {
        assert!(self.faults.is_empty(), "{} faults:\n{}", self.faults.len(), self.faults.join("\n"));
    }
}

#[test]
fn no_head_of_a_column_means_two_things() {
    let table = builtin("columns.toml");
    let mut aliases = Aliases::default();
    for entry in entries(&table, "column") {
        let statements = words(entry, "in");
        for word in words(entry, "words") {
            if statements.is_empty() {
                aliases.add("every statement", key(&word), &word);
            }
            for statement in &statements {
                aliases.add(statement, key(&word), &word);
            }
        }
    }
    aliases.check();
}

#[test]
fn no_label_of_a_row_means_two_things() {
    let table = builtin("rows.toml");
    let mut aliases = Aliases::default();
    for entry in entries(&table, "row") {
        for word in words(entry, "words") {
            aliases.add(super::tests::word(entry, "side"), label_key(&word), &word);
        }
    }
    aliases.check();
}

#[test]
fn no_word_of_a_sentence_means_two_things() {
    let table = builtin("narrative.toml");
    let mut aliases = Aliases::default();
    for entry in entries(&table, "subject") {
        for field in ["words", "change_words", "weak_words"] {
            for word in words(entry, field) {
                aliases.add(field, squeeze(&word), &word);
            }
        }
    }
    for entry in entries(&table, "fund") {
        for word in words(entry, "words") {
            aliases.add("fund", squeeze(&word), &word);
        }
    }
    aliases.check();
}

#[test]
fn no_name_of_a_class_means_two_classes() {
    let table = builtin("functions.toml");
    let classes = table["classes"].as_table().expect("classes");
    for (code, names) in classes {
        for name in names.as_array().expect("names").iter().filter_map(Value::as_str) {
            assert_eq!(Vocabulary::builtin().names.function_class(name), Some(code.as_str()), "{name}");
        }
    }
}

/// A rule is out of reach when one above it takes every title that it could take.
#[test]
fn every_title_rule_can_be_reached() {
    let table = builtin("statements.toml");
    let rules = entries(&table, "statement");
    let takes_all = |above: &Value, below: &Value| {
        let certain = words(below, "all");
        let stands = |word: &String, words: &[String]| words.iter().any(|other| other.contains(word.as_str()));
        let any = words(above, "any");
        let some = words(below, "any");
        let any_met = any.is_empty()
            || any.iter().any(|word| stands(word, &certain))
            || !some.is_empty()
                && some.iter().all(|alternative| any.iter().any(|word| alternative.contains(word.as_str())));
        let excluded = words(below, "none");
        words(above, "all").iter().all(|word| stands(word, &certain))
            && any_met
            && words(above, "none").iter().all(|word| excluded.iter().any(|other| word.contains(other.as_str())))
    };
    for (index, below) in rules.iter().enumerate() {
        let above = rules[..index].iter().find(|above| takes_all(above, below));
        assert!(above.is_none(), "{below:?} is out of reach below {above:?}");
    }
}

fn site(name: &str, text: &str) -> Result<Vocabulary, Vec<crate::diagnostic::Diagnostic>> {
    Vocabulary::with_site(&[SiteWords { path: format!("vocabulary/{name}"), text: text.to_owned() }])
}

#[test]
fn words_of_a_site_stand_beside_the_built_in_ones_and_win() {
    use crate::model::StatementKind;
    let own =
        site("columns.toml", "[[column]]\namount = true\nnature = \"project\"\nwords = [\"专办经费\", \"基本支出\"]\n");
    let own = own.expect("sound words");
    let nature =
        |head: &str| own.columns.of_head(head, StatementKind::Expenditure).map(|meaning| meaning.nature.clone());
    assert_eq!(nature("专办经费").as_deref(), Some("project"));
    assert_eq!(nature("基本支出").as_deref(), Some("project"));
    assert_eq!(nature("人员经费").as_deref(), Some("basic.personnel"));

    let own = site("statements.toml", "[[statement]]\nkind = \"three_public\"\nall = [\"三项经费\"]\n").expect("sound");
    let kind = |title: &str| own.statements.of_title(title).map(|rule| rule.kind);
    assert_eq!(kind("三项经费支出预算表"), Some(StatementKind::ThreePublic));
    assert_eq!(kind("部门收入总表"), Some(StatementKind::Revenue));

    let own = site("functions.toml", "[classes]\n235 = [\"专项国债支出\"]\n").expect("sound");
    assert_eq!(own.names.function_class("专项国债支出"), Some("235"));
    assert_eq!(own.names.function_class("教育支出"), Some("205"));

    let own =
        site("rows.toml", "[[row]]\nside = \"income\"\nitem = \"other\"\nwords = [\"捐赠收入\"]\n").expect("sound");
    assert!(own.rows.of_label("捐赠收入", super::Side::Income).is_some());

    let own = site("narrative.toml", "connectors = [\"核定\"]\n").expect("sound");
    assert!(own.narrative.subjects.before("公务接待费核定", false).is_some());

    let own =
        site("forms.toml", "names = [\"子项目名称\"]\n\n[[fund]]\nwords = [\"专项债\"]\nfund = \"government_fund\"\n");
    let own = own.expect("sound words").forms;
    assert!(own.is_name("子项目名称") && own.is_name("项目名称"));
    assert_eq!(own.fund("专项债资金").map(|(_, fund)| fund.as_str()), Some("government_fund"));

    let own = site("tables.toml", "empty = [\"本表未发生\"]\n\n[[phase]]\nwords = [\"结算\"]\nphase = \"final\"\n");
    let own = own.expect("sound words").tables;
    assert!(own.declares_empty("本表未发生,故为零") && own.declares_empty("本表无数据"));
    assert_eq!(own.year_and_phase("上年结算数", 2025), Some((2024, Some(crate::model::Phase::Final))));
    assert_eq!(own.year_and_phase("2023年度年初预算额", 2025), Some((2023, Some(crate::model::Phase::InitialBudget))));

    let own = site("narrative.toml", "terms = [\"术语解释\"]\n\n[clauses]\nlast_year = [\"前一年\"]\n").expect("sound");
    assert!(own.narrative.clauses.last_year.len() > 1 && own.narrative.sections.terms.len() > 1);

    let own = site("identity.toml", "department = [\"系统\"]\n").expect("sound");
    assert_eq!(own.identity.titled("某某气象局2023年系统决算公开"), Some("某某气象局"));
    assert_eq!(Vocabulary::builtin().identity.titled("某某气象局2023年系统决算公开"), None);

    let own = site("identity.toml", "labels = [\"公开主体\"]\n").expect("sound");
    assert_eq!(own.identity.behind_label("公开主体:某局"), Some("某局"));
}

#[test]
fn wrong_words_of_a_site_are_refused_with_their_place() {
    let cases = [
        ("columns.toml", "[[column]]\nwords = [\"甲\"]\nrole = \"lable\"\n", "vocabulary-word", 3),
        ("columns.toml", "[[column]]\nwords = [\"甲\"]\nin = [\"revenues\"]\n", "vocabulary-word", 3),
        ("rows.toml", "[[row]]\nside = \"left\"\nwords = [\"甲\"]\n", "vocabulary-word", 2),
        ("statements.toml", "[[statement]]\nkind = \"income\"\n", "vocabulary-word", 2),
        ("narrative.toml", "[[subject]]\nwords = [\"甲\"]\nkind = \"sum\"\ncodes = []\n", "vocabulary-word", 3),
        ("forms.toml", "[[group]]\nwords = [\"甲\"]\nkind = \"costs\"\n", "vocabulary-word", 3),
        ("forms.toml", "[[phase]]\nwords = [\"甲\"]\nphase = \"last\"\n", "vocabulary-word", 3),
        ("tables.toml", "[[phase]]\nwords = [\"甲\"]\nphase = \"last\"\n", "vocabulary-word", 3),
        ("columns.toml", "[[column]]\nword = [\"甲\"]\n", "vocabulary-file", 2),
        ("functions.toml", "[classes\n", "vocabulary-file", 1),
        ("glyphs.toml", "", "vocabulary-file", 0),
    ];
    for (name, text, code, line) in cases {
        let problems = site(name, text).expect_err("wrong words");
        let problem = &problems[0];
        assert_eq!((problem.code, problem.span.as_ref().map(|span| span.line)), (code, Some(line)), "{name}: {text}");
    }
    assert_eq!(FILE_NAMES.map(|name| builtin(name).is_empty()), [false; 9]);
}

/// What the program recognizes documents by is data: the code of reading holds no words but those that it says itself.
#[test]
fn no_words_of_documents_stand_in_code() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let said: Vec<String> = {
        let words: Table = include_str!("../language/reading.en.toml").parse().expect("the words of reading");
        words.keys().cloned().collect()
    };
    let mut found = std::collections::BTreeSet::new();
    for stage in ["parse", "recognize"] {
        for file in rust_files(&root.join(stage)) {
            let text = std::fs::read_to_string(&file).expect("a file of the program");
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let name = file.strip_prefix(&root).expect("below src").display().to_string();
            let words = code.lines().flat_map(literals).filter(|literal| !is_said(&said, literal));
            found.extend(words.map(|literal| format!("{name}: {literal}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

fn rust_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of the program") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                files.extend(rust_files(&path));
            }
        } else if path.extension().is_some_and(|form| form == "rs") {
            files.push(path);
        }
    }
    files
}

/// The texts in quotes on a line of code with two Chinese characters side by side. 年度 belongs to the grammar of dates.
fn literals(line: &str) -> Vec<String> {
    let code = if line.trim_start().starts_with("//") { "" } else { line.split("// ").next().unwrap_or_default() };
    let han = |glyph: char| ('\u{4e00}'..='\u{9fff}').contains(&glyph);
    let word = |text: &&str| text.replace("年度", "").split(|glyph| !han(glyph)).any(|run| run.chars().count() >= 2);
    code.replace("\\\"", "'").split('"').skip(1).step_by(2).filter(word).map(str::to_owned).collect()
}

/// True for what the program says to its readers, in English too.
fn is_said(said: &[String], literal: &str) -> bool {
    let pieces = |text: &str| -> Vec<String> {
        text.split(['{', '}', '\'', '"']).filter(|piece| super::text::has_han(piece)).map(str::to_owned).collect()
    };
    let known: Vec<String> = said.iter().flat_map(|pattern| pieces(pattern)).collect();
    // A sentence may be put together of two pieces.
    let part = |known: &String, piece: &String| {
        piece.chars().count() > 6 && (known.starts_with(piece.as_str()) || known.ends_with(piece.as_str()))
    };
    pieces(literal).iter().all(|piece| known.iter().any(|known| known == piece || part(known, piece)))
}
