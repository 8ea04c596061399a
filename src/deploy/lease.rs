//! Telling others that somebody is sending: a small file that is written anew every few seconds.
//!
//! Nobody compares clocks. Who finds a deploy under way watches whether the file changes; who sends
//! begins nothing unless it has refreshed it lately, by its own clock, which a computer that slept
//! has moved on. So a deploy that was stopped for long notices that another has taken over.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use super::store::{Store, Trouble};

/// Its name in the target.
pub const NAME: &str = ".xianfeng-deploying";

/// It is written anew when it is older than this.
const FRESH: Duration = Duration::from_secs(4);

/// Nobody is at it if it does not change for so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// What was found of another deploy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// It is at work.
    AtWork,
    /// It has ended, one way or the other.
    Ended,
}

/// Watches whether another deploy is at work, as long as it takes to be sure.
pub fn watch(store: &dyn Store) -> Result<Other, Trouble> {
    let first = store.read(NAME)?;
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        let step = Duration::from_secs(2);
        std::thread::sleep(step);
        waited += step;
        match (&first, store.read(NAME)?) {
            (Some(_), None) => return Ok(Other::Ended),
            (before, now) if now != *before => return Ok(Other::AtWork),
            _ => {}
        }
    }
    Ok(Other::Ended)
}

/// A name for one deploy that no other has.
pub fn token(salt: usize) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let made_from = format!("{} {} {salt}", now.as_nanos(), std::process::id());
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(made_from.as_bytes()))
}

/// The right to send, as long as it is refreshed.
pub struct Lease<'s> {
    store: &'s dyn Store,
    token: String,
    held: Mutex<Held>,
}

struct Held {
    /// How often it was written.
    count: u64,
    /// What tells the version that is there; `None` if it is somebody else's.
    tag: Option<String>,
    /// When it was written last.
    since: SystemTime,
}

impl<'s> Lease<'s> {
    /// Takes it, from one that has left it.
    pub fn take(store: &'s dyn Store, token: String) -> Result<Self, Trouble> {
        for _ in 0..3 {
            let left = store.read(NAME)?.map(|version| version.tag);
            let bytes = format!("{token} 0\n");
            if let Some(tag) = store.swap(NAME, bytes.as_bytes(), left.as_deref())? {
                let held = Held { count: 0, tag: Some(tag), since: SystemTime::now() };
                return Ok(Self { store, token, held: Mutex::new(held) });
            }
        }
        Err(Trouble::Overtaken)
    }

    /// Refreshes it where it is time; fails if it is somebody else's.
    pub fn tick(&self) -> Result<(), Trouble> {
        let mut held = super::lock(&self.held);
        let Some(tag) = &held.tag else { return Err(Trouble::Overtaken) };
        // A clock that was set back tells nothing.
        if held.since.elapsed().is_ok_and(|age| age < FRESH) {
            return Ok(());
        }
        let bytes = format!("{} {}\n", self.token, held.count + 1);
        let tag = self.store.swap(NAME, bytes.as_bytes(), Some(tag))?;
        *held = Held { count: held.count + 1, tag, since: SystemTime::now() };
        held.tag.as_ref().map(|_| ()).ok_or(Trouble::Overtaken)
    }

    /// Keeps it fresh until `done`; ends before that if it is somebody else's.
    pub fn keep(&self, done: &AtomicBool) {
        while !done.load(Ordering::Relaxed) {
            // Whoever sends next is told what went wrong.
            if matches!(self.tick(), Err(Trouble::Overtaken)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Gives it back.
    pub fn give_back(self) -> Result<(), Trouble> {
        let watch = super::Watch { tick: &|| Ok(()), done: &|_, _| () };
        self.store.remove(&[NAME], &watch)
    }
}
