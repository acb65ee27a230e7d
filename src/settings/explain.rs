//! The parsers' words in the language of the interface.

/// What a TOML or YAML parser says, in Chinese where it is one of the usual mistakes.
pub(super) fn explain(words: &str) -> String {
    let known = [
        ("invalid unquoted key", "键只能用英文字母、数字、连字符与下划线"),
        ("string values must be quoted", "文字要放在半角双引号里"),
        ("duplicate key", "这个键写了两次"),
        ("duplicate mapping key", "这个键写了两次"),
        ("key with no value", "键后面缺少半角等号与值"),
        ("invalid basic string", "文字没有结束：缺少半角双引号"),
        ("invalid literal string", "文字没有结束：缺少半角单引号"),
        ("unclosed quote", "文字没有结束：缺少半角引号"),
        ("unclosed table", "表名没有结束：缺少半角右方括号"),
        ("unclosed array", "列表没有结束：缺少半角右方括号"),
        ("unclosed inline table", "表没有结束：缺少半角右花括号"),
        ("unclosed bracket", "括号没有结束"),
        ("unexpected leading zero", "数字不能以 0 开头；代码等请放在双引号里"),
        ("invalid date", "日期不存在，应如 2024-02-01"),
        ("mapping values are not allowed", "这里不能再有冒号；含冒号的文字请放在双引号里"),
        ("expected `key: value` lines", "这里应是“键: 值”的各行"),
        ("multiple YAML documents", "前置信息中间不能再有 --- 行"),
    ];
    let found = known.iter().find(|(start, _)| words.starts_with(start));
    found.map_or_else(|| format!("写法有误（{words}）"), |(_, chinese)| (*chinese).to_owned())
}
