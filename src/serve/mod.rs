//! The preview server.

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Severity};

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

/// Serves until it is interrupted.
///
/// # Errors
/// When it cannot serve: so far always.
pub fn run(options: &ServeOptions) -> Result<(), Box<Diagnostic>> {
    let message = format!("还不能在 127.0.0.1:{} 预览", options.host_port);
    Err(Box::new(
        Diagnostic::anywhere(Severity::Error, "serve", message).with_hint("用 budgetsite build 生成网站后打开"),
    ))
}
