//! What the session tells its client: answers, notifications and what it asks of it.

use super::frames;
use super::server::{Refusal, Server};
use lsp_server::RequestId;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;

impl<W: Write> Server<W> {
    pub(super) fn watch(&mut self) {
        if !self.client.watches {
            return;
        }
        let watchers = json!([{"globPattern": "**/*.assess"}, {"globPattern": "**/assess.toml"}]);
        let params = json!({"registrations": [{
            "id": "files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers}}]});
        self.ask("client/registerCapability", params);
    }

    pub(super) fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": self.asked, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
    }

    pub(super) fn notify(&mut self, method: &str, params: impl Serialize) {
        /// A notification.
        #[derive(Serialize)]
        struct Told<'a, P> {
            jsonrpc: &'static str,
            method: &'a str,
            params: P,
        }
        let jsonrpc = "2.0";
        self.send(&Told {
            jsonrpc,
            method,
            params,
        });
    }

    pub(super) fn log(&mut self, message: &str) {
        self.notify("window/logMessage", json!({"type": 2, "message": message}));
    }

    pub(super) fn reply(&mut self, id: &RequestId, answer: Result<impl Serialize, Refusal>) {
        /// An answer, or why there is none.
        #[derive(Serialize)]
        #[serde(rename_all = "lowercase")]
        enum Said<R> {
            Result(R),
            Error(Refusal),
        }
        /// A response.
        #[derive(Serialize)]
        struct Response<'a, R> {
            jsonrpc: &'static str,
            id: &'a RequestId,
            #[serde(flatten)]
            said: Said<R>,
        }
        let jsonrpc = "2.0";
        let said = match answer {
            Ok(answer) => Said::Result(answer),
            Err(refusal) => Said::Error(refusal),
        };
        self.send(&Response { jsonrpc, id, said });
    }

    pub(super) fn refuse(&mut self, id: &RequestId, refusal: Refusal) {
        self.reply(id, Err::<Value, _>(refusal));
    }

    pub(super) fn send(&mut self, message: &impl Serialize) {
        // A client that is gone is noticed at the end of the input.
        let _ = frames::write(&mut self.output, message);
    }
}
