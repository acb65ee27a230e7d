//! `data/three-public.csv`: the three public expenses by year, phase and part.

use super::Row;
use super::dictionary::FieldKind;
use super::facts::STAGES;
use super::table::{Column, Csv, amount_columns, column, identity_columns, place_columns, text, word};
use crate::assemble::PublishedDisclosure;
use crate::model::{Amount, Phase, StatementKind, StatementState, ThreePublic, ThreePublicPart};

/// Why a part has no amount, or that it has one.
const STATES: [&str; 5] = ["stated", "missing", "declared_empty", "announced_missing", "unreadable"];

/// One part of one year and phase.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    of: &'a ThreePublic,
    part: ThreePublicPart,
    state: &'static str,
}

impl<'a> Part<'a> {
    fn amount(&self) -> Option<&'a Amount> {
        self.of.part(self.part).as_ref()
    }
}

pub(super) struct ThreePublicRows;

impl Csv for ThreePublicRows {
    type Row<'a> = Row<'a, Part<'a>>;
    const PATH: &'static str = "data/three-public.csv";
    const TITLE: &'static str = "“三公”经费";
    const ABOUT: &'static str =
        "每个年度、阶段和项目一行，包括由上年变动推算的数（origin 为 derived）。没有数的行说明原因，空白不等于零";

    fn columns<'a>() -> Vec<Column<'a, Self::Row<'a>>> {
        let mut columns = identity_columns();
        columns.extend([
            column("amount_year", FieldKind::Year, "金额所属的年度", |row: &Self::Row<'a>| row.item.of.year.to_string().into()),
            word("phase", "budget 预算，final 决算", &["budget", "final"], |row: &Self::Row<'a>| phase(row.item.of.phase)),
            word("stage", "budget.initial 年初预算，budget.adjusted 调整预算，final 决算", &STAGES, |row: &Self::Row<'a>| {
                row.item.of.phase.word()
            }),
            word("part", "total 合计，abroad 因公出国（境），vehicles 公务用车购置及运行，vehicle_purchase 购置，vehicle_operation 运行维护，reception 公务接待", &ThreePublicPart::ALL.map(ThreePublicPart::word), |row: &Self::Row<'a>| row.item.part.word()),
            text("label", "名称", |row: &Self::Row<'a>| row.item.part.label()),
            word("state", "stated 有数（可以是零），missing 原文没有，declared_empty 原文声明无此项，announced_missing 目录有而正文没有，unreadable 无法读出", &STATES, |row: &Self::Row<'a>| row.item.state),
        ]);
        columns.extend(amount_columns(|row: &Self::Row<'a>| row.item.amount()));
        columns.extend(place_columns(|row: &Self::Row<'a>| row.item.amount().map(|amount| amount.place)));
        columns
    }

    fn rows<'a>(published: &'a PublishedDisclosure) -> impl Iterator<Item = Self::Row<'a>> {
        let absent = absent_state(published);
        published.disclosure.three_public.iter().flat_map(move |of| {
            let own_year = published.disclosure.identity.year == Some(of.year);
            ThreePublicPart::ALL.into_iter().enumerate().map(move |(index, part)| {
                let state = match of.part(part) {
                    Some(_) => "stated",
                    None if own_year => absent,
                    None => "missing",
                };
                Row { of: published, number: index + 1, item: Part { of, part, state } }
            })
        })
    }
}

/// `budget` or `final`, the two phases of the contract; [`Phase::word`] tells the budgets apart.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::InitialBudget | Phase::AdjustedBudget => "budget",
        Phase::Final => "final",
    }
}

/// Why a part of the disclosure's own year has no amount: what the statement's state says.
fn absent_state(published: &PublishedDisclosure) -> &'static str {
    let statement =
        published.disclosure.statements.iter().find(|statement| statement.kind == StatementKind::ThreePublic);
    match statement.map(|statement| &statement.state) {
        Some(StatementState::DeclaredEmpty { .. }) => "declared_empty",
        Some(StatementState::AnnouncedMissing) => "announced_missing",
        Some(StatementState::Unreadable) => "unreadable",
        Some(StatementState::Read | StatementState::Empty) | None => "missing",
    }
}
