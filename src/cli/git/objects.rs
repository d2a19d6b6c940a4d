//! Objects by name, from one `git cat-file` that runs as long as it is needed.
//!
//! In: names such as `HEAD~2` or `HASH:folder/file`, each on a line of its standard input, where
//! nothing can be taken for an option. Out: kind and bytes.

use super::GitError;
use crate::limits;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What goes by a name.
pub(super) enum Found {
    /// An object.
    Object {
        /// Its full hash.
        hash: String,
        /// `blob`, `tree`, `commit` or `tag`.
        kind: String,
        /// What it holds, but not much beyond what a file may hold.
        bytes: Vec<u8>,
    },
    /// Nothing, or more than one thing, or a link that leads out of the repository.
    Nothing,
}

/// A running `git cat-file --batch`.
pub(super) struct Objects {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Objects {
    /// Starts it by a command that says where.
    pub(super) fn open(mut git: Command) -> Result<Self, GitError> {
        let mut child = git
            .args(["cat-file", "--batch", "--follow-symlinks"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(GitError::NoGit)?;
        let input = child.stdin.take();
        let output = child.stdout.take();
        let output = output.ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(Objects {
            child,
            input,
            output: BufReader::new(output),
        })
    }

    /// Looks a name up.
    pub(super) fn ask(&mut self, name: &OsStr) -> io::Result<Found> {
        let name = name.as_encoded_bytes();
        // A line is a name here, so a name of two lines would be two questions.
        if name.contains(&b'\n') || name.contains(&0) {
            return Ok(Found::Nothing);
        }
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        input.write_all(&[name, b"\n"].concat())?;
        input.flush()?;
        let mut head = Vec::new();
        self.output.read_until(b'\n', &mut head)?;
        if head.pop() != Some(b'\n') {
            return Err(io::Error::other("`git cat-file` ended early"));
        }
        // The name comes back where nothing goes by it, with whatever words stand in it.
        for word in [&b" missing"[..], b" ambiguous", b" excluded"] {
            if head.ends_with(word) {
                return Ok(Found::Nothing);
            }
        }
        let head = String::from_utf8_lossy(&head);
        let words: Vec<&str> = head.split(' ').collect();
        let (size, object) = match words[..] {
            [hash, kind, size] => (size, Some((hash.to_owned(), kind.to_owned()))),
            // A link that leads nowhere, in a circle, or out of the repository.
            [_, size] => (size, None),
            _ => return Err(io::Error::other(format!("`git cat-file` says `{head}`"))),
        };
        let size: u64 = size
            .parse()
            .map_err(|_| io::Error::other(format!("`git cat-file` says `{head}`")))?;
        let kept = size.min(limits::FILE_BYTES as u64 + 1);
        let mut bytes = Vec::new();
        self.output.by_ref().take(kept).read_to_end(&mut bytes)?;
        // A line end follows.
        let mut rest = self.output.by_ref().take(size - kept + 1);
        io::copy(&mut rest, &mut io::sink())?;
        if bytes.len() as u64 != kept {
            return Err(io::Error::other("`git cat-file` ended early"));
        }
        Ok(object.map_or(Found::Nothing, |(hash, kind)| Found::Object {
            hash,
            kind,
            bytes,
        }))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It ends where its input does.
        self.input = None;
        let _ = self.child.wait();
    }
}
