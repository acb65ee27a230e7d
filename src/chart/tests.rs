//! What every picture must keep, measured on the samples of the gallery: ordinary and awkward ones.

use crate::chart;

use super::ink::Role;
use super::{Chart, ChartText};

#[path = "../../examples/chart_gallery/samples.rs"]
mod samples;

/// An element of a picture: its name, its attributes, the text in it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn number(&self, name: &str) -> f64 {
        self.attribute(name).parse().unwrap_or_else(|_| panic!("{name} of <{}> is a number", self.name))
    }

    fn has_class(&self, class: &str) -> bool {
        self.attribute("class").split(' ').any(|one| one == class)
    }

    /// Left, top, right, bottom of a text (by its estimated width) or rectangle.
    fn area(&self) -> [f64; 4] {
        let (x, y) = (self.number("x"), self.number("y"));
        if self.name == "rect" {
            return [x, y, x + self.number("width"), y + self.number("height")];
        }
        let role = [(Role::Number, "n"), (Role::MarkNumber, "m"), (Role::Small, "s"), (Role::Title, "h")];
        let role = role.into_iter().find(|(_, class)| self.has_class(class)).map_or(Role::Name, |(role, _)| role);
        let width = role.width(&self.text);
        let left = if self.has_class("end") {
            x - width
        } else if self.has_class("mid") {
            x - width / 2.0
        } else {
            x
        };
        [left, y - role.size() * 0.86, left + width, y + role.size() * 0.12]
    }
}

/// Reads a picture strictly: every tag closed in order, every attribute quoted, every entity known.
fn elements(svg: &str) -> Vec<Element> {
    let (mut elements, mut open) = (Vec::<Element>::new(), Vec::<usize>::new());
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        if let Some(element) = open.last().and_then(|index| elements.get_mut(*index)) {
            element.text.push_str(&unescape(text));
        }
        let (tag, after) = tag[1..].split_once('>').expect("a tag ends");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let index = open.pop().expect("a tag was open");
            assert_eq!(elements[index].name, name, "tags close in order");
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut list) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while let Some((key, value)) = list.split_once("=\"") {
            let (value, more) = value.split_once('"').expect("a value ends");
            attributes.push((key.trim().to_owned(), unescape(value)));
            list = more;
        }
        assert_eq!(list.trim(), "", "attributes of <{name}>");
        elements.push(Element { name: name.to_owned(), attributes, text: String::new() });
        if !closed {
            open.push(elements.len() - 1);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "the picture ends with its last tag");
    elements
}

fn unescape(text: &str) -> String {
    let mut plain = text.to_owned();
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        plain = plain.replace(entity, character);
    }
    plain
}

fn drawn() -> Vec<(ChartText, Chart)> {
    samples::all().into_iter().filter_map(|(text, chart)| Some((text, chart?))).collect()
}

fn sample(id: &str) -> Chart {
    let found = drawn().into_iter().find(|(text, _)| text.id == format!("chart-{id}"));
    found.unwrap_or_else(|| panic!("{id} is drawn")).1
}

#[test]
fn texts_never_overlap_each_other_or_a_mark_and_are_never_cut() {
    for (text, chart) in drawn() {
        for (form, svg) in [("inline", &chart.inline), ("file", &chart.file)] {
            let elements = elements(svg);
            let sheet: Vec<f64> =
                elements[0].attribute("viewBox").split(' ').map(|number| number.parse().expect("a number")).collect();
            let texts: Vec<&Element> = elements.iter().filter(|element| element.name == "text").collect();
            let marks = elements.iter().filter(|element| element.name == "rect" && !element.has_class("sheet"));
            for (index, element) in texts.iter().enumerate() {
                let [left, top, right, bottom] = element.area();
                let inside = left >= sheet[0] - 0.1
                    && top >= sheet[1] - 0.1
                    && right <= sheet[0] + sheet[2] + 0.1
                    && bottom <= sheet[1] + sheet[3] + 0.1;
                assert!(inside, "{} {form}: {:?} is cut: {:?} of {sheet:?}", text.id, element.text, element.area());
                for other in texts[index + 1..].iter().copied().chain(marks.clone()) {
                    let [x0, y0, x1, y1] = other.area();
                    let apart = right <= x0 + 0.1 || x1 <= left + 0.1 || bottom <= y0 + 0.1 || y1 <= top + 0.1;
                    assert!(apart, "{} {form}: {:?} overlaps {} {:?}", text.id, element.text, other.name, other.text);
                }
            }
        }
    }
}

#[test]
fn marks_stay_on_the_sheet() {
    for (text, chart) in drawn() {
        for mark in elements(&chart.inline).iter().filter(|element| element.name == "rect") {
            let [left, _, right, _] = mark.area();
            assert!(left >= 0.0 && right <= super::canvas::WIDTH, "{}: a mark from {left} to {right}", text.id);
        }
    }
}

#[test]
fn the_picture_says_what_it_is() {
    for (text, chart) in drawn() {
        for svg in [&chart.inline, &chart.file] {
            let elements = elements(svg);
            let id = |suffix: &str| format!("{}-{suffix}", text.id);
            assert_eq!(elements[0].attribute("role"), "img");
            assert_eq!(elements[0].attribute("aria-labelledby"), format!("{} {}", id("t"), id("d")));
            for element in elements.iter().filter(|element| !element.attribute("id").is_empty()) {
                assert!(element.attribute("id").starts_with(&text.id), "{}", element.attribute("id"));
            }
            for used in svg.split("url(#").skip(1).filter_map(|rest| rest.split_once(')')) {
                assert!(elements.iter().any(|element| element.attribute("id") == used.0), "{} is defined", used.0);
            }
            let printed: String = elements.iter().map(|element| element.text.as_str()).collect();
            for part in ["单位：万元", "2025年部门预算", "资料来源：2025年"] {
                assert!(printed.contains(part), "{}: {part}", text.id);
            }
        }
        assert!(!chart.file.contains("var("), "files carry their colours");
        assert!(chart.file.contains("fill: #ffffff"), "files have a white sheet");
    }
}

#[test]
fn hostile_text_stays_text() {
    for id in ["hostile", "wide", "odd-pairs"] {
        let chart = sample(id);
        for svg in [&chart.inline, &chart.file] {
            assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{id}");
            assert!(!svg.chars().any(|character| character == '\u{7}' || character == '\u{202e}'), "{id}");
        }
    }
}

#[test]
fn nothing_told_is_no_chart() {
    let nothing: Vec<String> =
        samples::all().into_iter().filter(|(_, chart)| chart.is_none()).map(|(text, _)| text.id).collect();
    let expected = ["nothing-told", "no-bars", "no-pairs", "no-points", "no-changes", "bridge-untold", "peers-none"];
    assert_eq!(nothing, expected.map(|id| format!("chart-{id}")));
}

#[test]
fn parts_of_a_whole_are_guarded() {
    for (id, rest, note) in [
        ("split", None, ""),
        ("rest", Some("推算 39.90"), ""),
        ("gap", Some("推算 40"), ""),
        ("seven", Some("推算 10.00"), ""),
        ("exceeding", None, "各项之和大于总数"),
        ("negative-part", None, "其中有负数"),
        ("no-total", None, "没有总数"),
    ] {
        let svg = sample(id).inline;
        assert_eq!(svg.contains("未列明细"), rest.is_some(), "{id}");
        assert!(svg.contains(rest.unwrap_or_default()), "{id}: {rest:?}");
        assert_eq!(svg.contains("不画占比"), !note.is_empty(), "{id}");
        assert!(svg.contains(note), "{id}: {note}");
    }
}

#[test]
fn zero_has_a_label_and_no_mark_and_missing_has_neither_mark_nor_zero() {
    let zero = elements(&sample("all-zero").inline);
    assert!(zero.iter().any(|element| element.text == "0.00") && !zero.iter().any(|element| element.name == "rect"));
    let untold = sample("one-year-panels").inline;
    let untold = elements(&untold);
    assert_eq!(untold.iter().filter(|element| element.name == "rect").count(), 1);
    assert_eq!(untold.iter().filter(|element| element.text == "—").count(), 1);
}

#[test]
fn a_long_tail_is_summed_with_its_negatives_apart() {
    let elements = elements(&sample("many").inline);
    let texts: Vec<&str> =
        elements.iter().filter(|element| element.name == "text").map(|element| element.text.as_str()).collect();
    let after = |name: &str| texts.iter().position(|text| *text == name).map(|index| texts[index + 1]);
    assert_eq!(texts[1..3], ["第29项支出", "29"]);
    assert_eq!(after("第24项支出"), Some("-24.5"));
    assert_eq!(after("其他（19项）"), Some("201"));
    assert_eq!(after("其他负数（3项）"), Some("-31.5"));
}

#[test]
fn increases_and_decreases_lie_on_either_side_of_zero() {
    let elements = elements(&sample("changes").inline);
    let bars = |class: &str| elements.iter().filter(|element| element.has_class(class)).map(Element::area).collect();
    let (up, down): (Vec<[f64; 4]>, Vec<[f64; 4]>) = (bars("up"), bars("down"));
    assert_eq!((up.len(), down.len()), (2, 1));
    assert!(up.iter().all(|[left, ..]| (left - down[0][2]).abs() < 0.2), "{up:?} {down:?}");
    let tail = self::elements(&sample("many-changes").inline);
    let after =
        |name: &str| tail.iter().skip_while(|element| element.text != name).nth(1).map(|next| next.text.clone());
    assert_eq!(after("其他增加（15项）").as_deref(), Some("+2,538.75"));
    assert_eq!(after("其他减少（7项）").as_deref(), Some("-1,261.75"));
}

#[test]
fn each_bar_of_a_waterfall_starts_where_the_one_above_ends_and_the_remainder_is_told() {
    let drawn = elements(&sample("bridge").inline);
    let bars: Vec<[f64; 4]> = drawn
        .iter()
        .filter(|element| element.name == "rect" && !element.has_class("sheet"))
        .map(Element::area)
        .collect();
    let [from, personnel, operating, project, to] = bars[..] else { panic!("{bars:?}") };
    let meets = |one: f64, other: f64| assert!((one - other).abs() < 0.2, "{bars:?}");
    meets(from[2], personnel[0]);
    meets(personnel[2], operating[2]);
    meets(operating[0], project[0]);
    meets(project[2], to[2]);
    let rest = sample("bridge-rest").inline;
    assert!(rest.contains("推算 -29.5") && rest.contains("class=\"rest\""), "{rest}");
    assert!(!sample("bridge-zero").inline.contains("未列明细"));
}

#[test]
fn peers_are_dots_and_those_without_an_amount_are_counted() {
    let circles = |id: &str, class: &str| {
        elements(&sample(id).inline).iter().filter(|one| one.name == "circle" && one.has_class(class)).count()
    };
    assert_eq!((circles("peers", "c0"), circles("peers", "dot")), (4, 1));
    assert_eq!(circles("peers-skewed", "c0"), 4);
    let skewed = sample("peers-skewed").inline;
    assert!(skewed.contains("另有2个没有数额，未画。") && skewed.contains("中位数 3"), "{skewed}");
}

#[test]
fn dots_stay_on_the_sheet() {
    for (text, chart) in drawn() {
        for dot in elements(&chart.inline).iter().filter(|element| element.name == "circle") {
            let (x, r) = (dot.number("cx"), dot.number("r"));
            assert!(x - r >= 0.0 && x + r <= super::canvas::WIDTH, "{}: a dot at {x}", text.id);
        }
    }
}

#[test]
fn the_ends_and_extremes_of_a_line_are_labelled() {
    for (id, labels) in [
        ("seven-years", &["318.4", "402.11", "391.7", "455.02", "520.96", "918.97", "1074.61"][..]),
        ("saw", &["1000.5", "33.5", "11.5"]),
        ("gaps", &["5", "0", "7.25", "3.1", "3.2"]),
        ("drop", &["-5", "1000000", "-250000.25", "1234567.89"]),
    ] {
        let elements = elements(&sample(id).inline);
        for label in labels {
            let found = elements.iter().any(|element| element.has_class("m") && element.text == *label);
            assert!(found, "{id}: {label}");
        }
    }
}

#[test]
fn small_pictures() {
    for id in ["split", "two-years", "gaps", "execution", "wide-columns", "changes", "bridge", "peers"] {
        insta::assert_snapshot!(id, sample(id).inline.replace("><", ">\n<"));
    }
    insta::assert_snapshot!("file", sample("one").file.replace("><", ">\n<"));
}
