//! How long each stage took, for people and for programs.

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::Run;
use crate::build::{Counts, Stage};

/// A stage in figures.
struct Timing {
    stage: Stage,
    time: Duration,
    /// Thousandths of the whole.
    share: u128,
    /// Documents a second; `None` for a stage that took no time to speak of.
    documents: Option<u128>,
    /// Bytes of content a second.
    bytes: Option<u128>,
}

fn timings(run: &Run<'_>) -> Vec<Timing> {
    let whole = run.elapsed.as_micros().max(1);
    let Counts { sources, bytes, .. } = run.built.counts.clone();
    let timing = |(stage, time): &(Stage, Duration)| {
        let micros = time.as_micros();
        let a_second = |count: usize| (count as u128 * 1_000_000).checked_div(micros);
        let (documents, bytes) = (a_second(sources), a_second(bytes));
        Timing { stage: *stage, time: *time, share: micros * 1000 / whole, documents, bytes }
    };
    run.built.stages.iter().map(timing).collect()
}

/// A table: stage, seconds, share, documents and megabytes of content a second.
pub(super) fn table(run: &Run<'_>) -> String {
    let mut text = format!("{}\n", run.language().build.table);
    let words = &run.language().build;
    let widest =
        timings(run).iter().map(|timing| UnicodeWidthStr::width(words.stage(timing.stage))).max().unwrap_or_default();
    for timing in timings(run) {
        let rate = |rate: Option<u128>| rate.map_or_else(|| "-".to_owned(), |rate| rate.to_string());
        let megabytes = |bytes: u128| format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
        let _ = writeln!(
            text,
            "{}{} {:>4}.{:03} {:>3}.{} % {:>9} {:>8}",
            words.stage(timing.stage),
            " ".repeat(widest - UnicodeWidthStr::width(words.stage(timing.stage))),
            timing.time.as_secs(),
            timing.time.subsec_millis(),
            timing.share / 10,
            timing.share % 10,
            rate(timing.documents),
            timing.bytes.map_or_else(|| "-".to_owned(), megabytes),
        );
    }
    text
}

/// The same for programs; times in microseconds.
pub(super) fn json(run: &Run<'_>) -> Value {
    let number = |number: u128| Value::from(u64::try_from(number).unwrap_or(u64::MAX));
    let one = |timing: Timing| {
        json!({
            "stage": format!("{:?}", timing.stage).to_lowercase(),
            "microseconds": number(timing.time.as_micros()),
            "documents_per_second": timing.documents.map(number),
            "bytes_per_second": timing.bytes.map(number),
        })
    };
    timings(run).into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::{json, table};
    use crate::build::{BuildReport, SiteFolder, Stage};
    use crate::report::Run;

    #[test]
    fn stages_are_told_with_their_share_and_rate() {
        let mut built = BuildReport::default();
        (built.counts.sources, built.counts.bytes) = (500, 20_000_000);
        built.stages = vec![(Stage::Configure, Duration::ZERO), (Stage::Recognize, Duration::from_millis(250))];
        let folder = SiteFolder::new(Path::new("."), None);
        let run = Run { folder: &folder, built: &built, elapsed: Duration::from_millis(1000) };
        assert_eq!(
            table(&run),
            "阶段       秒    占比     份/秒    MB/秒\n\
             配置    0.000   0.0 %         -        -\n\
             识别    0.250  25.0 %      2000     80.0\n"
        );
        assert_eq!(json(&run)[1]["microseconds"], 250_000);
        assert_eq!(json(&run)[1]["bytes_per_second"], 80_000_000);
        assert!(json(&run)[0]["documents_per_second"].is_null());
    }
}
