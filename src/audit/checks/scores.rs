//! Scores of a self-evaluation: the overall score is one, the listed scores add up to it, its grade fits it.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::{Passage, number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Place};

/// 「部门整体绩效自评得分93.38分」
static OVERALL: LazyLock<Regex> = LazyLock::new(|| pattern("整体[^。;,]{0,14}?得分(?:为)?:?(\\d{1,3}(?:\\.\\d+)?)分"));
/// 「指标5分，得3.5分」
static LISTED: LazyLock<Regex> =
    LazyLock::new(|| pattern("指标(?:分值)?(\\d+(?:\\.\\d+)?)分?,得(?:分)?(\\d+(?:\\.\\d+)?)分"));
/// 「得分为87.50分，评价等级为一般」
static GRADED: LazyLock<Regex> =
    LazyLock::new(|| pattern("得分(?:为)?:?(\\d{1,3}(?:\\.\\d+)?)分,(?:评价)?等级为(优秀|优|良好|良|中|一般|差)"));

/// One entry for each overall score after the first, one for the listed scores.
pub(super) fn scores(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let passages = index.passages();
    let overall: Vec<(Decimal, Place)> = passages.iter().filter_map(|passage| stated(passage, index)).collect();
    let Some(((first, first_place), rest)) = overall.split_first() else { return checked };
    for (score, place) in rest {
        if score == first {
            checked.pass(rule, "", *place);
            continue;
        }
        let message = say!(
            index.language,
            "check.scores",
            line: first_place.line,
            first: first,
            other_line: place.line,
            other: score,
        );
        let found = finding(rule, vec![*first_place, *place], message);
        let (expected, printed) = (score.to_string(), first.to_string());
        checked.fail(rule, "", Finding { expected, printed, difference: (first - score).abs().to_string(), ..found });
    }
    listed(rule, index, passages, &overall, &mut checked);
    checked
}

fn stated(passage: &Passage, index: &Index) -> Option<(Decimal, Place)> {
    let captures = OVERALL.captures(&passage.text)?;
    let score = number(&captures[1])?;
    Some((score, passage.place(index, &format!("{}分", &captures[1]))))
}

/// When the listed maxima make a hundred, the listed scores make the overall one.
fn listed(rule: &Rule, index: &Index, passages: &[Passage], overall: &[(Decimal, Place)], checked: &mut Checked) {
    let mut sums = (Decimal::ZERO, Decimal::ZERO);
    let mut places = Vec::new();
    for passage in passages {
        for captures in LISTED.captures_iter(&passage.text) {
            let (Some(most), Some(score)) = (number(&captures[1]), number(&captures[2])) else { continue };
            sums = (sums.0 + most, sums.1 + score);
            places.push(passage.place(index, &captures[0]));
        }
    }
    let Some((score, place)) = overall.last().filter(|_| sums.0 == Decimal::ONE_HUNDRED) else { return };
    if overall.iter().any(|(score, _)| *score == sums.1) {
        return checked.pass(rule, "", *place);
    }
    let message = say!(
        index.language,
        "check.scores_listed",
        count: places.len(),
        sum: sums.1,
        score: score,
        line: place.line,
    );
    let places = std::iter::once(*place).chain(places).collect();
    let (expected, printed) = (sums.1.to_string(), score.to_string());
    let difference = (sums.1 - score).abs().to_string();
    checked.fail(rule, "", Finding { expected, printed, difference, ..finding(rule, places, message) });
}

/// One entry for each score with a grade.
pub(super) fn grades(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for passage in index.passages() {
        for captures in GRADED.captures_iter(&passage.text) {
            let Some(score) = number(&captures[1]) else { continue };
            let place = passage.place(index, &format!("{}分", &captures[1]));
            let (usual, words): (&str, &[&str]) = match score {
                score if score >= Decimal::from(90) => ("优", &["优", "优秀"]),
                score if score >= Decimal::from(80) => ("良", &["良", "良好"]),
                score if score >= Decimal::from(60) => ("中", &["中", "一般"]),
                _ => ("差", &["差"]),
            };
            if words.contains(&&captures[2]) {
                checked.pass(rule, "", place);
                continue;
            }
            let message = say!(
                index.language,
                "check.grades",
                line: place.line,
                score: score,
                grade: &captures[2],
                usual: usual,
            );
            let found = finding(rule, vec![place], message);
            checked.fail(rule, "", Finding { expected: usual.to_owned(), printed: captures[2].to_owned(), ..found });
        }
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::{GRADED, LISTED, OVERALL};

    #[test]
    fn scores_are_read_out_of_their_sentences() {
        let overall = |text: &str| OVERALL.captures(text).map(|captures| captures[1].to_owned());
        assert_eq!(overall("本部门整体绩效自评得分93.38分,评价等级为良").as_deref(), Some("93.38"));
        assert_eq!(overall("我单位整体自评得分为87.50分,评价").as_deref(), Some("87.50"));
        assert_eq!(overall("项目自评得分为94.7分"), None);
        let listed = LISTED.captures("①年度履职目标相关性,指标10分,得5分。").expect("a score");
        assert_eq!((&listed[1], &listed[2]), ("10", "5"));
        let graded = GRADED.captures("整体自评得分为87.50分,评价等级为一般").expect("a grade");
        assert_eq!((&graded[1], &graded[2]), ("87.50", "一般"));
    }
}
