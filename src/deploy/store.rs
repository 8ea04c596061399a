//! What a target can do, whatever it speaks.

use std::fmt;
use std::path::Path;

use super::headers::Headers;
use crate::base::fault::Fault;
use crate::base::lang::Text;

/// A place that holds files by path.
pub trait Store: Sync {
    /// A file of ours, which is small.
    fn read(&self, path: &str) -> Result<Option<Version>, Trouble>;

    /// Writes a file of ours if what is there is still the version `seen` (`None`: nothing). Returns
    /// what tells the new version; `None` if somebody else has been faster. A target that cannot
    /// compare does what it can.
    fn swap(&self, path: &str, bytes: &[u8], seen: Option<&str>)
    -> Result<Option<String>, Trouble>;

    /// Sends files, in any order.
    fn send(&self, files: &[Sending<'_>], watch: &Watch<'_>) -> Result<(), Trouble>;

    /// Removes files. What is not there is removed already.
    fn remove(&self, paths: &[&str], watch: &Watch<'_>) -> Result<(), Trouble>;

    /// Those of these files that are there.
    fn present(&self, paths: &[&str]) -> Result<Vec<Listed>, Trouble>;

    /// Every file that is there, but for our own notes; `None` if the target cannot tell.
    fn list(&self) -> Result<Option<Vec<Listed>>, Trouble>;

    /// Has a file there the same bytes as one here, sent with such headers?
    fn is_same(&self, listed: &Listed, file: &Path, headers: Headers) -> Result<bool, Trouble>;

    /// So many files may be compared at once.
    fn threads(&self) -> usize {
        8
    }

    /// Called when all of it is sent.
    fn settle(&self) -> Result<(), Trouble> {
        Ok(())
    }
}

/// The bytes of a file, and what tells this version of it from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What tells it from others.
    pub tag: String,
}

/// A file to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// Its path in the site.
    pub path: &'a str,
    /// Where it is here.
    pub file: &'a Path,
    /// How many bytes are sent.
    pub size: u64,
    /// Its headers. If they say that it is compressed, whoever sends it compresses it.
    pub headers: Headers,
}

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path.
    pub path: String,
    /// How many bytes.
    pub size: u64,
    /// The MD5 digest of its bytes, if the target tells.
    pub md5: Option<String>,
}

/// What goes on while files are sent.
pub struct Watch<'a> {
    /// To be called now and then: tells others that somebody is at it. Fails if the work must stop.
    pub tick: &'a (dyn Fn() -> Result<(), Trouble> + Sync),
    /// To be called with the path of each file that is done, and its bytes.
    pub done: &'a (dyn Fn(&str, u64) + Sync),
}

/// Why something could not be done at a target.
#[derive(Debug)]
pub enum Trouble {
    /// This machine could not read or write.
    Fault(Fault),
    /// Nothing answers at this address: why.
    Unreachable(Text),
    /// What answers is not whom we wanted to reach, or its certificate has expired.
    Certificate(Text),
    /// Who we are is not known there, or we may not do this: what it says.
    Refused(String),
    /// There is no such bucket, or no such folder.
    Missing(String),
    /// Web pages answer where a storage should.
    NoStorage(String),
    /// There is no room left.
    Full(String),
    /// A file is larger than any may be there.
    TooLarge(String),
    /// The user's own ssh could not log in: what it said.
    Login(String),
    /// A server has refused to write without saying why: what the program said.
    Unsaid(&'static str, String),
    /// It answers that it cannot now, however often it is asked.
    Overloaded(String),
    /// The clock of this computer is wrong by so much that no signature is accepted.
    Clock(String),
    /// It answers something else that helps nobody.
    Answer(String),
    /// Somebody else has taken over the deploy.
    Overtaken,
    /// A program of the user's that is needed is not here.
    NoProgram(&'static str),
    /// Such a program has failed: its name, and what it said last.
    Program(&'static str, String),
    /// Keys are needed and not given: the variables that they may be in.
    NoSecret(&'static [&'static str]),
    /// A file with keys that cannot be used.
    SecretFile(String, Text),
    /// This build of the program cannot reach servers.
    NotBuilt,
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault.error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self::Full(fault.path.display().to_string())
            }
            // A stick with FAT32 has no file of 4 GB.
            std::io::ErrorKind::FileTooLarge => Self::TooLarge(fault.path.display().to_string()),
            _ => Self::Fault(fault),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Trouble {}

/// What `each` makes of one item after the other, in their order, on so many threads; stops at the
/// first that fails.
pub fn on_threads<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    each: impl Fn(&T) -> Result<R, Trouble> + Sync,
) -> Result<Vec<R>, Trouble> {
    use std::sync::atomic::{AtomicBool, Ordering};

    let stopped = AtomicBool::new(false);
    let one = |item: &T| {
        if stopped.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let done = each(item).map(Some);
        if done.is_err() {
            stopped.store(true, Ordering::Relaxed);
        }
        done
    };
    let threads = threads.min(items.len()).max(1);
    let done =
        crate::base::parallel::with_jobs(Some(threads), || crate::base::parallel::map(items, one));
    // Without a failure there is something of each.
    done.into_iter().filter_map(Result::transpose).collect()
}
