//! Tokens to trees. Errors say at which character the formula stops making sense and what was expected there.

use std::iter::Peekable;
use std::str::FromStr;
use std::vec::IntoIter;

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::lexer::{Token, TokenKind, tokens};
use super::{
    CodePattern, Expression, Extent, Fold, Identity, KindWord, NatureWord, Operator, PhaseWord, PlaceWord, Quantity,
    Relation, RowRelation, SubjectPattern, Variable,
};
use crate::audit::measure::Word;
use crate::model::StatementKind;

/// The codes of total rows.
const TOTALS: [&str; 12] = [
    "total",
    "income_total",
    "expenditure_total",
    "current_income",
    "current_expenditure",
    "carried_in",
    "carried_out",
    "revenue_total",
    "spending_total",
    "agency_operating",
    "procurement",
    "targeted_projects",
];

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

    fn quantity(&mut self, place: &str) -> Result<Quantity, String> {
        let place = match place {
            "this" => PlaceWord::This,
            "text" => PlaceWord::Text,
            word => PlaceWord::Statement(
                StatementKind::from_word(word).ok_or_else(|| format!("'{word}' is no statement, this or text"))?,
            ),
        };
        self.open()?;
        let subject = self.subject()?;
        self.close()?;
        let nature = match self.dotted() {
            None => NatureWord::Leading,
            Some(word) if word == "column" => NatureWord::Column,
            Some(word) => NatureWord::Named(Word::of(&word)),
        };
        let fund = self.fund().map(|word| Word::of(&word));
        let phase = if self.take_word("in") { Some(self.phase()?) } else { None };
        Ok(Quantity { place, subject, nature, fund, phase })
    }

    fn subject(&mut self) -> Result<&'static SubjectPattern, String> {
        self.pattern().map(SubjectPattern::kept)
    }

    fn pattern(&mut self) -> Result<SubjectPattern, String> {
        let word = self.word("a row")?;
        if word == "row" {
            return Ok(SubjectPattern::Row);
        }
        if TOTALS.contains(&word.as_str()) {
            return Ok(SubjectPattern::Total(word));
        }
        let kind = kind(&word).ok_or_else(|| format!("'{word}' is no kind of row"))?;
        let mut code = CodePattern(CompactString::default());
        let mut extent = Extent::All;
        let mut relation = None;
        while let Some(word) = self.any_word() {
            match word.as_str() {
                "top" => extent = Extent::Top,
                "leaf" => extent = Extent::Leaf,
                "part" => extent = Extent::Part,
                "within" => relation = Some(self.row(RowRelation::Within)?),
                "under" => relation = Some(self.row(RowRelation::Under)?),
                "of" => relation = Some(self.row(RowRelation::Of)?),
                _ => code = CodePattern(word),
            }
        }
        Ok(SubjectPattern::Kind { kind, code, extent, relation })
    }

    fn row(&mut self, relation: RowRelation) -> Result<RowRelation, String> {
        if self.take_word("row") { Ok(relation) } else { Err(self.expected("row")) }
    }

    fn phase(&mut self) -> Result<PhaseWord, String> {
        let word = self.word("a phase")?;
        match word.as_str() {
            "initial" => Ok(PhaseWord::Initial),
            "adjusted" => Ok(PhaseWord::Adjusted),
            "final" => Ok(PhaseWord::Final),
            "budget" => Ok(PhaseWord::Budget),
            _ => Err(format!("'{word}' is no phase: initial, adjusted, final or budget")),
        }
    }

    fn open(&mut self) -> Result<(), String> {
        if self.take("(") { Ok(()) } else { Err(self.expected("(")) }
    }

    fn close(&mut self) -> Result<(), String> {
        if self.take(")") { Ok(()) } else { Err(self.expected(")")) }
    }

    fn end(&mut self) -> Result<(), String> {
        if self.tokens.peek().is_none() { Ok(()) } else { Err(self.expected("the end")) }
    }

    fn take(&mut self, sign: &str) -> bool {
        self.tokens.next_if(|token| matches!(token.kind, TokenKind::Sign(found) if found == sign)).is_some()
    }

    fn take_word(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| matches!(&token.kind, TokenKind::Word(found) if found == word)).is_some()
    }

    fn any_word(&mut self) -> Option<CompactString> {
        let token = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Word(_)))?;
        if let TokenKind::Word(word) = token.kind { Some(word) } else { None }
    }

    fn word(&mut self, expected: &str) -> Result<CompactString, String> {
        self.any_word().ok_or_else(|| self.expected(expected))
    }

    fn dotted(&mut self) -> Option<CompactString> {
        let token = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Nature(_)))?;
        if let TokenKind::Nature(word) = token.kind { Some(word) } else { None }
    }

    fn fund(&mut self) -> Option<CompactString> {
        let token = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Fund(_)))?;
        if let TokenKind::Fund(word) = token.kind { Some(word) } else { None }
    }

    fn expected(&mut self, what: &str) -> String {
        let column = self.tokens.peek().map_or(self.end, |token| token.column);
        format!("column {column}: expected {what}")
    }
}

/// The kind of rows that a word names.
fn kind(word: &str) -> Option<KindWord> {
    Some(match word {
        "function" => KindWord::Function,
        "class" => KindWord::Class,
        "section" => KindWord::Section,
        "item" => KindWord::Item,
        "departmental" => KindWord::Departmental,
        "governmental" => KindWord::Governmental,
        "unit" => KindWord::Unit,
        "income" => KindWord::Income,
        "three_public" => KindWord::ThreePublic,
        "project" => KindWord::Project,
        "other" => KindWord::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::measure::Word;
    use super::super::{Expression, Extent, NatureWord, PhaseWord, PlaceWord, Relation, RowRelation, SubjectPattern};
    use super::{parse_identity, parse_rows};

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
