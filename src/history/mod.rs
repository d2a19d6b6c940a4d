//! A verdict over the revisions of its file.
//!
//! In: what a file was at each revision, parsed, oldest first. Out: at each its verdict, or why it has
//! none, and which edits moved it since the last revision that had one. Where revisions come from is
//! not known here.

use crate::diag::{Diagnostic, Severity};
use crate::project::Project;
use crate::resolve::assessment::{Assessment, OutcomeId};
pub use crate::resolve::hindsight::LeftOut;
use crate::resolve::table::Id;
use crate::resolve::with_problems;
use crate::revision::{self, Method, NOTHING};
use crate::text::source::FileId;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Who wrote a revision, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The commit's hash in full.
    pub(crate) hash: String,
    /// As few digits of it as tell it apart.
    pub(crate) short: String,
    /// When its author made it, with the time zone, as in RFC 3339.
    pub(crate) date: String,
    /// Who made it.
    pub(crate) author: String,
    /// Its message's first line.
    pub(crate) subject: String,
}

impl Stamp {
    /// The day, where its author was.
    pub fn day(&self) -> &str {
        self.date.get(..10).unwrap_or(&self.date)
    }
}

/// A file at one revision.
#[derive(Debug)]
pub struct Revision {
    /// None for what is not committed yet.
    pub stamp: Option<Stamp>,
    /// The file's name then.
    pub file: String,
    /// The name that it had before, where this revision renamed it.
    pub renamed_from: Option<String>,
    /// The file and what it used; none where it was deleted or cannot be read.
    pub(crate) project: Option<Project>,
    /// Why it cannot be read, where it was not deleted.
    pub(crate) unreadable: Option<String>,
    /// Evidence that was left out of it.
    pub(crate) left_out: LeftOut,
}

impl Revision {
    /// Whether every text is the same as in another, whatever ends their lines.
    pub fn is_alike(&self, other: &Revision) -> bool {
        let texts = |r: &Revision| -> Option<Vec<String>> {
            let files = r.project.as_ref()?.sources.iter();
            Some(files.map(|(_, s)| s.text.replace("\r\n", "\n")).collect())
        };
        self.unreadable == other.unreadable && texts(self) == texts(other)
    }
}

/// What became of a file at one revision.
#[derive(Debug, Clone)]
pub struct Point {
    /// As of the revision.
    pub(crate) stamp: Option<Stamp>,
    /// As of the revision.
    pub(crate) file: String,
    /// As of the revision.
    pub(crate) renamed_from: Option<String>,
    /// What it came to.
    pub(crate) state: State,
    /// What moved it; none where it or all before it has no verdict.
    pub(crate) moved: Option<Moved>,
}

/// What a revision came to.
#[derive(Debug, Clone)]
pub enum State {
    /// A verdict.
    Sound(Sound),
    /// Mistakes.
    Broken {
        /// How many.
        errors: usize,
        /// The first one's message.
        first: String,
        /// Its line, where it stands in the file itself.
        line: Option<usize>,
    },
    /// A file for `use`, without outcomes.
    Shared,
    /// The file was deleted.
    Gone,
}

impl State {
    /// The word that every output uses.
    pub fn word(&self) -> &'static str {
        match self {
            State::Sound(_) => "sound",
            State::Broken { .. } => "broken",
            State::Shared => "shared",
            State::Gone => "gone",
        }
    }
}

/// A verdict.
#[derive(Debug, Clone)]
pub struct Sound {
    /// The question.
    pub(crate) title: String,
    /// The day from which its time counts.
    pub(crate) as_of: Date,
    /// In order of time.
    pub(crate) horizons: Vec<At>,
    /// What was left out of it, as sentences.
    pub(crate) left_out: Vec<String>,
}

/// A verdict at one horizon.
#[derive(Debug, Clone)]
pub struct At {
    /// The horizon's name.
    pub(crate) name: String,
    /// The place of the likeliest outcome.
    pub(crate) leader: usize,
    /// In the file's order.
    pub(crate) outcomes: Vec<Chance>,
}

impl At {
    /// The name of the likeliest outcome.
    pub fn leader_name(&self) -> &str {
        self.outcomes.get(self.leader).map_or("", |o| &o.name)
    }
}

/// How likely an outcome is.
#[derive(Debug, Clone)]
pub struct Chance {
    /// The outcome's name.
    pub(crate) name: String,
    /// Whether it stays once it has come.
    pub(crate) is_final: bool,
    /// Cumulative for a final outcome, at the horizon's end for another.
    pub(crate) probability: f64,
}

impl Sound {
    /// An outcome's probability at a horizon, by their names.
    pub fn chance(&self, horizon: &str, outcome: &str) -> Option<f64> {
        let at = self.horizons.iter().find(|h| h.name == horizon)?;
        let of = at.outcomes.iter().find(|o| o.name == outcome)?;
        Some(of.probability)
    }
}

/// What moved a verdict.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The place of the revision that it is compared with.
    pub(crate) since: usize,
    /// Edits that moved a number, the largest share first.
    pub(crate) edits: Vec<Mover>,
    /// What was edited and moved none.
    pub(crate) quiet: Vec<String>,
    /// Names that were changed, old and new.
    pub(crate) renamed: Vec<(String, String)>,
    /// How the shares were computed.
    pub(crate) method: Method,
}

/// An edit and its share of the move.
#[derive(Debug, Clone)]
pub struct Mover {
    /// What was done, in an analyst's words.
    pub(crate) text: String,
    /// By horizon and outcome, where both revisions have them.
    pub(crate) shares: Vec<Part>,
}

/// A share of one number's move.
#[derive(Debug, Clone)]
pub struct Part {
    pub(crate) horizon: String,
    pub(crate) outcome: String,
    /// As a share of 1; all edits' parts sum to the number's move.
    pub(crate) share: f64,
}

/// What one revision came to.
pub fn state(revision: &Revision) -> State {
    let Some(project) = &revision.project else {
        let unreadable = revision.unreadable.clone();
        return unreadable.map_or(State::Gone, |first| State::Broken {
            errors: 1,
            first,
            line: None,
        });
    };
    let resolved = with_problems(project);
    let found = resolved.diagnostics;
    let mut errors = found.sorted();
    errors.retain(|d| d.severity == Severity::Error);
    let broken = |errors: usize, first: &Diagnostic| {
        let span = first.primary.span;
        let source = project.sources.source(span.file);
        State::Broken {
            errors,
            first: first.message.clone(),
            line: (span.file == FileId(0)).then(|| source.position(span.start as usize).line),
        }
    };
    if let Some(first) = errors.first() {
        return broken(errors.len(), first);
    }
    let Some(assessment) = resolved.assessment else {
        return State::Shared;
    };
    match revision::verdict(&assessment) {
        Ok(verdict) => State::Sound(sound(&assessment, &verdict.horizons, &revision.left_out)),
        Err(limit) => broken(1, &limit),
    }
}

fn sound(assessment: &Assessment, horizons: &[(Vec<f64>, OutcomeId)], left_out: &LeftOut) -> Sound {
    let each = assessment.horizons.names().zip(horizons);
    let horizons = each.map(|(name, (probabilities, leader))| {
        let outcomes = assessment.outcomes.iter().zip(probabilities);
        let outcomes = outcomes.map(|((id, outcome), &probability)| Chance {
            name: assessment.outcomes.name(id).to_owned(),
            is_final: outcome.is_final,
            probability,
        });
        At {
            name: name.to_owned(),
            leader: leader.index(),
            outcomes: outcomes.collect(),
        }
    });
    Sound {
        title: assessment.title.node.clone(),
        as_of: assessment.as_of,
        horizons: horizons.collect(),
        left_out: left_out.sentences(assessment),
    }
}

/// For each revision with a verdict the last one before it that has one too.
pub fn pairs(states: &[State]) -> Vec<(usize, usize)> {
    let sound = states.iter().enumerate();
    let sound = sound.filter(|(_, s)| matches!(s, State::Sound(_)));
    let places: Vec<usize> = sound.map(|(i, _)| i).collect();
    places.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// What moved the verdict between two revisions that have one.
pub fn moved(revisions: &[Revision], (old, new): (usize, usize)) -> Option<Moved> {
    let project = |i: usize| revisions.get(i)?.project.as_ref();
    let found = revision::attribute(project(old)?, project(new)?).ok()?;
    let (moving, still): (Vec<_>, Vec<_>) =
        found.edits.iter().partition(|share| share.size() > NOTHING);
    let edits = moving.into_iter().map(|share| {
        let cells = found.horizons.iter().zip(&share.moves);
        let shares = cells.flat_map(|(horizon, moves)| {
            let outcomes = horizon.outcomes.iter().zip(moves);
            outcomes.filter_map(|(outcome, share)| {
                Some(Part {
                    horizon: horizon.name.clone(),
                    outcome: outcome.name.clone(),
                    share: (*share)?,
                })
            })
        });
        Mover {
            text: share.edit.to_string(),
            shares: shares.collect(),
        }
    });
    let quiet = still.into_iter().map(|s| &s.edit).chain(&found.quiet);
    Some(Moved {
        since: old,
        edits: edits.collect(),
        quiet: quiet.map(ToString::to_string).collect(),
        renamed: found.renamed,
        method: found.method,
    })
}

/// Gives each horizon and outcome the name that it had last, in all revisions.
pub fn use_last_names(points: &mut [Point]) {
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for point in points.iter_mut().rev() {
        let rename = |name: &mut String| {
            if let Some(now) = last.get(name) {
                name.clone_from(now);
            }
        };
        if let State::Sound(sound) = &mut point.state {
            for at in &mut sound.horizons {
                rename(&mut at.name);
                at.outcomes.iter_mut().for_each(|o| rename(&mut o.name));
            }
        }
        let Some(moved) = &mut point.moved else {
            continue;
        };
        for part in moved.edits.iter_mut().flat_map(|e| &mut e.shares) {
            rename(&mut part.horizon);
            rename(&mut part.outcome);
        }
        // What had the new name before was something else.
        let mut before = last.clone();
        before.retain(|name, _| moved.renamed.iter().all(|(_, new)| new != name));
        for (old, new) in &moved.renamed {
            let now = last.get(new).unwrap_or(new);
            before.insert(old.clone(), now.clone());
        }
        last = before;
    }
}
