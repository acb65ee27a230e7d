//! What `static/chart.css` must keep: contrasts, the same values wherever a theme is written twice, the font sizes that
//! the layout counts on.

use std::collections::BTreeMap;

use super::ink::Role;

const SHEET: &str = include_str!("../../static/chart.css");

type Theme = BTreeMap<String, String>;

/// The variables of the block that follows `selector`.
fn theme(selector: &str) -> Theme {
    let (_, after) = SHEET.split_once(selector).expect("the selector is there");
    let (block, _) = after.split_once('}').expect("the block ends");
    let pairs = block.trim_start_matches([' ', '{', '\n']).split(';').filter_map(|line| line.split_once(':'));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

/// The contrast of two colours as WCAG 2 defines it.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).expect("a hexadecimal colour")) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn marks_and_texts_stand_out_and_tones_differ_in_lightness() {
    for selector in [":root {", ":root[data-theme=\"dark\"] {"] {
        let theme = theme(selector);
        let against_sheet = |name: &str| contrast(&theme[name], &theme["--chart-sheet"]);
        for name in ["--chart-ink", "--chart-muted", "--chart-up", "--chart-down"] {
            assert!(against_sheet(name) >= 4.5, "{selector} {name}: {}", against_sheet(name));
        }
        let mut tones: Vec<f64> = (1..=6).map(|tone| against_sheet(&format!("--chart-{tone}"))).collect();
        tones.sort_by(f64::total_cmp);
        tones.windows(2).for_each(|pair| assert!(pair[1] / pair[0] >= 1.15, "{selector}: {pair:?} are alike in grey"));
        assert!(tones[0] >= 3.0 && against_sheet("--chart-rest") >= 3.0, "{selector}: {tones:?}");
        assert!(against_sheet("--chart-axis") >= 3.0, "{selector}");
    }
}

#[test]
fn themes_that_are_written_twice_are_equal() {
    assert_eq!(theme(":root:not([data-theme=\"light\"]) {"), theme(":root[data-theme=\"dark\"] {"));
    assert_eq!(theme(":root {"), theme("@media print {\n  :root:root:root {"));
    let names = |theme: Theme| theme.into_keys().collect::<Vec<_>>();
    assert_eq!(names(theme(":root {")), names(theme("(forced-colors: active) {\n  :root:root:root {")));
}

#[test]
fn sizes_are_those_that_the_layout_counts_on() {
    for (role, rule) in [
        (Role::Name, ".chart text { font: "),
        (Role::Number, ".chart text { font: "),
        (Role::MarkNumber, ".chart .m { font-size: "),
        (Role::Small, ".chart .s { font-size: "),
        (Role::Title, ".chart .h { font-size: "),
    ] {
        assert!(SHEET.contains(&format!("{rule}{}px", role.size())), "{rule}{}px", role.size());
    }
}
