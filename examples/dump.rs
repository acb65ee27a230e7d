//! Debug dump.
use budgetsite::{model::*, parse, read::Source, recognize, vocabulary::Vocabulary};
use std::sync::Arc;
#[allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let mut all = Vec::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let doc = parse::parse(&Arc::new(Source::plain(&path, &text)));
        let d = recognize::recognize(Vocabulary::builtin(), &doc);
        let f = |a: &Option<Amount>| {
            a.as_ref().map(|a| serde_json::json!({"yuan": a.yuan.to_string(), "printed": a.printed, "origin": a.origin.word(), "line": a.place.line}))
        };
        all.push(serde_json::json!({"source": path, "sources": [path], "organization": d.identity.organization, "year": d.identity.year, "kind": d.identity.kind.map(|k| k.word()),
          "figures": d.figures.named().iter().map(|(n,a)| (n.to_string(), f(a).unwrap_or(serde_json::Value::Null))).collect::<serde_json::Map<_,_>>(),
          "functions": d.functions.iter().map(|x| serde_json::json!({"code": x.code, "name": x.name, "total": f(&x.total), "basic": f(&x.basic), "project": f(&x.project)})).collect::<Vec<_>>(),
          "three_public": d.three_public.iter().map(|r| { let mut m = serde_json::Map::new(); m.insert("year".into(), r.year.into()); m.insert("phase".into(), if r.phase == Phase::Final {"final"} else {"budget"}.into()); for p in ThreePublicPart::ALL { if let Some(v) = f(r.part(p)) { m.insert(p.word().into(), v); } } serde_json::Value::Object(m) }).collect::<Vec<_>>() }));
        if std::env::var("J").is_ok() {
            continue;
        }
        println!(
            "== {path} {:?} {:?} {:?} {:?} {:?} {:?} facts {}",
            d.identity.organization,
            d.identity.region,
            d.identity.year,
            d.identity.kind,
            d.identity.level,
            d.identity.published,
            d.facts.len()
        );
        for x in &d.diagnostics {
            println!("  ! {} {}", x.code, x.message);
        }
        println!("  units {:?}", d.units.iter().map(|u| format!("{} {}", u.code, u.name)).collect::<Vec<_>>());
        println!(
            "  projects {} indicators {} terms {} vehicles {:?} procurement {}",
            d.projects.len(),
            d.projects.iter().map(|p| p.indicators.len()).sum::<usize>(),
            d.terms.len(),
            d.vehicles.iter().map(|v| v.count).collect::<Vec<_>>(),
            d.procurement.len()
        );
        for s in &d.statements {
            println!(
                "-- {:?} {:?} L{:?} title@{} unit {:?} {:?} rows {} amounts {}/{}",
                s.kind,
                s.title,
                s.lines,
                s.title_line,
                s.unit.unit,
                s.state.word(),
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
        if std::env::var("N").is_ok() {
            for f in d.facts.iter().filter(|f| f.statement.is_none()) {
                println!(
                    "  N L{} {}:{}:{} {}@{} {} {} = {}{}",
                    f.amount.place.line,
                    f.subject.kind.word(),
                    f.subject.code,
                    f.subject.label,
                    f.measure.nature,
                    f.measure.fund,
                    f.measure.phase.word(),
                    f.measure.year,
                    f.amount.printed,
                    f.amount.unit.label()
                );
            }
            for c in &d.changes {
                println!(
                    "  C L{} {} fact {:?} {:?} {:?} {} {:?} reason {:?}",
                    c.place.line,
                    c.subject,
                    c.fact,
                    c.comparison,
                    c.base_year,
                    c.difference.as_ref().map_or("-".into(), |a| a.printed.to_string()),
                    c.rate.map(|r| r.to_string()),
                    c.reason
                );
            }
            for s in &d.shares {
                println!(
                    "  S L{} {} of {} {}%",
                    s.place.line,
                    d.facts[s.part as usize].subject.label,
                    d.facts[s.whole as usize].subject.label,
                    s.percent
                );
            }
            for p in &d.projects {
                println!(
                    "  P {} {} {} {} {:?} ind {:?}",
                    p.code,
                    p.name,
                    p.category,
                    p.unit,
                    p.total.as_ref().map(|t| t.printed.clone()),
                    p.indicators.iter().map(|i| format!("{:?} {} {}", i.kind, i.name, i.target)).collect::<Vec<_>>()
                );
            }
        }
    }
    if std::env::var("J").is_ok() {
        println!("{}", serde_json::to_string(&all).unwrap());
    }
}
