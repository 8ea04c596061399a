//! Servers that others wrote: a shared one for all rooms of this module, and how they are started.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
#[cfg(feature = "deploy")]
use std::sync::OnceLock;

use crate::outside_tools::tools;

/// A port of this machine at which nobody answers: one that was free a moment ago may be another test's.
pub const NOBODY: u16 = 1;

/// A server that ends with the test, as its standard input does.
pub struct Server {
    pub port: u16,
    #[cfg_attr(not(feature = "deploy"), expect(dead_code, reason = "storage needs them"))]
    pub keys: (String, String),
    _child: Child,
}

impl Server {
    /// Starts one; `None`, and a word, where there are no tools.
    pub fn start(what: &[&str]) -> Option<Self> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/deploys/server.py");
        let mut child = Command::new(tools()?.join("python"))
            .arg(script)
            .args(what)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let mut words = line.split_whitespace().map(str::to_string);
        let port = words.next().expect("the server has not started").parse().unwrap();
        let keys = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        Some(Self { port, keys, _child: child })
    }

    /// The storage that all tests share, each with a prefix of its own.
    #[cfg(feature = "deploy")]
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(&["storage"])).as_ref()
    }
}
