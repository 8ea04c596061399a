//! Deploying: a site that was built goes onto its server, only what differs, in an order in which no
//! reader gets a page whose files are missing.
//!
//! What the server has is known from one file that lies there, the [manifest]. It is
//! changed by compare-and-swap: of two deploys at once, the second is refused. Whoever sends refreshes
//! a second file, so that a deploy that was killed is told from one that is at work; the next
//! deploy goes on where it ended.
//!
//! A target is a [`Store`]. What it speaks is in a file of its own.
#![allow(
    clippy::disallowed_methods,
    reason = "files are sent, and clocks tell whether somebody is at it"
)]

pub mod changes;
#[cfg(feature = "deploy")]
mod dav;
mod folder;
pub mod headers;
#[cfg(feature = "deploy")]
mod http;
mod lease;
pub mod manifest;
pub mod messages;
mod open;
pub mod order;
mod packed;
mod programs;
#[cfg(feature = "deploy")]
mod s3;
mod secrets;
#[cfg(feature = "deploy")]
mod sign;
pub mod store;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use crate::base::fault::Fault;
use crate::base::parallel::{beside, threads};
use crate::base::progress::Progress;
use crate::diagnostic::Diagnostic;
use crate::sink::disk::Made;
use crate::source::Place;
use changes::{Changes, Kind, Packed};
use headers::Headers;
use lease::{Lease, Other};
use manifest::{Entry, Manifest, Unusable};
use store::{Listed, Sending, Store, Trouble, Watch};

pub use open::open;

/// More of a site than this, in hundredths, is not taken away without being asked.
const SHRINKS: usize = 30;

/// So many files of which nobody knows whether they were sent are looked at before they are sent again.
const WORTH_LISTING: usize = 200;

/// What is to be deployed.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The files of the site, in the order of paths.
    pub files: &'a [(String, Made)],
    /// The folder that they are in.
    pub folder: &'a Path,
    /// Where site.yaml names the target.
    pub place: &'a Place,
    /// What the target is called.
    pub name: &'a str,
    /// Only tell what would be done.
    pub dry_run: bool,
    /// Look at every file that is there, and repair what differs.
    pub verify: bool,
    /// Remove more than usual.
    pub yes: bool,
    /// Use a target that holds files of others.
    pub force: bool,
    /// Send texts compressed, for a storage that serves objects as they were put.
    pub compress: bool,
    /// Called with what will be done before anything is, and whether an earlier deploy has left some of it.
    pub announce: &'a dyn Fn(&Changes, bool) -> Result<(), Fault>,
}

/// What was done, or would be.
#[derive(Debug, Default)]
pub struct Done {
    /// What differs.
    pub changes: Changes,
    /// Files that are there as they shall be.
    pub unchanged: usize,
    /// What there is to say besides.
    pub notes: Vec<Diagnostic>,
}

/// Deploys a site; what is wrong otherwise.
pub fn deploy(
    job: &Job<'_>,
    store: &dyn Store,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Done, Box<Diagnostic>> {
    Deploy { job, store, progress }.run()
}

struct Deploy<'a> {
    job: &'a Job<'a>,
    store: &'a dyn Store,
    progress: &'a (dyn Fn(Progress) + Sync),
}

/// What a target holds, as far as that is known.
struct Known {
    manifest: Manifest,
    /// What tells the version of the manifest that is there; `None` if there is none.
    tag: Option<String>,
    /// Every file that is there, if they were listed.
    listed: Option<Vec<Listed>>,
    /// Must the manifest be written anew even if no file differs?
    is_stale: bool,
    /// Is it made anew from the site, as the one that was there is lost or damaged?
    is_remade: bool,
}

impl Deploy<'_> {
    fn run(&self) -> Result<Done, Box<Diagnostic>> {
        let job = self.job;
        let mut notes = Vec::new();
        let mut known = self.known()?;
        if let Some(token) = known.manifest.sending.take() {
            // Who only looks need not wait for whoever is at it.
            let mut left = Some(token.clone());
            if !job.dry_run {
                (self.progress)(Progress::Waiting);
                let found = lease::watch(self.store).map_err(|t| self.told(t))?;
                if found == Other::AtWork {
                    return Err(messages::busy(job.place, job.name).into());
                }
                // It may have come to its end meanwhile.
                known = self.known()?;
                left = known.manifest.sending.take();
                if left.as_ref().is_some_and(|now| *now != token) {
                    return Err(messages::busy(job.place, job.name).into());
                }
            }
            if left.is_some() {
                known.is_stale = true;
                notes.push(messages::goes_on(job.place, job.name));
            }
        }
        let is_continued = known.manifest.is_unfinished();
        let packed = self.packed(&known.manifest).map_err(|t| self.told(t))?;
        if job.verify || known.manifest.unsure() > WORTH_LISTING {
            let repaired = self.compare(&mut known, &packed)?;
            if job.verify {
                notes.push(match known.is_remade {
                    true => messages::remade(job.place, job.name),
                    false => messages::verified(job.place, job.name, &repaired),
                });
                notes.extend(self.strangers(&known));
            }
        }
        self.adopt(&mut known)?;
        let changes = changes::between(job.files, &packed, &known.manifest);
        let there = known.manifest.entries.len();
        if changes.of(Kind::Gone).count() * 100 > there * SHRINKS && !job.yes {
            let gone: Vec<&str> = changes.of(Kind::Gone).map(|change| &*change.path).collect();
            return Err(messages::shrinks(job.place, job.name, &gone, there).into());
        }
        let unchanged = job.files.len() - changes.to_send().count();
        (job.announce)(&changes, is_continued).map_err(|fault| self.told(fault.into()))?;
        if !job.dry_run && (known.is_stale || !changes.is_empty()) {
            self.carry_out(known, &changes, &packed)?;
        }
        Ok(Done { changes, unchanged, notes })
    }

    /// Says which files are at the target that the site does not have and this program does not know:
    /// they are of others, or of an earlier site whose list was lost.
    fn strangers(&self, known: &Known) -> Option<Diagnostic> {
        let files = self.job.files;
        let is_ours = |path: &str| {
            known.manifest.entries.contains_key(path)
                || files.binary_search_by(|(ours, _)| ours.as_str().cmp(path)).is_ok()
        };
        let there = known.listed.iter().flatten().map(|there| there.path.as_str());
        let strangers: Vec<&str> = there.filter(|path| !is_ours(path)).collect();
        let told = || messages::strangers(self.job.place, self.job.name, &strangers);
        (!strangers.is_empty()).then(told)
    }

    /// The files that are to be there compressed. Those that are known to be are not looked at.
    fn packed(&self, manifest: &Manifest) -> Result<Packed, Trouble> {
        let mut packed = Packed::default();
        let mut asked = Vec::new();
        let may_be = |(path, made): &&(String, Made)| packed::may_be(path, made.size);
        for (path, made) in self.job.files.iter().filter(may_be).filter(|_| self.job.compress) {
            let is_packed = Headers::of(path).packed().digest();
            match manifest.entries.get(path) {
                Some(Entry::There(sent))
                    if (sent.digest, sent.size) == (made.digest, made.size)
                        && sent.headers == is_packed =>
                {
                    packed.0.insert(path.clone(), sent.stored);
                }
                _ => asked.push(path),
            }
        }
        let sizes = store::on_threads(threads(), &asked, |path| {
            let bytes = packed::of_file(&self.job.folder.join(path))?;
            Ok(bytes.map(|bytes| bytes.len() as u64))
        })?;
        let found = asked.into_iter().zip(sizes);
        packed.0.extend(found.filter_map(|(path, size)| Some((path.clone(), size?))));
        Ok(packed)
    }

    fn told(&self, trouble: Trouble) -> Diagnostic {
        messages::trouble(self.job.place, self.job.name, trouble)
    }

    /// Reads what the target holds.
    fn known(&self) -> Result<Known, Box<Diagnostic>> {
        let Job { place, name, force, verify, .. } = *self.job;
        let Some(version) = self.store.read(manifest::NAME).map_err(|t| self.told(t))? else {
            let listed = self.store.list().map_err(|t| self.told(t))?;
            let is_empty = listed.as_ref().is_some_and(Vec::is_empty);
            if let Some(listed) = &listed
                && !is_empty
                && !force
            {
                return Err(messages::not_ours(place, name, listed).into());
            }
            // Who asks for both says that an earlier site is there whose list was lost.
            let is_remade = force && verify && !is_empty;
            let manifest = if is_remade { self.remade() } else { Manifest::default() };
            return Ok(Known { manifest, tag: None, listed, is_stale: true, is_remade });
        };
        let tag = Some(version.tag);
        let known = |manifest, is_remade| {
            Ok(Known { manifest, tag, listed: None, is_stale: is_remade, is_remade })
        };
        match Manifest::read(&version.bytes) {
            Ok(manifest) => known(manifest, false),
            Err(Unusable::Page) => Err(self.told(Trouble::NoStorage(String::new())).into()),
            Err(Unusable::Newer) => Err(messages::manifest_newer(place, name).into()),
            Err(Unusable::Damaged) if verify => known(self.remade(), true),
            Err(Unusable::Damaged) => Err(messages::manifest_damaged(place, name).into()),
        }
    }

    /// A manifest in place of one that is lost: what the site has was ours; of the rest nobody knows.
    fn remade(&self) -> Manifest {
        let entries = self.job.files.iter().map(|(path, _)| (path.clone(), Entry::Open));
        Manifest { entries: entries.collect(), ..Manifest::default() }
    }

    /// Looks at what is really there: files of ours that differ from the manifest are open, and those
    /// that are as they shall be are known. Returns those that differ.
    fn compare(&self, known: &mut Known, packed: &Packed) -> Result<Vec<String>, Box<Diagnostic>> {
        if known.listed.is_none() {
            let listed = match self.store.list() {
                Ok(None) => {
                    let paths: Vec<&str> = known.manifest.entries.keys().map(|p| &**p).collect();
                    self.store.present(&paths).map(Some)
                }
                listed => listed,
            };
            known.listed = listed.map_err(|t| self.told(t))?;
        }
        let listed: BTreeMap<&str, &Listed> =
            known.listed.iter().flatten().map(|listed| (&*listed.path, listed)).collect();
        let files: BTreeMap<&str, &Made> =
            self.job.files.iter().map(|(path, made)| (&**path, made)).collect();
        let mut asked = Vec::new();
        let mut repaired = Vec::new();
        for (path, entry) in &mut known.manifest.entries {
            let there = listed.get(&**path).copied();
            let made = files.get(&**path).copied();
            match (*entry, there, made) {
                (Entry::There(sent), there, _) if there.is_none_or(|t| t.size != sent.stored) => {
                    repaired.push(path.clone());
                    *entry = Entry::Open;
                }
                // What differs anyway is sent anyway.
                (Entry::There(sent), Some(there), Some(made))
                    if sent == packed.sent(path, made) =>
                {
                    asked.push((path.clone(), there, made, *entry));
                }
                // What it was sent with otherwise than it would be now is sent anyway.
                (Entry::New(headers), Some(there), Some(made))
                    if headers == packed.headers(path).digest()
                        && there.size == packed.sent(path, made).stored =>
                {
                    asked.push((path.clone(), there, made, *entry));
                }
                _ => {}
            }
        }
        let same = store::on_threads(self.store.threads(), &asked, |(path, there, ..)| {
            self.store.is_same(there, &self.job.folder.join(path), packed.headers(path))
        });
        let same = same.map_err(|t| self.told(t))?;
        for ((path, _, made, entry), same) in asked.into_iter().zip(same) {
            let now = match (same, entry) {
                // Nothing was there before, so that it has the headers that it was sent with.
                (true, Entry::New(_)) => Entry::There(packed.sent(&path, made)),
                (true, entry) | (false, entry @ Entry::New(_)) => entry,
                (false, _) => {
                    repaired.push(path.clone());
                    Entry::Open
                }
            };
            known.manifest.entries.insert(path, now);
        }
        repaired.sort();
        Ok(repaired)
    }

    /// Takes over files that are there without being in the manifest, if their bytes are those that we
    /// would send; complains of all others in the place of ours. Where that takes a request a file,
    /// those whose names say what is in them are not asked for: nobody else has files so named.
    fn adopt(&self, known: &mut Known) -> Result<(), Box<Diagnostic>> {
        let fresh = |path: &&str| {
            !known.manifest.entries.contains_key(*path)
                && (known.listed.is_some() || !Headers::of(path).is_for_ever())
        };
        let new: BTreeSet<&str> =
            self.job.files.iter().map(|(path, _)| path.as_str()).filter(fresh).collect();
        if new.is_empty() {
            return Ok(());
        }
        let present = match &known.listed {
            Some(listed) => {
                listed.iter().filter(|there| new.contains(&*there.path)).cloned().collect()
            }
            None => {
                let paths: Vec<&str> = new.iter().copied().collect();
                self.store.present(&paths).map_err(|t| self.told(t))?
            }
        };
        let mut foreign = Vec::new();
        for there in present {
            match self.is_ours(&there).map_err(|t| self.told(t))? {
                true => {
                    known.manifest.entries.insert(there.path, Entry::Open);
                }
                false => foreign.push(there.path),
            }
        }
        match foreign.is_empty() {
            true => Ok(()),
            false => {
                let is_unknown = known.tag.is_none();
                let Job { place, name, .. } = *self.job;
                Err(messages::foreign(place, name, &foreign, is_unknown).into())
            }
        }
    }

    /// Has a file there the bytes of ours, compressed or not?
    fn is_ours(&self, there: &Listed) -> Result<bool, Trouble> {
        let file = self.job.folder.join(&there.path);
        let headers = Headers::of(&there.path);
        Ok(self.store.is_same(there, &file, headers)?
            || self.store.is_same(there, &file, headers.packed())?)
    }

    /// Sends, removes, and writes down what is there then.
    fn carry_out(
        &self,
        known: Known,
        changes: &Changes,
        packed: &Packed,
    ) -> Result<(), Box<Diagnostic>> {
        let generation = known.manifest.generation + 1;
        let mut manifest = known.manifest;
        for change in changes.all() {
            let entry = match change.kind {
                Kind::New => Entry::New(packed.headers(&change.path).digest()),
                Kind::Changed => Entry::Open,
                Kind::Gone => Entry::Gone(generation),
                Kind::Due => continue,
            };
            manifest.entries.insert(change.path.clone(), entry);
        }
        manifest.generation = generation;
        let token = lease::token(manifest.entries.len());
        manifest.sending = Some(token.clone());
        let begun = self.store.swap(manifest::NAME, &manifest.bytes(), known.tag.as_deref());
        let Some(tag) = begun.map_err(|t| self.told(t))? else {
            return Err(messages::busy(self.job.place, self.job.name).into());
        };
        let lease = Lease::take(self.store, token).map_err(|t| self.told(t))?;
        let sent = Mutex::new(BTreeSet::new());
        let carried =
            beside(|| self.send_all(changes, packed, &lease, &sent), |done| lease.keep(done));
        // However it went: what has arrived need not be sent again.
        let files: BTreeMap<&str, &Made> =
            self.job.files.iter().map(|(path, made)| (&**path, made)).collect();
        for path in lock(&sent).iter() {
            match files.get(path.as_str()) {
                Some(made) => {
                    let there = Entry::There(packed.sent(path, made));
                    manifest.entries.insert(path.clone(), there)
                }
                None => manifest.entries.remove(path),
            };
        }
        manifest.sending = None;
        if matches!(carried, Err(Trouble::Overtaken)) {
            return Err(self.told(Trouble::Overtaken).into());
        }
        let ended = self.store.swap(manifest::NAME, &manifest.bytes(), Some(&tag));
        if let Err(trouble) = carried {
            if ended.is_ok() {
                let _ = lease.give_back();
            }
            return Err(self.told(trouble).into());
        }
        match ended.map_err(|t| self.told(t))? {
            Some(_) => lease.give_back().map_err(|t| self.told(t).into()),
            None => Err(self.told(Trouble::Overtaken).into()),
        }
    }

    /// Sends one step after the other, then removes what is due. Puts into `sent` what was sent or removed.
    fn send_all(
        &self,
        changes: &Changes,
        packed: &Packed,
        lease: &Lease<'_>,
        sent: &Mutex<BTreeSet<String>>,
    ) -> Result<(), Trouble> {
        let job = self.job;
        (self.progress)(Progress::Bytes(changes.bytes()));
        let done = |path: &str, bytes: u64| {
            lock(sent).insert(path.to_string());
            (self.progress)(Progress::Sent(bytes));
        };
        let tick = || lease.tick();
        let watch = Watch { tick: &tick, done: &done };
        let places: BTreeMap<&str, (std::path::PathBuf, u64)> = changes
            .to_send()
            .map(|change| (&*change.path, (job.folder.join(&change.path), change.size)))
            .collect();
        let mut steps: BTreeMap<order::Step, Vec<Sending<'_>>> = BTreeMap::new();
        for (path, (file, size)) in &places {
            let sending = Sending { path, file, size: *size, headers: packed.headers(path) };
            steps.entry(order::step(path)).or_default().push(sending);
        }
        for files in steps.values() {
            self.store.send(files, &watch)?;
        }
        let due: Vec<&str> = changes.of(Kind::Due).map(|change| &*change.path).collect();
        if !due.is_empty() {
            self.store.remove(&due, &watch)?;
        }
        self.store.settle()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
