//! Which room of `src` may name which: the table, and that the code and `docs/architecture.md` agree with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room, from the ground up, with the rooms that it names. A room names rooms above it in this list alone, so
/// that there is no circle; an arrow that nothing needs any more is taken out.
const ROOMS: &[(&str, &str)] = &[
    ("scales", ""),
    ("strengths", "scales"),
    ("parallel", ""),
    ("numeric", ""),
    ("text", "scales"),
    ("diag", "text"),
    ("limits", "diag text"),
    ("syntax", "diag limits scales strengths text"),
    ("admiralty", "syntax"),
    ("phrases", "syntax text"),
    ("format", "diag syntax text"),
    ("starter", "format syntax text"),
    ("project", "diag limits syntax text"),
    (
        "resolve",
        "admiralty diag limits numeric phrases project scales strengths syntax text",
    ),
    ("model", "numeric resolve text"),
    (
        "infer",
        "admiralty diag limits model numeric parallel resolve strengths text",
    ),
    ("whatif", "diag project resolve syntax text"),
    (
        "batch",
        "diag infer limits model parallel project resolve text whatif",
    ),
    ("record", "admiralty diag infer numeric resolve scales text"),
    ("advance", "diag project record resolve syntax text"),
    ("snapshot", "infer resolve scales text"),
    (
        "revision",
        "admiralty diag infer numeric parallel project resolve scales strengths syntax text",
    ),
    ("history", "diag project resolve revision text"),
    ("pooling", "diag infer project resolve revision text"),
    (
        "lint",
        "admiralty diag infer limits model project record resolve scales starter strengths syntax text",
    ),
    ("agenda", "diag lint project resolve text"),
    ("testing", "infer limits lint resolve text"),
    ("rename", "diag lint project resolve syntax text"),
    ("chart", "phrases text"),
    (
        "render",
        "admiralty agenda chart diag history infer limits lint phrases pooling record resolve revision scales strengths \
         syntax testing text",
    ),
    (
        "workspace",
        "diag format infer lint parallel project rename render resolve syntax text whatif",
    ),
    (
        "ide",
        "admiralty diag infer lint phrases project rename render resolve scales strengths syntax text",
    ),
    ("lsp", "diag ide infer lint project starter text workspace"),
    (
        "cli",
        "advance agenda batch chart diag format history infer limits lint lsp parallel pooling project record rename \
         render resolve revision snapshot starter syntax testing text workspace",
    ),
];

/// What of `infer` says what is asked, the engines beside each other, and who chooses among them; each with what else of
/// `infer` it names.
const ENGINES: &[(&str, &str)] = &[
    ("question", ""),
    ("exact", "question"),
    ("factored", "question"),
    ("lumped", "question"),
    ("compiled", "exact lumped question"),
    ("sampled", "compiled exact factored meter question"),
];

/// What stands between these two lines of `docs/architecture.md` is the table above.
const MARKS: (&str, &str) = ("<!-- rooms -->", "<!-- end of rooms -->");

/// A crate, or a part of the standard library, and the only files or folders of `src` that may name it.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("pest", &["syntax/"]),
    ("pest_derive", &["syntax/"]),
    ("miette", &["render/text.rs"]),
    ("rayon", &["parallel.rs"]),
    ("clap", &["cli/", "workspace/asking.rs"]),
    ("notify", &["cli/"]),
    ("tempfile", &["cli/"]),
    ("mimalloc", &["main.rs"]),
    ("minijinja", &["render/report/html/"]),
    ("lsp_server", &["lsp/"]),
    ("gen_lsp_types", &["lsp/"]),
    ("arrow_array", &["batch/formats/", "batch/typed/"]),
    ("arrow_buffer", &["batch/typed/"]),
    ("arrow_ipc", &["batch/formats/arrow.rs"]),
    ("arrow_schema", &["batch/formats/", "batch/typed/"]),
    (
        "parquet",
        &[
            "batch/formats/mod.rs",
            "batch/formats/parquet.rs",
            "batch/formats/verdicts.rs",
        ],
    ),
    ("zmij", &["text/shortest.rs"]),
    ("std::fs", &["batch/formats/", "cli/", "project/loader.rs"]),
    ("std::process", &["cli/", "main.rs"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The code of every source file by its path under `src`, without comments and tests.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let is_test = path
                .file_name()
                .is_some_and(|n| n == "tests.rs" || n == "test.rs");
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !is_test {
                let name = path.strip_prefix(root().join("src")).expect("under src");
                let name = name.to_string_lossy().replace('\\', "/");
                files.push((name, code(&fs::read_to_string(&path).expect("text"))));
            }
        }
    }
    files.sort();
    files
}

/// What is compiled of a text when nothing is tested.
fn code(text: &str) -> String {
    let tests = text.find("#[cfg(test)]\nmod tests {");
    let text = tests.map_or(text, |at| &text[..at]);
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn room(file: &str) -> &str {
    file.split('/')
        .next()
        .map_or(file, |first| first.strip_suffix(".rs").unwrap_or(first))
}

/// The rooms that a text names: the first word after each `crate::`, and of each group after it.
fn named(code: &str) -> BTreeSet<&str> {
    let word = |text: &'_ str| {
        text.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len())
    };
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(&rest[..word(rest)]);
            continue;
        };
        let (mut depth, mut begins) = (0, true);
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                c if begins && c.is_alphabetic() => {
                    names.insert(&group[i..i + word(&group[i..])]);
                    begins = false;
                }
                _ => {}
            }
        }
    }
    names
}

/// By room the rooms that its files name, each with one file that does.
fn arrows() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut arrows: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let rooms: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    for (file, code) in sources() {
        let own = room(&file);
        if matches!(own, "lib" | "main") {
            continue;
        }
        assert!(
            rooms.contains(own),
            "`{own}` of src/{file} is no room of the table in tests/rooms.rs"
        );
        let to = arrows.entry(own.to_owned()).or_default();
        for name in named(&code)
            .into_iter()
            .filter(|n| *n != own && rooms.contains(n))
        {
            to.entry(name.to_owned()).or_insert_with(|| file.clone());
        }
    }
    arrows
}

#[test]
fn a_room_names_rooms_below_it_alone() {
    let found = arrows();
    let mut below: BTreeSet<&str> = BTreeSet::new();
    for (room, allowed) in ROOMS {
        let allowed: BTreeSet<&str> = allowed.split_whitespace().collect();
        for to in &allowed {
            assert!(
                below.contains(to),
                "the table lets `{room}` name `{to}`, which does not stand above it there"
            );
        }
        below.insert(room);
        let names = found
            .get(*room)
            .unwrap_or_else(|| panic!("there is no room `{room}`"));
        for (to, file) in names {
            assert!(
                allowed.contains(to.as_str()),
                "src/{file} names `{to}`, which `{room}` may not: move what it needs down, or call it from above"
            );
        }
        for to in allowed {
            assert!(
                names.contains_key(to),
                "`{room}` does not name `{to}` any more: take it out of the table"
            );
        }
    }
}

/// What else of `infer` one of its files names, by the path from the crate or from the file.
fn named_of_infer<'c>(file: &str, code: &'c str) -> BTreeSet<&'c str> {
    let own: Vec<&str> = file.split('/').collect();
    // In `infer/x.rs` and `infer/x/mod.rs` a step up leads to `infer`, in `infer/x/y.rs` two do.
    let up = match own[..] {
        ["infer", _] | ["infer", _, "mod.rs"] => "super::",
        _ => "super::super::",
    };
    let mut names = BTreeSet::new();
    for path in ["crate::infer::", up] {
        for (at, _) in code.match_indices(path) {
            let whole = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':');
            let rest = &code[at + path.len()..];
            let groups = rest.starts_with('{');
            assert!(
                !whole || !groups,
                "src/{file} names a group of what `infer` has: name each by a line"
            );
            if whole && !rest.starts_with("super::") {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                names.insert(&rest[..end.unwrap_or(rest.len())]);
            }
        }
    }
    names
}

#[test]
fn an_engine_names_the_question_and_no_other_engine() {
    let sources = sources();
    for (part, allowed) in ENGINES {
        let mut left: BTreeSet<&str> = allowed.split_whitespace().collect();
        let allowed = left.clone();
        let (single, folder) = (format!("infer/{part}.rs"), format!("infer/{part}/"));
        let own = |f: &&(String, String)| f.0 == single || f.0.starts_with(&folder);
        for (file, code) in sources.iter().filter(own) {
            for name in named_of_infer(file, code) {
                assert!(
                    allowed.contains(name) || name == *part,
                    "src/{file} names `{name}`, which `{part}` may not"
                );
                left.remove(name);
            }
        }
        assert!(
            left.is_empty(),
            "`{part}` does not name {left:?} any more: take it out of the table"
        );
    }
}

#[test]
fn the_architecture_shows_the_rooms() {
    let path = root().join("docs/architecture.md");
    let page = fs::read_to_string(&path).expect("the page");
    let rows = ROOMS.iter().map(|(room, names)| match *names {
        "" => format!("| `{room}` | |\n"),
        names => {
            let names: Vec<String> = names.split_whitespace().map(|n| format!("`{n}`")).collect();
            format!("| `{room}` | {} |\n", names.join(", "))
        }
    });
    let table: String = rows.collect();
    let table = format!("{}\n| room | names |\n|---|---|\n{table}", MARKS.0);
    let begin = page.find(MARKS.0).expect("the table begins");
    let end = page.find(MARKS.1).expect("the table ends");
    if page[begin..end] == table {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some(),
        "docs/architecture.md is stale: `UPDATE_DOCS=1 cargo test rooms` writes this:\n{table}"
    );
    fs::write(&path, format!("{}{table}{}", &page[..begin], &page[end..])).expect("written");
}

#[test]
fn what_is_outside_is_named_where_it_belongs() {
    for (file, code) in sources() {
        for (outside, places) in OUTSIDE {
            let named = code.match_indices(outside).any(|(at, _)| {
                let before = code[..at].chars().next_back();
                let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
                let after = &code[at + outside.len()..];
                let in_std = outside.starts_with("std::")
                    && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
                whole && (in_std || after.starts_with("::"))
            });
            let allowed = places.iter().any(|place| file.starts_with(place));
            assert!(
                !named || allowed,
                "src/{file} names `{outside}`, which only {places:?} may"
            );
        }
    }
}

#[test]
fn names_are_found_in_paths_and_groups() {
    let text = "use crate::diag::{Fix, rules};\nuse crate::{scales, text::{source::Span, round}, lint};\nlet x = crate::infer::f();";
    let names: Vec<&str> = named(text).into_iter().collect();
    assert_eq!(names, ["diag", "infer", "lint", "scales", "text"]);
    assert_eq!(code("a // crate::x\n#[cfg(test)]\nmod tests {\n}"), "a ");
}
