//! The preview server: builds a site, serves it on 127.0.0.1, builds it again after every change and reloads the
//! browser: first with the pages of the department that was changed or is looked at, then with all.
//!
//! The site lies in memory and, where it is large, in temporary files without a name: no request reaches a file of the
//! disk by its name, and the published site stays as it is.
//!
//! - [`rebuild`] runs beside the server: it builds, waits for a change that [`watch`] sees, and builds again.
//! - [`version`] is what it hands over: the last good site, and what is wrong with the newest input.
//! - [`answer`] turns a request into an answer, [`guard`] refuses requests before that.

mod address;
mod answer;
mod content_type;
mod guard;
mod output;
mod page;
mod port;
mod problems;
mod rebuild;
mod reload;
#[cfg(test)]
mod tests;
mod version;
mod watch;

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::middleware;
use axum::routing::get;
use tokio::sync::watch as latest;

use crate::build::SiteFolder;
use crate::diagnostic::{Diagnostic, Severity, reason};
use crate::report::Run;

use rebuild::Builder;
use version::Version;

/// What to serve and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeOptions {
    /// The root of the site.
    pub root: PathBuf,
    /// The content folder, when it is not the one in the root.
    pub content: Option<PathBuf>,
    /// The port on 127.0.0.1; when it is taken, the next free one.
    pub host_port: u16,
    /// Open the site in the browser.
    pub open: bool,
}

/// What happens during a preview, for those who watch it in a terminal.
#[derive(Debug)]
pub enum Event<'e> {
    /// The site can be opened.
    Ready {
        /// The address of the home page.
        url: &'e str,
        /// The port that was asked for, when it was taken and another one is used.
        taken: Option<u16>,
    },
    /// A build has ended.
    Built {
        /// The build.
        run: Run<'e>,
        /// The files whose change led to it, as the user knows them; none for the first build.
        changed: &'e [String],
        /// The diagnostics that the build before did not have.
        news: &'e [Diagnostic],
    },
    /// Something about the preview itself does not work.
    Trouble(&'e Diagnostic),
    /// The preview was ended.
    Stopped,
}

/// Serves a site until the program is asked to stop.
///
/// # Errors
/// When there is no port to serve on.
pub fn serve(options: &ServeOptions, tell: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Result<(), Box<Diagnostic>> {
    let tell: Tell = Arc::new(tell);
    let server = Server::start(options, tell.clone())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| failed(&e))?;
    runtime.block_on(server.run(options.open, asked_to_stop())).map_err(|error| failed(&error))?;
    tell(&Event::Stopped);
    Ok(())
}

/// Where events go. Builds tell theirs from another thread than the server.
type Tell = Arc<dyn Fn(&Event<'_>) + Send + Sync>;

/// The newest version, and who waits for another; none before the first build has ended.
type Newest = latest::Sender<Option<Arc<Version>>>;

/// What requests are answered from.
#[derive(Clone)]
struct Preview {
    newest: Newest,
    viewed: Viewed,
}

/// The page that was asked for last, by its path from the site's root: the one that somebody looks at.
#[derive(Clone, Default)]
struct Viewed(Arc<Mutex<String>>);

impl Viewed {
    fn note(&self, page: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = page;
    }

    fn page(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A server that has its port and whose first build is under way.
struct Server {
    listener: TcpListener,
    port: u16,
    taken: Option<u16>,
    preview: Preview,
    tell: Tell,
}

impl Server {
    fn start(options: &ServeOptions, tell: Tell) -> Result<Self, Box<Diagnostic>> {
        let listener = port::bind(options.host_port)?;
        let port = listener.local_addr().map_err(|error| failed(&error))?.port();
        let taken = (port != options.host_port && options.host_port != 0).then_some(options.host_port);
        let folder = SiteFolder::new(&options.root, options.content.as_deref());
        let preview = Builder::start(folder, tell.clone());
        Ok(Server { listener, port, taken, preview, tell })
    }

    /// Serves as soon as there is something to serve, until `stop` is done. Open connections end with it.
    async fn run(self, open: bool, stop: impl Future<Output = ()>) -> io::Result<()> {
        tokio::select! {
            ended = self.serve(open) => ended,
            () = stop => Ok(()),
        }
    }

    async fn serve(self, open: bool) -> io::Result<()> {
        // Fails only without a sender, and this is one.
        let _ = self.preview.newest.subscribe().wait_for(Option::is_some).await;
        let url = format!("http://127.0.0.1:{}/", self.port);
        (self.tell)(&Event::Ready { url: &url, taken: self.taken });
        if open && let Err(error) = open::that_detached(&url) {
            let message = format!("无法打开浏览器：{}", reason(&error));
            let hint = format!("请自行打开 {url}");
            let problem = Diagnostic::anywhere(Severity::Warning, "serve-open", message).with_hint(hint);
            (self.tell)(&Event::Trouble(&problem));
        }
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        axum::serve(listener, router(self.preview, self.port)).await
    }
}

fn router(preview: Preview, port: u16) -> Router {
    Router::new()
        .route(reload::EVENTS, get(reload::events))
        .route(reload::SCRIPT, get(reload::script))
        .route(reload::STYLE, get(reload::style))
        .fallback(answer::answer)
        .with_state(preview)
        .layer(middleware::from_fn_with_state(port, guard::guard))
}

fn failed(error: &io::Error) -> Box<Diagnostic> {
    let message = format!("预览无法开始：{}", reason(error));
    Box::new(Diagnostic::anywhere(Severity::Error, "serve-failed", message))
}

/// Done when the user or the system asks the program to stop.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
