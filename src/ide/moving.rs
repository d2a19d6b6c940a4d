//! An event, factor, change or assumption taken out into a file that others can use too.
//!
//! In: an analysis, a place, the files. Out: for each file that is used already, and for a new one, the edits that
//! move what is named there. Offered is only what leaves the verdict as it is.

use super::actions::{Action, Kind, relative};
use super::{Analysis, Range, TextEdit, range};
use crate::infer;
use crate::infer::verdict::{Options, Question};
use crate::project::{Loader, Project, without_steps};
use crate::syntax::Kind as Node;
use crate::syntax::ast::{Driver, Item, Use};
use crate::text::source::{FileId, line_end};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The new file that is proposed.
const NEW: &str = "shared.assess";

/// Probabilities nearer to each other than this are one: sums may go in another order.
const SAME: f64 = 1e-12;

/// The moves of what is named at some bytes of the first file; into a file that is still to be made only where
/// `creates` says that the client can make one.
pub fn moves(analysis: &Analysis, at: &Range, loader: &dyn Loader, creates: bool) -> Vec<Action> {
    let items = || analysis.parsed().ast.items.iter();
    let touches = |d: &&Driver| {
        let head = range(d.keyword.to(d.name.span));
        head.start <= at.end && at.start <= head.end
    };
    let mut drivers = items().filter_map(|item| match item {
        Item::Driver(d) => Some(d),
        _ => None,
    });
    let (Some(driver), Some(path)) = (drivers.find(touches), analysis.paths().first()) else {
        return Vec::new();
    };
    let Some(before) = shares(analysis) else {
        return Vec::new();
    };
    let uses = items().filter_map(|item| match item {
        Item::Use(used) => Some(used),
        _ => None,
    });
    let known = uses.filter_map(|used| into_used(analysis, driver, used));
    let mut moves: Vec<Move> = Vec::new();
    for found in known {
        // A file may be used more than once.
        if !moves.iter().any(|other| other.to == found.to) {
            moves.push(found);
        }
    }
    if creates && moves.is_empty() {
        moves.extend(into_new(analysis, driver, path, loader));
    }
    let stays = |found: &Move| {
        let texts = found.texts(analysis, path)?;
        let project = Project::load(&Over { texts, loader }, path).ok()?;
        let after = shares(&Analysis::of(project))?;
        let same = |(a, b): (&f64, &f64)| (a - b).abs() <= SAME;
        Some(before.len() == after.len() && before.iter().zip(&after).all(same))
    };
    moves.retain(|found| stays(found) == Some(true));
    let each = moves.into_iter().map(|found| found.action(driver, path));
    each.collect()
}

/// A move: what it changes in the first file, and what it adds to another.
struct Move {
    /// The other file as the first one writes it.
    written: String,
    to: PathBuf,
    is_new: bool,
    own: Vec<TextEdit>,
    other: TextEdit,
}

impl Move {
    /// Both files as they would be.
    fn texts(&self, analysis: &Analysis, path: &Path) -> Option<BTreeMap<PathBuf, String>> {
        let mut own = analysis.text().to_owned();
        let mut edits: Vec<&TextEdit> = self.own.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
        for edit in edits {
            own.replace_range(edit.range.clone(), &edit.text);
        }
        let place = analysis.paths().iter().position(|p| *p == self.to);
        let mut other = place.map_or_else(String::new, |place| {
            let sources = &analysis.project.sources;
            sources.source(FileId(place as u32)).text.to_string()
        });
        other.get(self.other.range.clone())?;
        other.replace_range(self.other.range.clone(), &self.other.text);
        Some([(path.to_owned(), own), (self.to.clone(), other)].into())
    }

    fn action(self, driver: &Driver, path: &Path) -> Action {
        let new = if self.is_new { "a new file " } else { "" };
        let own = self.own.into_iter().map(|edit| (path.to_owned(), edit));
        Action {
            title: format!("Move `{}` to {new}`{}`", driver.name.node, self.written),
            kind: Kind::Rewrite,
            finding: None,
            creates: self.is_new.then(|| self.to.clone()),
            edits: own.chain([(self.to.clone(), self.other)]).collect(),
        }
    }
}

/// Into a file that the first one uses already: its name joins the list.
fn into_used(analysis: &Analysis, driver: &Driver, used: &Use) -> Option<Move> {
    let key = (FileId(0), used.path.node.clone());
    let file = *analysis.project.uses.get(&key)?;
    let to = analysis.paths().get(file.0 as usize)?.clone();
    let text = &analysis.project.sources.source(file).text;
    let behind = range(used.names.last()?.span).end;
    let name = TextEdit {
        range: behind..behind,
        text: format!(", {}", driver.name.node),
    };
    let (cut, item) = taken(analysis, driver)?;
    let end = line_end(text);
    let gap = match text.ends_with('\n') {
        true => end.to_owned(),
        false => end.repeat(2),
    };
    Some(Move {
        written: used.path.node.clone(),
        to,
        is_new: false,
        own: vec![name, cut],
        other: TextEdit {
            range: text.len()..text.len(),
            text: format!("{gap}{item}"),
        },
    })
}

/// Into a file that is not there yet: a `use` of it becomes the first item.
fn into_new(
    analysis: &Analysis,
    driver: &Driver,
    path: &Path,
    loader: &dyn Loader,
) -> Option<Move> {
    let to = path.parent()?.join(NEW);
    let is_free = loader
        .read(&to)
        .is_err_and(|e| e.kind() == io::ErrorKind::NotFound);
    let written = relative(path, &to).filter(|_| is_free)?;
    let (cut, item) = taken(analysis, driver)?;
    let mut nodes = analysis.parsed().tree.root()?.children();
    let first = nodes.find(|n| n.kind() != Node::comment)?;
    let start = first.range().start;
    let end = line_end(analysis.text());
    let line = format!("use \"{written}\": {}{end}{end}", driver.name.node);
    // The item itself may be the first.
    let own = match cut.range.contains(&start) {
        true => vec![TextEdit {
            range: cut.range,
            text: line,
        }],
        false => vec![
            TextEdit {
                range: start..start,
                text: line,
            },
            cut,
        ],
    };
    Some(Move {
        written,
        to,
        is_new: true,
        own,
        other: TextEdit {
            range: 0..0,
            text: item,
        },
    })
}

/// The edit that takes an item away with the remarks right above it and a blank line, and its lines.
fn taken(analysis: &Analysis, driver: &Driver) -> Option<(TextEdit, String)> {
    let text = analysis.text();
    let own = range(driver.span);
    let mut start = text[..own.start].rfind('\n').map_or(0, |n| n + 1);
    let rest = &text[own.end..];
    let end = own.end + rest.find('\n').map_or(rest.len(), |n| n + 1);
    // What shares a line with something else stays.
    let alone = text[start..own.start].trim().is_empty();
    let behind = text[own.end..end].trim();
    if !alone || !(behind.is_empty() || behind.starts_with('#')) {
        return None;
    }
    while let Some(above) = text[..start].strip_suffix('\n') {
        let line = above.rfind('\n').map_or(0, |n| n + 1);
        if !above[line..].trim_start().starts_with('#') {
            break;
        }
        start = line;
    }
    let mut item = text[start..end].to_owned();
    if !item.ends_with('\n') {
        item.push_str(line_end(text));
    }
    let blank = text[end..]
        .find('\n')
        .filter(|n| text[end..end + n].trim().is_empty());
    let cut = TextEdit {
        range: start..blank.map_or(end, |n| end + n + 1),
        text: String::new(),
    };
    Some((cut, item))
}

/// Every probability of outcomes and events, by horizon; none where there is no verdict.
fn shares(analysis: &Analysis) -> Option<Vec<f64>> {
    let assessment = analysis.assessment()?;
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let verdict = infer::evaluate(assessment, &Question::default(), &options).ok()?;
    let outcomes = verdict.horizons.iter().flat_map(|at| &at.outcomes);
    let mut all: Vec<f64> = outcomes.map(|o| o.probability.value).collect();
    let mut events: Vec<(&str, Vec<f64>)> = Vec::new();
    for event in &verdict.events {
        let name = assessment.drivers.name(event.event);
        events.push((
            name,
            event.horizons.iter().map(|h| h.chance.value).collect(),
        ));
    }
    // A moved event may come in another order.
    events.sort_by_key(|event| event.0);
    all.extend(events.into_iter().flat_map(|event| event.1));
    Some(all)
}

/// Files with some texts in place of what they have.
struct Over<'l> {
    texts: BTreeMap<PathBuf, String>,
    loader: &'l dyn Loader,
}

impl Loader for Over<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.texts.get(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.loader.read(path),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let known = self.loader.canonical(path);
        let new = || {
            without_steps(path)
                .ok()
                .filter(|p| self.texts.contains_key(p))
        };
        known.or_else(|error| new().ok_or(error))
    }

    fn is_root(&self, folder: &Path) -> bool {
        self.loader.is_root(folder)
    }

    fn is_configured(&self, folder: &Path) -> bool {
        self.loader.is_configured(folder)
    }
}
