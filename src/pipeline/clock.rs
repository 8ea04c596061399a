//! How long each stage takes.

use std::time::{Duration, Instant, SystemTime};

/// Stages and how long each took.
pub type Timings = Vec<(&'static str, Duration)>;

/// Takes the time of one stage after the other.
pub(super) struct Clock {
    /// The machine's time before anything was looked at.
    pub began: SystemTime,
    pub laps: Timings,
    last: Instant,
}

impl Clock {
    /// Starts with the first stage, at this time of the machine.
    pub fn start(began: SystemTime) -> Self {
        Self { began, laps: Vec::new(), last: Instant::now() }
    }

    /// Ends a stage, and begins the next.
    pub fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }

    /// Begins a stage. What was done since the last one is of none.
    pub fn skip(&mut self) {
        self.last = Instant::now();
    }
}
