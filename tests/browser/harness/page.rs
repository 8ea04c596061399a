//! One page: go somewhere, look, press, click; what it asked for and complained of.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::browser::Browser;
use super::wire::{PATIENCE, Wire};

/// A tab of its own, closed when dropped.
pub struct Page {
    wire: Arc<Wire>,
    context: String,
    session: String,
    events: Receiver<Value>,
    seen: RefCell<Vec<Value>>,
    // Dropped last: the browser may leave with it.
    _browser: Arc<Browser>,
}

/// Something that the page asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub url: String,
    /// The status of the answer, where there was one.
    pub status: Option<u64>,
    /// Why there was none.
    pub failed: Option<String>,
}

impl Page {
    pub(super) fn new(browser: Arc<Browser>, wire: Arc<Wire>) -> Self {
        let call = |method, params| wire.call(None, method, params).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let context = text(&call("Target.createBrowserContext", json!({}))["browserContextId"]);
        let target =
            call("Target.createTarget", json!({"url": "about:blank", "browserContextId": context}));
        let target = text(&target["targetId"]);
        let session = call("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        let session = text(&session["sessionId"]);
        let events = wire.listen(&session);
        let page =
            Self { wire, context, session, events, seen: RefCell::default(), _browser: browser };
        for domain in ["Page", "Network", "Runtime", "Log"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page.call("Page.setLifecycleEventsEnabled", json!({"enabled": true}));
        page.emulate_media("screen", &[]);
        page.at_size(1280, 900);
        page
    }

    /// Any method of the DevTools protocol.
    #[track_caller]
    pub fn call(&self, method: &str, params: Value) -> Value {
        self.wire
            .call(Some(&self.session), method, params)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Allows what a person would be asked about.
    #[track_caller]
    pub fn allow(&self, permissions: &[&str]) -> &Self {
        let params = json!({"browserContextId": self.context, "permissions": permissions});
        self.call("Browser.grantPermissions", params);
        self
    }

    /// Loads an address and waits until it has loaded. Earlier requests and errors are forgotten.
    #[track_caller]
    pub fn goto(&self, url: &str) -> &Self {
        self.drain();
        self.seen.borrow_mut().clear();
        let answer = self.call("Page.navigate", json!({"url": url}));
        if let Some(error) = answer["errorText"].as_str() {
            panic!("{url}: {error}");
        }
        let loader = &answer["loaderId"];
        if loader.is_string() {
            self.wait_for_event(url, |event| {
                event["method"] == "Page.lifecycleEvent"
                    && event["params"]["name"] == "load"
                    && event["params"]["loaderId"] == *loader
            });
        }
        self
    }

    #[track_caller]
    fn wait_for_event(&self, what: &str, is: impl Fn(&Value) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !self.seen.borrow().iter().any(&is) {
            match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(event) => self.seen.borrow_mut().push(event),
                Err(RecvTimeoutError::Timeout) => panic!("{what}: not loaded after {PATIENCE:?}"),
                Err(RecvTimeoutError::Disconnected) => panic!("{what}: Chromium has left"),
            }
        }
    }

    fn drain(&self) {
        self.seen.borrow_mut().extend(self.events.try_iter());
    }

    /// The value of a JavaScript expression (or of its promise), wherever the page stands.
    #[track_caller]
    pub fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value =
            self.try_eval(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
        serde_json::from_value(value.clone())
            .unwrap_or_else(|error| panic!("{expression} = {value}: {error}"))
    }

    fn try_eval(&self, expression: &str) -> Result<Value, String> {
        let params = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let mut answer = self.wire.call(Some(&self.session), "Runtime.evaluate", params)?;
        match answer.get("exceptionDetails") {
            Some(details) => {
                Err(details["exception"]["description"].as_str().unwrap_or("thrown").to_owned())
            }
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// Waits until a condition holds, also across a change of the page.
    #[track_caller]
    pub fn wait_for(&self, condition: &str) -> &Self {
        let end = Instant::now() + PATIENCE;
        while self.try_eval(condition) != Ok(Value::Bool(true)) {
            if Instant::now() > end {
                panic!("waited in vain for {condition} at {:?}", self.try_eval("location.href"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        self
    }

    /// Waits until the page is at an address that holds `part`, and has loaded.
    #[track_caller]
    pub fn arrives_at(&self, part: &str) -> &Self {
        let part = Value::from(part);
        self.wait_for(&format!(
            "location.href.includes({part}) && document.readyState === 'complete'"
        ))
    }

    pub fn at_width(&self, width: u32) -> &Self {
        self.at_size(width, 900)
    }

    pub fn at_size(&self, width: u32, height: u32) -> &Self {
        let params =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", params);
        self
    }

    /// `screen` or `print`, with features such as `("prefers-color-scheme", "dark")`. Motion
    /// is always reduced, so that nothing is measured on its way.
    pub fn emulate_media(&self, media: &str, features: &[(&str, &str)]) -> &Self {
        let still = [("prefers-reduced-motion", "reduce")];
        let features: Vec<Value> = still
            .iter()
            .chain(features)
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        self.call("Emulation.setEmulatedMedia", json!({"media": media, "features": features}));
        self
    }

    /// The page's own scripts do not run from now on; `eval` still does.
    pub fn without_scripts(&self) -> &Self {
        self.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
        self
    }

    /// Requests for these addresses (`*` for anything) fail from now on.
    pub fn block(&self, patterns: &[&str]) -> &Self {
        self.call("Network.setBlockedURLs", json!({"urls": patterns}));
        self
    }

    /// Presses a key: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `/` or any other character.
    #[track_caller]
    pub fn press(&self, key: &str) -> &Self {
        let (modifiers, key) = key.strip_prefix("Shift+").map_or((0, key), |key| (8, key));
        let (code, text) = match key {
            "Tab" => (9, None),
            "Enter" => (13, Some("\r")),
            "Escape" => (27, None),
            "ArrowLeft" => (37, None),
            "ArrowUp" => (38, None),
            "ArrowRight" => (39, None),
            "ArrowDown" => (40, None),
            _ if key.chars().count() == 1 => (0, Some(key)),
            _ => panic!("no key {key}"),
        };
        let mut event = json!({"type": "keyDown", "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers});
        if let Some(text) = text {
            event["text"] = text.into();
        }
        self.call("Input.dispatchKeyEvent", event);
        let up = json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers});
        self.call("Input.dispatchKeyEvent", up);
        self
    }

    /// Clicks the middle of the first element that fits, with the mouse.
    #[track_caller]
    pub fn click(&self, selector: &str) -> &Self {
        let (x, y): (f64, f64) = self.eval(&format!(
            "(() => {{ const element = document.querySelector({});
              element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
              const box = element.getClientRects()[0];
              return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            Value::from(selector)
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event);
        }
        self
    }

    /// The whole page as a PNG file, to be looked at.
    pub fn screenshot(&self, path: &Path) {
        let answer = self.call("Page.captureScreenshot", json!({"captureBeyondViewport": true}));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, from_base64(answer["data"].as_str().unwrap())).unwrap();
    }

    /// What the page has asked for since `goto`, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.drain();
        let mut requests: Vec<(Value, Request)> = Vec::new();
        for event in self.seen.borrow().iter() {
            let (method, params) = (event["method"].as_str().unwrap_or_default(), &event["params"]);
            let id = &params["requestId"];
            let known = requests.iter_mut().rev().find(|(known, _)| known == id);
            match (method, known) {
                ("Network.requestWillBeSent", known) => {
                    if let Some((_, before)) = known {
                        before.status = params["redirectResponse"]["status"].as_u64();
                    }
                    let url = params["request"]["url"].as_str().unwrap_or_default().to_owned();
                    requests.push((id.clone(), Request { url, status: None, failed: None }));
                }
                ("Network.responseReceived", Some((_, request))) => {
                    request.status = params["response"]["status"].as_u64();
                }
                ("Network.loadingFailed", Some((_, request))) => {
                    request.failed =
                        Some(params["errorText"].as_str().unwrap_or("failed").to_owned());
                }
                _ => {}
            }
        }
        requests.into_iter().map(|(_, request)| request).collect()
    }

    /// Errors, warnings and refusals that the page has put on the console since `goto`.
    pub fn console_errors(&self) -> Vec<String> {
        self.drain();
        let grave = |level: &Value| matches!(level.as_str(), Some("error" | "warning" | "assert"));
        let complaint = |event: &Value| {
            let params = &event["params"];
            match event["method"].as_str()? {
                "Runtime.exceptionThrown" => Some(params["exceptionDetails"].to_string()),
                "Runtime.consoleAPICalled" if grave(&params["type"]) => {
                    Some(params["args"].to_string())
                }
                "Log.entryAdded" if grave(&params["entry"]["level"]) => {
                    let entry = &params["entry"];
                    Some(format!(
                        "{}: {}",
                        entry["text"].as_str()?,
                        entry["url"].as_str().unwrap_or_default()
                    ))
                }
                _ => None,
            }
        };
        self.seen.borrow().iter().filter_map(complaint).collect()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.wire.forget(&self.session);
        let _ = self.wire.call(
            None,
            "Target.disposeBrowserContext",
            json!({"browserContextId": self.context}),
        );
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |byte| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'=').map(value).collect();
    let group = |group: &[u8]| {
        let bits = group.iter().fold(0u32, |bits, digit| bits << 6 | u32::from(*digit))
            << (6 * (4 - group.len()));
        bits.to_be_bytes()[1..group.len()].to_vec()
    };
    digits.chunks(4).flat_map(group).collect()
}
