//! Basic expenditure of a disclosure by economic code.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::{Amount, Disclosure, Fact, Kind, Origin, Phase, Place, StatementKind, SubjectKind};
use crate::vocabulary::CodeNames;

/// Spending on one economic code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EconomicFigure {
    /// 3 or 5 digits.
    pub code: CompactString,
    /// The name as printed; of a governmental code beside a departmental one, the name of the code list.
    pub name: CompactString,
    /// As printed, else the sum of the rows of the code.
    pub amount: Amount,
}

/// The basic expenditure of the general public budget by economic code, in the order of codes. Documents print the
/// departmental code, the governmental one, or both in one row; a row with both counts for both. A head that is not
/// printed is the sum of its items, marked as derived. Of several such statements the first is taken.
pub fn economic_figures(names: &CodeNames, disclosure: &Disclosure) -> Vec<EconomicFigure> {
    let facts = facts(disclosure);
    let mut rows: BTreeMap<CompactString, (CompactString, Vec<&Amount>)> = BTreeMap::new();
    for fact in &facts {
        for (code, name) in codes(names, fact) {
            let row = rows.entry(code).or_insert_with(|| (name, Vec::new()));
            row.1.push(&fact.amount);
        }
    }
    let heads: Vec<CompactString> = rows.keys().filter(|code| code.len() > 3).map(|code| code[..3].into()).collect();
    for head in heads {
        if rows.contains_key(&head) {
            continue;
        }
        let items = rows.iter().filter(|(code, _)| code.len() > 3 && code.starts_with(head.as_str()));
        let amounts: Vec<&Amount> = items.flat_map(|(_, (_, amounts))| amounts.iter().copied()).collect();
        let name = names.economic_name(&head).unwrap_or_default().into();
        rows.insert(head, (name, amounts));
    }
    let figure = |(code, (name, amounts)): (CompactString, (CompactString, Vec<&Amount>))| {
        Some(EconomicFigure { amount: sum(&amounts)?, code, name })
    };
    rows.into_iter().filter_map(figure).collect()
}

/// The facts that count: one statement, one fund, one nature or its two halves.
fn facts(disclosure: &Disclosure) -> Vec<&Fact> {
    let identity = &disclosure.identity;
    let is_own = |fact: &&Fact| {
        fact.statement == Some(StatementKind::GeneralBasic)
            && Some(fact.measure.year) == identity.year
            && (fact.measure.phase == Phase::Final) == (identity.kind == Some(Kind::Final))
            && matches!(
                fact.subject.kind,
                SubjectKind::EconomicDepartmental | SubjectKind::EconomicGovernmental | SubjectKind::EconomicPair
            )
            && !fact.subject.of_which
    };
    let own: Vec<&Fact> = disclosure.facts.iter().filter(is_own).collect();
    let Some(first) = own.first() else { return Vec::new() };
    let (statement, fund) = (first.statement_index, &first.measure.fund);
    let one = |fact: &&&Fact| fact.statement_index == statement && fact.measure.fund == *fund;
    let has = |natures: &[&str]| own.iter().filter(one).any(|fact| natures.contains(&fact.measure.nature.as_str()));
    let natures: &[&str] = match () {
        () if has(&["basic"]) => &["basic"],
        () if has(&["total"]) => &["total"],
        () => &["basic.personnel", "basic.operating"],
    };
    own.iter().filter(one).filter(|fact| natures.contains(&fact.measure.nature.as_str())).copied().collect()
}

/// The codes of a row with their names.
fn codes(names: &CodeNames, fact: &Fact) -> Vec<(CompactString, CompactString)> {
    let name = |code: &str| CompactString::from(names.economic_name(code).unwrap_or_default());
    let is_code = |code: &str| matches!(code.len(), 3 | 5) && code.bytes().all(|byte| byte.is_ascii_digit());
    let (code, label) = (&fact.subject.code, &fact.subject.label);
    let codes = match code.split_once('/') {
        Some((departmental, governmental)) => {
            vec![(departmental.into(), label.clone()), (governmental.into(), name(governmental))]
        }
        None => vec![(code.clone(), label.clone())],
    };
    codes.into_iter().filter(|(code, _)| is_code(code)).collect()
}

/// The amount as it stands, or the sum of several.
fn sum(amounts: &[&Amount]) -> Option<Amount> {
    let (first, others) = amounts.split_first()?;
    if others.is_empty() {
        return Some((*first).clone());
    }
    let inputs: Vec<Place> = amounts.iter().map(|amount| amount.place).collect();
    Some(Amount {
        yuan: amounts.iter().map(|amount| amount.yuan).sum(),
        quantum: amounts.iter().map(|amount| amount.quantum).min().unwrap_or(Decimal::ONE),
        printed: CompactString::default(),
        origin: Origin::Derived { rule: "各行相加".to_owned(), inputs },
        ..(*first).clone()
    })
}

#[cfg(test)]
mod tests {
    use super::economic_figures;
    use crate::assemble::samples::{decimal, disclosure, fact};
    use crate::model::{Fact, Kind, StatementKind, SubjectKind};
    use crate::vocabulary::Vocabulary;

    /// A row of the statement of basic expenditure.
    fn row(kind: SubjectKind, code: &str, nature: &str, printed: &str) -> Fact {
        let mut row = fact(kind, code, 2025, decimal(printed, 7));
        row.statement = Some(StatementKind::GeneralBasic);
        row.statement_index = Some(5);
        row.measure.nature = nature.into();
        row.measure.fund = "general_public".into();
        row
    }

    fn figures(rows: Vec<Fact>) -> Vec<(String, String)> {
        let mut budget = disclosure("a.txt", "甲局", 2025, Kind::Budget, 1);
        budget.facts.extend(rows);
        let figures = economic_figures(&Vocabulary::builtin().names, &budget);
        figures.into_iter().map(|one| (one.code.to_string(), one.amount.yuan.normalize().to_string())).collect()
    }

    fn told(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(code, yuan)| ((*code).to_owned(), (*yuan).to_owned())).collect()
    }

    #[test]
    fn a_row_with_both_codes_counts_for_both_and_heads_are_summed() {
        use SubjectKind::EconomicPair as Pair;
        let rows = vec![
            row(Pair, "30101/50101", "basic", "2.00"),
            row(Pair, "30107/50501", "basic", "1.00"),
            row(Pair, "30107/50501", "basic", "0.50"),
            row(Pair, "30107/50501", "basic.personnel", "1.50"),
        ];
        let expected = [
            ("301", "35000"),
            ("30101", "20000"),
            ("30107", "15000"),
            ("501", "20000"),
            ("50101", "20000"),
            ("505", "15000"),
            ("50501", "15000"),
        ];
        assert_eq!(figures(rows), told(&expected));
    }

    #[test]
    fn a_printed_head_is_kept_and_two_lanes_are_put_together() {
        use SubjectKind::EconomicDepartmental as Departmental;
        let rows = vec![
            row(Departmental, "301", "basic.personnel", "3.00"),
            row(Departmental, "30101", "basic.personnel", "2.00"),
            row(Departmental, "302", "basic.operating", "1.00"),
        ];
        assert_eq!(figures(rows), told(&[("301", "30000"), ("30101", "20000"), ("302", "10000")]));
    }

    #[test]
    fn another_statement_year_or_subject_does_not_count() {
        use SubjectKind::EconomicDepartmental as Departmental;
        let mut second = row(Departmental, "301", "basic", "3.00");
        second.statement_index = Some(6);
        let mut earlier = row(Departmental, "301", "basic", "9.00");
        earlier.measure.year = 2024;
        let rows = vec![
            earlier,
            row(Departmental, "301", "basic", "3.00"),
            second,
            row(SubjectKind::Total, "total", "basic", "9.00"),
        ];
        assert_eq!(figures(rows), told(&[("301", "30000")]));
        assert_eq!(figures(Vec::new()), told(&[]));
    }
}
