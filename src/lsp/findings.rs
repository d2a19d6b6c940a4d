//! Findings on their way to the client: told to one that listens, given to one that asks.
//!
//! A file's findings are those of every open document that found something in it, each thing once. They
//! carry the version of the text that they are about.

use super::convert::{self, Diagnostic};
use super::positions::Between;
use super::server::{Answer, Refusal, Server};
use super::uri;
use lsp_server::{ErrorCode, RequestId};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

impl<W: Write> Server<W> {
    pub(super) fn pull(&mut self, id: &RequestId, params: &Value) -> Answer {
        let uri = params["textDocument"]["uri"].as_str().unwrap_or_default();
        let Some(document) = self.documents.get(uri) else {
            return Err(Refusal::of(
                ErrorCode::InvalidParams,
                "this document is not open",
            ));
        };
        let changed = document.changed;
        self.pulls.push((id.clone(), uri.to_owned(), changed));
        let is_known = document.findings.as_ref().is_some_and(|f| f.0 == changed);
        let is_known = is_known && document.whole;
        let uri = uri.to_owned();
        if is_known {
            self.answer_pulls(&uri, changed);
        } else if let Some(analysis) = self.analysis(&uri) {
            let policy = self.policy(&uri);
            self.have_linted(&uri, analysis, policy);
        } else {
            // It could not be read at all, which is a bug: there is nothing to wait for.
            self.answer_pulls(&uri, changed);
        }
        Ok(None)
    }

    pub(super) fn answer_pulls(&mut self, uri: &str, changed: u64) {
        let ready: Vec<RequestId> = {
            let fits = |p: &(RequestId, String, u64)| p.1 == uri && p.2 == changed;
            let ids = self
                .pulls
                .iter()
                .filter(|p| fits(p))
                .map(|p| p.0.clone())
                .collect();
            self.pulls.retain(|p| !fits(p));
            ids
        };
        /// Findings that were asked for.
        #[derive(Serialize)]
        struct Report {
            kind: &'static str,
            items: Vec<Diagnostic>,
        }
        for id in ready {
            let items = self.diagnostics_of(uri);
            self.reply(
                &id,
                Ok(Report {
                    kind: "full",
                    items,
                }),
            );
        }
    }

    /// What all documents found in a file, each thing once.
    pub(super) fn diagnostics_of(&self, file: &str) -> Vec<Diagnostic> {
        let path = match self.documents.get(file) {
            Some(document) => document.path.clone(),
            None => uri::path(file),
        };
        let mut items: Vec<Diagnostic> = Vec::new();
        let mut told: BTreeMap<(Between, &str), Vec<usize>> = BTreeMap::new();
        // Its own findings first.
        let own = self.documents.get(file).into_iter();
        let others = self.documents.values().filter(|d| d.uri != file);
        for document in own.chain(others) {
            for finding in document.findings.iter().flat_map(|(_, f)| f.iter()) {
                if finding.at.path != path {
                    continue;
                }
                let item = convert::diagnostic(self, finding);
                let there = told.entry((item.range, item.code)).or_default();
                if there.iter().all(|&at| items[at].message != item.message) {
                    there.push(items.len());
                    items.push(item);
                }
            }
        }
        items
    }

    pub(super) fn publish_all(&mut self, uri: &str) {
        let Some(document) = self.documents.get(uri) else {
            return;
        };
        let mut files: BTreeSet<String> = BTreeSet::from([uri.to_owned()]);
        for finding in document.findings.iter().flat_map(|(_, f)| f.iter()) {
            files.insert(self.uri_of(&finding.at.path));
        }
        let before = self.published.insert(uri.to_owned(), files.clone());
        files.extend(before.unwrap_or_default());
        for file in files {
            self.publish(&file);
        }
    }

    pub(super) fn publish(&mut self, file: &str) {
        let open = self.documents.get(file);
        // Who asks is answered, and not told as well.
        if self.client.pulls && open.is_some() {
            return;
        }
        /// Findings of a file, and of which version where it is open.
        #[derive(Serialize)]
        struct Published<'a> {
            uri: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            version: Option<i64>,
            diagnostics: Vec<Diagnostic>,
        }
        let published = Published {
            uri: file,
            version: open.map(|d| d.version),
            diagnostics: self.diagnostics_of(file),
        };
        self.notify("textDocument/publishDiagnostics", published);
    }
}

/// A request for diagnostics whose text has moved on: it is to be asked again.
pub(super) fn superseded() -> Refusal {
    Refusal {
        data: Some(json!({"retriggerRequest": true})),
        ..Refusal::of(ErrorCode::ServerCancelled, "the text has moved on")
    }
}
