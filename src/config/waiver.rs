//! Answers to findings, in `site.toml` and in the front matter of a document.

use super::Waiver;
use crate::settings::{Fields, is_date};

/// The answers below the key `waivers`. In front matter, `file` is the document itself and no key.
pub fn waivers(fields: &mut Fields<'_>, file: Option<&str>) -> Vec<Waiver> {
    fields.tables("waivers").into_iter().map(|fields| waiver(fields, file)).collect()
}

fn waiver(mut fields: Fields<'_>, file: Option<&str>) -> Waiver {
    let mut required = |key: &'static str, hint: &str| {
        let text = fields.text(key).unwrap_or_default();
        if text.is_empty() {
            fields.missing(key, hint);
        }
        text
    };
    let file = file.map_or_else(|| required("file", "写明是哪个文件，相对于内容文件夹"), ToOwned::to_owned);
    let rule = required("rule", "写明是哪条规则，如 budgetsite check 所列");
    let reason = required("reason", "写明理由：它会与这项核对结果一起公开");
    let mut date = |key| fields.checked_text(key, "日期，如 \"2024-02-01\"", is_date).unwrap_or_default();
    let (given, until) = (date("date"), date("until"));
    let waiver = Waiver {
        file,
        rule,
        reason,
        line: fields.number("line", 0..=i64::from(u32::MAX)).and_then(|line| u32::try_from(line).ok()).unwrap_or(0),
        date: given,
        until,
        span: Some(fields.span()),
    };
    fields.finish();
    waiver
}
