//! The verdict at every chance of one thing, from few of them.
//!
//! In: an evaluation and a parameter. Out: the outcomes at any turn. An event with one row comes in some horizon or never, and
//! the verdict is the mean over these, weighed by how its curve rises: H + 1 verdicts give all others. Of a factor with one row
//! it is affine in its chance in each horizon. Where more hangs on a chance than that, as where what has ended is capped, three
//! verdicts that were evaluated miss what is foretold, and there is no such mean.

use super::evaluating::{Asked, Evaluating};
use super::parameter::Parameter;
use crate::model::{Model, Numbers, What};
use crate::resolve::table::Id;

/// The furthest that what is foretold may be from what was evaluated: rounding.
const SAME: f64 = 1e-11;

/// Of a factor's horizons so many may turn.
const HORIZONS: usize = 3;

/// About how many verdicts one number takes, its tipping points among them.
pub(super) const QUESTIONS: u64 = 16;

/// Verdicts with a thing made so, and how to weigh them.
pub(super) struct Corners {
    row: usize,
    by: Weighed,
    /// By corner, horizon and outcome.
    all: Vec<Vec<f64>>,
}

#[derive(Clone)]
enum Weighed {
    /// By when an event comes: from this time on, up to never.
    Coming(usize),
    /// By whether a factor holds in each of these horizons.
    Holding(Vec<usize>),
    /// By whether it holds in the horizon asked about.
    Alone,
}

/// The row of a parameter that alone says how likely its driver is, and whether that is an event.
pub(super) fn row(model: &Model, parameter: &Parameter) -> Option<(usize, bool)> {
    let place = model.places[parameter.driver?.index()];
    let driver = &model.drivers[place];
    let grouped = |groups: &[Vec<usize>]| groups.iter().any(|group| group.contains(&place));
    let is_event = match driver.what {
        What::Event => true,
        What::Random => false,
        _ => return None,
    };
    match driver.rows[..] {
        [(None, row)]
            if parameter.row() == Some(row)
                && driver.once.is_none()
                && !grouped(&model.exclusives)
                && !grouped(&model.chains) =>
        {
            Some((row, is_event))
        }
        _ => None,
    }
}

impl Corners {
    /// None where a verdict is found soon, or is not such a mean.
    pub(super) fn new<P: Evaluating>(
        evaluation: &mut P,
        parameter: &Parameter,
    ) -> Asked<Option<Corners>> {
        if !evaluation.is_dear() && evaluation.together() == 1 {
            return Ok(None);
        }
        let Some((row, is_event)) = row(evaluation.model(), parameter) else {
            return Ok(None);
        };
        let point = evaluation.point().clone();
        let far = |up: bool| {
            let ends = parameter.reach.iter().map(|r| if up { r.1 } else { r.0 });
            ends.fold(
                0.0,
                |far: f64, end| if end.abs() > far.abs() { end } else { far },
            )
        };
        let mut seen = Vec::new();
        for turn in [far(true), far(false), far(true) / 3.0] {
            let mut numbers = point.clone();
            parameter.turn(&point, turn, &mut numbers);
            seen.push(numbers);
        }
        let free = (1..point.times).filter(|h| parameter.today[h - 1].is_some());
        let free: Vec<usize> = free.collect();
        let ways = match is_event {
            true => vec![Weighed::Coming(usize::from(point.row_at(row, 0) <= 0.0))],
            false => vec![Weighed::Alone, Weighed::Holding(free)],
        };
        let few = seen.len();
        let mut found: Vec<Vec<f64>> = Vec::new();
        for by in ways {
            if matches!(&by, Weighed::Holding(free) if free.len() > HORIZONS || free.len() < 2) {
                continue;
            }
            let settings = by.settings(&point, row);
            // Those that were seen go with the first, which leave lanes free.
            let asked = match found.is_empty() {
                true => evaluation.outcomes_of(&[&seen[..], &settings].concat())?,
                false => evaluation.outcomes_of(&settings)?,
            };
            let Some(mut all) = asked else {
                return Ok(None);
            };
            if found.is_empty() {
                found.extend(all.drain(..few));
            }
            let corners = Corners { row, by, all };
            let agree = seen.iter().zip(&found).all(|(numbers, found)| {
                let foretold = corners.at(numbers);
                let mut pairs = foretold.iter().zip(found);
                pairs.all(|(a, b)| (a - b).abs() <= SAME)
            });
            if agree {
                return Ok(Some(corners));
            }
        }
        Ok(None)
    }

    /// The row whose chances turn.
    pub(super) fn row(&self) -> usize {
        self.row
    }

    /// By horizon and outcome.
    pub(super) fn at(&self, numbers: &Numbers) -> Vec<f64> {
        let times = numbers.times;
        let chances = &numbers.rows[self.row * times..][..times];
        let mut sums = vec![0.0; self.all[0].len()];
        let outcomes = (sums.len() / (times - 1)).max(1);
        for (h, sums) in sums.chunks_exact_mut(outcomes).enumerate() {
            for (corner, found) in self.all.iter().enumerate() {
                let share = self.by.share(corner, chances, 1 + h);
                for (sum, x) in sums.iter_mut().zip(&found[h * outcomes..]) {
                    *sum += share * x;
                }
            }
        }
        sums
    }
}

impl Weighed {
    /// The numbers of each corner.
    fn settings(&self, point: &Numbers, row: usize) -> Vec<Numbers> {
        let times = point.times;
        let set = |is: &dyn Fn(usize) -> Option<bool>| {
            let mut numbers = point.clone();
            let own = &mut numbers.rows[row * times..][..times];
            for (h, c) in own.iter_mut().enumerate() {
                if let Some(is) = is(h) {
                    *c = f64::from(u8::from(is));
                }
            }
            numbers
        };
        match self {
            Weighed::Coming(first) => (*first..=times)
                .map(|from| set(&|h| Some(h >= from)))
                .collect(),
            Weighed::Holding(free) => (0..1usize << free.len())
                .map(|corner| {
                    set(&|h| {
                        let place = free.iter().position(|f| *f == h)?;
                        Some(corner >> place & 1 == 1)
                    })
                })
                .collect(),
            Weighed::Alone => [false, true].map(|is| set(&|_| Some(is))).into(),
        }
    }

    /// How much a corner counts for at horizon `h`, with these chances.
    fn share(&self, corner: usize, chances: &[f64], h: usize) -> f64 {
        match self {
            Weighed::Coming(first) => {
                let at = first + corner;
                let before = at.checked_sub(1).map_or(0.0, |before| chances[before]);
                chances.get(at).map_or(1.0, |c| *c) - before
            }
            Weighed::Holding(free) => {
                let each = free.iter().enumerate();
                each.map(|(place, f)| match corner >> place & 1 {
                    1 => chances[*f],
                    _ => 1.0 - chances[*f],
                })
                .product()
            }
            Weighed::Alone if corner == 1 => chances[h],
            Weighed::Alone => 1.0 - chances[h],
        }
    }
}
