//! Sentences: what a chart shows, said with the same values that stand in its table.
//!
//! Wording follows the official one: 增加 and 减少 with amounts, 增长 and 下降 with rates, 持平 only when both values are
//! equal at the precision of the source. No sentence judges.

use rust_decimal::Decimal;

use crate::assemble::{Comparison, ComparisonRow, ComparisonSubject, PublishedDisclosure, Sourced, TrendPoint};
use crate::model::{Amount, Kind, Level, Phase};
use crate::render::wording::figure::Figures;
use crate::render::wording::number::{self, Known, Movement, Rate};
use crate::render::wording::phrase::{Phrase, Piece};
use crate::render::wording::words::Words;

/// Makes the sentences of one page.
#[derive(Clone, Copy)]
pub struct Sentences<'a> {
    /// The interface language.
    pub words: &'a Words,
    /// The page's amounts.
    pub figures: Figures<'a>,
}

/// A named amount of a list, such as a functional class or a source of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// How much.
    pub value: Sourced,
}

impl Sentences<'_> {
    /// The first sentence of a department's page: its totals and how they changed.
    pub fn totals(self, name: &str, published: &PublishedDisclosure, trend: &[TrendPoint]) -> Phrase {
        let identity = &published.disclosure.identity;
        let (Some(year), Some(kind)) = (identity.year, identity.kind) else {
            return self.totals_unknown(name, published);
        };
        let point = |year: u16| trend.iter().find(|point| point.year == year && point.kind == kind);
        let now = point(year);
        let before = year.checked_sub(1).and_then(point);
        let income = now.and_then(|point| point.income.as_ref());
        let expenditure = now.and_then(|point| point.expenditure.as_ref());
        let change = match (expenditure, before.and_then(|point| point.expenditure.as_ref())) {
            (Some(now), Some(before)) => self.change(now, before, kind),
            (None, _) => match (income, before.and_then(|point| point.income.as_ref())) {
                (Some(now), Some(before)) => self.change(now, before, kind),
                _ => Phrase::default(),
            },
            _ => Phrase::default(),
        };
        let key = match (income, expenditure) {
            (Some(one), Some(other)) if one.amount.yuan == other.amount.yuan => "sentence.totals_equal",
            (Some(_), Some(_)) => "sentence.totals_differ",
            (None, Some(_)) => "sentence.total_expenditure",
            (Some(_), None) => "sentence.total_income",
            (None, None) => return self.totals_unknown(name, published),
        };
        let mut values = self.identity_values(name, published);
        for (placeholder, value) in [("amount", expenditure), ("income", income), ("expenditure", expenditure)] {
            values.extend(value.map(|value| (placeholder, self.figures.of(value).into())));
        }
        values.push(("change", change.into()));
        Phrase::fill(self.words, key, values)
    }

    fn totals_unknown(self, name: &str, published: &PublishedDisclosure) -> Phrase {
        Phrase::fill(self.words, "sentence.totals_unknown", self.identity_values(name, published))
    }

    fn identity_values(self, name: &str, published: &PublishedDisclosure) -> Vec<(&'static str, Piece)> {
        let identity = &published.disclosure.identity;
        vec![
            ("name", name.into()),
            (
                "year",
                identity
                    .year
                    .map_or_else(String::new, |year| self.words.fill("department.year", &[("year", &year.to_string())]))
                    .into(),
            ),
            ("level", self.level(identity.level).into()),
            ("kind", identity.kind.map_or("", |kind| self.kind(kind)).into()),
        ]
    }

    /// 「，比上年预算增加155.64万元，增长16.9%」. The difference leads to the line that tells the value before.
    pub fn change(self, now: &Sourced, before: &Sourced, kind: Kind) -> Phrase {
        self.moved("sentence.change", now, before, vec![("kind", self.kind(kind).into())])
    }

    /// 「人员经费增加131.20万元，增长20.8%」
    pub fn part_moved(self, name: &str, now: &Sourced, before: &Sourced) -> Phrase {
        self.moved("movement.part", now, before, vec![("name", name.into())])
    }

    /// The words for a movement: `<prefix>_up`, `_down`, `_level`, `_from_zero`.
    fn moved(self, prefix: &str, now: &Sourced, before: &Sourced, mut values: Vec<(&str, Piece)>) -> Phrase {
        let (now, known_before) = (Known::from(&now.amount), Known::from(&before.amount));
        let difference = number::difference(now, known_before);
        let mut figure = self.figures.of(before);
        figure.text = number::brief(Known { yuan: difference.yuan.abs(), ..difference }).0;
        figure.mark = None;
        let (suffix, rate) = match number::movement(now, known_before) {
            Movement::Level => ("level", None),
            Movement::FromZero => ("from_zero", None),
            Movement::By(rate) if difference.yuan.is_sign_positive() => ("up", Some(rate)),
            Movement::By(rate) => ("down", Some(rate)),
        };
        values.push(("difference", figure.into()));
        values.extend(rate.map(|rate| ("rate", rate.unsigned_text(self.words).into())));
        Phrase::fill(self.words, &format!("{prefix}_{suffix}"), values)
    }

    /// 「本年支出1,074.61万元：基本支出833.26万元，占77.5%；项目支出241.35万元，占22.5%。」 Parts of zero are left out, and
    /// shares where the parts are more than the whole.
    pub fn parts(self, whole_name: &str, whole: &Sourced, parts: &[Item]) -> Phrase {
        let told: Vec<&Item> = parts.iter().filter(|part| !part.value.amount.yuan.is_zero()).collect();
        let whole_values = [("whole", whole_name.into()), ("amount", self.figures.of(whole).into())];
        let mut values: Vec<(&str, Piece)> = whole_values.into();
        if let [only] = told[..]
            && only.value.amount.yuan == whole.amount.yuan
        {
            values.push(("name", only.name.as_str().into()));
            return Phrase::fill(self.words, "sentence.all_of_one", values);
        }
        let base = Some(whole).filter(|whole| fits(parts, whole));
        let told = told.into_iter().map(|part| self.part(part, base)).collect();
        values.push(("parts", Phrase::join(told, self.words.get("sentence.and")).into()));
        Phrase::fill(self.words, "sentence.parts", values)
    }

    /// 「基本支出833.26万元，占77.5%」
    fn part(self, part: &Item, whole: Option<&Sourced>) -> Phrase {
        let values = vec![
            ("name", part.name.as_str().into()),
            ("amount", self.figures.of(&part.value).into()),
            ("share", self.share_clause(&part.value, whole).into()),
        ];
        Phrase::fill(self.words, "sentence.part", values)
    }

    /// 「，占77.5%」, 「，约占33.3%」; empty without a whole that is more than zero.
    fn share_clause(self, part: &Sourced, whole: Option<&Sourced>) -> String {
        let rate = whole.and_then(|whole| number::rate((&part.amount).into(), (&whole.amount).into()));
        let Some(rate) = rate else { return String::new() };
        let key = if rate.certain { "sentence.share" } else { "sentence.share_about" };
        self.words.fill(key, &[("rate", &Rate { certain: true, ..rate }.text(self.words))])
    }

    /// Which functional classes take most. `items` come by amount, the largest first.
    pub fn largest(self, whole: &Sourced, items: &[Item]) -> Phrase {
        let Some(first) = items.first() else { return Phrase::default() };
        let base = Some(whole).filter(|whole| fits(items, whole));
        let mut values = vec![
            ("count", items.len().to_string().into()),
            ("name", first.name.as_str().into()),
            ("amount", self.figures.of(&first.value).into()),
            ("share", self.share_clause(&first.value, base).into()),
        ];
        let Some(second) = items.get(1) else { return Phrase::fill(self.words, "sentence.only_one", values) };
        values.push(("second", self.part(second, base).into()));
        Phrase::fill(self.words, "sentence.largest", values)
    }

    /// The share of the projects, compared with that of an earlier year.
    pub fn project_share(self, now: Option<Rate>, before: Option<(u16, Rate)>) -> Phrase {
        let (Some(now), Some((year, before))) = (now, before) else { return Phrase::default() };
        let Some(points) = number::points(self.words, now, before) else { return Phrase::default() };
        let key =
            if now.percent > before.percent { "sentence.project_share_up" } else { "sentence.project_share_down" };
        Phrase::fill(self.words, key, vec![("year", year.to_string().into()), ("points", points.into())])
    }

    /// The three public expenses of a year: the total with its change, then the parts that are not zero.
    pub fn three_public(
        self,
        year: u16,
        phase: Phase,
        total: &Sourced,
        before: Option<&Sourced>,
        parts: &[Item],
    ) -> Phrase {
        let kind = if phase == Phase::Final { Kind::Final } else { Kind::Budget };
        let change = before.map(|before| self.change(total, before, kind)).unwrap_or_default();
        let zero = total.amount.yuan.is_zero();
        let key = if zero { "sentence.three_public_zero" } else { "sentence.three_public" };
        let values = vec![
            ("year", year.to_string().into()),
            ("kind", self.phase(phase).into()),
            ("amount", self.figures.of(total).into()),
            ("change", change.into()),
        ];
        let mut phrase = Phrase::fill(self.words, key, values);
        let rest = parts.iter().map(|part| part.value.amount.yuan).sum::<Decimal>() - total.amount.yuan;
        let told = parts.iter().filter(|part| !part.value.amount.yuan.is_zero());
        let told: Vec<Phrase> = told.map(|part| self.part(part, None)).collect();
        // Parts that do not make up the total are left to the table and to the checks.
        if !told.is_empty() && rest.abs() <= tolerance(parts) {
            let parts = Phrase::join(told, self.words.get("sentence.and"));
            phrase.push(Phrase::fill(self.words, "sentence.three_public_parts", vec![("parts", parts.into())]));
        }
        phrase
    }

    /// From the first to the last known expenditure.
    pub fn trend(self, points: &[(u16, Kind, &Sourced)]) -> Phrase {
        let Some((last_year, last_kind, last)) = points.last().copied() else { return Phrase::default() };
        let (first_year, first_kind, first) = points[0];
        if points.len() == 1 {
            return Phrase::default();
        }
        let values = vec![
            ("first_year", first_year.to_string().into()),
            ("first_kind", self.kind(first_kind).into()),
            ("first", self.figures.of(first).into()),
            ("last_year", last_year.to_string().into()),
            ("last_kind", self.kind(last_kind).into()),
            ("last", self.figures.of(last).into()),
            ("change", self.moved("sentence.trend", last, first, Vec::new()).into()),
        ];
        Phrase::fill(self.words, "sentence.trend", values)
    }

    /// How much of the budget was spent, told of one row.
    pub fn completion(self, comparison: &Comparison, row: &ComparisonRow) -> Phrase {
        let (Some(budget), Some(final_account)) = (&row.budget, &row.final_account) else { return Phrase::default() };
        let Some(rate) = number::share(self.words, (&final_account.amount).into(), (&budget.amount).into()) else {
            return Phrase::default();
        };
        let key = match row.subject {
            ComparisonSubject::Function => "sentence.completion_function",
            ComparisonSubject::ThreePublic => "sentence.completion_three_public",
            _ => "sentence.completion",
        };
        let values = vec![
            ("year", comparison.year.to_string().into()),
            ("name", row.name.as_str().into()),
            ("budget", self.figures.of(budget).into()),
            ("final", self.figures.of(final_account).into()),
            ("rate", rate.into()),
        ];
        Phrase::fill(self.words, key, values)
    }

    /// How many projects there are and which is the largest. `items` come by amount, the largest first.
    pub fn projects(self, count: usize, total: Option<&Sourced>, items: &[Item]) -> Phrase {
        let mut values: Vec<(&str, Piece)> = vec![("count", count.to_string().into())];
        let Some(first) = items.first() else {
            return Phrase::fill(self.words, "sentence.projects_without_amounts", values);
        };
        values.push(("name", first.name.as_str().into()));
        values.push(("largest", self.figures.of(&first.value).into()));
        let total = total.filter(|total| fits(items, total) && !total.amount.yuan.is_zero());
        let Some(total) = total else { return Phrase::fill(self.words, "sentence.projects_without_total", values) };
        values.push(("amount", self.figures.of(total).into()));
        values.push(("share", self.share_clause(&first.value, Some(total)).into()));
        Phrase::fill(self.words, if count == 1 { "sentence.projects_one" } else { "sentence.projects" }, values)
    }

    /// 预算 or 决算
    pub fn kind(&self, kind: Kind) -> &str {
        self.words.get(match kind {
            Kind::Budget => "kind.budget",
            Kind::Final => "kind.final",
        })
    }

    /// 部门 or 单位
    pub fn level(&self, level: Level) -> &str {
        self.words.get(match level {
            Level::Department => "level.department",
            Level::Unit => "level.unit",
        })
    }

    /// 预算, 全年预算 or 决算
    pub fn phase(&self, phase: Phase) -> &str {
        self.words.get(match phase {
            Phase::InitialBudget => "phase.budget_initial",
            Phase::AdjustedBudget => "phase.budget_adjusted",
            Phase::Final => "phase.final",
        })
    }
}

/// True when parts are not more than their whole, rounding allowed. Only then a share says something.
pub fn fits(parts: &[Item], whole: &Sourced) -> bool {
    parts.iter().map(|part| part.value.amount.yuan).sum::<Decimal>() <= whole.amount.yuan + tolerance(parts)
}

/// How far the sum of parts may be from their whole through rounding alone.
pub fn tolerance(parts: &[Item]) -> Decimal {
    number::rounding_tolerance(&parts.iter().map(|part| Known::from(&part.value.amount)).collect::<Vec<_>>())
}

/// The amount with the disclosure that it stands in.
pub fn sourced(disclosure: usize, amount: &Option<Amount>) -> Option<Sourced> {
    amount.clone().map(|amount| Sourced { disclosure, amount })
}

#[cfg(test)]
mod tests;
