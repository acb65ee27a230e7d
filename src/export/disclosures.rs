//! `data/disclosures.json`: one object for every disclosure, with its identity, headline figures, spending by function,
//! three public expenses, statements and the outcome of its checks.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::dictionary::{DataFile, Field, FieldKind};
use super::number::yuan_text;
use super::three_public::phase;
use crate::assemble::{PublishedDisclosure, Site};
use crate::model::{
    Amount, Figures, FunctionFigures, LedgerCounts, Origin, Region, Statement, ThreePublic, ThreePublicPart,
};

/// Where the JSON Schema of the file lies.
pub(super) const SCHEMA_PATH: &str = "data/disclosures.schema.json";

/// The JSON Schema of the file.
pub(super) const SCHEMA: &str = include_str!("disclosures.schema.json");

#[derive(Serialize)]
struct DisclosureRecord<'a> {
    id: &'a str,
    source: &'a str,
    sources: Vec<&'a str>,
    organization: Option<&'a str>,
    region: RegionRecord<'a>,
    year: Option<u16>,
    kind: Option<&'static str>,
    level: &'static str,
    published: Option<&'a str>,
    url: &'a str,
    figures: FiguresRecord<'a>,
    functions: Vec<FunctionRecord<'a>>,
    three_public: Vec<ThreePublicRecord<'a>>,
    statements: Vec<StatementRecord<'a>>,
    ledger: LedgerRecord,
    title: &'a str,
    replaced_by: Option<&'a str>,
}

#[derive(Serialize)]
struct RegionRecord<'a> {
    province: Option<&'a str>,
    city: Option<&'a str>,
    district: Option<&'a str>,
}

/// An amount: absent where the document does not tell it.
#[derive(Serialize)]
struct FigureRecord<'a> {
    yuan: String,
    printed: &'a str,
    unit: &'static str,
    origin: &'static str,
    line: u32,
    /// Index into `sources`, when it is not the main file.
    #[serde(skip_serializing_if = "is_main")]
    file: u16,
    /// The proof of a repair, the rule of a derivation.
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<&'a str>,
}

struct FiguresRecord<'a>(&'a Figures);

#[derive(Serialize)]
struct FunctionRecord<'a> {
    code: &'a str,
    name: &'a str,
    level: &'static str,
    #[serde(flatten)]
    parts: Parts<'a, 3>,
}

#[derive(Serialize)]
struct ThreePublicRecord<'a> {
    year: u16,
    phase: &'static str,
    stage: &'static str,
    #[serde(flatten)]
    parts: Parts<'a, 6>,
}

/// Named figures; those that are not told are left out.
struct Parts<'a, const N: usize>([(&'static str, &'a Option<Amount>); N]);

#[derive(Serialize)]
struct StatementRecord<'a> {
    kind: &'static str,
    title: &'a str,
    lines: [u32; 2],
    state: &'static str,
    amounts: u32,
    placed: u32,
    unit: &'static str,
    /// Index into `sources`, when it is not the main file.
    #[serde(skip_serializing_if = "is_main")]
    file: u16,
}

#[derive(Serialize)]
struct LedgerRecord {
    pass: u32,
    rounding: u32,
    fail: u32,
    not_applicable: u32,
    unreadable: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_main(file: &u16) -> bool {
    *file == 0
}

/// The documentation of `data/disclosures.json`.
pub(super) fn file() -> DataFile {
    let field = Field::new;
    DataFile {
        path: "data/disclosures.json",
        title: "公开文件",
        about: "每个公开文件一个对象。金额是对象 {yuan, printed, unit, origin, line}，原文没有说的金额不出现；格式见 disclosures.schema.json",
        fields: vec![
            field("id", FieldKind::String, "编号：部门/年度-种类"),
            field("source", FieldKind::String, "主文件，相对于内容文件夹"),
            field("sources", FieldKind::Array, "合并成这个公开文件的全部文件，主文件在前"),
            field("organization", FieldKind::String, "部门或单位名称，按原文；不知道时为 null"),
            field("region", FieldKind::Object, "{province, city, district}，不知道的部分为 null"),
            field("year", FieldKind::Year, "预算或决算年度；不知道时为 null"),
            Field::of_words("kind", "budget 预算，final 决算；不知道时为 null", &["budget", "final"]),
            Field::of_words("level", "部门（含所属单位）或单位（本级）", &["部门", "单位"]),
            field(
                "published",
                FieldKind::String,
                "公开日期，按原文的精度：YYYY-MM-DD、YYYY-MM 或 YYYY；不知道时为 null",
            ),
            field("url", FieldKind::String, "页面地址，相对于网站根"),
            field(
                "figures",
                FieldKind::Object,
                "主要金额：income_total 收入总计，expenditure_total 支出总计，current_income 本年收入，current_expenditure 本年支出，carried_in 上年结转结余，carried_out 年终结转结余，basic 基本支出，project 项目支出，personnel 人员经费，operating 公用经费，agency_operating 机关运行（机构运转）经费",
            ),
            field(
                "functions",
                FieldKind::Array,
                "按功能分类的支出：{code, name, level: 类、款或项, total, basic, project}；原文没有印的层级由下级相加，origin 为 derived",
            ),
            field(
                "three_public",
                FieldKind::Array,
                "“三公”经费：{year, phase: budget 或 final, stage: budget.initial、budget.adjusted 或 final, total, abroad, vehicles, vehicle_purchase, vehicle_operation, reception}",
            ),
            field(
                "statements",
                FieldKind::Array,
                "报表：{kind, title, lines: [首行, 末行], state: read 已读出、declared_empty 声明为空、announced_missing 目录有而正文没有、unreadable 无法读出, amounts 金额格数, placed 其中已归位的, unit}",
            ),
            field("ledger", FieldKind::Object, "核对结果的次数：{pass, rounding, fail, not_applicable, unreadable}"),
            field("title", FieldKind::String, "页面标题"),
            field("replaced_by", FieldKind::String, "替代它的新版本的编号；现行版本为 null。加总时请排除有值的文件"),
        ],
    }
}

/// The objects of the disclosures of a site, one on each line.
pub(super) fn rows(site: &Site) -> Vec<u8> {
    let json = |published| serde_json::to_vec(&record(site, published));
    let records = site.disclosures.iter().map(|one| json(one).expect("strings and numbers can be written as JSON"));
    json_lines(records)
}

/// Records of a JSON list, one on each line, so that a change in one record shows as one line.
pub(super) fn json_lines(records: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    records.collect::<Vec<_>>().join(&b",\n"[..])
}

/// A JSON list of such lines.
pub(super) fn json_list<'p>(parts: impl Iterator<Item = Vec<u8>> + 'p) -> impl Iterator<Item = Vec<u8>> + 'p {
    let mut parts = parts.peekable();
    let end: &[u8] = if parts.peek().is_none() { b"]\n" } else { b"\n]\n" };
    let separated = parts.enumerate().map(|(number, part)| match number {
        0 => part,
        _ => [&b",\n"[..], &part].concat(),
    });
    std::iter::once(b"[\n".to_vec()).chain(separated).chain(std::iter::once(end.to_vec()))
}

fn record<'a>(site: &'a Site, published: &'a PublishedDisclosure) -> DisclosureRecord<'a> {
    let disclosure = &published.disclosure;
    let identity = &disclosure.identity;
    let sources: Vec<&str> = disclosure.sources.iter().map(|source| &*source.path).collect();
    DisclosureRecord {
        id: &published.id,
        source: sources.first().copied().unwrap_or_default(),
        sources,
        organization: identity.organization.as_deref(),
        region: region(&identity.region),
        year: identity.year,
        kind: identity.kind.map(|kind| kind.word()),
        level: identity.level.label(),
        published: identity.published.as_deref(),
        url: &published.url,
        figures: FiguresRecord(&disclosure.figures),
        functions: disclosure.functions.iter().map(function).collect(),
        three_public: disclosure.three_public.iter().map(three_public).collect(),
        statements: disclosure.statements.iter().map(statement).collect(),
        ledger: ledger(published.ledger.counts),
        title: &published.title,
        replaced_by: published.replaced_by.and_then(|index| site.disclosures.get(index)).map(|newer| newer.id.as_str()),
    }
}

fn region(region: &Region) -> RegionRecord<'_> {
    RegionRecord {
        province: region.province.as_deref(),
        city: region.city.as_deref(),
        district: region.district.as_deref(),
    }
}

fn figure(amount: &Amount) -> FigureRecord<'_> {
    FigureRecord {
        yuan: yuan_text(amount.yuan),
        printed: &amount.printed,
        unit: amount.unit.label(),
        origin: amount.origin.word(),
        line: amount.place.line,
        file: amount.place.file,
        grounds: match &amount.origin {
            Origin::Repaired { proof, .. } => Some(proof),
            Origin::Derived { rule, .. } => Some(rule),
            Origin::Printed | Origin::Narrative => None,
        },
    }
}

fn function(function: &FunctionFigures) -> FunctionRecord<'_> {
    FunctionRecord {
        code: &function.code,
        name: &function.name,
        level: function.level.label(),
        parts: Parts([("total", &function.total), ("basic", &function.basic), ("project", &function.project)]),
    }
}

fn three_public(row: &ThreePublic) -> ThreePublicRecord<'_> {
    ThreePublicRecord {
        year: row.year,
        phase: phase(row.phase),
        stage: row.phase.word(),
        parts: Parts(ThreePublicPart::ALL.map(|part| (part.word(), row.part(part)))),
    }
}

fn statement(statement: &Statement) -> StatementRecord<'_> {
    StatementRecord {
        kind: statement.kind.word(),
        title: &statement.title,
        lines: [statement.lines.0, statement.lines.1],
        state: statement.state.word(),
        amounts: statement.amounts,
        placed: statement.placed,
        unit: statement.unit.unit.label(),
        file: statement.file,
    }
}

fn ledger(counts: LedgerCounts) -> LedgerRecord {
    LedgerRecord {
        pass: counts.pass,
        rounding: counts.rounding,
        fail: counts.fail,
        not_applicable: counts.not_applicable,
        unreadable: counts.unreadable,
    }
}

impl Serialize for FiguresRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Parts(self.0.named()).serialize(serializer)
    }
}

impl<const N: usize> Serialize for Parts<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, amount) in &self.0 {
            if let Some(amount) = amount {
                map.serialize_entry(name, &figure(amount))?;
            }
        }
        map.end()
    }
}
