//! `build --timings`: where the time goes, by stage and by file.
//!
//! The stages before rendering take turns, so that the time of each is what passed while it
//! was walked. Files are made and written on all threads at once; what is shown of those is
//! the time of all threads together.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The slowest files that are named.
const SLOWEST: usize = 10;

/// Notes when a stage has been walked through.
pub(super) struct Clock {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Starts.
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::new() }
    }

    /// Notes that a stage ends here, which began where the one before it ended.
    pub(super) fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.last));
        self.last = now;
    }

    /// A table of the stages.
    pub(super) fn table(&self) -> String {
        let all = self.stages.iter().map(|(_, time)| *time).sum();
        let stages = self.stages.iter().copied().chain([("all", all)]);
        let lines: String =
            stages.map(|(stage, time)| format!("{} {stage}\n", column(time))).collect();
        format!("\nTime in ms by stage\n{lines}")
    }
}

/// The time each file took to make.
pub(super) struct Files {
    nanoseconds: Vec<AtomicU64>,
}

impl Files {
    /// Nothing has been made of so many files.
    pub(super) fn new(count: usize) -> Self {
        Self { nanoseconds: (0..count).map(|_| AtomicU64::new(0)).collect() }
    }

    /// Makes a file, by its index, and notes how long that took.
    pub(super) fn time<T>(&self, index: usize, make: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = make();
        let time = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds[index].store(time, Ordering::Relaxed);
        made
    }

    /// A table of the slowest files.
    pub(super) fn table(&self, paths: &[String]) -> String {
        let times = self.nanoseconds.iter().map(|time| time.load(Ordering::Relaxed));
        let mut times: Vec<(Duration, &String)> =
            times.map(Duration::from_nanos).zip(paths).collect();
        let all = times.iter().map(|(time, _)| *time).sum();
        times.sort_by_key(|(time, path)| (std::cmp::Reverse(*time), *path));
        let slowest = times.iter().take(SLOWEST);
        let lines: String =
            slowest.map(|(time, path)| format!("{} {path}\n", column(*time))).collect();
        let count = crate::diag::Count(paths.len(), "file");
        format!(
            "\nTime in ms to make {count}, on all threads together\n{} all\n{lines}",
            column(all)
        )
    }
}

/// Milliseconds with two decimals, at the end of a column.
fn column(time: Duration) -> String {
    let hundredths = time.as_micros() / 10;
    format!("{:>8}.{:02}", hundredths / 100, hundredths % 100)
}
