//! From a comparison to its JSON.

use super::super::Look;
use super::json::{Edit, Horizon, Method, Outcome, Part, Place, Quiet, Report, Revision, Share};
use super::{Compared, Revised};
use crate::revision;
use crate::text::source::Span;

pub(super) fn report(compared: &Compared, _: Look) -> String {
    let report = compared.json();
    crate::text::clean::json(&report)
}

impl Compared {
    fn json(&self) -> Report {
        let found = &self.attribution;
        let quiet = found.quiet.iter().flat_map(|e| &e.parts);
        Report {
            version: 1,
            title: found.title.clone(),
            old: side(&self.old),
            new: side(&self.new),
            method: method(found),
            horizons: found.horizons.iter().map(horizon).collect(),
            edits: found.edits.iter().map(|share| self.edit(share)).collect(),
            quiet: quiet
                .map(|part| Quiet {
                    text: part.text.clone(),
                    old: part.old.map(|s| place(&self.old, s)),
                    new: part.new.map(|s| place(&self.new, s)),
                })
                .collect(),
        }
    }

    fn edit(&self, share: &revision::Share) -> Edit {
        let parts = share.edit.parts.iter().map(|part| Part {
            text: part.text.clone(),
            old: part.old.map(|s| place(&self.old, s)),
            new: part.new.map(|s| place(&self.new, s)),
        });
        let horizons = self.attribution.horizons.iter().zip(&share.moves);
        let shares = horizons.flat_map(|(horizon, moves)| {
            let outcomes = horizon.outcomes.iter().zip(moves);
            outcomes.filter_map(|(outcome, points)| {
                Some(Share {
                    horizon: horizon.name.clone(),
                    outcome: outcome.name.clone(),
                    points: 100.0 * (*points)?,
                })
            })
        });
        Edit {
            text: share.edit.to_string(),
            parts: parts.collect(),
            shares: shares.collect(),
        }
    }
}

fn method(found: &revision::Attribution) -> Method {
    let (kind, orders, error) = match found.method {
        revision::Method::Exact => ("exact", None, None),
        revision::Method::Orders(orders, error) => ("sampled", Some(orders), Some(error)),
    };
    Method {
        kind,
        orders,
        standard_error: error.map(|e| 100.0 * e),
        verdict_standard_error: found.sampled.map(|e| 100.0 * e),
    }
}

fn side(revised: &Revised) -> Revision {
    Revision {
        file: revised.file.clone(),
        revision: revised.revision.clone(),
    }
}

fn horizon(horizon: &revision::HorizonMove) -> Horizon {
    let outcomes = horizon.outcomes.iter().map(|o| Outcome {
        id: o.name.clone(),
        old: o.old,
        new: o.new,
        points: o.change().map(|c| 100.0 * c),
    });
    Horizon {
        id: horizon.name.clone(),
        title: horizon.title.clone(),
        old_leader: horizon.old_leader.clone(),
        new_leader: horizon.new_leader.clone(),
        outcomes: outcomes.collect(),
    }
}

fn place(revised: &Revised, span: Span) -> Place {
    let (file, line) = revised.place(span);
    Place { file, line }
}
