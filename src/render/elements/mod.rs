//! Elements: the parts that pages are made of. A table with its files, a chart with its table,
//! a printed statement, the card of a finding. Made of [words](super::wording); know no page.

mod change_cells;
pub mod check_counts;
pub(in crate::render) mod dataset;
pub(in crate::render) mod department_list;
pub mod exhibit;
pub mod finding_card;
pub(in crate::render) mod matrix;
pub mod narrative;
pub(in crate::render) mod region_ranking;
pub mod statement_csv;
pub mod statement_table;
pub mod table;
pub(in crate::render) mod table_files;
pub(in crate::render) mod three_public_ranking;
