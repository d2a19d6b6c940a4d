//! Figures of more forecasts than memory holds.
//!
//! In: one forecast after another. Out: a [`Sheet`]. Sums are kept, not cases; what calibration needs
//! is kept by chances rounded to a millionth, each with the mean of what was rounded, so that all of
//! it is exact where chances have six decimals or fewer.

use super::bins::wilson;
use super::case::Kind;
use super::rules;
use super::sheet::{self, Group, How, Reference, Scores, Sheet};
use super::skill::{self, Cost};
use super::sums::{Cells, at_rate, part};
use std::collections::BTreeMap;

/// Groups of cases that the bootstrap draws.
const BLOCKS: usize = 256;

/// Sums of some cases.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    cases: u64,
    chances: f64,
    said: f64,
    came: f64,
    brier_of_one: f64,
    log: f64,
}

/// What one block's cases cost.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    cases: f64,
    came: f64,
    came_squared: f64,
    score: f64,
    uniform: f64,
}

/// The figures of forecasts, one after another.
pub struct Stream {
    how: How,
    outcomes: usize,
    cells: Cells,
    all: Sums,
    brier: f64,
    spherical: f64,
    ranked: (f64, f64),
    floored: u64,
    blocks: Vec<Block>,
    parts: BTreeMap<(&'static str, String), Sums>,
    rounded: u64,
}

impl Stream {
    /// Of forecasts of so many outcomes; 1 where yes or no is asked.
    pub fn new(how: How, outcomes: usize) -> Self {
        Stream {
            how,
            outcomes,
            cells: Cells::new(),
            all: Sums::default(),
            brier: 0.0,
            spherical: 0.0,
            ranked: (0.0, 0.0),
            floored: 0,
            blocks: vec![Block::default(); BLOCKS],
            parts: BTreeMap::new(),
            rounded: 0,
        }
    }

    /// Takes one forecast: chances within 0 and 1, and how far each came true. Cases with the same
    /// `block` stand or fall together; `parts` are what they are put together by.
    pub fn add(&mut self, p: &[f64], truth: &[f64], block: u64, parts: &[(&'static str, &str)]) {
        let several = self.outcomes > 1;
        let sides = [p[0], 1.0 - p[0]];
        let came = [truth[0], 1.0 - truth[0]];
        let (chances, shares): (&[f64], &[f64]) = match several {
            true => (p, truth),
            false => (&sides, &came),
        };
        let logged = rules::log(chances, shares, self.how.floor);
        self.floored += u64::from(logged.floored);
        self.spherical += rules::spherical(chances, shares);
        let mut own = Sums {
            cases: 1,
            log: logged.score,
            ..Sums::default()
        };
        for (&p, &y) in p.iter().zip(truth) {
            self.rounded += u64::from(self.cells.add((p, y, 1.0)) > 1e-6);
            own.chances += 1.0;
            own.said += p;
            own.came += y;
            own.brier_of_one += rules::brier_of_one(p, y);
        }
        let score = match several {
            true => rules::brier(p, truth),
            false => own.brier_of_one,
        };
        self.brier += score;
        if several && self.how.ordered {
            self.ranked.0 += rules::ranked(p, truth);
            self.ranked.1 += rules::ranked_per_step(p, truth);
        }
        self.all.add(&own);
        let block = &mut self.blocks[(block % BLOCKS as u64) as usize];
        block.cases += 1.0;
        block.came += truth[0];
        block.came_squared += truth[0] * truth[0];
        block.score += score;
        block.uniform += match several {
            true => {
                let even = 1.0 / p.len() as f64;
                truth.iter().map(|&y| rules::brier_of_one(even, y)).sum()
            }
            false => rules::brier_of_one(0.5, truth[0]),
        };
        for &(by, name) in parts {
            part(&mut self.parts, by, name.to_owned()).add(&own);
        }
    }

    /// How many forecasts there were.
    pub fn cases(&self) -> u64 {
        self.all.cases
    }

    /// How many chances had more than six decimals, so that figures of calibration that need their
    /// order are off by a millionth.
    pub fn rounded(&self) -> u64 {
        self.rounded
    }

    /// Every figure.
    pub fn sheet(&self) -> Sheet {
        let n = self.all.cases as f64;
        if self.all.cases == 0 {
            return Sheet::default();
        }
        let points = self.cells.points();
        let brier_of_one = self.all.brier_of_one / self.all.chances;
        let several = self.outcomes > 1;
        let scores = Scores {
            kind: if several { Kind::Outcomes } else { Kind::Event },
            cases: self.all.cases,
            files: self.blocks.iter().filter(|b| b.cases > 0.0).count() as u64,
            brier: self.brier / n,
            log: self.all.log / n,
            floored: self.floored,
            ranked: (several && self.how.ordered).then(|| (self.ranked.0 / n, self.ranked.1 / n)),
            spherical: self.spherical / n,
            skill: self.skill(several),
        };
        let groups = self.parts.iter().map(|((by, name), sums)| Group {
            by,
            name: name.clone(),
            cases: sums.cases,
            brier: sums.brier_of_one / sums.chances,
            log: sums.log / sums.cases as f64,
            said: sums.said / sums.chances,
            came: wilson(sums.came, sums.chances),
        });
        Sheet {
            scores: vec![scores],
            calibration: Some(sheet::calibrated(
                &points,
                brier_of_one,
                self.all.cases,
                self.how,
            )),
            groups: groups.collect(),
            ..Sheet::default()
        }
    }

    fn skill(&self, several: bool) -> Vec<(Reference, Option<super::Estimate>)> {
        let rate = self.all.came / self.all.cases as f64;
        let used = || self.blocks.iter().filter(|b| b.cases > 0.0);
        let with = |reference: &dyn Fn(&Block) -> f64| {
            let costs: Vec<Cost> = used()
                .map(|b| Cost {
                    score: b.score,
                    reference: reference(b),
                })
                .collect();
            skill::with_interval(&costs, self.how.seed)
        };
        let mut found = vec![(Reference::Uniform, with(&|b| b.uniform))];
        if !several {
            let base = |b: &Block| at_rate(rate, (b.cases, b.came, b.came_squared));
            found.push((Reference::BaseRate, with(&base)));
        }
        found
    }
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        self.cases += other.cases;
        self.chances += other.chances;
        self.said += other.said;
        self.came += other.came;
        self.brier_of_one += other.brier_of_one;
        self.log += other.log;
    }
}
