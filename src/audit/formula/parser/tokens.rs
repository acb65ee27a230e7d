//! The next token of a formula, when it is what the grammar wants.

use compact_str::CompactString;

use super::Parser;
use crate::audit::formula::lexer::TokenKind;

impl Parser {
    pub(super) fn open(&mut self) -> Result<(), String> {
        if self.take("(") { Ok(()) } else { Err(self.expected("(")) }
    }

    pub(super) fn close(&mut self) -> Result<(), String> {
        if self.take(")") { Ok(()) } else { Err(self.expected(")")) }
    }

    pub(super) fn end(&mut self) -> Result<(), String> {
        if self.tokens.peek().is_none() { Ok(()) } else { Err(self.expected("the end")) }
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        self.tokens.next_if(|token| matches!(token.kind, TokenKind::Sign(found) if found == sign)).is_some()
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| matches!(&token.kind, TokenKind::Word(found) if found == word)).is_some()
    }

    pub(super) fn any_word(&mut self) -> Option<CompactString> {
        let token = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Word(_)))?;
        if let TokenKind::Word(word) = token.kind { Some(word) } else { None }
    }

    pub(super) fn word(&mut self, expected: &str) -> Result<CompactString, String> {
        self.any_word().ok_or_else(|| self.expected(expected))
    }

    pub(super) fn dotted(&mut self) -> Option<CompactString> {
        let token = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Nature(_)))?;
        if let TokenKind::Nature(word) = token.kind { Some(word) } else { None }
    }

    pub(super) fn fund(&mut self) -> Option<CompactString> {
        let token = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Fund(_)))?;
        if let TokenKind::Fund(word) = token.kind { Some(word) } else { None }
    }

    pub(super) fn expected(&mut self, what: &str) -> String {
        let column = self.tokens.peek().map_or(self.end, |token| token.column);
        format!("column {column}: expected {what}")
    }
}
