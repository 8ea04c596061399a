//! Requests to servers, with patience: what fails for a moment is tried again. The home of ureq and rustls.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::http::{HeaderMap, Request};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Error, SendBody};

use super::store::Trouble;
use crate::base::fault::Fault;
use crate::base::lang::Text;

/// So often something is tried; as long as nobody has ever answered, less often.
const TRIES: u32 = 6;
const FIRST_TRIES: u32 = 3;

/// How long the first pause is; each is twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(400);

/// No server makes us wait for longer than this.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// The longest answer that is read: a manifest of ten million files.
const MOST: u64 = 2 << 30;

/// Who asks.
pub struct Http {
    agent: Agent,
    /// Has anybody answered yet?
    reached: AtomicBool,
}

/// What is asked.
pub struct Call<'a> {
    /// `PUT`
    pub method: &'static str,
    /// The whole address, in ASCII.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: Body<'a>,
}

/// What is sent.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// Nothing.
    Nothing,
    /// These bytes.
    Bytes(&'a [u8]),
    /// A file, so many bytes long. What is called for each piece may stop it.
    File(&'a Path, u64, &'a (dyn Fn() -> Result<(), Trouble> + Sync)),
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A header that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Is it a web page?
    pub fn is_page(&self) -> bool {
        let head = String::from_utf8_lossy(&self.body[..self.body.len().min(512)]).to_lowercase();
        ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.contains(tag))
    }
}

/// What is to be done with an answer.
pub enum Verdict<T> {
    /// It is what was asked for.
    Take(T),
    /// Ask once more: it is busy, which it says so.
    Again(String),
    /// Nothing helps.
    Fail(Trouble),
}

impl Http {
    /// Somebody who asks.
    pub fn new() -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("xianfeng/", env!("CARGO_PKG_VERSION")))
            .timeout_resolve(Some(Duration::from_secs(15)))
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_recv_response(Some(Duration::from_secs(45)))
            // A slow line is no fault, a silent one is.
            .timeout_per_read(Some(Duration::from_secs(60)))
            .timeout_per_write(Some(Duration::from_secs(60)))
            .max_idle_connections(32)
            .max_idle_connections_per_host(32)
            .build();
        Self { agent: config.new_agent(), reached: AtomicBool::new(false) }
    }

    /// Asks until `judge` is content, or patience is at its end. `make` is called for each try, as a
    /// signature is of one moment; `judge` is told whether an earlier try may have arrived.
    pub fn ask<'c, T>(
        &self,
        make: &dyn Fn() -> Result<Call<'c>, Trouble>,
        judge: &dyn Fn(Reply, bool) -> Verdict<T>,
    ) -> Result<T, Trouble> {
        let mut tried = 0;
        loop {
            let call = make()?;
            let method = call.method;
            let wait_for;
            let trouble = match self.once(call) {
                Ok(reply) => {
                    self.reached.store(true, Ordering::Relaxed);
                    wait_for = reply.header("retry-after").and_then(|text| text.parse().ok());
                    let status = reply.status;
                    match status {
                        408 | 429 | 500 | 502 | 503 | 504 if !reply.is_page() || status != 500 => {
                            let said = error_code(&reply).unwrap_or_default();
                            Trouble::Overloaded(format!("HTTP {status} {said}").trim().into())
                        }
                        _ => match judge(reply, tried > 0) {
                            Verdict::Take(value) => return Ok(value),
                            Verdict::Fail(trouble) => return Err(trouble),
                            Verdict::Again(said) => Trouble::Overloaded(said),
                        },
                    }
                }
                Err(Failed::For(trouble)) => return Err(trouble),
                Err(Failed::Now(trouble)) => {
                    wait_for = None;
                    trouble
                }
                // Who has waited for so long waits for the next one, too.
                Err(Failed::Slowly(trouble)) => {
                    wait_for = None;
                    tried += 2;
                    trouble
                }
            };
            tried += 1;
            let tries = if self.reached.load(Ordering::Relaxed) { TRIES } else { FIRST_TRIES };
            if tried >= tries {
                return Err(trouble);
            }
            let pause = PAUSE * 2u32.pow((tried - 1).min(6));
            // Many threads that wait do not all come back at once.
            let apart = xxhash_rust::xxh3::xxh3_64(
                format!("{method}{tried}{:?}", std::thread::current().id()).as_bytes(),
            ) % 100;
            let pause = wait_for.map_or(pause, Duration::from_secs).min(LONGEST_PAUSE);
            std::thread::sleep(pause + pause * apart as u32 / 300);
        }
    }

    fn once(&self, call: Call<'_>) -> Result<Reply, Failed> {
        let mut request = Request::builder().method(call.method).uri(&call.url);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let wrong = |error: ureq::http::Error| Failed::For(Trouble::Answer(error.to_string()));
        let response = match call.body {
            Body::Nothing => {
                // Servers want to be told that nothing follows.
                let request = match call.method {
                    "PUT" | "POST" => request.header("content-length", "0"),
                    _ => request,
                };
                self.agent.run(request.body(()).map_err(wrong)?)
            }
            Body::Bytes(bytes) => self.agent.run(request.body(bytes).map_err(wrong)?),
            Body::File(path, size, tick) => {
                let file = File::open(path)
                    .map_err(|error| Failed::For(Fault::read(path, error).into()))?;
                let mut watched = Watched { file: file.take(size), tick, stopped: None };
                let request = request.header("content-length", size.to_string());
                let body = SendBody::from_reader(&mut watched);
                let response = self.agent.run(request.body(body).map_err(wrong)?);
                if let Some(trouble) = watched.stopped {
                    return Err(Failed::For(trouble));
                }
                response
            }
        };
        let response = response.map_err(failed)?;
        let (parts, mut body) = response.into_parts();
        let body = match call.method {
            "HEAD" => Vec::new(),
            _ => body.with_config().limit(MOST).read_to_vec().map_err(failed)?,
        };
        Ok(Reply { status: parts.status.as_u16(), headers: parts.headers, body })
    }
}

/// The code of an error, as object storages say it.
pub fn error_code(reply: &Reply) -> Option<String> {
    let text = reply.text();
    let from = text.find("<Code>")? + "<Code>".len();
    let code = text[from..].split('<').next()?;
    let is_code = |c: char| c.is_ascii_alphanumeric() || c == '.';
    (!code.is_empty() && code.len() < 60 && code.chars().all(is_code)).then(|| code.to_string())
}

/// Why a try failed.
enum Failed {
    /// It may succeed next time.
    Now(Trouble),
    /// The same, and nobody has said anything for a long time.
    Slowly(Trouble),
    /// It never will.
    For(Trouble),
}

fn failed(error: Error) -> Failed {
    match error {
        Error::Rustls(rustls::Error::InvalidCertificate(why)) => {
            Failed::For(Trouble::Certificate(certificate(&why)))
        }
        Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(rustls::Error::InvalidCertificate(why)) => {
                Failed::For(Trouble::Certificate(certificate(why)))
            }
            _ => Failed::Now(Trouble::Unreachable(unanswered(error.kind(), &error.to_string()))),
        },
        Error::Timeout(_) => {
            let why = unanswered(io::ErrorKind::TimedOut, &error.to_string());
            Failed::Slowly(Trouble::Unreachable(why))
        }
        Error::BadUri(text) => Failed::For(Trouble::Answer(text)),
        Error::TlsRequired | Error::InvalidProxyUrl => {
            Failed::For(Trouble::Unreachable(unanswered(io::ErrorKind::Other, &error.to_string())))
        }
        Error::HostNotFound => {
            Failed::Now(Trouble::Unreachable(unanswered(io::ErrorKind::Other, UNKNOWN_HOST)))
        }
        error => {
            Failed::Now(Trouble::Unreachable(unanswered(io::ErrorKind::Other, &error.to_string())))
        }
    }
}

/// What systems say of a host whose address nobody knows, all of them with this word.
const UNKNOWN_HOST: &str = "lookup";

/// Why nobody has answered; what has no Chinese here keeps the system's words.
fn unanswered(kind: io::ErrorKind, said: &str) -> Text {
    use io::ErrorKind::*;
    let (zh, en) = match kind {
        ConnectionRefused => ("那台主机拒绝连接", "the host refuses to connect"),
        ConnectionReset | ConnectionAborted | BrokenPipe | UnexpectedEof => {
            ("连接断了", "the connection broke")
        }
        HostUnreachable | NetworkUnreachable | NetworkDown => {
            ("没有到那台主机的网络", "no network leads to the host")
        }
        TimedOut => ("等了很久，没有回音", "no answer for a long time"),
        _ if said.contains(UNKNOWN_HOST) => ("找不到这台主机", "the host is not known"),
        _ => (said, said),
    };
    Text { zh: zh.into(), en: en.into() }
}

fn certificate(why: &rustls::CertificateError) -> Text {
    use rustls::CertificateError::*;
    let other = why.to_string();
    let (zh, en) = match why {
        Expired | ExpiredContext { .. } => ("已过期", "expired"),
        NotValidYet | NotValidYetContext { .. } => ("还没有生效", "not valid yet"),
        NotValidForName | NotValidForNameContext { .. } => ("是别的主机的", "for another host"),
        UnknownIssuer => ("不知道是谁签发的", "unknown issuer"),
        _ => (&*other, &*other),
    };
    Text { zh: zh.into(), en: en.into() }
}

/// A file that is sent, while others are told that somebody is at it.
struct Watched<'a> {
    file: io::Take<File>,
    tick: &'a (dyn Fn() -> Result<(), Trouble> + Sync),
    stopped: Option<Trouble>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Err(trouble) = (self.tick)() {
            self.stopped = Some(trouble);
            return Err(io::Error::other("stopped"));
        }
        self.file.read(buffer)
    }
}
