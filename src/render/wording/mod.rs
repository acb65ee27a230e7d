//! Words: from values to the text of a page. Numbers, figures with their sources, phrases and whole sentences, in the language of the site; what
//! makes text safe in HTML; addresses and places that text links to. Knows no page and no element.

pub mod amount_text;
pub mod escape;
pub mod figure;
pub(in crate::render) mod glossary;
pub mod links;
pub(in crate::render) mod markdown;
pub mod number;
pub(in crate::render) mod passages;
pub mod phrase;
pub mod places;
pub mod sentence;
pub(in crate::render) mod words;
