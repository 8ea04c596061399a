//! Requests and answers. The home of axum.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::net::SocketAddr;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes as Chunk};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use futures_util::stream::{self, Stream};
use tokio::net::TcpListener;
use tokio::sync::watch as latest;

use super::conditions::{Conditions, Part};
use super::page::{Bytes, Found, OWN, Served, find, wait_for};
use super::{Live, hosts};
use crate::base::lang::{Lang, Text};
use crate::diagnostic::Diagnostic;

/// The header that names a page as a build would write it: see `live.js`.
const PAGE: HeaderName = HeaderName::from_static("xianfeng-page");

/// A page whose server has gone asks for it again after this time.
const AGAIN: Duration = Duration::from_millis(500);

/// So much of a file is read at once.
const CHUNK: u64 = 64 << 10;

/// Told of pages that cannot be rendered.
type Tell = Box<dyn Fn(&[Diagnostic]) + Send + Sync>;

/// All that a request needs.
pub(super) struct Shop {
    live: latest::Receiver<Arc<Live>>,
    at: SocketAddr,
    lang: Lang,
    tell: Tell,
    /// The failures that were told, and of which version: one page that fails is often
    /// asked for again.
    told: Mutex<(String, BTreeSet<String>)>,
}

impl Shop {
    /// A shop for what is live, at an address, that speaks this language.
    pub fn new(
        live: latest::Receiver<Arc<Live>>,
        at: SocketAddr,
        lang: Lang,
        tell: Tell,
    ) -> Arc<Self> {
        Arc::new(Self { live, at, lang, tell, told: Mutex::default() })
    }
}

/// Answers requests until Ctrl-C.
pub(super) async fn serve(listener: TcpListener, shop: Arc<Shop>) -> io::Result<()> {
    let router = Router::new().fallback(answer).with_state(shop);
    // A page is one small answer: there is nothing to wait for.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let server = axum::serve(listener, router).into_future();
    let stop = tokio::signal::ctrl_c();
    match futures_util::future::select(Box::pin(server), Box::pin(stop)).await {
        futures_util::future::Either::Left((served, _)) => served,
        futures_util::future::Either::Right((stopped, _)) => stopped,
    }
}

async fn answer(State(shop): State<Arc<Shop>>, request: Request) -> Response {
    if !names_us(&request, shop.at) {
        return refused(&shop);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        let text =
            Text { zh: "这里只能看，不能改。".into(), en: "Only GET and HEAD.".into() };
        return (allow, plain(StatusCode::METHOD_NOT_ALLOWED, &text)).into_response();
    }
    if request.uri().path().strip_prefix(OWN) == Some("events") {
        return events(&shop).into_response();
    }
    let live = Arc::clone(&shop.live.borrow());
    wait_for(&live, request.uri().path()).await;
    rendered(move || page(&shop, &live, &request)).await
}

/// What `render` answers, beside all other requests: rendering keeps a core busy. A panic is a
/// bug, and said on the terminal; it is the answer to this request alone.
async fn rendered(render: impl FnOnce() -> Response + Send + 'static) -> Response {
    tokio::task::spawn_blocking(render).await.unwrap_or_else(|_| {
        let text = Text {
            zh: "程序出错，生成不了这一页，别的网页不受影响。请把终端里的英文信息告诉开发者。"
                .into(),
            en: "A bug in xianfeng: this page cannot be rendered; others are not affected. The \
                 terminal says more."
                .into(),
        };
        plain(StatusCode::INTERNAL_SERVER_ERROR, &text)
    })
}

/// Does the request name this machine, in every place where it can name one?
fn names_us(request: &Request, at: SocketAddr) -> bool {
    let hosts = request.headers().get_all(header::HOST);
    let written = hosts.iter().map(|host| host.to_str().ok());
    let named: Vec<Option<&str>> =
        written.chain(request.uri().authority().map(|all| Some(all.as_str()))).collect();
    !named.is_empty() && named.iter().all(|host| host.is_some_and(|host| hosts::is_ours(host, at)))
}

fn refused(shop: &Shop) -> Response {
    let ours = super::reachable(shop.at);
    plain(
        StatusCode::MISDIRECTED_REQUEST,
        &Text {
            zh: format!("这个网址不是本机的预览网址。请打开 http://{ours}/"),
            en: format!("This address is not one of this preview. Open http://{ours}/"),
        },
    )
}

/// A short text in both languages: there is no page, and no telling who reads it.
fn plain(status: StatusCode, text: &Text) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, kind, format!("{}\n{}\n", text.zh, text.en)).into_response()
}

/// The versions from now on, as they come; one that is skipped is not missed, as each tells
/// all that a page must know.
fn events(shop: &Shop) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let mut live = shop.live.clone();
    live.mark_changed();
    let events = stream::unfold(live, |mut live| async move {
        live.changed().await.ok()?;
        let event = Event::default().retry(AGAIN).data(&live.borrow_and_update().state);
        Some((Ok(event), live))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn page(shop: &Shop, live: &Live, request: &Request) -> Response {
    match find(live, request.uri().path(), shop.lang) {
        Found::Here(served) => respond(served, request),
        Found::Failed(served, failures) => {
            tell(shop, live, &failures);
            respond(served, request)
        }
        Found::Elsewhere(path) => {
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            let to = [(header::LOCATION, format!("{path}{query}"))];
            (StatusCode::TEMPORARY_REDIRECT, to).into_response()
        }
        Found::Nothing => plain(
            StatusCode::NOT_FOUND,
            &Text { zh: "这里什么也没有。".into(), en: "There is nothing here.".into() },
        ),
        Found::Unreadable(fault) => plain(StatusCode::INTERNAL_SERVER_ERROR, &fault.message()),
    }
}

/// Tells of failures, once for each version.
fn tell(shop: &Shop, live: &Live, failures: &[Diagnostic]) {
    let mut told = shop.told.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if told.0 != live.version() {
        *told = (live.version(), BTreeSet::new());
    }
    let mut new = false;
    for failure in failures {
        new |= told.1.insert(format!("{:?} {}", failure.place, failure.message.en));
    }
    if new {
        (shop.tell)(failures);
    }
}

fn respond(served: Served, request: &Request) -> Response {
    let length = served.bytes.length();
    let part = match served.status {
        200 => conditions(request).part(&served.tag, length),
        _ => Part::Whole,
    };
    let status = match part {
        Part::Whole => StatusCode::from_u16(served.status).unwrap_or_default(),
        Part::Unchanged => StatusCode::NOT_MODIFIED,
        Part::Some(_) => StatusCode::PARTIAL_CONTENT,
        Part::Outside => StatusCode::RANGE_NOT_SATISFIABLE,
    };
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, served.kind);
    set(header::ETAG, &served.tag);
    // Kept, and asked for again each time: it may have changed.
    set(header::CACHE_CONTROL, "no-cache");
    set(header::ACCEPT_RANGES, "bytes");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Drafts are nobody else's: no other site may show what is here.
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if let Some(page) = &served.page {
        set(PAGE, page);
    }
    let range = match part {
        Part::Whole => 0..length,
        Part::Some(range) => {
            let last = range.end - 1;
            set(header::CONTENT_RANGE, &format!("bytes {}-{last}/{length}", range.start));
            range
        }
        Part::Outside => {
            set(header::CONTENT_RANGE, &format!("bytes */{length}"));
            0..0
        }
        Part::Unchanged => return (status, headers).into_response(),
    };
    set(header::CONTENT_LENGTH, &(range.end - range.start).to_string());
    if request.method() == Method::HEAD {
        return (status, headers).into_response();
    }
    match body(served.bytes, range) {
        Ok(body) => (status, headers, body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn conditions(request: &Request) -> Conditions {
    let text = |name: HeaderName| {
        let values = request.headers().get_all(name).iter();
        let all: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        (!all.is_empty()).then(|| all.join(", "))
    };
    Conditions {
        none_match: text(header::IF_NONE_MATCH),
        // Of a part only GET knows.
        range: text(header::RANGE).filter(|_| request.method() == Method::GET),
        if_range: text(header::IF_RANGE),
    }
}

fn body(bytes: Bytes, range: Range<u64>) -> io::Result<Body> {
    match bytes {
        Bytes::Memory(bytes) => {
            let range = range.start as usize..range.end as usize;
            Ok(Chunk::from(bytes).slice(range).into())
        }
        Bytes::File(path, _) => file(&path, range),
    }
}

/// A part of a file, read as the browser takes it: a video is never in memory as a whole.
fn file(path: &Path, range: Range<u64>) -> io::Result<Body> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(range.start))?;
    let left = range.end - range.start;
    Ok(Body::from_stream(stream::unfold(Some((file, left)), |rest| async move {
        let (mut file, left) = rest.filter(|(_, left)| *left > 0)?;
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; left.min(CHUNK) as usize];
            file.read_exact(&mut chunk).map(|()| (Chunk::from(chunk), file))
        });
        let read = read.await.unwrap_or_else(|error| Err(io::Error::other(error)));
        match read {
            Ok((chunk, file)) => {
                let left = left - chunk.len() as u64;
                Some((Ok(chunk), Some((file, left))))
            }
            Err(error) => Some((Err(error), None)),
        }
    })))
}

#[allow(clippy::unwrap_used)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_the_answer_to_one_request_alone() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let status = |render: fn() -> Response| runtime.block_on(rendered(render)).status();
        assert_eq!(status(|| unreachable!("a page that fails")), 500);
        assert_eq!(status(|| StatusCode::OK.into_response()), 200);
    }
}
