//! How an event comes, or one of a group: by its rows, by what pushes it, or after its trigger.
//!
//! In: the axes drawn before it, and its own. Out: the ways that its states go, and the chances of
//! these for one horizon.

use super::fill::Told;
use super::moves::{ALWAYS, Move};
use super::net::{Happens, Kind, Net};
use super::push::{Push, Pushing, seen_whole, truth};
use super::space::{Space, TooLarge, Value};
use super::test::{Leaf, Test};
use crate::model::Numbers;

/// A memory from here on is that of a clock.
const CLOCK: u32 = 1 << 31;

/// The clock that began at time 0.
const FIRST: u32 = 0;

/// A trigger that came in a horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Came {
    pub node: usize,
    /// Which of what the node told of that horizon is its chance.
    pub told: u32,
}

/// Since when a trigger has been so, and what went on before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clock {
    pub horizon: usize,
    pub came: Came,
    /// What the event's own node told of that horizon.
    pub own: u32,
}

/// What a chance in one horizon follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Case {
    /// For each member the rows in force before and now; and the place, where something pushes.
    Rows(Vec<(Option<usize>, Option<usize>)>, usize),
    /// The trigger came in this horizon; what its rows say is another case.
    Comes(Came, u32),
    /// The trigger came before.
    Later(u32),
}

/// How an event, or a group, is drawn in one horizon.
#[derive(Debug, Clone)]
pub(super) struct Happening {
    node: usize,
    cases: Vec<Case>,
    /// How many members can come.
    members: usize,
    /// By member whether it has no curve, and comes at time 0 at a cost.
    costly: Vec<bool>,
    after: usize,
    since: f64,
    clocks: Vec<Clock>,
    push: Option<Box<[(Push, Pushing); 2]>>,
}

/// What is known of a node when it is drawn.
pub(super) struct Turn<'a> {
    pub net: &'a Net<'a>,
    pub node: usize,
    /// All axes that there are, its own among them unless it is new.
    pub space: &'a Space,
    /// Time 0, or a horizon.
    pub h: usize,
    /// Whether anybody asks later in this horizon what was before it.
    pub asked: bool,
    /// Whether it sets a clock.
    pub sets: bool,
}

impl Turn<'_> {
    fn axis(&self) -> (usize, Vec<Value>) {
        match self.space.position(self.node) {
            Some(at) => (at, self.space.axes[at].values.clone()),
            None => (self.space.axes.len(), vec![Value::default()]),
        }
    }

    /// A move of this node that sees so much.
    pub(super) fn moved(
        &self,
        leaves: &[(Leaf, bool)],
        whole: &[usize],
    ) -> Result<(Move, Vec<Value>), TooLarge> {
        let (at, values) = self.axis();
        let inner = self.space.axes[..at]
            .iter()
            .map(|a| a.values.len())
            .product();
        let view = seen_whole(self.space, leaves, whole)?;
        Ok((Move::new(at, inner, values.len(), 0, view), values))
    }
}

/// The place of a value among those that an axis takes, which it joins.
pub(super) fn place(values: &mut Vec<Value>, value: Value) -> u32 {
    let found = values.iter().position(|v| *v == value);
    found.unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    }) as u32
}

impl Happening {
    /// The ways of an event or group, and the values of its axis from then on.
    pub(super) fn new(
        turn: &Turn<'_>,
        list: &[Happens],
        remembers: bool,
        clocks: &mut Vec<Clock>,
    ) -> Result<(Move, Happening, Vec<Value>), TooLarge> {
        let (first, is_now) = (&list[0], turn.h > 0);
        let mut leaves = Vec::new();
        let mut look = |test: &Test, also: bool| {
            test.leaves(&mut |leaf, _| {
                leaves.push((leaf, false));
                if also && is_now {
                    leaves.push((leaf, true));
                }
            });
        };
        for happens in list {
            happens.rows.iter().for_each(|r| look(&r.0, !remembers));
            happens.push.tests(&mut |test| look(test, true));
        }
        let mut whole = Vec::new();
        if let Some(once) = &first.once {
            once.trigger.leaves(&mut |leaf, _| whole.push(leaf.node));
        }
        let (mut moved, values) = turn.moved(&leaves, &whole)?;
        let push = match first.push.is_empty() {
            true => None,
            false => {
                let was = first.push.was();
                let (now, before) = (
                    first.push.over(&moved.view.space)?,
                    was.over(&moved.view.space)?,
                );
                Some(Box::new([(first.push.clone(), now), (was, before)]))
            }
        };
        let hypothetical = list.iter().map(|h| h.rows.is_empty());
        let mut all = Happening {
            node: turn.node,
            cases: Vec::new(),
            members: list.len(),
            costly: hypothetical.collect(),
            after: first.once.as_ref().map_or(0, |o| o.after),
            since: first.once.as_ref().map_or(0.0, |o| o.since),
            clocks: Vec::new(),
            push,
        };
        let mut to = Vec::new();
        let mut at = Vec::new();
        for k in 0..moved.view.size() {
            moved.view.space.values(k, &mut at);
            let is = |leaf: Leaf, was: bool| truth(&moved.view.space, &at, leaf, was);
            let known = Known {
                turn,
                list,
                remembers,
                place: if all.push.is_some() { k } else { 0 },
                now: rows(list, &is),
                before: match is_now && !remembers {
                    true => rows(list, &|leaf, _| is(leaf, true)),
                    false => vec![None; list.len()],
                },
                trigger: first
                    .once
                    .as_ref()
                    .map(|o| trigger(&o.trigger, turn, &moved.view.space, &at)),
            };
            for value in &values {
                all.ways(&known, *value, clocks, &mut to, &mut moved);
                moved.end();
            }
        }
        moved.to = to.len();
        all.clocks.clone_from(clocks);
        Ok((moved, all, to))
    }

    fn ways(
        &mut self,
        known: &Known<'_>,
        value: Value,
        clocks: &mut Vec<Clock>,
        to: &mut Vec<Value>,
        moved: &mut Move,
    ) {
        if value.state > 0 {
            let place = place(to, Value::still(value.state, 0));
            moved.ways.push((place, ALWAYS));
            return;
        }
        let (case, memo) = known.case(self, value, clocks);
        let stay = place(to, Value::still(0, memo));
        let ways = 1 + self.members as u32;
        moved.ways.push((stay, 1 + case * ways));
        for member in 1..=self.members as u16 {
            let comes = Value {
                before: if known.turn.asked { 0 } else { member },
                state: member,
                memo: if known.turn.sets && known.turn.h > 0 {
                    case
                } else {
                    0
                },
            };
            let place = place(to, comes);
            moved
                .ways
                .push((place, 1 + case * ways + u32::from(member)));
        }
    }

    fn case(&mut self, case: Case) -> u32 {
        let found = self.cases.iter().position(|c| *c == case);
        found.unwrap_or_else(|| {
            self.cases.push(case);
            self.cases.len() - 1
        }) as u32
    }

    /// The chances of all cases in horizon `h`: of staying, then of each member. What is told is the chance
    /// of each case that anything comes.
    pub(super) fn fill<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        days: &[f64],
        h: usize,
        told: &mut Told<N>,
        out: &mut Vec<[f64; N]>,
    ) {
        let mut pushed = [Vec::new(), Vec::new()];
        if let Some(push) = &self.push {
            push[0]
                .0
                .fill(&push[0].1, numbers, h.max(1), &mut pushed[0]);
            push[1].0.fill(
                &push[1].1,
                numbers,
                h.saturating_sub(1).max(1),
                &mut pushed[1],
            );
        }
        let mut own: Vec<[f64; N]> = Vec::with_capacity(self.cases.len());
        for case in &self.cases {
            let start = out.len();
            out.resize(start + 1 + self.members, [0.0; N]);
            let chances = &mut out[start..];
            match case {
                Case::Rows(rows, place) => {
                    self.by_rows(
                        numbers,
                        h,
                        rows,
                        pushed
                            .each_ref()
                            .map(|p| p.get(place.checked_rem(p.len()).unwrap_or(0))),
                        chances,
                    );
                }
                Case::Comes(came, rows) => {
                    let clock = Clock {
                        horizon: h,
                        came: came.clone(),
                        own: *rows,
                    };
                    let own = own.get(*rows as usize).copied().unwrap_or([0.0; N]);
                    for (lane, numbers) in numbers.iter().enumerate() {
                        let left = clock.left(numbers, self.after, days, told, own[lane], lane, h);
                        chances[1][lane] = (1.0 - left).clamp(0.0, 1.0);
                    }
                }
                Case::Later(clock) => {
                    for (lane, numbers) in numbers.iter().enumerate() {
                        let at = |h: usize| self.left(*clock, numbers, days, told, lane, h);
                        let before = at(h - 1);
                        let stay = if before > 0.0 { at(h) / before } else { 1.0 };
                        chances[1][lane] = (1.0 - stay).clamp(0.0, 1.0);
                    }
                }
            }
            let mut all = [0.0; N];
            for (member, chance) in chances[1..].iter().enumerate() {
                if !self.costly[member] {
                    all.iter_mut().zip(chance).for_each(|(a, p)| *a += p);
                }
            }
            chances[0] = all.map(|a| (1.0 - a).max(0.0));
            // A hypothetical member is as likely as that nothing comes, at a cost, once.
            for (member, costly) in self.costly.iter().enumerate() {
                if *costly && h == 0 {
                    chances[1 + member] = chances[0];
                }
            }
            own.push(all);
        }
        told.set(h, self.node, own);
    }

    /// The chances of the members by their rows, the second place of each being left for staying.
    fn by_rows<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        rows: &[(Option<usize>, Option<usize>)],
        pushed: [Option<&[f64; N]>; 2],
        chances: &mut [[f64; N]],
    ) {
        for (lane, numbers) in numbers.iter().enumerate() {
            let tilt = |c: f64, by: Option<&[f64; N]>| by.map_or(c, |by| tilted(c, by[lane]));
            let now =
                |row: Option<usize>| tilt(row.map_or(0.0, |r| numbers.row_at(r, h)), pushed[0]);
            let before = |row: Option<usize>| match (row, h) {
                (Some(row), 1..) => tilt(numbers.row_at(row, h - 1), pushed[1]),
                _ => 0.0,
            };
            let held: f64 = rows.iter().map(|r| before(r.0)).sum();
            let rise = |r: &(Option<usize>, Option<usize>)| (now(r.1) - before(r.0)).max(0.0);
            let rises: f64 = rows.iter().map(rise).sum();
            let left = 1.0 - held;
            // Divided, so that what is certain is exactly 1: a trigger then comes on the first day.
            let whole = left.max(rises);
            for (row, chance) in rows.iter().zip(&mut chances[1..]) {
                chance[lane] = if left > 0.0 { rise(row) / whole } else { 0.0 };
            }
        }
    }

    /// A of a clock at the end of horizon `h`.
    fn left<const N: usize>(
        &self,
        clock: u32,
        numbers: &Numbers,
        days: &[f64],
        told: &Told<N>,
        lane: usize,
        h: usize,
    ) -> f64 {
        if clock == FIRST {
            return numbers.afters[self.after].left(days[h] + self.since);
        }
        let clock = &self.clocks[clock as usize - 1];
        let own = told.get(clock.horizon, self.node, clock.own)[lane];
        clock.left(numbers, self.after, days, told, own, lane, h)
    }
}

impl Clock {
    #[expect(clippy::too_many_arguments, reason = "each is a number of the formula")]
    fn left<const N: usize>(
        &self,
        numbers: &Numbers,
        after: usize,
        days: &[f64],
        told: &Told<N>,
        own: f64,
        lane: usize,
        h: usize,
    ) -> f64 {
        let length = days[self.horizon] - days[self.horizon - 1];
        let hazard = |q: f64| {
            if q < 1.0 {
                -libm::log1p(-q) / length
            } else {
                f64::INFINITY
            }
        };
        let trigger = told.get(self.horizon, self.came.node, self.came.told)[lane];
        let age = days[h] - days[self.horizon - 1];
        numbers.afters[after].survives(age, length, hazard(trigger), hazard(own))
    }
}

/// What one place of the view says.
struct Known<'a> {
    turn: &'a Turn<'a>,
    list: &'a [Happens],
    remembers: bool,
    place: usize,
    now: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
    trigger: Option<Trigger>,
}

enum Trigger {
    No,
    Comes(Came),
    Long,
}

impl Known<'_> {
    /// The case of what has not happened, and what is then remembered of it.
    fn case(&self, all: &mut Happening, value: Value, clocks: &mut Vec<Clock>) -> (u32, u32) {
        if value.memo >= CLOCK {
            return (all.case(Case::Later(value.memo - CLOCK)), value.memo);
        }
        let before = match self.remembers {
            true => remembered(value.memo, self.list),
            false => self.before.clone(),
        };
        let numbers = |rows: &[Option<usize>]| {
            let each = rows.iter().zip(self.list);
            each.map(|(row, h)| row.map(|r| h.rows[r].1))
                .collect::<Vec<_>>()
        };
        let pairs = numbers(&before).into_iter().zip(numbers(&self.now));
        let rows = all.case(Case::Rows(pairs.collect(), self.place));
        match &self.trigger {
            Some(Trigger::Comes(came)) => {
                let clock = Clock {
                    horizon: self.turn.h,
                    came: came.clone(),
                    own: rows,
                };
                let found = clocks.iter().position(|c| *c == clock);
                let id = found.unwrap_or_else(|| {
                    clocks.push(clock);
                    clocks.len() - 1
                });
                let case = all.case(Case::Comes(came.clone(), rows));
                (case, CLOCK + 1 + id as u32)
            }
            Some(Trigger::Long) if self.turn.h == 0 => (rows, CLOCK + FIRST),
            Some(Trigger::Long) => (all.case(Case::Later(FIRST)), CLOCK + FIRST),
            _ if self.remembers && self.turn.h > 0 => (rows, memory(&self.now, self.list)),
            _ => (rows, 0),
        }
    }
}

/// Which rows were in force, as one number.
fn memory(rows: &[Option<usize>], list: &[Happens]) -> u32 {
    let digits = rows.iter().zip(list).rev();
    digits.fold(0, |sum, (row, h)| {
        let digit = row.map_or(0, |r| r as u32 + 1);
        (sum * (h.rows.len() as u32 + 1) + digit) % CLOCK
    })
}

fn remembered(mut memo: u32, list: &[Happens]) -> Vec<Option<usize>> {
    let digit = |h: &Happens| {
        let base = h.rows.len() as u32 + 1;
        let digit = memo % base;
        memo /= base;
        (digit as usize).checked_sub(1)
    };
    list.iter().map(digit).collect()
}

/// The row in force of each.
fn rows(list: &[Happens], is: &dyn Fn(Leaf, bool) -> bool) -> Vec<Option<usize>> {
    let of = |h: &Happens| h.rows.iter().position(|(test, _)| test.holds(is));
    list.iter().map(of).collect()
}

/// What a trigger is doing at a place.
fn trigger(test: &Test, turn: &Turn<'_>, space: &Space, at: &[Value]) -> Trigger {
    let Test::Is(leaf) = test else {
        return match test {
            Test::Known(true) => Trigger::Long,
            _ => Trigger::No,
        };
    };
    if !truth(space, at, *leaf, false) {
        return Trigger::No;
    }
    if turn.h == 0 || truth(space, at, *leaf, true) {
        return Trigger::Long;
    }
    let value = space
        .position(leaf.node)
        .map_or(Value::default(), |i| at[i]);
    let told = match turn.net.node(leaf.node).map(|n| &n.kind) {
        // By member: what it has where the next weaker one held before, and where that comes.
        Some(Kind::Chain { .. }) => {
            let fresh = leaf.member > 1 && value.before < leaf.member - 1;
            2 * u32::from(leaf.member - 1) + u32::from(fresh)
        }
        _ => value.memo,
    };
    Trigger::Comes(Came {
        node: leaf.node,
        told,
    })
}

/// A chance with its odds multiplied.
fn tilted(c: f64, by: f64) -> f64 {
    if by.is_infinite() {
        return if c > 0.0 { 1.0 } else { 0.0 };
    }
    let odds = c * by;
    let all = 1.0 - c + odds;
    if all > 0.0 { odds / all } else { c }
}
