//! The one loop that pulls a site, artifact by artifact, into wherever it goes.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::{Fault, Outcome};
use crate::parallel;
use crate::plan::Plan;
use crate::render::{Failed, Renderer};
use crate::sink::Sink;
use crate::theme::Failures;

/// What a build tells of its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many files will be made.
    Total(usize),
    /// One of them is done.
    Done,
}

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
    let (failures, stopped) = (Failures::default(), AtomicBool::new(false));
    let taken = parallel::map(&jobs, |(path, recipe)| {
        if stopped.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let taken = sink.take(path, &|wanted| renderer.artifact(path, recipe, wanted));
        progress(Progress::Done);
        match taken {
            Ok(taken) => Ok(Some((path.as_str(), taken))),
            Err(Failed::Template { page, error }) => {
                failures.add(*error, &page);
                Ok(None)
            }
            Err(Failed::Fault(fault)) => {
                stopped.store(true, Ordering::Relaxed);
                Err(fault)
            }
        }
    });
    let taken = taken.into_iter().filter_map(Result::transpose).collect::<Result<_, Fault>>()?;
    Ok(Outcome { value: taken, diagnostics: failures.into_diagnostics() })
}
