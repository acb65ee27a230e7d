//! How long stages took that take turns on many threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{BuildReport, Stage};

/// Time spent on stages that take turns on many threads.
#[derive(Default)]
pub(super) struct Clock {
    nanoseconds: [AtomicU64; 6],
}

impl Clock {
    const STAGES: [Stage; 6] =
        [Stage::Read, Stage::Recognize, Stage::Audit, Stage::Render, Stage::Search, Stage::Export];

    /// Does some work as a stage.
    pub(super) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        for (_, sum) in Self::STAGES.iter().zip(&self.nanoseconds).filter(|(known, _)| **known == stage) {
            sum.fetch_add(spent, Ordering::Relaxed);
        }
        done
    }

    /// Gives each stage its share of the time that all took together.
    pub(super) fn tell(&self, whole: Duration, report: &mut BuildReport) {
        let spent: Vec<u64> = self.nanoseconds.iter().map(|sum| sum.load(Ordering::Relaxed)).collect();
        let all = spent.iter().map(|one| u128::from(*one)).sum::<u128>().max(1);
        for (stage, one) in Self::STAGES.into_iter().zip(spent) {
            let share = whole.as_nanos() * u128::from(one) / all;
            report.took(stage, Duration::from_nanos(u64::try_from(share).unwrap_or(u64::MAX)));
        }
    }
}
