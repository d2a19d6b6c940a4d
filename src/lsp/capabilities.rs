//! What the server can do, and what the client said that it can.

use super::commands::COMMANDS;
use super::positions::Encoding;
use crate::ide::hints::About;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Kinds of semantic tokens, by their number.
pub(super) const TOKENS: [&str; 13] = [
    "comment",
    "string",
    "number",
    "enumMember",
    "keyword",
    "type",
    "variable",
    "class",
    "event",
    "parameter",
    "function",
    "property",
    "namespace",
];

/// Marks of semantic tokens, by their bit.
pub(super) const MARKS: [&str; 2] = ["declaration", "readonly"];

/// What a client can do, as far as that changes what it is sent.
#[derive(Debug, Default)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether it asks for diagnostics itself.
    pub(super) pulls: bool,
    pub(super) snippets: bool,
    /// Whether a proposal can say something beside its label.
    pub(super) label_details: bool,
    pub(super) refreshes_hints: bool,
    pub(super) refreshes_lenses: bool,
    pub(super) refreshes_diagnostics: bool,
    /// Whether edits can name the version that they are for.
    pub(super) versioned_edits: bool,
    /// Whether an edit can make a file.
    pub(super) creates_files: bool,
    /// Whether it can be asked to watch files.
    pub(super) watches: bool,
    /// Whether actions may come as edits, rather than as commands alone.
    pub(super) literals: bool,
    /// Which hints are wanted.
    pub(super) hints: BTreeMap<&'static str, bool>,
}

impl Client {
    pub(super) fn of(params: &Value) -> Client {
        let c = &params["capabilities"];
        let has = |pointer: &str| c.pointer(pointer).and_then(Value::as_bool) == Some(true);
        let mut client = Client {
            encoding: Encoding::agreed(&c["general"]["positionEncodings"]),
            pulls: c
                .pointer("/textDocument/diagnostic")
                .is_some_and(Value::is_object),
            snippets: has("/textDocument/completion/completionItem/snippetSupport"),
            label_details: has("/textDocument/completion/completionItem/labelDetailsSupport"),
            refreshes_hints: has("/workspace/inlayHint/refreshSupport"),
            refreshes_lenses: has("/workspace/codeLens/refreshSupport"),
            refreshes_diagnostics: has("/workspace/diagnostics/refreshSupport"),
            versioned_edits: has("/workspace/workspaceEdit/documentChanges"),
            creates_files: has("/workspace/workspaceEdit/documentChanges")
                && c.pointer("/workspace/workspaceEdit/resourceOperations")
                    .and_then(Value::as_array)
                    .is_some_and(|all| all.iter().any(|o| o == "create")),
            watches: has("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            literals: c
                .pointer("/textDocument/codeAction/codeActionLiteralSupport")
                .is_some_and(Value::is_object),
            hints: BTreeMap::new(),
        };
        client.configure(&params["initializationOptions"]);
        client
    }

    /// Takes settings: `{"inlayHints": {"chances": false}}`.
    pub(super) fn configure(&mut self, settings: &Value) {
        let settings = settings.get("assess").unwrap_or(settings);
        for (about, name) in About::ALL {
            let wanted = settings["inlayHints"][name].as_bool();
            // A word behind every number is more than most want to read.
            let usual = about != About::Chances;
            let before = self.hints.get(name).copied().unwrap_or(usual);
            self.hints.insert(name, wanted.unwrap_or(before));
        }
    }

    pub(super) fn wants(&self, about: About) -> bool {
        let name = About::ALL.iter().find(|(a, _)| *a == about).map(|(_, n)| n);
        name.and_then(|n| self.hints.get(n))
            .copied()
            .unwrap_or(true)
    }
}

/// What `initialize` is answered.
pub(super) fn answer(client: &Client) -> Value {
    let mut capabilities = json!({
        "positionEncoding": client.encoding.as_str(),
        "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
        "hoverProvider": true,
        "completionProvider": {"triggerCharacters": [" ", ":", "{", "\"", "(", ","], "resolveProvider": false},
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "codeActionProvider": {"codeActionKinds": [
            "quickfix", "refactor.rewrite", "source.fixAll", "source.fixAll.assess"]},
        "codeLensProvider": {"resolveProvider": false},
        "documentLinkProvider": {"resolveProvider": false},
        "documentFormattingProvider": true,
        "renameProvider": {"prepareProvider": true},
        "foldingRangeProvider": true,
        "selectionRangeProvider": true,
        "inlayHintProvider": {"resolveProvider": false},
        "callHierarchyProvider": true,
        "semanticTokensProvider": {
            "legend": {"tokenTypes": TOKENS, "tokenModifiers": MARKS},
            "full": true, "range": false},
        "executeCommandProvider": {"commands": COMMANDS},
        "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        "experimental": {"preview": true, "verdict": true},
    });
    if client.pulls {
        capabilities["diagnosticProvider"] = json!({
            "identifier": "assess", "interFileDependencies": true, "workspaceDiagnostics": false});
    }
    json!({
        "capabilities": capabilities,
        "serverInfo": {"name": "assess", "version": env!("CARGO_PKG_VERSION")},
    })
}
