//! Formulas: the text of an identity to a tree that is evaluated over facts.
//!
//! The language is described for its authors in `src/audit/identities/README.md`.

mod lexer;
mod parser;

use std::sync::{LazyLock, Mutex};

use compact_str::CompactString;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::measure::Word;
use crate::model::{StatementKind, SubjectKind};

pub(super) use parser::{parse_identity, parse_rows};

/// Two expressions and how they must relate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) left: Expression,
    pub(super) relation: Relation,
    pub(super) right: Expression,
    /// Comparisons that may hold instead.
    pub(super) alternatives: Vec<Identity>,
}

/// How the sides of an identity must relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    AtMost,
    AtLeast,
    MoreThan,
}

/// A tree of quantities and arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Number(Decimal),
    Variable(Variable),
    Quantity(Quantity),
    Fold(Fold, Quantity),
    /// The first alternative that is printed.
    FirstOf(Vec<Expression>),
    /// A template may leave it out: it counts as nothing then.
    Optional(Box<Expression>),
    Binary(Box<Expression>, Operator, Box<Expression>),
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// What a stated change or share offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variable {
    /// This year's amount.
    Value,
    /// The stated change, negative for a decrease.
    Difference,
    /// The stated rate in percent.
    Rate,
    /// The part of a share.
    Part,
    /// The whole of a share.
    Whole,
    /// The stated share in percent.
    Percent,
}

/// How many facts become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// All subjects that the quantity names, added.
    Sum,
    /// The natures below the quantity's nature, added.
    Parts,
    /// The funds below the quantity's fund, added.
    Sources,
    /// How many rows the quantity names.
    Count,
}

/// A quantity: where, what about, of which nature, from which fund, in which phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) place: PlaceWord,
    pub(super) subject: &'static SubjectPattern,
    pub(super) nature: NatureWord,
    /// `None` for the fund that the place is about.
    pub(super) fund: Option<Word>,
    /// `None` for the phase of the evaluation.
    pub(super) phase: Option<PhaseWord>,
}

/// Where a quantity is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceWord {
    /// The statement of the evaluation.
    This,
    /// The narrative.
    Text,
    Statement(StatementKind),
}

/// Which column a quantity stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NatureWord {
    /// The leading column of the row.
    Leading,
    /// The column of the evaluation, nature and fund.
    Column,
    Named(Word),
}

/// The phase that a quantity is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhaseWord {
    Initial,
    Adjusted,
    Final,
    /// The adjusted budget, else the initial one.
    Budget,
}

/// Which rows a quantity is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum SubjectPattern {
    /// The row of the evaluation.
    Row,
    /// A total row, by its code.
    Total(CompactString),
    /// Rows of a kind.
    Kind { kind: KindWord, code: CodePattern, extent: Extent, relation: Option<RowRelation> },
}

impl SubjectPattern {
    /// The same pattern, kept once: rules that name the same rows are told by its place, and their rows are looked up once.
    fn kept(self) -> &'static SubjectPattern {
        static KEPT: LazyLock<Mutex<FxHashSet<&'static SubjectPattern>>> = LazyLock::new(Mutex::default);
        let mut all = KEPT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let kept = all.get(&self).copied().unwrap_or_else(|| Box::leak(Box::new(self)));
        all.insert(kept);
        kept
    }
}

/// A kind of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum KindWord {
    Function,
    /// 类
    Class,
    /// 款
    Section,
    /// 项
    Item,
    /// Departmental economic codes, with or without their governmental pair.
    Departmental,
    Governmental,
    Unit,
    Income,
    ThreePublic,
    Project,
    /// Anything else that has a code.
    Other,
}

impl KindWord {
    /// True when rows of this subject belong to the kind. `code` is the subject's code.
    pub(super) fn covers(self, kind: SubjectKind, code: &str) -> bool {
        match self {
            KindWord::Function => kind == SubjectKind::Function,
            KindWord::Class => kind == SubjectKind::Function && code.len() == 3,
            KindWord::Section => kind == SubjectKind::Function && code.len() == 5,
            KindWord::Item => kind == SubjectKind::Function && code.len() == 7,
            KindWord::Departmental => matches!(kind, SubjectKind::EconomicDepartmental | SubjectKind::EconomicPair),
            KindWord::Governmental => kind == SubjectKind::EconomicGovernmental,
            KindWord::Unit => kind == SubjectKind::Unit,
            KindWord::Income => kind == SubjectKind::IncomeItem,
            KindWord::ThreePublic => kind == SubjectKind::ThreePublic,
            KindWord::Project => kind == SubjectKind::Project,
            KindWord::Other => kind == SubjectKind::Other,
        }
    }
}

/// A code, an `x` in it for any digit; empty for every code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct CodePattern(pub(super) CompactString);

impl CodePattern {
    /// True when the pattern names the code.
    pub(super) fn matches(&self, code: &str) -> bool {
        let pattern = self.0.as_bytes();
        pattern.is_empty()
            || (pattern.len() == code.len()
                && pattern
                    .iter()
                    .zip(code.bytes())
                    .all(|(wanted, byte)| *wanted == byte || (*wanted == b'x' && byte.is_ascii_digit())))
    }
}

/// Which rows of a hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Extent {
    All,
    /// Rows with no row above them.
    Top,
    /// Rows with no row below them.
    Leaf,
    /// 其中 rows, which all other extents leave out.
    Part,
}

/// How the wanted rows relate to the row of the evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum RowRelation {
    /// Its code begins with the row's code, or equals it.
    Within,
    /// Its code begins with the row's code and is longer.
    Under,
    /// It is printed below the row, before the next row of the row's kind.
    Of,
}

impl Identity {
    /// True when it speaks of the row of the evaluation in another statement than `this`.
    pub(super) fn compares_statements(&self) -> bool {
        self.any_quantity(&|quantity| {
            let by_row = match quantity.subject {
                SubjectPattern::Row => true,
                SubjectPattern::Total(_) => false,
                SubjectPattern::Kind { relation, .. } => relation.is_some(),
            };
            by_row && quantity.place != PlaceWord::This
        })
    }

    /// True when a quantity names its phase.
    pub(super) fn names_a_phase(&self) -> bool {
        self.any_quantity(&|quantity| quantity.phase.is_some())
    }

    fn any_quantity(&self, test: &impl Fn(&Quantity) -> bool) -> bool {
        self.left.any_quantity(test)
            || self.right.any_quantity(test)
            || self.alternatives.iter().any(|other| other.any_quantity(test))
    }
}

impl Expression {
    /// True when expressions are quantities of one row of one statement.
    pub(super) fn are_about_one_row(expressions: &[Expression]) -> bool {
        let row = |expression: &Expression| match expression {
            Expression::Quantity(quantity) | Expression::Fold(_, quantity) => Some((quantity.place, quantity.subject)),
            _ => None,
        };
        let rows: Vec<_> = expressions.iter().map(row).collect();
        rows.first().is_some_and(|first| first.is_some() && rows.iter().all(|other| other == first))
    }

    fn any_quantity(&self, test: &impl Fn(&Quantity) -> bool) -> bool {
        match self {
            Expression::Number(_) | Expression::Variable(_) => false,
            Expression::Quantity(quantity) | Expression::Fold(_, quantity) => test(quantity),
            Expression::FirstOf(alternatives) => alternatives.iter().any(|each| each.any_quantity(test)),
            Expression::Optional(inner) => inner.any_quantity(test),
            Expression::Binary(left, _, right) => left.any_quantity(test) || right.any_quantity(test),
        }
    }
}
