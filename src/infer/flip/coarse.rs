//! The nearest turn of a parameter that changes the answer, in few questions: where each takes long.
//!
//! In: a walk. Out: by horizon where the answer changes, or none. Each way is walked out in a few steps of growing length; what
//! changes and comes back between two of them is not seen.

use super::evaluating::{Asked, Evaluating, Side};
use super::search::{Seen, Walk};

/// Where each way is looked at, as shares of the reach.
const STOPS: [f64; 3] = [0.06, 0.25, 1.0];

/// A tipping point is told to so many decibans.
const WIDTH: f64 = 0.02;

/// How many questions one number takes, more or less.
pub(super) const QUESTIONS: u64 = 12;

impl<P: Evaluating> Walk<'_, P> {
    /// A few long steps.
    pub(super) fn coarsely(&mut self, wanted: &[usize]) -> Asked<Vec<Option<Seen>>> {
        let walk = self;
        walk.width = WIDTH;
        let reaches: Vec<(f64, f64)> = (0..walk.horizons.len()).map(|h| walk.reach(h)).collect();
        let reach = |h: usize| reaches[h];
        let today = walk.at(0.0)?;
        let mut tips: Vec<Option<Seen>> = vec![None; walk.horizons.len()];
        for &h in wanted.iter().filter(|h| today[**h].turned) {
            tips[h] = Some((0.0, today[h]));
        }
        let furthest = |sign: f64| {
            let ends = wanted.iter().map(|h| {
                if sign > 0.0 {
                    reach(*h).1
                } else {
                    -reach(*h).0
                }
            });
            ends.fold(0.0, f64::max)
        };
        for sign in [1.0, -1.0] {
            let end = furthest(sign);
            if end <= 0.0 {
                continue;
            }
            // The end tells whether there is anything to be found on the way.
            let last = walk.at(sign * end)?;
            let mut before: (f64, Vec<Side>) = (0.0, today.clone());
            for share in STOPS {
                let turn = sign * end * share;
                let nearer = |tip: &Option<Seen>| tip.is_none_or(|t| t.0.abs() > before.0.abs());
                let open = |h: &&usize| {
                    let (low, high) = reach(**h);
                    last[**h].turned && nearer(&tips[**h]) && low <= before.0 && before.0 <= high
                };
                let open: Vec<usize> = wanted.iter().filter(open).copied().collect();
                if open.is_empty() {
                    break;
                }
                let here = match share >= 1.0 {
                    true => last.clone(),
                    false => walk.at(turn)?,
                };
                if here.iter().any(|side| side.lost) {
                    break;
                }
                for h in open {
                    if here[h].turned && !before.1[h].turned {
                        let between = ((before.0, before.1[h]), (turn, here[h]));
                        walk.tell(h, between, &mut tips[h])?;
                    }
                }
                before = (turn, here);
            }
        }
        Ok(tips)
    }
}
