//! A client: the server as a process, messages there and back. It shares no code with the server.

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longer than this nothing may take, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(120);

/// A session.
pub(crate) struct Client {
    process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    waiting: VecDeque<Value>,
    id: i64,
}

impl Client {
    /// Starts the server in a folder.
    pub(crate) fn start(folder: &Path) -> Client {
        let mut process = Command::new(env!("CARGO_BIN_EXE_assess"))
            .args(["lsp", "--stdio"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let output = process.stdout.take().expect("its output");
        let (send, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        Client {
            input: process.stdin.take(),
            process,
            messages,
            waiting: VecDeque::new(),
            id: 0,
        }
    }

    /// Starts the server and says what the client can do; the answer to that.
    pub(crate) fn initialized(folder: &Path, capabilities: Value) -> (Client, Value) {
        let mut client = Client::start(folder);
        let root = uri(folder);
        let answer = client.ask(
            "initialize",
            json!({"processId": null, "rootUri": root, "capabilities": capabilities,
                   "workspaceFolders": [{"uri": root, "name": "f"}]}),
        );
        client.tell("initialized", json!({}));
        (client, answer)
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.id()
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        if let Some(input) = &mut self.input {
            input.write_all(bytes).expect("the server reads");
            input.flush().expect("the server reads");
        }
    }

    pub(crate) fn message(&mut self, message: &Value) {
        let text = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        self.send(frame.as_bytes());
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.message(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request; its number.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> i64 {
        self.id += 1;
        let id = self.id;
        self.message(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The whole answer of a request; what else comes is kept.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.until(|m| m["id"] == json!(id) && m.get("method").is_none())
    }

    /// What a request is answered, `result` or `error`.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        answer.get("result").unwrap_or(&answer["error"]).clone()
    }

    /// The next message that is wanted.
    pub(crate) fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).expect("it is there");
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).expect("an answer");
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    /// What has been told by a method so far.
    pub(crate) fn told(&self, method: &str) -> Vec<Value> {
        let told = self.waiting.iter().filter(|m| m["method"] == method);
        told.cloned().collect()
    }

    /// Forgets what came and was not asked for.
    pub(crate) fn forget(&mut self) {
        self.waiting.clear();
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "assess", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Ends the session as it should be, or by closing its input; how the process ended.
    pub(crate) fn end(mut self, orderly: bool) -> i32 {
        if orderly {
            self.ask("shutdown", Value::Null);
            self.tell("exit", Value::Null);
        }
        self.input = None;
        self.process.wait().expect("it ends").code().unwrap_or(-1)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

pub(crate) fn uri(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/");
    format!(
        "file://{}{text}",
        if text.starts_with('/') { "" } else { "/" }
    )
}

/// A folder of files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// Where a text has another, as line and column in UTF-16.
pub(crate) fn position(text: &str, needle: &str) -> Value {
    let (before, after) = needle.split_once('¦').unwrap_or((needle, ""));
    let at = text.find(&format!("{before}{after}")).expect(needle) + before.len();
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    json!({"line": line, "character": text[start..at].encode_utf16().count()})
}
