//! Documents in the layouts of many places: each `<name>.json` beside a document holds the figures that a person finds
//! in it, and the reader must find them all and nothing else. `make.py` writes most of the documents.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use budgetsite::model::{Amount, Disclosure, ThreePublicPart};
use budgetsite::parse::parse;
use budgetsite::read::Source;
use budgetsite::recognize::recognize;
use budgetsite::vocabulary::Vocabulary;
use rust_decimal::Decimal;
use serde_json::Value;

/// Field of the case and name of the figure.
const FIGURES: [(&str, &str); 10] = [
    ("total_income", "income_total"),
    ("total_expenditure", "expenditure_total"),
    ("current_year_income", "current_income"),
    ("current_year_expenditure", "current_expenditure"),
    ("carried_in", "carried_in"),
    ("basic", "basic"),
    ("project", "project"),
    ("personnel", "personnel"),
    ("public", "operating"),
    ("operating_funds", "agency_operating"),
];

/// Field of the case and part of the three public expenses.
const PARTS: [(&str, ThreePublicPart); 6] = [
    ("total", ThreePublicPart::Total),
    ("abroad", ThreePublicPart::Abroad),
    ("vehicle_total", ThreePublicPart::Vehicles),
    ("vehicle_purchase", ThreePublicPart::VehiclePurchase),
    ("vehicle_operation", ThreePublicPart::VehicleOperation),
    ("reception", ThreePublicPart::Reception),
];

#[test]
fn every_layout_is_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading");
    let mut faults = Vec::new();
    let mut cases = 0;
    for expected in files(&folder, "json") {
        let document =
            ["txt", "md", "html"].map(|form| expected.with_extension(form)).into_iter().find(|path| path.exists());
        let document = document.unwrap_or_else(|| panic!("{} has no document", expected.display()));
        cases += 1;
        faults.extend(compare(&document, &expected));
    }
    assert!(cases >= 14, "only {cases} cases");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn files(folder: &Path, form: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of cases").map(|entry| entry.expect("a case").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == form)).collect();
    files.sort();
    files
}

/// What the reader got wrong in a document.
fn compare(document: &Path, expected: &Path) -> Vec<String> {
    let name = document.file_name().expect("a name").to_string_lossy().into_owned();
    let text = std::fs::read_to_string(document).expect("a document in UTF-8");
    let want: Value =
        serde_json::from_str(&std::fs::read_to_string(expected).expect("the figures")).expect("figures as JSON");
    let read = recognize(Vocabulary::builtin(), &parse(&Arc::new(Source::plain(&name, &text))));
    let mut case = Case { name, unit: want["unit"].as_str().expect("a unit").to_owned(), faults: Vec::new() };
    case.identity(&want, &read);
    for (field, figure) in FIGURES {
        let read =
            read.figures.named().into_iter().find(|(name, _)| *name == figure).and_then(|(_, amount)| amount.clone());
        case.amount(figure, &want[field], read.as_ref());
    }
    for block in ["by_function", "by_item"] {
        for (code, row) in want[block].as_object().expect("functions by code") {
            let read = read.functions.iter().find(|function| function.code == code.as_str());
            for part in ["total", "basic", "project"] {
                let read = read.and_then(|function| match part {
                    "total" => function.total.as_ref(),
                    "basic" => function.basic.as_ref(),
                    _ => function.project.as_ref(),
                });
                case.amount(&format!("{code} {part}"), &row[part], read);
            }
        }
    }
    for phase in ["budget", "final"] {
        let row = read.three_public.iter().find(|row| {
            let is_final = row.phase == budgetsite::model::Phase::Final;
            Some(u64::from(row.year)) == want["year"].as_u64() && is_final == (phase == "final")
        });
        for (field, part) in PARTS {
            let read = row.and_then(|row| row.part(part).as_ref());
            case.amount(&format!("{phase} {field}"), &want["three_public"][phase][field], read);
        }
    }
    case.placed(&read);
    case.faults
}

struct Case {
    name: String,
    unit: String,
    faults: Vec<String>,
}

impl Case {
    fn fault(&mut self, what: &str, want: &str, read: &str) {
        self.faults.push(format!("{}: {what}: expected {want}, read {read}", self.name));
    }

    fn identity(&mut self, want: &Value, read: &Disclosure) {
        let identity = &read.identity;
        let pairs = [
            (
                "organization",
                want["org"].as_str().map(str::to_owned),
                identity.organization.as_ref().map(ToString::to_string),
            ),
            ("year", want["year"].as_u64().map(|year| year.to_string()), identity.year.map(|year| year.to_string())),
            ("kind", want["kind"].as_str().map(str::to_owned), identity.kind.map(|kind| kind.word().to_owned())),
        ];
        for (what, want, read) in pairs {
            if want != read {
                self.fault(what, &want.unwrap_or_default(), &read.unwrap_or_default());
            }
        }
    }

    /// Amounts are printed in the unit of the case, or with their own: 72.36 (万元). A zero may be left blank.
    fn amount(&mut self, what: &str, want: &Value, read: Option<&Amount>) {
        let Some(printed) = want.as_str() else { return };
        let (digits, unit) = printed
            .split_once('(')
            .map_or((printed, self.unit.as_str()), |(digits, unit)| (digits, unit.trim_end_matches(')')));
        let factor = match unit {
            "元" => 1,
            "千元" => 1_000,
            "万元" => 10_000,
            other => panic!("{}: no such unit: {other}", self.name),
        };
        let digits = digits.trim().replace(',', "");
        let yuan = Decimal::from_str(&digits).expect("a decimal") * Decimal::from(factor);
        match read {
            None if yuan.is_zero() => {}
            Some(read) if read.yuan == yuan => {}
            read => self.fault(what, printed, &read.map_or("nothing".to_owned(), |read| read.yuan.to_string())),
        }
    }

    /// At least 98 of 100 numeric cells of the statements have a meaning.
    fn placed(&mut self, read: &Disclosure) {
        let cells: u32 = read.statements.iter().map(|statement| statement.amounts).sum();
        let placed: u32 = read.statements.iter().map(|statement| statement.placed).sum();
        if placed * 100 < cells * 98 {
            self.fault("cells placed", &cells.to_string(), &placed.to_string());
        }
    }
}
