//! A history as JSON. These structs are what `assess schema log` describes.

use super::History;
use crate::history::{Moved, Point, Sound, State};
use crate::render::Look;
use crate::revision::Method;
use serde::Serialize;

/// What `assess log --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Log"))]
pub struct Report {
    /// Of this shape; it changes only where a reader of the old one would fail.
    version: u32,
    /// As named on the command line.
    file: String,
    /// The day to which all revisions were moved; null where each has its own.
    as_of: Option<String>,
    /// How many earlier revisions are left out.
    earlier: usize,
    /// Whether the clone leaves out early commits.
    shallow: bool,
    /// Oldest first.
    revisions: Vec<Revision>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Revision {
    /// Null for what is not committed yet.
    commit: Option<Commit>,
    /// Its name then.
    file: String,
    /// Its name before, where this revision renamed it.
    renamed_from: Option<String>,
    /// `sound`, `broken`, `shared` (made for `use`, no verdict) or `gone`.
    state: &'static str,
    /// How many mistakes it has; 0 unless it is `broken`.
    errors: usize,
    /// The first mistake; null unless it is `broken`.
    first_error: Option<String>,
    /// Null unless it is `sound`, as all that follows.
    as_of: Option<String>,
    title: Option<String>,
    /// In order of time.
    horizons: Option<Vec<Horizon>>,
    /// What was left out for `--as-of`, as sentences.
    left_out: Option<Vec<String>>,
    /// What moved the verdict; null in the first that has one.
    moved: Option<Movement>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Commit {
    hash: String,
    short: String,
    /// When its author made it (RFC 3339).
    date: String,
    author: String,
    /// The first line of its message.
    subject: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Horizon {
    /// Names are those of the last revision, also where it had another one then.
    id: String,
    leader: String,
    outcomes: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Outcome {
    id: String,
    #[serde(rename = "final")]
    is_final: bool,
    /// 0 to 1; cumulative for a final outcome.
    probability: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Movement {
    /// The commit that it is compared with, the last before it that has a verdict.
    since: Option<String>,
    /// The largest share first.
    edits: Vec<Edit>,
    /// What was edited and moved no number.
    quiet: Vec<String>,
    /// The largest standard error of a share, where orders of the edits were sampled; else null.
    standard_error: Option<f64>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Edit {
    text: String,
    /// Of each number that both revisions have.
    shares: Vec<Share>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Share {
    horizon: String,
    outcome: String,
    /// In percentage points; all edits' shares sum to the number's move.
    points: f64,
}

/// Writes it.
pub(super) fn write(history: &History, _: Look) -> String {
    let report = Report {
        version: 1,
        file: history.file.clone(),
        as_of: history.as_of.map(|d| d.to_string()),
        earlier: history.earlier,
        shallow: history.shallow,
        revisions: history
            .shown()
            .iter()
            .map(|p| revision(history, p))
            .collect(),
    };
    crate::text::clean::json(&report)
}

fn revision(history: &History, point: &Point) -> Revision {
    let sound = match &point.state {
        State::Sound(sound) => Some(sound),
        _ => None,
    };
    let (errors, first_error) = match &point.state {
        State::Broken { errors, first, .. } => (*errors, Some(first.clone())),
        _ => (0, None),
    };
    Revision {
        commit: point.stamp.as_ref().map(|s| Commit {
            hash: s.hash.clone(),
            short: s.short.clone(),
            date: s.date.clone(),
            author: s.author.clone(),
            subject: s.subject.clone(),
        }),
        file: point.file.clone(),
        renamed_from: point.renamed_from.clone(),
        state: point.state.word(),
        errors,
        first_error,
        as_of: sound.map(|s| s.as_of.to_string()),
        title: sound.map(|s| s.title.clone()),
        horizons: sound.map(|s| horizons(history, s)),
        left_out: sound.map(|s| s.left_out.clone()),
        moved: point.moved.as_ref().map(|m| movement(history, m)),
    }
}

fn horizons(history: &History, sound: &Sound) -> Vec<Horizon> {
    let listed = |name: &String| history.horizons.is_empty() || history.horizons.contains(name);
    let shown = sound.horizons.iter().filter(|at| listed(&at.name));
    let each = shown.map(|at| {
        let shown = at
            .outcomes
            .iter()
            .filter(|o| history.shows(&at.name, &o.name));
        let outcomes = shown.map(|o| Outcome {
            id: o.name.clone(),
            is_final: o.is_final,
            probability: o.probability,
        });
        Horizon {
            id: at.name.clone(),
            leader: at.leader_name().to_owned(),
            outcomes: outcomes.collect(),
        }
    });
    each.collect()
}

fn movement(history: &History, moved: &Moved) -> Movement {
    let since = history.points.get(moved.since);
    let edits = moved.edits.iter().map(|edit| {
        let shown = edit
            .shares
            .iter()
            .filter(|p| history.shows(&p.horizon, &p.outcome));
        let shares = shown.map(|p| Share {
            horizon: p.horizon.clone(),
            outcome: p.outcome.clone(),
            points: 100.0 * p.share,
        });
        Edit {
            text: edit.text.clone(),
            shares: shares.collect(),
        }
    });
    Movement {
        since: since.and_then(|p| Some(p.stamp.as_ref()?.hash.clone())),
        edits: edits.collect(),
        quiet: moved.quiet.clone(),
        standard_error: match moved.method {
            Method::Exact => None,
            Method::Orders(_, error) => Some(error),
        },
    }
}
