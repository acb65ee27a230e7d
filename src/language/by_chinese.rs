//! Words that the program says in Chinese where it makes them, in English: what reading says, the data dictionary.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::fill;

/// English words by the Chinese ones.
pub(crate) type ByChinese = BTreeMap<String, String>;

/// Reads a file of English words by Chinese ones that is part of the program.
pub(crate) fn by_chinese(text: &str) -> ByChinese {
    #[expect(clippy::expect_used, reason = "the files are part of the program and a test reads each")]
    toml::from_str(text).expect("a shipped file of words is well-formed")
}

/// What reading says in Chinese (how an amount was repaired, what of a document is unknown), in a language of the
/// interface. Words that are taken from the document stay.
pub(crate) fn reading<'t>(language: &str, text: &'t str) -> Cow<'t, str> {
    static ENGLISH: LazyLock<ByChinese> = LazyLock::new(|| by_chinese(include_str!("reading.en.toml")));
    if language != "en" {
        return Cow::Borrowed(text);
    }
    if let Some(known) = ENGLISH.get(text) {
        return Cow::Borrowed(known);
    }
    let told = ENGLISH.iter().find_map(|(pattern, english)| {
        let values = unfill(pattern, text)?;
        let values = values.into_iter().map(|(name, value)| (name, ENGLISH.get(value).map_or(value, String::as_str)));
        Some(fill(english, &values.collect::<Vec<_>>()))
    });
    told.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// What stands in the places of a pattern in a text that was filled from it; `None` for any other text.
fn unfill<'p, 't>(pattern: &'p str, text: &'t str) -> Option<Vec<(&'p str, &'t str)>> {
    let (first, places) = pattern.split_once('{')?;
    let mut values = Vec::new();
    let mut rest = text.strip_prefix(first)?;
    for place in places.split('{') {
        let (name, behind) = place.split_once('}')?;
        // Nothing stands behind the last place: it takes the rest.
        let end = if behind.is_empty() { rest.len() } else { rest.find(behind)? };
        values.push((name, &rest[..end]));
        rest = &rest[end + behind.len()..];
    }
    rest.is_empty().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::{by_chinese, reading};

    #[test]
    fn what_reading_says_is_told_in_english_with_the_words_of_the_document() {
        for (chinese, english) in [
            ("下级科目之和", "the codes below together"),
            (
                "末位数字在换行处丢失；总计 ＝ 小计 48.43",
                "its last digits were lost at a line break; 总计 = 小计 48.43",
            ),
            (
                "印在栏次行；归入首行后，本列各项之和与合计一致（相差 907.94 消除）",
                "printed in the row of column numbers; in the first row it makes the column add up (a difference of \
                 907.94 is gone)",
            ),
            ("未能识别财政年度", "the document does not tell the fiscal year in a way that could be read"),
            ("工资福利支出＋商品和服务支出", "工资福利支出＋商品和服务支出"),
        ] {
            assert_eq!(reading("en", chinese), english);
            assert_eq!(reading("zh-CN", chinese), chinese);
        }
    }

    /// Every piece of a Chinese pattern stands in the code that reads: a wording that changes there is missed here.
    #[test]
    fn chinese_words_are_those_of_the_code_that_reads() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut code = String::new();
        let mut folders = vec![root.join("src/recognize"), root.join("src/assemble"), root.join("src/read")];
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                match path.extension() {
                    None => folders.push(path),
                    Some(_) => code.push_str(&std::fs::read_to_string(path).expect("UTF-8").replace("\\\"", "\"")),
                }
            }
        }
        for pattern in by_chinese(include_str!("reading.en.toml")).keys() {
            let pieces = pattern.split(['{', '}', '；']).filter(|piece| !piece.is_ascii());
            let missing: Vec<&str> = pieces.filter(|piece| !code.contains(*piece)).collect();
            assert_eq!(missing, [""; 0], "{pattern}");
        }
    }
}
