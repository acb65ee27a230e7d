//! The words of disclosures, as data.
