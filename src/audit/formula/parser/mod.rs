//! Tokens to trees. Errors say at which character the formula stops making sense and what was expected there.

mod quantity;
mod tokens;

use std::iter::Peekable;
use std::str::FromStr;
use std::vec::IntoIter;

use rust_decimal::Decimal;

use super::lexer::{Token, tokens};
use super::{Expression, Fold, Identity, Operator, Relation, SubjectPattern, Variable};

/// Parses `expression relation expression`, and what may hold instead after an `or`.
pub(in crate::audit) fn parse_identity(text: &str) -> Result<Identity, String> {
    let mut parser = Parser::new(text)?;
    let mut identity = parser.comparison()?;
    while parser.take_word("or") {
        identity.alternatives.push(parser.comparison()?);
    }
    parser.end()?;
    Ok(identity)
}

/// Parses the rows that a rule runs over: `class`, `unit leaf`, `departmental 301`.
pub(in crate::audit) fn parse_rows(text: &str) -> Result<&'static SubjectPattern, String> {
    let mut parser = Parser::new(text)?;
    let pattern = parser.subject()?;
    parser.end()?;
    Ok(pattern)
}

/// What is left of a formula.
struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    /// Where the formula ends, for errors about what is missing there.
    end: usize,
}

impl Parser {
    fn new(text: &str) -> Result<Self, String> {
        Ok(Parser { tokens: tokens(text)?.into_iter().peekable(), end: text.chars().count() + 1 })
    }

    fn comparison(&mut self) -> Result<Identity, String> {
        let left = self.expression()?;
        let relation = self.relation()?;
        let right = self.expression()?;
        Ok(Identity { left, relation, right, alternatives: Vec::new() })
    }

    fn relation(&mut self) -> Result<Relation, String> {
        let relations =
            [("=", Relation::Equal), ("<=", Relation::AtMost), (">=", Relation::AtLeast), (">", Relation::MoreThan)];
        let found = relations.into_iter().find(|(sign, _)| self.take(sign));
        found.map(|(_, relation)| relation).ok_or_else(|| self.expected("one of = <= >= >"))
    }

    fn expression(&mut self) -> Result<Expression, String> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&[("+", Operator::Plus), ("-", Operator::Minus)]) {
            left = Expression::Binary(Box::new(left), operator, Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expression, String> {
        let mut left = self.alternatives()?;
        while let Some(operator) = self.operator(&[("*", Operator::Times), ("/", Operator::Over)]) {
            left = Expression::Binary(Box::new(left), operator, Box::new(self.alternatives()?));
        }
        Ok(left)
    }

    fn operator(&mut self, signs: &[(&'static str, Operator)]) -> Option<Operator> {
        signs.iter().find(|(sign, _)| self.take(sign)).map(|(_, operator)| *operator)
    }

    fn alternatives(&mut self) -> Result<Expression, String> {
        let mut all = vec![self.optional()?];
        while self.take("|") {
            all.push(self.optional()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::FirstOf(all) })
    }

    fn optional(&mut self) -> Result<Expression, String> {
        let factor = self.factor()?;
        Ok(if self.take("?") { Expression::Optional(Box::new(factor)) } else { factor })
    }

    fn factor(&mut self) -> Result<Expression, String> {
        if self.take("(") {
            let inner = self.expression()?;
            self.close()?;
            return Ok(inner);
        }
        let word = self.word("a place, a function or a number")?;
        if let Ok(number) = Decimal::from_str(&word) {
            return Ok(Expression::Number(number));
        }
        match word.as_str() {
            "value" => Ok(Expression::Variable(Variable::Value)),
            "difference" => Ok(Expression::Variable(Variable::Difference)),
            "rate" => Ok(Expression::Variable(Variable::Rate)),
            "part" => Ok(Expression::Variable(Variable::Part)),
            "whole" => Ok(Expression::Variable(Variable::Whole)),
            "percent" => Ok(Expression::Variable(Variable::Percent)),
            "sum" => self.fold(Fold::Sum),
            "parts" => self.fold(Fold::Parts),
            "sources" => self.fold(Fold::Sources),
            "count" => self.fold(Fold::Count),
            _ => self.quantity(&word).map(Expression::Quantity),
        }
    }

    fn fold(&mut self, fold: Fold) -> Result<Expression, String> {
        self.open()?;
        let place = self.word("a place")?;
        let quantity = self.quantity(&place)?;
        self.close()?;
        Ok(Expression::Fold(fold, quantity))
    }
}

#[cfg(test)]
mod tests {
    use super::{parse_identity, parse_rows};
    use crate::audit::formula::{
        Expression, Extent, NatureWord, PhaseWord, PlaceWord, Relation, RowRelation, SubjectPattern,
    };
    use crate::audit::measure::Word;

    #[test]
    fn quantities_carry_place_row_nature_fund_and_phase() {
        let identity =
            parse_identity("this(row).basic.personnel@general_public in budget? <= 2 * text(total)").unwrap();
        assert_eq!(identity.relation, Relation::AtMost);
        let Expression::Optional(left) = &identity.left else { panic!("{identity:?}") };
        let Expression::Quantity(left) = &**left else { panic!("{identity:?}") };
        assert_eq!((left.place, left.subject), (PlaceWord::This, &SubjectPattern::Row));
        assert_eq!(left.nature, NatureWord::Named(Word::of("basic.personnel")));
        assert_eq!((left.fund.as_deref(), left.phase), (Some("general_public"), Some(PhaseWord::Budget)));
    }

    #[test]
    fn rows_carry_code_extent_and_relation() {
        let SubjectPattern::Kind { code, extent, relation, .. } =
            parse_rows("departmental 301xx top under row").unwrap()
        else {
            panic!("a kind")
        };
        assert!(code.matches("30107") && !code.matches("30207") && !code.matches("301"));
        assert_eq!((*extent, *relation), (Extent::Top, Some(RowRelation::Under)));
    }

    #[test]
    fn products_bind_before_sums_and_alternatives_before_products() {
        let identity = parse_identity("100 * revenue(total).current | revenue(total) / 2 + 1 = sum(this(item leaf)).x")
            .unwrap_err();
        assert!(identity.contains("expected the end"), "{identity}");
        let identity = parse_identity("1 + 2 * revenue(total).current | revenue(total) > 0").unwrap();
        let Expression::Binary(_, _, product) = identity.left else { panic!("a sum") };
        let Expression::Binary(_, _, alternatives) = *product else { panic!("a product") };
        assert!(matches!(*alternatives, Expression::FirstOf(all) if all.len() == 2));
    }

    #[test]
    fn other_comparisons_follow_an_or() {
        let identity = parse_identity("text(total) = 1 or text(total) <= 2").unwrap();
        assert_eq!(identity.alternatives.len(), 1);
        assert_eq!(identity.alternatives[0].relation, Relation::AtMost);
    }

    #[test]
    fn errors_say_where_and_what() {
        for (formula, error) in [
            ("this(total)", "column 12: expected one of = <= >= >"),
            ("budget(total) = 1", "'budget' is no statement, this or text"),
            ("this(totals) = 1", "'totals' is no kind of row"),
            ("this(total = 1", "column 12: expected )"),
            ("this(total) = 收入", "column 15: '收' has no meaning"),
            ("this(total) in past = 1", "'past' is no phase: initial, adjusted, final or budget"),
        ] {
            assert_eq!(parse_identity(formula).unwrap_err(), error, "{formula}");
        }
    }
}
