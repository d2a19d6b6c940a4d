//! Which reasons were right: each driver's share of the logarithmic score.
//!
//! In: an assessment as it stood, and what came true. Out: for each driver that can push the bits that
//! it brought towards what happened: its Shapley value (1953) over the sets of drivers that push, the
//! game that contributions play. All of them sum to the score of the verdict less that of the prior.

use crate::diag::Diagnostic;
use crate::infer::Variants;
use crate::numeric::orders::shuffle;
use crate::resolve::assessment::{Assessment, DriverId, HorizonId, What};
use crate::resolve::table::Id;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;
use std::collections::BTreeMap;

/// Up to so many drivers every set is tried.
const EXACT: usize = 10;

/// So many orders, each also backwards, beyond that.
const ORDERS: usize = 64;

/// What one driver brought, in bits.
#[derive(Debug, Clone, PartialEq)]
pub struct Credit {
    /// Its name.
    pub driver: String,
    /// `factor`, `event`, `change` or `assumption`.
    pub(crate) kind: &'static str,
    /// The best rating of its evidence.
    pub(crate) rating: Option<String>,
    /// The sources of its evidence, each once.
    pub sources: Vec<String>,
    /// Above 0 where it spoke for what happened.
    pub bits: f64,
}

/// The verdicts of sets of drivers.
pub struct Credits<'a> {
    assessment: &'a Assessment,
    players: Vec<DriverId>,
    variants: Variants<'a>,
    /// By set: by horizon and outcome.
    known: BTreeMap<Vec<bool>, Vec<Vec<f64>>>,
}

impl<'a> Credits<'a> {
    /// Of an assessment free of errors.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn new(assessment: &'a Assessment) -> Result<Self, Box<Diagnostic>> {
        let players = assessment.drivers.iter().filter(|(_, d)| {
            let counts = matches!(&d.what, What::Change { counts, .. } if !counts.is_empty());
            d.pushes() || counts
        });
        let mut players: Vec<DriverId> = players.map(|(id, _)| id).collect();
        // The order of items in the file counts for nothing.
        players.sort_by_key(|&d| assessment.drivers.name(d));
        Ok(Credits {
            assessment,
            players,
            variants: Variants::new(assessment)?,
            known: BTreeMap::new(),
        })
    }

    /// log₂ of the chance of what came true at a horizon, with some drivers alone.
    fn bits(
        &mut self,
        playing: &[bool],
        h: HorizonId,
        truth: &[f64],
        floor: f64,
    ) -> Result<f64, Box<Diagnostic>> {
        if !self.known.contains_key(playing) {
            let silent = self.players.iter().zip(playing).filter(|(_, on)| !**on);
            let silent: Vec<DriverId> = silent.map(|(d, _)| *d).collect();
            let found = self.variants.without(&silent, None)?.horizons.into_iter();
            let at = found.map(|at| at.map_or(Vec::new(), |at| at.outcomes));
            self.known.insert(playing.to_vec(), at.collect());
        }
        let at = &self.known[playing][h.index()];
        Ok(-super::rules::log(at, truth, floor).score / std::f64::consts::LN_2)
    }

    /// What each driver brought towards what came true, by outcome in the file's order, at a horizon.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn of(
        &mut self,
        h: HorizonId,
        truth: &[f64],
        floor: f64,
    ) -> Result<Vec<Credit>, Box<Diagnostic>> {
        let n = self.players.len();
        let mut shares = vec![0.0; n];
        if n <= EXACT {
            // |S|!·(n − |S| − 1)!/n! by |S|.
            let mut weights = vec![1.0 / n.max(1) as f64; n.max(1)];
            for s in 1..n {
                weights[s] = weights[s - 1] * s as f64 / (n - s) as f64;
            }
            let mut values = Vec::with_capacity(1 << n);
            for set in 0..1usize << n {
                let playing: Vec<bool> = (0..n).map(|p| set >> p & 1 == 1).collect();
                values.push(self.bits(&playing, h, truth, floor)?);
            }
            for (p, share) in shares.iter_mut().enumerate() {
                for set in (0..1usize << n).filter(|set| set >> p & 1 == 0) {
                    let weight = weights[set.count_ones() as usize];
                    *share += weight * (values[set | 1 << p] - values[set]);
                }
            }
        } else {
            let mut rng = ChaCha8Rng::seed_from_u64(super::skill::SEED);
            let mut order: Vec<usize> = (0..n).collect();
            for _ in 0..ORDERS {
                shuffle(&mut order, &mut rng);
                for backwards in [false, true] {
                    let mut playing = vec![false; n];
                    let mut before = self.bits(&playing, h, truth, floor)?;
                    for i in 0..n {
                        let p = order[if backwards { n - 1 - i } else { i }];
                        playing[p] = true;
                        let after = self.bits(&playing, h, truth, floor)?;
                        shares[p] += (after - before) / (2 * ORDERS) as f64;
                        before = after;
                    }
                }
                // Orders seldom meet the same sets again.
                self.known.clear();
            }
        }
        let a = self.assessment;
        let each = self.players.iter().zip(shares).map(|(&d, bits)| {
            let driver = &a.drivers[d];
            let mut sources: Vec<String> = driver
                .evidence
                .iter()
                .filter_map(|e| e.source.as_ref().map(|s| s.node.clone()))
                .collect();
            sources.sort();
            sources.dedup();
            Credit {
                driver: a.drivers.name(d).to_owned(),
                kind: driver.kind().as_str(),
                rating: super::gather::best_rating(a, a.drivers.name(d)),
                sources,
                bits,
            }
        });
        Ok(each.collect())
    }
}

/// What reasons of one kind, rating or source brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    /// `kind`, `rating`, `source` or `driver`.
    pub by: &'static str,
    /// Which.
    pub(crate) name: String,
    /// How many reasons in how many cases.
    pub(crate) reasons: u64,
    /// The sum of their bits.
    pub bits: f64,
}

/// All reasons put together by kind, rating, source and name; what has several sources brings each an
/// equal part.
pub fn reasons<'a>(credits: impl Iterator<Item = &'a Credit>) -> Vec<Reasons> {
    let mut parts: BTreeMap<(u8, &'static str, String), (u64, f64)> = BTreeMap::new();
    let mut credits: Vec<&Credit> = credits.collect();
    // Sums in floating point follow their order.
    credits.sort_by(|a, b| (&a.driver, a.bits.to_bits()).cmp(&(&b.driver, b.bits.to_bits())));
    for credit in credits {
        let mut add = |rank: u8, by: &'static str, name: String, bits: f64| {
            let part = parts.entry((rank, by, name)).or_default();
            part.0 += 1;
            part.1 += bits;
        };
        add(0, "kind", credit.kind.to_owned(), credit.bits);
        let rating = credit.rating.clone().unwrap_or("unrated".to_owned());
        add(1, "rating", rating, credit.bits);
        let none = ["(none)".to_owned()];
        let sources = match credit.sources.as_slice() {
            [] => &none[..],
            sources => sources,
        };
        for source in sources {
            let part = credit.bits / sources.len() as f64;
            add(2, "source", source.clone(), part);
        }
        add(3, "driver", credit.driver.clone(), credit.bits);
    }
    let each = parts.into_iter();
    each.map(|((_, by, name), (reasons, bits))| Reasons {
        by,
        name,
        reasons,
        bits,
    })
    .collect()
}
