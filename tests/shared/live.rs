//! `xianfeng serve`, running for as long as a test needs it, and a client as plain as a
//! socket: what it sends is what the test wrote.
#![allow(dead_code)] // Two families of tests share it, and each uses a part.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take: a loaded machine is slow, not wrong.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it is killed when the test lets it go.
pub struct Live {
    child: Child,
    pub port: u16,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Live {
    /// Starts a server that was told all but its port, and waits until it says where it is.
    #[track_caller]
    pub fn start(command: Command) -> Self {
        Self::try_start(command).unwrap_or_else(|said| panic!("it did not start: {said}"))
    }

    /// Like `start`; what it said where it ends at once.
    pub fn try_start(mut command: Command) -> Result<Self, String> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, lines) = collect(child.stdout.take().unwrap());
        let (err, _) = collect(child.stderr.take().unwrap());
        let end = Instant::now() + PATIENCE;
        // The address is the sign that it answers.
        while let Ok(line) = lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            let local = line.split("http://127.0.0.1:").nth(1);
            if let Some(port) = local.and_then(|rest| rest.split('/').next()) {
                return Ok(Self { child, port: port.parse().unwrap(), out, err });
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        let said = format!("{}{}", out.lock().unwrap(), err.lock().unwrap());
        Err(said)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn out(&self) -> String {
        self.out.lock().unwrap().clone()
    }

    pub fn err(&self) -> String {
        self.err.lock().unwrap().clone()
    }

    /// Sends these bytes on a connection of their own; all that comes back.
    pub fn send(&self, request: impl AsRef<[u8]>) -> Vec<u8> {
        let mut stream = self.connect();
        // It may refuse before all is sent, and close.
        let _ = stream.write_all(request.as_ref());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// A request with these header lines, each ended by `\r\n`, besides `Host`.
    #[track_caller]
    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = format!("Host: 127.0.0.1:{}\r\n", self.port);
        Answer::read(
            &self.send(format!(
                "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"
            )),
        )
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Asks again and again until the answer is what is waited for.
    #[track_caller]
    pub fn until(&self, path: &str, what: impl Fn(&Answer) -> bool) -> Answer {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if what(&answer) {
                return answer;
            }
            assert!(
                Instant::now() < end,
                "{path} stayed {} {}\nstdout: {}\nstderr: {}",
                answer.status,
                answer.text(),
                self.out(),
                self.err()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until stdout holds this.
    #[track_caller]
    pub fn says(&self, what: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.out().contains(what) {
            assert!(Instant::now() < end, "never said {what}: {}{}", self.out(), self.err());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Listens to the events; each one's data.
    pub fn events(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /.xianfeng/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port)
            .unwrap();
        Events(BufReader::new(stream))
    }

    /// Ends it as Ctrl-C does; the exit code.
    #[cfg(unix)]
    #[track_caller]
    pub fn interrupt(&mut self) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            assert!(Instant::now() < end, "it goes on after Ctrl-C");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(stream: impl Read + Send + 'static) -> (Arc<Mutex<String>>, Receiver<String>) {
    let text = Arc::new(Mutex::new(String::new()));
    let (sender, lines) = channel();
    let copy = Arc::clone(&text);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { return };
            copy.lock().unwrap().push_str(&format!("{line}\n"));
            let _ = sender.send(line);
        }
    });
    (text, lines)
}

impl Answer {
    #[track_caller]
    pub fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(bytes)));
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_lowercase(), value.trim().to_string())
        });
        Self { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }
}

/// The events of a server.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// The data of the next event.
    #[track_caller]
    pub fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the events ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}
