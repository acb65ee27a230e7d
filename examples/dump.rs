//! Debug dump.
use budgetsite::{model::*, parse, read::Source, recognize, vocabulary::Vocabulary};
use std::sync::Arc;
#[allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let doc = parse::parse(&Arc::new(Source::plain(&path, &text)));
        let (st, facts) = recognize::statements(Vocabulary::builtin(), &doc);
        println!("== {path} {} facts", facts.len());
        for s in &st {
            println!(
                "-- {:?} {:?} L{:?} title@{} unit {:?} {:?} rows {} amounts {}/{}",
                s.kind,
                s.title,
                s.lines,
                s.title_line,
                s.unit.unit,
                s.state,
                s.rows.len(),
                s.placed,
                s.amounts
            );
            if std::env::var("V").is_ok() {
                for (i, c) in s.columns.iter().enumerate() {
                    println!("   col {i} lane{} {:?} {:?}", c.lane, c.path, c.role);
                }
                for r in &s.rows {
                    println!(
                        "   L{} {:?} {:?} | {}",
                        r.line,
                        r.roles,
                        r.subjects
                            .iter()
                            .map(|s| s.as_ref().map(|s| format!("{}:{}:{}", s.kind.word(), s.code, s.label)))
                            .collect::<Vec<_>>(),
                        r.cells
                            .iter()
                            .map(|c| match &c.content {
                                CellContent::Amount { amount, .. } => format!(
                                    "{}{}",
                                    amount.printed,
                                    match amount.origin {
                                        Origin::Printed => "",
                                        Origin::Derived { .. } => "ᵈ",
                                        Origin::Repaired { .. } => "ʳ",
                                        _ => "?",
                                    }
                                ),
                                CellContent::Unplaced => format!("!!{}", c.text),
                                _ => c.text.to_string(),
                            })
                            .collect::<Vec<_>>()
                            .join("|")
                    );
                }
            }
        }
    }
}
