//! Auditing: a disclosure to a ledger of statutory identities.
