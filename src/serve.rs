//! The live server: a campaign in memory, pages rendered when a browser asks for them, and
//! every change shown at once. Nothing is written. The home of tokio.
//!
//! ```text
//! disk ─watch→ changed files ─prepare→ Live ─┬─ pages, as they are asked for
//!                                            └─ events: what the open pages have to do
//! ```
//!
//! What is live is one value that is replaced as a whole, so a page is always of one
//! campaign. Of a campaign with mistakes what is right is shown (`pipeline::preview`).
#![allow(clippy::disallowed_methods, reason = "watches the project, and has threads of its own")]

mod conditions;
mod effect;
mod hosts;
mod http;
mod notice;
mod overlay;
mod page;
mod touched;
mod tree;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use self_cell::self_cell;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch as latest};

use crate::base::fault::Fault;
use crate::base::lang::Lang;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::load::{FoundFile, walk};
use crate::model::{Fate, slug_of_file};
use crate::output::search::Index;
use crate::pipeline::{self, LastGood, Memory, Options, Prepared, Preview};
use crate::plan::Plan;
use crate::render::Renderer;
use crate::settings::BaseUrl;
use crate::source::SourcePath;
use crate::value::moment::Moment;
use effect::Effect;
pub use hosts::own_addresses;
use touched::Keys;

/// The port, unless another is asked for.
pub const PORT: u16 = 1111;

/// So many ports are tried after [`PORT`] where it is taken.
const PORTS: u16 = 100;

/// In the address of a story whose year nobody knows.
const ANY_YEAR: &str = "*";

/// How to serve.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// The address to listen at; 0.0.0.0 is every network that this machine is on.
    pub interface: IpAddr,
    /// The port; none, and it is 1111 or the next one that is free.
    pub port: Option<u16>,
    /// The language of what the browser is told.
    pub lang: Lang,
    /// Is it to be told how many pages a change touches? That costs a look at each of them.
    pub counts: bool,
}

/// What the server tells while it runs.
pub enum Told<'a> {
    /// It answers at this address; a port that it would have liked better was taken.
    Listening(SocketAddr, Option<u16>),
    /// The campaign was prepared for the first time.
    Started(&'a Live),
    /// Something changed.
    Changed(&'a Change<'a>),
    /// A page could not be rendered.
    Unrendered(&'a [Diagnostic]),
    /// Changes cannot be watched for, so the files are looked at every second.
    Polling,
}

/// A change, and what came of it.
pub struct Change<'a> {
    /// The files that are not as they were, by path.
    pub files: &'a [SourcePath],
    /// What was live before.
    pub before: &'a Live,
    /// What is live now.
    pub live: &'a Live,
    /// How many pages are new, gone, or made from something else than before, where that
    /// was counted. Pictures are not looked at.
    pub pages: Option<usize>,
    /// The server's own time, from knowing what changed to telling the browser.
    pub time: Duration,
}

/// Why the server did not start.
#[derive(Debug)]
pub enum Refused {
    /// The port is taken, or none of many is free.
    PortTaken(u16),
    /// Nothing can listen at this address.
    Address(SocketAddr, io::Error),
    /// The system gave no threads or timers.
    System(io::Error),
    /// There is no project.
    NoProject(Vec<Diagnostic>),
}

/// What is live.
pub struct Live {
    /// Distinguishes runs of the server.
    run: u64,
    /// Counts the attempts to prepare the campaign.
    attempt: u64,
    /// The newest campaign that could be prepared, as far as it is right.
    shown: Option<Arc<Shown>>,
    /// Where stories and pages would be that cannot be shown at all: their files by address, as
    /// paths below the output folder.
    unshown: BTreeMap<String, SourcePath>,
    /// What is wrong with the newest one.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be read of it.
    pub fault: Option<Fault>,
    /// What an open page has to do.
    effect: Effect,
    /// All that open pages are told, as they read it.
    state: String,
}

self_cell!(
    /// A campaign and what renders it: what is rendered once for all pages, such as items of
    /// lists, is kept from request to request.
    struct Campaign {
        owner: Prepared,
        #[not_covariant]
        dependent: Renderer,
    }
);

/// A campaign that is shown.
struct Shown {
    campaign: Campaign,
    /// The search index and its files, where there are any. Few changes are made for it to be
    /// searched, so that pages are shown first, and who searches waits.
    search: OnceLock<Option<(Index, Plan)>>,
    /// Tells those who wait that there is an index.
    indexed: Notify,
}

impl Shown {
    fn of(campaign: Prepared) -> Self {
        let campaign = Campaign::new(campaign, Prepared::renderer);
        Self { campaign, search: OnceLock::new(), indexed: Notify::new() }
    }

    /// The campaign.
    fn prepared(&self) -> &Prepared {
        self.campaign.borrow_owner()
    }

    /// Where stories and pages would be that cannot be shown, by address. One that was shown
    /// before is missed at its own address, another at any that a file of its name may have.
    fn unshown(&self, before: &Live) -> BTreeMap<String, SourcePath> {
        let site = &self.prepared().site;
        #[expect(clippy::disallowed_methods, reason = "into a sorted map")]
        let broken = site.outcomes.iter().filter(|(_, fate)| **fate == Fate::Broken);
        let address = |path: &SourcePath| {
            let known = before.unshown.iter().find(|(_, known)| *known == path);
            let shown = before.shown.as_ref().and_then(|shown| {
                let site = &shown.prepared().site;
                Some(match *site.outcomes.get(path)? {
                    Fate::Story(id) => site.story_address(id),
                    Fate::Page(id) => site.page_address(id),
                    _ => return None,
                })
            });
            let shown = shown.map(|address| address.file_path());
            shown.or_else(|| known.map(|(address, _)| address.clone())).unwrap_or_else(|| {
                let slug = slug_of_file(path);
                match path.as_str().starts_with("content/pages/") {
                    true => format!("{slug}/index.html"),
                    false => format!("stories/{ANY_YEAR}/{slug}/index.html"),
                }
            })
        };
        broken.map(|(path, _)| (address(path), path.clone())).collect()
    }

    /// Ends when the index is made. No thread waits: there are few, and pages need them.
    async fn wait_for_index(&self) {
        loop {
            // Before looking, so that no notice is missed.
            let notice = self.indexed.notified();
            if self.search.get().is_some() {
                return;
            }
            notice.await;
        }
    }
}

impl Live {
    /// Is the newest campaign the one that is shown?
    pub fn is_whole(&self) -> bool {
        self.fault.is_none() && !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Were only style sheets changed, which pages swap without a reload?
    pub fn is_style(&self) -> bool {
        matches!(self.effect, Effect::Styles(_))
    }

    /// The keys of the pages, if this is a campaign that can be shown and is not too large.
    fn keys(&self) -> Option<Keys> {
        self.shown.as_deref().filter(|_| self.is_whole()).and_then(Keys::of)
    }

    fn version(&self) -> String {
        format!("{:x}-{}", self.run, self.attempt)
    }

    fn version_before(&self) -> String {
        format!("{:x}-{}", self.run, self.attempt.saturating_sub(1))
    }
}

/// Serves the project in the folder `root` until Ctrl-C.
pub fn serve(
    root: &Path,
    wishes: Wishes,
    tell: impl Fn(Told<'_>) + Send + Sync + 'static,
) -> Result<(), Refused> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        // Rendering is work for the cores, not for as many threads as there are requests.
        .max_blocking_threads(8)
        .build()
        .map_err(Refused::System)?;
    let (listener, taken) = runtime.block_on(listen(wishes))?;
    let at = listener.local_addr().map_err(Refused::System)?;
    let (root_folder, base_url) = (root.into(), base_url(at));
    let mut kitchen = Kitchen {
        root: root_folder,
        base_url,
        lang: wishes.lang,
        memory: Memory::of(root),
        good: LastGood::default(),
    };
    // Watched first: a change while the campaign is prepared for the first time counts too.
    let mut watched = watch::Watched::start(root);
    let first = kitchen.first(watched.found());
    if first.diagnostics.iter().any(|diagnostic| diagnostic.code == "project-missing") {
        return Err(Refused::NoProject(first.diagnostics));
    }
    let tell = Arc::new(tell);
    tell(Told::Started(&first));
    if watched.is_polling() {
        tell(Told::Polling);
    }
    let (sender, receiver) = latest::channel(Arc::new(first));
    let told = Arc::clone(&tell);
    let unrendered = Box::new(move |failures: &[Diagnostic]| told(Told::Unrendered(failures)));
    let shop = http::Shop::new(receiver, at, wishes.lang, unrendered);
    tell(Told::Listening(at, taken));
    std::thread::spawn(move || {
        let mut live = Arc::clone(&sender.borrow());
        let keys_of = |live: &Live| if wishes.counts { live.keys() } else { None };
        let mut keys = keys_of(&live).unwrap_or_default();
        loop {
            kitchen.index(&live);
            let files = watched.wait();
            let started = Instant::now();
            let before = live;
            live = Arc::new(kitchen.next(&before, &files, watched.found()));
            sender.send_replace(Arc::clone(&live));
            let time = started.elapsed();
            // Counted when the browser knows already.
            let new = keys_of(&live);
            let pages = new.as_ref().map(|new| new.touched(&keys));
            keys = new.unwrap_or(keys);
            let change = Change { files: &files, before: &before, live: &live, pages, time };
            tell(Told::Changed(&change));
        }
    });
    let served = runtime.block_on(http::serve(listener, shop));
    // Open pages hold their connections for as long as they are open.
    runtime.shutdown_background();
    served.map_err(Refused::System)
}

/// Prepares the campaign again and again.
struct Kitchen {
    root: PathBuf,
    base_url: Option<BaseUrl>,
    lang: Lang,
    /// What was done before and need not be done again.
    memory: Memory,
    /// What stands in for files with errors on which many pages depend.
    good: LastGood,
}

impl Kitchen {
    /// Prepares the campaign from the files that were found; else from those that are there.
    fn prepare(&mut self, found: Option<Outcome<Vec<FoundFile>>>) -> Result<Preview, Fault> {
        let options = Options {
            now: Moment::now(),
            drafts: true,
            preview: true,
            base_url: self.base_url.clone(),
            ..Options::default()
        };
        let found = found.map_or_else(|| walk(&self.root), Ok)?;
        let Self { root, memory, good, .. } = self;
        caught(|| pipeline::preview(found, &options, memory, good)).unwrap_or_else(|| {
            // Nobody knows what it left there.
            *memory = Memory::of(root);
            Err(Fault::read(root, io::Error::other("a bug in xianfeng (see the terminal)")))
        })
    }

    /// Indexes what is live. Without an index, which a file that just went may cause, nothing
    /// is found until the next change.
    fn index(&mut self, live: &Live) {
        let Some(shown) = &live.shown else { return };
        if shown.search.get().is_none() {
            let index = caught(|| shown.prepared().indexed(&mut self.memory).unwrap_or_default());
            let _ = shown.search.set(index.flatten());
            shown.indexed.notify_waiters();
        }
    }

    /// What is live at first.
    fn first(&mut self, found: Option<Outcome<Vec<FoundFile>>>) -> Live {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let nothing = Live {
            run: now.as_nanos() as u64,
            attempt: 0,
            shown: None,
            unshown: BTreeMap::new(),
            diagnostics: Vec::new(),
            fault: None,
            effect: Effect::Nothing,
            state: String::new(),
        };
        self.next(&nothing, &[], found)
    }

    /// What is live after these files changed, and `found` is all that there is, if that is
    /// known.
    fn next(
        &mut self,
        before: &Live,
        files: &[SourcePath],
        found: Option<Outcome<Vec<FoundFile>>>,
    ) -> Live {
        let mut prepared = self.prepare(found);
        // A file that went between being listed and being read is no fault, but a change
        // that is still under way.
        for _ in 0..3 {
            let fault = prepared.as_ref().map_or_else(Some, |preview| preview.fault.as_ref());
            if fault.is_none_or(|fault| fault.error.kind() != io::ErrorKind::NotFound) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
            prepared = self.prepare(None);
        }
        let (shown, diagnostics, fault) = match prepared {
            Ok(Preview { mut prepared, fault }) => {
                let diagnostics = std::mem::take(&mut prepared.diagnostics);
                // What cannot be read now was shown a moment ago, and will be again.
                let is_better = fault.is_none() || before.shown.is_none();
                (is_better.then(|| Arc::new(Shown::of(prepared))), diagnostics, fault)
            }
            Err(fault) => (None, Vec::new(), Some(fault)),
        };
        let unshown = match &shown {
            Some(shown) => shown.unshown(before),
            None => before.unshown.clone(),
        };
        let effect = match &shown {
            Some(shown) if before.fault.is_none() && before.shown.is_some() => {
                Effect::of(files, &shown.prepared().site.settings.theme)
            }
            // What changed while something could not be read is not known any more.
            Some(_) => Effect::Everything,
            None => Effect::Nothing,
        };
        let shown = shown.or_else(|| before.shown.clone());
        let (run, attempt, state) = (before.run, before.attempt + 1, String::new());
        let live = Live { run, attempt, shown, unshown, diagnostics, fault, effect, state };
        Live { state: overlay::state(&live, self.lang), ..live }
    }
}

/// What `work` makes; `None` if it panics, which is a bug and said on the terminal. The server
/// lives on with what it showed before.
fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok()
}

/// Links and feeds lead to where the site is shown.
fn base_url(at: SocketAddr) -> Option<BaseUrl> {
    BaseUrl::parse(&format!("http://{}/", reachable(at)))
}

/// The address that a browser can be told.
fn reachable(at: SocketAddr) -> SocketAddr {
    let any = at.ip().is_unspecified();
    let local = if at.is_ipv6() {
        std::net::Ipv6Addr::LOCALHOST.into()
    } else {
        std::net::Ipv4Addr::LOCALHOST.into()
    };
    let own = || own_addresses().into_iter().find(|ip| ip.is_ipv4() || at.is_ipv6());
    SocketAddr::new(if any { own().unwrap_or(local) } else { at.ip() }, at.port())
}

/// Listens at the port that is wished for; else at the next free one, and which was taken.
async fn listen(wishes: Wishes) -> Result<(TcpListener, Option<u16>), Refused> {
    let ports = match wishes.port {
        Some(port) => port..=port,
        None => PORT..=PORT + PORTS,
    };
    let first = *ports.start();
    for port in ports {
        let at = SocketAddr::new(wishes.interface, port);
        match TcpListener::bind(at).await {
            Ok(listener) => return Ok((listener, (port != first).then_some(first))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(Refused::Address(at, error)),
        }
    }
    Err(Refused::PortTaken(first))
}

#[allow(clippy::unwrap_used)]
#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::page::{Found, find, wait_for};
    use super::*;

    fn live() -> (Kitchen, Live) {
        let files = [
            ("content/site.yaml", "title: 测试专栏\n"),
            ("content/stories/x.md", "---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n---\n正文\n"),
        ];
        let files = files.map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()));
        let sources = crate::load::from_memory(files.to_vec());
        let prepared = pipeline::prepare_sources(sources, &Options::default()).unwrap();
        let shown = Some(Arc::new(Shown::of(prepared)));
        let live = Live {
            run: 1,
            attempt: 1,
            shown,
            unshown: BTreeMap::new(),
            diagnostics: Vec::new(),
            fault: None,
            effect: Effect::Nothing,
            state: String::new(),
        };
        let kitchen = Kitchen {
            root: "/".into(),
            base_url: None,
            lang: Lang::En,
            memory: Memory::default(),
            good: LastGood::default(),
        };
        (kitchen, live)
    }

    #[test]
    fn only_files_of_the_index_wait_for_the_index() {
        let (mut kitchen, live) = live();
        let file = "/search/k/nothing.gz";
        for page in ["/", "/search/", "/search", "/search/search.js", "/stories/2026/x/", "/x/y"] {
            assert!(wait_for(&live, page).now_or_never().is_some(), "{page} waits");
            let found = find(&live, page, Lang::En);
            assert!(!matches!(found, Found::Unreadable(_) | Found::Nothing), "{page}: {found:?}");
        }
        assert!(wait_for(&live, file).now_or_never().is_none());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let waiting = wait_for(&live, file);
            let indexing = async { kitchen.index(&live) };
            futures_util::future::join(waiting, indexing).await;
        });
        let index = live.shown.as_ref().and_then(|shown| shown.search.get()).unwrap();
        let (_, files) = index.as_ref().unwrap();
        for path in files.keys() {
            let found = find(&live, &format!("/{path}"), Lang::En);
            assert!(matches!(&found, Found::Here(served) if served.status == 200), "{path}");
        }
    }

    #[test]
    fn a_panic_is_caught_and_the_next_work_is_done() {
        assert_eq!(caught(|| -> u8 { unreachable!("a campaign that fails") }), None);
        assert_eq!(caught(|| 1), Some(1));
    }

    /// What is caught here and in `http` is caught in a release only if its panics unwind.
    #[test]
    fn a_release_unwinds() {
        let manifest = include_str!("../Cargo.toml");
        assert!(!manifest.contains("panic ="), "the live server would end with one bad page");
    }
}
