//! Who discloses what: organization, region, fiscal year, budget or final account, department or unit.
//!
//! Front matter wins over the document, labels in the document (部门名称：) over its title.
//!
//! In: a document and its tables. Out: its [`Identity`], and which of its tables are those of another organization. In this
//! order: `title_page` finds the lines on which the document says what it is, `organization`, `region` and `period` read them,
//! `units_apart` sets the statements of units apart from those of their department.

mod organization;
mod period;
mod region;
mod title_page;
mod units_apart;

use compact_str::CompactString;
use regex::Regex;

pub(super) use period::Period;
pub(super) use units_apart::set_apart;

use crate::model::Identity;
use crate::parse::Document;
use crate::recognize::tables::RawTable;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::matching::without_end;

/// A government's document says so at once; further down a department may speak of the government's budget.
const TITLE_LINES_OF_GOVERNMENT: usize = 3;

/// Recognizes the identity of a document.
pub(super) fn recognize(vocabulary: &Vocabulary, document: &Document, tables: &[RawTable<'_>]) -> Identity {
    let words = &vocabulary.identity;
    let front = &document.source.front_matter;
    let title_page = title_page::title_page(words, document);
    let titles: Vec<&str> = tables.iter().map(|table| table.title.as_str()).collect();
    let organization = front.organization.clone().map(CompactString::from);
    let organization = organization.or_else(|| organization::organization(words, document, &title_page));
    let headings = || period::headings(words, document);
    let region = region::region(vocabulary, front, organization.as_deref(), document);
    Identity {
        region,
        year: front
            .year
            .or_else(|| period::year(words, &title_page, &titles))
            .or_else(|| period::year(words, &headings(), &[]))
            .or_else(|| period::year_of_path(&document.source.path)),
        kind: front
            .kind
            .or_else(|| period::kind(words, document, &title_page, &titles))
            .or_else(|| period::kind(words, document, &headings(), &[]))
            .or_else(|| period::kind_of_statements(vocabulary, document))
            .or_else(|| period::kind_of_path(words, &document.source.path)),
        level: period::level(words, front, organization.as_deref(), &title_page, &titles),
        published: front.published.clone().map(CompactString::from).or_else(|| period::published(&title_page)),
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
    let words = &vocabulary.identity;
    let division = || {
        let name = without_end(&words.unit_names, identity.organization.as_deref()?);
        let mut rest = name;
        while let Some((division, _)) = vocabulary.divisions.at_start(rest) {
            rest = &rest[division.len()..];
        }
        Some(rest.is_empty() && !name.is_empty())
    };
    // A department may publish 「根据关于推进政府预算公开的要求，……」.
    let is_sentence = |line: &str| line.contains(['。', ',', ';', '，', '；']);
    let titles = title_page::title_page(words, document);
    let mut first = titles.iter().take(TITLE_LINES_OF_GOVERNMENT).filter(|line| !is_sentence(line));
    first.any(|line| vocabulary.identity.is_of_government(line)) || division().unwrap_or(false)
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
            // A web page's record of the document, and a heading below it.
            (
                "发布机构 | 梁平区教委 | 有效性 | |\n标题 | 重庆市梁平区某小学2024年单位预算情况说明 | ||\n一、单位基本情况\n",
                "重庆市梁平区某小学 2024 budget 单位  重庆市//梁平区",
            ),
            (
                "2021年\n肇庆市端州区某检察院(差额表)\n部门预算\n",
                "肇庆市端州区某检察院 2021 budget 部门  广东省/肇庆市/端州区",
            ),
            ("某新兴产业集中区(管委会)2024年\n一般公共预算预算\n", "某新兴产业集中区(管委会) 2024 budget 部门  //"),
            // A label on the cover says where, those above the tables do not.
            (
                "上海市普陀区2026年区级部门预算\n预算主管部门：上海市普陀区某执法局\n收支总表\n编制部门：普陀区某执法局\n\
                 支出总表\n编制部门：普陀区某执法局\n",
                "上海市普陀区某执法局 2026 budget 部门  上海市//普陀区",
            ),
            (
                "金牛镇人民政府\n大冶市金牛镇人民政府2021年部门预算公开\n",
                "大冶市金牛镇人民政府 2021 budget 部门  湖北省/黄石市/大冶市",
            ),
            // A title over two lines, as the document writes the name further down.
            (
                "上海市普陀区人民政府\n石泉路街道办事处 2025\n年度部门决算\n目录\n\
                 第一部分 上海市普陀区人民政府石泉路街道办事处概况\n",
                "上海市普陀区人民政府石泉路街道办事处 2025 final 部门  上海市//普陀区",
            ),
            (
                "驻呼和浩特市办事处 2019年度决算公开报告\n内蒙古自治区兴安盟行政公署驻呼和浩特市办事处\n2019年度决算公开报告\n",
                "内蒙古自治区兴安盟行政公署驻呼和浩特市办事处 2019 final 部门  内蒙古自治区/兴安盟/",
            ),
            // Titles of statements are all that says what the document is.
            (
                "目录\n第一部分博乐市财政局部门单位概况\n第四部分部门决算报表\n《收入支出决算总表》\n《收入决算表》\n",
                "博乐市财政局 0 final 部门  新疆维吾尔自治区/博尔塔拉蒙古自治州/博乐市",
            ),
            (
                "欢迎来到泸州市中医医院\n2023年度泸州市中医医院单位决算\n",
                "泸州市中医医院 2023 final 单位  四川省/泸州市/",
            ),
            // A sentence speaks of anything, a title says what the document is.
            (
                "施甸县2016年“三公”经费决算情况统计表\n按照部门预算管理规定，是指。\n预算部门均纳入统计范围。\n",
                "施甸县 2016 final 部门  云南省/保山市/施甸县",
            ),
            (
                "经某州财政局汇总,2022年州本级安排“三公”经费支出82.37万元,比年初预算增加13.17万元。\n一般公共预算安排82.37万元。\n",
                " 2022 final 部门  //",
            ),
            ("某区林业局2022年区级部门决算公开\n", "某区林业局 2022 final 部门  //"),
            // Documents that begin with their contents.
            (
                "目录\n第一部分 宜春市某生态环境局概况\n第二部分 宜春市某生态环境局2022年部门预算表\n",
                "宜春市某生态环境局 2022 budget 部门  江西省/宜春市/",
            ),
            ("目录\n一、概况......(1)\n二、2022年度部门决算公开表......(2)\n", " 2022 final 部门  //"),
            // Last year is what this one is compared with.
            (
                "（二）本单位2023年度总支出125.08万元，较2022年度决算数增加19.68万元。较2022年度无变化。\n",
                " 2023 final 单位  //",
            ),
            ("2018年度本部门支出2.05万元，年初预算为2.95万元。\n", " 2018 final 部门  //"),
            // What was spent, and no word of a budget.
            ("2020年“三公”经费支出431万元，比上年累计支出433万元减少2万元。\n", " 2020 final 部门  //"),
            // Documents that begin anywhere introduce their organization in a sentence.
            (
                "二、支出决算表\n第三部分2023年度部门决算情况说明\n昌宁县人民检察院是国家的法律监督机关。\n",
                "昌宁县人民检察院 2023 final 部门  云南省/保山市/昌宁县",
            ),
            (
                "一、2020年“三公”经费支出预算表\n单位:万元\n项目\n池州市人民政府办公室2020年度“三公”经费支出预算为142.40万元。\n",
                "池州市人民政府办公室 2020 budget 部门  安徽省/池州市/",
            ),
            // Who decided is not who discloses.
            ("根据某市第五届人民代表大会第五次会议批准的某市本级2024年预算，情况如下：\n", " 2024 budget 部门  //"),
            (
                "2025年部门收支总表,,,\n单位：某市教育局,,,金额单位：元\n项目,预算数,项目,预算数\n一、拨款,\"1,000.00\",一、支出,\n",
                "某市教育局 2025  部门  //",
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
