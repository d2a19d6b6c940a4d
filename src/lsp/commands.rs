//! Commands and the preview: what takes longer than a keystroke, each on a thread of its own.
//!
//! In: a command and its arguments. Out: a page, a text, or why there is none. `assess.accept` alone
//! writes: the stored verdict of the file that it is given.

use super::server::{Answer, Event, Refusal, Server};
use super::uri;
use super::worker::guarded;
use crate::lint::rules;
use crate::starter;
use crate::workspace::{Asking, Error, Reporting, Workspace};
use lsp_server::{ErrorCode, RequestId};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// What `workspace/executeCommand` takes.
pub(super) const COMMANDS: [&str; 6] = [
    "assess.explain",
    "assess.flip",
    "assess.report",
    "assess.accept",
    "assess.newFromText",
    "assess.rule",
];

/// How wide lines are in texts.
const WIDTH: usize = 96;

/// Does what a command says.
pub(super) fn execute<W: Write>(server: &mut Server<W>, id: &RequestId, params: &Value) -> Answer {
    let argument = params["arguments"][0].clone();
    let command = params["command"].as_str().unwrap_or_default();
    match command {
        "assess.rule" => {
            let name = argument["rule"].as_str().unwrap_or_default();
            let rule = rules::find(name);
            let rule = rule.ok_or_else(|| invalid(format!("there is no rule `{name}`")))?;
            Ok(Some(json!({"markdown": rules::rule_markdown(rule)})))
        }
        "assess.newFromText" => new_from_text(&argument).map(Some),
        "assess.accept" => accept(server, &argument).map(Some),
        "assess.explain" | "assess.flip" | "assess.report" => {
            let path = document(server, &argument)?;
            let outcomes = argument["outcome"].as_str().map(str::to_owned);
            let asking = Asking {
                outcomes: outcomes.into_iter().collect(),
                ..Asking::default()
            };
            let command = command.to_owned();
            let format = argument["format"].as_str().unwrap_or("html").to_owned();
            let folders = server.folders.clone();
            let kind = match command.as_str() {
                "assess.report" => "text",
                _ => "markdown",
            };
            later(server, id, move |files| {
                match command.as_str() {
                    "assess.explain" => files
                        .explain(&path, &asking)
                        .map(|e| e.text("markdown", WIDTH)),
                    "assess.flip" => files
                        .flip(&path, &Asking::default(), None)
                        .map(|f| f.text("markdown", WIDTH)),
                    _ => page(files, &path, &format).map(Some),
                }
                .map(|text| json!({kind: text.map(|text| within(&folders, text))}))
                .map_err(|error| failed(&error))
                .map(|value| (value, None))
            });
            Ok(None)
        }
        other => Err(invalid(format!("there is no command `{other}`"))),
    }
}

/// The page of a document as it is; where that has mistakes, the last one that could be made.
pub(super) fn preview<W: Write>(server: &mut Server<W>, id: &RequestId, params: &Value) -> Answer {
    let uri = match params["uri"].as_str() {
        Some(uri) => uri.to_owned(),
        None => params["textDocument"]["uri"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    };
    let path = document(server, &json!({"uri": uri}))?;
    let open = server.documents.get(&uri);
    let version = open.map_or(0, |d| d.version);
    let last = open.and_then(|d| d.page.clone());
    let folders = server.folders.clone();
    later(server, id, move |files| match page(files, &path, "html") {
        Ok(page) => {
            let page = within(&folders, page);
            let value = json!({"html": page, "version": version, "stale": false, "message": null});
            Ok((value, Some((uri, Arc::from(page)))))
        }
        Err(error) => {
            let html = last.as_deref().unwrap_or_default();
            let message = within(&folders, error.to_string());
            let value =
                json!({"html": html, "version": version, "stale": true, "message": message});
            Ok((value, None))
        }
    });
    Ok(None)
}

/// A text in which files go by their path from the client's folder, not from the root of the disk.
fn within(folders: &[PathBuf], text: String) -> String {
    let each = folders.iter().filter_map(|f| f.to_str());
    each.filter(|f| f.len() > 1).fold(text, |text, folder| {
        text.replace(&format!("{folder}{}", std::path::MAIN_SEPARATOR), "")
    })
}

type Made = Result<(Value, Option<(String, Arc<str>)>), Refusal>;

/// Does something on a thread of its own, with the files as they are now.
fn later<W: Write>(
    server: &Server<W>,
    id: &RequestId,
    work: impl FnOnce(&Workspace) -> Made + Send + 'static,
) {
    let (files, to, id) = (server.workspace.clone(), server.events.clone(), id.clone());
    thread::spawn(move || {
        let made = guarded(|| work(&files)).unwrap_or_else(|| {
            let why = "`assess` could not finish this: a bug; please report it";
            Err(Refusal::of(ErrorCode::InternalError, why))
        });
        let (answer, page) = match made {
            Ok((value, page)) => (Ok(value), page),
            Err(refusal) => (Err(refusal), None),
        };
        // The session may be over.
        let _ = to.send(Event::Answered { id, answer, page });
    });
}

fn page(files: &Workspace, path: &Path, format: &str) -> Result<String, Error> {
    let wanted = Reporting {
        format: Some(format.to_owned()),
        ..Reporting::default()
    };
    let bytes = files.report(path, &wanted)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The path of the document that a command is about.
fn document<W: Write>(server: &Server<W>, argument: &Value) -> Result<PathBuf, Refusal> {
    let uri = argument["uri"].as_str();
    let uri = uri.ok_or_else(|| invalid("a command takes `{\"uri\": …}`".to_owned()))?;
    Ok(match server.documents.get(uri) {
        Some(document) => document.path.clone(),
        None => uri::path(uri),
    })
}

fn invalid(message: String) -> Refusal {
    Refusal::of(ErrorCode::InvalidParams, message)
}

fn failed(error: &Error) -> Refusal {
    Refusal::of(ErrorCode::RequestFailed, error.to_string())
}

/// Stores the verdict of a saved file, as `assess test --accept` does.
fn accept<W: Write>(server: &Server<W>, argument: &Value) -> Result<Value, Refusal> {
    let path = document(server, argument)?;
    let refused = |said| Refusal::of(ErrorCode::RequestFailed, said);
    let text = (server.accept)(&path).map_err(refused)?;
    Ok(json!({"text": text}))
}

/// A new file from a note: its paragraphs wait to be encoded.
fn new_from_text(argument: &Value) -> Result<Value, Refusal> {
    let question = argument["question"].as_str().unwrap_or("What will happen?");
    let note = argument["text"].as_str().unwrap_or_default();
    let day = argument["asOf"].as_str().unwrap_or_default();
    let as_of = day
        .parse()
        .map_err(|_| invalid("`asOf` is a day as 2026-01-31".to_owned()))?;
    let starter = starter::Starter {
        question: question.to_owned(),
        author: None,
        as_of,
        horizons: starter::default_horizons(),
        outcomes: starter::default_outcomes(),
        passages: starter::passages(note),
    };
    Ok(json!({"text": starter::write(&starter)}))
}
