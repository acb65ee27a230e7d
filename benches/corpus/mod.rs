//! Made-up disclosures for measuring: the shipped ones under invented names, with every amount multiplied.
//!
//! The same number always gives the same bytes. An amount becomes a whole multiple of itself, so that the sums of a
//! document hold as they did. Names are invented; none is a real body.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

const CITIES: [&str; 6] = ["样例市", "范例市", "演示市", "模拟市", "测试市", "虚构市"];
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const BRANCHES: [&str; 12] = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];
const OFFICES: [&str; 34] = [
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "住房和城乡建设局",
    "城市管理局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化广电和旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "体育局",
    "统计局",
    "医疗保障局",
    "信访局",
    "机关事务服务中心",
    "行政审批局",
    "政务服务中心",
    "政务大数据中心",
    "人民政府办公室",
    "档案馆",
    "图书馆",
    "供销合作社联合社",
    "残疾人联合会",
];

/// Writes `count` documents below a folder; tells their size in bytes.
///
/// # Errors
/// When the shipped content cannot be read or the folder cannot be written.
pub(crate) fn write(count: usize, folder: &Path) -> io::Result<u64> {
    let templates = templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"))?;
    let mut bytes = 0;
    for number in 0..count {
        let text = document(&templates, number);
        let place = folder.join(format!("{:03}", number / 100));
        fs::create_dir_all(&place)?;
        fs::write(place.join(format!("{number:05}.txt")), &text)?;
        bytes += text.len() as u64;
    }
    Ok(bytes)
}

/// The texts of the shipped disclosures, in the order of their paths.
fn templates(content: &Path) -> io::Result<Vec<String>> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(content)
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| {
            path.extension().is_some_and(|kind| kind == "txt" || kind == "md") && !path.ends_with("README.md")
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(io::Error::other("there is no shipped content to make documents of"));
    }
    files.iter().map(fs::read_to_string).collect()
}

/// One document. Two documents of one office are of different years, so that none replaces another.
fn document(templates: &[String], number: usize) -> String {
    let (template, office) = (number % templates.len(), number / templates.len());
    let district = office / OFFICES.len();
    let city = CITIES[district % CITIES.len()];
    let district = format!("{}{}区", STEMS[district % STEMS.len()], BRANCHES[district % BRANCHES.len()]);
    let name = format!("{city}{district}{}", OFFICES[office % OFFICES.len()]);
    let factor = Decimal::from(1 + (number * 7) % 9);
    format!(
        "+++\norganization = \"{name}\"\nregion = [\"样例省\", \"{city}\", \"{district}\"]\nyear = {}\n+++\n{}",
        2019 + template,
        multiplied(&templates[template], factor)
    )
}

/// The text with every number that has a point, and no percent sign behind it, multiplied.
fn multiplied(text: &str, factor: Decimal) -> String {
    let mut made = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(start) = rest.find(|glyph: char| glyph.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end =
            from.find(|glyph: char| !(glyph.is_ascii_digit() || matches!(glyph, '.' | ','))).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        made.push_str(before);
        match number.replace(',', "").parse::<Decimal>() {
            Ok(amount) if number.contains('.') && !after.starts_with('%') => {
                made.push_str(&(amount * factor).to_string());
            }
            _ => made.push_str(number),
        }
        rest = after;
    }
    made.push_str(rest);
    made
}
