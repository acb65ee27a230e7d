//! The words of the interface: one TOML file per language, looked up by dotted keys.

use toml::{Table, Value};

use crate::diagnostic::{Diagnostic, Span};

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub struct Words {
    table: Table,
}

impl Words {
    /// Reads a language file.
    pub(super) fn parse(file: &str, text: &str) -> Result<Words, Box<Diagnostic>> {
        text.parse::<Table>().map(|table| Words { table }).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text[..offset].matches('\n').count() as u32 + 1;
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let span = Span {
                file: file.into(),
                line,
                column: text[start..offset].chars().count() as u32 + 1,
                length: 1,
                text: text[start..].lines().next().unwrap_or("").into(),
            };
            Box::new(Diagnostic::error("language-error", format!("语言文件有误：{}", error.message()), span))
        })
    }

    /// Puts the words of a file over these.
    pub(super) fn put_over(&mut self, words: Words) {
        merge(&mut self.table, words.table);
    }

    /// The words at a key such as `search.label`. A key that no file has stands for itself, so that a gap is seen.
    pub fn get<'words>(&'words self, key: &'words str) -> &'words str {
        let mut parts = key.split('.');
        let first = parts.next().and_then(|part| self.table.get(part));
        parts.try_fold(first, |value, part| Some(value?.get(part))).flatten().and_then(Value::as_str).unwrap_or(key)
    }

    /// The words at a key with `{name}` replaced by values.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, behind)) = after.split_once('}') else { break };
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => filled.push_str(value),
                None => drop(std::fmt::Write::write_fmt(&mut filled, format_args!("{{{name}}}"))),
            }
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    /// All words, for templates.
    pub(super) fn to_value(&self) -> tera::Value {
        tera::Value::from_serializable(&self.table)
    }
}

fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(base)), Value::Table(over)) => merge(base, over),
            (_, value) => drop(base.insert(key, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_found_filled_and_replaced() {
        let mut words = Words::parse("a.toml", "[a]\nb = \"{year}年{what}\"\nc = \"丙\"").expect("valid");
        words.put_over(Words::parse("b.toml", "[a]\nc = \"新\"").expect("valid"));
        assert_eq!(words.fill("a.b", &[("year", "2024")]), "2024年{what}");
        assert_eq!(words.fill("a.b", &[("what", "{year}"), ("year", "2024")]), "2024年{year}");
        assert_eq!((words.get("a.c"), words.get("a.x"), words.get("a")), ("新", "a.x", "a"));
        let problem = Words::parse("c.toml", "a = 1\n甲 = \"").expect_err("invalid");
        assert_eq!(problem.span.map(|span| (span.line, span.text.to_string())), Some((2, "甲 = \"".to_owned())));
    }
}
