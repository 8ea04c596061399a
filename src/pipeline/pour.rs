//! The one loop that pulls a site, artifact by artifact, into wherever it goes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::base::fault::Fault;
use crate::base::parallel;
use crate::base::progress::Progress;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::plan::{Plan, Recipe};
use crate::render::{Failed, Renderer};
use crate::sink::{Nowhere, Sink};
use crate::theme::Failures;

/// What a sink took, with the path of each artifact, in the order of paths.
pub type Poured<'p, S> = Vec<(&'p str, <S as Sink>::Taken)>;

/// Has the sink pull every artifact of the plan, on all threads. Templates that fail are told
/// of, all of them; the first fault ends the loop. In either case the site is not whole, and the
/// sink must not publish it.
pub fn pour<'p, S: Sink>(
    plan: &'p Plan,
    renderer: &Renderer<'_>,
    sink: &S,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Outcome<Poured<'p, S>>, Fault> {
    let jobs: Vec<_> = plan.iter().collect();
    progress(Progress::Total(jobs.len()));
    let pouring = Pouring::new(renderer, sink);
    let value = pouring.some(&jobs, &|| progress(Progress::Done))?;
    Ok(Outcome { value, diagnostics: pouring.finish() })
}

/// Renders everything but the copies of pictures, for the complaints alone.
pub fn pour_pages(plan: &Plan, renderer: &Renderer<'_>) -> Result<Vec<Diagnostic>, Fault> {
    let pages = plan.iter().filter(|(_, recipe)| !matches!(recipe, Recipe::Picture(_)));
    let pouring = Pouring::new(renderer, &Nowhere);
    pouring.some(&pages.collect::<Vec<_>>(), &|| ())?;
    Ok(pouring.finish())
}

/// [`pour`] in rounds, for who has something to do with what was taken before the rest is made.
pub struct Pouring<'r, S> {
    renderer: &'r Renderer<'r>,
    sink: &'r S,
    failures: Failures,
    unreadable: Mutex<Vec<Diagnostic>>,
    stopped: AtomicBool,
}

impl<'r, S: Sink> Pouring<'r, S> {
    /// Nothing is pulled yet.
    pub fn new(renderer: &'r Renderer<'_>, sink: &'r S) -> Self {
        let unreadable = Mutex::default();
        let stopped = AtomicBool::new(false);
        Self { renderer, sink, failures: Failures::default(), unreadable, stopped }
    }

    /// Has the sink pull some artifacts, and calls `done` after each.
    pub fn some<'p>(
        &self,
        jobs: &[(&'p String, &'p Recipe)],
        done: &(dyn Fn() + Sync),
    ) -> Result<Poured<'p, S>, Fault> {
        let taken = parallel::map(jobs, |&(path, recipe)| {
            if self.stopped.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let pull = |wanted| self.renderer.artifact(path, recipe, wanted);
            let taken = self.sink.take(path, &pull);
            done();
            match taken {
                Ok(taken) => Ok(Some((path.as_str(), taken))),
                Err(Failed::Template { page, error }) => {
                    self.failures.add(*error, &page);
                    Ok(None)
                }
                Err(Failed::Picture(diagnostic)) => {
                    let mut unreadable =
                        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner);
                    unreadable.push(*diagnostic);
                    Ok(None)
                }
                Err(Failed::Fault(fault)) => {
                    self.stopped.store(true, Ordering::Relaxed);
                    Err(fault)
                }
            }
        });
        taken.into_iter().filter_map(Result::transpose).collect()
    }

    /// What is wrong with templates and pictures.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut pictures = self.unreadable.into_inner().unwrap_or_else(PoisonError::into_inner);
        pictures.sort_by(|a, b| a.place.path.cmp(&b.place.path));
        // Each once, whatever of it could not be made.
        pictures.dedup_by(|a, b| a.place == b.place);
        let mut told = self.failures.into_diagnostics();
        told.extend(pictures);
        told
    }
}
