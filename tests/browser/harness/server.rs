//! A file server for a built site, as plain as an office's: on 127.0.0.1, GET only.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, thread};

use percent_encoding::percent_decode_str;

const NEVER_KEPT: &str = "Cache-Control: no-store\r\n";

/// Serves a folder until it is dropped.
pub struct Server {
    address: SocketAddr,
    mount: String,
    stop: Arc<AtomicBool>,
}

#[derive(Clone)]
struct Shop {
    folder: PathBuf,
    mount: String,
    headers: String,
}

impl Server {
    /// Serves the folder at `/`.
    pub fn of(folder: &Path) -> Self {
        Self::start(folder, "/", NEVER_KEPT)
    }

    /// Serves the folder at `/`, and lets browsers keep what they get, as this header says.
    pub fn kept(folder: &Path, header: &str) -> Self {
        Self::start(folder, "/", header)
    }

    /// Serves the folder below a path such as `/zhuanlan/`, and nothing beside it.
    pub fn below(mount: &str, folder: &Path) -> Self {
        Self::start(folder, mount, NEVER_KEPT)
    }

    /// Serves the folder at `/` under the strictest policy an office may set.
    pub fn strict(folder: &Path) -> Self {
        Self::start(
            folder,
            "/",
            "Content-Security-Policy: default-src 'self'\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n",
        )
    }

    fn start(folder: &Path, mount: &str, headers: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let shop = Shop {
            folder: folder.to_owned(),
            mount: mount.to_owned(),
            headers: headers.to_owned(),
        };
        let stopped = Arc::clone(&stop);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let shop = shop.clone();
                thread::spawn(move || stream.and_then(|stream| shop.answer(stream)));
            }
        });
        Self { address, mount: mount.to_owned(), stop }
    }

    /// The whole address of a path of the site: `/` is its home, wherever it is mounted.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{}{}", self.address, self.mount, path.strip_prefix('/').unwrap_or(path))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

impl Shop {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut first = String::new();
        reader.read_line(&mut first)?;
        let mut line = String::new();
        while reader.read_line(&mut line)? > 2 {
            line.clear();
        }
        let path = first.split(' ').nth(1).unwrap_or("/").split(['?', '#']).next().unwrap_or("/");
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let (status, kind, body) = self.find(&path);
        let length = body.len();
        let headers = &self.headers;
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n"
        )?;
        stream.write_all(&body)
    }

    /// A path that ends in `/` is its `index.html`; a folder without the slash is not found,
    /// because every address of a site is to be written as it is.
    fn find(&self, path: &str) -> (&'static str, &'static str, Vec<u8>) {
        if let Some(inside) = path
            .strip_prefix(&self.mount)
            .filter(|inside| !inside.split('/').any(|part| part == ".."))
        {
            let mut file = self.folder.join(inside);
            if inside.is_empty() || inside.ends_with('/') {
                file.push("index.html");
            }
            if let Ok(body) = fs::read(&file) {
                return ("200 OK", kind(&file), body);
            }
            if let Ok(body) = fs::read(self.folder.join("404.html")) {
                return ("404 Not Found", "text/html; charset=utf-8", body);
            }
        }
        ("404 Not Found", "text/plain", b"not here".to_vec())
    }
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("gif") => "image/gif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}
