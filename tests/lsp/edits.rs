//! Random edits with requests in between: what the server finds is what `check` finds, after each.

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
    for edit in 0..edits {
        let version = edit + 2;
        let start = dice.below(text.len() + 1);
        let start = boundary(&text, start);
        // Often back to what can be read, so that the linter has its say.
        let change = if dice.below(6) == 0 {
            text = sound.clone();
            json!({"text": text})
        } else {
            let end = boundary(&text, (start + dice.below(9)).min(text.len())).max(start);
            let piece = PIECES[dice.below(PIECES.len())];
            // Between a return and its new line no client can name a place.
            let splits = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
            if splits(start) || splits(end) {
                json!({"text": text})
            } else {
                let range = json!({"start": place(&text, start), "end": place(&text, end)});
                text.replace_range(start..end, piece);
                json!({"range": range, "text": piece})
            }
        };
        client.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": file, "version": version}, "contentChanges": [change]}),
        );
        let document = json!({"uri": file});
        let id = client.request("textDocument/diagnostic", json!({"textDocument": document}));
        // Somebody hovers and types on while it is computed.
        let at = place(&text, boundary(&text, dice.below(text.len() + 1)));
        let hover = client.request(
            "textDocument/hover",
            json!({"textDocument": document, "position": at}),
        );
        let answer = client.answer(id);
        assert!(client.answer(hover).get("error").is_none());
        assert_eq!(
            found(&answer["result"]),
            expected(&text, &path),
            "edit {edit} of seed {seed}\n{text}"
        );
        client.forget();
    }
    // Its process holds no more than it did: the text is as long as it was.
    assert_eq!(client.end(true), 0);
}

#[test]
fn what_is_found_is_what_check_finds() {
    run(300, 7);
}

#[test]
#[ignore = "takes minutes; for changes of the server"]
fn what_is_found_is_what_check_finds_at_length() {
    run(10_000, 11);
}

#[test]
fn memory_is_level() {
    let rss = |id: u32| {
        let text = std::fs::read_to_string(format!("/proc/{id}/statm")).ok()?;
        text.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
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
        sizes.extend(rss(client.process_id()));
    }
    // Only Linux tells.
    if let (Some(early), Some(late)) = (sizes.get(50), sizes.last()) {
        assert!(*late < early + early / 4, "{early} → {late} pages");
    }
}
