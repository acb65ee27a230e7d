//! Exports: the site as data.
