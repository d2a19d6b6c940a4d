//! Every request, on a sound file and on a broken one.

use crate::client::{Client, folder, position, uri};
use serde_json::{Value, json};
use std::fmt::Write as _;

const NATO: &str = include_str!("../../assessments/nato.assess");

fn capable() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "workspace": {"workspaceEdit": {"documentChanges": true}},
        "textDocument": {
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
            "completion": {"completionItem": {"snippetSupport": true}},
        },
    })
}

/// What was computed of a document: numbers and findings.
fn computed(client: &mut Client, version: i64) -> Value {
    client.until(|m| {
        m["method"] == "assess/verdict"
            && m["params"]["version"] == version
            && m["params"]["checked"] == true
            && (m["params"]["complete"] == true || m["params"]["errors"] != 0)
    })
}

/// A text without the name of its folder, which is another on each run.
fn anywhere(text: &str, folder: &str) -> String {
    let path = folder.trim_start_matches("file://");
    text.replace(folder, "FOLDER").replace(path, "FOLDER")
}

fn shown(out: &mut String, what: &str, value: &Value, folder: &str) {
    let text = serde_json::to_string_pretty(value).expect("JSON");
    let text = anywhere(&text, folder);
    let lines: Vec<&str> = text.lines().collect();
    let more = lines.len().saturating_sub(60);
    writeln!(
        out,
        "---- {what}\n{}",
        lines[..lines.len().min(60)].join("\n")
    )
    .expect("a line");
    if more > 0 {
        writeln!(out, "… {more} lines more").expect("a line");
    }
}

/// Every request of a place and of a document.
fn requests(client: &mut Client, uri: &str, text: &str, places: &[&str], folder: &str) -> String {
    let mut out = String::new();
    let document = json!({"uri": uri});
    for place in places {
        let at = position(text, place);
        for method in [
            "hover",
            "definition",
            "references",
            "documentHighlight",
            "prepareRename",
            "prepareCallHierarchy",
            "completion",
        ] {
            let params = json!({"textDocument": document, "position": at,
                                "context": {"includeDeclaration": true, "triggerKind": 1}});
            let answer = client.ask(&format!("textDocument/{method}"), params);
            if let Some(item) = answer.get(0).filter(|_| method == "prepareCallHierarchy") {
                for way in ["incomingCalls", "outgoingCalls"] {
                    let ties = client.ask(&format!("callHierarchy/{way}"), json!({"item": item}));
                    shown(&mut out, &format!("{way} {place}"), &ties, folder);
                }
            }
            let short = match method {
                // Labels alone: there are many.
                "completion" => {
                    let items = answer.as_array().into_iter().flatten();
                    items.map(|i| i["label"].clone()).collect()
                }
                _ => answer,
            };
            shown(&mut out, &format!("{method} {place}"), &short, folder);
        }
        let params = json!({"textDocument": document, "positions": [at]});
        let mut answer = client.ask("textDocument/selectionRange", params)[0].clone();
        let mut sizes = Vec::new();
        while answer.is_object() {
            sizes.push(answer["range"].clone());
            answer = answer["parent"].clone();
        }
        writeln!(
            out,
            "---- selectionRange {place}: {} larger and larger",
            sizes.len()
        )
        .expect("a line");
        let range = json!({"start": at, "end": at});
        let params =
            json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
        let answer = client.ask("textDocument/codeAction", params);
        let titles: Value = answer
            .as_array()
            .into_iter()
            .flatten()
            .map(|a| a["title"].clone())
            .collect();
        shown(&mut out, &format!("codeAction {place}"), &titles, folder);
    }
    let whole =
        json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}});
    for (method, params) in [
        ("documentSymbol", json!({"textDocument": document})),
        ("codeLens", json!({"textDocument": document})),
        ("documentLink", json!({"textDocument": document})),
        ("foldingRange", json!({"textDocument": document})),
        (
            "formatting",
            json!({"textDocument": document, "options": {"tabSize": 2, "insertSpaces": true}}),
        ),
        (
            "inlayHint",
            json!({"textDocument": document, "range": whole}),
        ),
        ("semanticTokens/full", json!({"textDocument": document})),
        (
            "codeAction",
            json!({"textDocument": document, "range": whole,
                              "context": {"diagnostics": [], "only": ["source.fixAll"]}}),
        ),
    ] {
        let answer = client.ask(&format!("textDocument/{method}"), params);
        // Five numbers a line.
        let answer = match answer.get("data").and_then(Value::as_array) {
            Some(data) => data.chunks(5).map(|c| json!(format!("{c:?}"))).collect(),
            None => answer,
        };
        shown(&mut out, method, &answer, folder);
    }
    out
}

#[test]
fn every_request_on_nato() {
    let folder = folder(&[("nato.assess", NATO)]);
    let root = uri(folder.path());
    let (mut client, answer) = Client::initialized(folder.path(), capable());
    let mut out = String::new();
    shown(&mut out, "initialize", &answer["capabilities"], &root);
    let file = format!("{root}/nato.assess");
    client.open(&file, NATO);
    let verdict = computed(&mut client, 1);
    writeln!(out, "---- verdict\n{}", verdict["params"]["line"]).expect("a line");
    let places = [
        "when: lati¦tude",
        "weight against exit: mod¦erate",
        "chance: lik¦ely",
        "rated: C¦3",
    ];
    out += &requests(&mut client, &file, NATO, &places, &root);
    let symbols = client.ask("workspace/symbol", json!({"query": "troops"}));
    shown(&mut out, "workspace/symbol", &symbols, &root);
    for (command, argument) in [
        ("assess.explain", json!({"uri": file, "outcome": "exit"})),
        ("assess.rule", json!({"rule": "stale"})),
        (
            "assess.newFromText",
            json!({"question": "Why?", "text": "A note.\n", "asOf": "2025-01-01"}),
        ),
        ("assess.nothing", json!({})),
    ] {
        let params = json!({"command": command, "arguments": [argument]});
        let answer = client.ask("workspace/executeCommand", params);
        let text = answer["markdown"].as_str().or(answer["text"].as_str());
        match text {
            Some(text) => {
                let lines: Vec<&str> = text.lines().take(12).collect();
                writeln!(
                    out,
                    "---- {command}\n{}",
                    anywhere(&lines.join("\n"), &root)
                )
                .expect("a line");
            }
            None => shown(&mut out, command, &answer, &root),
        }
    }
    insta::with_settings!({filters => [(r#""version": "[0-9.]+""#, "VERSION")]}, {
        insta::assert_snapshot!(out);
    });
    assert_eq!(client.end(true), 0);
    let written: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .collect();
    assert_eq!(written.len(), 1, "nothing is written");
}

#[test]
fn every_request_on_a_broken_file() {
    let broken = "assessment \"A 🙂 question?\" { as of: 2025-03-01 }\nhorizon short: 0 to 6 months\noutcome stays \"Stays\"\nfinal outcome goes \"Goes\"\nprior { goes: 4% by shrt, stays: rest }\nevent troops \"Troops\" {\n  chance: likly by short\n  weight for goes: strong\n";
    let folder = folder(&[("broken.assess", broken)]);
    let root = uri(folder.path());
    let (mut client, _) = Client::initialized(folder.path(), capable());
    let file = format!("{root}/broken.assess");
    client.open(&file, broken);
    let told = client.until(|m| m["method"] == "textDocument/publishDiagnostics");
    let mut out = String::new();
    shown(&mut out, "diagnostics", &told["params"], &root);
    let places = ["by sh¦rt", "chance: lik¦ly", "event tro¦ops", "strong\n¦"];
    out += &requests(&mut client, &file, broken, &places, &root);
    insta::assert_snapshot!(out);
    assert_eq!(client.end(true), 0);
}

#[test]
fn numbers_stay_while_the_text_is_broken_and_say_so() {
    let folder = folder(&[("nato.assess", NATO)]);
    let (mut client, _) = Client::initialized(folder.path(), capable());
    let file = format!("{}/nato.assess", uri(folder.path()));
    client.open(&file, NATO);
    let sound = computed(&mut client, 1)["params"].clone();
    client.forget();
    let at = position(NATO, "chance: likely¦ by short");
    let change = json!({"range": {"start": at, "end": at}, "text": "x"});
    client.tell(
        "textDocument/didChange",
        json!({
        "textDocument": {"uri": file, "version": 2}, "contentChanges": [change]}),
    );
    let broken = computed(&mut client, 2)["params"].clone();
    assert_eq!(
        (broken["errors"].clone(), broken["stale"].clone()),
        (json!(1), json!(true))
    );
    assert_eq!(broken["verdict"], sound["verdict"]);
    let page = client.ask("assess/preview", json!({"uri": file}));
    assert_eq!(page["stale"], true);
    assert!(
        page["message"]
            .as_str()
            .expect("why")
            .contains("unknown-word"),
        "{page}"
    );
    let end =
        json!({"line": at["line"], "character": at["character"].as_u64().expect("a number") + 1});
    client.tell(
        "textDocument/didChange",
        json!({
        "textDocument": {"uri": file, "version": 3},
        "contentChanges": [{"range": {"start": at, "end": end}, "text": ""}]}),
    );
    let mended = computed(&mut client, 3)["params"].clone();
    assert_eq!(
        (mended["errors"].clone(), mended["verdict"].clone()),
        (json!(0), sound["verdict"].clone())
    );
}

#[test]
fn the_preview_is_the_report() {
    let text = include_str!("../../examples/changes.assess");
    let folder = folder(&[("changes.assess", text)]);
    let (mut client, _) = Client::initialized(folder.path(), capable());
    let file = format!("{}/changes.assess", uri(folder.path()));
    client.open(&file, text);
    let page = client.ask("assess/preview", json!({"uri": file}));
    let html = page["html"].as_str().expect("a page");
    assert!(html.starts_with("<!") && html.contains("Will the merger close?"));
    assert_eq!(
        (page["stale"].clone(), page["version"].clone()),
        (json!(false), json!(1))
    );
    client.tell(
        "textDocument/didChange",
        json!({
        "textDocument": {"uri": file, "version": 2},
        "contentChanges": [{"text": text.replace("when: remedy", "when: remidy")}]}),
    );
    let broken = client.ask("assess/preview", json!({"uri": file}));
    assert_eq!(broken["stale"], true);
    assert_eq!(broken["html"], page["html"], "the last good one");
}

#[test]
fn a_rename_reaches_every_file_that_means_the_name() {
    let shared = "event drift \"Drift\" { chance: 10% by long }\n";
    let main = "use \"s.assess\": drift\nassessment \"A 🙂?\" { as of: 2025-01-01 }\nhorizon long: until 2026-01-01\noutcome a\noutcome b\nprior { a: 50%, b: rest }\nchange c { when: drift\n weight for a: weak }\n";
    let other = main.replace(
        "use \"s.assess\": drift\n",
        "event drift { chance: 5% by long }\n",
    );
    let folder = folder(&[
        ("s.assess", shared),
        ("m.assess", main),
        ("other.assess", &other),
    ]);
    let root = uri(folder.path());
    let (mut client, _) = Client::initialized(folder.path(), capable());
    let file = format!("{root}/m.assess");
    client.open(&file, main);
    let params = json!({"textDocument": {"uri": file}, "position": position(main, "when: dr¦ift"), "newName": "slide"});
    let edit = client.ask("textDocument/rename", params.clone());
    let mut out = String::new();
    shown(&mut out, "rename", &edit, &root);
    let mut taken = params.clone();
    taken["newName"] = json!("a");
    shown(
        &mut out,
        "a name that is taken",
        &client.ask("textDocument/rename", taken),
        &root,
    );
    let params = json!({"textDocument": {"uri": format!("{root}/s.assess")},
        "position": position(shared, "event dr¦ift"), "context": {"includeDeclaration": true}});
    client.open(&format!("{root}/s.assess"), shared);
    shown(
        &mut out,
        "references",
        &client.ask("textDocument/references", params),
        &root,
    );
    insta::assert_snapshot!(out);
    // What is not ours has the name for a thing of its own.
    assert!(!out.contains("other.assess"));
    assert_eq!(
        std::fs::read_to_string(folder.path().join("m.assess")).expect("a file"),
        main
    );
}

#[test]
fn a_change_of_a_used_file_is_seen_where_it_is_used() {
    let shared = "event drift \"Drift\" { chance: 10% by long }\n";
    let main = "use \"s.assess\": drift\nassessment \"A?\" { as of: 2025-01-01 }\nhorizon long: until 2026-01-01\noutcome a\noutcome b\nprior { a: 50%, b: rest }\nchange c { when: drift\n weight for a: weak }\n";
    let folder = folder(&[("s.assess", shared), ("m.assess", main)]);
    let root = uri(folder.path());
    let (mut client, _) = Client::initialized(folder.path(), capable());
    let (m, s) = (format!("{root}/m.assess"), format!("{root}/s.assess"));
    client.open(&m, main);
    computed(&mut client, 1);
    client.open(&s, shared);
    client.forget();
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": s, "version": 2},
        "contentChanges": [{"text": "event slide \"Drift\" { chance: 10% by long }\n"}]}),
    );
    let told = client.until(|m| {
        m["method"] == "textDocument/publishDiagnostics"
            && m["params"]["uri"]
                .as_str()
                .is_some_and(|u| u.ends_with("m.assess"))
            && m["params"]["diagnostics"]
                .as_array()
                .is_some_and(|d| !d.is_empty())
    });
    assert_eq!(told["params"]["diagnostics"][0]["code"], "unknown-name");
    // Closed, it is again what it is on disk.
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": s}}));
    client.until(|m| {
        m["method"] == "assess/verdict"
            && m["params"]["errors"] == 0
            && m["params"]["checked"] == true
    });
}

/// A small file with something to mend, to lay out and to complete.
const PORT: &str = "assessment \"Who will run the port?\" {\n  as of: 2025-03-01\n  resolves: \"The contract.\"\n}\nhorizon year \"This year\": 0 to 12 months\noutcome city   \"The city\"\noutcome firm \"A firm\"\nprior { city: likely, firm: rest, source: \"Forty ports\" }\nevent strike \"A strike\" { resolves: \"Seen.\", chance: 20% by year }\nchange walkout \"They walk out\" { when: strike, weight against city: strong }\nexpect city by year given walkout: below city in year\n";

#[test]
fn commands_settings_and_answers_in_full() {
    let folder = folder(&[("port.assess", PORT)]);
    let root = uri(folder.path());
    let mut capabilities = capable();
    capabilities["textDocument"]["completion"]["completionItem"]["labelDetailsSupport"] =
        json!(true);
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let (mut client, _) = Client::initialized(folder.path(), capabilities);
    let file = format!("{root}/port.assess");
    let document = json!({"uri": file});
    client.open(&file, PORT);
    let mut out = String::new();
    // The clause of the last line is about an outcome that passes: `by` is mended.
    let found = client.ask("textDocument/diagnostic", json!({"textDocument": document}));
    shown(&mut out, "diagnostic", &found, &root);
    let at = position(PORT, "expect city b¦y year");
    let range = json!({"start": at, "end": at});
    let params = json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
    let actions = client.ask("textDocument/codeAction", params);
    shown(&mut out, "codeAction in full", &actions[0], &root);
    let all = json!({"textDocument": document, "range": range,
        "context": {"diagnostics": [], "only": ["source.fixAll"]}});
    let all = client.ask("textDocument/codeAction", all);
    shown(&mut out, "fixAll in full", &all[0]["edit"], &root);
    // As the client would make it.
    let mended = PORT.replace("expect city by", "expect city in");
    let version = json!({"uri": file, "version": 2});
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": version, "contentChanges": [{"text": mended}]}),
    );
    computed(&mut client, 2);
    let layout = json!({"textDocument": document, "options": {"tabSize": 2, "insertSpaces": true}});
    let edits = client.ask("textDocument/formatting", layout);
    shown(&mut out, "formatting", &edits, &root);
    let place = position(&mended, "weight against city: ¦strong");
    let params = json!({"textDocument": document, "position": place});
    let proposals = client.ask("textDocument/completion", params);
    shown(&mut out, "completion: the first", &proposals[0], &root);
    let place = position(&mended, "¦expect city");
    let params = json!({"textDocument": document, "position": place});
    let proposals = client.ask("textDocument/completion", params);
    let items = proposals.as_array().expect("proposals");
    let question = items.iter().find(|p| p["label"] == "question");
    shown(
        &mut out,
        "completion: an item",
        question.expect("one"),
        &root,
    );
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let mut hints = |client: &mut Client, what: &str| {
        let params = json!({"textDocument": document, "range": whole});
        let found = client.ask("textDocument/inlayHint", params);
        let found = found.as_array().into_iter().flatten();
        let labels: Vec<&str> = found.filter_map(|h| h["label"].as_str()).collect();
        writeln!(out, "---- hints {what}\n{}", labels.join(" | ")).expect("a line");
    };
    hints(&mut client, "as they are");
    for settings in [
        json!({"inlayHints": {"words": false, "chances": true}}),
        json!({"assess": {"inlayHints": {"verdict": false, "expectations": false}}}),
        json!({"inlayHints": {"words": true, "chances": false, "verdict": true, "expectations": true}}),
        json!(null),
    ] {
        client.forget();
        let params = json!({"settings": settings});
        client.tell("workspace/didChangeConfiguration", params);
        client.until(|m| m["method"] == "workspace/inlayHint/refresh");
        hints(&mut client, &settings.to_string());
    }
    for (command, argument) in [
        ("assess.flip", json!({"uri": file})),
        ("assess.explain", json!({"uri": file, "outcome": "firm"})),
        ("assess.report", json!({"uri": file, "format": "markdown"})),
        ("assess.report", json!({"uri": file, "format": "nothing"})),
        ("assess.accept", json!({"uri": "file:///nowhere.assess"})),
        (
            "assess.newFromText",
            json!({"question": "Why?", "text": "A note.", "asOf": "soon"}),
        ),
    ] {
        let params = json!({"command": command, "arguments": [argument]});
        let answer = client.ask("workspace/executeCommand", params);
        let text = answer["markdown"].as_str().or(answer["text"].as_str());
        match text {
            Some(text) => {
                let lines: Vec<&str> = text.lines().take(14).collect();
                writeln!(
                    out,
                    "---- {command}\n{}",
                    anywhere(&lines.join("\n"), &root)
                )
                .expect("a line");
            }
            None => shown(&mut out, command, &answer, &root),
        }
    }
    let names = || {
        let entries = std::fs::read_dir(folder.path()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|e| {
                e.expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["port.assess"], "nothing is written unasked");
    let disk = folder.path().join("port.assess");
    std::fs::write(&disk, &mended).expect("a file");
    let params = json!({"command": "assess.accept", "arguments": [{"uri": file}]});
    let answer = client.ask("workspace/executeCommand", params);
    shown(&mut out, "assess.accept", &answer, &root);
    assert_eq!(names(), ["port.assess", "port.verdict"]);
    assert_eq!(std::fs::read_to_string(&disk).expect("a file"), mended);
    insta::assert_snapshot!(out);
    assert_eq!(client.end(true), 0);
}

#[test]
fn an_event_is_moved_to_a_file_that_the_client_makes() {
    let main = "assessment \"A?\" { as of: 2025-01-01 }\nhorizon long: until 2026-01-01\noutcome a\noutcome b\nprior { a: 50%, b: rest }\nevent drift { chance: 5% by long, weight for a: weak }\n";
    let folder = folder(&[("m.assess", main)]);
    let root = uri(folder.path());
    let file = format!("{root}/m.assess");
    let at = position(main, "event dr¦ift");
    let params = json!({"textDocument": {"uri": file}, "range": {"start": at, "end": at},
        "context": {"diagnostics": [], "only": ["refactor"]}});
    let moved = |capabilities: Value| {
        let (mut client, _) = Client::initialized(folder.path(), capabilities);
        client.open(&file, main);
        let actions = client.ask("textDocument/codeAction", params.clone());
        let mut all = actions.as_array().cloned().into_iter().flatten();
        all.find(|a| a["title"].as_str().is_some_and(|t| t.starts_with("Move")))
    };
    assert_eq!(moved(capable()), None);
    let mut making = capable();
    making["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create", "rename"]);
    let action = moved(making).expect("an action");
    let mut out = String::new();
    shown(&mut out, "move", &action, &root);
    insta::assert_snapshot!(out);
}
