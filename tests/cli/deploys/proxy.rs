//! A proxy that does to requests what networks and servers do, and remembers what was asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to a request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It is answered.
    Nothing,
    /// The line breaks before it arrives.
    Reset,
    /// It arrives, and the line breaks before the answer.
    AnswerLost,
    /// The answer ends in the middle.
    AnswerCut,
    /// This is answered in place of it: a status, a header, and a body.
    Answer(u16, &'static str, &'static str),
    /// It is asked for pages of this length.
    ShortPages(usize),
    /// It arrives late.
    Late(Duration),
    /// It arrives when this says so.
    Held(Arc<AtomicBool>),
}

/// Of a request: its method, its path with the query, and how many came before with both the same.
pub type Rule = dyn Fn(&str, &str, usize) -> Fault + Send + Sync;

/// The proxy.
pub struct Proxy {
    pub port: u16,
    seen: Arc<Mutex<Vec<(String, String)>>>,
}

impl Proxy {
    /// A proxy before the server at a port of this machine. It ends with the process.
    pub fn before(
        server: u16,
        rule: impl Fn(&str, &str, usize) -> Fault + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (rule, log): (Arc<Rule>, _) = (Arc::new(rule), seen.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (rule, log) = (rule.clone(), log.clone());
                std::thread::spawn(move || {
                    let _ = pass(client, server, &*rule, &log);
                });
            }
        });
        Self { port, seen }
    }

    /// What was asked so far; from now on it counts anew.
    pub fn asked(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

fn pass(
    mut client: TcpStream,
    server: u16,
    rule: &Rule,
    log: &Mutex<Vec<(String, String)>>,
) -> std::io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(30)))?;
    let (head, body) = message(&mut client, false)?;
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let before = {
        let mut log = log.lock().unwrap();
        let asked = (method.to_string(), path.to_string());
        let before = log.iter().filter(|known| **known == asked).count();
        log.push(asked);
        before
    };
    let fault = rule(method, path, before);
    let mut head = head.clone();
    match &fault {
        Fault::Reset => return Ok(()),
        Fault::Answer(status, header, text) => {
            let length = text.len();
            return write!(
                client,
                "HTTP/1.1 {status} X\r\n{header}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}"
            );
        }
        Fault::Late(time) => std::thread::sleep(*time),
        Fault::Held(go) => {
            while !go.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        Fault::ShortPages(length) => {
            head = head.replace("max-keys=1000", &format!("max-keys={length}"));
        }
        _ => {}
    }
    let mut upstream = TcpStream::connect(("127.0.0.1", server))?;
    let (first, rest) = head.split_once("\r\n").unwrap_or((&head, ""));
    upstream.write_all(format!("{first}\r\nConnection: close\r\n{rest}").as_bytes())?;
    upstream.write_all(&body)?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    match fault {
        Fault::AnswerLost => Ok(()),
        Fault::AnswerCut => client.write_all(&answer[..answer.len().saturating_sub(5)]),
        _ => client.write_all(&answer),
    }
}

/// A request, or an answer: its head with the empty line, and its body.
fn message(stream: &mut TcpStream, has_no_body: bool) -> std::io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut one)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.push(one[0]);
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    let mut body = vec![0; if has_no_body { 0 } else { length.unwrap_or(0) }];
    stream.read_exact(&mut body)?;
    Ok((head, body))
}

/// Asks for something as a stranger, who may do all in the tests' bucket: status, headers in lower case, body.
pub fn get(port: u16, method: &str, path: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let length = body.len();
    // moto lets nobody remove anything without a key, and takes any; Ceph takes none but its own.
    let key = match std::env::var_os("XIANFENG_STORAGE") {
        Some(_) => "",
        None => {
            "Authorization: AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request, \
             SignedHeaders=host, Signature=any\r\n"
        }
    };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{key}\
         Content-Type: application/octet-stream\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let (head, body) = message(&mut stream, method == "HEAD").unwrap_or_default();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, head.to_lowercase(), body)
}
