//! Auditing: a disclosure to a ledger of statutory identities.
//!
//! The identities are data: TOML entries with a formula, in `identities/`. They are compiled once ([`Rules::builtin`]),
//! evaluated over the facts of a disclosure, and each evaluation ends as pass, rounding, fail, not applicable or
//! unreadable. What failed is then traced to the cell that is most likely at fault, and becomes a finding.

mod blame;
mod checks;
mod columns;
mod doubt;
mod evaluate;
mod finding;
mod formula;
mod index;
mod ledger;
mod measure;
mod over_time;
mod printed_row;
mod printing;
mod rows;
mod rule;
mod score;
mod select;
mod sentences;
mod settle;
mod site;
mod twins;
mod value;
mod waivers;
mod wording;
mod words;

pub use ledger::{audit, extend};
pub use over_time::{Gained, over_time};
pub use rule::{Rule, Rules, Tolerance};
pub use site::{SiteKnowledge, SiteRules, rules_of_site};
pub use waivers::{answered, stale_waivers};

#[cfg(test)]
mod constructs;
#[cfg(test)]
mod gold;
#[cfg(test)]
mod testing;
