//! What happens during a preview, in a few lines each.

use std::io;

use super::{Entry, Language, Paths, messages, summary, text};
use crate::serve::Event;

/// How many changed files are named.
const NAMED: usize = 5;

/// Tells one event of a preview. Of a repeated build only what is new is told.
///
/// # Errors
/// When nothing can be printed any more.
pub fn preview(event: &Event<'_>) -> io::Result<()> {
    match event {
        Event::Ready { url, taken } => {
            let taken = taken.map(|port| format!("端口 {port} 已被占用，改用下一个空闲的\n")).unwrap_or_default();
            text(&format!("{taken}预览  {url}（按 Ctrl-C 结束）"))
        }
        Event::Built { run, changed, news } => {
            let paths = run.paths();
            messages(
                &news.iter().map(|said| Entry::from_diagnostic(said, &paths)).collect::<Vec<_>>(),
                run.language(),
            )?;
            let changed = if changed.is_empty() { String::new() } else { format!("变动  {}\n", names(changed)) };
            text(&format!("{changed}{}", summary::preview(run)))
        }
        Event::Trouble(problem) => messages(&[Entry::from_diagnostic(problem, &Paths::default())], Language::of("")),
        Event::Stopped => text("预览已结束"),
    }
}

fn names(changed: &[String]) -> String {
    let named: Vec<_> = changed.iter().take(NAMED).map(|name| super::visible(name)).collect();
    let more = if changed.len() > NAMED { format!(" 等 {} 个文件", changed.len()) } else { String::new() };
    named.join("、") + &more
}
