//! One line on a terminal that tells how far a build is; nothing where nobody looks, as in a pipe.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::language::Language;
use crate::build::{Pace, Progress, Stage};
use crate::language::DEFAULT;

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(120);

/// Does some work and shows its pace meanwhile on standard error, when that is a terminal. The line is gone afterwards.
pub fn progress<T>(pace: &Pace, work: impl FnOnce() -> T) -> T {
    let plain = std::env::var_os("TERM").is_none_or(|name| name == "dumb");
    if plain || !stderr().is_terminal() {
        return work();
    }
    let (stop, stopped) = channel::<()>();
    std::thread::scope(|threads| {
        threads.spawn(move || {
            let mut stage: Option<(Stage, Instant)> = None;
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(EVERY) {
                let Some(now) = pace.now() else { continue };
                let since = match stage {
                    Some((known, since)) if known == now.stage => since,
                    _ => stage.insert((now.stage, Instant::now())).1,
                };
                // A terminal that cannot be written to is nobody's concern here.
                let _ = write!(stderr(), "\r{}\x1b[K", line(now, since.elapsed()));
            }
            let _ = write!(stderr(), "\r\x1b[K");
        });
        let done = work();
        drop(stop);
        done
    })
}

/// Stage, how much is done, how fast, and how long the rest of the stage will take.
fn line(now: Progress, elapsed: Duration) -> String {
    // The build has begun before the language of the site is known.
    let stage = Language::of(DEFAULT).build.stage(now.stage);
    let milliseconds = elapsed.as_millis().max(1);
    let rate = now.done as u128 * 1000 / milliseconds;
    match (now.done, now.all) {
        (0, 0) => stage.to_owned(),
        (done, 0) => format!("{stage}  {done} 个文件，每秒 {rate} 个"),
        (0, all) => format!("{stage}  0/{all} 份"),
        (done, all) => {
            let rest = all.saturating_sub(done) as u128 * milliseconds / done as u128;
            format!("{stage}  {done}/{all} 份，每秒 {rate} 份，还需 {} 秒", rest.div_ceil(1000))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::line;
    use crate::build::{Progress, Stage};

    #[test]
    fn the_line_tells_rate_and_rest() {
        for (stage, done, all, expected) in [
            (Stage::Read, 0, 0, "读取"),
            (Stage::Recognize, 0, 900, "识别  0/900 份"),
            (Stage::Recognize, 300, 900, "识别  300/900 份，每秒 150 份，还需 4 秒"),
            (Stage::Audit, 900, 900, "核对  900/900 份，每秒 450 份，还需 0 秒"),
            (Stage::Render, 5000, 0, "页面  5000 个文件，每秒 2500 个"),
        ] {
            assert_eq!(line(Progress { stage, done, all }, Duration::from_secs(2)), expected);
        }
    }
}
