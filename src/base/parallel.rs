//! Loops and pairs of work that run at once. The home of rayon.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

/// Applies `f` to every item, on all threads of the current pool; results in the order of
/// the items.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    items.par_iter().map(&f).collect()
}

/// How many threads the current pool has.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// Does two things at once.
pub fn both<A: Send, B: Send>(
    f: impl FnOnce() -> A + Send,
    g: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    rayon::join(f, g)
}

/// Runs `f` with `jobs` threads for the loops inside; `None` is one for each core.
pub fn with_jobs<R: Send>(jobs: Option<usize>, f: impl FnOnce() -> R + Send) -> R {
    match rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build() {
        Ok(pool) => pool.install(f),
        // No threads to be had: the loops run on this one.
        Err(_) => f(),
    }
}

/// Runs `work`, and `aside` on a thread of its own as long as it takes: for what waits nearly all of
/// the time. `aside` is told when the work is done, and must end then.
pub fn beside<R>(work: impl FnOnce() -> R, aside: impl FnOnce(&AtomicBool) + Send) -> R {
    let done = AtomicBool::new(false);
    #[expect(
        clippy::disallowed_methods,
        reason = "it is no part of the work, and has no use for a core"
    )]
    std::thread::scope(|scope| {
        // Also where the work panics: nobody waits for a thread that waits for it.
        struct End<'a>(&'a AtomicBool);
        impl Drop for End<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let _end = End(&done);
        scope.spawn(|| aside(&done));
        work()
    })
}
