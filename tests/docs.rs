//! Every code block of README.md and docs/*.md runs.
//!
//! | tag | what must be true of the block |
//! |---|---|
//! | `assess` | it has no errors; a part of a file is completed by `rules::frame` |
//! | `assess error=RULE,RULE` | it raises exactly these, each once; of the linter's rules only where one is named |
//! | `assess file=NAME …` | the same, and it is written to the page's folder under that name |
//! | `assess file=NAME append …` | the same for the file with the block at its end |
//! | `assess unformatted …` | the same, and `assess fmt` may change it |
//! | `assess frame` | it is what `rules::frame` adds |
//! | `console` | the commands behind `$` print what stands below them |
//! | `console exit=1 lines=20` | and end with that code; only so many lines of each are shown |
//!
//! Console blocks run in the page's folder, which begins as a copy of `assessments/` and
//! `examples/`. `UPDATE_DOCS=1` writes what they print into the page. Any other tag must stand in
//! [`UNRUN`].

pub(crate) mod blocks;
mod console;
mod limits;

use assess::lint::rules::frame::frame;
use assess::lint::rules::{self, Group};
use assess::lint::{self, Config, Policy};
use assess::project::{Memory, Project};
use blocks::Block;
use console::Folder;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Pages and tags of blocks that are only to be read.
const UNRUN: &[(&str, &str)] = &[
    ("docs/architecture.md", "text"),
    // `editors/test.sh` runs those whose editor is there.
    ("docs/editors.md", "json"),
    ("docs/editors.md", "elisp"),
    ("docs/editors.md", "lua"),
    ("docs/editors.md", "sh"),
    ("docs/editors.md", "toml"),
    ("docs/linting.md", "sh"),
    ("docs/linting.md", "yaml"),
    ("docs/method.md", ""),
    ("docs/upkeep.md", "sh"),
    // `tests/cli/log.rs` compares it.
    ("docs/upkeep.md", "text"),
    ("docs/report.md", "sh"),
    ("docs/batch.md", "sh"),
    // `tests/record/stream.rs` reads such files.
    ("docs/record.md", "sh"),
    ("docs/install.md", "sh"),
];

/// The day on which the blocks are read, as the examples of the rules are.
const TODAY: Date = date(2025, 3, 1);

/// Commands that are shown and cannot run inside a test.
const UNRUN_COMMANDS: &[&str] = &["cargo test"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether pages are to be rewritten instead of compared.
fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

fn pages() -> Vec<String> {
    let mut pages: Vec<String> = fs::read_dir(root().join("docs"))
        .expect("docs")
        .map(|entry| {
            entry
                .expect("entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .filter(|name| name.ends_with(".md"))
        .map(|name| format!("docs/{name}"))
        .collect();
    pages.push("README.md".into());
    pages.sort();
    pages
}

/// The names of the rules that a file breaks, in the order of their places; without `linted` those
/// of errors alone, since a part of a file leaves much out.
fn broken_rules(
    files: &BTreeMap<String, String>,
    name: &str,
    text: &str,
    linted: bool,
    record: bool,
) -> Vec<&'static str> {
    let files = Memory::new(files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    let project = Project::from_text_with(&files, name, text);
    let mut policy = Policy::default();
    policy.settings.today = Some(TODAY);
    policy.settings.record = record.then(crate::rules::record);
    let mut found = lint::check(&project, &policy).diagnostics;
    found.retain(|d| linted || d.rule.group == Group::Error);
    found.iter().map(|d| d.rule.name).collect()
}

/// One page, with what its blocks have written so far.
struct Page {
    name: String,
    files: BTreeMap<String, String>,
    folder: Folder,
    /// What was wrong.
    complaints: Vec<String>,
    /// New bodies for blocks, by their place.
    rewrites: Vec<(std::ops::Range<usize>, String)>,
}

impl Page {
    fn complain(&mut self, block: &Block, what: &str) {
        let place = format!("{}:{}", self.name, block.line);
        self.complaints
            .push(format!("{place}: {what}\n{}", block.body));
    }

    fn run(&mut self, block: &Block) {
        match block.tag() {
            "assess" if block.has("frame") => {
                if block.body.trim() != frame("").trim() {
                    self.complain(block, &format!("is not the frame:\n{}", frame("")));
                }
            }
            "assess" => self.check(block),
            "console" => self.console(block),
            tag if UNRUN.contains(&(&self.name, tag)) => {}
            "toml" => {
                let (_, checked) = Config::read("assess.toml", &block.body);
                if let Some(mistake) = checked.diagnostics.first() {
                    self.complain(block, &mistake.message);
                }
            }
            tag => self.complain(block, &format!("nobody runs blocks tagged `{tag}` here")),
        }
    }

    fn check(&mut self, block: &Block) {
        let (name, text) = match block.value("file") {
            Some(name) => {
                let mut text = block.body.clone();
                if block.has("append") {
                    let before = self.files.get(name).expect("a file to append to");
                    text = format!("{before}\n{text}");
                }
                self.files.insert(name.to_string(), text.clone());
                self.folder.write(name, &text);
                (name, text)
            }
            None => ("block.assess", frame(&block.body)),
        };
        let expected: Vec<&str> = match block.value("error") {
            Some(rules) => rules.split(',').collect(),
            None => Vec::new(),
        };
        let group = |name: &&str| rules::find(name).map(|rule| rule.group);
        let linted = expected
            .iter()
            .any(|name| group(name) != Some(Group::Error));
        let record = expected.contains(&"miscalibrated-word");
        let found = broken_rules(&self.files, name, &text, linted, record);
        if found != expected {
            self.complain(
                block,
                &format!("raises {found:?} and should raise {expected:?}"),
            );
        }
    }

    fn console(&mut self, block: &Block) {
        let lines = block.value("lines").map(|n| n.parse().expect("a number"));
        let exit = block
            .value("exit")
            .map_or(0, |n| n.parse().expect("a number"));
        let mut body = String::new();
        for command in block.body.lines().filter_map(|l| l.strip_prefix("$ ")) {
            body.push_str(&format!("$ {command}\n"));
            if UNRUN_COMMANDS.contains(&command) {
                continue;
            }
            let (printed, code) = self.folder.run(command);
            if code != exit {
                self.complain(block, &format!("`{command}` ends with {code}:\n{printed}"));
            }
            body.push_str(&console::shown(&printed, lines));
        }
        if body.is_empty() {
            self.complain(block, "has no command");
        }
        if body != block.body {
            if updating() {
                self.rewrites.push((block.range.clone(), body));
            } else {
                let what = format!("prints this now (UPDATE_DOCS=1 accepts it):\n{body}");
                self.complain(block, &what);
            }
        }
    }
}

#[test]
fn every_block_runs() {
    let mut complaints = Vec::new();
    let mut count = BTreeMap::new();
    for name in pages() {
        let path: PathBuf = root().join(&name);
        let mut text = fs::read_to_string(&path).expect("page");
        let mut page = Page {
            name,
            files: BTreeMap::new(),
            folder: Folder::new(root()),
            complaints: Vec::new(),
            rewrites: Vec::new(),
        };
        for block in blocks::of(&text) {
            *count.entry(block.tag().to_string()).or_insert(0) += 1;
            page.run(&block);
        }
        if !page.rewrites.is_empty() {
            for (range, body) in page.rewrites.iter().rev() {
                text.replace_range(range.clone(), body);
            }
            fs::write(&path, text).expect("page");
        }
        complaints.append(&mut page.complaints);
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n----\n"));
    assert!(count["assess"] > 50 && count["console"] > 5, "{count:?}");
}

/// The page names every limit, with its number.
#[test]
fn limits_are_those_of_the_source() {
    let path = root().join("docs/language.md");
    let page = fs::read_to_string(&path).expect("page");
    let source = fs::read_to_string(root().join("src/limits.rs")).expect("source");
    let (before, rest) = page
        .split_once(limits::BEGIN)
        .expect("where the table begins");
    let (_, after) = rest.split_once(limits::END).expect("where it ends");
    let table = limits::table(&source);
    let now = [before, limits::BEGIN, &table, limits::END, after].concat();
    if updating() {
        fs::write(&path, &now).expect("page");
    } else {
        assert!(
            page == now,
            "UPDATE_DOCS=1 writes this into docs/language.md:\n{table}"
        );
    }
}

/// Links within the pages lead somewhere.
#[test]
fn every_link_leads_somewhere() {
    for name in pages() {
        let text = fs::read_to_string(root().join(&name)).expect("page");
        for link in blocks::links(&text) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            if file.contains("://") {
                continue;
            }
            let target = if file.is_empty() {
                root().join(&name)
            } else {
                root().join(&name).parent().expect("folder").join(file)
            };
            assert!(target.exists(), "{name}: `{link}` leads nowhere");
            if !anchor.is_empty() {
                let page = fs::read_to_string(&target).expect("page");
                let anchors = blocks::anchors(&page);
                assert!(
                    anchors.iter().any(|a| a == anchor),
                    "{name}: no `#{anchor}` in {file}"
                );
            }
        }
    }
}

/// The language's page leads to every example.
#[test]
fn every_example_is_cited() {
    let page = fs::read_to_string(root().join("docs/language.md")).expect("page");
    let cited = blocks::links(&page);
    for entry in fs::read_dir(root().join("examples")).expect("examples") {
        let name = entry
            .expect("entry")
            .file_name()
            .into_string()
            .expect("UTF-8");
        let link = format!("../examples/{name}");
        let is_program = name.ends_with(".rs");
        assert!(
            is_program || cited.contains(&link),
            "nothing leads to {name}"
        );
    }
}
