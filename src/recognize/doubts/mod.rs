//! What a person must settle: who, when, what, tables that could not be read, and amounts that cannot be true together.

mod contradictions;

use crate::diagnostic::Diagnostic;
use crate::model::{Disclosure, StatementKind};
use crate::parse::Document;
use crate::vocabulary::Vocabulary;

/// The doubts that a document leaves; `government` when it is that of a whole government.
pub(super) fn doubts(
    vocabulary: &Vocabulary,
    document: &Document,
    disclosure: &Disclosure,
    government: bool,
) -> Vec<Diagnostic> {
    let source = &document.source;
    let first = source.span(source.body_line, 0, 0);
    let identity = &disclosure.identity;
    let mut doubts = Vec::new();
    let mut missing = |absent: bool, code: &'static str, what: &str, key: &str| {
        if absent {
            let hint = format!("在文件开头的前置信息（front matter）中写明 `{key}`");
            doubts.push(Diagnostic::warning(code, format!("未能识别{what}"), first.clone()).with_hint(hint));
        }
    };
    missing(identity.organization.is_none(), "unknown-organization", "公开主体", "organization = \"…\"");
    missing(identity.year.is_none(), "unknown-year", "财政年度", "year = 2025");
    missing(identity.kind.is_none(), "unknown-kind", "是预算还是决算", "kind = \"budget\" 或 kind = \"final\"");
    if government {
        let message = "这是一级政府的预算或决算，不是部门的：表格按原样显示，不提取金额，不参加核对";
        let hint = "部门、单位的公开文件放在各自的文件中；政府预决算可从 content 目录移出";
        doubts.push(Diagnostic::warning("government-budget", message, first.clone()).with_hint(hint));
    } else if disclosure.statements.iter().all(|statement| statement.kind == StatementKind::Other)
        && disclosure.facts.is_empty()
    {
        let message = "没有识别出任何法定报表或金额";
        let hint = "确认文件是部门预算或决算公开文本；表格须保留为 TAB 分列、Markdown 或 HTML 表格";
        doubts.push(Diagnostic::error("no-disclosure", message, first.clone()).with_hint(hint));
    }
    for statement in &disclosure.statements {
        if statement.state == crate::model::StatementState::Unreadable {
            let message = format!("「{}」的列未能识别，{} 个数字按原样显示", statement.title, statement.amounts);
            let hint = "核对表头；新的表头用语可加入词表";
            doubts.push(
                Diagnostic::warning("unreadable-statement", message, source.span(statement.lines.0, 0, 0))
                    .with_hint(hint),
            );
        }
    }
    doubts.extend(contradictions::all(vocabulary, document, disclosure));
    doubts
}
