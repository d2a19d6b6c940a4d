//! A name changed wherever it is meant.
//!
//! In: files, an old name and a new one. Out: the files' texts with the new name, or why there can
//! be none: nothing is changed unless all of it can be. Names stand in declarations, conditions,
//! weights, queries, placeholders, and between backticks in a title or in prose; comments are left.
//! Nothing is written here.

pub(crate) mod mentions;

use crate::diag::Checked;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::lint::rules;
use crate::project::{Loader, Project, name_of};
use crate::resolve::with_problems;
use crate::syntax::ast::{Item, PropKind};
use crate::syntax::{RESERVED, parse_prop};
use crate::text::source::{FileId, Source, SourceMap, Span};
use mentions::{Mention, Role, mentions};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// One file with its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The file as it was named.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) before: String,
    /// Its text with the new name.
    pub after: String,
    /// In how many places the name stood.
    pub places: usize,
    /// The bytes of the old text at which it stood, in order.
    pub(crate) at: Vec<usize>,
}

/// Why nothing is renamed.
#[derive(Debug)]
pub enum Refusal {
    /// A file that cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file with errors, before the renaming.
    Broken(Checked),
    /// Something about one of the two names, at its place in the arguments.
    Name(Checked),
    /// Something else, in a sentence.
    Other(String),
}

/// One given file.
struct Given<'a> {
    path: &'a Path,
    project: Project,
}

impl Given<'_> {
    fn mentions(&self, file: FileId) -> Vec<Mention<'_>> {
        let text = &self.project.sources.source(file).text;
        mentions(&self.project.files[file.0 as usize].ast, text)
    }

    /// What a name is in the file itself.
    fn role(&self, name: &str) -> Option<Role> {
        let own = self.mentions(FileId(0));
        let mut roles = own.iter().filter(|m| m.name == name).map(|m| m.role);
        let first = roles.next()?;
        // A declaration says more than a use of the name.
        let declared = std::iter::once(first)
            .chain(roles)
            .find(|r| *r != Role::Meant);
        Some(declared.unwrap_or(Role::Meant))
    }
}

/// Renames `old` to `new` in those of the files that mention it. Where an earlier run was ended
/// midway, in those that it has not reached.
///
/// # Errors
///
/// The first thing that stands in the way.
pub fn rename(
    loader: &dyn Loader,
    paths: &[PathBuf],
    old: &str,
    new: &str,
) -> Result<Vec<Renamed>, Refusal> {
    let renamed = rename_all(loader, paths, old, new);
    renamed.or_else(|refusal| the_rest(loader, paths, old, new).ok_or(refusal))
}

/// What is left to do where some files have the new name already: were these as they were, all would
/// be renamed, and these to just what they are.
fn the_rest(loader: &dyn Loader, paths: &[PathBuf], old: &str, new: &str) -> Option<Vec<Renamed>> {
    let given = paths.iter().map(|path| {
        let project = Project::load(loader, path).ok()?;
        Some(Given { path, project })
    });
    let given = given.collect::<Option<Vec<Given>>>()?;
    let done = given.iter();
    let done = done.filter(|g| g.role(new).is_some() && g.role(old).is_none());
    let back: Vec<Renamed> = done.map(|g| renamed(g, new, old)).collect();
    if back.is_empty() || !given.iter().any(|g| g.role(old).is_some()) {
        return None;
    }
    let earlier = Changed::to(loader, back.iter().map(|r| (&*r.path, &*r.after)));
    let mut left = Vec::new();
    for one in rename_all(&earlier, paths, old, new).ok()? {
        match back.iter().find(|r| r.path == one.path) {
            None => left.push(one),
            Some(there) if there.before == one.after => {}
            Some(_) => return None,
        }
    }
    Some(left)
}

fn rename_all(
    loader: &dyn Loader,
    paths: &[PathBuf],
    old: &str,
    new: &str,
) -> Result<Vec<Renamed>, Refusal> {
    is_a_name(new)?;
    if old == new {
        return Err(Refusal::Other(format!(
            "`{old}` is the old name and the new one"
        )));
    }
    let mut given = Vec::new();
    for path in paths {
        let project = Project::load(loader, path);
        let project = project.map_err(|error| Refusal::Unreadable(path.clone(), error))?;
        given.push(Given { path, project });
    }
    if !given.iter().any(|g| g.role(old).is_some()) {
        return Err(unknown(&given, old));
    }
    let meant: Vec<&Given> = given.iter().filter(|g| g.role(old).is_some()).collect();
    for one in &meant {
        let errors = errors(&one.project);
        if !errors.is_empty() {
            return Err(Refusal::Broken(checked(one.path, &one.project, errors)));
        }
    }
    all_are_given(&given, old)?;
    is_free(&meant, old, new)?;
    let renamed: Vec<Renamed> = meant.iter().map(|g| renamed(g, old, new)).collect();
    says_the_same(loader, &renamed, new)?;
    Ok(renamed)
}

/// Whether the language takes the new name.
fn is_a_name(new: &str) -> Result<(), Refusal> {
    let (prop, mistakes) = parse_prop(FileId(0), new);
    let is_name = prop.is_some_and(|p| matches!(p.kind, PropKind::Name(n) if n == new));
    if is_name && mistakes.is_empty() {
        return Ok(());
    }
    let (message, help) = if RESERVED.contains(&new) {
        (
            format!("`{new}` is a word of the language, and cannot be a name"),
            format!("take another name, such as `{new}_`"),
        )
    } else {
        (
            format!("`{new}` is no name"),
            "a name is made of letters, digits and `_`".to_owned(),
        )
    };
    let limit = mistakes.iter().find(|d| d.rule.name == rules::LIMIT.name);
    let found = match limit {
        Some(limit) => limit.clone(),
        None => Diagnostic::new(&rules::SYNTAX, whole(new), message).help(help),
    };
    Err(about("NEW", new, found, None))
}

/// The old name stands in no file.
fn unknown(given: &[Given], old: &str) -> Refusal {
    let lists: Vec<Vec<Mention>> = given.iter().map(|g| g.mentions(FileId(0))).collect();
    let declared = lists.iter().flatten().filter(|m| m.role != Role::Meant);
    let names: BTreeSet<&str> = declared.map(|m| m.name).collect();
    let near = suggest::nearest(old, names.iter().copied());
    let message = match given {
        [one] => format!("there is no `{old}` in `{}`", one.path.display()),
        _ => format!("there is no `{old}` in any of the files"),
    };
    let is_word = given
        .iter()
        .flat_map(|g| &g.project.files[0].ast.items)
        .any(|item| match item {
            Item::Scale(s) => s.name.node == old || s.words.iter().any(|(w, _)| w.node == old),
            Item::Strengths(s) => s.words.iter().any(|(w, _)| w.node == old),
            _ => false,
        });
    let help = if is_word {
        "that is a word of a scale or of strengths; horizons, outcomes, events, factors, changes, \
         assumptions and scenarios can be renamed"
            .to_owned()
    } else {
        suggest::did_you_mean(&near).unwrap_or_else(|| match names.len() {
            0 => "nothing has a name there".to_owned(),
            _ => "names are case-sensitive; `assess check` reports misspelt ones".to_owned(),
        })
    };
    let found = Diagnostic::new(&rules::UNKNOWN_NAME, whole(old), message)
        .label("nothing has this name")
        .help(help);
    about("OLD", old, found, None)
}

/// Whether every file that must change with the others is among them.
fn all_are_given(given: &[Given], old: &str) -> Result<(), Refusal> {
    let known: BTreeSet<&PathBuf> = given.iter().map(|g| &g.project.paths[0]).collect();
    let mut declared = false;
    for one in given {
        let role = one.role(old);
        declared |= matches!(role, Some(Role::Own | Role::Frame));
        // A used item means the outcomes and horizons of its user, and a used name its item.
        if !matches!(role, Some(Role::Used | Role::Frame)) {
            continue;
        }
        for (file, source) in one.project.sources.iter().skip(1) {
            let is_known = known.contains(&one.project.paths[file.0 as usize]);
            if !is_known && one.mentions(file).iter().any(|m| m.name == old) {
                return Err(Refusal::Other(format!(
                    "`{old}` stands in `{}` too, which `{}` uses; name both files, and every other that uses it",
                    source.name,
                    one.path.display()
                )));
            }
        }
    }
    if declared {
        return Ok(());
    }
    Err(Refusal::Other(format!(
        "`{old}` is meant here, but declared in another file; name that file too"
    )))
}

/// Whether nothing has the new name where the old one is meant.
fn is_free(meant: &[&Given], old: &str, new: &str) -> Result<(), Refusal> {
    for one in meant {
        // Files mean each other's outcomes and horizons by name, whether they say so or not.
        let files = match one.role(old) {
            Some(Role::Frame) => one.project.files.len() as u32,
            _ => 1,
        };
        for file in (0..files).map(FileId) {
            let mentions = one.mentions(file);
            let Some(taken) = mentions.iter().find(|m| m.name == new) else {
                continue;
            };
            let mut sources = SourceMap::new();
            for (_, source) in one.project.sources.iter() {
                sources.add(source.clone());
            }
            let found = Diagnostic::new(
                &rules::DUPLICATE_NAME,
                Span::new(FileId(sources.iter().count() as u32), 0, new.len()),
                format!("the name `{new}` is taken"),
            )
            .label("the new name")
            .other(taken.span, "stands here already")
            .help("take a name that the file does not have");
            return Err(about("NEW", new, found, Some(sources)));
        }
    }
    Ok(())
}

/// A file's text with the new name.
fn renamed(given: &Given, old: &str, new: &str) -> Renamed {
    let text = &given.project.sources.source(FileId(0)).text;
    let own = given.mentions(FileId(0));
    let mut places: BTreeSet<usize> = own
        .iter()
        .filter(|m| m.name == old)
        .map(|m| m.span.start as usize)
        .collect();
    let quoted = format!("`{old}`");
    let comments: Vec<_> = given.project.files[0].tree.comments().collect();
    let in_prose = text.match_indices(&quoted).map(|(at, _)| at + 1);
    places.extend(in_prose.filter(|at| !comments.iter().any(|c| c.contains(at))));
    let mut after = String::with_capacity(text.len());
    let mut done = 0;
    for &at in &places {
        after.push_str(&text[done..at]);
        after.push_str(new);
        done = at + old.len();
    }
    after.push_str(&text[done..]);
    Renamed {
        path: given.path.to_path_buf(),
        before: text.clone(),
        after,
        places: places.len(),
        at: places.into_iter().collect(),
    }
}

/// Whether the new texts have no error, and mean the new name where they meant the old one.
fn says_the_same(loader: &dyn Loader, renamed: &[Renamed], new: &str) -> Result<(), Refusal> {
    let changed = Changed::to(loader, renamed.iter().map(|r| (&*r.path, &*r.after)));
    for one in renamed {
        let project = Project::load(&changed, &one.path)
            .map_err(|error| Refusal::Unreadable(one.path.clone(), error))?;
        let errors = errors(&project);
        if !errors.is_empty() {
            return Err(Refusal::Name(checked(&one.path, &project, errors)));
        }
        let given = Given {
            path: &one.path,
            project,
        };
        if given.role(new).is_none() {
            return Err(Refusal::Other(format!(
                "`{new}` would be read as something else in `{}`; take another name",
                one.path.display()
            )));
        }
    }
    Ok(())
}

/// Files of which some have other texts.
pub(crate) struct Changed<'a> {
    loader: &'a dyn Loader,
    texts: BTreeMap<PathBuf, Vec<u8>>,
}

impl<'a> Changed<'a> {
    /// Those of a loader, with these texts instead of their own.
    pub(crate) fn to<'t>(
        loader: &'a dyn Loader,
        texts: impl Iterator<Item = (&'t Path, &'t str)>,
    ) -> Self {
        let texts = texts.map(|(path, text)| {
            let whole = loader.canonical(path).unwrap_or(path.to_path_buf());
            (whole, text.as_bytes().to_vec())
        });
        Changed {
            texts: texts.collect(),
            loader,
        }
    }
}

impl Loader for Changed<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let canonical = self.loader.canonical(path);
        let text = canonical.ok().and_then(|path| self.texts.get(&path));
        text.map_or_else(|| self.loader.read(path), |text| Ok(text.clone()))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.loader.canonical(path)
    }

    fn is_root(&self, folder: &Path) -> bool {
        self.loader.is_root(folder)
    }

    fn is_configured(&self, folder: &Path) -> bool {
        self.loader.is_configured(folder)
    }
}

fn errors(project: &Project) -> Vec<Diagnostic> {
    let mut found = with_problems(project).diagnostics;
    if !found.has_errors() {
        found = Diagnostics::new();
    }
    found.sorted()
}

fn checked(path: &Path, project: &Project, diagnostics: Vec<Diagnostic>) -> Checked {
    Checked {
        file: name_of(path),
        sources: project.sources.clone(),
        diagnostics,
        ..Checked::default()
    }
}

/// All of an argument.
fn whole(text: &str) -> Span {
    Span::new(FileId(0), 0, text.len())
}

/// What is wrong with an argument, which is a source of its own behind those that it is shown with.
fn about(name: &str, text: &str, found: Diagnostic, sources: Option<SourceMap>) -> Refusal {
    let mut sources = sources.unwrap_or_default();
    sources.add(Source::new(name, text));
    Refusal::Name(Checked {
        file: name.to_owned(),
        sources,
        diagnostics: vec![found],
        ..Checked::default()
    })
}
