//! The DevTools protocol over Chromium's pipe: JSON messages, each ended by a zero byte.
//! No port, no WebSocket; and Chromium leaves when the pipe closes, however a test ends.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long anything may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Both directions of the pipe.
pub struct Wire {
    writer: Mutex<ChildStdin>,
    next: AtomicU64,
    waiting: Mutex<HashMap<u64, Sender<Value>>>,
    listeners: Mutex<HashMap<String, Sender<Value>>>,
}

impl Wire {
    pub fn new(writer: ChildStdin, reader: ChildStdout) -> Arc<Self> {
        let wire = Arc::new(Self {
            writer: Mutex::new(writer),
            next: AtomicU64::new(1),
            waiting: Mutex::default(),
            listeners: Mutex::default(),
        });
        let weak = Arc::downgrade(&wire);
        thread::spawn(move || {
            let mut reader = BufReader::new(reader);
            let mut message = Vec::new();
            while reader.read_until(0, &mut message).is_ok_and(|length| length > 0) {
                let Some(wire) = weak.upgrade() else { return };
                message.pop();
                wire.take(serde_json::from_slice(&message).unwrap());
                message.clear();
            }
            // Chromium has left: nobody shall wait for it.
            if let Some(wire) = weak.upgrade() {
                wire.waiting.lock().unwrap().clear();
                wire.listeners.lock().unwrap().clear();
            }
        });
        wire
    }

    fn take(&self, message: Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(sender) = self.waiting.lock().unwrap().remove(&id) {
                let _ = sender.send(message);
            }
        } else if let Some(session) = message["sessionId"].as_str()
            && let Some(sender) = self.listeners.lock().unwrap().get(session)
        {
            let _ = sender.send(message);
        }
    }

    /// The events of a session from now on.
    pub fn listen(&self, session: &str) -> Receiver<Value> {
        let (sender, receiver) = channel();
        self.listeners.lock().unwrap().insert(session.into(), sender);
        receiver
    }

    pub fn forget(&self, session: &str) {
        self.listeners.lock().unwrap().remove(session);
    }

    /// Calls a method of the browser, or of a page's session, and waits for its answer.
    pub fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = channel();
        self.waiting.lock().unwrap().insert(id, sender);
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.writer
            .lock()
            .unwrap()
            .write_all(&bytes)
            .map_err(|error| format!("Chromium has left: {error}"))?;
        let mut answer = receiver
            .recv_timeout(PATIENCE)
            .map_err(|error| format!("{method}: no answer: {error}"))?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}")),
            None => Ok(answer["result"].take()),
        }
    }
}
