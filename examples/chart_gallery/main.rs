//! Every kind of chart with ordinary and with awkward data, to be looked at:
//! `cargo run --example chart_gallery -- OUTDIR` writes `index.html`, `chart.css` and each chart as a file.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

use budgetsite::chart;

mod samples;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: chart_gallery OUTDIR")?);
    std::fs::create_dir_all(&folder)?;
    let mut page = String::from(PAGE_START);
    for (text, chart) in samples::all() {
        let _ = write!(page, "<figure><h2>{}</h2>", text.title.replace('&', "&amp;").replace('<', "&lt;"));
        match chart {
            Some(chart) => {
                page.push_str(&chart.inline);
                std::fs::write(folder.join(format!("{}.svg", text.id)), chart.file)?;
            }
            None => page.push_str("<p>nothing to draw</p>"),
        }
        page.push_str("</figure>\n");
    }
    std::fs::write(folder.join("chart.css"), include_str!("../../static/chart.css"))?;
    std::fs::write(folder.join("index.html"), page)?;
    Ok(())
}

const PAGE_START: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>charts</title>\
<meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"chart.css\">\
<style>body{margin:16px;font:16px/1.6 sans-serif;background:var(--chart-sheet);color:var(--chart-ink);\
display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:40px 32px}\
figure{margin:0}h2{font-size:1.1rem;margin:0 0 .3rem}</style>\
<script>const show=()=>document.documentElement.dataset.theme=location.hash.slice(1);onhashchange=show;show()</script>\
<nav style=\"grid-column:1/-1\"><a href=\"#light\">light</a> <a href=\"#dark\">dark</a></nav>\n";
