//! `assess report FOLDER -o SITE`: an index and a page for each file.

use super::{Run, assess};
use assess::cli::Status;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of files and one for their pages.
struct Site(TempDir);

impl Site {
    fn new() -> Site {
        let site = Site(tempfile::tempdir().expect("a folder"));
        site.write("one.assess", &assessment("One?", "60%", ""));
        let uses = "use \"../shared.assess\": ceasefire\n";
        site.write(
            "deep/two & more.assess",
            &assessment("<b>Two</b>?", "30%", uses),
        );
        site.write(
            "shared.assess",
            "event ceasefire \"A ceasefire\" { chance: 20% by 2026-03-01 }\n",
        );
        site
    }

    fn files(&self) -> PathBuf {
        self.0.path().join("files")
    }

    fn pages(&self) -> PathBuf {
        self.0.path().join("site")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.files().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn run(&self, more: &[&str]) -> Run {
        let (files, pages) = (self.files(), self.pages());
        let (files, pages) = (
            files.to_str().expect("UTF-8"),
            pages.to_str().expect("UTF-8"),
        );
        assess(&[&["report", files, "-o", pages], more].concat())
    }

    /// What is said, without the folder.
    fn said(&self, run: &Run) -> String {
        let root = self.0.path().to_str().expect("UTF-8");
        format!("{}{}", run.out, run.err)
            .replace(root, "ROOT")
            .replace('\\', "/")
    }

    /// Every page with its text.
    fn all(&self) -> BTreeMap<String, String> {
        let walk = ignore::WalkBuilder::new(self.pages()).hidden(false).build();
        let files = walk.filter_map(Result::ok).filter(|e| e.path().is_file());
        files
            .map(|e| {
                let name = e.path().strip_prefix(self.pages()).expect("below");
                let text = fs::read_to_string(e.path()).expect("text");
                (name.to_string_lossy().replace('\\', "/"), text)
            })
            .collect()
    }
}

fn assessment(title: &str, chance: &str, uses: &str) -> String {
    format!(
        "{uses}assessment \"{title}\" {{\n  author: \"A. Nalyst\"\n  as of: 2025-03-01\n  tags: europe\n}}\n\
         horizon year \"A year\": until 2026-03-01\n\
         outcome a \"The one\"\noutcome b \"The other\"\n\
         prior {{ a: {chance} in year, b: rest }}\n"
    )
}

#[test]
fn every_file_has_a_page_and_the_index_leads_to_it() {
    let site = Site::new();
    let run = site.run(&[]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    insta::assert_snapshot!(site.said(&run), @"ROOT/site/index.html: 3 pages, 4 written");
    let all = site.all();
    let names: Vec<&str> = all.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            ".assess-site.json",
            "deep/two & more.html",
            "index.html",
            "one.html",
            "shared.html"
        ]
    );
    let index = &all["index.html"];
    for part in [
        "href=\"./deep/two%20%26%20more.html\"",
        "href=\"./one.html\"",
        "href=\"./shared.html\"",
        "&lt;b&gt;Two&lt;/b&gt;?",
        "<time datetime=\"2026-03-01\">",
        "A. Nalyst",
    ] {
        assert!(index.contains(part), "{part} is not in {index}");
    }
    assert!(all["shared.html"].contains("used by <a href=\"./deep/two%20%26%20more.html\">"));
    let two = &all["deep/two & more.html"];
    assert!(
        two.contains("uses <a href=\"../shared.html\">") && two.contains("href=\"../index.html\"")
    );
    let (head, _) = index.split_once("<style>").expect("a style");
    insta::assert_snapshot!(
        head.split("style-src").next().expect("a part").to_owned()
            + index
                .split_once("<main")
                .expect("a main part")
                .1
                .split("<script>")
                .next()
                .expect("a part")
    );
}

#[test]
fn what_has_not_changed_is_neither_made_nor_written() {
    let site = Site::new();
    site.run(&[]);
    let first = site.all();
    assert_eq!(
        site.said(&site.run(&[])),
        "ROOT/site/index.html: 3 pages, 0 written\n"
    );
    assert_eq!(site.all(), first);

    // A shared file is part of those that use it.
    site.write(
        "shared.assess",
        "event ceasefire \"A ceasefire\" { chance: 25% by 2026-03-01 }\n",
    );
    assert_eq!(
        site.said(&site.run(&[])),
        "ROOT/site/index.html: 3 pages, 2 written\n"
    );

    // A page that somebody changed is made again.
    fs::write(site.pages().join("one.html"), "mine").expect("written");
    assert_eq!(
        site.said(&site.run(&[])),
        "ROOT/site/index.html: 3 pages, 1 written\n"
    );
    assert_eq!(site.all()["one.html"], first["one.html"]);

    // Another question needs other pages, which may read the same.
    assert_eq!(
        site.said(&site.run(&["--seed", "7"])),
        "ROOT/site/index.html: 3 pages, 2 written\n"
    );
}

#[test]
fn pages_do_not_hang_on_what_was_there_before() {
    let (long, short) = (Site::new(), Site::new());
    long.run(&[]);
    for site in [&long, &short] {
        site.write("one.assess", &assessment("One, then?", "70%", ""));
        fs::remove_file(site.files().join("deep/two & more.assess")).expect("removed");
    }
    let run = long.run(&[]);
    assert_eq!(
        long.said(&run),
        "ROOT/site/index.html: 2 pages, 3 written, 1 removed\n"
    );
    short.run(&[]);
    let plain = |site: &Site| -> Vec<(String, String)> {
        let root = site.0.path().to_string_lossy().into_owned();
        let all = site
            .all()
            .into_iter()
            .filter(|(name, _)| name.ends_with(".html"));
        all.map(|(name, text)| (name, text.replace(&root, "ROOT")))
            .collect()
    };
    assert_eq!(plain(&long), plain(&short));
}

#[test]
fn a_file_with_mistakes_is_said_and_has_no_page() {
    let site = Site::new();
    site.run(&[]);
    site.write("one.assess", "outcome a\noutcome a\n");
    let run = site.run(&[]);
    assert_eq!(run.status, Status::Found);
    assert!(run.err.contains("a` "), "{}", run.err);
    let all = site.all();
    assert!(!all.contains_key("one.html"));
    assert!(all["index.html"].contains("Files with mistakes"));
}

#[test]
fn what_is_not_ours_stays() {
    let site = Site::new();
    fs::create_dir_all(site.pages()).expect("made");
    fs::write(site.pages().join("one.html"), "mine").expect("written");
    fs::write(site.pages().join("other.txt"), "mine").expect("written");
    let run = site.run(&[]);
    assert_eq!(run.status, Status::Failed);
    let all = site.all();
    assert_eq!(
        (all["one.html"].as_str(), all["other.txt"].as_str()),
        ("mine", "mine")
    );
    assert!(all.contains_key("shared.html"));

    fs::remove_file(site.pages().join("one.html")).expect("removed");
    assert_eq!(site.run(&[]).status, Status::Done);
    fs::write(site.pages().join("one.html"), "mine").expect("written");
    fs::remove_file(site.files().join("one.assess")).expect("removed");
    let run = site.run(&[]);
    assert_eq!(run.status, Status::Failed);
    assert!(
        site.said(&run)
            .contains("belongs to no file any more, but was changed")
    );
    assert_eq!(site.all()["one.html"], "mine");
}

#[test]
fn what_cannot_be_asked_of_a_folder() {
    let site = Site::new();
    let files = site.files();
    let files = files.to_str().expect("UTF-8");
    for arguments in [
        &["report", files][..],
        &["report", files, "-o", "x", "--format", "json"],
    ] {
        let run = assess(arguments);
        assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
        assert!(run.err.contains("a folder"), "{}", run.err);
    }
    assert!(!Path::new("x").exists());
}

/// A first run that is killed has written some of the pages, and nothing that says whose they are.
#[cfg(unix)]
#[test]
fn a_first_run_that_was_killed_is_finished_by_the_next() {
    use std::process::{Command, Stdio};
    let site = Site::new();
    for i in 0..6 {
        site.write(
            &format!("more/{i}.assess"),
            &assessment(&format!("{i}?"), "40%", ""),
        );
    }
    site.run(&[]);
    let whole = site.all();
    let mut partly = 0;
    // As many runs as it takes to end some in the midst of writing.
    for round in 0..200 {
        // A run may have been killed before it made the folder.
        let _ = fs::remove_dir_all(site.pages());
        let mut child = Command::new(env!("CARGO_BIN_EXE_assess"))
            .arg("report")
            .arg(site.files())
            .arg("-o")
            .arg(site.pages())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        // After some page has come, wherever in the writing that is.
        let first = site.pages().join("index.html");
        let some = || fs::read_dir(site.pages()).is_ok_and(|entries| entries.count() > round % 4);
        while !some() && !first.exists() && child.try_wait().expect("it runs").is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().expect("it ends");
        if !site.pages().exists() || site.all() == whole {
            continue;
        }
        partly += 1;
        site.write("one.assess", &assessment("One, again?", "70%", ""));
        // A process of its own each time, as a folder is looked through once in each.
        let again = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_assess"));
            command
                .arg("report")
                .arg(site.files())
                .arg("-o")
                .arg(site.pages());
            let output = command.output().expect("it runs");
            assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
        };
        again();
        let found = site.all();
        assert!(found["one.html"].contains("One, again?"));
        site.write("one.assess", &assessment("One?", "60%", ""));
        again();
        let found = site.all();
        for (name, text) in &whole {
            assert_eq!(found.get(name), Some(text), "{name}");
        }
        assert!(found.keys().eq(whole.keys()), "{:?}", found.keys());
        if partly == 4 {
            return;
        }
    }
    panic!("only {partly} runs were killed midway");
}

#[test]
fn what_others_have_put_there_never_becomes_ours() {
    let site = Site::new();
    fs::create_dir_all(site.pages()).expect("a folder");
    for name in ["index.html", "one.html"] {
        fs::write(site.pages().join(name), "mine").expect("a file");
    }
    for _ in 0..3 {
        assert_eq!(site.run(&[]).status, Status::Failed);
        assert_eq!(site.all()["index.html"], "mine");
        assert_eq!(site.all()["one.html"], "mine");
    }
}
