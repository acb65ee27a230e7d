//! The card that a shared link shows: a department's name and its main figures, 1200 by 630.

use std::fmt::Write as _;

use super::backend::escape;
use super::measure;

/// The words and figures of a card. Plain text: escaping is done where it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The site.
    pub site: String,
    /// The department.
    pub name: String,
    /// 「2025年部门预算」
    pub edition: String,
    /// Label, number with its unit, and how it changed: three at most are shown.
    pub figures: Vec<(String, String, String)>,
}

const WIDTH: f64 = 1200.0;
const MARGIN: f64 = 72.0;
/// With more lines than this the name would push the figures out.
const MOST_LINES: usize = 3;

impl Card {
    /// The card as a self-contained SVG file on white.
    pub fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"zh-CN\" width=\"{WIDTH}\" height=\"630\" \
             viewBox=\"0 0 {WIDTH} 630\" role=\"img\" font-family=\"PingFang SC, Microsoft YaHei, Noto Sans CJK SC, \
             sans-serif\" fill=\"#1c2430\"><title>"
        );
        escape(&mut svg, &self.name);
        svg.push_str("</title><desc>");
        let told = self.figures.iter().map(|(label, number, change)| format!("{label}{number} {change}"));
        escape(&mut svg, &format!("{} {}", self.edition, told.collect::<Vec<_>>().join("；")));
        svg.push_str(
            "</desc><rect width=\"1200\" height=\"630\" fill=\"#ffffff\"/>\
             <rect width=\"1200\" height=\"14\" fill=\"#1d4f86\"/>",
        );
        line(&mut svg, &self.site, 92.0, 30.0, "fill=\"#56606e\"");
        let y = self.write_name(&mut svg);
        line(&mut svg, &self.edition, y + 6.0, 34.0, "fill=\"#1d4f86\" font-weight=\"600\"");
        self.write_figures(&mut svg);
        svg.push_str("</svg>\n");
        svg
    }

    /// The name in as large a type as fits; returns the baseline below it.
    fn write_name(&self, svg: &mut String) -> f64 {
        let name = measure::shorten(&self.name, 60);
        let wrap = |size: f64| measure::wrap(&name, size, WIDTH - 2.0 * MARGIN);
        let size = [72.0, 60.0, 48.0].into_iter().find(|size| wrap(*size).len() <= 2).unwrap_or(44.0);
        let mut y = 130.0;
        for text in wrap(size).into_iter().take(MOST_LINES) {
            y += size * 1.22;
            line(svg, text, y, size, "font-weight=\"700\"");
        }
        y + 52.0
    }

    fn write_figures(&self, svg: &mut String) {
        let column = (WIDTH - 2.0 * MARGIN) / 3.0;
        for (index, (label, number, change)) in self.figures.iter().take(3).enumerate() {
            let x = MARGIN + index as f64 * column;
            let _ = write!(svg, "<g transform=\"translate({} 0)\">", x - MARGIN);
            line(svg, label, 468.0, 28.0, "fill=\"#56606e\"");
            let size = [52.0, 44.0, 36.0].into_iter().find(|size| measure::width(number, *size) <= column - 16.0);
            line(svg, number, 526.0, size.unwrap_or(28.0), "font-weight=\"700\"");
            line(svg, change, 572.0, 26.0, "fill=\"#56606e\"");
            svg.push_str("</g>");
        }
    }
}

fn line(svg: &mut String, text: &str, y: f64, size: f64, style: &str) {
    let fitting = measure::fit(text, size, WIDTH - 2.0 * MARGIN);
    let _ = write!(svg, "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"{size}\" {style}>");
    escape(svg, &fitting);
    svg.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::Card;

    #[test]
    fn a_card_keeps_hostile_words_and_long_names_inside() {
        let card = Card {
            site: "某站".to_owned(),
            name: "<b>".repeat(200),
            edition: "2025年部门预算".to_owned(),
            figures: vec![("支出总计".to_owned(), "1,074.61万元".to_owned(), "▲ 比上年增长16.9%".to_owned())],
        };
        let svg = card.svg();
        assert!(!svg.contains("<b>") && svg.contains("&lt;b&gt;") && svg.contains("1,074.61万元"), "{svg}");
        let baselines = svg.split(" y=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
        assert!(baselines.into_iter().all(|y| y < 600.0), "{svg}");
        assert!(svg.matches("<text").count() <= 2 + 3 + 3, "{svg}");
    }
}
