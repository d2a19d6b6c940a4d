//! What no client should send: nothing crashes, nothing hangs, nothing is written.
//!
//! The long run is ignored: `MESSAGES=100000 cargo test --features lsp --test lsp -- --ignored`.

use crate::client::{Client, folder, uri};
use crate::edits::{Dice, how_many};
use serde_json::{Value, json};

const TEXT: &str = include_str!("../../examples/changes.assess");

const METHODS: [&str; 28] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/rename",
    "textDocument/prepareRename",
    "textDocument/codeAction",
    "textDocument/formatting",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/foldingRange",
    "textDocument/diagnostic",
    "textDocument/semanticTokens/full",
    "textDocument/selectionRange",
    "textDocument/documentLink",
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "workspace/symbol",
    "workspace/executeCommand",
    "assess/preview",
    "initialize",
    "$/unknown",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeConfiguration",
    "",
];

fn value(dice: &mut Dice, file: &str, depth: usize) -> Value {
    match dice.below(if depth > 3 { 8 } else { 11 }) {
        0 => Value::Null,
        1 => json!(dice.below(2) == 0),
        2 => json!(dice.below(50)),
        3 => json!(-1),
        4 => json!(u64::MAX),
        5 => json!(1e300),
        6 => json!(file),
        7 => json!(["", "x", "assess.explain", "file://", "file:///", "\u{0}"][dice.below(6)]),
        8 => (0..dice.below(3))
            .map(|_| value(dice, file, depth + 1))
            .collect(),
        _ => params(dice, file, depth + 1),
    }
}

/// Parameters that are right here and there.
fn params(dice: &mut Dice, file: &str, depth: usize) -> Value {
    let keys = [
        "textDocument",
        "position",
        "range",
        "context",
        "newName",
        "uri",
        "version",
        "text",
        "contentChanges",
        "line",
        "character",
        "start",
        "end",
        "item",
        "name",
        "query",
        "command",
        "arguments",
        "options",
        "positions",
        "changes",
        "settings",
        "event",
        "only",
    ];
    let mut object = json!({"textDocument": {"uri": file, "version": dice.below(9), "text": "outcome x\n"},
        "position": {"line": dice.below(60), "character": dice.below(200)}, "context": {"diagnostics": []},
        "range": {"start": {"line": dice.below(60), "character": 0}, "end": {"line": dice.below(60), "character": 3}}});
    for _ in 0..dice.below(4) {
        let key = keys[dice.below(keys.len())];
        object[key] = value(dice, file, depth);
    }
    object
}

fn run(messages: usize, seed: u64) {
    let folder = folder(&[("a.assess", TEXT)]);
    let before = std::fs::metadata(folder.path().join("a.assess"))
        .and_then(|m| m.modified())
        .ok();
    let (mut client, _) = Client::initialized(folder.path(), json!({}));
    let file = format!("{}/a.assess", uri(folder.path()));
    client.open(&file, TEXT);
    let mut dice = Dice(seed);
    for i in 0..messages {
        match dice.below(8) {
            0 => {
                let garbage: Vec<u8> = (0..dice.below(40)).map(|_| dice.below(256) as u8).collect();
                let head = format!("Content-Length: {}\r\n\r\n", garbage.len());
                client.send(&[head.as_bytes(), &garbage].concat());
            }
            1 => client.send(b"Content-Length: many\r\n\r\n"),
            2 => client.send(b"X-Unknown: 1\r\nContent-Type: x\r\nContent-Length: 2\r\n\r\n[]"),
            3 => client.message(&value(&mut dice, &file, 0)),
            n => {
                let method = METHODS[dice.below(METHODS.len())];
                let mut message = json!({"jsonrpc": "2.0", "method": method});
                message["params"] = match n {
                    4 => value(&mut dice, &file, 0),
                    _ => params(&mut dice, &file, 0),
                };
                // Some are requests, some are told, whatever the method is.
                if dice.below(3) > 0 {
                    message["id"] = json!(format!("odd {i}"));
                }
                client.message(&message);
            }
        }
        if i % 200 == 199 {
            // It still answers.
            let answer = client.ask("workspace/symbol", json!({"query": "zzz"}));
            assert!(answer.is_array(), "{answer}");
            client.forget();
        }
    }
    assert_eq!(client.end(true), 0);
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .collect();
    assert_eq!(names.len(), 1);
    let after = std::fs::metadata(folder.path().join("a.assess"))
        .and_then(|m| m.modified())
        .ok();
    assert_eq!(before, after);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("a.assess")).expect("a file"),
        TEXT
    );
}

#[test]
fn no_message_is_too_odd() {
    run(3_000, 5);
}

#[test]
#[ignore = "takes minutes: MESSAGES says how many"]
fn no_message_is_too_odd_at_length() {
    run(how_many("MESSAGES", 100_000), 17);
}

/// Sessions whose messages come in any order: each request has one answer, and the end comes with `exit` or the end of
/// the input.
fn out_of_order(sessions: usize, seed: u64) {
    let folder = folder(&[("a.assess", TEXT)]);
    let file = format!("{}/a.assess", uri(folder.path()));
    let mut dice = Dice(seed);
    for _ in 0..sessions {
        let mut client = Client::start(folder.path());
        let at = json!({"line": 3, "character": 4});
        let document = json!({"uri": file, "version": 1, "languageId": "assess", "text": TEXT});
        let older = json!({"uri": file, "version": dice.below(4)});
        let mut requests = [
            ("initialize", json!({"capabilities": {}})),
            (
                "textDocument/hover",
                json!({"textDocument": {"uri": file}, "position": at}),
            ),
            (
                "textDocument/rename",
                json!({"textDocument": {"uri": file}, "position": at, "newName": "b"}),
            ),
            (
                "textDocument/diagnostic",
                json!({"textDocument": {"uri": file}}),
            ),
            ("assess/preview", json!({"uri": file})),
            ("workspace/symbol", json!({"query": ""})),
            (
                "textDocument/formatting",
                json!({"textDocument": {"uri": file}, "options": {"tabSize": 2, "insertSpaces": true}}),
            ),
        ];
        let mut told = [
            ("initialized", json!({})),
            ("textDocument/didOpen", json!({"textDocument": document})),
            (
                "textDocument/didChange",
                json!({"textDocument": older, "contentChanges": [{"text": "outcome x\n"}]}),
            ),
            (
                "textDocument/didClose",
                json!({"textDocument": {"uri": file}}),
            ),
            (
                "textDocument/didSave",
                json!({"textDocument": {"uri": file}}),
            ),
            ("$/cancelRequest", json!({"id": dice.below(9)})),
        ];
        let shutdown_at = dice.below(30);
        let mut ids = Vec::new();
        for i in 0..24 {
            if i == shutdown_at {
                ids.push(client.request("shutdown", Value::Null));
            } else if dice.below(2) == 0 {
                let n = dice.below(requests.len());
                let (method, params) = match i {
                    // A third of them begin as they should.
                    0 if dice.below(3) == 0 => requests[0].clone(),
                    _ => requests[n].clone(),
                };
                ids.push(client.request(method, params));
                requests.rotate_left(1);
            } else {
                let n = dice.below(told.len());
                let (method, params) = told[n].clone();
                client.tell(method, params);
                told.rotate_left(1);
            }
        }
        for id in ids {
            let answer = client.answer(id);
            assert!(
                answer.get("result").is_some() != answer.get("error").is_some(),
                "{answer}"
            );
        }
        client.tell("exit", Value::Null);
        let end = client.end(false);
        assert!(end == 0 || end == 1, "{end}");
    }
    let text = std::fs::read_to_string(folder.path().join("a.assess"));
    assert_eq!(text.expect("a file"), TEXT);
}

#[test]
fn no_order_is_too_odd() {
    out_of_order(12, 41);
}

#[test]
#[ignore = "takes minutes: MESSAGES says how many"]
fn no_order_is_too_odd_at_length() {
    out_of_order(how_many("MESSAGES", 100_000) / 500, 43);
}

#[test]
fn a_session_has_its_order() {
    let folder = folder(&[("a.assess", TEXT)]);
    let mut client = Client::start(folder.path());
    let early = client.ask("textDocument/hover", json!({}));
    assert_eq!(early["code"], -32002);
    client.ask("initialize", json!({"capabilities": {}}));
    let twice = client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(twice["code"], -32600);
    let unknown = client.ask("textDocument/dance", json!({}));
    assert_eq!(unknown["code"], -32601);
    let malformed = client.ask("textDocument/hover", json!({"textDocument": 3}));
    assert_eq!(malformed["code"], -32602);
    let closed = client.ask("textDocument/hover", json!({
        "textDocument": {"uri": "file:///nowhere.assess"}, "position": {"line": 0, "character": 0}}));
    assert_eq!(closed["code"], -32602);
    client.ask("shutdown", Value::Null);
    let late = client.ask("textDocument/hover", json!({}));
    assert_eq!(late["code"], -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.end(false), 0);
    let client = Client::start(folder.path());
    assert_eq!(client.end(false), 1, "the client went away");
}

#[test]
fn a_request_that_is_cancelled_before_its_turn_is_not_answered() {
    let folder = folder(&[("a.assess", TEXT)]);
    let (mut client, _) = Client::initialized(folder.path(), json!({}));
    let file = format!("{}/a.assess", uri(folder.path()));
    client.open(&file, TEXT);
    // Many at once, so that some wait; each is cancelled in the same breath.
    let mut all = String::new();
    for id in 1000..1200 {
        for message in [
            json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/semanticTokens/full", "params": {"textDocument": {"uri": file}}}),
            json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id}}),
        ] {
            let text = message.to_string();
            all += &format!("Content-Length: {}\r\n\r\n{text}", text.len());
        }
    }
    client.send(all.as_bytes());
    let answers: Vec<Value> = (1000..1200).map(|id| client.answer(id)).collect();
    let cancelled = answers
        .iter()
        .filter(|a| a["error"]["code"] == -32800)
        .count();
    assert!(
        cancelled > 0,
        "every request has an answer, and some are that they were cancelled"
    );
    assert_eq!(client.end(true), 0);
}

#[test]
fn positions_are_in_the_encoding_that_was_agreed() {
    let text = "assessment \"🙂é?\" { as of: 2025-01-01, scale: nonsense }\n";
    let folder = folder(&[("a.assess", text)]);
    let file = format!("{}/a.assess", uri(folder.path()));
    let at = |offered: Value| {
        let capabilities = json!({"general": {"positionEncodings": offered}});
        let (mut client, answer) = Client::initialized(folder.path(), capabilities);
        client.open(&file, text);
        let told = client.until(|m| m["method"] == "textDocument/publishDiagnostics");
        let found = told["params"]["diagnostics"].as_array().expect("findings");
        let odd = |d: &&Value| {
            d["message"]
                .as_str()
                .is_some_and(|m| m.contains("nonsense"))
        };
        let odd = found.iter().find(odd).expect("it is found");
        let start = odd["range"]["start"]["character"].clone();
        (answer["capabilities"]["positionEncoding"].clone(), start)
    };
    let byte = text.find("nonsense").expect("a word");
    assert_eq!(
        at(json!(["utf-16", "utf-8"])),
        (json!("utf-8"), json!(byte))
    );
    // No silence is taken for bytes.
    for offered in [
        Value::Null,
        json!([]),
        json!(["utf-16"]),
        json!(["utf-32", "utf-16"]),
    ] {
        assert_eq!(at(offered), (json!("utf-16"), json!(byte - 3)));
    }
    assert_eq!(at(json!(["utf-32"])), (json!("utf-32"), json!(byte - 4)));
}

#[test]
fn who_asks_of_a_document_that_is_closed_meanwhile_is_answered() {
    let folder = folder(&[("a.assess", TEXT)]);
    let file = format!("{}/a.assess", uri(folder.path()));
    let (mut client, _) =
        Client::initialized(folder.path(), json!({"textDocument": {"diagnostic": {}}}));
    for _ in 0..20 {
        client.open(&file, TEXT);
        let params = json!({"textDocument": {"uri": file}});
        let id = client.request("textDocument/diagnostic", params.clone());
        client.tell("textDocument/didClose", params);
        let answer = client.answer(id);
        assert!(
            answer["result"].is_object() || answer["error"]["code"] == -32802,
            "{answer}"
        );
    }
    assert_eq!(client.end(true), 0);
}
