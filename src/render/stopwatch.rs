//! How long each template takes, for whoever asks.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Takes the time of every template that is rendered, on many threads.
#[derive(Debug, Default)]
pub struct Stopwatch {
    seen: Mutex<HashMap<String, TemplateTime>>,
}

/// How long one template took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateTime {
    /// Its name, `story.html`.
    pub template: String,
    /// How often it was rendered.
    pub calls: usize,
    /// All calls together, on whatever threads they were.
    pub total: Duration,
    /// The call that took longest.
    pub worst: Duration,
    /// What that call was for: a story's file, or an address.
    pub worst_page: String,
}

impl Stopwatch {
    /// Does `work`, which renders `template`, and takes its time; `page` says what for.
    pub(super) fn time<T>(
        &self,
        template: &str,
        page: impl FnOnce() -> String,
        work: impl FnOnce() -> T,
    ) -> T {
        let started = Instant::now();
        let done = work();
        let took = started.elapsed();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains_key(template) {
            let time = TemplateTime { template: template.to_string(), ..TemplateTime::default() };
            seen.insert(template.to_string(), time);
        }
        if let Some(time) = seen.get_mut(template) {
            time.calls += 1;
            time.total += took;
            if took >= time.worst {
                (time.worst, time.worst_page) = (took, page());
            }
        }
        done
    }

    /// Every template that was rendered; first what took most of the time.
    pub fn into_times(self) -> Vec<TemplateTime> {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        #[expect(clippy::disallowed_methods, reason = "sorted below")]
        let mut times: Vec<_> = seen.into_values().collect();
        times.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.template.cmp(&b.template)));
        times
    }
}
