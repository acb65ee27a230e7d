//! Who discloses what: organization, region, fiscal year, budget or final account, department or unit.
//!
//! Front matter wins over the document, labels in the document (部门名称：) over its title.

mod region;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use compact_str::CompactString;
use regex::Regex;

use super::tables::RawTable;
use crate::model::{Identity, Kind, Level};
use crate::parse::{Document, plain_line};
use crate::read::FrontMatter;
use crate::vocabulary::text::{has_han, squeeze, squeezed_glyphs, without_ordinal};
use crate::vocabulary::{IdentityWords, Vocabulary};

/// How many filled lines at the top are the title page.
const TITLE_PAGE: usize = 8;

/// A government's document says so at once; further down a department may speak of the government's budget.
const TITLE_LINES_OF_GOVERNMENT: usize = 3;

/// How far down the title page may reach: what stands below the first tables is no title.
const TITLE_LINES: usize = 60;

/// Recognizes the identity of a document.
pub(super) fn recognize(vocabulary: &Vocabulary, document: &Document, tables: &[RawTable<'_>]) -> Identity {
    let front = &document.source.front_matter;
    let title_page = title_page(document);
    let titles: Vec<&str> = tables.iter().map(|table| table.title.as_str()).collect();
    let organization = front.organization.clone().map(CompactString::from).or_else(|| {
        let titled = titled_organization(&vocabulary.identity, &title_page);
        labelled_organization(&vocabulary.identity, document, titled.as_deref())
            .or(titled)
            .or_else(|| told_organization(&vocabulary.identity, &title_page))
    });
    let region = region::region(vocabulary, front, organization.as_deref(), document);
    Identity {
        region,
        year: front.year.or_else(|| year(&title_page, &titles)).or_else(|| year_of_path(&document.source.path)),
        kind: front.kind.or_else(|| kind(&title_page, &titles)).or_else(|| kind_of_path(&document.source.path)),
        level: level(front, organization.as_deref(), &title_page, &titles),
        published: front.published.clone().map(CompactString::from).or_else(|| published(&title_page)),
        approved: front.approved.clone().map(CompactString::from),
        source_url: front.source_url.clone(),
        original: front.original.clone(),
        slug: front.slug.clone(),
        aliases: front.aliases.clone(),
        organization,
    }
}

/// True for the budget or account of a whole government: its statements are others than those of departments. The first
/// lines say so, or the organization is a division and nothing more.
pub(super) fn is_of_government(vocabulary: &Vocabulary, document: &Document, identity: &Identity) -> bool {
    let division = || {
        let name = identity.organization.as_deref()?.trim_end_matches("本级");
        let mut rest = name;
        while let Some((division, _)) = vocabulary.divisions.at_start(rest) {
            rest = &rest[division.len()..];
        }
        Some(rest.is_empty() && !name.is_empty())
    };
    let titles = title_page(document);
    titles.iter().take(TITLE_LINES_OF_GOVERNMENT).any(|line| vocabulary.identity.is_of_government(line))
        || division().unwrap_or(false)
}

fn title_page(document: &Document) -> Vec<String> {
    (document.source.body_line..=document.source.line_count())
        .take(TITLE_LINES)
        .filter_map(|line| outside_tables(document.source.line(line)))
        .map(|line| squeeze(&plain_line(line)).trim_start_matches(['#', '*', '-']).replace("**", ""))
        .filter(|line| !line.is_empty())
        .take_while(|line| !matches!(line.as_str(), "目录" | "目次"))
        .take(TITLE_PAGE)
        .collect()
}

/// A line that is no row of a table: without TABs, and with nothing but one filled cell between pipes.
fn outside_tables(line: &str) -> Option<&str> {
    let mut filled = line.split('|').map(str::trim).filter(|cell| !cell.is_empty());
    let first = filled.next()?;
    (!line.contains('\t') && filled.next().is_none()).then_some(first)
}

/// The name that most labels give. Page breaks cut some of them short, so a name that begins like a longer one counts
/// for the longer one. Where a department and its units have tables of their own, the title tells whose document it is.
fn labelled_organization(words: &IdentityWords, document: &Document, titled: Option<&str>) -> Option<CompactString> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in document.source.body_line..=document.source.line_count() {
        let text = plain_line(document.source.line(line));
        let text = text.as_str();
        if text.len() > 600 || !words.may_label(squeezed_glyphs(text).next()) {
            continue;
        }
        let continued = || {
            let open = squeezed_glyphs(text).next_back() == Some(':');
            open.then(|| labelled_name(words, &format!("{text}{}", document.source.line(line + 2)))).flatten()
        };
        if let Some(name) = labelled_name(words, text).or_else(continued) {
            *counts.entry(name).or_default() += 1;
        }
    }
    if let Some(titled) = titled.filter(|titled| counts.contains_key(*titled)) {
        return Some(CompactString::from(titled));
    }
    let best = counts.iter().max_by_key(|(name, count)| (**count, name.len()))?;
    Some(CompactString::from(best.0.as_str()))
}

/// The lines that are titles of organizations' budgets and accounts, with the names: 某中心2023年单位预算.
pub(super) fn titles_of_organizations(words: &IdentityWords, document: &Document) -> Vec<(u32, String)> {
    /// Longer lines are sentences.
    const LONGEST: usize = 40;
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("^(.{4,}?)20\\d\\d年度?(?:部门|单位)(?:预算|决算)"));
    let lines = document.source.body_line..=document.source.line_count();
    let title = |line: u32| {
        let text = outside_tables(document.source.line(line))?;
        let title = squeeze(&plain_line(text));
        let name = YEAR.captures(&title).filter(|_| title.chars().count() <= LONGEST)?.get(1)?.as_str();
        let name = name.trim_start_matches(['#', '*']);
        let plain = !name.contains(['。', ':', ',', '，', ';']) && words.ends_as_organization(name);
        (plain && !words.is_no_name(name)).then(|| (line, without_ordinal(name).to_owned()))
    };
    lines.filter(|line| document.source.line(*line).contains("20")).filter_map(title).collect()
}

/// Whose table it is, where a label above its columns says so.
pub(super) fn owner_of_table(words: &IdentityWords, document: &Document, table: &RawTable<'_>) -> Option<String> {
    /// The label may stand in the first rows of the grid itself.
    const ROWS: u32 = 3;
    let first = if table.title_line > 0 { table.title_line.min(table.lines.0) } else { table.lines.0 };
    let last = (table.lines.0 + ROWS).min(table.lines.1);
    (first..=last).find_map(|line| labelled_name(words, plain_line(document.source.line(line)).as_str()))
}

fn labelled_name(words: &IdentityWords, line: &str) -> Option<String> {
    let squeezed = squeeze(line.split('|').find(|cell| !cell.trim().is_empty()).unwrap_or(line));
    let name = bare_name(words.until_end(words.behind_label(&squeezed)?));
    (name.chars().count() >= 3 && has_han(name) && !name.contains(['。', ',', '，', '<'])).then(|| name.to_owned())
}

/// A name without the code of the unit before it (211_某局), and without a year and remarks behind it.
fn bare_name(name: &str) -> &str {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("20\\d\\d年.*$"));
    let coded = name.trim_start_matches(['[', '(']).trim_start_matches(|glyph: char| glyph.is_ascii_digit());
    let behind_code = coded.trim_start_matches(['_', '-', ']', ')']);
    let marked = coded.len() < name.len() && behind_code.len() < coded.len();
    let name = if marked || coded.len() + 3 <= name.len() && names_place(coded) { behind_code } else { name };
    let end = YEAR.find(name).map_or(name.len(), |year| year.start());
    name[..end].trim_end_matches("(汇总)").trim_end_matches("(部门)")
}

/// True for a name that begins with a place: what stands before it is the code of the unit, where 120急救中心 is a name.
fn names_place(name: &str) -> bool {
    name.chars().take(12).enumerate().any(|(at, glyph)| at > 0 && "省市县区旗州镇乡".contains(glyph))
}

fn titled_organization(words: &IdentityWords, title_page: &[String]) -> Option<CompactString> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("20\\d\\d年?度?"));
    title_page.iter().find_map(|line| {
        let line = YEAR.replace_all(line, "");
        // A line that does not say that it is a title must at least look like a name: it may be half a sentence.
        // A title is no sentence.
        let sentence = line.contains(['。', ';']) || line.contains("万元");
        let titled = words.before_title_end(&line).filter(|_| !sentence);
        let name = titled.unwrap_or(&line).trim_start_matches("关于").trim_end_matches("(汇总)");
        // 第四中学 is a name, 第四部分 is none.
        let part = name.starts_with('第') || name.contains("部分");
        let plain = !name.contains(['。', ':', ',', '月', '|']) && has_han(name) && !part && !words.is_no_name(name);
        let named = titled.is_some() || words.ends_as_organization(name);
        (plain && named && (4..40).contains(&name.chars().count())).then(|| CompactString::from(bare_name(name)))
    })
}

/// The organization of a document that begins with a sentence: 「现将某镇2021年度“三公”经费决算情况公布如下」.
fn told_organization(words: &IdentityWords, title_page: &[String]) -> Option<CompactString> {
    static BEFORE_YEAR: LazyLock<Regex> =
        LazyLock::new(|| pattern("(?:^|[,，。:;]|现将|将)([^,，。:;《》()\\d将]{3,30}?)20\\d\\d年"));
    title_page.iter().find_map(|line| {
        let name = BEFORE_YEAR.captures(line)?.get(1)?.as_str();
        let named = words.ends_as_organization(name) && !words.is_no_name(name);
        named.then(|| CompactString::from(bare_name(name)))
    })
}

fn year(title_page: &[String], titles: &[&str]) -> Option<u16> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("(20\\d\\d)(?:年度?(\\d{1,2}月)?|$)"));
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    let weighted =
        title_page.iter().map(|line| (line.clone(), 3)).chain(titles.iter().map(|title| (squeeze(title), 1)));
    for (line, weight) in weighted {
        for captures in YEAR.captures_iter(&line).filter(|captures| captures.get(2).is_none()) {
            if let Ok(year) = captures[1].parse() {
                *counts.entry(year).or_default() += weight;
            }
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}

fn kind(title_page: &[String], titles: &[&str]) -> Option<Kind> {
    // A law has 预算 in its name, and an account compares with 年初预算.
    static ASIDE: LazyLock<Regex> = LazyLock::new(|| pattern("《[^》]*》|年初预算|全年预算|预决算"));
    let count = |word: &str| {
        let page = title_page.iter().filter(|line| ASIDE.replace_all(line, "").contains(word)).count();
        // The word stands in 预决算 too, and a final account compares with 一般公共预算.
        page * 3
            + titles
                .iter()
                .filter(|title| {
                    squeeze(title)
                        .replace("公共预算", "")
                        .replace("基金预算", "")
                        .replace("经营预算", "")
                        .contains(word)
                })
                .count()
    };
    let (budget, last) = (count("预算"), count("决算"));
    match (budget, last) {
        (0, 0) => None,
        _ if last >= budget => Some(Kind::Final),
        _ => Some(Kind::Budget),
    }
}

/// The year in the file's name, else in its folders.
fn year_of_path(path: &str) -> Option<u16> {
    let parts = path.rsplit('/').flat_map(|part| part.split(|glyph: char| !glyph.is_ascii_digit()));
    parts
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (2000..2100).contains(year))
}

fn kind_of_path(path: &str) -> Option<Kind> {
    let last = ["final", "决算"].iter().any(|word| path.contains(word));
    let budget = ["budget", "预算"].iter().any(|word| path.contains(word));
    match (budget, last) {
        (true, false) => Some(Kind::Budget),
        (false, true) => Some(Kind::Final),
        _ => None,
    }
}

fn level(front: &FrontMatter, organization: Option<&str>, title_page: &[String], titles: &[&str]) -> Level {
    let unit = match front.level.as_deref() {
        Some(level) => level.contains("单位"),
        None => {
            let own = organization.is_some_and(|name| name.contains("本级"));
            let named = |lines: &mut dyn Iterator<Item = String>, word: &str| {
                lines.filter(|line| line.contains(word) && !line.contains("单位:")).count()
            };
            let lines = || title_page.iter().cloned().chain(titles.iter().map(|title| squeeze(title)));
            own || named(&mut lines(), "单位") > named(&mut lines(), "部门")
        }
    };
    if unit { Level::Unit } else { Level::Department }
}

/// A date that stands alone on the title page.
fn published(title_page: &[String]) -> Option<CompactString> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| pattern("^(20\\d\\d)年(\\d{1,2})月(?:(\\d{1,2})日)?$"));
    title_page.iter().find_map(|line| {
        let captures = DATE.captures(line)?;
        let month: u8 = captures[2].parse().ok()?;
        Some(match captures.get(3).and_then(|day| day.as_str().parse::<u8>().ok()) {
            Some(day) => compact_str::format_compact!("{}-{month:02}-{day:02}", &captures[1]),
            None => compact_str::format_compact!("{}-{month:02}", &captures[1]),
        })
    })
}

/// The patterns here are fixed; the tests compile every one of them.
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("a fixed pattern is damaged: {error}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::recognize;
    use crate::parse::parse;
    use crate::read::Source;
    use crate::recognize::tables;
    use crate::vocabulary::Vocabulary;

    fn identity(text: &str) -> String {
        let document = parse(&Arc::new(Source::plain("a.txt", text)));
        let tables = tables::gather(Vocabulary::builtin(), &document);
        let identity = recognize(Vocabulary::builtin(), &document, &tables);
        let region = identity.region;
        let parts = [region.province, region.city, region.district].map(|part| part.unwrap_or_default());
        format!(
            "{} {} {} {} {} {}",
            identity.organization.unwrap_or_default(),
            identity.year.unwrap_or_default(),
            identity.kind.map_or("", |kind| kind.word()),
            identity.level.label(),
            identity.published.unwrap_or_default(),
            parts.join("/")
        )
    }

    #[test]
    fn who_where_when() {
        let cases = [
            (
                "2024 年上海市普陀区图书 馆部门预算公开\n\n2024年2月\n\n部门名称:上海市普陀区图书馆(汇总)\n",
                "上海市普陀区图书馆 2024 budget 部门 2024-02 上海市//普陀区",
            ),
            (
                "2024 年度  \n深圳市档案馆  \n部门决算公开\n\n2025 年 9 月\n",
                "深圳市档案馆 2024 final 部门 2025-09 广东省/深圳市/",
            ),
            (
                "# 2025年某某中心(本级)预算说明\n\n单位名称:\n\n某某中心(本级)\n\n单位名称: 某某中心(本级) 单位: 万元\n",
                "某某中心(本级) 2025 budget 单位  //",
            ),
            ("江苏省某院\n2019年度部门预算公开\n", "江苏省某院 2019 budget 部门  江苏省//"),
            ("梧州市第四中学 2023 年单位预算公开说明\n", "梧州市第四中学 2023 budget 单位  广西壮族自治区/梧州市/"),
            (
                "920元氏县某镇财政所 |\n预算年度:2025 |\n单位:万元 | ||\n",
                "元氏县某镇财政所 2025 budget 部门  河北省/石家庄市/元氏县",
            ),
            // The frame of a web page, and the title of a statement, name nobody.
            (
                "| 索引号 | 0112/2025-7 | 发布机构 |\n丰都县林业局(本级) 2024 年度决算公开说明\n",
                "丰都县林业局(本级) 2024 final 单位  重庆市//丰都县",
            ),
            // A notice that is one sentence and no title.
            (
                "按照《预算法》有关要求，现将武隆区江口镇2021年度“三公”经费决算情况公布如下：\n\n\
                 经比较，2021年度全镇“三公”经费40.14万元，较年初预算数减少0.36万元。\n",
                "武隆区江口镇 2021 final 部门  重庆市//武隆区",
            ),
            ("许镇镇2020年“三公”经费决算数共计35.5万元，比上年预算数下降35.45%。\n", "许镇镇 2020 final 部门  //"),
            (
                "2017年度一般公共预算财政拨款“三公”经费支出决算表 |\n单位:万元\n深圳市档案馆2017年度“三公”经费决算公开\n",
                "深圳市档案馆 2017 final 部门  广东省/深圳市/",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(identity(text), expected, "{text}");
        }
    }
}
