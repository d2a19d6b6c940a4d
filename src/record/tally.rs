//! Figures of many cases, file by file, without keeping any.
//!
//! In: the cases of one file after another, by the files' names. Out: a [`Sheet`]. Of a file its sums are
//! kept, of a chance 24 bytes, and from `EXACT` chances on no more: they are then taken to a millionth.

use super::bins::wilson;
use super::case::{Case, Forecast, Kind};
use super::course::Courses;
use super::numbers;
use super::points::{Point, weighted};
use super::rules;
use super::sheet::{self, Calibration, DIMENSIONS, Group, How, LENGTHS, Reference, Scores, Sheet};
use super::skill::{self, Cost};
use super::sums::{self, Cells, at_rate};
use std::collections::BTreeMap;

/// So many chances are kept as they are, in 24 MB; more are rounded to a millionth.
const EXACT: usize = 1_000_000;

/// Sums over the cases of one kind.
#[derive(Debug, Default)]
struct Sums {
    cases: u64,
    brier: f64,
    log: f64,
    floored: u64,
    ranked: f64,
    ranked_per_step: f64,
    spherical: f64,
    /// All that is said in one file stands or falls together.
    files: Vec<OfFile>,
}

/// What the cases of one kind in one file cost.
#[derive(Debug, Default, Clone, Copy)]
struct OfFile {
    score: f64,
    even: f64,
    /// The prior's cost of outcomes; the price's of bets.
    other: f64,
    cases: f64,
    came: f64,
    came_squared: f64,
}

/// Sums over a part of the cases.
#[derive(Debug, Default)]
struct Part {
    cases: u64,
    weight: f64,
    said: f64,
    came: f64,
    brier: f64,
    log: f64,
}

/// Chances with what came of them.
#[derive(Debug)]
enum Chances {
    /// Chance, how far it came true, weight.
    Exact(Vec<(f64, f64, f64)>),
    /// By millionths.
    Cells(Cells),
}

impl Chances {
    fn add(&mut self, chance: (f64, f64, f64)) {
        match self {
            Chances::Exact(all) if all.len() < EXACT => all.push(chance),
            Chances::Exact(all) => {
                let mut cells = Cells::new();
                for chance in all.drain(..).chain([chance]) {
                    cells.add(chance);
                }
                *self = Chances::Cells(cells);
            }
            Chances::Cells(cells) => {
                cells.add(chance);
            }
        }
    }

    fn points(self) -> Vec<Point> {
        match self {
            Chances::Exact(all) => weighted(all),
            Chances::Cells(cells) => cells.points(),
        }
    }
}

/// The figures of cases, file by file.
#[derive(Debug)]
pub struct Tally {
    how: How,
    kinds: BTreeMap<Kind, Sums>,
    chances: Chances,
    counted: u64,
    weight: f64,
    brier: f64,
    parts: BTreeMap<(usize, String), Part>,
    courses: Courses,
    numbers: numbers::Tally,
}

impl Tally {
    /// Without any case yet.
    pub fn new(how: How) -> Self {
        Tally {
            how,
            kinds: BTreeMap::new(),
            chances: Chances::Exact(Vec::new()),
            counted: 0,
            weight: 0.0,
            brier: 0.0,
            parts: BTreeMap::new(),
            courses: Courses::default(),
            numbers: numbers::Tally::default(),
        }
    }

    /// Takes the cases of one file. Sums in floating point follow the order of the calls, and within
    /// a file that of names.
    pub fn add(&mut self, cases: &[Case]) {
        let mut cases: Vec<&Case> = cases.iter().filter(|c| c.days() > 0.0).collect();
        cases.sort_by_key(|c| (c.kind, &c.id, &c.horizon, c.settled));
        let (chances, numbers): (Vec<&Case>, Vec<&Case>) =
            cases.into_iter().partition(|c| c.kind.is_chance());
        for of_kind in chances.chunk_by(|a, b| a.kind == b.kind) {
            self.kind(of_kind);
        }
        for case in chances {
            let points = case.points();
            if case.kind.counts() {
                self.counted += 1;
                for &(p, y, weight) in &points {
                    self.weight += weight;
                    self.brier += weight * rules::brier_of_one(p, y);
                    self.chances.add((p, y, weight));
                }
            }
            self.courses.add(case, &points);
            self.part(case, &points);
        }
        self.numbers.add(&numbers);
    }

    /// All cases of one kind in one file.
    fn kind(&mut self, cases: &[&Case]) {
        let how = self.how;
        let sums = self.kinds.entry(cases[0].kind).or_default();
        let mut file = OfFile::default();
        for case in cases {
            let met = |f: &Forecast| log_of(case, f, how.floor).floored;
            let score = case.mean(|f| brier_of(case, &f.chances));
            sums.cases += 1;
            sums.brier += score;
            sums.log += case.mean(|f| log_of(case, f, how.floor).score);
            sums.floored += u64::from(case.forecasts.iter().any(met));
            sums.spherical += case.mean(|f| {
                let (p, y) = sides(case, &f.chances);
                rules::spherical(&p, &y)
            });
            if case.kind == Kind::Outcomes && how.ordered {
                sums.ranked += case.mean(|f| rules::ranked(&f.chances, &case.truth));
                let per_step = case.mean(|f| rules::ranked_per_step(&f.chances, &case.truth));
                sums.ranked_per_step += per_step;
            }
            let k = case.truth.len();
            file.score += score;
            file.even += match case.is_of_several() {
                true => brier_of(case, &vec![1.0 / k as f64; k]),
                false => brier_of(case, &[0.5]),
            };
            file.other += match case.kind {
                Kind::Outcomes => case.mean(|f| brier_of(case, &f.prior)),
                Kind::Bet => brier_of(case, &[case.price.unwrap_or(0.5)]),
                _ => 0.0,
            };
            file.cases += 1.0;
            file.came += case.truth[0];
            file.came_squared += case.truth[0] * case.truth[0];
        }
        sums.files.push(file);
    }

    fn part(&mut self, case: &Case, points: &[(f64, f64, f64)]) {
        let log = case.mean(|f| log_of(case, f, self.how.floor).score);
        for (place, by) in DIMENSIONS.iter().enumerate() {
            let mut names = values(case, by);
            names.sort();
            names.dedup();
            for name in names {
                let part: &mut Part = sums::part(&mut self.parts, place, name);
                part.cases += 1;
                part.log += log;
                for &(p, y, weight) in points {
                    part.weight += weight;
                    part.said += weight * p;
                    part.came += weight * y;
                    part.brier += weight * rules::brier_of_one(p, y);
                }
            }
        }
    }

    /// Whether chances were rounded to a millionth.
    pub fn is_rounded(&self) -> bool {
        matches!(self.chances, Chances::Cells(_))
    }

    /// Every figure.
    pub fn sheet(self) -> Sheet {
        let how = self.how;
        let scores = self
            .kinds
            .iter()
            .map(|(kind, sums)| scores(*kind, sums, how));
        Sheet {
            scores: scores.collect(),
            numbers: self.numbers.figures(how.seed),
            calibration: calibration(self.chances, (self.weight, self.brier), self.counted, how),
            groups: groups(self.parts),
            periods: self.courses.periods(),
        }
    }
}

fn scores(kind: Kind, sums: &Sums, how: How) -> Scores {
    let n = sums.cases as f64;
    let ordered = kind == Kind::Outcomes && how.ordered;
    Scores {
        kind,
        cases: sums.cases,
        files: sums.files.len() as u64,
        brier: sums.brier / n,
        log: sums.log / n,
        floored: sums.floored,
        ranked: ordered.then(|| (sums.ranked / n, sums.ranked_per_step / n)),
        spherical: sums.spherical / n,
        skill: skills(kind, sums, how.seed),
    }
}

fn skills(kind: Kind, sums: &Sums, seed: u64) -> Vec<(Reference, Option<super::Estimate>)> {
    let references: &[Reference] = match kind {
        Kind::Outcomes => &[Reference::Uniform, Reference::Prior],
        Kind::Event | Kind::Judgement => &[Reference::Uniform, Reference::BaseRate],
        Kind::Bet => &[Reference::Uniform, Reference::BaseRate, Reference::Price],
        Kind::Quantity => &[],
    };
    let rate = sums.files.iter().map(|f| f.came).sum::<f64>() / sums.cases as f64;
    let each = references.iter().map(|&reference| {
        let costs = sums.files.iter().map(|f| Cost {
            score: f.score,
            reference: match reference {
                Reference::Uniform => f.even,
                Reference::Prior | Reference::Price => f.other,
                Reference::BaseRate => at_rate(rate, (f.cases, f.came, f.came_squared)).max(0.0),
            },
        });
        let costs: Vec<Cost> = costs.collect();
        (reference, skill::with_interval(&costs, seed))
    });
    each.collect()
}

fn calibration(
    chances: Chances,
    (weight, brier): (f64, f64),
    cases: u64,
    how: How,
) -> Option<Calibration> {
    (weight > 0.0).then(|| sheet::calibrated(&chances.points(), brier / weight, cases, how))
}

fn groups(parts: BTreeMap<(usize, String), Part>) -> Vec<Group> {
    let each = parts.into_iter().map(|((place, name), part)| Group {
        by: DIMENSIONS[place],
        name,
        cases: part.cases,
        brier: part.brier / part.weight,
        log: part.log / part.cases as f64,
        said: part.said / part.weight,
        came: wilson(part.came, part.weight),
    });
    let mut groups: Vec<Group> = each.collect();
    let length = |g: &Group| match g.by {
        "horizon" => LENGTHS.iter().position(|l| l.1 == g.name).unwrap_or(0),
        _ => 0,
    };
    // The parts of a dimension stand together, by name but for lengths.
    groups.sort_by_key(|g| (DIMENSIONS.iter().position(|d| *d == g.by), length(g)));
    groups
}

/// The values of a case along a dimension.
fn values(case: &Case, dimension: &str) -> Vec<String> {
    match dimension {
        "kind" => vec![case.kind.word().to_owned()],
        "author" => case.author.iter().cloned().collect(),
        "tag" => case.tags.clone(),
        "horizon" => {
            let length = LENGTHS.iter().find(|l| case.length <= l.0);
            length.map(|l| l.1.to_owned()).into_iter().collect()
        }
        "rating" => case.rating.iter().cloned().collect(),
        _ => vec![case.settled.year().to_string()],
    }
}

/// What one forecast costs by the logarithm; whether it met the floor.
fn log_of(case: &Case, f: &Forecast, floor: f64) -> rules::Logged {
    match case.is_of_several() {
        true => rules::log(&f.chances, &case.truth, floor),
        false => rules::log_of_one(f.chances[0], case.truth[0], floor),
    }
}

/// What chances cost by Brier: over all outcomes, or of yes or no.
fn brier_of(case: &Case, chances: &[f64]) -> f64 {
    match case.is_of_several() {
        true => rules::brier(chances, &case.truth),
        false => rules::brier_of_one(chances[0], case.truth[0]),
    }
}

/// Both sides of yes or no, or all outcomes.
fn sides(case: &Case, chances: &[f64]) -> (Vec<f64>, Vec<f64>) {
    match case.is_of_several() {
        true => (chances.to_vec(), case.truth.clone()),
        false => (
            vec![chances[0], 1.0 - chances[0]],
            vec![case.truth[0], 1.0 - case.truth[0]],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_limit_chances_are_taken_to_a_millionth() {
        let all = (0..50).map(|i| (f64::from(i) / 50.0, f64::from(i % 2), 1.0));
        let mut exact = Chances::Exact(Vec::new());
        let mut cells = Chances::Cells(Cells::new());
        for chance in all {
            exact.add(chance);
            cells.add(chance);
        }
        assert_eq!(exact.points(), cells.points());
    }
}
