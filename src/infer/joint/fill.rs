//! The chances of one node's moves in one horizon.
//!
//! In: the numbers of several settings side by side. Out: chances, in the order that its ways name them;
//! the first stands for certainty.

use super::happen::{Happening, Turn, place};
use super::moves::{ALWAYS, Move};
use super::net::Course;
use super::push::truth;
use super::quantity::Reached;
use super::space::{TooLarge, Value};
use super::test::Test;
use crate::model::Numbers;

/// What nodes say of the chances in each horizon, for clocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Told<const N: usize> {
    nodes: usize,
    all: Vec<Vec<[f64; N]>>,
}

impl<const N: usize> Told<N> {
    pub(super) fn new(horizons: usize, nodes: usize) -> Self {
        Told {
            nodes,
            all: vec![Vec::new(); (horizons + 1) * nodes],
        }
    }

    pub(super) fn set(&mut self, h: usize, node: usize, chances: Vec<[f64; N]>) {
        self.all[h * self.nodes + node] = chances;
    }

    pub(super) fn get(&self, h: usize, node: usize, case: u32) -> [f64; N] {
        let found = self.all[h * self.nodes + node].get(case as usize);
        found.copied().unwrap_or([0.0; N])
    }
}

/// What fills in a node's chances.
#[derive(Debug, Clone)]
pub(super) enum Fill {
    Nothing,
    Happening(Box<Happening>),
    Chain {
        node: usize,
        rows: Vec<usize>,
        over: Option<usize>,
    },
    /// The row of each pair of chances.
    Factor(Vec<Option<usize>>),
    Quantity(Box<Reached>),
}

impl Fill {
    pub(super) fn fill<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        days: &[f64],
        h: usize,
        told: &mut Told<N>,
        out: &mut Vec<[f64; N]>,
    ) {
        out.clear();
        out.push([1.0; N]);
        match self {
            Fill::Nothing => {}
            Fill::Happening(happening) => happening.fill(numbers, days, h, told, out),
            Fill::Chain { node, rows, over } => {
                let mut all = vec![[0.0; N]; 2 * rows.len()];
                for (lane, numbers) in numbers.iter().enumerate() {
                    for (i, (held, fresh)) in steps(numbers, rows, *over, h).enumerate() {
                        all[2 * i][lane] = held;
                        all[2 * i + 1][lane] = fresh;
                    }
                }
                climb(&all, rows.len(), out);
                told.set(h, *node, all);
            }
            Fill::Quantity(reached) => reached.fill(numbers, h, out),
            Fill::Factor(rows) => {
                for row in rows {
                    let p = numbers.map(|n| row.map_or(0.0, |r| n.row_at(r, h)));
                    out.push(p.map(|p| 1.0 - p));
                    out.push(p);
                }
            }
        }
    }
}

/// The chances of a chain's members: where the next weaker one held before, and where that comes now. The
/// weakest's are the same.
fn steps(
    numbers: &Numbers,
    rows: &[usize],
    over: Option<usize>,
    h: usize,
) -> impl Iterator<Item = (f64, f64)> {
    let curve = move |row: usize, h: usize| -> f64 {
        let Some(over) = over else {
            return numbers.row_at(row, h);
        };
        // Of those in which the member above which it stands has come, kept rising.
        let share = |j: usize| {
            let all = numbers.row_at(over, j);
            if all > 0.0 {
                (numbers.row_at(row, j) / all).min(1.0)
            } else {
                0.0
            }
        };
        (0..=h).map(share).fold(0.0, f64::max)
    };
    let at = move |i: Option<usize>, h: usize| i.map_or(1.0, |i| curve(rows[i], h));
    (0..rows.len()).map(move |i| {
        let weaker = i.checked_sub(1);
        let ratio = |part: f64, whole: f64| match whole > 0.0 {
            true => (part / whole).clamp(0.0, 1.0),
            false => 0.0,
        };
        if h == 0 {
            let p = ratio(at(Some(i), 0), at(weaker, 0));
            return (p, p);
        }
        let (c0, c1) = (at(Some(i), h - 1), at(Some(i), h));
        let (w0, w1) = (at(weaker, h - 1), at(weaker, h));
        let p = ratio(c1 - c0, 1.0 - c0);
        if weaker.is_none() {
            return (p, p);
        }
        let rise = w1 - w0;
        let fresh = match rise > 0.0 {
            true => (p * (1.0 - w0) / rise).min(1.0),
            false => 0.0,
        };
        (ratio(c1 - c0 - fresh * rise, w0 - c0), fresh)
    })
}

/// From so many members that hold to so many.
fn climb<const N: usize>(all: &[[f64; N]], members: usize, out: &mut Vec<[f64; N]>) {
    for from in 0..=members {
        let mut left = [1.0; N];
        for to in from..=members {
            // The next one's step: its weaker one came now, unless it is the first to come.
            let next = match to {
                to if to == members => [0.0; N],
                to => all[2 * to + usize::from(to > from)],
            };
            let mut stop = left;
            for ((stop, left), p) in stop.iter_mut().zip(&mut left).zip(next) {
                *stop = *left * (1.0 - p);
                *left *= p;
            }
            out.push(stop);
        }
    }
}

/// The ways of a chain.
pub(super) fn chain(
    turn: &Turn<'_>,
    rows: &[usize],
    over: Option<usize>,
) -> Result<(Move, Fill, Vec<Value>), TooLarge> {
    let (mut moved, values) = turn.moved(&[], &[])?;
    let members = rows.len();
    let first = |from: usize| (0..from).map(|f| members + 1 - f).sum::<usize>() as u32;
    let mut to = Vec::new();
    for value in &values {
        let from = usize::from(value.state);
        for state in from..=members {
            let next = Value {
                before: if turn.asked {
                    value.state
                } else {
                    state as u16
                },
                state: state as u16,
                memo: 0,
            };
            let chance = 1 + first(from) + (state - from) as u32;
            moved.ways.push((place(&mut to, next), chance));
        }
        moved.end();
    }
    moved.to = to.len();
    let fill = Fill::Chain {
        node: turn.node,
        rows: rows.to_vec(),
        over,
    };
    Ok((moved, fill, to))
}

/// The ways of a factor that may not hold.
pub(super) fn factor(
    turn: &Turn<'_>,
    rows: &[(Test, usize)],
) -> Result<(Move, Fill, Vec<Value>), TooLarge> {
    let mut leaves = Vec::new();
    for (test, _) in rows {
        test.leaves(&mut |leaf, _| leaves.push((leaf, false)));
    }
    let (mut moved, _) = turn.moved(&leaves, &[])?;
    let mut at = Vec::new();
    let mut used: Vec<Option<usize>> = Vec::new();
    for k in 0..moved.view.size() {
        moved.view.space.values(k, &mut at);
        let is = |leaf, was| truth(&moved.view.space, &at, leaf, was);
        let row = rows.iter().find(|r| r.0.holds(&is)).map(|r| r.1);
        let found = used.iter().position(|r| *r == row);
        let case = found.unwrap_or_else(|| {
            used.push(row);
            used.len() - 1
        }) as u32;
        moved.ways.extend([(0, 1 + 2 * case), (1, 2 + 2 * case)]);
        moved.end();
    }
    moved.to = 2;
    let values = vec![Value::still(0, 0), Value::still(1, 0)];
    Ok((moved, Fill::Factor(used), values))
}

/// The ways of what costs ε: both, from the start.
pub(super) fn costly(turn: &Turn<'_>) -> Result<(Move, Fill, Vec<Value>), TooLarge> {
    let (mut moved, values) = turn.moved(&[], &[])?;
    let to = vec![Value::still(0, 0), Value::still(1, 0)];
    for value in &values {
        match turn.h {
            0 => moved.ways.extend([(0, ALWAYS), (1, ALWAYS)]),
            _ => moved.ways.push((u32::from(value.state), ALWAYS)),
        }
        moved.end();
    }
    moved.to = 2;
    Ok((moved, Fill::Nothing, to))
}

/// The ways of something watched.
pub(super) fn course(
    turn: &Turn<'_>,
    course: &Course,
) -> Result<(Move, Fill, Vec<Value>), TooLarge> {
    let to = vec![Value::still(0, 0), Value::still(1, 0)];
    let named = course.horizons.contains(&turn.h);
    let mut leaves = Vec::new();
    if named {
        course
            .test
            .leaves(&mut |leaf, was| leaves.push((leaf, was)));
    }
    let (mut moved, values) = turn.moved(&leaves, &[])?;
    let mut at = Vec::new();
    for k in 0..moved.view.size() {
        moved.view.space.values(k, &mut at);
        let is = |leaf, was| truth(&moved.view.space, &at, leaf, was);
        let holds = named && course.test.holds(&is);
        for value in &values {
            let was = match turn.h {
                0 => course.every,
                _ => value.state == 1,
            };
            let now = match (named, course.every) {
                (false, _) => was,
                (true, true) => was && holds,
                (true, false) => was || holds,
            };
            moved.ways.push((u32::from(now), ALWAYS));
            moved.end();
        }
    }
    moved.to = 2;
    Ok((moved, Fill::Nothing, to))
}
