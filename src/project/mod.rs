//! Files and what they use: the only reading below `cli`.
//!
//! In: a path and a [`Loader`]. Out: a [`Project`]: every file parsed, `use` followed, each file
//! once. What cannot be read, leads outside or leads back is a diagnostic at its `use`.
//!
//! A used file lies at or under a *root folder*: that of the first file's git repository; outside of
//! one the outermost folder above that holds an `assess.toml`, and at least the parent of the first
//! file's folder. A path that leads elsewhere, through `..` or a symbolic link, is refused.

pub(crate) mod loader;
#[cfg(test)]
mod tests;

pub(crate) use loader::without_steps;
pub use loader::{FileSystem, Loader, Memory, NoFiles};

use crate::diag::rules;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::limits;
use crate::syntax::Parsed;
use crate::syntax::ast::{Item, Use};
use crate::text::source::{FileId, Source, SourceMap, Span};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// A file and all that it uses, parsed.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// Every file's name and text; the root is the first.
    pub sources: SourceMap,
    /// Every file's tree, by [`FileId`].
    pub files: Vec<Parsed>,
    /// For a file and the path as written in its `use`: the file that it names.
    pub(crate) uses: BTreeMap<(FileId, String), FileId>,
    /// What was wrong with finding and reading files.
    pub diagnostics: Diagnostics,
    /// Where each file was read from, by [`FileId`].
    pub paths: Vec<PathBuf>,
}

impl Project {
    /// Reads a file and all that it uses.
    ///
    /// # Errors
    ///
    /// What the loader says of the first file. Whatever is wrong with a used file is a diagnostic.
    pub fn load(loader: &dyn Loader, path: &Path) -> io::Result<Project> {
        let bytes = loader.read(path)?;
        Ok(Reading::new(loader, path).run(path, name_of(path), bytes))
    }

    /// Reads a file and all that it uses, told how they were before: of a text that has changed in one place little
    /// is read again.
    ///
    /// # Errors
    ///
    /// As for [`Project::load`].
    #[cfg(feature = "lsp")]
    pub(crate) fn load_again(
        loader: &dyn Loader,
        path: &Path,
        before: &Project,
    ) -> io::Result<Project> {
        let bytes = loader.read(path)?;
        let reading = Reading {
            before: Some(before),
            ..Reading::new(loader, path)
        };
        Ok(reading.run(path, name_of(path), bytes))
    }

    /// A file's text and what was read of it, where it has that id.
    fn known(&self, file: FileId, path: &Path) -> Option<(&str, &Parsed)> {
        let place = file.0 as usize;
        let parsed = self.files.get(place)?;
        let is_same = self.paths.get(place).is_some_and(|p| p == path);
        is_same.then(|| (self.sources.source(file).text.as_str(), parsed))
    }

    /// A text that uses no other file: every `use` in it is refused.
    pub fn from_text(name: &str, text: &str) -> Project {
        Project::from_text_with(&NoFiles, name, text)
    }

    /// A text, named as if it had been read, and all that it uses.
    pub fn from_text_with(loader: &dyn Loader, name: &str, text: &str) -> Project {
        let path = Path::new(name);
        Reading::new(loader, path).run(path, name.to_string(), text.as_bytes().to_vec())
    }

    /// Everything that was wrong before resolving: with finding, reading and parsing the files.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let parsed = self.files.iter().flat_map(|f| f.diagnostics.iter());
        self.diagnostics.iter().chain(parsed)
    }
}

/// The name that a path goes by everywhere: with `/` between folders.
pub(crate) fn name_of(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The folder that no file used by `first` may leave; none where the loader cannot say.
pub fn root_of(loader: &dyn Loader, first: &Path) -> Option<PathBuf> {
    let path = loader.canonical(first).ok()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    if let Some(root) = folder.ancestors().find(|f| loader.is_root(f)) {
        return Some(root.to_path_buf());
    }
    // A folder's own levels are no reason to cut it off from what lies beside it.
    let least = folder.parent().unwrap_or(folder);
    let outermost = least.ancestors().filter(|f| loader.is_configured(f)).last();
    Some(outermost.unwrap_or(least).to_path_buf())
}

/// One run of reading.
struct Reading<'a> {
    loader: &'a dyn Loader,
    /// What was read before.
    before: Option<&'a Project>,
    project: Project,
    first: &'a Path,
    /// The folder that no used file may leave, once a file is used; `None` where the loader cannot say.
    root: OnceCell<Option<PathBuf>>,
    known: BTreeMap<PathBuf, FileId>,
    bytes: usize,
    /// The files being read, each used by the one before, with the `use` that led to it.
    chain: Vec<(FileId, Option<Span>)>,
}

impl<'a> Reading<'a> {
    fn new(loader: &'a dyn Loader, first: &'a Path) -> Self {
        Reading {
            loader,
            before: None,
            project: Project::default(),
            first,
            root: OnceCell::new(),
            known: BTreeMap::new(),
            bytes: 0,
            chain: Vec::new(),
        }
    }

    fn run(mut self, path: &Path, name: String, bytes: Vec<u8>) -> Project {
        let canonical = self.loader.canonical(path).unwrap_or(path.to_path_buf());
        self.add(canonical, name, bytes, None);
        self.project
    }

    /// Adds a file, parses it and follows its uses.
    fn add(
        &mut self,
        path: PathBuf,
        name: String,
        bytes: Vec<u8>,
        used_at: Option<Span>,
    ) -> FileId {
        let file = FileId(self.project.files.len() as u32);
        let size = bytes.len();
        self.bytes += size;
        let (text, problem) = if size > limits::FILE_BYTES {
            (String::new(), Some(too_large(Span::new(file, 0, 0), &name)))
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                    (text, Some(not_text(file, &name, &error)))
                }
            }
        };
        let broken = problem.is_some();
        self.project.diagnostics.extend(problem);
        self.project.sources.add(Source::new(name, text));
        let parsed = if broken {
            Parsed::default()
        } else {
            let text = &self.project.sources.source(file).text;
            match self.before.and_then(|before| before.known(file, &path)) {
                Some(known) => crate::syntax::parse_again(file, text, known),
                None => crate::syntax::parse(file, text),
            }
        };
        let items = parsed.ast.items.iter();
        let uses: Vec<Use> = items
            .filter_map(|i| match i {
                Item::Use(u) => Some(u.clone()),
                _ => None,
            })
            .collect();
        self.project.files.push(parsed);
        self.known.insert(path.clone(), file);
        self.project.paths.push(path);
        self.chain.push((file, used_at));
        for item in uses {
            self.follow(file, &item);
        }
        self.chain.pop();
        file
    }

    fn follow(&mut self, from: FileId, item: &Use) {
        let key = (from, item.path.node.clone());
        if self.project.uses.contains_key(&key) {
            return;
        }
        match self.find(from, item) {
            Ok(file) => {
                self.project.uses.insert(key, file);
            }
            Err(problem) => self.project.diagnostics.push(*problem),
        }
    }

    /// The file that a `use` names, read where it is new.
    fn find(&mut self, from: FileId, item: &Use) -> Result<FileId, Box<Diagnostic>> {
        let (written, span) = (item.path.node.as_str(), item.path.span);
        let refuse = |message: String, label: &str, help: &str| {
            Box::new(
                Diagnostic::new(&rules::UNREADABLE_USE, span, message)
                    .label(label)
                    .help(help),
            )
        };
        if written.trim().is_empty() {
            return Err(refuse(
                "`use` names no file".into(),
                "an empty path",
                "write the path of the file, as seen from this one: `use \"shared/europe.assess\": ceasefire`",
            ));
        }
        if written.contains('\\') || written.starts_with('/') || has_drive(written) {
            return Err(refuse(
                format!("`{written}` is not a path that every machine can follow"),
                "a relative path is needed",
                "write the path as seen from this file, with `/` between folders",
            ));
        }
        let folder = self.project.paths[from.0 as usize].parent();
        let path = folder.unwrap_or(Path::new("")).join(written);
        let failed = |error: &io::Error| match error.kind() {
            io::ErrorKind::Unsupported => refuse(
                format!("`{written}` cannot be read here"),
                "no other file is at hand",
                "check or evaluate the file from its place on disk, so that `use` can be followed",
            ),
            io::ErrorKind::NotFound => refuse(
                format!("there is no file `{written}`"),
                "not found, as seen from this file",
                "correct the path; it starts from the folder of the file that says `use`",
            ),
            io::ErrorKind::IsADirectory => refuse(
                format!("`{written}` is a folder"),
                "a file is needed",
                "name one `.assess` file; write a `use` for each",
            ),
            io::ErrorKind::PermissionDenied => refuse(
                format!("`{written}` may not be read"),
                "permission denied",
                "ask for permission to read it",
            ),
            _ => refuse(
                format!("`{written}` cannot be read: {error}"),
                "this file",
                "see that it is an ordinary file that you may read",
            ),
        };
        let outside = || {
            refuse(
                format!("`{written}` leads outside this project"),
                "not under the project's folder",
                "move the file into the project: the git repository, or else the outermost folder with an \
                 `assess.toml` or the parent of the first file's folder",
            )
        };
        let canonical = match self.loader.canonical(&path) {
            Ok(path) => path,
            // Climbing above the top of a relative tree is leading outside, not a missing file.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(outside()),
            Err(error) => return Err(failed(&error)),
        };
        let root = self.root.get_or_init(|| root_of(self.loader, self.first));
        if root.as_ref().is_some_and(|r| !canonical.starts_with(r)) {
            return Err(outside());
        }
        if let Some(&file) = self.known.get(&canonical) {
            return match self.chain.iter().position(|(f, _)| *f == file) {
                Some(at) => Err(self.ring(at, span)),
                None => Ok(file),
            };
        }
        if self.project.files.len() > limits::USED_FILES {
            let limit = limits::USED_FILES;
            return Err(Box::new(
                Diagnostic::new(
                    &rules::LIMIT,
                    span,
                    format!("more than {limit} files are used"),
                )
                .label("this one is not read")
                .help("gather what is shared in fewer files"),
            ));
        }
        let bytes = self.loader.read(&canonical).map_err(|e| failed(&e))?;
        if bytes.len() > limits::FILE_BYTES || self.bytes + bytes.len() > limits::PROJECT_BYTES {
            return Err(Box::new(too_large(span, written)));
        }
        let name = join_name(&self.project.sources.source(from).name, written);
        Ok(self.add(canonical, name, bytes, Some(span)))
    }

    /// Files that use one another: the ring from the file at `at` of the chain, back to it.
    fn ring(&self, at: usize, span: Span) -> Box<Diagnostic> {
        let links = &self.chain[at..];
        let name = |f: FileId| self.project.sources.source(f).name.as_str();
        let mut ring: Vec<&str> = links.iter().map(|(f, _)| name(*f)).collect();
        let message = if ring.len() == 1 {
            format!("`{}` uses itself", ring[0])
        } else {
            let files = suggest::list(&ring, "and");
            format!("{files} use one another")
        };
        ring.push(ring[0]);
        let mut found = Diagnostic::new(&rules::CIRCULAR, span, message)
            .label(format!("leads back to `{}`", ring[0]));
        for pair in links.windows(2) {
            if let (_, Some(used_at)) = pair[1] {
                found = found.other(used_at, format!("`{}` is used here", name(pair[1].0)));
            }
        }
        Box::new(found.help(format!(
            "{}; move what they share into a file that uses neither",
            ring.join(" → ")
        )))
    }
}

fn too_large(span: Span, name: &str) -> Diagnostic {
    let size = limits::FILE_BYTES >> 20;
    let all = limits::PROJECT_BYTES >> 20;
    Diagnostic::new(&rules::LIMIT, span, format!("`{name}` is too large"))
        .label("it is not read")
        .help(format!(
            "a file may have {size} MiB, and {all} MiB with all that it uses"
        ))
}

fn not_text(file: FileId, name: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let at = error.utf8_error().valid_up_to();
    let byte = bytes[at];
    let help = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "it looks like UTF-16: save it as UTF-8"
    } else if bytes.contains(&0) {
        "it does not look like text at all: name an `.assess` file"
    } else {
        "save it as UTF-8; the byte may be an accented letter or a curly quote from another encoding"
    };
    // In the text that is shown a replacement character of three bytes stands there.
    Diagnostic::new(
        &rules::ENCODING,
        Span::new(file, at, at + '\u{fffd}'.len_utf8()),
        format!("`{name}` is not UTF-8 text"),
    )
    .label(format!(
        "byte {at} is 0x{byte:02x}, which begins no character here"
    ))
    .help(help)
}

fn has_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.len() > 1 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':'
}

/// The name of a used file in messages: as seen from where the using file's name is seen.
pub(crate) fn join_name(from: &str, written: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').filter(|part| *part != ".").collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|p| *p != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
