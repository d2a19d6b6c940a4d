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
const BLOCKS: usize = 12;

/// A command that writes, and the files that it writes to.
struct Case {
    arguments: &'static [&'static str],
    /// Its exit code where nobody kills it.
    code: i32,
    old: BTreeMap<String, String>,
}

/// Files large enough that writing one takes a while, most of them comments, which take none.
fn files(count: usize, item: &str) -> BTreeMap<String, String> {
    let comment: String = (0..70).map(|i| format!("# {:-<90}\n", i)).collect();
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

    /// Waits until the first file is no longer what it was; none where the process ends before.
    fn first_write(&self, folder: &Path, child: &mut Child) -> Option<Instant> {
        let first = self.old.keys().next().expect("a file");
        let path = folder.join(first);
        let length = self.old[first].len() as u64;
        // A file that is written in place is empty at first.
        let is_old = || fs::metadata(&path).is_ok_and(|m| m.len() == length);
        while is_old() {
            if child.try_wait().expect("it runs").is_some() {
                return (!is_old()).then(Instant::now);
            }
            std::thread::yield_now();
        }
        Some(Instant::now())
    }

    /// Kills it at `kills` moments; in how many of them some files were new and some old.
    fn kill(&self, kills: u32, seed: u64) -> u32 {
        let parent = TempDir::new().expect("a folder");
        let folder = &parent.path().join("files");
        fs::create_dir(folder).expect("a folder");
        let mut dice = Dice::new(seed);
        let (mut whole, mut writing) = (Duration::ZERO, Duration::ZERO);
        let mut new = BTreeMap::new();
        // The second time everything is warm.
        for _ in 0..2 {
            self.lay_out(folder);
            let start = Instant::now();
            let mut child = self.start(folder, None);
            let written = self.first_write(folder, &mut child).expect("it writes");
            let code = child.wait().expect("it ends").code();
            assert_eq!(code, Some(self.code), "{:?}", self.arguments);
            (whole, writing) = (start.elapsed(), written.elapsed());
            new = read(folder);
        }
        assert!(self.old.keys().eq(new.keys()), "{:?}", self.arguments);
        assert!(self.old.iter().all(|(name, text)| new[name] != *text));
        let mut between = 0;
        for kill in 0..kills {
            self.lay_out(folder);
            let blocks = (kill % 3 == 2).then(|| dice.below(BLOCKS));
            let mut child = self.start(folder, blocks);
            let part = |whole: Duration, dice: &mut Dice| whole * dice.below(1000) as u32 / 1000;
            if kill % 3 == 0 {
                std::thread::sleep(part(whole, &mut dice));
            } else if let (None, Some(written)) = (blocks, self.first_write(folder, &mut child)) {
                // Shorter than the clock of `sleep` can tell.
                let until = part(writing, &mut dice);
                while written.elapsed() < until {
                    std::hint::spin_loop();
                }
            }
            if blocks.is_some() {
                let status = child.wait().expect("it ends");
                assert_ne!(
                    status.code(),
                    Some(self.code),
                    "{blocks:?} blocks are enough"
                );
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
            assert!(found.keys().eq(self.old.keys()), "{:?}", found.keys());
            let mut written = 0;
            for (name, text) in &found {
                let is_new = *text == new[name];
                assert!(
                    is_new || *text == self.old[name],
                    "{:?} leaves {} of {} bytes in `{name}`",
                    self.arguments,
                    text.len(),
                    new[name].len()
                );
                written += usize::from(is_new);
            }
            between += u32::from(0 < written && written < found.len());
        }
        between
    }
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let files = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), fs::read_to_string(&path).expect("text"))
    });
    files.collect()
}

#[test]
fn fmt_killed_at_100_moments() {
    let case = Case {
        arguments: &["fmt"],
        code: 0,
        old: files(6, "{chance:1% by long}"),
    };
    let between = case.kill(100, 1);
    assert!(
        between >= 5,
        "only {between} moments lay between two writes"
    );
}

#[test]
fn fixes_killed_at_100_moments() {
    let case = Case {
        arguments: &["check", "--fix"],
        code: 0,
        old: files(6, "{ chance 1% }"),
    };
    let between = case.kill(100, 2);
    assert!(
        between >= 5,
        "only {between} moments lay between two writes"
    );
}
