//! The preview server.

use std::path::PathBuf;

/// What to serve and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeOptions {
    /// The root of the site.
    pub root: PathBuf,
    /// The content folder, when it is not the one in the root.
    pub content: Option<PathBuf>,
    /// The port on 127.0.0.1.
    pub host_port: u16,
    /// Open the site in the browser.
    pub open: bool,
}
