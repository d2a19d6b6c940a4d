//! Where a name is declared, and wherever it is meant.

use super::names;
use super::{Analysis, Location, Range, range};
use crate::rename::mentions::Role;
use crate::syntax::ast::Item;
use crate::text::source::FileId;

/// Where the name at a byte is declared; the file, where a `use` names one.
pub fn definition(analysis: &Analysis, offset: usize) -> Option<Location> {
    if let Some(file) = used_file(analysis, offset) {
        let path = analysis.project.paths.get(file.0 as usize)?.clone();
        return Some(Location { path, range: 0..0 });
    }
    let (name, _) = names::at(analysis, offset)?;
    let known = names::declared(analysis);
    let declared = known.get(&name)?;
    let path = analysis
        .project
        .paths
        .get(declared.file.0 as usize)?
        .clone();
    Some(Location {
        path,
        range: declared.at.clone(),
    })
}

/// The file whose path stands at a byte.
fn used_file(analysis: &Analysis, offset: usize) -> Option<FileId> {
    let items = analysis.parsed().ast.items.iter();
    let used = items.filter_map(|item| match item {
        Item::Use(used) => Some(used),
        _ => None,
    });
    let at = |path: Range| path.start <= offset && offset <= path.end;
    let used = used.into_iter().find(|u| at(range(u.path.span)))?;
    let key = (FileId(0), used.path.node.clone());
    analysis.project.uses.get(&key).copied()
}

/// Every place in the project's files where the name at a byte stands; with or without its
/// declaration. Other files that use this one are the caller's to ask.
pub fn references(analysis: &Analysis, offset: usize, declaration: bool) -> Vec<Location> {
    let Some((name, _)) = names::at(analysis, offset) else {
        return Vec::new();
    };
    mentions(analysis, &name, declaration)
}

/// Every place in the project's files where a name stands.
pub fn mentions(analysis: &Analysis, name: &str, declaration: bool) -> Vec<Location> {
    let files = (0..analysis.project.files.len() as u32).map(FileId);
    let mut found = Vec::new();
    for file in files {
        let all = names::all(analysis, file);
        // Another file may have the name for a thing of its own, which this one does not take.
        let own = all.iter().filter(|m| m.name == name);
        let wanted = own.filter(|m| declaration || !matches!(m.role, Role::Own | Role::Frame));
        found.extend(wanted.map(|m| analysis.location(m.span)));
    }
    found.dedup();
    found
}

/// How a name stands in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Declared.
    Declared,
    /// Meant.
    Meant,
}

/// Every place of the first file where the name at a byte stands.
pub fn highlight(analysis: &Analysis, offset: usize) -> Vec<(Range, Use)> {
    let Some((name, _)) = names::at(analysis, offset) else {
        return Vec::new();
    };
    let all = names::all(analysis, FileId(0));
    let own = all.iter().filter(|m| m.name == name);
    let places = own.map(|m| match m.role {
        Role::Own | Role::Frame => (range(m.span), Use::Declared),
        Role::Used | Role::Meant => (range(m.span), Use::Meant),
    });
    places.collect()
}
