//! The session: its documents, and what becomes of each message.
//!
//! In: events, one at a time. Out: messages. Requests are answered in the order in which they came, and
//! what is cancelled before its turn is not answered. Order of life: `initialize`, then everything
//! else, then `shutdown`, then `exit`; what comes out of turn is refused, and nothing ends the session
//! but `exit` and the end of the input.

use super::capabilities::{self, Client};
use super::dispatch;
use super::documents::{Document, changed};
use super::findings::superseded;
use super::frames::{self, Frame};
use super::positions::Lines;
use super::uri;
use super::worker::{Done, Job, Threads, guarded};
use super::{Accept, End};
use crate::ide::{Analysis, diagnostics, lens};
use crate::infer::meter::Meter;
use crate::lint::Policy;
use crate::project::{Loader, Project};
use crate::workspace::{Checking, Workspace, policy};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, OnceLock};

/// Something to be dealt with.
pub(super) enum Event {
    /// A message, or what is none.
    Received(Frame),
    /// The worker has finished something.
    Done {
        uri: String,
        changed: u64,
        done: Done,
    },
    /// What was asked for on a thread of its own.
    Answered {
        id: RequestId,
        answer: Result<Value, Refusal>,
        /// A page to be kept, and whose.
        page: Option<(String, Arc<str>)>,
    },
}

/// Why a request is refused.
#[derive(Debug, Serialize)]
pub(super) struct Refusal {
    pub(super) code: i32,
    pub(super) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<Value>,
}

impl Refusal {
    pub(super) fn of(code: ErrorCode, message: impl Into<String>) -> Refusal {
        Refusal {
            code: code as i32,
            message: message.into(),
            data: None,
        }
    }
}

/// What a request is answered; none where it is answered later.
pub(super) type Answer = Result<Option<Value>, Refusal>;

/// How far the session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    New,
    Running,
    Over,
}

/// A session.
pub(super) struct Server<W: Write> {
    pub(super) output: W,
    pub(super) accept: Accept,
    /// Where threads send what they have done.
    pub(super) events: Sender<Event>,
    threads: Threads,
    life: Life,
    pub(super) client: Client,
    pub(super) documents: BTreeMap<String, Document>,
    pub(super) workspace: Workspace,
    /// The folders that the client has open.
    pub(super) folders: Vec<PathBuf>,
    /// How many changes there have been.
    changes: u64,
    /// What each document found in each file, to be published.
    pub(super) published: BTreeMap<String, BTreeSet<String>>,
    /// Requests for diagnostics that wait for the linter.
    pub(super) pulls: Vec<(RequestId, String, u64)>,
    pub(super) asked: i32,
}

impl<W: Write> Server<W> {
    pub(super) fn new(output: W, events: Sender<Event>, accept: Accept) -> Self {
        Server {
            output,
            accept,
            threads: Threads::start(&events),
            events,
            life: Life::New,
            client: Client::default(),
            documents: BTreeMap::new(),
            workspace: Workspace::new(),
            folders: Vec::new(),
            changes: 0,
            published: BTreeMap::new(),
            pulls: Vec::new(),
            asked: 0,
        }
    }

    /// Deals with events until the session ends.
    pub(super) fn run(mut self, events: &Receiver<Event>) -> End {
        let mut queue: VecDeque<Event> = VecDeque::new();
        loop {
            if queue.is_empty() {
                match events.recv() {
                    Ok(event) => queue.push_back(event),
                    Err(_) => return End::Abrupt,
                }
            }
            // What is waiting may cancel what is ahead of it.
            queue.extend(events.try_iter());
            let cancelled = cancelled(&queue);
            let Some(event) = queue.pop_front() else {
                continue;
            };
            if let Some(end) = self.event(event, &cancelled) {
                return end;
            }
        }
    }

    fn event(&mut self, event: Event, cancelled: &BTreeSet<String>) -> Option<End> {
        match event {
            Event::Received(Frame::Closed) => return Some(End::Abrupt),
            Event::Received(Frame::Broken(why)) => {
                let code = ErrorCode::ParseError as i32;
                self.send(
                    &json!({"jsonrpc": "2.0", "id": null, "error": {"code": code, "message": why}}),
                );
            }
            Event::Received(Frame::Message(Message::Request(request))) => {
                if cancelled.contains(&request.id.to_string()) {
                    let refusal = Refusal::of(ErrorCode::RequestCanceled, "cancelled");
                    self.refuse(&request.id, refusal);
                } else {
                    self.request(request);
                }
            }
            Event::Received(Frame::Message(Message::Notification(told))) => {
                if told.method == "exit" {
                    return Some(match self.life {
                        Life::Over => End::Orderly,
                        Life::New | Life::Running => End::Abrupt,
                    });
                }
                if self.life == Life::Running && guarded(|| self.told(&told)).is_none() {
                    self.log(&format!("`{}` could not be dealt with", told.method));
                }
            }
            Event::Received(Frame::Message(Message::Response(_))) => {}
            Event::Done { uri, changed, done } => self.done(&uri, changed, done),
            Event::Answered { id, answer, page } => {
                if let Some((uri, page)) = page
                    && let Some(document) = self.documents.get_mut(&uri)
                {
                    document.page = Some(page);
                }
                self.reply(&id, answer);
            }
        }
        None
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match (self.life, method.as_str()) {
            (Life::New, "initialize") => {
                self.life = Life::Running;
                self.initialize(&params);
                Ok(Some(capabilities::answer(&self.client)))
            }
            (Life::New, _) => Err(Refusal::of(
                ErrorCode::ServerNotInitialized,
                "`initialize` comes first",
            )),
            (Life::Over, _) => Err(Refusal::of(
                ErrorCode::InvalidRequest,
                "the session has been shut down",
            )),
            (Life::Running, "initialize") => Err(Refusal::of(
                ErrorCode::InvalidRequest,
                "`initialize` comes once",
            )),
            (Life::Running, "shutdown") => {
                self.life = Life::Over;
                Ok(Some(Value::Null))
            }
            (Life::Running, "textDocument/diagnostic") => self.pull(&id, &params),
            (Life::Running, method) => {
                let answer = guarded(|| dispatch::request(self, &id, method, &params));
                answer.unwrap_or_else(|| {
                    Err(Refusal::of(
                        ErrorCode::InternalError,
                        format!("`assess` could not finish `{method}`: a bug; please report it"),
                    ))
                })
            }
        };
        match answer {
            Ok(None) => {}
            Ok(Some(value)) => self.reply(&id, Ok(value)),
            Err(refusal) => self.refuse(&id, refusal),
        }
    }

    fn initialize(&mut self, params: &Value) {
        self.client = Client::of(params);
        let folders = params["workspaceFolders"].as_array();
        let mut uris: Vec<&str> = folders
            .into_iter()
            .flatten()
            .filter_map(|f| f["uri"].as_str())
            .collect();
        if uris.is_empty() {
            uris.extend(params["rootUri"].as_str());
        }
        let files = uris.into_iter().filter(|u| uri::is_file(u));
        self.folders = files.map(uri::path).collect();
    }

    /// What is told, and not asked.
    fn told(&mut self, told: &Notification) {
        let params = &told.params;
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default().to_owned();
        match told.method.as_str() {
            "initialized" => self.watch(),
            "textDocument/didOpen" => {
                let text = document["text"].as_str().unwrap_or_default();
                let version = document["version"].as_i64().unwrap_or(0);
                if !uri.is_empty() {
                    self.open(uri, version, text);
                }
            }
            "textDocument/didChange" => {
                let version = document["version"].as_i64().unwrap_or(0);
                let changes = params["contentChanges"]
                    .as_array()
                    .map_or(&[][..], Vec::as_slice);
                self.change(&uri, version, changes);
            }
            "textDocument/didSave" => self.touch(&uri::path(&uri)),
            "textDocument/didClose" => self.close(&uri),
            "workspace/didChangeWatchedFiles" => {
                let changed = params["changes"].as_array().into_iter().flatten();
                let uris: Vec<&str> = changed.filter_map(|c| c["uri"].as_str()).collect();
                let any_configuration = uris.iter().any(|u| u.ends_with(crate::lint::config::NAME));
                let paths: Vec<PathBuf> = uris.into_iter().map(uri::path).collect();
                for path in &paths {
                    self.touch(path);
                }
                if any_configuration {
                    self.touch_all();
                }
            }
            "workspace/didChangeConfiguration" => {
                self.client.configure(&params["settings"]);
                self.refresh();
            }
            "workspace/didChangeWorkspaceFolders" => {
                let list = |key: &str| {
                    let list = params["event"][key].as_array().into_iter().flatten();
                    let uris = list
                        .filter_map(|f| f["uri"].as_str())
                        .filter(|u| uri::is_file(u));
                    uris.map(uri::path).collect::<Vec<_>>()
                };
                let removed = list("removed");
                self.folders.retain(|f| !removed.contains(f));
                self.folders.extend(list("added"));
            }
            _ => {}
        }
    }

    fn open(&mut self, uri: String, version: i64, text: &str) {
        let path = uri::path(&uri);
        let path = self.workspace.files().canonical(&path).unwrap_or(path);
        if self.workspace.open(&path, text).is_err() {
            self.log("this path cannot be opened");
            return;
        }
        let document = Document {
            uri: uri.clone(),
            path: path.clone(),
            version,
            text: text.into(),
            index: OnceLock::new(),
            analysis: None,
            read_before: None,
            numbers: None,
            findings: None,
            whole: false,
            changed: 0,
            meter: Meter::default(),
            policy: None,
            page: None,
        };
        self.documents.insert(uri, document);
        self.touch(&path);
    }

    fn change(&mut self, uri: &str, version: i64, changes: &[Value]) {
        let encoding = self.client.encoding;
        let Some(document) = self.documents.get_mut(uri) else {
            self.log("a document that is not open cannot change");
            return;
        };
        if version <= document.version {
            self.log("a change of an older version is left out");
            return;
        }
        let text = changed(document, changes, encoding);
        document.version = version;
        document.text = text.as_str().into();
        document.index = OnceLock::new();
        let path = document.path.clone();
        // It was open before, so it can be opened.
        let _ = self.workspace.open(&path, &text);
        self.touch(&path);
    }

    fn close(&mut self, uri: &str) {
        let Some(document) = self.documents.remove(uri) else {
            return;
        };
        document.meter.stop();
        // Nobody will find anything in it any more.
        self.supersede(uri, None);
        self.workspace.close(&document.path);
        let told = self.published.remove(uri).unwrap_or_default();
        for file in told {
            self.publish(&file);
        }
        self.publish(uri);
        self.touch(&document.path);
    }

    fn touch_all(&mut self) {
        let paths: Vec<PathBuf> = self.documents.values().map(|d| d.path.clone()).collect();
        for path in paths {
            self.touch(&path);
        }
    }

    /// Looks anew at every document that uses a file.
    fn touch(&mut self, path: &Path) {
        let path = path.to_path_buf();
        self.changes += 1;
        let mut users: Vec<String> = Vec::new();
        for (uri, document) in &mut self.documents {
            if document.uses(&path) {
                if let Some(analysis) = document.analysis.take() {
                    document.read_before = Some(analysis);
                }
                document.changed = self.changes;
                // What is still being counted is about an older text.
                document.meter.stop();
                document.meter = Meter::default();
                document.policy = None;
                users.push(uri.clone());
            }
        }
        // Who asks for diagnostics knows of its own edits alone.
        let others = users
            .iter()
            .any(|uri| self.documents.get(uri).is_some_and(|d| d.path != path));
        for uri in users {
            self.look(&uri);
        }
        if others && self.client.refreshes_diagnostics {
            self.ask("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Reads a document, says at once what is wrong with it, and has the rest computed.
    fn look(&mut self, uri: &str) {
        let changed = self.documents.get(uri).map(|d| d.changed);
        self.supersede(uri, changed);
        let Some(analysis) = self.analysis(uri) else {
            return;
        };
        let policy = self.policy(uri);
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        let has_errors = analysis.resolved.diagnostics.has_errors();
        let had_errors = document
            .findings
            .as_ref()
            .is_some_and(|(_, f)| f.iter().any(|f| f.severity == crate::diag::Severity::Error));
        let changed = document.changed;
        // Of a sound file the linter's findings stay until there are new ones.
        if has_errors || had_errors {
            let found = diagnostics::read(&analysis, &policy);
            document.findings = Some((changed, Arc::new(found)));
            document.whole = false;
            self.publish_all(uri);
            self.verdict(uri);
        }
        if let Some(job) = self.job(uri, analysis, policy) {
            self.threads.look(job);
        }
    }

    /// Refuses the requests for a document's diagnostics that are about another text than that of a change.
    fn supersede(&mut self, uri: &str, changed: Option<u64>) {
        let late = |p: &(RequestId, String, u64)| p.1 == uri && Some(p.2) != changed;
        let pulls = std::mem::take(&mut self.pulls);
        let (late, waiting) = pulls.into_iter().partition(late);
        self.pulls = waiting;
        for (id, ..) in late {
            self.refuse(&id, superseded());
        }
    }

    /// What a document's threads are to do.
    fn job(&self, uri: &str, analysis: Arc<Analysis>, policy: Arc<Policy>) -> Option<Job> {
        let document = self.documents.get(uri)?;
        Some(Job {
            uri: uri.to_owned(),
            changed: document.changed,
            analysis,
            policy,
            files: self.workspace.files().clone(),
            meter: document.meter.clone(),
            urgent: false,
        })
    }

    /// Has a document linted now.
    pub(super) fn have_linted(&self, uri: &str, analysis: Arc<Analysis>, policy: Arc<Policy>) {
        if let Some(job) = self.job(uri, analysis, policy) {
            self.threads.lint(job);
        }
    }

    /// What a document means, read where it has changed.
    pub(super) fn analysis(&mut self, uri: &str) -> Option<Arc<Analysis>> {
        let document = self.documents.get(uri)?;
        if let Some(analysis) = &document.analysis {
            return Some(analysis.clone());
        }
        let project = match &document.read_before {
            Some(before) => self
                .workspace
                .project_again(&document.path, &before.project),
            None => self.workspace.project(&document.path),
        };
        let text = document.text.clone();
        let name = document.path.to_string_lossy().into_owned();
        let project = project.unwrap_or_else(|_| Project::from_text(&name, &text));
        let analysis = guarded(|| Arc::new(Analysis::of(project)))?;
        let document = self.documents.get_mut(uri)?;
        document.analysis = Some(analysis.clone());
        document.read_before = None;
        Some(analysis)
    }

    /// The rules that hold for a document; those of no configuration, where it is mistaken.
    pub(super) fn policy(&mut self, uri: &str) -> Arc<Policy> {
        let Some(document) = self.documents.get_mut(uri) else {
            return Arc::default();
        };
        if let Some(known) = &document.policy {
            return known.clone();
        }
        let found = policy::of(self.workspace.files(), &document.path, &Checking::default());
        match found {
            Ok(configured) => {
                let policy = Arc::new(configured.policy);
                document.policy = Some(policy.clone());
                policy
            }
            Err(error) => {
                self.log(&error.to_string());
                Arc::default()
            }
        }
    }

    fn done(&mut self, uri: &str, changed: u64, done: Done) {
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        let is_late = document.changed != changed;
        match done {
            // The last good ones stay.
            Done::Numbers(None) => {}
            Done::Numbers(Some(numbers)) => {
                let known = document.numbers.as_ref().map_or(0, |n| n.0);
                if changed >= known {
                    document.numbers = Some((changed, numbers));
                }
                if !is_late {
                    self.refresh();
                    // Who waits for findings is told with them, and need not wait for this.
                    if !self.pulls.iter().any(|p| p.1 == uri && p.2 == changed) {
                        self.verdict(uri);
                    }
                }
            }
            Done::Findings(_) if is_late => {}
            Done::Findings(findings) => {
                document.findings = Some((changed, Arc::new(findings)));
                document.whole = true;
                self.publish_all(uri);
                self.answer_pulls(uri, changed);
                self.verdict(uri);
            }
        }
    }

    fn refresh(&mut self) {
        if self.client.refreshes_hints {
            self.ask("workspace/inlayHint/refresh", Value::Null);
        }
        if self.client.refreshes_lenses {
            self.ask("workspace/codeLens/refresh", Value::Null);
        }
    }

    /// Tells the client what the verdict is, or was before the text broke.
    fn verdict(&mut self, uri: &str) {
        let Some(document) = self.documents.get(uri) else {
            return;
        };
        let known = document.known();
        let findings = document
            .findings
            .as_ref()
            .filter(|f| f.0 == document.changed);
        let errors = findings.map_or(0, |(_, f)| {
            f.iter()
                .filter(|f| f.severity == crate::diag::Severity::Error)
                .count()
        });
        let params = json!({
            "uri": document.uri,
            "version": document.version,
            "stale": known.is_some_and(|k| k.stale),
            "checked": findings.is_some() && document.whole,
            "complete": known.is_some_and(|k| !k.stale && k.numbers.is_complete),
            "errors": errors,
            "line": known.and_then(lens::verdict),
        });
        let verdict = known.map_or("null", |k| k.numbers.json());
        // It is large, and written once for a text.
        let head = params.to_string();
        let head = head.strip_suffix('}').unwrap_or_default();
        let text = format!(
            r#"{{"jsonrpc":"2.0","method":"assess/verdict","params":{head},"verdict":{verdict}}}}}"#
        );
        // As below.
        let _ = frames::write_text(&mut self.output, &text);
    }

    // --------------------------------------------------------------------------------- documents

    /// The address of a path: that of the open document, where it is open.
    pub(super) fn uri_of(&self, path: &Path) -> String {
        let open = self.documents.values().find(|d| d.path == path);
        open.map_or_else(|| uri::uri(path), |d| d.uri.clone())
    }

    /// Does something with the lines of a file, open or not.
    pub(super) fn with_lines<T>(&self, path: &Path, work: impl FnOnce(&Lines<'_>) -> T) -> T {
        let open = self.documents.values().find(|d| d.path == path);
        match open {
            Some(document) => work(&document.lines(self.client.encoding)),
            None => {
                let text = self.workspace.text(path).unwrap_or_default();
                work(&Lines::new(&text, self.client.encoding))
            }
        }
    }
}

/// The requests that something waiting cancels.
fn cancelled(queue: &VecDeque<Event>) -> BTreeSet<String> {
    let each = queue.iter().filter_map(|event| match event {
        Event::Received(Frame::Message(Message::Notification(told)))
            if told.method == "$/cancelRequest" =>
        {
            match &told.params["id"] {
                Value::String(id) => Some(RequestId::from(id.clone()).to_string()),
                Value::Number(id) => Some(id.to_string()),
                _ => None,
            }
        }
        _ => None,
    });
    each.collect()
}
