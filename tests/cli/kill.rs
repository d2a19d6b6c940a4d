//! A process killed at any moment leaves the old file or the new one, never less.
//!
//! A third of the moments lies anywhere in a run, a third after its first write, where a few
//! milliseconds decide, and a third within a write: the process may write so many blocks and no more.

use crate::infer::random::Dice;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Fewer blocks, of 512 bytes or of 1024, than any of the files has.
const BLOCKS: usize = 6;

/// A command that writes, where nobody kills it ends with 0, and files by name.
struct Case {
    arguments: &'static [&'static str],
    /// How many files it makes anew.
    writes: usize,
    /// Before.
    old: Files,
}

type Files = BTreeMap<String, String>;

/// Files large enough that writing one takes a while, most of them comments, which take none.
fn files(count: usize, item: &str) -> Files {
    let comment: String = (0..36).map(|i| format!("# {:-<90}\n", i)).collect();
    let text = |i: usize| format!("{comment}event e{i} {item}\n{comment}");
    let names = (0..count).map(|i| (format!("{i:02}.assess"), text(i)));
    names.collect()
}

impl Case {
    /// Starts it; where `blocks` are given, it dies as soon as a file of its own has more of them.
    fn start(&self, folder: &Path, blocks: Option<usize>) -> Child {
        let program = env!("CARGO_BIN_EXE_assess");
        let mut command = match blocks {
            None => Command::new(program),
            Some(blocks) => {
                let mut shell = Command::new("sh");
                let script = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
                shell.args(["-c", &script, program]);
                shell
            }
        };
        command
            .args(self.arguments)
            .current_dir(folder)
            .env("ASSESS_CACHE_DIR", folder.with_extension("cache"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().expect("it starts")
    }

    fn lay_out(&self, folder: &Path) {
        for entry in fs::read_dir(folder).expect("a folder") {
            fs::remove_file(entry.expect("an entry").path()).expect("a file");
        }
        for (name, text) in &self.old {
            fs::write(folder.join(name), text).expect("a file");
        }
    }

    /// Waits until one file is no longer what it was; none where the process ends before.
    fn first_write(&self, folder: &Path, name: &str, child: &mut Child) -> Option<Instant> {
        let path = folder.join(name);
        let length = self.old.get(name).map(|text| text.len() as u64);
        // A file that is written in place is empty at first.
        let is_old = || fs::metadata(&path).ok().map(|m| m.len()) == length;
        while is_old() {
            if child.try_wait().expect("it runs").is_some() {
                return (!is_old()).then(Instant::now);
            }
            std::thread::yield_now();
        }
        Some(Instant::now())
    }

    /// What it makes of the files, how long it takes and how much of that from its first write on.
    fn let_live(&self, folder: &Path, first: &str) -> (Files, Duration, Duration) {
        self.lay_out(folder);
        let start = Instant::now();
        let mut child = self.start(folder, None);
        let written = self.first_write(folder, first, &mut child);
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{:?}", self.arguments);
        let (whole, writing) = (start.elapsed(), written.map(|w| w.elapsed()));
        (read(folder), whole, writing.unwrap_or_default())
    }

    /// Kills it at `kills` moments; in how many of them some files were new and some old.
    fn kill(&self, kills: u32, seed: u64) -> u32 {
        let parent = TempDir::new().expect("a folder");
        let folder = &parent.path().join("files");
        fs::create_dir(folder).expect("a folder");
        let mut dice = Dice::new(seed);
        let (new, ..) = self.let_live(folder, "");
        let writes = new
            .iter()
            .filter(|(name, text)| self.old.get(*name) != Some(*text));
        let writes: Vec<&String> = writes.map(|(name, _)| name).collect();
        assert!(writes.len() == self.writes && self.old.keys().all(|name| new.contains_key(name)));
        let first = writes[0];
        let (_, whole, writing) = self.let_live(folder, first);
        let mut between = 0;
        for kill in 0..kills {
            self.lay_out(folder);
            let blocks = (kill % 3 == 2).then(|| dice.below(BLOCKS));
            let mut child = self.start(folder, blocks);
            let part = |whole: Duration, dice: &mut Dice| whole * dice.below(1000) as u32 / 1000;
            if kill % 3 == 0 {
                std::thread::sleep(part(whole, &mut dice));
            } else if let (None, Some(written)) =
                (blocks, self.first_write(folder, first, &mut child))
            {
                // Shorter than the clock of `sleep` can tell.
                let until = part(writing, &mut dice);
                while written.elapsed() < until {
                    std::hint::spin_loop();
                }
            }
            if blocks.is_some() {
                let status = child.wait().expect("it ends");
                assert_ne!(status.code(), Some(0), "{blocks:?} blocks are enough");
            } else {
                child.kill().expect("it is ours");
                child.wait().expect("it ends");
            }
            let mut found = read(folder);
            let litter: Vec<String> = found
                .keys()
                .filter(|n| n.starts_with(".assess-"))
                .cloned()
                .collect();
            assert!(litter.len() <= 1, "{:?} leaves {litter:?}", self.arguments);
            found.retain(|name, _| !litter.contains(name));
            assert!(found.keys().all(|name| new.contains_key(name)));
            let mut written = 0;
            for (name, text) in &new {
                let is_new = found.get(name) == Some(text);
                assert!(
                    is_new || found.get(name) == self.old.get(name),
                    "{:?} leaves {:?} of {} bytes in `{name}`",
                    self.arguments,
                    found.get(name).map(String::len),
                    text.len()
                );
                written += usize::from(is_new && writes.contains(&name));
            }
            between += u32::from(0 < written && written < writes.len());
            if kill % 5 == 0 && written < writes.len() {
                // The same command again does the rest, and leaves nothing behind.
                let ended = self.start(folder, None).wait().expect("it ends");
                assert_eq!(ended.code(), Some(0), "{:?}", self.arguments);
                let found = read(folder);
                assert!(
                    found == new,
                    "{:?} leaves {:?}",
                    self.arguments,
                    found.keys()
                );
            }
        }
        between
    }
}

fn read(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).expect("a folder");
    let files = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), fs::read_to_string(&path).expect("text"))
    });
    files.collect()
}

#[test]
fn fmt_killed_at_70_moments() {
    let case = Case {
        arguments: &["fmt"],
        writes: 5,
        old: files(5, "{chance:1% by long}"),
    };
    let between = case.kill(70, 1);
    assert!(
        between >= 1,
        "only {between} moments lay between two writes"
    );
}

#[test]
fn fixes_killed_at_70_moments() {
    let case = Case {
        arguments: &["check", "--fix"],
        writes: 5,
        old: files(5, "{ chance 1% }"),
    };
    let between = case.kill(70, 2);
    assert!(
        between >= 1,
        "only {between} moments lay between two writes"
    );
}

#[test]
fn mv_killed_at_70_moments() {
    let mut old = files(5, "{ chance: 1% by 2026-01-01 }");
    for (i, text) in old.values_mut().enumerate() {
        let item = match i {
            0 => "event tick { chance: 1% by 2026-01-01 }",
            _ => "use \"00.assess\": tick",
        };
        *text = format!("{text}{item}\n");
    }
    let case = Case {
        arguments: &["mv", "tick", "tock", "."],
        writes: 5,
        old,
    };
    // Its writes take so little of a run that few moments lie between two of them.
    case.kill(70, 4);
}

#[test]
fn stored_verdicts_killed_at_70_moments() {
    let months = 1..=40;
    let horizons = months.map(|m| format!("horizon h{m}: {} to {m} months\n", m - 1));
    let head = "assessment \"Which one?\" { as of: 2025-03-01 }\n".to_owned();
    let text: String = std::iter::once(head).chain(horizons).collect();
    let text = text
        + "outcome a\noutcome another_one_with_a_longer_name\noutcome the_last_one_of_all_three_of_them\n";
    let mut old = Files::new();
    for i in 0..5 {
        old.insert(format!("{i}.assess"), text.clone());
        // Some are stored for the first time, the first of all among them, and some anew.
        if i % 2 == 1 {
            old.insert(format!("{i}.verdict"), "Another verdict.\n".repeat(400));
        }
    }
    let case = Case {
        arguments: &["test", "--accept"],
        writes: 5,
        old,
    };
    let between = case.kill(70, 3);
    assert!(
        between >= 1,
        "only {between} moments lay between two writes"
    );
}

/// A file whose question can be settled, most of it comments.
fn settled() -> Files {
    let comment: String = (0..80).map(|i| format!("# {:-<90}\n", i)).collect();
    let text = "assessment \"Which one?\" { as of: 2025-03-01 }\nhorizon h: 2025-03-01 to 2025-12-31\n\
                outcome a\noutcome b\nevent e { chance: 10% by h }\n";
    Files::from([("a.assess".to_owned(), format!("{comment}{text}{comment}"))])
}

#[test]
fn answers_killed_at_70_moments() {
    let case = Case {
        arguments: &["resolve", "a.assess", "a in h", "--on", "2026-01-01"],
        writes: 1,
        old: settled(),
    };
    case.kill(70, 5);
}

#[test]
fn a_later_day_killed_at_70_moments() {
    let case = Case {
        arguments: &["advance", "a.assess", "--to", "2025-06-01", "--write"],
        writes: 1,
        old: settled(),
    };
    case.kill(70, 6);
}
