//! Charts of ordinary and of awkward data. The tests of `chart` measure the same ones.

use rust_decimal::Decimal;

use super::chart::{self, Bar, Chart, ChartText, Mark, Pair, Panel, Part, Point, Tone, Value};

/// The words and the drawing of each sample; `None` where nothing can be drawn.
pub(crate) fn all() -> Vec<(ChartText, Option<Chart>)> {
    let mut samples = ordinary();
    samples.extend(awkward_parts());
    samples.extend(awkward_bars());
    samples.extend(awkward_trends());
    samples.extend(awkward_movements());
    samples.extend(awkward_peers());
    samples
}

const LONG: &str = "其他用于社会公益事业的彩票公益金支出以及由乡镇街道统筹安排的公共卫生服务补助项目";
const HOSTILE: &str = "<script>alert(\"1\")</script>&'\u{202e}\u{7}\n]]>--%";

fn ordinary() -> Vec<(ChartText, Option<Chart>)> {
    let split = [
        part("人员经费", "763.05", "71.01%", Tone::PERSONNEL),
        part("公用经费", "70.21", "6.53%", Tone::OPERATING),
        part("项目支出", "241.35", "22.46%", Tone::PROJECT),
    ];
    let functions = [
        ("一般公共服务支出", "711.02", "66.17%"),
        ("社会保障和就业支出", "165.56", "15.41%"),
        ("卫生健康支出", "55.87", "5.20%"),
        ("农林水支出", "0.70", "0.07%"),
        ("金融支出", "81.23", "7.56%"),
        ("住房保障支出", "60.23", "5.60%"),
    ];
    let functions: Vec<Bar> = functions.into_iter().map(|(name, amount, share)| bar(name, amount, share)).collect();
    let parts = [
        panel("“三公”经费合计", &[("2024年预算", "~4.26"), ("2025年预算", "5.43")]),
        panel("因公出国（境）费", &[("2024年预算", "~0"), ("2025年预算", "0.00")]),
        panel("公务用车购置费", &[("2024年预算", "~0"), ("2025年预算", "0.00")]),
        panel("公务用车运行维护费", &[("2024年预算", "~2.43"), ("2025年预算", "4.60")]),
        panel("公务接待费", &[("2024年预算", "~1.83"), ("2025年预算", "0.83")]),
    ];
    let years = [("2019年", "318.4"), ("2020年", "402.11"), ("2021年", "391.7"), ("2022年", "455.02")];
    let years = [&years[..], &[("2023年", "520.96"), ("2024年", "~918.97"), ("2025年", "1074.61")]].concat();
    let pairs = [
        pair("行政运行", "749.17", "749.17", "100.00%"),
        pair("公务接待费", "0.30", "0.11", "36.67%"),
        pair("机关运行经费", "269.14", "285.40", "106.04%"),
        pair("其他一般公共服务支出", "120.00", "0.00", "0.00%"),
        pair("年中追加的项目支出", "—", "86.5", ""),
    ];
    vec![
        sample("split", "七成用于人员", |text| chart::structure(text, &split, &value("1074.61"), Decimal::ZERO)),
        sample("functions", "三分之二用于一般公共服务", |text| chart::ranking(text, &functions)),
        sample("three-public", "“三公”经费预算增加1.17万元", |text| chart::trend_panels(text, &parts)),
        sample("two-years", "支出比上年增加155.64万元", |text| {
            chart::trend(text, &panel("", &[("2024年", "~918.97"), ("2025年", "1074.61")]).points)
        }),
        sample("seven-years", "支出总计逐年变化", |text| chart::trend(text, &panel("", &years).points)),
        sample("execution", "决算与预算", |text| chart::budget_against_final(text, &pairs)),
        sample("changes", "两个部门增加，一个减少", |text| {
            let rows =
                [("某区人民政府办公室", "+1.17", "+27.5%"), ("某局", "+0.03", "+2.1%"), ("某中心", "-6.40", "-81.0%")];
            chart::changes(text, &rows.map(|(name, amount, rate)| bar(name, amount, rate)))
        }),
        sample("bridge", "支出增加155.64万元", |text| {
            let steps = [("人员经费", "+131.20"), ("公用经费", "-12.06"), ("项目支出", "+36.50")];
            let steps = steps.map(|(name, amount)| bar(name, amount, ""));
            chart::waterfall(
                text,
                &point("2024年预算", "~918.97"),
                &steps,
                &point("2025年预算", "1074.61"),
                Decimal::ZERO,
            )
        }),
        sample("peers", "在5个部门中居第2位", |text| {
            let peers = ["827.29", "927.71", "3020.78", "643.90"].map(|amount| bar("某局", amount, ""));
            chart::strip(text, &bar("某区人民政府办公室", "1074.61", ""), &peers, &value("927.71"))
        }),
    ]
}

fn awkward_movements() -> Vec<(ChartText, Option<Chart>)> {
    let many: Vec<Bar> = (1..=30)
        .map(|index| {
            let sign = if index % 3 == 0 { '-' } else { '+' };
            bar(&format!("第{index}个部门"), &format!("{sign}{}.25", index * index), &format!("{sign}{index}.0%"))
        })
        .collect();
    let odd = [
        bar(LONG, "+123456789012.34", "+99999.9%"),
        bar("没有变动", "0.00", "持平"),
        bar("没有可比的数", "—", ""),
        bar("上年为零", "+0.01", "上年为0"),
        bar(HOSTILE, "-5000000000", HOSTILE),
    ];
    let falling = [bar("甲", "-3.5", "-3.5%"), bar(LONG, "-0.01", "-0.1%")];
    let bridge = |id: &str, title: &str, from: &str, steps: &[Bar], to: &str| {
        sample(id, title, |text| {
            chart::waterfall(text, &point("2024年决算", from), steps, &point("2025年决算", to), Decimal::ONE)
        })
    };
    let through_zero = [bar("调减", "-180", ""), bar("上缴", "-40.5", ""), bar("追加", "+90", "")];
    vec![
        sample("many-changes", "三十个部门的增减", |text| chart::changes(text, &many)),
        sample("odd-changes", "极大、极小、持平、缺数", |text| chart::changes(text, &odd)),
        sample("all-falling", "全部减少", |text| chart::changes(text, &falling)),
        sample("no-changes", "都没有增减数", |text| chart::changes(text, &[bar("甲", "—", "")])),
        bridge(
            "bridge-rest",
            "有未列明细的变动",
            "100",
            &[bar("人员经费", "+20", ""), bar("项目支出", "—", "")],
            "90.5",
        ),
        bridge("bridge-zero", "经过零", "100", &through_zero, "-30.5"),
        bridge("bridge-level", "没有变动", "100.00", &[bar("人员经费", "0.00", "")], "100.00"),
        bridge(
            "bridge-tiny",
            "大数中的小变动",
            "900000",
            &[bar(LONG, "+0.35", ""), bar("乙", "-0.01", "")],
            "900000.34",
        ),
        bridge("bridge-untold", "没有上年数", "—", &[bar("人员经费", "+20", "")], "90"),
    ]
}

fn awkward_peers() -> Vec<(ChartText, Option<Chart>)> {
    let peers = |amounts: &[String]| -> Vec<Bar> {
        amounts.iter().enumerate().map(|(index, amount)| bar(&format!("第{index}个部门"), amount, "")).collect()
    };
    let strip = |id: &str, title: &str, own: Bar, amounts: &[String], median: &str| {
        let others = peers(amounts);
        sample(id, title, |text| chart::strip(text, &own, &others, &value(median)))
    };
    let texts = |amounts: &[&str]| amounts.iter().map(|amount| (*amount).to_owned()).collect::<Vec<String>>();
    let crowd: Vec<String> =
        (0..400_i64).map(|index| format!("{}.5", (index * index * 7919) % 97 * (index % 13))).collect();
    let equal: Vec<String> = vec!["12.00".to_owned(); 30];
    vec![
        strip("peers-two", "只有一个同类", bar("某局", "0.00", ""), &texts(&["8"]), "4.00"),
        strip("peers-skewed", "一个极大", bar(LONG, "3.5", ""), &texts(&["1", "2", "3", "900000", "—", "?"]), "3"),
        strip("peers-last", "最大的是本部门", bar(LONG, "~900000", ""), &texts(&["1", "2", "3"]), "2.5"),
        strip("peers-negative", "有负数", bar(HOSTILE, "-5", ""), &texts(&["-80", "10", "60.5", "61"]), "10"),
        strip("peers-crowd", "四百个", bar("某局", "600.5", ""), &crowd, "240.50"),
        strip("peers-equal", "全部相同", bar("某局", "12.00", ""), &equal, "12.00"),
        strip("peers-none", "没有同类", bar("某局", "12.00", ""), &[], "12.00"),
    ]
}

fn awkward_parts() -> Vec<(ChartText, Option<Chart>)> {
    let structure = |id: &str, title: &str, parts: Vec<Part>, total: &str| {
        sample(id, title, |text| chart::structure(text, &parts, &value(total), Decimal::ZERO))
    };
    let tone = |index: usize| Tone::ALL[index % 6];
    let six = ["900000.00", "0.35", "0.00", "12.5", "3", "0.01"].iter().enumerate();
    let thirty = (0..30).map(|index| part(&format!("第{index}项"), &format!("{}.5", 30 - index), "", tone(index)));
    let seven = (0..7).map(|index| part(&format!("第{index}项"), "10", "12.5%", tone(index)));
    vec![
        structure("one", "只有一项", vec![part("一般公共预算", "1074.61", "100%", Tone::One)], "1074.61"),
        structure("rest", "有未列明细", vec![part("人员经费", "60.10", "60.1%", Tone::One)], "100"),
        structure(
            "gap",
            "有一项没有数额",
            vec![part("甲", "60", "60%", Tone::One), part("乙", "—", "", Tone::Two)],
            "100",
        ),
        structure(
            "exceeding",
            "超过总数",
            vec![part("甲", "60", "", Tone::One), part("乙", "50", "", Tone::Two)],
            "100",
        ),
        structure(
            "negative-part",
            "有负数",
            vec![part("甲", "120", "", Tone::One), part("乙", "-20", "", Tone::Two)],
            "100",
        ),
        structure("no-total", "没有总数", vec![part("甲", "60", "", Tone::One)], "—"),
        structure(
            "all-zero",
            "都是零",
            vec![part("甲", "0.00", "", Tone::One), part("乙", "0", "", Tone::Two)],
            "0.00",
        ),
        structure("nothing-told", "都没有数额", vec![part("甲", "—", "", Tone::One)], "100"),
        structure("thirty", "三十项", thirty.collect(), "480"),
        structure("seven", "七项，有未列明细", seven.collect(), "80.00"),
        structure(
            "tiny",
            "极大与极小",
            six.map(|(index, amount)| part(LONG.get(index * 9..).unwrap_or(LONG), amount, "99.9999%", tone(index)))
                .collect(),
            "900015.86",
        ),
        structure("hostile", HOSTILE, vec![part(HOSTILE, "1", HOSTILE, Tone::One)], "1"),
    ]
}

fn awkward_bars() -> Vec<(ChartText, Option<Chart>)> {
    let many: Vec<Bar> = (0..30)
        .map(|index| {
            bar(
                &format!("第{index}项支出"),
                &if index % 7 == 3 { format!("-{index}.5") } else { format!("{index}") },
                "",
            )
        })
        .collect();
    let mut wide = vec![
        bar(LONG, "123456789012345.67", "100.00%"),
        bar(&LONG.repeat(5), "-0.01", ""),
        bar("Administration-of-everything-else (NO-BREAK-WORD_WITH_CAPITALS)", "—", ""),
        bar("零", "0.00", "0%"),
        bar("无法读取的一项", "?", ""),
        bar(HOSTILE, "5000000000000", HOSTILE),
        bar("修复", "*70000000000000", ""),
        Bar { value: Value::printed(Decimal::ONE, "1".repeat(300)), ..bar("数字极长", "—", "") },
    ];
    wide[0].note = Some("含上年结转，".repeat(12));
    let far = [("甲".to_owned(), "-80"), (LONG.to_owned(), "-79.5"), ("乙".to_owned(), "-0.2")];
    let far: Vec<Bar> = far.iter().map(|(name, amount)| bar(name, amount, "")).collect();
    let pairs = [
        pair(LONG, "1234567890.12", "—", "无法计算，因为没有决算数"),
        pair("零对零", "0", "0.00", "无法计算"),
        pair("负数", "100", "-35.20", "-35.2%"),
        pair(HOSTILE, "0.01", "~1", HOSTILE),
        pair("都没有", "—", "?", ""),
    ];
    vec![
        sample("many", "三十项，有负数", |text| chart::ranking(text, &many)),
        sample("wide", "长名称、缺数、零、修复", |text| chart::ranking(text, &wide)),
        sample("below", "全是负数", |text| chart::ranking(text, &far)),
        sample("no-bars", "没有任何数", |text| chart::ranking(text, &[bar("甲", "—", "")])),
        sample("odd-pairs", "怪异的预决算", |text| chart::budget_against_final(text, &pairs)),
        sample("no-pairs", "没有预决算", |text| chart::budget_against_final(text, &[pair("甲", "—", "—", "")])),
    ]
}

fn awkward_trends() -> Vec<(ChartText, Option<Chart>)> {
    let wide = ["123456789012345.67", "~0.01", "-99999999999.99"];
    let wide = panel(LONG, &[("2023年决算", wide[0]), ("2024年预算", wide[1]), ("2025年预算", wide[2])]);
    let mixed = panel("年份、阶段很长", &[("2023年度部门决算", "?"), ("2024年度部门预算", "-12.4"), ("2025年", "*88")]);
    let years = |amounts: &[&str]| {
        let names: Vec<String> = (0..amounts.len()).map(|index| format!("{}年", 2000 + index)).collect();
        let points: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(amounts.iter().copied()).collect();
        panel("公务用车运行维护费", &points)
    };
    let saw: Vec<String> =
        (0..24).map(|index| format!("{}.5", if index % 2 == 0 { 1000 } else { 10 + index })).collect();
    let saw = years(&saw.iter().map(String::as_str).collect::<Vec<_>>());
    let gaps = years(&["5", "—", "0", "7.25", "?", "*6", "~3.1", "~3.2"]);
    let drop = years(&["-5", "1000000", "-250000.25", "0", "1234567.89"]);
    let long_periods: Vec<String> = (2019..2026).map(|year| format!("{year}年度部门预算（调整后）")).collect();
    let long_periods: Vec<(&str, &str)> = long_periods.iter().map(|period| (period.as_str(), "66")).collect();
    let long_periods = panel("", &long_periods);
    let single = |id: &str, title: &str, panel: &Panel| sample(id, title, |text| chart::trend(text, &panel.points));
    vec![
        single("one-year", "只有一年", &years(&["4.6"])),
        single("wide-columns", "数字太宽", &wide),
        single("mixed", "缺数、负数、修复", &mixed),
        sample("one-year-panels", "一年的小图", |text| {
            chart::trend_panels(text, &[years(&["4.6"]), years(&["0"]), years(&["—"])])
        }),
        sample("wide-panels", "数字很宽的小图", |text| {
            chart::trend_panels(text, &[wide.clone(), mixed.clone()])
        }),
        single("saw", "二十四年，锯齿", &saw),
        single("gaps", "缺数、零、推算", &gaps),
        single("drop", "大起大落", &drop),
        single("long-periods", "阶段名称很长", &long_periods),
        sample("line-panels", "多年的小图", |text| {
            chart::trend_panels(text, &[gaps.clone(), years(&["1", "2", "3", "4"])])
        }),
        sample("flat", "都是零", |text| chart::trend(text, &years(&["0", "0", "0.00", "0"]).points)),
        sample("no-points", "没有任何数", |text| chart::trend(text, &years(&["—", "?"]).points)),
    ]
}

fn sample(id: &str, title: &str, draw: impl FnOnce(&ChartText) -> Option<Chart>) -> (ChartText, Option<Chart>) {
    let text = ChartText {
        id: format!("chart-{id}"),
        title: title.to_owned(),
        subtitle: "2025年部门预算，一般公共预算支出".to_owned(),
        source: "2025年某区人民政府办公室部门预算公开，第3表".to_owned(),
        description: format!("{title}。数据见下表。"),
        ..ChartText::default()
    };
    let chart = draw(&text);
    (text, chart)
}

/// A value in 万元 from its label: `—` is not told, `?` unreadable, `~` derived, `*` repaired.
fn value(label: &str) -> Value {
    let (mark, number) = match label.split_at(label.chars().next().map_or(0, char::len_utf8)) {
        ("~", number) => (Mark::Derived, number),
        ("*", number) => (Mark::Repaired, number),
        _ => (Mark::Printed, label),
    };
    match number.parse::<Decimal>() {
        Ok(amount) => Value { amount: Some(amount * Decimal::from(10_000)), label: number.to_owned(), mark },
        Err(_) if label == "?" => Value::absent("无法读取"),
        Err(_) => Value::missing(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn part(name: &str, amount: &str, share: &str, tone: Tone) -> Part {
    Part { name: name.to_owned(), value: value(amount), share: some(share), tone }
}

fn bar(name: &str, amount: &str, share: &str) -> Bar {
    Bar { name: name.to_owned(), value: value(amount), share: some(share), note: None }
}

fn point(period: &str, amount: &str) -> Point {
    Point { period: period.to_owned(), value: value(amount) }
}

fn panel(name: &str, points: &[(&str, &str)]) -> Panel {
    Panel { name: name.to_owned(), points: points.iter().map(|(period, amount)| point(period, amount)).collect() }
}

fn pair(name: &str, budget: &str, spent: &str, completion: &str) -> Pair {
    Pair { name: name.to_owned(), budget: value(budget), final_: value(spent), completion: some(completion) }
}
