//! Chromium, started once and shared by the tests that run at the same time.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};
use std::{env, thread};

use serde_json::json;
use tempfile::TempDir;

use super::page::Page;
use super::wire::{PATIENCE, Wire};

/// A running Chromium. It leaves, and its profile with it, when the last test lets it go.
pub struct Browser {
    wire: Arc<Wire>,
    child: Mutex<Child>,
    _profile: TempDir,
}

/// Quiet, with nothing of its own to fetch; the last keeps every request on this machine.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--lang=zh-CN",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

impl Browser {
    /// The one Chromium of the tests that run now.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Browser>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(browser) = shared.upgrade() {
            return browser;
        }
        let browser = Arc::new(Self::start());
        *shared = Arc::downgrade(&browser);
        browser
    }

    fn start() -> Self {
        let program = env::var("CHROMIUM").unwrap_or_else(|_| "chromium".into());
        let found = Command::new(&program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(
            found.is_ok_and(|status| status.success()),
            "the browser tests need Chromium: {program} does not run. tests/run installs it; \
             or set CHROMIUM to the program"
        );
        let profile = tempfile::Builder::new()
            .prefix("chromium")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .unwrap();
        // Chromium reads commands from descriptor 3 and answers on 4.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, &program])
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let wire = Wire::new(child.stdin.take().unwrap(), child.stdout.take().unwrap());
        wire.call(None, "Browser.getVersion", json!({})).unwrap();
        Self { wire, child: Mutex::new(child), _profile: profile }
    }

    /// A new page, with nothing kept from others, at 1280 × 900.
    pub fn page(self: &Arc<Self>) -> Page {
        Page::new(Arc::clone(self), Arc::clone(&self.wire))
    }

    /// A new page that has loaded `url`.
    #[track_caller]
    pub fn open(self: &Arc<Self>, url: &str) -> Page {
        let page = self.page();
        page.goto(url);
        page
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.wire.call(None, "Browser.close", json!({}));
        let child = self.child.get_mut().unwrap();
        let start = Instant::now();
        while start.elapsed() < PATIENCE / 3 {
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
}
