//! What the table reader promises, under random input: it never panics, every amount stands where it says, and a
//! sound statement is read whole, whatever its amounts, blanks and unit.

mod same;
mod silence;

use std::sync::Arc;

use budgetsite::audit::{Rules, audit};
use budgetsite::config::AuditConfig;
use budgetsite::model::{Disclosure, Fact, Origin, SubjectKind};
use budgetsite::parse::{parse, plain_line};
use budgetsite::read::Source;
use budgetsite::recognize::recognize;
use budgetsite::vocabulary::Vocabulary;
use proptest::prelude::*;
use rust_decimal::Decimal;

const SOUND: &str = include_str!("../../src/cli/site/2025-budget.md");

/// Names of functional subjects: class, group, item.
const SUBJECTS: [[(&str, &str); 3]; 4] = [
    [("201", "一般公共服务支出"), ("20103", "政府办公厅（室）及相关机构事务"), ("2010301", "行政运行")],
    [("208", "社会保障和就业支出"), ("20805", "行政事业单位养老支出"), ("2080501", "行政单位离退休")],
    [("210", "卫生健康支出"), ("21011", "行政事业单位医疗"), ("2101101", "行政单位医疗")],
    [("221", "住房保障支出"), ("22102", "住房改革支出"), ("2210201", "住房公积金")],
];

fn read(text: &str) -> Disclosure {
    let source = Arc::new(Source::plain("2025-budget.md", text));
    recognize(Vocabulary::builtin(), &parse(&source))
}

/// A change to a text: what extraction and editing do to documents.
#[derive(Debug, Clone)]
enum Damage {
    DeleteLine(usize),
    RepeatLine(usize),
    SwapLines(usize),
    InsertAt(usize, &'static str),
    DeleteCharacter(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let text = prop::sample::select(vec![
        "\t",
        " ",
        "|",
        "\n",
        "0",
        ".",
        ",",
        "-",
        "（",
        "合计",
        "单位：元",
        "\u{3000}",
        "<table>",
        "\u{fffd}",
        "亿元",
        "\u{200b}",
        "99999999999999999999999999999",
        "#",
        "小计",
        "2024年",
        "1.2.3",
        "−",
    ]);
    let place = 0..100_000_usize;
    prop_oneof![
        place.clone().prop_map(Damage::DeleteLine),
        place.clone().prop_map(Damage::RepeatLine),
        place.clone().prop_map(Damage::SwapLines),
        (place.clone(), text).prop_map(|(place, text)| Damage::InsertAt(place, text)),
        place.prop_map(Damage::DeleteCharacter),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut text = text.to_owned();
    for damage in damages {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut characters: Vec<char> = text.chars().collect();
        let (line, character) = (|at: usize| at % lines.len(), |at: usize| at % characters.len());
        text = match *damage {
            Damage::DeleteLine(at) => {
                lines.remove(line(at));
                lines.join("\n")
            }
            Damage::RepeatLine(at) => {
                let at = line(at);
                lines.insert(at, lines[at].clone());
                lines.join("\n")
            }
            Damage::SwapLines(at) => {
                let (at, last) = (line(at), lines.len() - 1);
                lines.swap(at, (at + 1).min(last));
                lines.join("\n")
            }
            Damage::InsertAt(at, inserted) => {
                let at = character(at);
                characters[..at]
                    .iter()
                    .copied()
                    .chain(inserted.chars())
                    .chain(characters[at..].iter().copied())
                    .collect()
            }
            Damage::DeleteCharacter(at) => {
                let at = character(at);
                characters.remove(at);
                characters.into_iter().collect()
            }
        };
    }
    text
}

/// An item of 部门支出总表: basic and project expenditure in hundredths of the table's unit.
#[derive(Debug, Clone, Copy)]
struct Item {
    basic: u32,
    project: u32,
}

fn item() -> impl Strategy<Value = Item> {
    let amount = || prop_oneof![1 => Just(0_u32), 3 => 1..9_999_999_u32];
    (amount(), amount())
        .prop_map(|(basic, project)| Item { basic, project })
        .prop_filter("an item has an amount", |item| item.basic + item.project > 0)
}

/// The statement as text.
fn statement(items: &[Item], unit: &str) -> String {
    let mut text = format!(
        "2025年样例市甲区档案馆部门预算公开\n\n部门支出总体情况表\n单位：{unit}\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    );
    let mut row = |code: &str, name: &str, item: Item| {
        let printed =
            |amount: u32| if amount == 0 { String::new() } else { Decimal::new(amount.into(), 2).to_string() };
        let amounts = [item.basic + item.project, item.basic, item.project].map(printed);
        let cells: Vec<&str> = [code, name].into_iter().chain(amounts.iter().map(String::as_str)).collect();
        text += &(cells.join("\t") + "\n");
    };
    let whole = items.iter().fold(Item { basic: 0, project: 0 }, |sum, item| Item {
        basic: sum.basic + item.basic,
        project: sum.project + item.project,
    });
    row("", "合计", whole);
    for (item, levels) in items.iter().zip(SUBJECTS) {
        for (code, name) in levels {
            row(code, name, *item);
        }
    }
    text
}

/// The amount that the statement must have for a fact of it, in hundredths of its unit.
fn truth(items: &[Item], fact: &Fact) -> Option<u64> {
    let of = |item: &Item| match fact.measure.nature.as_str() {
        "total" => Some(u64::from(item.basic) + u64::from(item.project)),
        "basic" => Some(u64::from(item.basic)),
        "project" => Some(u64::from(item.project)),
        _ => None,
    };
    match fact.subject.kind {
        SubjectKind::Total => items.iter().map(of).sum(),
        SubjectKind::Function => {
            let position =
                SUBJECTS.iter().position(|levels| levels.iter().any(|(code, _)| *code == fact.subject.code))?;
            of(&items[position])
        }
        _ => None,
    }
}

fn wrong<'f>(items: &[Item], step: Decimal, disclosure: &'f Disclosure) -> Vec<&'f Fact> {
    let is_wrong = |fact: &&Fact| truth(items, fact).map(|truth| Decimal::from(truth) * step) != Some(fact.amount.yuan);
    disclosure.facts.iter().filter(|fact| fact.statement.is_some()).filter(is_wrong).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn damaged_documents_are_read_without_panic_and_amounts_stand_where_they_say(
        damages in prop::collection::vec(damage(), 1..40)
    ) {
        let text = damaged(SOUND, &damages);
        let disclosure = read(&text);
        audit(Rules::builtin(), &AuditConfig::default(), &disclosure);
        let lines: Vec<&str> = text.lines().collect();
        for fact in &disclosure.facts {
            let amount = &fact.amount;
            let line = lines.get(amount.place.line as usize - 1).copied().unwrap_or_default();
            if matches!(amount.origin, Origin::Printed) {
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let printed = digits(&amount.printed);
                // What is put into a tag (`34<t99able>.20`) belongs to the tag, not to the number around it.
                let stands = digits(line).contains(&printed) || digits(&plain_line(line)).contains(&printed);
                prop_assert!(stands, "{:?} is not in {line:?}", amount);
            }
        }
    }

    #[test]
    fn a_sound_statement_is_read_whole(
        items in prop::collection::vec(item(), 1..=4), in_yuan in any::<bool>()
    ) {
        let (unit, step) = if in_yuan { ("元", Decimal::new(1, 2)) } else { ("万元", Decimal::ONE_HUNDRED) };
        let disclosure = read(&statement(&items, unit));
        let wrong = wrong(&items, step, &disclosure);
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        let unplaced: u32 = disclosure.statements.iter().map(|statement| statement.amounts - statement.placed).sum();
        prop_assert_eq!(unplaced, 0);
    }
}
