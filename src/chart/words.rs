//! The words that pictures say by themselves, in the language of the site.

use serde::Deserialize;

/// The group `chart` of a language file. `{name}` stands for a value. What a language leaves out is said in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each is the word of its name; the language files show them")]
pub struct ChartWords {
    /// The language of the words, as HTML names it.
    pub language: String,
    /// The unit of amounts, 万元.
    pub unit_name: String,
    /// With `{unit}`.
    pub unit: String,
    pub separator: String,
    /// With `{source}`.
    pub source: String,
    pub repaired: String,
    pub derived: String,
    pub hatched: String,
    pub hollow: String,
    pub budget: String,
    pub final_account: String,
    /// With `{value}`.
    pub budget_value: String,
    /// With `{value}`.
    pub final_value: String,
    /// With `{rate}`.
    pub completed: String,
    /// The tail of a ranking, with `{count}`.
    pub others: String,
    pub others_negative: String,
    pub others_up: String,
    pub others_down: String,
    pub others_untold: String,
    pub piled: String,
    /// With `{count}`.
    pub untold: String,
    /// Series of nothing but zeros, with `{names}`.
    pub zeros: String,
    /// What stands between names in a row.
    pub list: String,
    /// With `{value}`.
    pub median: String,
    pub rest: String,
    pub rest_of_changes: String,
    pub no_total: String,
    pub negative: String,
    pub exceeding: String,
    pub total: String,
    /// What stands between a name and its value in the title of a mark.
    pub colon: String,
}

impl Default for ChartWords {
    fn default() -> Self {
        let words = |text: &str| text.to_owned();
        ChartWords {
            language: words("zh-CN"),
            unit_name: words("万元"),
            unit: words("单位：{unit}"),
            separator: words("，"),
            source: words("资料来源：{source}"),
            repaired: words("＊原文数字残缺，按勾稽关系修复。"),
            derived: words("推算"),
            hatched: words("斜纹：推算值，文件没有直接列出。"),
            hollow: words("空心点与虚线：推算值，文件没有直接列出。"),
            budget: words("预算数"),
            final_account: words("决算数"),
            budget_value: words("预算 {value}"),
            final_value: words("决算 {value}"),
            completed: words("完成{rate}"),
            others: words("其他（{count}项）"),
            others_negative: words("其他负数（{count}项）"),
            others_up: words("其他增加（{count}项）"),
            others_down: words("其他减少（{count}项）"),
            others_untold: words("没有数额的（{count}项）"),
            piled: words("同一处最多画12个圆点。"),
            untold: words("另有{count}个没有数额，未画。"),
            zeros: words("各期均为0：{names}。"),
            list: words("、"),
            median: words("中位数 {value}"),
            rest: words("未列明细"),
            rest_of_changes: words("未列明细的变动"),
            no_total: words("没有总数，只比较大小，不画占比。"),
            negative: words("其中有负数，只比较大小，不画占比。"),
            exceeding: words("各项之和大于总数，只比较大小，不画占比。"),
            total: words("合计"),
            colon: words("："),
        }
    }
}

/// Words with one value in its place.
pub(super) fn fill(words: &str, name: &str, value: impl std::fmt::Display) -> String {
    words.replace(&format!("{{{name}}}"), &value.to_string())
}
