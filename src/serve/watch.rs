//! Watching: which files changed, told once for each burst. The home of notify.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::tree::{Look, Tree, is_part};
use crate::diagnostic::Outcome;
use crate::load::{FoundFile, TOPS};
use crate::source::SourcePath;

/// An editor that saves is done when nothing has happened for so long …
const QUIET: Duration = Duration::from_millis(30);
/// … and a program that changes many files when nothing has happened for longer.
const QUIET_OF_MANY: Duration = Duration::from_millis(150);
/// So many files are many.
const MANY: usize = 20;
/// A burst that does not end is looked at all the same.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often files are looked at where they cannot be watched.
const POLL: Duration = Duration::from_secs(1);
/// A new folder is watched a moment after it is made; what was put into it meanwhile is
/// found by looking once more.
const SETTLED: Duration = Duration::from_millis(400);

/// The files of a project, watched.
pub(super) struct Watched {
    /// The project's folder, as it was named.
    root: PathBuf,
    /// The same in full, as some systems give it in events.
    real: PathBuf,
    tree: Tree,
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<Event>>,
    /// When to look once more, whether anything happens or not.
    settle: Option<Instant>,
}

/// What a burst of events asks for.
#[derive(Default)]
struct Burst {
    paths: BTreeSet<String>,
    /// Events were lost: everything may have changed.
    lost: bool,
    /// Nothing happened, but it is time to look at everything.
    time: bool,
    /// One of the watched folders itself came or went.
    tops: bool,
    /// A folder came.
    folders: bool,
}

impl Burst {
    fn is_something(&self) -> bool {
        self.lost || self.time || self.tops || !self.paths.is_empty()
    }
}

impl Watched {
    /// Watches the project in the folder `root` from now on.
    pub fn start(root: &Path) -> Self {
        let real = root.canonicalize().unwrap_or_else(|_| root.into());
        let (watcher, events) = watch(&real);
        let tree = Tree::of(root);
        Self { root: root.into(), real, tree, watcher, events, settle: None }
    }

    /// Can changes not be watched for, so that files are looked at every second?
    pub fn is_polling(&self) -> bool {
        self.watcher.is_none()
    }

    /// All files of the project, where they are known without looking again.
    pub fn found(&self) -> Option<Outcome<Vec<FoundFile>>> {
        self.tree.found()
    }

    /// Waits until files have changed; which, by path.
    pub fn wait(&mut self) -> Vec<SourcePath> {
        loop {
            let burst = self.burst();
            if burst.tops {
                // The watches are on what was there; begin again with what is.
                (self.watcher, self.events) = watch(&self.real);
            }
            if burst.tops || burst.folders {
                self.settle = Some(Instant::now() + SETTLED);
            }
            let changed = match burst {
                Burst { tops: true, .. } | Burst { lost: true, .. } => {
                    self.tree.look_again(&self.root, Look::Content)
                }
                Burst { time: true, .. } => self.tree.look_again(&self.root, Look::Times),
                Burst { paths, .. } => self.tree.look_at(&self.root, &paths),
            };
            if !changed.is_empty() {
                return changed;
            }
        }
    }

    /// Waits for something to happen, and until it has ended.
    fn burst(&mut self) -> Burst {
        let mut burst = Burst::default();
        if self.is_polling() {
            std::thread::sleep(POLL);
            burst.time = true;
            return burst;
        }
        while !burst.is_something() {
            let first = match self.settle {
                Some(settle) => {
                    self.events.recv_timeout(settle.saturating_duration_since(Instant::now()))
                }
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match first {
                Ok(event) => self.take(event, &mut burst),
                Err(RecvTimeoutError::Timeout) => {
                    self.settle = None;
                    burst.time = true;
                }
                // The watcher is gone.
                Err(RecvTimeoutError::Disconnected) => {
                    self.watcher = None;
                    burst.lost = true;
                }
            }
        }
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let quiet = if burst.paths.len() > MANY { QUIET_OF_MANY } else { QUIET };
            match self.events.recv_timeout(quiet) {
                Ok(event) => self.take(event, &mut burst),
                Err(_) => break,
            }
        }
        burst
    }

    fn take(&self, event: notify::Result<Event>, burst: &mut Burst) {
        let Ok(event) = event else {
            burst.lost = true;
            return;
        };
        if event.need_rescan() {
            burst.lost = true;
        }
        let saved = EventKind::Access(AccessKind::Close(AccessMode::Write));
        if event.kind.is_access() && event.kind != saved {
            return;
        }
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.real) else {
                burst.lost = true;
                continue;
            };
            let Some(inside) = inside.to_str().map(|inside| inside.replace('\\', "/")) else {
                // A name that is no UTF-8 is worth a complaint, which `load` makes.
                burst.lost = true;
                continue;
            };
            if !is_part(&inside) {
                continue;
            }
            let comes_or_goes = event.kind.is_create()
                || event.kind.is_remove()
                || matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Name(_)));
            burst.tops |= comes_or_goes && TOPS.contains(&inside.as_str());
            burst.folders |= comes_or_goes && path.is_dir();
            burst.paths.insert(inside);
        }
    }
}

/// A watcher of the folders that are there, and of the project's own folder for those that
/// come; none if the system gives none.
fn watch(root: &Path) -> (Option<RecommendedWatcher>, Receiver<notify::Result<Event>>) {
    let (sender, events) = channel();
    let started = notify::recommended_watcher(sender).and_then(|mut watcher| {
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        for top in TOPS.map(|top| root.join(top)) {
            // One that is a link is not read, either.
            if top.symlink_metadata().is_ok_and(|meta| meta.is_dir()) {
                watcher.watch(&top, RecursiveMode::Recursive)?;
            }
        }
        Ok(watcher)
    });
    (started.ok(), events)
}
