//! Publishing: files to disk, all or nothing.
