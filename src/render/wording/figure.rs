//! One amount as a page shows it: the number, the link to its line in the source, how it came to be; or the reason why
//! there is no number.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::assemble::{Absence, Site, Sourced};
use crate::model::{Amount, Origin, Unit};
use crate::render::wording::escape::{push_attribute, push_text};
use crate::render::wording::links;
use crate::render::wording::number::{self, Known};
use crate::render::wording::words::Words;

/// An amount on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The number with separators, or the sign for its absence.
    pub text: String,
    /// The value in 万元 for calculation and sorting; `None` when there is none.
    pub plain: Option<String>,
    /// The unit of the number; empty when there is none.
    pub unit: String,
    /// The link to the line of the source.
    pub href: Option<String>,
    /// Where it stands and what is printed there, or why there is nothing.
    pub note: String,
    /// 推算 or 修复 with the class of its mark, when it does not stand in the document just so.
    pub mark: Option<(&'static str, String)>,
}

/// Makes figures for one page.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    site: &'a Site,
    pub(in crate::render) words: &'a Words,
    page: &'a str,
}

impl<'a> Figures<'a> {
    /// For the page with this URL.
    pub fn new(site: &'a Site, words: &'a Words, page: &'a str) -> Self {
        Figures { site, words, page }
    }

    /// An amount in 万元 with at most two places; its note and the files have all of them.
    pub fn amount(self, disclosure: usize, amount: &Amount) -> Figure {
        let (text, shortened) = number::brief(amount.into());
        let mut figure = self.figure(disclosure, amount, text, Unit::TenThousandYuan);
        if shortened {
            self.tell_exact(&mut figure, amount);
        }
        figure
    }

    /// The same of a sourced amount.
    pub fn of(self, sourced: &Sourced) -> Figure {
        self.amount(sourced.disclosure, &sourced.amount)
    }

    /// An amount as a headline, in 亿元 where it is large; its note has the exact value then.
    pub fn headline(self, disclosure: usize, amount: &Amount) -> Figure {
        let headline = number::headline(amount.into());
        let mut figure = self.figure(disclosure, amount, headline.number, headline.unit);
        if headline.shortened || headline.unit != Unit::TenThousandYuan {
            self.tell_exact(&mut figure, amount);
        }
        figure
    }

    /// An amount, or why there is none.
    pub fn or_absent(self, sourced: Option<&Sourced>, absence: Absence) -> Figure {
        sourced.map_or_else(|| self.absent(absence), |sourced| self.of(sourced))
    }

    /// No amount, and why.
    pub fn absent(self, absence: Absence) -> Figure {
        let key = match absence {
            Absence::NotTold => "not_told",
            Absence::DeclaredEmpty => "declared_empty",
            Absence::Unreadable => "unreadable",
            Absence::NotApplicable => "not_applicable",
        };
        Figure {
            text: self.words.get(&format!("absence.{key}")).to_owned(),
            plain: None,
            unit: String::new(),
            href: None,
            note: self.words.get(&format!("absence.{key}_note")).to_owned(),
            mark: None,
        }
    }

    /// A sum that stands nowhere and has no place of its own: with at most two places, like [`Figures::of`].
    pub fn sum(self, known: Known) -> Figure {
        let known = Known { quantum: known.quantum.max(Decimal::ONE_HUNDRED), ..known };
        Figure {
            text: number::brief(known).0,
            plain: Some(number::ten_thousands_plain(known)),
            unit: self.words.unit(Unit::TenThousandYuan).to_owned(),
            href: None,
            note: String::new(),
            mark: None,
        }
    }

    /// Puts the amount with all its places before the note.
    fn tell_exact(self, figure: &mut Figure, amount: &Amount) {
        let exact = number::ten_thousands(amount.into());
        let unit = self.words.unit(Unit::TenThousandYuan);
        figure.note = format!("{exact}{unit}{}{}", self.words.get("punctuation.semicolon"), figure.note);
    }

    fn figure(self, disclosure: usize, amount: &Amount, text: String, unit: Unit) -> Figure {
        let published = &self.site.disclosures[disclosure];
        let file = published.disclosure.sources.get(usize::from(amount.place.file));
        let file = file.map_or("", |file| file.path.rsplit('/').next().unwrap_or_default());
        let line = amount.place.line.to_string();
        let printed = format!("{}{}", amount.printed, amount.unit.label());
        let values = [("file", file), ("line", line.as_str()), ("printed", printed.as_str())];
        let (mark, note) = match &amount.origin {
            Origin::Printed | Origin::Narrative => (None, self.words.fill("origin.printed_note", &values)),
            Origin::Repaired { from, proof } => {
                let note =
                    self.words.fill("origin.repaired_note", &[("from", from), ("proof", &self.words.reading(proof))]);
                (Some(("mark-repaired", self.words.get("origin.repaired").to_owned())), note)
            }
            Origin::Derived { rule, .. } => {
                let note =
                    self.words.fill("origin.derived_note", &[("rule", &self.words.reading(rule)), ("line", &line)]);
                let (class, key) = match is_sum(&amount.origin) {
                    true => ("mark-summed", "origin.summed"),
                    false => ("mark-derived", "origin.derived"),
                };
                (Some((class, self.words.get(key).to_owned())), note)
            }
        };
        Figure {
            text,
            plain: Some(number::ten_thousands_plain(amount.into())),
            unit: self.words.unit(unit).to_owned(),
            // A line 0 is no place: the amount was not read from a line.
            href: (amount.place.line > 0).then(|| links::source_href(self.page, published, amount.place)),
            note,
            mark,
        }
    }
}

/// True for a value that is only the sum of others: nothing was inferred, the document leaves the total out.
pub fn is_sum(origin: &Origin) -> bool {
    const INFERENCE: [&str; 4] = ["本年数", "－", "−", "-"];
    matches!(origin, Origin::Derived { rule, .. } if !INFERENCE.iter().any(|sign| rule.contains(sign)))
}

/// True for a value that stands nowhere and is more than a sum: last year's, worked out from a stated change.
pub fn is_inferred(origin: &Origin) -> bool {
    matches!(origin, Origin::Derived { .. }) && !is_sum(origin)
}

impl Figure {
    /// The number alone, as a link to its source, for a cell: its mark stands before it, so that the digits of a column
    /// stand under one another.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(160);
        self.push_mark(&mut html);
        self.push_number(&mut html, "");
        html
    }

    /// The number with its unit, for running text.
    pub fn html_with_unit(&self) -> String {
        let mut html = String::with_capacity(160);
        self.push_number(&mut html, &self.unit);
        self.push_mark(&mut html);
        html
    }

    /// The number with its unit, for text without markup.
    pub fn plain_text(&self) -> String {
        format!("{}{}", self.text, self.unit)
    }

    fn push_number(&self, html: &mut String, unit: &str) {
        let (element, class) = match (&self.href, &self.plain) {
            (Some(_), _) => ("a", "amount"),
            (None, Some(_)) => ("span", "amount"),
            (None, None) => ("span", "absent"),
        };
        html.push_str(&format!("<{element} class=\"{class}\""));
        for (name, value) in [("href", self.href.as_deref().unwrap_or("")), ("title", &self.note)] {
            if !value.is_empty() {
                html.push_str(&format!(" {name}=\""));
                push_attribute(html, value);
                html.push('"');
            }
        }
        html.push('>');
        push_text(html, &self.text);
        html.push_str(unit);
        html.push_str(&format!("</{element}>"));
    }

    fn push_mark(&self, html: &mut String) {
        if let Some((class, word)) = &self.mark {
            html.push_str(&format!("<small class=\"mark {class}\" title=\""));
            push_attribute(html, &self.note);
            html.push_str("\">");
            push_text(html, word);
            html.push_str("</small>");
        }
    }
}
