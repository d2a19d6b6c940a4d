//! What is to be known of each file of a folder before any page is made.
//!
//! In: a file on disk. Out: where it lies, which files it uses, and what tells its texts from others. Nothing of the text is kept.

use crate::limits;
use crate::project::{self, FileSystem, Loader, Project};
use crate::render::report::view::site::hash;
use crate::text::source::FileId;
use std::io;
use std::path::{Path, PathBuf};

/// What is to be known of a file before any page is made. The file itself is read again for its page: all of them at once
/// would take much memory.
pub(super) struct Known {
    /// Where it lies.
    pub(super) path: Option<PathBuf>,
    /// The files that it uses itself.
    pub(super) uses: Vec<PathBuf>,
    /// The name and the hash of each text.
    pub(super) texts: Vec<String>,
}

impl Known {
    /// Of a file on disk. What uses no other is not parsed for that.
    pub(super) fn read(path: &Path) -> io::Result<Known> {
        let bytes = FileSystem.read(path)?;
        let is_alone = bytes.len() <= limits::FILE_BYTES
            && std::str::from_utf8(&bytes).is_ok()
            && !may_use(&bytes);
        if !is_alone {
            return Project::load(&FileSystem, path).map(|project| Known::of(&project));
        }
        let canonical = FileSystem.canonical(path);
        Ok(Known {
            path: Some(canonical.unwrap_or_else(|_| path.to_path_buf())),
            uses: Vec::new(),
            texts: vec![project::name_of(path), hash(&bytes)],
        })
    }

    fn of(project: &Project) -> Known {
        let own = project.uses.iter();
        let own = own.filter(|((from, _), _)| *from == FileId(0));
        let paths = own.filter_map(|(_, to)| project.paths.get(to.0 as usize));
        let texts = project.sources.iter();
        let texts = texts.flat_map(|(_, s)| [s.name.clone(), hash(s.text.as_bytes())]);
        Known {
            path: project.paths.first().cloned(),
            uses: paths.cloned().collect(),
            texts: texts.collect(),
        }
    }
}

/// Whether a text may use another: what uses one says `use` and a path in quotation marks, and what is taken for that, though it is
/// written otherwise, leads to a page only if it names one of the folder's files.
fn may_use(text: &[u8]) -> bool {
    let names = memchr::memmem::find(text, b".assess").is_some();
    names
        || memchr::memmem::find_iter(text, "use").any(|at| {
            let mut after = text[at + "use".len()..].iter();
            after.find(|b| !b.is_ascii_whitespace()) == Some(&b'"')
        })
}

#[cfg(test)]
mod tests {
    use super::may_use;

    #[test]
    fn what_uses_no_other_file_is_known_by_its_text() {
        for text in [
            "use \"shared/europe.assess\": ceasefire",
            "use  \"europe\": ceasefire",
            "uses 'europe.assess'",
        ] {
            assert!(may_use(text.as_bytes()), "{text}");
        }
        assert!(!may_use(b"note: \"because it is of use to \" nobody\""));
    }
}
