//! Random edits with requests in between: what the server finds is what `check` finds, after each.
//!
//! The long run is ignored: `EDITS=10000 cargo test --features lsp --test lsp -- --ignored`.

use crate::client::{Client, folder, uri};
use assess::workspace::Workspace;
use serde_json::{Value, json};

/// The same numbers on every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// What is put in.
const PIECES: [&str; 24] = [
    "",
    " ",
    "\n",
    "x",
    "5%",
    "likely",
    "likly",
    "by full",
    "{",
    "}",
    "\"",
    "# allow(stale): so\n",
    ",",
    ":",
    "event e { chance: 5% by full }\n",
    "é🙂",
    "\r\n",
    "not ",
    "and",
    "weight for closed: weak\n",
    "\u{feff}",
    "0",
    "resolves: \"x\"",
    "outcome",
];

fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|&a| text.is_char_boundary(a))
        .unwrap_or(0)
}

fn place(text: &str, offset: usize) -> Value {
    let ends = |b: &[u8], i: usize| b[i] == b'\n' || b[i] == b'\r' && b.get(i + 1) != Some(&b'\n');
    let bytes = text.as_bytes();
    let starts = (0..offset).filter(|&i| ends(bytes, i)).map(|i| i + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    let start = starts[starts.len() - 1];
    json!({"line": starts.len() - 1, "character": text[start..offset].encode_utf16().count()})
}

/// What `check` finds, as the protocol says it.
fn expected(text: &str, path: &std::path::Path) -> Vec<Value> {
    let mut files = Workspace::new();
    files.open(path, text).expect("a path");
    let found = files.check(path).expect("it is open").data();
    let each = found.diagnostics.into_iter().map(|d| {
        let range = json!({"start": place(text, d.start.offset), "end": place(text, d.end.offset)});
        json!([d.rule, d.message, range, d.fix.map(|f| f.safe)])
    });
    let mut all: Vec<Value> = each.collect();
    all.sort_by_key(Value::to_string);
    all.dedup();
    all
}

fn found(answer: &Value) -> Vec<Value> {
    let items = answer["items"].as_array().into_iter().flatten();
    let each = items.map(|d| {
        let message = d["message"].as_str().expect("a message").split('\n').next();
        json!([d["code"], message, d["range"], d["data"]["safe"]])
    });
    let mut all: Vec<Value> = each.collect();
    all.sort_by_key(Value::to_string);
    all.dedup();
    all
}

/// How many of something a long run makes.
pub(crate) fn how_many(variable: &str, usual: usize) -> usize {
    let stated = std::env::var(variable).ok();
    stated.map_or(usual, |n| n.parse().expect("a number"))
}

/// The memory of a process, in pages; only Linux tells.
fn pages(id: u32) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/statm")).ok()?;
    text.split_whitespace().nth(1)?.parse().ok()
}

/// An edit somewhere in a text, as a client tells it.
fn edit(dice: &mut Dice, text: &mut String, sound: &str) -> Value {
    let start = dice.below(text.len() + 1);
    let start = boundary(text, start);
    // Often back to what can be read, so that the linter has its say.
    if dice.below(6) == 0 {
        sound.clone_into(text);
        return json!({"text": text});
    }
    let end = boundary(text, (start + dice.below(9)).min(text.len())).max(start);
    let piece = PIECES[dice.below(PIECES.len())];
    // Between a return and its new line no client can name a place.
    let splits = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
    if splits(start) || splits(end) {
        return json!({"text": text});
    }
    let range = json!({"start": place(text, start), "end": place(text, end)});
    text.replace_range(start..end, piece);
    json!({"range": range, "text": piece})
}

fn run(edits: usize, seed: u64) {
    let sound = include_str!("../../examples/changes.assess").to_owned();
    let folder = folder(&[("a.assess", &sound)]);
    let path = folder
        .path()
        .canonicalize()
        .expect("a path")
        .join("a.assess");
    let capabilities = json!({"textDocument": {"diagnostic": {}}});
    let (mut client, _) = Client::initialized(folder.path(), capabilities);
    let file = uri(&path);
    client.open(&file, &sound);
    let (mut dice, mut text) = (Dice(seed), sound.clone());
    let mut sizes = Vec::new();
    let mut version = 1;
    let document = json!({"uri": file});
    while version < edits {
        // Now and then somebody types faster than the server answers.
        let burst = if dice.below(5) == 0 { 4 } else { 1 };
        let mut asked = Vec::new();
        for _ in 0..burst {
            version += 1;
            let change = edit(&mut dice, &mut text, &sound);
            client.tell(
                "textDocument/didChange",
                json!({"textDocument": {"uri": file, "version": version}, "contentChanges": [change]}),
            );
            let id = client.request("textDocument/diagnostic", json!({"textDocument": document}));
            asked.push((id, text.clone()));
        }
        // Somebody hovers and types on while it is computed.
        let at = place(&text, boundary(&text, dice.below(text.len() + 1)));
        let hover = client.request(
            "textDocument/hover",
            json!({"textDocument": document, "position": at}),
        );
        for (i, (id, of)) in asked.iter().enumerate() {
            let answer = client.answer(*id);
            // An answer is about the text that it was asked of, or it is none.
            let is_last = i + 1 == asked.len();
            if !is_last && answer["error"]["code"] == -32802 {
                assert_eq!(answer["error"]["data"]["retriggerRequest"], true);
                continue;
            }
            assert_eq!(
                found(&answer["result"]),
                expected(of, &path),
                "version {version} of seed {seed}\n{of}"
            );
        }
        assert!(client.answer(hover).get("error").is_none());
        client.forget();
        sizes.extend(pages(client.process_id()));
    }
    // Its process holds no more than it did early on.
    let early = sizes.iter().skip(sizes.len() / 10).take(sizes.len() / 10);
    let late = sizes.iter().rev().take(sizes.len() / 10);
    if let (Some(early), Some(late)) = (early.max(), late.min())
        && sizes.len() > 100
    {
        assert!(*late <= early + early / 4, "{early} → {late} pages");
        eprintln!("{version} edits; memory {early} → {late} pages");
    }
    assert_eq!(client.end(true), 0);
}

/// What is told unasked, to a client that listens: of each version only what is found in its text.
fn listen(edits: usize, seed: u64) {
    let sound = include_str!("../../examples/changes.assess").to_owned();
    let folder = folder(&[("a.assess", &sound)]);
    let path = folder
        .path()
        .canonicalize()
        .expect("a path")
        .join("a.assess");
    let (mut client, _) = Client::initialized(folder.path(), json!({}));
    let file = uri(&path);
    client.open(&file, &sound);
    let (mut dice, mut text) = (Dice(seed), sound.clone());
    let mut texts = vec![String::new(), sound.clone()];
    while texts.len() <= edits {
        let version = texts.len();
        let change = edit(&mut dice, &mut text, &sound);
        client.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": file, "version": version}, "contentChanges": [change]}),
        );
        texts.push(text.clone());
        if dice.below(3) == 0 {
            continue;
        }
        // Until the linter has had its say.
        client.until(|m| {
            m["method"] == "assess/verdict"
                && m["params"]["version"] == version
                && m["params"]["checked"] == true
        });
        let told = client.told("textDocument/publishDiagnostics");
        for message in &told {
            let of = message["params"]["version"].as_u64().expect("a version");
            let all = expected(&texts[of as usize], &path);
            let items = json!({"items": message["params"]["diagnostics"]});
            for mut item in found(&items) {
                // Fixes are tried later; until then none is called safe.
                if item[3] == false && !all.contains(&item) {
                    item[3] = json!(true);
                }
                assert!(
                    all.contains(&item),
                    "version {of} of seed {seed}: {item}\n{}",
                    texts[of as usize]
                );
            }
        }
        client.forget();
    }
    assert_eq!(client.end(true), 0);
}

#[test]
fn what_is_found_is_what_check_finds() {
    run(300, 7);
}

#[test]
fn what_is_told_is_about_its_version() {
    listen(120, 23);
}

#[test]
#[ignore = "takes minutes: EDITS says how many"]
fn what_is_found_is_what_check_finds_at_length() {
    run(how_many("EDITS", 10_000), 11);
}

#[test]
#[ignore = "takes minutes: EDITS says how many"]
fn what_is_told_is_about_its_version_at_length() {
    listen(how_many("EDITS", 10_000) / 10, 29);
}

#[test]
fn memory_is_level() {
    let text = include_str!("../../examples/changes.assess");
    let folder = folder(&[("a.assess", text)]);
    let (mut client, _) =
        Client::initialized(folder.path(), json!({"textDocument": {"diagnostic": {}}}));
    let file = format!("{}/a.assess", uri(folder.path()));
    client.open(&file, text);
    let mut sizes = Vec::new();
    for version in 2..200 {
        let new = format!("{text}# {version}\n");
        client.tell(
            "textDocument/didChange",
            json!({
            "textDocument": {"uri": file, "version": version}, "contentChanges": [{"text": new}]}),
        );
        client.ask(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": file}}),
        );
        client.forget();
        sizes.extend(pages(client.process_id()));
    }
    // Only Linux tells.
    if let (Some(early), Some(late)) = (sizes.get(50), sizes.last()) {
        assert!(*late < early + early / 4, "{early} → {late} pages");
    }
}
